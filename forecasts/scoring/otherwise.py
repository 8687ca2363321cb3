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


def words_read_by(slug: str) -> tuple[tuple[str, str], ...]:
    """The terms of other yardsticks, as yardstick and term, for whose words that one has a two-sided band; () of none.

    What was scored by the middle of its own band for such a word is among the `n_read` of a reading by `slug`.
    """
    other = YARDSTICKS.get(slug)
    if other is None:
        return ()
    terms = ((scale.slug, term.slug) for scale in YARDSTICKS.values() for term in scale.terms)
    return tuple((scale, term) for scale, term in terms if _other_band(scale, term, other) is not None)


def _other_point(group: ScoredGroup, yardstick: Yardstick) -> float | None:
    """The middle of that yardstick's band for the group's word; None where it has none, or a number was named."""
    band = _other_band(group.yardstick, group.term, yardstick)
    if band is None or group.p != point_value(group.low, group.high, None):
        return None
    return _of_the_event(band, negated=group.negated).midpoint


def _other_band(slug: str, term: str, yardstick: Yardstick) -> Band | None:
    """The two-sided band that the word of another yardstick's term has in this one."""
    name = _name(slug, term) if slug != yardstick.slug else None
    bands = (each.band for each in yardstick.terms if name in each.words)
    return next((band for band in bands if band.midpoint is not None), None)


def _name(slug: str, term: str) -> str | None:
    """The word that a term goes by, None for one of a yardstick that nobody knows here."""
    try:
        return YARDSTICKS[slug].term(term).words[0]
    except (KeyError, UnknownTerm):
        return None


def _of_the_event(band: Band, *, negated: bool) -> Band:
    return band.mirrored() if negated else band
