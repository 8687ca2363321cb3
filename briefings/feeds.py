"""The Atom feed of the briefings: each with its newest edition, updated when that came out."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from briefings.models import Edition
from briefings.rendering import inline_html

NEWEST: Final = 30


class BriefingsFeed(Feed):  # type: ignore[type-arg]  # generic in the stubs alone
    """What is published, newest change first. Entries keep their ids whatever host the feed is asked on."""

    feed_type = Atom1Feed
    subtitle = _("What we said was likely, and how it turned out.")

    def title(self) -> str:
        return str(settings.DESK_NAME)

    def link(self) -> str:
        return reverse("briefings:list")

    def feed_url(self) -> str:
        return reverse("briefings:feed")

    def feed_guid(self) -> str:
        return settings.SITE_URL + reverse("briefings:feed")

    def items(self) -> QuerySet[Edition]:
        return Edition.objects.published().newest_of_each().order_by("-published_at", "-pk")[:NEWEST]

    def item_guid(self, item: Edition) -> str:
        return settings.SITE_URL + item.briefing.get_absolute_url()

    def item_title(self, item: Edition) -> str:
        return item.title

    def item_description(self, item: Edition) -> str:
        items = format_html_join("", "<li>{}</li>", ((inline_html(each),) for each in item.summary))
        return format_html("<ul>{}</ul>", items) if items else ""

    def item_link(self, item: Edition) -> str:
        return item.briefing.get_absolute_url()

    def item_author_name(self, item: Edition) -> str:
        return item.byline or settings.DESK_NAME

    def item_pubdate(self, item: Edition) -> datetime:
        day = item.briefing.dated_on
        return datetime.combine(day, time.min, UTC) if day is not None else item.published_at

    def item_updateddate(self, item: Edition) -> datetime:
        return item.published_at
