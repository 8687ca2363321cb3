"""What a track record is made from: the sums of one `GROUP BY`, and what was counted beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forecasts.scoring.bootstrap import Sums
from forecasts.scoring.intervals import Interval


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """`n` scored forecasts that were said in the same words, of which `occurred` did.

    `low` and `high` are the chances of the event, as a judgement holds them: a negated term's band is mirrored already.
    `p` is the point value, 0 to 1. Where only a number was given `term` is "" and both bounds are None. `brier` is the
    sum of the scores, one-sided: that of `p`, or of the time-averaged score where the sample asks for it.
    """

    yardstick: str
    term: str
    negated: bool
    low: float | None
    high: float | None
    p: float
    n: int
    occurred: int
    brier: float


@dataclass(frozen=True, slots=True)
class UnscoredGroup:
    """`n` resolved forecasts that no score counts, by their outcome; `p` is None where no probability was given.

    `outcome` is one that is scored where what was said was no probability, or had only one end.
    """

    outcome: str
    p: float | None
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """Everything that a track record says of one set of forecasts, as sums.

    What is not resolved yet is not defined where it may still be said otherwise, as by word: None.
    `left_out` counts, by reason, resolved forecasts that the scores leave out though they could be scored.
    `clusters` gives the number of clusters of (yardstick, term), `n_clusters` that of all; both are lower bounds where
    `clusters_are_at_least`. `cluster_sums` has (sum of Brier scores, n, occurred) of each cluster, and is None where
    there are too many to resample at once: `interval` is then what was resampled beforehand, if it was.
    """

    judgement: str
    scored: tuple[ScoredGroup, ...] = ()
    unscored: tuple[UnscoredGroup, ...] = ()
    n_open: int | None = 0
    n_overdue: int | None = 0
    n_assessments: int | None = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    clusters: Mapping[tuple[str, str], int] = field(default_factory=dict)
    n_clusters: int = 0
    cluster_sums: tuple[Sums, ...] | None = ()
    previous_base_rate: float | None = None
    clusters_are_at_least: bool = False
    interval: Interval | None = None
