"""How often each probability came true, and how often it would have if the forecasts were perfectly calibrated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor, fsum, sqrt
from operator import mul

from forecasts.scoring.cells import Cell, Cells
from forecasts.scoring.intervals import Interval
from forecasts.scoring.murphy import binned, mean_probability

# What is left out of a distribution on either side: more standard deviations than a double can tell from none.
_DEVIATIONS, _MORE = 10, 60
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class CalibrationPoint:
    """One point of the calibration plot: `n` forecasts of mean probability `p`, of which `occurred` did.

    `expected` is the range of `rate`, 0 to 1, in which at least nine in ten would
    be seen who are perfectly calibrated.
    """

    p: float
    n: int
    occurred: int
    rate: float
    expected: Interval


def calibration(cells: Cells, share: float = 0.9) -> tuple[CalibrationPoint, ...]:
    """A point for each probability that was given, rising."""
    return tuple(_point([cell], share) for cell in cells)


def calibration_binned(cells: Cells, edges: Sequence[float], share: float = 0.9) -> tuple[CalibrationPoint, ...]:
    """A point for each bin that has any; bins meet at these inner edges, which rise and belong to the bin above."""
    return tuple(_point(group, share) for group in binned(cells, edges))


def expected_range(parts: Iterable[tuple[float, int]], share: float = 0.9) -> Interval | None:
    """The central range of the rate, 0 to 1, at which forecasts occur that are what they say; None of none.

    `parts` are (p, n). Of one p it is a range of the binomial distribution, of several of the Poisson binomial one (the
    sum of independent binomials). Two-sided: on either side at most (1 − share) / 2 lies outside, so that it holds at
    least the share, and more where n is small.
    """
    start, chances, n = 0, [1.0], 0
    for p, count in parts:
        first, more = _binomial(p, count)
        start, chances, n = start + first, _of_the_sum(chances, more), n + count
    if n == 0:
        return None
    reached = list(accumulate(chances))
    # Exactly the tail is left out on both sides, so that the range of the event flipped is the range flipped.
    low = bisect_left(reached, (1 - share) / 2 * reached[-1] + _ROUNDING)
    high = bisect_left(reached, (1 + share) / 2 * reached[-1] - _ROUNDING)
    return Interval((start + low) / n, (start + high) / n)


def _point(group: Sequence[Cell], share: float) -> CalibrationPoint:
    n, occurred = sum(cell.n for cell in group), sum(cell.occurred for cell in group)
    expected = expected_range(((cell.p, cell.n) for cell in group), share)
    assert expected is not None  # a cell is never empty
    return CalibrationPoint(mean_probability(group), n, occurred, occurred / n, expected)


def _of_the_sum(one: list[float], other: list[float]) -> list[float]:
    """The chances of the sum of two independent numbers."""
    if len(one) == 1:
        return other
    import numpy as np  # noqa: PLC0415 - it starts threads

    summed: list[float] = np.convolve(one, other).tolist()
    return summed


def _binomial(p: float, n: int) -> tuple[int, list[float]]:
    """The first number whose chance is worth a float, and the chances from there on, as n trials of chance p give them.

    Worked out from the mode to both sides, where neither powers nor factorials can overflow.
    """
    if p > 0.5:
        first, chances = _binomial(1 - p, n)
        return n - first - len(chances) + 1, chances[::-1]
    odds = p / (1 - p)
    mode = min(n, floor((n + 1) * p))
    reach = ceil(_DEVIATIONS * sqrt(n * p * (1 - p))) + _MORE
    up = ((n - k) / (k + 1) * odds for k in range(mode, min(n, mode + reach)))
    down = (k / ((n - k + 1) * odds) for k in range(mode, max(0, mode - reach), -1))
    above, below = list(accumulate(up, mul)), list(accumulate(down, mul))
    total = fsum([*below, 1, *above])
    return mode - len(below), [each / total for each in (*reversed(below), 1, *above)]
