"""A briefing before it is published: begun from an article, then worked on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

import pghistory
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from briefings.choices import State
from briefings.documents import to_markdown
from briefings.errors import BriefingRefused, Stale
from briefings.models import Briefing, Image
from sources.models import Article
from sources.reading.parting import read_parts

LONGEST_TEXT: Final = 500_000


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The working copy as an editor hands it in."""

    title: str
    byline: str
    slug: str
    markdown: str
    image: Image | None = None
    image_alt: str = ""
    image_credit: str = ""
    image_licence: str = ""


@transaction.atomic
def begin_briefing(article: Article, *, by: User, at: datetime) -> Briefing:  # noqa: ARG001 - services name the moment
    """The briefing of that article, begun with its text where there is none yet.

    Raises BriefingRefused for a text that is not the desk's own.
    """
    if not article.source.is_desk:
        raise BriefingRefused(_("This text is another publisher’s. The desk publishes its own."))
    Article.objects.select_for_update(no_key=True).only("pk").get(pk=article.pk)
    known = Briefing.objects.filter(article=article).order_by("pk").first()
    if known is not None:
        return known
    parts = read_parts(article.text)
    names = ", ".join(source.name for source in article.bylines.order_by("byline__position"))
    with pghistory.context(user=by.pk, why="briefing begun"):
        return Briefing.objects.create(
            slug=free_slug(article.title),
            title=article.title,
            byline=names or parts.byline or "",
            article=article,
            editor=by,
            markdown=to_markdown(parts),
            image_credit=parts.credits[0] if parts.credits else "",
        )


@transaction.atomic
def save_draft(briefing: Briefing, *, draft: Draft, version: int, by: User) -> Briefing:
    """Store the working copy. Raises Stale where somebody else saved since `version`, or BriefingRefused."""
    locked = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if locked.version != version:
        raise Stale(
            _("Somebody else has saved this briefing meanwhile. Your text is still below; compare it with theirs.")
        )
    _check(draft)
    if locked.state == State.PUBLISHED and draft.slug != locked.slug:
        raise BriefingRefused(_("Its address is public already and stays."), field="slug")
    for each in fields(draft):
        setattr(locked, each.name, getattr(draft, each.name))
    locked.version += 1
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, why="draft saved"):
            locked.save()
    except IntegrityError as error:
        raise BriefingRefused(_("Another briefing has this address."), field="slug") from error
    return locked


def free_slug(title: str) -> str:
    """An address for that title which no briefing has: a number is added where it is taken."""
    base = slugify(title)[:100].strip("-") or "briefing"
    taken = set(Briefing.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _check(draft: Draft) -> None:
    if not draft.title.strip():
        raise BriefingRefused(_("A briefing needs a title."), field="title")
    if not draft.markdown.strip():
        raise BriefingRefused(_("There is no text."), field="markdown")
    if len(draft.markdown) > LONGEST_TEXT:
        raise BriefingRefused(_("The text is over 500,000 characters."), field="markdown")
    if draft.slug != slugify(draft.slug) or not draft.slug:
        raise BriefingRefused(_("An address is made of small letters, digits and hyphens."), field="slug")
    if draft.image is not None and not draft.image_alt.strip():
        raise BriefingRefused(_("Say what the image shows, for those who cannot see it."), field="image_alt")
