"""Who does not grade in a round any more, because they could read the other grade before they took theirs back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.models import Forecast, Recusal


def recuse(forecast: Forecast, *, by: User, at: datetime) -> None:
    """Leave the round of a locked forecast to others; twice is once."""
    row = Recusal(forecast=forecast, round=forecast.grading_round, user=by, since=at)
    Recusal.objects.bulk_create([row], ignore_conflicts=True)


def is_recused(forecast: Forecast, *, by: User) -> bool:
    """Whether that account leaves this round of the forecast to others."""
    return Recusal.objects.filter(forecast=forecast, round=forecast.grading_round, user=by).exists()


def left_to_others(*, by: User, of: str = "pk") -> Exists:
    """That account leaves the round that is on to others; `of` is where a row has its forecast."""
    return Exists(Recusal.objects.of_this_round().filter(forecast=OuterRef(of), user=by.pk))


def why_not() -> str:
    """What they are told who come back to it."""
    return _("You could read the other grade before you took yours back, so somebody else grades it.")
