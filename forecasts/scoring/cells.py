"""What a sample comes down to for its scores: how many forecasts gave each probability, and how many occurred.

A million rows are one GROUP BY, whose rows are these cells. A sample has only one form as cells, so that neither its
order nor the way it came in can change a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Cell:
    """`n` forecasts of probability `p`, of which `occurred` did. Raises ValueError for what cannot be."""

    p: float
    n: int
    occurred: int

    def __post_init__(self) -> None:
        if not 0 <= self.p <= 1:
            raise ValueError(f"{self.p} is no probability.")
        if not 0 <= self.occurred <= self.n or self.n == 0:
            raise ValueError(f"{self.occurred} of {self.n} cannot have occurred.")

    @property
    def rate(self) -> float:
        """The share that occurred, 0 to 1."""
        return self.occurred / self.n


@dataclass(frozen=True, slots=True)
class Cells:
    """A sample of forecasts that were graded: one cell for each probability, in their order."""

    cells: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        if any(left.p >= right.p for left, right in pairwise(self.cells)):
            raise ValueError("Cells have one p each and stand in its order; Cells.of_rows puts them so.")

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[float, int, int]]) -> Cells:
        """From rows of (p, n, occurred), in any order; rows of one p are added up, empty ones left out.

        Raises ValueError where a p is not within 0 to 1, or more occurred than there were.
        """
        sums: dict[float, tuple[int, int]] = {}
        for p, n, occurred in rows:
            if n:
                had = sums.get(p, (0, 0))
                cell = Cell(p, n, occurred)
                sums[p] = had[0] + cell.n, had[1] + cell.occurred
        return cls(tuple(Cell(p, *sums[p]) for p in sorted(sums)))

    @classmethod
    def of_arrays(cls, probabilities: Iterable[float], occurred: Iterable[float]) -> Cells:
        """From the probability and the outcome (0 or 1, or truth values) of each forecast.

        Raises ValueError where they are not of one length, a probability not within 0 to 1, or an outcome neither.
        """
        counts = Counter(zip(probabilities, occurred, strict=True))
        return cls.of_rows((float(p), n, n * settled(y)) for (p, y), n in counts.items())

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    @property
    def n(self) -> int:
        """How many forecasts."""
        return sum(cell.n for cell in self.cells)

    @property
    def occurred(self) -> int:
        """How many of them occurred."""
        return sum(cell.occurred for cell in self.cells)

    @property
    def base_rate(self) -> float | None:
        """The share that occurred, 0 to 1; None of none."""
        return self.occurred / self.n if self.cells else None


def settled(outcome: float) -> int:
    """The outcome as 0 or 1; raises ValueError for what occurred partly, which is not scored."""
    if outcome not in (0, 1):
        raise ValueError(f"An outcome is 0 or 1, not {outcome}.")
    return int(outcome)
