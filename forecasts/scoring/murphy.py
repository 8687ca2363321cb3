"""The Brier score taken apart by groups of forecasts: reliability, resolution, uncertainty (Murphy 1973)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from forecasts.scoring.cells import Cell, Cells
from forecasts.scoring.limits import MIN_TO_DECOMPOSE
from forecasts.scoring.proper import total_score


@dataclass(frozen=True, slots=True)
class Murphy:
    """The terms of a mean Brier score, one-sided:

    brier = reliability − resolution + uncertainty + within_variance − within_covariance

    Reliability is 0 (best) to 1, resolution 0 to uncertainty (best), uncertainty 0 to 0.25. The last two are those of
    forecasts that differ within their bin (Stephenson, Coelho and Jolliffe 2008), and 0 where each group has one p.
    """

    n: int
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float


def murphy(cells: Cells, *, at_least: int = MIN_TO_DECOMPOSE) -> Murphy | None:
    """The decomposition grouped by p, which is exact; None of fewer than `at_least`, or of none."""
    return _taken_apart(cells, ([cell] for cell in cells), at_least)


def murphy_binned(cells: Cells, edges: Sequence[float], *, at_least: int = MIN_TO_DECOMPOSE) -> Murphy | None:
    """The decomposition by bins that meet at these inner edges, rising; an edge belongs to the bin above it.

    Only with both within-bin terms do the terms add up to the score. None of fewer than `at_least`, or of none.
    """
    return _taken_apart(cells, binned(cells, edges), at_least)


def binned(cells: Cells, edges: Sequence[float]) -> Iterable[list[Cell]]:
    """The cells of each bin that has any; the inner edges rise, and each belongs to the bin above it."""
    return (list(group) for _, group in groupby(cells, key=lambda cell: bisect_right(edges, cell.p)))


def mean_probability(group: Sequence[Cell]) -> float:
    """The mean p of a group's forecasts; of a group with one p exactly that."""
    first, n = group[0].p, sum(cell.n for cell in group)
    return first + fsum(cell.n * (cell.p - first) for cell in group) / n


def _taken_apart(cells: Cells, groups: Iterable[list[Cell]], at_least: int) -> Murphy | None:
    n = cells.n
    base_rate = cells.base_rate
    if base_rate is None or n < at_least:
        return None
    reliability, resolution, variance, covariance = [], [], [], []
    for group in groups:
        size = sum(cell.n for cell in group)
        rate = sum(cell.occurred for cell in group) / size
        mean = mean_probability(group)
        reliability.append(size * (mean - rate) ** 2)
        resolution.append(size * (rate - base_rate) ** 2)
        variance += [cell.n * (cell.p - mean) ** 2 for cell in group]
        covariance += [2 * (cell.occurred - cell.n * rate) * (cell.p - mean) for cell in group]
    return Murphy(
        n=n,
        brier=total_score(cells) / n,
        reliability=fsum(reliability) / n,
        resolution=fsum(resolution) / n,
        uncertainty=base_rate * (1 - base_rate),
        within_variance=fsum(variance) / n,
        within_covariance=fsum(covariance) / n,
    )
