"""Intervals by resampling clusters: forecasts that hang together are drawn together.

A cluster comes down to three sums: of its scores, of its forecasts, and of those that occurred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import quantiles

from forecasts.scoring.cells import Cells, settled
from forecasts.scoring.intervals import Interval
from forecasts.scoring.limits import MIN_CLUSTERS
from forecasts.scoring.points import Rule, brier
from forecasts.scoring.proper import total_score

# Sum of scores, forecasts, and those that occurred: of a cluster, or of a whole sample.
Sums = tuple[float, float, float]
# What is asked of a whole sample's sums; None where it is not defined.
Statistic = Callable[[Sums], float | None]


@dataclass(frozen=True, slots=True)
class Resampled:
    """A statistic of a sample with its interval: the percentiles of the statistic over resampled clusters.

    `estimate` is the sample's own, None where it is not defined. `interval` is two-sided, 95 % (the percentile
    interval of Efron 1979, with whole clusters drawn), and None under 5 clusters and where some resample does not
    define the statistic.
    """

    estimate: float | None
    interval: Interval | None
    clusters: int
    n: int
    seed: int
    replicates: int


def sums_of_cells(clusters: Iterable[Cells], rule: Rule = brier) -> list[Sums]:
    """The sums of each cluster, one row each; empty ones are left out."""
    return [(total_score(cells, rule), cells.n, cells.occurred) for cells in clusters if cells.n]


def sums_of_arrays(
    probabilities: Iterable[float], occurred: Iterable[float], clusters: Iterable[Hashable], rule: Rule = brier
) -> list[Sums]:
    """The sums of each cluster, from each forecast's probability, outcome (0 or 1) and cluster.

    Raises ValueError where they are not of one length or not what they should be.
    """
    rows: defaultdict[Hashable, list[tuple[float, int, int]]] = defaultdict(list)
    for (p, y, cluster), n in Counter(zip(probabilities, occurred, clusters, strict=True)).items():
        rows[cluster].append((float(p), n, n * settled(y)))
    return sums_of_cells(map(Cells.of_rows, rows.values()), rule)


def mean(sums: Sums) -> float | None:
    """The mean score, in its rule's range and form."""
    score, n, _ = sums
    return score / n if n else None


def rate(sums: Sums) -> float | None:
    """The share that occurred, 0 to 1."""
    _, n, occurred = sums
    return occurred / n if n else None


def skill_against(probability: float | None = None) -> Statistic:
    """1 − BS / BS_ref with that probability as the reference, or each sample's own base rate (see `proper.skill`)."""

    def statistic(sums: Sums) -> float | None:
        score, n, occurred = sums
        said = rate(sums) if probability is None else probability
        if said is None:
            return None
        against = occurred * brier(said, True) + (n - occurred) * brier(said, False)
        return 1 - score / against if against else None

    return statistic


def cluster_bootstrap(
    clusters: Iterable[Sums], statistic: Statistic = mean, *, seed: int, replicates: int = 1000
) -> Resampled:
    """That statistic of a sample with its interval; `clusters` has (sum of scores, n, occurred) of each.

    The same sums and seed give the same interval, in whatever order the sums come and whichever numpy draws.
    """
    rows = sorted(clusters)
    total = _column_sums(rows)
    values: list[float | None] = [None]
    if len(rows) >= MIN_CLUSTERS:
        values = [statistic(sums) for sums in _drawn(rows, seed, replicates)]
    defined = [value for value in values if value is not None]
    interval = None
    if len(defined) == len(values):
        ends = quantiles(defined, n=40, method="inclusive")
        interval = Interval(ends[0], ends[-1])
    return Resampled(statistic(total), interval, len(rows), int(total[1]), seed, replicates)


def _column_sums(rows: Sequence[Sums]) -> Sums:
    scores, n, occurred = zip(*rows, strict=True) if rows else ((), (), ())
    return fsum(scores), sum(n), sum(occurred)


def _drawn(rows: Sequence[Sums], seed: int, replicates: int) -> list[Sums]:
    """The sums of as many samples, each of as many clusters as there are, drawn with replacement."""
    import numpy as np  # noqa: PLC0415 - it starts threads

    table, size, bits = np.array(rows, dtype=np.float64), len(rows), np.random.PCG64(seed)
    found: list[Sums] = []
    for _ in range(replicates):
        # The raw bits are the same in every version of numpy (NEP 19), the methods that draw whole numbers are not.
        places = (bits.random_raw(size) >> np.uint64(32)) * np.uint64(size) >> np.uint64(32)
        times = np.bincount(places.astype(np.int64), minlength=size)
        scores, n, occurred = np.einsum("i,ij->j", times, table).tolist()
        found.append((scores, n, occurred))
    return found
