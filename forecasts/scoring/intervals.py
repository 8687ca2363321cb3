"""Intervals around a share."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both within."""

    low: float
    high: float


def wilson(n: int, occurred: int, confidence: float = 0.95) -> Interval | None:
    """Wilson's score interval for the share that `occurred` of `n` stands for, within 0 to 1; None of none.

    Two-sided, without a continuity correction (Wilson 1927). It takes the items to be independent.
    """
    if n == 0:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, widening = occurred / n, z * z / n
    middle = (rate + widening / 2) / (1 + widening)
    half = z * sqrt(rate * (1 - rate) / n + widening / (4 * n)) / (1 + widening)
    # Where none or all occurred the end is 0 or 1 exactly, which rounding would miss.
    return Interval(middle - half if occurred else 0.0, middle + half if occurred < n else 1.0)
