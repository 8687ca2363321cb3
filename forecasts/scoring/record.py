"""A track record: everything that is said of a sample of forecasts, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import fsum
from typing import Any, Final

from forecasts.scoring.bootstrap import cluster_bootstrap, mean
from forecasts.scoring.calibration import CalibrationPoint, calibration
from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import Corp, corp
from forecasts.scoring.hits import Hits, TermCount, hit_table
from forecasts.scoring.intervals import Interval
from forecasts.scoring.limits import MIN_ITEMS
from forecasts.scoring.missing import PartlySensitivity, best_and_worst, sensitivity_to_partly
from forecasts.scoring.murphy import Murphy, murphy
from forecasts.scoring.otherwise import OtherReading, other_readings
from forecasts.scoring.points import log_score
from forecasts.scoring.proper import Cases, Reference, Skill, mean_band_brier, mean_score, skill
from forecasts.scoring.sample import Sample, ScoredGroup, UnscoredGroup
from forecasts.yardsticks.band import Band

# The judgement that has a mean score and no probability of its own.
AVERAGE: Final = "average"
# Beside the outcomes that are not scored: graded, but nothing was said that a score could be made of.
NO_PROBABILITY: Final = "no_probability"
SEED: Final = 1950
_SCORED: Final = frozenset({"occurred", "did_not_occur"})
_PARTLY: Final = "partly"
_MADE_OF_THE_SCORE: Final = ("brier", "interval", "brier_band", "log", "murphy", "corp", "missing", "partly")


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackRecord:
    """What is said of a sample. All scores are one-sided Brier scores but `log`; None is what is not defined.

    `n_unscored` counts, by outcome, what was graded and not scored; under NO_PROBABILITY what had an outcome that is
    scored. `interval` is that of `brier`: 95 %, by cluster; None where clusters are too few, and where they are so many
    that it is resampled beforehand and is not yet (`is_resampled`). `skills` has every reference that there is, the
    headline's first. `missing` is what `brier` would have been, had all that gave a probability and is not scored gone
    one way or the other. A time-averaged record has no probabilities, so nothing that needs them.
    """

    judgement: str
    n_scored: int
    n_unscored: Mapping[str, int]
    n_open: int | None
    n_overdue: int | None
    n_assessments: int | None
    left_out: Mapping[str, int]
    n_clusters: int
    is_resampled: bool
    brier: float | None
    interval: Interval | None
    brier_band: Cases | None
    log: float | None
    base_rate: float | None
    skills: tuple[Skill, ...]
    murphy: Murphy | None
    corp: Corp | None
    terms: tuple[Hits, ...]
    calibration: tuple[CalibrationPoint, ...]
    missing: Cases | None
    partly: PartlySensitivity | None
    other_readings: tuple[OtherReading, ...]

    @property
    def n_occurred(self) -> int:
        """How many of the scored occurred."""
        return round((self.base_rate or 0) * self.n_scored)

    @property
    def n_graded(self) -> int:
        """How many have an outcome: scored, not scored, and left out."""
        return self.n_scored + sum(self.n_unscored.values()) + sum(self.left_out.values())

    @property
    def n_ended(self) -> int:
        """How many are graded or should be."""
        return self.n_graded + (self.n_overdue or 0)

    @property
    def ungraded_share(self) -> float | None:
        """The share of those that should be graded and are not, 0 to 1; None of none."""
        return self.n_overdue / self.n_ended if self.n_ended and self.n_overdue is not None else None

    @property
    def is_comparable(self) -> bool:
        """Whether it may stand beside those of other people: there are enough, and its score has an interval."""
        return self.n_scored >= MIN_ITEMS and self.interval is not None

    def without_score(self) -> TrackRecord:
        """The same without its score and whatever is made of it; what is counted stays."""
        nothing: dict[str, Any] = dict.fromkeys(_MADE_OF_THE_SCORE)
        return replace(self, skills=(), other_readings=(), **nothing)

    @property
    def unscored_share(self) -> float | None:
        """The share of the graded that no score counts, for whatever reason, 0 to 1; None of none."""
        return 1 - self.n_scored / self.n_graded if self.n_graded else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The part of a sample that has something in common: `key` in an address, `name` for people, and its record."""

    key: str
    name: str
    record: TrackRecord


def track_record(sample: Sample) -> TrackRecord:
    """What is said of that sample; the same sample gives the same record, in whatever order its groups come."""
    averaged = sample.judgement == AVERAGE
    cells = Cells() if averaged else _cells(sample.scored)
    n, occurred = sum(group.n for group in sample.scored), sum(group.occurred for group in sample.scored)
    score = fsum(group.brier for group in sample.scored) / n if averaged and n else mean_score(cells)
    return TrackRecord(
        judgement=sample.judgement,
        n_scored=n,
        n_unscored=_unscored(sample.unscored),
        n_open=sample.n_open,
        n_overdue=sample.n_overdue,
        n_assessments=sample.n_assessments,
        left_out=_counted(sample.left_out.items()),
        n_clusters=sample.n_clusters,
        is_resampled=sample.cluster_sums is not None or sample.interval is not None,
        brier=score,
        interval=_interval(sample),
        brier_band=None if averaged else mean_band_brier(map(_band_row, sample.scored)),
        log=mean_score(cells, log_score),
        base_rate=occurred / n if n else None,
        skills=() if averaged else tuple(_skills(cells, sample.previous_base_rate)),
        murphy=murphy(cells),
        corp=corp(cells),
        terms=() if averaged else hit_table(_term_counts(sample.scored), sample.clusters),
        calibration=calibration(cells),
        missing=None if averaged else best_and_worst(cells, _points(sample.unscored)),
        partly=None if averaged else _partly(cells, sample.unscored),
        other_readings=() if averaged else other_readings(sample.scored),
    )


def as_json(record: TrackRecord, groups: Iterable[Group] = ()) -> dict[str, Any]:
    """The record as numbers, strings, lists and None; so are its groups, each with its key and its name."""
    named = [{"key": group.key, "name": group.name, **_as_json(group.record)} for group in groups]
    return {**_as_json(record), "groups": named}


def _as_json(record: TrackRecord) -> dict[str, Any]:
    headline = record.skills[0] if record.skills else None
    return {
        "n_scored": record.n_scored,
        "n_unscored": dict(record.n_unscored),
        "n_open": record.n_open,
        "n_overdue": record.n_overdue,
        "brier": record.brier,
        "brier_band": record.brier_band and [record.brier_band.best, record.brier_band.worst],
        "log": record.log,
        "base_rate": record.base_rate,
        "skill": headline and {"reference": headline.reference.value, "value": headline.value},
        "murphy": _parts(record.murphy, "reliability", "resolution", "uncertainty"),
        "corp": _parts(record.corp, "mcb", "dsc", "unc"),
        "terms": [_term(row) for row in record.terms],
        "missing": _parts(record.missing, "best", "worst"),
        "left_out": dict(record.left_out),
        "calibration": [_point(point) for point in record.calibration],
        "interval": _pair(record.interval),
        "n_assessments": record.n_assessments,
        "partly": _parts(record.partly, "at_0", "at_half", "at_1"),
        "other_readings": [_parts(each, "yardstick", "n_read", "brier") for each in record.other_readings],
    }


def _parts(terms: object | None, *names: str) -> dict[str, Any] | None:
    return None if terms is None else {name: getattr(terms, name) for name in names}


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _term(row: Hits) -> dict[str, Any]:
    return {
        "yardstick": row.yardstick,
        "term": row.term,
        "low": row.low,
        "high": row.high,
        "n": row.n,
        "occurred": row.occurred,
        "rate": row.rate,
        "wilson": _pair(row.wilson),
        "verdict": row.verdict.value,
    }


def _point(point: CalibrationPoint) -> dict[str, Any]:
    return {"p": point.p, "n": point.n, "occurred": point.occurred, "expected": _pair(point.expected)}


# --- From the sample ------------------------------------------------------------------------------------------------


def _cells(groups: Iterable[ScoredGroup]) -> Cells:
    return Cells.of_rows((group.p, group.n, group.occurred) for group in groups)


def _band_row(group: ScoredGroup) -> tuple[float, float, int, int]:
    """What was a number, or had a band with one end, has the number at both ends."""
    if group.low is None or group.high is None:
        return group.p, group.p, group.n, group.occurred
    return group.low, group.high, group.n, group.occurred


def _term_counts(groups: Iterable[ScoredGroup]) -> Iterator[TermCount]:
    for group in groups:
        if group.term:
            band = Band(group.low, group.high)
            own = band.mirrored() if group.negated else band
            yield TermCount(
                group.yardstick, group.term, own.low, own.high, group.n, group.occurred, negated=group.negated
            )


def _unscored(groups: Iterable[UnscoredGroup]) -> dict[str, int]:
    return _counted((NO_PROBABILITY if each.outcome in _SCORED else each.outcome, each.n) for each in groups)


def _counted(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The sum of each name that has any, by name."""
    sums: Counter[str] = Counter()
    for name, n in rows:
        sums[name] += n
    return {name: sums[name] for name in sorted(sums) if sums[name]}


def _skills(cells: Cells, previous: float | None) -> Iterator[Skill]:
    for reference in (Reference.BASE_RATE, Reference.HALF, Reference.PREVIOUS_BASE_RATE):
        yield skill(cells, reference, previous_base_rate=previous)


def _interval(sample: Sample) -> Interval | None:
    """By cluster; None where the clusters are too few. Too many are resampled beforehand, or not yet."""
    if sample.cluster_sums is None:
        return sample.interval
    return cluster_bootstrap(sample.cluster_sums, mean, seed=SEED).interval


def _points(groups: Iterable[UnscoredGroup]) -> Counter[float]:
    """How many gave each probability; those that gave none are left out."""
    sums: Counter[float] = Counter()
    for group in groups:
        if group.p is not None:
            sums[group.p] += group.n
    return sums


def _partly(cells: Cells, groups: Iterable[UnscoredGroup]) -> PartlySensitivity | None:
    """None where nothing occurred partly, too: then there is nothing to tell."""
    partly = _points(group for group in groups if group.outcome == _PARTLY)
    return sensitivity_to_partly(cells, partly) if partly else None
