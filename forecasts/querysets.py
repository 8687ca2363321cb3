"""Chainable words for forecasts, judgements and what is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connections, models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q

from accounts.models import User
from forecasts.choices import OPEN_TO_GRADES, CorrectionState, How, ImportRowState, Line, Triage, Visibility
from sources.querysets import Viewer, sees_the_desk

if TYPE_CHECKING:
    from forecasts.models import (  # noqa: F401 - named in the annotations
        AwaitedGrade,
        ChartImage,
        ComingDue,
        Correction,
        Dispute,
        Due,
        Evidence,
        Forecast,
        Grade,
        Judgement,
        Recusal,
        Resolution,
        Score,
    )


WEEK = timedelta(days=7)


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything kept for the desk; for everybody else what a published edition carries."""
        kept = self.kept()
        return kept if sees_the_desk(user) else kept.filter(released_at__isnull=False, visibility="public")

    def retracted_for(self, user: Viewer) -> Self:
        """Those whose recording was undone, for the desk alone."""
        return self.filter(retracted_at__isnull=False) if sees_the_desk(user) else self.none()

    def kept(self) -> Self:
        """All but those whose recording was undone."""
        return self.filter(retracted_at__isnull=True)

    def with_words(self, words: str) -> Self:
        """Those whose event has all of these words, in any form of them; as a search engine reads quotes and minus."""
        event: Any = SearchVector("event", config="english")
        return self.alias(event_words=event).filter(
            event_words=SearchQuery(words, config="english", search_type="websearch")
        )

    def resolved(self) -> Self:
        return self.filter(Exists(_standing_resolutions()))

    def in_public_score(self) -> Self:
        """Resolved ones that anybody sees, without those that were made public only after their outcome was known."""
        public = self.kept().filter(released_at__isnull=False, visibility=Visibility.PUBLIC)
        seen_on = _DayThere(OuterRef("released_at"), OuterRef("time_zone"))
        return public.filter(Exists(_standing_resolutions().filter(known_on__gte=seen_on)))

    def unresolved(self) -> Self:
        return self.kept().filter(~Exists(_standing_resolutions()))

    def overdue(self, *, on: date) -> Self:
        """Unresolved forecasts, assessments excepted, whose window had ended before that day."""
        return self.unresolved().exclude(triage=Triage.ASSESSMENT).filter(due_on__lte=on)

    def open(self, *, on: date) -> Self:
        """Unresolved forecasts whose window had not ended before that day."""
        return self.unresolved().filter(Q(due_on__gt=on) | Q(due_on__isnull=True))

    def awaited(self, *, on: date, swept_at: datetime | None) -> Self:
        """Those ungraded that fall due within a week of that day, and those that the last sweep cannot have flagged.

        What was due before that sweep and recorded before it has its Due, so that the two together miss nothing.
        """
        rows = self.unresolved().filter(~Q(triage=Triage.ASSESSMENT), ~Exists(_open_dues()))
        rows = rows.filter(~Exists(_open("AwaitedGrade", "pk")), ~Exists(_open("Dispute", "pk")), due_on__lte=on + WEEK)
        if swept_at is None:
            return rows
        # A day less, because the sweep's day was the day before in some zones.
        return rows.filter(Q(due_on__gte=swept_at.date() - timedelta(days=1)) | Q(recorded_at__gte=swept_at))

    def for_lists(self, user: Viewer) -> Self:
        """With everything that a row shows: author, article, judgements that user may see, the standing resolution."""
        return (
            self.select_related("author", "article__source")
            .defer("article__text")
            .prefetch_related(
                Prefetch(
                    "judgements",
                    queryset=apps.get_model("forecasts", "Judgement")
                    .objects.visible_to(user)
                    .held()
                    .select_related("forecaster", "article__source")
                    .defer("article__text")
                    .order_by("made_at", "pk"),
                    to_attr="shown_judgements",
                ),
                Prefetch(
                    "resolutions",
                    queryset=apps.get_model("forecasts", "Resolution").objects.standing(),
                    to_attr="standing_resolutions",
                ),
                "topics",
            )
        )


class _DayThere(Func):
    """The day that an instant falls on in a zone."""

    template = "((%(expressions)s)::date)"
    arg_joiner = " AT TIME ZONE "
    output_field = models.DateField()


def _standing_resolutions(forecast: str = "pk") -> models.QuerySet[Resolution]:
    resolution: type[Resolution] = apps.get_model("forecasts", "Resolution")
    return resolution.objects.standing().filter(forecast=OuterRef(forecast))


def _open_dues() -> models.QuerySet[Due]:
    due: type[Due] = apps.get_model("forecasts", "Due")
    return due.objects.waiting().filter(forecast=OuterRef("pk"))


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else the desk's line and what a forecaster has released."""
        return self if sees_the_desk(user) else self.filter(Q(line=Line.DESK) | Q(released_at__isnull=False))

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of_the_desk(self) -> Self:
        return self.filter(line=Line.DESK)

    def held(self) -> Self:
        """Without those that ended in the moment in which they were made: a correction says what was said instead."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=F("made_at")))


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def standing(self) -> Self:
        return self.filter(superseded_at__isnull=True)

    def told(self) -> Self:
        """Without what a round that goes on held before somebody undid the grade that settled it."""
        return self.filter(Q(superseded_at__isnull=True) | ~Exists(_undone_in()))


class ScoreQuerySet(models.QuerySet["Score"]):
    def standing(self) -> Self:
        return self.filter(archived_at__isnull=True)

    def told(self) -> Self:
        """Without those of a resolution that is not told."""
        return self.filter(Q(archived_at__isnull=True) | ~Exists(_undone_in("resolution__round")))

    def headlines(self) -> Self:
        """What the desk's record counts: one row for each resolved forecast."""
        return self.standing().filter(headline=True)

    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what is said of public forecasts.

        Of those the desk's line, and what a forecaster has released.
        """
        if sees_the_desk(user):
            return self
        return self.filter(Q(line=Line.DESK) | Q(judgement__released_at__isnull=False), public=True)

    def of_each_judgement(self, user: Viewer) -> Self:
        """What each judgement scored, as far as that user sees the judgement, and was shown it in time."""
        rows = self.filter(judgement__isnull=False)
        if sees_the_desk(user):
            return rows
        return rows.visible_to(user).filter(too_late=False)


_TO_GRADE: Final = """
    SELECT (SELECT COALESCE(sum(change), 0) FROM forecasts_duetally) - (SELECT count(*) FROM (
        SELECT due.id
          FROM forecasts_awaitedgrade AS awaited JOIN forecasts_due AS due USING (forecast_id)
         WHERE awaited.closed_at IS NULL AND due.cleared_at IS NULL
         UNION
        SELECT due.id
          FROM forecasts_dispute AS dispute JOIN forecasts_due AS due USING (forecast_id)
         WHERE dispute.closed_at IS NULL AND due.cleared_at IS NULL
         UNION
        SELECT id FROM forecasts_due WHERE cleared_at IS NULL AND snoozed_until > %(on)s) AS hidden)
"""


class DueQuerySet(models.QuerySet["Due"]):
    def waiting(self) -> Self:
        """Not cleared; snoozed ones included."""
        return self.filter(cleared_at__isnull=True)

    def shown(self, *, on: date) -> Self:
        """Not cleared and not hidden by a snooze on that day."""
        return self.waiting().filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=on))

    def snoozed(self, *, on: date) -> Self:
        """Not cleared, and hidden by a snooze on that day."""
        return self.waiting().filter(snoozed_until__gt=on)

    def oldest_first(self) -> Self:
        return self.order_by("due_on", "pk")

    def ungraded(self) -> Self:
        """Not cleared, and nobody has graded the forecast in its round."""
        return self.waiting().filter(~Exists(_open("AwaitedGrade")), ~Exists(_open("Dispute")))

    def to_grade(self, *, on: date) -> Self:
        """What the queue asks for on that day: ungraded, and not hidden by a snooze."""
        return self.ungraded().shown(on=on)

    def count_to_grade(self, *, on: date) -> int:
        """How many `to_grade` of all has: all that are open, which are tallied, less the few that it leaves out.

        It is one statement, so that all of it is counted at one moment.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(_TO_GRADE, {"on": on})
            [count] = cursor.fetchone()
        return int(count)

    def told(self) -> Self:
        """Without those that were opened by what is not told of a round that goes on, and closed with it."""
        resolution: type[Resolution] = apps.get_model("forecasts", "Resolution")
        ended = resolution.objects.filter(forecast=OuterRef("forecast"), superseded_at=OuterRef("flagged_at"))
        kept = ended.exclude(pk__in=resolution.objects.told().values("pk"))
        return self.filter(Q(cleared_at__isnull=True) | ~Exists(kept))

    def for_queue(self) -> Self:
        """With what a row of the queue shows: the forecast, its author, the desk's standing line, the assignee."""
        return self.select_related("forecast__author", "assignee", "snoozed_by").prefetch_related(
            _lines_of_the_forecast()
        )


class ComingDueQuerySet(models.QuerySet["ComingDue"]):
    def known_perhaps(self, *, on: date) -> Self:
        """What nobody has looked at for ninety days, ungraded, with its end further off than the coming week."""
        rows = self.filter(look_on__lte=on, due_on__gt=on + WEEK)
        return rows.filter(~Exists(_open("AwaitedGrade")), ~Exists(_open("Dispute")))

    def for_queue(self) -> Self:
        """As DueQuerySet.for_queue, and with who has looked before."""
        looks = apps.get_model("forecasts", "Look").objects.select_related("looked_by")
        return self.select_related("forecast__author").prefetch_related(
            _lines_of_the_forecast(), Prefetch("forecast__looks", looks, to_attr="shown_looks")
        )


class GradeQuerySet(models.QuerySet["Grade"]):
    def standing(self) -> Self:
        return self.filter(retracted_at__isnull=True)

    def undone(self) -> Self:
        """Those that are not told, because the settling of their round was undone and it goes on."""
        return self.filter(Exists(_undone_in().filter(since=OuterRef("retracted_at"))))

    def visible_to(self, user: Viewer) -> Self:
        """One's own; another's once its round is over, resolved or disputed. Nothing for whoever sees no desk.

        Of what is held for the time being, only the grade that it rests on; and nothing of what was undone after two
        grades had settled a round, until that is settled anew.
        """
        if not sees_the_desk(user):
            return self.none()
        over = Q(round__lt=F("forecast__grading_round"))
        held = _standing_resolutions("forecast").filter(round=OuterRef("round")).exclude(how__in=OPEN_TO_GRADES)
        alone = _standing_resolutions("forecast").filter(how=How.PROVISIONAL, grades=OuterRef("pk"))
        disputed = _open("Dispute", "forecast").filter(round=OuterRef("round"))
        known = over | Exists(held) | Exists(alone) | Exists(disputed)
        undone = _undone_in().filter(since=OuterRef("retracted_at"))
        return self.filter(Q(grader=user.pk) | (known & ~Exists(undone)))


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Viewer) -> Self:
        """What the grades rest on that this user may see, and for the desk what editors' decisions do."""
        if not sees_the_desk(user):
            return self.none()
        grades = apps.get_model("forecasts", "Grade").objects
        return self.filter(Q(grade__in=grades.visible_to(user)) | Q(resolution__isnull=False))

    def about(self, forecasts: models.QuerySet[Forecast]) -> Self:
        """What says something of one of these forecasts."""
        return self.filter(Q(grade__forecast__in=forecasts) | Q(resolution__forecast__in=forecasts))

    def not_undone(self) -> Self:
        """Without what came with a file whose import was undone."""
        undone = ImportRowState.UNDONE
        rows = apps.get_model("forecasts", "ImportRow").objects.filter(state=undone, resolution=OuterRef("resolution"))
        return self.exclude(Exists(rows.filter(forecast=OuterRef("resolution__forecast"))))

    def behind(self, resolution: Resolution) -> Self:
        """What a resolution rests on: its grades' evidence, and its own where an editor decided or a file said so."""
        return self.filter(Q(resolution=resolution) | Q(grade__resolutions=resolution))

    def for_pages(self) -> Self:
        """With what a page shows of it: the article, the copy without its bytes, and what became of the fetching."""
        rows = self.select_related("article", "copy", "fetch")
        return rows.defer("article__text", "copy__data", "copy__text").order_by("pk")


class AwaitedGradeQuerySet(models.QuerySet["AwaitedGrade"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def awaited_of(self, user: Viewer) -> Self:
        """Those still open whose first grade is another's, and that this user has not read and left to others."""
        grades = apps.get_model("forecasts", "Grade").objects.standing()
        own = grades.filter(forecast=OuterRef("forecast"), round=OuterRef("round"), grader=user.pk)
        return self.open().filter(~Exists(own), ~Exists(_recusals().filter(user=user.pk)))

    def told(self) -> Self:
        """Without those of a round that goes on after its settling was undone, but for the one that is open."""
        return self.filter(Q(closed_at__isnull=True) | ~Exists(_undone_in()))

    def for_queue(self) -> Self:
        """As DueQuerySet.for_queue."""
        return self.select_related("forecast__author").prefetch_related(_lines_of_the_forecast())


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def of_this_round(self) -> Self:
        """Those that still keep somebody from grading: their round is the one that is on."""
        return self.filter(round=F("forecast__grading_round"))

    def to_be_kept(self) -> Self:
        """Those of which nothing may be told: a round that one of the same undoing stands for is not settled anew."""
        settled = _standing_resolutions("forecast").filter(round=OuterRef("round")).exclude(how__in=OPEN_TO_GRADES)
        disputed = _open("Dispute").filter(round=OuterRef("round"))
        rows = (
            apps.get_model("forecasts", "Recusal").objects.of_this_round().filter(~Exists(settled), ~Exists(disputed))
        )
        return self.filter(Exists(rows.filter(user=OuterRef("user"), since=OuterRef("since"))))


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def told(self) -> Self:
        """Without what was undone in a round that goes on."""
        return self.filter(Q(closed_at__isnull=True) | ~Exists(_undone_in()))

    def for_queue(self) -> Self:
        """As DueQuerySet.for_queue."""
        return self.select_related("forecast__author").prefetch_related(_lines_of_the_forecast())


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def proposed_to(self, user: User) -> Self:
        """What others propose and that user may decide, one row of each proposal; without new dates of publication."""
        waiting = self.filter(state=CorrectionState.PROPOSED, batch=None)
        together = ("forecast", "proposed_by", "proposed_at")
        before = waiting.filter(pk__lt=OuterRef("pk"), **{name: OuterRef(name) for name in together})
        return waiting.exclude(proposed_by=user).filter(~Exists(before))

    def for_queue(self) -> Self:
        return self.select_related("forecast__author", "proposed_by")


class ChartImageQuerySet(models.QuerySet["ChartImage"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what was drawn for a public page."""
        return self if sees_the_desk(user) else self.filter(public=True)


def _open(model: str, forecast: str = "forecast") -> models.QuerySet[Any]:
    """The open rows of that model about the forecast that the outer row points at, or is (`pk`)."""
    rows: models.QuerySet[Any] = apps.get_model("forecasts", model).objects.filter(closed_at__isnull=True)
    return rows.filter(forecast=OuterRef(forecast))


def _recusals(round_of: str = "round") -> RecusalQuerySet:
    """Those of the outer row's forecast and round."""
    recusal: type[Recusal] = apps.get_model("forecasts", "Recusal")
    return recusal.objects.filter(forecast=OuterRef("forecast"), round=OuterRef(round_of))


def _undone_in(round_of: str = "round") -> RecusalQuerySet:
    """That the settling of the outer row's round was undone, and nothing of it may be told yet."""
    return _recusals(round_of).to_be_kept()


def _lines_of_the_forecast() -> Prefetch[Any]:
    judgements = apps.get_model("forecasts", "Judgement").objects
    return Prefetch(
        "forecast__judgements",
        queryset=judgements.standing().select_related("forecaster").order_by("line", "made_at", "pk"),
        to_attr="shown_judgements",
    )
