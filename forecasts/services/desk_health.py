"""How the desk keeps up with what falls due, and how far its graders agree. It only reads.

What is counted here is what the lists show: overdue is what the queue calls so, flagged and graded by nobody. Days are
counted in each forecast's own zone. Nothing tells what a grader said in a round that is not over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from forecasts.choices import How, Independence
from forecasts.models import AwaitedGrade, Dispute, Due, Forecast, Grade, Resolution
from forecasts.scoring.agreement import Agreement, cohen_kappa, krippendorff_alpha

NOBODY: Final = "nobody"
NO_TOPIC: Final = "none"

# One row for all, where `who` and `name` are null and `is_all` is 1, and one for each person, "nobody" among them.
_LATE_BY_PERSON: Final = """
    WITH zone AS MATERIALIZED ({zones})
    SELECT GROUPING(late.who) AS is_all, late.who,
           min(person.name) AS name, count(*), min(late.due_on),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY late.days)
      FROM (SELECT COALESCE(due.assignee_id, author.user_id) AS who, due.due_on,
                   zone.today - due.due_on AS days
              FROM forecasts_due AS due
              JOIN forecasts_forecast AS forecast ON forecast.id = due.forecast_id
              JOIN zone ON zone.name = forecast.time_zone
              JOIN sources_source AS author ON author.id = forecast.author_id
             WHERE {ungraded}) AS late
      LEFT JOIN accounts_user AS person ON person.id = late.who
     GROUP BY GROUPING SETS ((), (late.who))
     ORDER BY is_all DESC, name NULLS LAST, late.who
"""
_LATE_BY_TOPIC: Final = """
    WITH zone AS MATERIALIZED ({zones})
    SELECT topic.slug, topic.name, count(*), min(due.due_on),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY zone.today - due.due_on)
      FROM forecasts_due AS due
      JOIN forecasts_forecast AS forecast ON forecast.id = due.forecast_id
      JOIN zone ON zone.name = forecast.time_zone
      LEFT JOIN forecasts_forecast_topics AS about ON about.forecast_id = forecast.id
      LEFT JOIN sources_topic AS topic ON topic.id = about.topic_id
     WHERE {ungraded}
     GROUP BY topic.id
     ORDER BY topic.name NULLS LAST
"""
# What day it is in each zone, once for all of its forecasts.
_ZONES: Final = """SELECT used.name, (%(at)s AT TIME ZONE used.name)::date AS today
              FROM (SELECT DISTINCT time_zone AS name FROM forecasts_forecast) AS used"""
# As DueQuerySet.ungraded.
_UNGRADED: Final = """due.cleared_at IS NULL
               AND NOT EXISTS (SELECT FROM forecasts_awaitedgrade AS awaited
                                WHERE awaited.forecast_id = due.forecast_id AND awaited.closed_at IS NULL)
               AND NOT EXISTS (SELECT FROM forecasts_dispute AS dispute
                                WHERE dispute.forecast_id = due.forecast_id AND dispute.closed_at IS NULL)"""
_AGE: Final = """
    SELECT count(*), min({since}),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM %(at)s - {since}) / 86400)
      FROM {table} WHERE closed_at IS NULL
"""


@dataclass(frozen=True, kw_only=True)
class Late:
    """What is overdue of one person or topic, or in all. `key` narrows the list of overdue forecasts to it."""

    key: str
    name: str
    count: int
    oldest: date | None
    median_days: float | None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many wait, since when the first of them, and for how many days half of them have."""

    count: int
    since: datetime | None
    median_days: float | None


@dataclass(frozen=True, kw_only=True)
class Graders:
    """How far those agree who graded the same forecasts, blind to each other, in rounds that are over.

    `same` of `pairs` were the same. Kappa holds the first grade of each pair against the second, whoever gave them:
    with two graders in all it is Cohen's, with more it speaks of the two slots. Alpha knows no slots and is the one
    to go by then. Each is None where it is not defined: no pair, or one category only.
    """

    pairs: int
    same: int
    graders: int
    kappa: Agreement
    alpha: Agreement


@dataclass(frozen=True, kw_only=True)
class Distance:
    """How many of the standing resolutions rest on graders who stood that far from the forecast, of how many."""

    independence: Independence
    count: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing is resolved."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, kw_only=True)
class DeskHealth:
    """The state of the desk at one moment."""

    at: datetime
    overdue: Late
    people: Sequence[Late]
    topics: Sequence[Late]
    alone: Waiting
    disputed: Waiting
    graders: Graders
    distances: Sequence[Distance]


def desk_health(*, at: datetime) -> DeskHealth:
    """All of it, in seven statements, however many rows there are."""
    overdue, people = _late_by_person(at)
    return DeskHealth(
        at=at,
        overdue=overdue,
        people=people,
        topics=_late_by_topic(at),
        alone=_waiting("forecasts_awaitedgrade", "since", at=at),
        disputed=_waiting("forecasts_dispute", "opened_at", at=at),
        graders=_graders(),
        distances=_distances(),
    )


# --- The rows behind the numbers --------------------------------------------------------------------------------------


def overdue_rows() -> QuerySet[Due]:
    """Those that are overdue, with `who` answers for them: the assignee, else the author where they have an account."""
    return Due.objects.ungraded().annotate(who=Coalesce("assignee", "forecast__author__user"))


def snoozed_count(*, at: datetime) -> int:
    """How many of those that are overdue a snooze hides from the queue."""
    return Due.objects.ungraded().snoozed(on=timezone.localdate(at)).count()


def alone_rows() -> QuerySet[AwaitedGrade]:
    return AwaitedGrade.objects.open()


def disputed_rows() -> QuerySet[Dispute]:
    return Dispute.objects.open()


def pair_rows() -> QuerySet[Grade]:
    """The first grade of each pair that counts, which says of which forecast and round it is."""
    return grades_of_rounds_that_are_over().filter(Exists(_other_grade(2)), slot=1)


def grades_of_rounds_that_are_over() -> QuerySet[Grade]:
    """Standing grades of which nobody has to be kept from learning: their round is past, resolved or disputed."""
    here = {"forecast": OuterRef("forecast"), "round": OuterRef("round")}
    resolved = Resolution.objects.standing().filter(**here, how__in=[How.AGREED, How.ADJUDICATED])
    disputed = Dispute.objects.open().filter(**here)
    past = Q(round__lt=F("forecast__grading_round"))
    return Grade.objects.standing().filter(past | Exists(resolved) | Exists(disputed))


def resolution_rows() -> QuerySet[Resolution]:
    """The standing resolutions that somebody here graded."""
    kept = Forecast.objects.kept()
    return Resolution.objects.standing().exclude(how=How.IMPORTED).filter(forecast__in=kept)


def _other_grade(slot: int) -> QuerySet[Grade]:
    """The standing grade in that slot of the same round."""
    return Grade.objects.standing().filter(forecast=OuterRef("forecast"), round=OuterRef("round"), slot=slot)


# --- Statements -----------------------------------------------------------------------------------------------------


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _late_by_person(at: datetime) -> tuple[Late, list[Late]]:
    rows = _rows(_LATE_BY_PERSON.format(ungraded=_UNGRADED, zones=_ZONES), at=at)
    everything = Late(key="", name="", count=rows[0][3], oldest=rows[0][4], median_days=rows[0][5])
    return everything, [
        Late(key=str(who) if who else NOBODY, name=name or "", count=count, oldest=oldest, median_days=median)
        for _is_all, who, name, count, oldest, median in rows[1:]
    ]


def _late_by_topic(at: datetime) -> list[Late]:
    return [
        Late(key=slug or NO_TOPIC, name=name or "", count=count, oldest=oldest, median_days=median)
        for slug, name, count, oldest, median in _rows(_LATE_BY_TOPIC.format(ungraded=_UNGRADED, zones=_ZONES), at=at)
    ]


def _waiting(table: str, since: str, *, at: datetime) -> Waiting:
    count, first, median = _rows(_AGE.format(table=table, since=since), at=at)[0]
    return Waiting(count=count, since=first, median_days=None if median is None else float(median))


def _graders() -> Graders:
    rows: Any = pair_rows().order_by().annotate(second=Subquery(_other_grade(2).values("outcome")))
    pairs = rows.values_list("outcome", "second").annotate(n=Count("pk"))
    counts: dict[tuple[str, str], int] = {(first, second): n for first, second, n in pairs}
    paired = Q(Exists(_other_grade(2)), slot=1) | Q(Exists(_other_grade(1)), slot=2)
    both = grades_of_rounds_that_are_over().filter(paired)
    return Graders(
        pairs=sum(counts.values()),
        same=sum(n for (first, second), n in counts.items() if first == second),
        graders=both.aggregate(n=Count("grader", distinct=True))["n"],
        kappa=cohen_kappa(counts),
        alpha=krippendorff_alpha(counts),
    )


def _distances() -> list[Distance]:
    rows: Any = resolution_rows().order_by().values_list("independence").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(rows)
    kinds: Iterable[Independence] = (Independence.INDEPENDENT, Independence.COLLEAGUE, Independence.INVOLVED)
    of = sum(counts.get(kind, 0) for kind in kinds)
    return [Distance(independence=kind, count=counts.get(kind, 0), of=of) for kind in kinds]
