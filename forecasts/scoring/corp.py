"""The Brier score taken apart without bins: CORP (Dimitriadis, Gneiting and Jordan 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from forecasts.scoring.cells import Cells
from forecasts.scoring.limits import MIN_TO_DECOMPOSE
from forecasts.scoring.proper import total_score


@dataclass(frozen=True, slots=True)
class Block:
    """Forecasts from `low` to `high` that recalibration gives one probability: the share of them that occurred."""

    low: float
    high: float
    n: int
    occurred: int

    @property
    def rate(self) -> float:
        """The recalibrated probability, 0 to 1."""
        return self.occurred / self.n


@dataclass(frozen=True, slots=True)
class Corp:
    """The terms of a mean Brier score, one-sided: brier = mcb − dsc + unc.

    `mcb`, miscalibration: what recalibration would save, 0 (best) to 1. `dsc`, discrimination: what the recalibrated
    forecasts save on the base rate, 0 to unc (best). `unc`, uncertainty: the score of the base rate, 0 to 0.25.
    `blocks` are the steps of the recalibration, rising.
    """

    n: int
    brier: float
    mcb: float
    dsc: float
    unc: float
    blocks: tuple[Block, ...]


def corp(cells: Cells, *, at_least: int = MIN_TO_DECOMPOSE) -> Corp | None:
    """The decomposition by isotonic recalibration; None of fewer than `at_least`, or of none."""
    n, base_rate = cells.n, cells.base_rate
    if base_rate is None or n < at_least:
        return None
    blocks = pooled([Block(cell.p, cell.p, cell.n, cell.occurred) for cell in cells])
    brier = total_score(cells) / n
    recalibrated = fsum(block.occurred * (1 - block.rate) for block in blocks) / n
    return Corp(
        n=n,
        brier=brier,
        mcb=max(0.0, brier - recalibrated),  # never below 0 but by rounding
        dsc=fsum(block.n * (block.rate - base_rate) ** 2 for block in blocks) / n,
        unc=base_rate * (1 - base_rate),
        blocks=tuple(blocks),
    )


def pooled(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in the order of their probability, put together until their rates rise from each to the next.

    The pool-adjacent-violators algorithm (Ayer et al. 1955): the rising steps that fit best by squares.
    """
    done: list[Block] = []
    for each in blocks:
        block = each
        # Compared as whole numbers, which do not round.
        while done and done[-1].occurred * block.n >= block.occurred * done[-1].n:
            last = done.pop()
            block = Block(last.low, block.high, last.n + block.n, last.occurred + block.occurred)
        done.append(block)
    return done
