"""Judgements: who held what to be how likely, and until when."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Line
from forecasts.errors import JudgementRefused, OutcomeKnown
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.querysets import JudgementQuerySet
from forecasts.services import following
from forecasts.services.entries import Chance, completed_chance, refuse_contradiction
from forecasts.services.exclusion import held_to_occur, others_of
from forecasts.services.recusing import is_recused
from groundwork.marks import day_text
from sources.models import Article, Source
from sources.services import people

LONGEST_REASON: Final = 300


@transaction.atomic
def judge(
    forecast: Forecast,
    *,
    chance: Chance,
    by: User,
    at: datetime,
    forecaster: Source | None = None,
) -> Judgement:
    """A new standing judgement of `forecaster` (by themselves, unless named); it ends the one before.

    Raises JudgementRefused, also as `closed_to` says, or OutcomeKnown once the forecast is resolved.
    """
    forecaster = forecaster or people.person_for(by)
    made = _set(forecast, line=Line.PERSONAL, forecaster=forecaster, chance=chance, by=by, at=at)
    _tell(forecast, _("%(who)s has judged %(forecast)s."), who=str(forecaster), by=by, at=at)
    return made


@transaction.atomic
def withdraw(forecast: Forecast, *, by: User, at: datetime, why: str) -> Judgement:
    """End one's own standing judgement with a reason. The forecast stays on the record and stays due.

    Raises JudgementRefused, or OutcomeKnown: what was held when the outcome became known is scored.
    """
    why = " ".join(why.split())
    if not why:
        raise JudgementRefused(_("Say why you withdraw it."), field="why")
    if len(why) > LONGEST_REASON:
        raise JudgementRefused(_("At most %d characters fit here.") % LONGEST_REASON, field="why")
    _refuse_where_known(forecast)
    own = _own(forecast, by=by).standing().first()
    if own is None:
        raise JudgementRefused(_("You have no judgement of it that stands."), code="none_stands")
    if at < own.made_at:
        raise JudgementRefused(_("There is a judgement from that moment or later already."), field="made_at")
    Judgement.objects.filter(pk=own.pk).standing().update(ended_at=at, ended_by=by, ended_why=why)
    own.refresh_from_db()
    _tell(forecast, _("%(who)s has withdrawn a judgement of %(forecast)s."), who=str(own.forecaster), by=by, at=at)
    return own


@transaction.atomic
def release_own(forecast: Forecast, *, by: User, at: datetime) -> int:
    """Let everybody see what one has judged so far, withdrawn and revised judgements too; how many there were.

    All of them, so that nobody shows only what turned out well; what one judges later is personal again. Raises
    JudgementRefused where nothing is left to be released.
    """
    Forecast.objects.select_for_update(no_key=True).only("pk").get(pk=forecast.pk)
    released = _own(forecast, by=by).filter(released_at__isnull=True).update(released_at=at)
    if not released:
        raise JudgementRefused(_("You have nothing here that could be released."), code="nothing_to_release")
    people.release([people.person_for(by)], at=at)
    return released


@transaction.atomic
def set_line_by_editor(forecast: Forecast, *, chance: Chance, by: User, at: datetime, why: str) -> Judgement:
    """The desk's line between two editions, an editor's, with the reason as its rationale; it stands from now on.

    Raises JudgementRefused, or OutcomeKnown once the forecast is resolved.
    """
    if not by.may_publish:
        raise JudgementRefused(_("Only an editor sets the desk’s line."), code="editors_line")
    if not why.strip():
        raise JudgementRefused(_("Say why the desk’s line changes."), field="rationale")
    if forecast.made_on is None:
        raise JudgementRefused(_("It was never published; its first edition sets the desk’s line."), code="preview")
    chance = replace(chance, rationale=why.strip())
    made = _set(forecast, line=Line.DESK, forecaster=people.desk(), chance=chance, by=by, at=at)
    _tell(forecast, _("%(who)s has set the desk’s line of %(forecast)s."), who=str(by), by=by, at=at)
    return made


@transaction.atomic
def set_desk_line(
    forecast: Forecast, *, chance: Chance, by: User, at: datetime, made_on: date | None = None, article: Article
) -> Judgement:
    """The desk's line as `article` publishes it: the first from `made_on` (for the archive a past day),
    later ones from now.

    Where the standing line says the same, that one stays. Raises JudgementRefused.
    """
    lines = forecast.judgements.of_the_desk()
    standing = lines.standing().first()
    chance = completed_chance(chance)
    if standing is not None and _as_chance(standing) == chance:
        return standing
    is_first = standing is None and not lines.exists()
    made_at = start_of_day(made_on, forecast.time_zone, not_after=at) if made_on and is_first else at
    return _replace(
        forecast, line=Line.DESK, forecaster=people.desk(), chance=chance, by=by, made_at=made_at, article=article
    )


@transaction.atomic
def end_desk_line(forecast: Forecast, *, by: User, at: datetime, why: str) -> None:
    """The desk no longer stands by its line. The forecast stays on the record, and due.

    What is resolved keeps the line that it was judged by.
    """
    Forecast.objects.select_for_update(no_key=True).only("pk").get(pk=forecast.pk)
    if not Resolution.objects.standing().filter(forecast=forecast).exists():
        forecast.judgements.of_the_desk().standing().update(ended_at=at, ended_by=by, ended_why=why)


@transaction.atomic
def end_judgement_of(forecast: Forecast, forecaster: Source, *, by: User, at: datetime, why: str) -> None:
    """That forecaster no longer stands by their own judgement. The forecast stays on the record, and due.

    What is resolved keeps the judgements that it was scored by.
    """
    Forecast.objects.select_for_update(no_key=True).only("pk").get(pk=forecast.pk)
    if not Resolution.objects.standing().filter(forecast=forecast).exists():
        own = forecast.judgements.standing().filter(line=Line.PERSONAL, forecaster=forecaster)
        own.update(ended_at=at, ended_by=by, ended_why=why)


@transaction.atomic
def judge_in_article(forecast: Forecast, *, chance: Chance, article: Article, by: User, at: datetime) -> Judgement:
    """The judgement of an article's author on a forecast that is there already, made on its day of publication.

    Where the author's standing judgement says the same, that one stays. Raises JudgementRefused, or OutcomeKnown once
    the forecast is resolved.
    """
    chance, forecaster = completed_chance(chance), people.author_of(article)
    _refuse_where_known(forecast)
    standing = forecast.judgements.standing().filter(line=Line.PERSONAL, forecaster=forecaster).first()
    if standing is not None and _as_chance(standing) == chance:
        return standing
    day = article.published_on
    made_at = start_of_day(day, forecast.time_zone, not_after=at) if day is not None else at
    if forecast.has_ended(on=forecast.today(at=made_at)):
        raise JudgementRefused(
            _("That article is from after its last day, so it foretells nothing."), code="window_over"
        )
    made = _replace(
        forecast, line=Line.PERSONAL, forecaster=forecaster, chance=chance, by=by, made_at=made_at, article=article
    )
    _tell(forecast, _("%(who)s has judged %(forecast)s."), who=str(forecaster), by=by, at=at)
    return made


def closed_to(forecast: Forecast, *, by: User, at: datetime) -> JudgementRefused | None:
    """Why that account records no judgement and no line of the desk now, though nothing is held; None where it may.

    Only what is foretold counts: not after the last day of the window, by nobody who has said what became of it, and
    not where something that excludes it has occurred.
    """
    if forecast.has_ended(on=forecast.today(at=at)):
        assert forecast.ends_on is not None
        message = _("Its last day was %s. A judgement made now would foretell nothing.")
        return JudgementRefused(message % day_text(forecast.ends_on), code="window_over")
    if forecast.grades.standing().filter(round=forecast.grading_round, grader=by).exists():
        return JudgementRefused(_("You have graded it. A judgement made now would foretell nothing."), code="own_grade")
    if is_recused(forecast, by=by):
        message = _("You have graded it and read the other grade. A judgement made now would foretell nothing.")
        return JudgementRefused(message, code="own_grade")
    if (another := held_to_occur(others_of(forecast)).first()) is not None:
        message = _("%s of the same group has occurred, and the two exclude each other.")
        return JudgementRefused(message % another.reference, code="excluded")
    return None


def first_judgement(
    forecast: Forecast, *, chance: Chance, forecaster: Source, by: User, at: datetime, article: Article | None
) -> Judgement:
    """The judgement that comes with a forecast: made on the forecast's own day, within the caller's transaction."""
    made_at = start_of_day(forecast.made_on, forecast.time_zone, not_after=at) if forecast.made_on else at
    return _replace(
        forecast,
        line=Line.PERSONAL,
        forecaster=forecaster,
        chance=completed_chance(chance),
        by=by,
        made_at=made_at,
        article=article,
    )


def chance_of(judgement: Judgement) -> Chance:
    """What a judgement says, apart from who and when."""
    return _as_chance(judgement)


def start_of_day(day: date, time_zone: str, *, not_after: datetime | None = None) -> datetime:
    """The first instant of that day there; `not_after` where that lies ahead."""
    start = datetime.combine(day, time.min, ZoneInfo(time_zone))
    return start if not_after is None else min(start, not_after)


def _set(forecast: Forecast, *, line: str, forecaster: Source, chance: Chance, by: User, at: datetime) -> Judgement:
    refuse_contradiction(chance)
    chance = completed_chance(chance)
    if not chance.says_how_likely:
        raise JudgementRefused(_("Choose a word, or give a number."), field="term", code="unquantified")
    _refuse_where_known(forecast)
    if (closed := closed_to(forecast, by=by, at=at)) is not None:
        raise closed
    return _replace(forecast, line=line, forecaster=forecaster, chance=chance, by=by, made_at=at, article=None)


def _refuse_where_known(forecast: Forecast) -> None:
    """Lock the forecast, so that nobody resolves it meanwhile. Raises OutcomeKnown, or JudgementRefused."""
    locked = Forecast.objects.select_for_update(no_key=True).only("pk", "retracted_at").get(pk=forecast.pk)
    if locked.retracted_at is not None:
        raise JudgementRefused(_("Its recording was undone; there is nothing left to judge."), code="retracted")
    if Resolution.objects.standing().filter(forecast=forecast).exists():
        raise OutcomeKnown(_("The outcome is known. A judgement made now would foretell nothing."))


def _own(forecast: Forecast, *, by: User) -> JudgementQuerySet:
    """What that account has judged of it, as a forecaster and not for the desk."""
    return Judgement.objects.filter(forecast=forecast, line=Line.PERSONAL, forecaster__user=by)


def _tell(forecast: Forecast, text: str, *, who: str, by: User, at: datetime) -> None:
    told = text % {"who": who, "forecast": forecast.reference}
    following.tell_followers(forecast, kind=following.JUDGEMENT, text=told, by=by, at=at)


def _replace(
    forecast: Forecast,
    *,
    line: str,
    forecaster: Source,
    chance: Chance,
    by: User,
    made_at: datetime,
    article: Article | None,
) -> Judgement:
    standing = Judgement.objects.filter(forecast=forecast, line=line, forecaster=forecaster).standing()
    if (last := standing.first()) is not None:
        if made_at <= last.made_at:
            raise JudgementRefused(_("There is a judgement from that moment or later already."), field="made_at")
        standing.update(ended_at=made_at, ended_by=by, ended_why=_("revised"))
    values = {each.name: getattr(chance, each.name) for each in fields(chance)}
    return Judgement.objects.create(
        forecast=forecast,
        forecaster=forecaster,
        line=line,
        article=article,
        made_at=made_at,
        recorded_by=by,
        **values,
    )


def _as_chance(judgement: Judgement) -> Chance:
    return Chance(**{each.name: getattr(judgement, each.name) for each in fields(Chance)})
