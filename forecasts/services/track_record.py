"""The sums that a track record is made from, of whatever forecasts a filter lets through. Reads only.

A sample rests on one GROUP BY over the standing scores. What narrows it stands in the scores themselves wherever it
can (`Narrowing`); else it is looked up among the forecasts. What is large is remembered until scores change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from itertools import groupby
from operator import or_
from types import MappingProxyType
from typing import Any, Final, TypeVar

from django.contrib.postgres.aggregates import BitOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import BigIntegerField, BooleanField, Count, F, Func, Q, Sum, Value
from django.db.models.functions import ExtractYear

from forecasts.choices import By, Outcome, Triage
from forecasts.models import Due, StoredInterval
from forecasts.querysets import ForecastQuerySet, ScoreQuerySet
from forecasts.scoring.bootstrap import Sums
from forecasts.scoring.intervals import Interval
from forecasts.scoring.record import TrackRecord, track_record
from forecasts.scoring.sample import Sample, ScoredGroup, UnscoredGroup
from forecasts.services import remembering
from forecasts.services.narrowing import Narrowing
from forecasts.services.record_rows import Counted, Scope, Whose, counted_rows
from groundwork.health import last_sweep
from sources.querysets import Viewer

# So many scored forecasts are told apart by cluster at once; of more, the interval is made by a task.
AT_ONCE: Final = 5_000
# A record of more than these takes long enough, for its interval's sake, to be worth remembering.
WORTH: Final = 250
S = TypeVar("S", Sample, TrackRecord)
# The planner thinks of many more groups than there are, and would sort a million rows for want of memory.
WORK_MEM: Final = "64MB"
# It would start workers for a few hundred rows, which takes longer than counting tens of thousands.
WORKERS_COST: Final = "20000"
_DAY: Final = timedelta(days=1)
# `counted` is what the rows are annotated with.
_IS_SCORED: Final = Q(counted=Counted.SCORED)
_IS_DUE: Final = ~Q(triage=Triage.ASSESSMENT)
_HAPPENED: Final = Q(outcome=Outcome.OCCURRED)
_SAID: Final = ("yardstick", "term", "negated", "low", "high", "p")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose scores of which forecasts are asked for, by whom, on which day, and in which parts.

    `narrowing` says of a score's own columns what `forecasts` says of the forecasts; None where that cannot be.
    """

    forecasts: ForecastQuerySet
    scope: Scope
    viewer: Viewer
    on: date
    by: str = ""
    narrowing: Narrowing | None = None

    @property
    def column(self) -> str:
        return "average" if self.scope.whose == Whose.AVERAGE else "brier"

    def rows(self) -> ScoreQuerySet:
        """The scores, each with what it is `counted` as."""
        rows = counted_rows(self.scope, viewer=self.viewer, on=self.on)
        if self.narrowing is not None:
            return rows.filter(self.narrowing.q)
        return rows.filter(forecast__in=self.forecasts.order_by().values("pk"))

    @cached_property
    def since(self) -> date | None:
        """The first day asked for, where the base rate of the time before, as long as that asked for, can be told."""
        if self.by or self.narrowing is None or self.narrowing.since is None:
            return None
        # None is of a time that is none, or one before which there was no calendar.
        return self.narrowing.since if timedelta(0) <= self._length < self.narrowing.since - date.min - _DAY else None

    @property
    def reaching_back(self) -> Asked:
        """The same with the time before."""
        if self.since is None or self.narrowing is None:
            return self
        return replace(self, narrowing=self.narrowing.made_since(self.since - self._length - _DAY))

    @property
    def _length(self) -> timedelta:
        assert self.narrowing is not None
        assert self.narrowing.since is not None
        return (self.narrowing.until or self.on) - self.narrowing.since

    @cached_property
    def key(self) -> str:
        """What tells it from all others, where it rests on nothing but scores; else ""."""
        if self.narrowing is None:
            return ""
        return remembering.key(self.narrowing, self.scope, viewer=self.viewer, on=self.on, by=self.by)

    @cached_property
    def wanted(self) -> StoredInterval | None:
        """The row of its intervals, if somebody has asked for them since scores last changed, made or not."""
        found: StoredInterval | None = StoredInterval.objects.filter(key=self.key).first() if self.key else None
        return found


def samples(
    forecasts: ForecastQuerySet,
    scope: Scope,
    *,
    viewer: Viewer,
    on: date,
    by: str = "",
    narrowing: Narrowing | None = None,
) -> dict[Any, Sample]:
    """The sample of each part of these forecasts, by what they have in common; by "" of all together, under "".

    A part's key is a slug, a code, a year or a number, and by term the pair of yardstick and term. What is about two
    topics counts in both. Four statements at most.
    """
    asked = Asked(forecasts=forecasts, scope=scope, viewer=viewer, on=on, by=by, narrowing=narrowing)
    return _with_waiting(_graded(asked), asked, blank=Sample(judgement=scope.whose.value))


def records(
    forecasts: ForecastQuerySet,
    scope: Scope,
    *,
    viewer: Viewer,
    on: date,
    by: str = "",
    narrowing: Narrowing | None = None,
) -> dict[Any, TrackRecord]:
    """As `samples`, what is said of each of them; what is large is remembered, and costs one statement then."""
    return records_of(Asked(forecasts=forecasts, scope=scope, viewer=viewer, on=on, by=by, narrowing=narrowing))


def records_of(asked: Asked) -> dict[Any, TrackRecord]:
    """As `records`."""

    def count() -> dict[Any, TrackRecord]:
        return {key: track_record(sample) for key, sample in _graded(asked).items()}

    found = remembering.remembered(asked.key, count, is_large=_is_worth_it)
    return _with_waiting(found, asked, blank=track_record(Sample(judgement=asked.scope.whose.value)))


def clusters_of(asked: Asked) -> Iterator[tuple[Any, dict[tuple[str, str], int], list[Sums]]]:
    """Of each part its key, how many clusters each term has, by yardstick and term, and the sums of each cluster.

    What is made of them is held in memory for one part after the other.
    """
    keys, rows = _by_cluster(asked)
    ordered = rows.order_by(*keys, "yardstick").iterator(chunk_size=10_000)
    for key, of_one in groupby(ordered, key=lambda row: _key(asked.by, row)):
        clusters = _Clusters()
        for row in of_one:
            clusters.add(row)
        yield key, clusters.counts(), clusters.sums()


def _with_waiting(found: Mapping[Any, S], asked: Asked, *, blank: S) -> dict[Any, S]:
    """With how many are not resolved yet, which is as old as a minute where the rest is large."""
    if asked.scope.forecaster is not None or (asked.by and asked.by not in _FORECAST_KEYS):
        whole = dict(found) if asked.by else {"": blank, **found}
        return {key: replace(has, n_open=None, n_overdue=None, n_assessments=None) for key, has in whole.items()}
    waiting = _unresolved(asked, is_large=_is_large(found))
    if not asked.by:
        waiting = {"": _Unresolved()} | waiting
    whole = {}
    for key in {**found, **waiting}:
        has, still = found.get(key, blank), waiting.get(key, _Unresolved())
        whole[key] = replace(has, n_open=still.open, n_overdue=still.overdue, n_assessments=still.assessments)
    return whole


# --- Graded ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    scored: list[ScoredGroup] = field(default_factory=list)
    unscored: Counter[tuple[str, float | None]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    # Of each term, which of 63 numbers its clusters come down to: as many clusters at least.
    bits: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))


class _Bit(Func):
    """One of 63 bits, by a cluster's number."""

    template = "(1::bigint << mod(%(expressions)s / 2, 63)::int)"
    output_field = BigIntegerField()


class _Among(Func):
    """Whether a number is in an array; so put, rows are looked up by number, however many others have none of these."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class _Unnest(Func):
    function = "unnest"
    set_returning = True


_KEYS: Final[Mapping[str, Any]] = {
    By.TERM: F("term"),
    By.YARDSTICK: F("yardstick"),
    By.HORIZON: F("horizon"),
    By.AUTHOR: F("author_id"),
    By.YEAR: ExtractYear("made_on"),
    By.TOPIC: _Unnest(F("topics"), output_field=BigIntegerField()),
    By.COUNTRY: _Unnest(F("countries")),
}


def _graded(asked: Asked) -> dict[Any, Sample]:
    parts: defaultdict[Any, _Part] = defaultdict(_Part)
    before = _Part()
    with _planned("work_mem", WORK_MEM):
        rows = list(_grouped(asked))
    for row in rows:
        _add(before if row.get("before") else parts[_key(asked.by, row)], row)
    n = sum(group.n for part in parts.values() for group in part.scored)
    clusters = _clusters(asked) if n <= AT_ONCE else None
    stored = _stored(asked) if clusters is None else None
    found = {
        key: _with_clusters(
            _sample(asked, part),
            part,
            clusters[key] if clusters is not None else None,
            stored.get(key, _NONE) if stored is not None else None,
        )
        for key, part in parts.items()
    }
    return _with_previous(found, asked, before)


@contextmanager
def _planned(setting: str, value: str) -> Iterator[None]:
    """A transaction whose statements are planned with that setting."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting} = '{value}'")
        yield


def _grouped(asked: Asked) -> Iterable[dict[str, Any]]:
    """The sums; where the time before has to be known, of that too, in rows that are of what was `before`."""
    # Nothing is asked that the index does not hold, so that no row has to be fetched.
    sums = {"n": Count("*"), "total": Sum(asked.column), "bits": BitOr(_Bit(F("cluster")))}
    rows, keys = _keyed(asked.reaching_back.rows(), asked.by)
    if asked.since is not None:
        rows, keys = rows.annotate(before=Q(made_on__lt=asked.since)), [*keys, "before"]
    grouped: Iterable[dict[str, Any]] = rows.order_by().values(*keys, "counted", "outcome", *_SAID).annotate(**sums)
    return grouped


def _keyed(rows: ScoreQuerySet, by: str) -> tuple[Any, list[str]]:
    if not by:
        return rows, []
    return rows.annotate(key=_KEYS[by]), ["key"]


def _key(by: str, row: Mapping[str, Any]) -> Hashable:
    if by == By.TERM:
        return (row["yardstick"], row["key"])
    return row["key"] if by else ""


def _add(part: _Part, row: Mapping[str, Any]) -> None:
    match row["counted"]:
        case Counted.SCORED:
            occurred = row["n"] if row["outcome"] == Outcome.OCCURRED else 0
            words = {name: row[name] for name in _SAID}
            part.scored.append(ScoredGroup(**words, n=row["n"], occurred=occurred, brier=row["total"]))
            part.bits[row["yardstick"], row["term"]] |= row["bits"]
        case Counted.UNSCORED | Counted.NO_PROBABILITY:
            part.unscored[row["outcome"], row["p"]] += row["n"]
        case reason:
            part.left_out[reason] += row["n"]


def _sample(asked: Asked, part: _Part) -> Sample:
    unscored = sorted(part.unscored.items(), key=repr)
    return Sample(
        judgement=asked.scope.whose.value,
        scored=_merged(part.scored),
        unscored=tuple(UnscoredGroup(outcome, p, n) for (outcome, p), n in unscored),
        left_out=dict(part.left_out),
    )


def _merged(groups: Iterable[ScoredGroup]) -> tuple[ScoredGroup, ...]:
    """One group for the same words, whatever became of them, in an order that is not the database's."""
    found: dict[tuple[Any, ...], ScoredGroup] = {}
    for each in groups:
        words = tuple(getattr(each, name) for name in _SAID)
        had = found.get(words)
        sums = {name: getattr(each, name) + (getattr(had, name) if had else 0) for name in ("n", "occurred", "brier")}
        found[words] = replace(each, **sums)
    return tuple(found[words] for words in sorted(found, key=repr))


def _is_large(found: Mapping[Any, Sample] | Mapping[Any, TrackRecord]) -> bool:
    """Whether its clusters were not told apart."""
    return sum(map(_n_graded, found.values())) > AT_ONCE


def _is_worth_it(found: Mapping[Any, TrackRecord]) -> bool:
    """Whether it took long enough to be worth remembering."""
    return sum(map(_n_graded, found.values())) > min(AT_ONCE, WORTH)


def _n_graded(made: Sample | TrackRecord) -> int:
    if isinstance(made, TrackRecord):
        return made.n_graded
    n = sum(group.n for group in made.scored) + sum(group.n for group in made.unscored)
    return n + sum(made.left_out.values())


# --- Clusters -------------------------------------------------------------------------------------------------------

# Of a part of which nothing is scored.
_NONE: Final[Mapping[str, Any]] = MappingProxyType({"n_clusters": 0, "clusters": [], "low": None, "high": None})


class _Clusters:
    """The clusters of one part: their sums, and which terms they have."""

    def __init__(self) -> None:
        self._sums: defaultdict[int, tuple[float, int, int]] = defaultdict(lambda: (0.0, 0, 0))
        self._terms: Counter[tuple[str, str]] = Counter()

    def add(self, row: Mapping[str, Any]) -> None:
        score, n, occurred = self._sums[row["cluster"]]
        self._sums[row["cluster"]] = (score + row["total"], n + row["n"], occurred + row["happened"])
        self._terms[row["yardstick"], row["term"]] += 1

    def counts(self) -> dict[tuple[str, str], int]:
        return dict(self._terms)

    def sums(self) -> list[Sums]:
        return list(self._sums.values())


def _clusters(asked: Asked) -> defaultdict[Any, _Clusters]:
    found: defaultdict[Any, _Clusters] = defaultdict(_Clusters)
    _keys, rows = _by_cluster(asked)
    for row in rows:
        found[_key(asked.by, row)].add(row)
    return found


def _by_cluster(asked: Asked) -> tuple[list[str], Any]:
    """What tells the parts apart, and the scored of each cluster and word in each."""
    sums = {"n": Count("*"), "happened": Count("outcome", filter=_HAPPENED), "total": Sum(asked.column)}
    rows, keys = _keyed(asked.rows().filter(_IS_SCORED), asked.by)
    return keys, rows.order_by().values(*keys, "yardstick", "term", "cluster").annotate(**sums)


def _with_clusters(made: Sample, part: _Part, clusters: _Clusters | None, stored: Mapping[str, Any] | None) -> Sample:
    """Exact where they were told apart; else as a task has stored it; else as many at least as their numbers show."""
    if clusters is not None:
        sums = tuple(clusters.sums())
        return replace(made, clusters=clusters.counts(), n_clusters=len(sums), cluster_sums=sums)
    if stored is not None:
        counts = {(yardstick, term): n for yardstick, term, n in stored["clusters"]}
        made = replace(made, clusters=counts, n_clusters=stored["n_clusters"])
        if stored["low"] is None:
            return replace(made, cluster_sums=())  # resampled, and too few
        return replace(made, cluster_sums=None, interval=Interval(stored["low"], stored["high"]))
    at_least = {words: bits.bit_count() for words, bits in part.bits.items()}
    all_of_them = reduce(or_, part.bits.values(), 0).bit_count()
    return replace(made, clusters=at_least, n_clusters=all_of_them, cluster_sums=None, clusters_are_at_least=True)


def _stored(asked: Asked) -> Mapping[Hashable, Mapping[str, Any]] | None:
    """What a task has made of each part since scores last changed, if it has."""
    if asked.wanted is None or asked.wanted.done_at is None:
        return None
    return {_hashable(part["key"]): part for part in asked.wanted.parts}


def _hashable(key: Any) -> Hashable:
    """A part's key as it was before it was stored, in which pairs become lists."""
    return tuple(key) if isinstance(key, list) else key


# --- Not resolved yet -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unresolved:
    open: int = 0
    overdue: int = 0
    assessments: int = 0

    def __add__(self, more: _Unresolved) -> _Unresolved:
        return _Unresolved(self.open + more.open, self.overdue + more.overdue, self.assessments + more.assessments)


# What is said of it may still change, so that by term nothing is counted that is not resolved.
_FORECAST_KEYS: Final[Mapping[str, Any]] = {
    By.HORIZON: F("horizon"),
    By.AUTHOR: F("author_id"),
    By.YEAR: ExtractYear("made_on"),
    By.TOPIC: F("topics"),
    By.COUNTRY: _Unnest(F("countries")),
}


def _unresolved(asked: Asked, *, is_large: bool) -> dict[Any, _Unresolved]:
    if not is_large:
        return _count_unresolved(asked)
    return remembering.remembered_for_a_minute(asked.key, lambda: _count_many(asked))


def _count_many(asked: Asked) -> dict[Any, _Unresolved]:
    swept_at = last_sweep()
    return _count_unresolved(asked) if swept_at is None else _count_among_the_few(asked, swept_at)


def _count_unresolved(asked: Asked) -> dict[Any, _Unresolved]:
    rows, counts = asked.forecasts.unresolved().order_by(), _counts(asked.on)
    if not asked.by:
        return {"": _Unresolved(**rows.aggregate(**counts))}
    return {key: _Unresolved(*counted) for key, *counted in _keyed_counts(rows, asked.by, counts)}


def _count_among_the_few(asked: Asked, swept_at: datetime) -> dict[Any, _Unresolved]:
    """The same where nearly everything is resolved, in one statement: from what is still ahead, and what has its Due.

    What was due before that sweep and recorded before it was given its Due then, and a resolution clears a Due.
    """
    swept_on = swept_at.date() - timedelta(days=1)  # it was still the day before in some zones
    since = Q(due_on__gte=swept_on) | Q(due_on__isnull=True) | Q(recorded_at__gte=swept_at)
    ahead = asked.forecasts.unresolved().filter((_IS_DUE & since) | ~_IS_DUE)
    flagged = Q(_Among(F("pk"), ArraySubquery(Due.objects.waiting().values("forecast"))))
    held = asked.forecasts.kept().filter(
        _IS_DUE, flagged, due_on__lte=asked.on, due_on__lt=swept_on, recorded_at__lt=swept_at
    )
    all_overdue = {"open": Value(0), "overdue": Count("pk"), "assessments": Value(0)}
    parts = _keyed_counts(ahead, asked.by, _counts(asked.on)), _keyed_counts(held, asked.by, all_overdue)
    found: defaultdict[Any, _Unresolved] = defaultdict(_Unresolved)
    with _planned("parallel_setup_cost", WORKERS_COST):
        for key, *counted in parts[0].union(parts[1], all=True):
            found[key] += _Unresolved(*counted)
    return dict(found)


def _counts(on: date) -> dict[str, Any]:
    return {
        "open": Count("pk", filter=_IS_DUE & _later(on)),
        "overdue": Count("pk", filter=_IS_DUE & Q(due_on__lte=on)),
        "assessments": Count("pk", filter=~_IS_DUE),
    }


def _keyed_counts(rows: ForecastQuerySet, by: str, counts: Mapping[str, Any]) -> Any:
    key = _FORECAST_KEYS[by] if by else Value("")
    return rows.order_by().annotate(key=key).values_list("key").annotate(**counts)


def _later(on: date) -> Q:
    return Q(due_on__gt=on) | Q(due_on__isnull=True)


# --- Before ---------------------------------------------------------------------------------------------------------


def _with_previous(found: dict[Any, Sample], asked: Asked, before: _Part) -> dict[Any, Sample]:
    """With the base rate of the time before: of years the year before, else a time as long as the one asked for."""
    if asked.by == By.YEAR:
        years = {key: found.get((key or 0) - 1) for key in found}
        rates = {key: _base_rate(year.scored) if year is not None else None for key, year in years.items()}
    else:
        rates = dict.fromkeys(found, _base_rate(before.scored))
    return {key: replace(made, previous_base_rate=rates[key]) for key, made in found.items()}


def _base_rate(groups: Iterable[ScoredGroup]) -> float | None:
    n, occurred = 0, 0
    for group in groups:
        n, occurred = n + group.n, occurred + group.occurred
    return occurred / n if n else None
