"""What a sample would have scored, had its words been read by another yardstick's bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forecasts.scoring.cells import Cells
from forecasts.scoring.points import point_value
from forecasts.scoring.proper import mean_score
from forecasts.scoring.sample import ScoredGroup
from forecasts.yardsticks.band import Band, UnknownTerm, Yardstick
from forecasts.yardsticks.scales import YARDSTICKS


@dataclass(frozen=True, slots=True)
class OtherReading:
    """The mean Brier score, one-sided, 0 to 1, had `n_read` forecasts been read by the bands of `yardstick`.

    Whatever that yardstick has no two-sided band for, and whoever named a number, scores as before.
    """

    yardstick: str
    n_read: int
    brier: float


def other_readings(groups: Iterable[ScoredGroup]) -> tuple[OtherReading, ...]:
    """A reading by each yardstick that has a band for some of the words and is not their own, by its slug."""
    scored = list(groups)
    return tuple(found for slug in sorted(YARDSTICKS) if (found := _read_by(YARDSTICKS[slug], scored)) is not None)


def _read_by(yardstick: Yardstick, groups: list[ScoredGroup]) -> OtherReading | None:
    points = [(_other_point(group, yardstick), group) for group in groups]
    n_read = sum(group.n for point, group in points if point is not None)
    rows = ((group.p if point is None else point, group.n, group.occurred) for point, group in points)
    score = mean_score(Cells.of_rows(rows))
    return OtherReading(yardstick.slug, n_read, score) if n_read and score is not None else None


def _other_point(group: ScoredGroup, yardstick: Yardstick) -> float | None:
    """The middle of that yardstick's band for the group's word; None where it has none, or a number was named."""
    if group.yardstick == yardstick.slug or group.p != point_value(group.low, group.high, None):
        return None
    name = _name(group)
    for term in yardstick.terms:
        if name in term.words:
            return _of_the_event(term.band, negated=group.negated).midpoint
    return None


def _name(group: ScoredGroup) -> str | None:
    """The word that the group's term goes by, None for one of a yardstick that nobody knows here."""
    try:
        return YARDSTICKS[group.yardstick].term(group.term).words[0]
    except (KeyError, UnknownTerm):
        return None


def _of_the_event(band: Band, *, negated: bool) -> Band:
    return band.mirrored() if negated else band
