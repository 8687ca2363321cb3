"""How often each word came true, and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from forecasts.scoring.intervals import Interval, wilson
from forecasts.scoring.limits import MIN_CLUSTERS, MIN_ITEMS


class Verdict(StrEnum):
    """What a word's rate says of its band."""

    IN_BAND = "in_band"
    MORE_OFTEN = "more_often"
    LESS_OFTEN = "less_often"
    CANNOT_TELL = "cannot_tell"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class TermCount:
    """`n` forecasts by one term of one yardstick, of which `occurred` did; a bound is None where there is none.

    Where the term was negated ("not likely") the counts are the event's and the band is the term's own. Raises
    ValueError where more occurred than there were.
    """

    yardstick: str
    term: str
    low: float | None
    high: float | None
    n: int
    occurred: int
    negated: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.occurred <= self.n:
            raise ValueError(f"{self.occurred} of {self.n} cannot have occurred.")


@dataclass(frozen=True, slots=True)
class Hits:
    """One term's row: its band, how often it came true (`rate`, 0 to 1, None of none), and the verdict.

    `wilson` is the two-sided 95 % interval of the rate. `clusters` counts what hangs together as one.
    """

    yardstick: str
    term: str
    low: float | None
    high: float | None
    n: int
    occurred: int
    clusters: int
    rate: float | None
    wilson: Interval | None
    verdict: Verdict


def hit_table(counts: Iterable[TermCount], clusters: Mapping[tuple[str, str], int]) -> tuple[Hits, ...]:
    """A row for each term and band, by yardstick and then from the lowest band to the highest.

    Counts of the same are added up, negated ones mirrored: the event flipped, the word's own band. `clusters` gives for
    (yardstick, term) of how many clusters its forecasts are, which cannot be added up; without an entry it is none.
    """
    sums: dict[tuple[str, str, float | None, float | None], tuple[int, int]] = {}
    for each in counts:
        key = each.yardstick, each.term, each.low, each.high
        n, occurred = sums.get(key, (0, 0))
        sums[key] = n + each.n, occurred + (each.n - each.occurred if each.negated else each.occurred)
    rows = [
        _row(*key, n=n, occurred=occurred, clusters=clusters.get(key[:2], 0)) for key, (n, occurred) in sums.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.yardstick, *_ends(row.low, row.high), row.term)))


def verdict(*, low: float | None, high: float | None, n: int, occurred: int, clusters: int) -> Verdict:
    """What may be said of a band of which `occurred` of `n` came true.

    Under 10 items or 5 clusters nothing. Else the 95 % interval lies wholly inside the band, wholly above it, wholly
    below it, or across an end. The band's ends count as inside, whether or not the term excludes them: the rate of a
    word that always came true would lie outside of every band that ends short of 1.
    """
    interval = wilson(n, occurred)
    if interval is None or n < MIN_ITEMS or clusters < MIN_CLUSTERS:
        return Verdict.TOO_FEW
    bottom, top = _ends(low, high)
    if bottom <= interval.low and interval.high <= top:
        return Verdict.IN_BAND
    if interval.low > top:
        return Verdict.MORE_OFTEN
    if interval.high < bottom:
        return Verdict.LESS_OFTEN
    return Verdict.CANNOT_TELL


def _row(
    yardstick: str, term: str, low: float | None, high: float | None, *, n: int, occurred: int, clusters: int
) -> Hits:
    return Hits(
        yardstick=yardstick,
        term=term,
        low=low,
        high=high,
        n=n,
        occurred=occurred,
        clusters=clusters,
        rate=occurred / n if n else None,
        wilson=wilson(n, occurred),
        verdict=verdict(low=low, high=high, n=n, occurred=occurred, clusters=clusters),
    )


def _ends(low: float | None, high: float | None) -> tuple[float, float]:
    return 0.0 if low is None else low, 1.0 if high is None else high
