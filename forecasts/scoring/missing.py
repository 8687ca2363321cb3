"""What a mean score could have been, had what is not scored been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from forecasts.scoring.cells import Cells
from forecasts.scoring.points import Rule, brier
from forecasts.scoring.proper import Cases, total_score


@dataclass(frozen=True, slots=True)
class PartlySensitivity:
    """The mean Brier score, one-sided, 0 to 1, had what occurred partly been scored with an outcome of 0, 0.5 or 1."""

    at_0: float
    at_half: float
    at_1: float


def best_and_worst(scored: Cells, missing: Mapping[float, int], rule: Rule = brier) -> Cases | None:
    """The mean score had every missing forecast gone the way that is best for it, and the worst; None of none.

    `missing` says how many forecasts of each probability were not scored. In the rule's range and form.
    """
    n = scored.n + sum(missing.values())
    if n == 0:
        return None
    total = total_score(scored, rule)
    ends = {p: sorted((rule(p, True), rule(p, False))) for p in missing}
    best = fsum(count * ends[p][0] for p, count in missing.items())
    worst = fsum(count * ends[p][1] for p, count in missing.items())
    return Cases((total + best) / n, (total + worst) / n)


def sensitivity_to_partly(scored: Cells, partly: Mapping[float, int]) -> PartlySensitivity | None:
    """What "partly" would have made of the mean Brier score; None of none.

    `partly` says how many forecasts of each probability occurred partly, none of which are among the scored.
    """
    n = scored.n + sum(partly.values())
    if n == 0:
        return None
    total = total_score(scored)

    def had_it_been(y: float) -> float:
        return (total + fsum(count * (p - y) ** 2 for p, count in partly.items())) / n

    return PartlySensitivity(had_it_been(0), had_it_been(0.5), had_it_been(1))
