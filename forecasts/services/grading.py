"""Grading: one person's verdict, and what follows from it with another's. Nothing is ever overwritten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.errors import Stale
from forecasts.models import Forecast, Grade, Resolution
from forecasts.services import resolving
from forecasts.services.involvement import independence, is_author
from forecasts.services.reopening import undo_grade
from forecasts.services.verdicts import (
    Verdict,
    gradable,
    hindrance,
    refused_outcomes,
    usual_day,
)

# What a caller needs to grade, from one place.
__all__ = [
    "Verdict",
    "gradable",
    "grade",
    "hindrance",
    "independence",
    "is_author",
    "refused_outcomes",
    "undo_grade",
    "usual_day",
]


@transaction.atomic
def grade(
    forecast: Forecast, *, verdict: Verdict, by: User, at: datetime, version: int | None = None
) -> tuple[Grade, Resolution | None]:
    """Record one person's verdict in the first free slot of the round, and the resolution that it makes, if any.

    None follows from a first grade where two are asked for, and from a second that differs: that is a dispute. Raises
    AlreadyResolved, InDispute, AlreadyGraded or Stale where the record has moved on, and GradeRefused with the field to
    blame.
    """
    forecast = resolving.lock(forecast)
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you grade it."))
    return resolving.take(forecast, verdict=verdict, by=by, at=at)
