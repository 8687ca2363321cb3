"""How the grading of a forecast stands for one person: their own grade, that others are in, and what is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from forecasts.models import Forecast, Grade, Resolution
from forecasts.services.resolving import is_open


@dataclass(frozen=True, kw_only=True)
class Round:
    """The current round as one person may see it.

    `own` is their grade, `others` is how many other people's are in; `verdicts` are both, and empty until there is a
    dispute about them.
    """

    resolution: Resolution | None
    own: Grade | None
    others: int
    is_disputed: bool
    verdicts: Sequence[Grade] = field(default_factory=tuple)

    @property
    def is_open(self) -> bool:
        """Whether this person's grade would be taken: another's may be in, but nothing is settled."""
        return is_open(self.resolution) and not self.is_disputed and self.own is None


def round_for(forecast: Forecast, *, user: User, resolution: Resolution | None) -> Round:
    """The current round of that forecast for that person, given the resolution that stands; two statements at most."""
    if resolution is not None and not is_open(resolution):
        return Round(resolution=resolution, own=None, others=0, is_disputed=False)
    rows = forecast.grades.standing().filter(round=forecast.grading_round)
    grades = list(rows.select_related("grader").order_by("slot"))
    both = 2
    disputed = len(grades) == both and forecast.disputes.open().exists()
    own = next((each for each in grades if each.grader_id == user.pk), None)
    return Round(
        resolution=resolution,
        own=own,
        others=len([each for each in grades if each is not own]),
        is_disputed=disputed,
        verdicts=grades if disputed else (),
    )
