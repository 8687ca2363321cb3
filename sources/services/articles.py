"""Bringing an article in: once per text and source, with where it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import pghistory
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from sources.errors import EmptyText, TextRefused, TooLarge
from sources.models import Article, ArticleBytes, Byline, Source, Topic

LARGEST: Final = 2_000_000  # bytes of UTF-8


@dataclass(frozen=True, kw_only=True)
class RawBytes:
    """What the text was taken from, kept as evidence."""

    data: bytes
    media_type: str
    filename: str = ""


@dataclass(frozen=True, kw_only=True)
class NewArticle:
    """A text and its provenance, as somebody hands it in. `text` is normalised already."""

    text: str
    title: str
    source: Source
    origin: str
    bylines: Sequence[Source] = ()
    url: str = ""
    published_on: date | None = None
    language: str = "und"
    revises: Article | None = None
    topics: Sequence[Topic] = ()
    countries: Sequence[str] = ()
    raw: RawBytes | None = None


def bring_in(new: NewArticle, *, by: User, at: datetime) -> tuple[Article, bool]:
    """The article with that text of that source, and whether it is new. The same text comes in once.

    Raises TextRefused for an empty or huge text, a missing title, or a date of publication that lies ahead.
    """
    check(new, on=at.date())
    digest = hashlib.sha256(new.text.encode()).hexdigest()
    known = Article.objects.same_text(source_id=new.source.pk, text_sha256=digest)
    if (article := known.first()) is not None:
        return article, False
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, why="article brought in"):
            return _store(new, digest, by=by, at=at), True
    except IntegrityError:
        return known.get(), False


def check_size(text: str) -> None:
    """Raise EmptyText or TooLarge, before anybody spends time on reading it."""
    if not text.strip():
        raise EmptyText
    if (size := len(text.encode())) > LARGEST:
        raise TooLarge(size, LARGEST)


def check(new: NewArticle, *, on: date) -> None:
    """Raise TextRefused for what cannot be stored."""
    check_size(new.text)
    if not new.title.strip():
        raise TextRefused(_("No title was found in the text. Give it one."), field="title")
    # A day of grace: it is already tomorrow somewhere.
    if new.published_on is not None and new.published_on > on + timedelta(days=1):
        raise TextRefused(_("The date of publication lies in the future."), field="published_on")


def _store(new: NewArticle, digest: str, *, by: User, at: datetime) -> Article:
    article = Article.objects.create(
        title=new.title.strip()[:300],
        source=new.source,
        url=new.url,
        published_on=new.published_on,
        retrieved_at=at,
        origin=new.origin,
        language=new.language,
        text=new.text,
        text_sha256=digest,
        revises=new.revises,
        countries=list(new.countries),
        recorded_by=by,
    )
    Byline.objects.bulk_create(
        [Byline(article=article, source=source, position=position) for position, source in enumerate(new.bylines)]
    )
    article.topics.set(new.topics)
    if new.raw is not None:
        ArticleBytes.objects.create(
            article=article,
            data=new.raw.data,
            sha256=hashlib.sha256(new.raw.data).hexdigest(),
            media_type=new.raw.media_type,
            filename=new.raw.filename[:200],
        )
    return article


def set_published_on(article: Article, *, day: date) -> None:
    """Correct the date of publication, within the caller's transaction; what follows from it is the caller's."""
    Article.objects.filter(pk=article.pk).update(published_on=day)
    article.published_on = day


@transaction.atomic
def release(articles: Iterable[Article], *, at: datetime) -> None:
    """Make articles public, because an edition carries them; what was public already stays as it is."""
    keys = [article.pk for article in articles]
    Article.objects.filter(pk__in=keys, released_at__isnull=True).update(released_at=at)


@transaction.atomic
def take_back(articles: Iterable[Article]) -> None:
    """Show articles to the desk alone again: what carried them was withdrawn."""
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(released_at=None)
