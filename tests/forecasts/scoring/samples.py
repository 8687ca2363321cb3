"""Samples of graded forecasts, for properties and for comparing with other people's code."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from forecasts.scoring.cells import Cells

PROBABILITIES = st.floats(0, 1)
# As people give them: often the same, and often 0 or 1.
GIVEN = st.one_of(st.sampled_from([0.0, 0.025, 0.15, 0.3, 0.5, 0.65, 0.85, 0.975, 1.0]), PROBABILITIES)
FORECASTS = st.lists(st.tuples(GIVEN, st.booleans()), min_size=1, max_size=60)


def cells_of(forecasts: list[tuple[float, bool]]) -> Cells:
    return Cells.of_arrays([p for p, _ in forecasts], [y for _, y in forecasts])


def drawn(seed: int, n: int = 500, digits: int | None = 2) -> list[tuple[float, bool]]:
    """Forecasts that are overconfident: what they say half-way between the truth and the nearer end."""
    numbers = random.Random(seed)
    truths = [numbers.random() for _ in range(n)]
    return [
        (p if digits is None else round(p, digits), numbers.random() < truth)
        for truth in truths
        for p in [(truth + (truth > 0.5)) / 2]
    ]
