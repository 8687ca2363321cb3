"""What search engines may know: every published briefing, by its address for good."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from briefings.models import Edition


class BriefingSitemap(Sitemap):  # type: ignore[type-arg]  # generic in the stubs alone
    def items(self) -> QuerySet[Edition]:
        return Edition.objects.published().newest_of_each().order_by("-briefing__dated_on", "-pk")

    def location(self, item: Edition) -> str:
        return item.briefing.get_absolute_url()

    def lastmod(self, item: Edition) -> datetime:
        return item.published_at
