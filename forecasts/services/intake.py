"""Bringing a text in and reading it.

The reading comes first, with no transaction open; then everything is stored at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from claims.services import confirming as claims_confirming
from forecasts.models import Reading
from forecasts.reading import document
from forecasts.services.keeping import keep_forecasts
from forecasts.yardsticks.band import UnknownYardstick
from forecasts.yardsticks.scales import DEFAULT, get
from sources.choices import SourceKind
from sources.errors import TextRefused
from sources.models import Article, Source
from sources.reading.normalising import normalise
from sources.reading.parting import read_parts
from sources.services import articles, people
from sources.services.articles import RawBytes
from sources.services.topics import topics


@dataclass(frozen=True, kw_only=True)
class NewText:
    """A text as somebody hands it in.

    What is left empty is read out of the text; what is given counts before what the text says. Whose it is
    stands in `source`, or by name in `source_name`, which is recorded with the text or not at all; neither is the desk.
    """

    text: str
    origin: str
    source: Source | None = None
    source_name: str = ""
    title: str = ""
    byline: str = ""
    published_on: date | None = None
    url: str = ""
    yardstick: str = DEFAULT.slug
    topics: Sequence[str] = ()
    countries: Sequence[str] = ()
    revises: Article | None = None
    raw: RawBytes | None = None


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What came of it. `is_read` is False for a long text, which a worker reads."""

    article: Article
    is_new: bool
    is_read: bool


def bring_in(new: NewText, *, by: User, at: datetime) -> Intake:
    """Bring a text in, and read it unless it is long. Raises TextRefused, and stores nothing then."""
    text = normalise(new.text)
    articles.check_size(text)
    short = len(text.encode()) <= settings.READ_IN_REQUEST_BYTES
    reading = read(text, dated_on=new.published_on, yardstick=new.yardstick) if short else None
    parts = reading.parts if reading is not None else read_parts(text)
    with transaction.atomic():
        article, is_new = articles.bring_in(
            articles.NewArticle(
                text=parts.text,
                title=new.title or parts.title or "",
                source=new.source or outside_source(new.source_name, by=by) or people.desk(),
                origin=new.origin,
                bylines=people.bylines(new.byline or parts.byline or "", by=by),
                url=new.url,
                published_on=new.published_on or parts.published_on,
                language=parts.language,
                revises=new.revises,
                topics=topics(new.topics),
                countries=new.countries,
                raw=new.raw,
            ),
            by=by,
            at=at,
        )
        if is_new:
            Reading.objects.create(article=article, yardstick=new.yardstick, asked_by=by, asked_at=at)
            if reading is not None:
                keep_reading(article, reading, at=at)
    is_read = Reading.objects.filter(article=article, done_at__isnull=False).exists()
    return Intake(article=article, is_new=is_new, is_read=is_read)


def read(text: str, *, dated_on: date | None, yardstick: str) -> document.Reading:
    """What the readers make of a text, dated so or as it says itself. Raises TextRefused for no such yardstick."""
    check_yardstick(yardstick)
    return document.read(text, dated_on=dated_on, yardstick=yardstick)


def check_yardstick(slug: str) -> None:
    """Raise TextRefused where there is no such yardstick."""
    try:
        get(slug)
    except UnknownYardstick as error:
        raise TextRefused(_("“%s” is no yardstick here.") % slug, field="yardstick") from error


@transaction.atomic
def keep_reading(article: Article, reading: document.Reading, *, at: datetime) -> None:
    """Store what was found as suggestions, beside whatever is there already, and mark the article read."""
    as_dict = reading.as_dict()
    version = as_dict["reader_version"]
    claims_confirming.keep_finds(article, zip(reading.claims, as_dict["claims"], strict=True), version=version)
    keep_forecasts(article, reading, as_dict["forecasts"], version=version)
    Reading.objects.filter(article=article).update(done_at=at, leased_until=None, last_error="", reader_version=version)


def read_waiting(article_id: int, *, at: datetime) -> bool:
    """Read one long article; False where there was nothing to do.

    Claims its row, reads with no transaction open, then stores. What fails is noted on the row, which is tried again
    and after five attempts set aside.
    """
    if not Reading.objects.claim(article_id, at=at):
        return False
    row = Reading.objects.select_related("article").get(pk=article_id)
    try:
        reading = read(row.article.text, dated_on=row.article.published_on, yardstick=row.yardstick)
        keep_reading(row.article, reading, at=at)
    except Exception as error:
        Reading.objects.fail(article_id, attempt=row.attempts, at=at, error=f"{type(error).__name__}: {error}")
        raise
    return True


@transaction.atomic
def unread(*, at: datetime, limit: int) -> list[int]:
    """The ids of articles that wait to be read, the longest waiting first; what five workers lost is set aside."""
    Reading.objects.set_aside_lost(at=at)
    return list(Reading.objects.waiting(at=at).order_by("asked_at").values_list("pk", flat=True)[:limit])


def outside_source(name: str, *, by: User) -> Source | None:
    """The source that a text is from, by name; None for the desk's own."""
    return people.named(name, by=by, kind=SourceKind.OUTLET) if name.strip() else None
