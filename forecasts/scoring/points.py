"""Scores of one judgement against one outcome."""

from __future__ import annotations

from collections.abc import Callable
from math import log

from forecasts.scoring.limits import clipped

# Scores one probability against what happened; 0 is best.
Rule = Callable[[float, bool], float]


def point_value(low: float | None, high: float | None, probability: float | None) -> float | None:
    """The probability that a judgement is scored with, 0 to 1.

    An explicit number if there is one, else the middle of a two-sided band; None for a one-sided band and
    for none at all, which are graded but never scored.
    """
    if probability is not None:
        return probability
    if low is None or high is None:
        return None
    return round((low + high) / 2, 10)


def brier(probability: float, occurred: bool) -> float:
    """The one-sided Brier score, (p − y)², 0 best to 1 worst (Brier 1950 sums both sides: twice this)."""
    return (probability - occurred) ** 2


def band_brier(low: float, high: float, occurred: bool) -> tuple[float, float]:
    """The best and the worst Brier score that any probability within the band would have made."""
    ends = sorted((brier(low, occurred), brier(high, occurred)))
    return ends[0], ends[1]


def log_score(probability: float, occurred: bool) -> float:
    """The logarithmic score, −ln of the probability of what happened, clipped: 0.001 best to 6.908 worst (Good 1952).

    Infinite at 0 and 1, hence the clipping to 0.001 and 0.999 (`limits.CLIP`), which whoever shows it has to say.
    """
    return -log(clipped(probability if occurred else 1 - probability))
