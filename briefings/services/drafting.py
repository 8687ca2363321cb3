"""A briefing before it is published: begun from an article, then worked on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

import pghistory
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from briefings.choices import State
from briefings.documents import to_markdown
from briefings.errors import BriefingRefused, Stale
from briefings.models import Briefing
from briefings.services.images import Picture, keep_image
from sources.models import Article
from sources.reading.normalising import normalise
from sources.reading.parting import read_parts

RESERVED: Final = frozenset({"feed", "images"})  # addresses of other pages below briefings/
_LINE: Final = 300  # characters of a byline or credit
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # what no XML feed can carry


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The working copy as an editor hands it in. Without a new `picture` the old one stays, or is dropped."""

    title: str
    byline: str
    slug: str
    markdown: str
    picture: Picture | None = None
    drops_image: bool = False
    image_alt: str = ""
    image_credit: str = ""
    image_licence: str = ""


_TEXTS: Final = ("title", "byline", "slug", "markdown", "image_alt", "image_credit", "image_licence")


@transaction.atomic
def begin_briefing(article: Article, *, by: User, at: datetime) -> Briefing:  # noqa: ARG001 - services name the moment
    """The briefing of that article, begun with its text where there is none yet.

    Raises BriefingRefused for a text that is another publisher's, or too long.
    """
    if not article.source.is_desk:
        raise BriefingRefused(_("This text is another publisher’s. The desk publishes its own."))
    _check_length(article.text)
    Article.objects.select_for_update(no_key=True).only("pk").get(pk=article.pk)
    known = Briefing.objects.of_article(article).first()
    if known is not None:
        return known
    parts = read_parts(article.text)
    names = ", ".join(source.name for source in article.bylines.order_by("byline__position"))
    briefing = Briefing(
        title=article.title,
        byline=(names or parts.byline or "")[:_LINE],
        article=article,
        editor=by,
        markdown=to_markdown(parts),
        image_credit=(parts.credits[0] if parts.credits else "")[:_LINE],
    )
    with pghistory.context(user=by.pk, why="briefing begun"):
        return _stored_at_a_free_address(briefing)


@transaction.atomic
def save_draft(briefing: Briefing, *, draft: Draft, version: int, by: User) -> Briefing:
    """Store the working copy. Raises Stale where somebody else saved since `version`, or BriefingRefused."""
    locked = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if locked.version != version:
        raise Stale(_("Somebody else has saved this briefing meanwhile. Nothing of yours is lost: compare the two."))
    _check(draft, locked)
    for name in _TEXTS:
        setattr(locked, name, getattr(draft, name).strip())
    locked.markdown = normalise(draft.markdown).strip() + "\n"
    if draft.picture is not None:
        locked.image = keep_image(draft.picture, by=by)
    elif draft.drops_image:
        locked.image = None
    if locked.image_id is not None and not locked.image_alt.strip():
        raise BriefingRefused(_("Say what the image shows, for those who cannot see it."), field="image_alt")
    locked.version += 1
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, why="draft saved"):
            locked.save()
    except IntegrityError as error:
        raise BriefingRefused(_("Another briefing has this address."), field="slug") from error
    return locked


def _stored_at_a_free_address(briefing: Briefing) -> Briefing:
    """Its title as its address; with a number where a briefing, or another page, has that one."""
    base = slugify(briefing.title)[:100].strip("-") or "briefing"
    taken = {*RESERVED, *Briefing.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    for number in count(1):
        briefing.slug = base if number == 1 else f"{base}-{number}"
        if briefing.slug not in taken and _is_stored(briefing):
            break
    return briefing


def _is_stored(briefing: Briefing) -> bool:
    """Whether it could be stored; not where somebody else has taken its address at this moment."""
    try:
        with transaction.atomic():
            briefing.save(force_insert=True)
    except IntegrityError:
        if not Briefing.objects.filter(slug=briefing.slug).exists():
            raise
        return False
    return True


def _check(draft: Draft, briefing: Briefing) -> None:
    if not draft.title.strip():
        raise BriefingRefused(_("A briefing needs a title."), field="title")
    if not draft.markdown.strip():
        raise BriefingRefused(_("There is no text."), field="markdown")
    _check_length(draft.markdown)
    for name in _TEXTS:
        if _CONTROL.search(getattr(draft, name)):
            raise BriefingRefused(_("There is a control character in it, which no reader would see."), field=name)
    _check_address(draft.slug, briefing)


def _check_address(slug: str, briefing: Briefing) -> None:
    if briefing.state != State.DRAFT:
        if slug != briefing.slug:
            raise BriefingRefused(_("Its address is public already and stays."), field="slug")
    elif not slug or slug != slugify(slug):
        raise BriefingRefused(_("An address is made of small letters, digits and hyphens."), field="slug")
    elif slug in RESERVED:
        raise BriefingRefused(_("Another page has this address."), field="slug")


def _check_length(text: str) -> None:
    if len(text.encode()) > settings.READ_IN_REQUEST_BYTES:
        size = settings.READ_IN_REQUEST_BYTES // 1000
        raise BriefingRefused(_("The text is too long for a page: it may have %d kB.") % size, field="markdown")
