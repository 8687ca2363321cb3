"""Below which numbers nothing is said, and how far probabilities are clipped."""

from __future__ import annotations

from typing import Final

# A term, or an interval by resampling, with fewer than these is "too few to judge".
MIN_ITEMS: Final = 10
MIN_CLUSTERS: Final = 5
# A score of fewer forecasts is not taken apart.
MIN_TO_DECOMPOSE: Final = 30
# The logarithm is infinite at 0 and 1. What is clipped is clipped to this and to its complement, and says so.
CLIP: Final = 0.001


def clipped(probability: float) -> float:
    """The probability, or the nearer of CLIP and 1 − CLIP where it lies beyond them."""
    return min(max(probability, CLIP), 1 - CLIP)
