"""Scores of a sample: means of a proper rule, and how they compare with a reference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from forecasts.scoring.cells import Cell, Cells
from forecasts.scoring.points import Rule, band_brier, brier


@dataclass(frozen=True, slots=True)
class Cases:
    """The best and the worst that a mean score could have been."""

    best: float
    worst: float


def total_score(cells: Cells, rule: Rule = brier) -> float:
    """The sum of every forecast's score by that rule."""
    return fsum(cell.occurred * rule(cell.p, True) + (cell.n - cell.occurred) * rule(cell.p, False) for cell in cells)


def mean_score(cells: Cells, rule: Rule = brier) -> float | None:
    """The mean score by that rule, in its range and form: one-sided Brier, 0 best to 1 worst; None of none.

    With `points.log_score` the mean logarithmic score, clipped at 0.001.
    """
    return total_score(cells, rule) / cells.n if cells.n else None


def mean_band_brier(rows: Iterable[tuple[float, float, int, int]]) -> Cases | None:
    """The mean Brier score, one-sided, 0 to 1, had each forecast named the best end of its band, and the worst.

    Rows are (low, high, n, occurred); what was a number and no band has it at both ends. None of none. Raises
    ValueError for a band that is none.
    """
    best, worst, n = [], [], 0
    for low, high, count, occurred in rows:
        if not count:
            continue
        if low > high:
            raise ValueError(f"{low} to {high} is no band.")
        for end in (low, high):
            Cell(end, count, occurred)
        yes, no = band_brier(low, high, occurred=True), band_brier(low, high, occurred=False)
        best.append(occurred * yes[0] + (count - occurred) * no[0])
        worst.append(occurred * yes[1] + (count - occurred) * no[1])
        n += count
    return Cases(fsum(best) / n, fsum(worst) / n) if n else None


class Reference(StrEnum):
    """What a skill is measured against: one probability, given to every forecast of the sample."""

    HALF = "half"
    BASE_RATE = "base_rate"  # of the sample itself, which nobody knew beforehand
    PREVIOUS_BASE_RATE = "previous_base_rate"


@dataclass(frozen=True, slots=True)
class Skill:
    """The share of a reference's Brier score that was saved, and the reference that it was measured against.

    `value` is 1 for a perfect sample, 0 for one as good as the reference, below 0 for a worse one, without end. It is
    None where it is not defined: of none, with no previous base rate, or where the reference was itself perfect.
    """

    reference: Reference
    probability: float | None
    reference_brier: float | None
    value: float | None


def skill(cells: Cells, reference: Reference, *, previous_base_rate: float | None = None) -> Skill:
    """The Brier skill score, 1 − BS / BS_ref, against that reference (the Brier's form, one- or two-sided, cancels)."""
    probability = {
        Reference.HALF: 0.5,
        Reference.BASE_RATE: cells.base_rate,
        Reference.PREVIOUS_BASE_RATE: previous_base_rate,
    }[reference]
    score = mean_score(cells)
    if probability is None or score is None:
        return Skill(reference, probability, None, None)
    # The same outcomes, had every forecast said that; for the base rate this is the uncertainty of Murphy and CORP.
    against = total_score(Cells((Cell(probability, cells.n, cells.occurred),))) / cells.n
    return Skill(reference, probability, against, 1 - score / against if against else None)
