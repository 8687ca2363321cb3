"""Reading an article again: with a newer reader, which adds what is new, or by another yardstick."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from forecasts.models import Reading
from forecasts.reading.document import READER_VERSION
from forecasts.services import intake
from forecasts.yardsticks.scales import DEFAULT
from sources.models import Article


def read_again(article: Article, *, by: User, at: datetime, yardstick: str = "") -> bool:
    """Read an article again, by its own yardstick or another one; False where it is long and waits for a worker.

    What was decided is never touched. A newer reader adds the finds that overlap with none that is there; another
    yardstick also reads the forecasts anew that wait to be confirmed. Raises TextRefused for no such yardstick.
    """
    row = Reading.objects.filter(article=article).first()
    own = row.yardstick if row is not None else DEFAULT.slug
    scale = yardstick or own
    if len(article.text.encode()) > settings.READ_IN_REQUEST_BYTES:
        intake.check_yardstick(scale)
        _ask_worker(article, scale, by=by, at=at)
        return False
    reading = intake.read(article.text, dated_on=article.published_on, yardstick=scale)
    with transaction.atomic():
        _ask_worker(article, scale, by=by, at=at)
        intake.keep_reading(article, reading, at=at)
    return True


def is_outdated(reading: Reading | None) -> bool:
    """Whether a newer reader than the one that read the article is here."""
    return reading is not None and reading.done_at is not None and reading.reader_version != READER_VERSION


def _ask_worker(article: Article, yardstick: str, *, by: User, at: datetime) -> None:
    """The row that says the article is to be read, from now on, as if nobody had tried yet."""
    fresh = {"attempts": 0, "leased_until": None, "done_at": None, "set_aside_at": None, "last_error": ""}
    values = {"yardstick": yardstick, "asked_by": by, "asked_at": at, **fresh}
    Reading.objects.update_or_create(article=article, defaults=values)
