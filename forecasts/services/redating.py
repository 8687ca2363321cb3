"""A corrected date of publication: the windows of an article's forecasts are recomputed and reviewed as one batch.

The text is read again, once by the old date and once by the new, before any transaction opens. What the old reading
gave a forecast, the new one replaces; a window that an analyst had set otherwise stays, and is pointed out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import CorrectionState, Triage
from forecasts.errors import CorrectionDecided, CorrectionRefused
from forecasts.models import Correction, DateCorrection, Forecast, Judgement, Reading
from forecasts.reading.calendars import add_months
from forecasts.reading.document import Reading as ReadText
from forecasts.reading.finding import FoundForecast
from forecasts.reading.named_days import with_days
from forecasts.services import following, intake, scorekeeping
from forecasts.services.changing import reason, revision_of
from forecasts.services.correcting import as_text, as_value, put_anew, reread
from forecasts.services.due import EASTERNMOST
from forecasts.services.entries import YEARS_TO_ASSESSMENT, horizon_class
from forecasts.services.judging import chance_of, start_of_day
from forecasts.yardsticks.scales import DEFAULT
from groundwork.marks import day_text
from sources.models import Article
from sources.services import articles

# In the order in which they are shown.
DATED: Final = ("made_on", "opens_on", "closes_on", "assessment_on", "horizon", "event")
_MONTHS: Final = 12 * YEARS_TO_ASSESSMENT
_READ_AGAIN: Final = ("opens_on", "closes_on", "horizon", "horizon_text")

Found = Mapping[tuple[int, int], FoundForecast]


@dataclass(frozen=True, kw_only=True)
class Redated:
    """A forecast with the days that it would have. `by_hand`: an analyst had set its window, so that it stays."""

    forecast: Forecast
    made_on: date
    opens_on: date
    closes_on: date | None
    assessment_on: date | None
    horizon: str
    event: str
    by_hand: bool

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """Each field that changes, with what it is and what it becomes."""
        both = ((name, getattr(self.forecast, name), getattr(self, name)) for name in DATED)
        return [(name, old, new) for name, old, new in both if old != new]

    @property
    def is_impossible(self) -> bool:
        """Whether it would close before it opens."""
        return self.closes_on is not None and self.closes_on < self.opens_on


def redated(article: Article, *, new: date) -> list[Redated]:
    """The article's forecasts as they would be, had it been published on that day. Reads the text twice."""
    row = Reading.objects.filter(article=article).first()
    yardstick = row.yardstick if row is not None else DEFAULT.slug
    was = _found(intake.read(article.text, dated_on=article.published_on, yardstick=yardstick))
    will = _found(intake.read(article.text, dated_on=new, yardstick=yardstick))
    return [_redated(forecast, was, will, new=new) for forecast in _dated_by(article)]


@transaction.atomic
def propose_date(
    article: Article, *, new: date, plan: Sequence[Redated], by: User, why: str, at: datetime
) -> DateCorrection:
    """Propose another date of publication with the windows that follow from it; nothing changes before it is confirmed.

    `plan` is what `redated` says of that day. Raises CorrectionRefused, with the field to blame.
    """
    article = Article.objects.select_for_update(no_key=True).defer("text").get(pk=article.pk)
    why = reason(why)
    if new == article.published_on:
        raise CorrectionRefused(_("That is its date of publication already."), field="new")
    if new > at.astimezone(EASTERNMOST).date():
        raise CorrectionRefused(_("That day lies in the future."), field="new")
    if article.date_corrections.filter(state=CorrectionState.PROPOSED).exists():
        raise CorrectionRefused(_("Another date waits to be confirmed already."), field="new")
    _check_plan(plan)
    batch = DateCorrection.objects.create(
        article=article, old=article.published_on, new=new, reason=why, proposed_by=by, proposed_at=at
    )
    Correction.objects.bulk_create(
        Correction(
            forecast=each.forecast,
            field=name,
            old=as_text(before),
            new=as_text(after),
            reason=why,
            batch=batch,
            proposed_by=by,
            proposed_at=at,
        )
        for each in plan
        for name, before, after in each.changes
    )
    told = {"about": article.reference, "url": article.get_absolute_url()}
    following.tell_of_correction([each.forecast for each in plan], by=by, at=at, **told)
    return batch


def confirm_date(batch: DateCorrection, *, by: User, at: datetime) -> None:
    """Carry a new date of publication out, by a second person: article, forecasts, the judgements made that day, and
    the finds that wait.

    What was resolved or graded by a window that changes is put anew. Raises CorrectionRefused for the person who
    proposed it, and CorrectionDecided where it is decided or no longer fits.
    """
    article = batch.article
    row = Reading.objects.filter(article=article).first()
    reading = intake.read(article.text, dated_on=batch.new, yardstick=row.yardstick if row else DEFAULT.slug)
    with transaction.atomic():
        batch = _open_batch(batch, by=by)
        forecasts = {each.pk: each for each in _dated_by(batch.article).select_for_update(no_key=True, of=("self",))}
        changes = _changes(batch, forecasts)
        why = _("date of publication corrected: %s") % batch.reason
        articles.set_published_on(batch.article, day=batch.new)
        _apply(forecasts, changes, by=by, why=why, at=at)
        _redate_finds(batch.article, reading)
        _decide(batch, CorrectionState.ACCEPTED, by=by, at=at)


@transaction.atomic
def decline_date(batch: DateCorrection, *, by: User, at: datetime) -> None:
    """Leave the date and all windows as they are: by a second person. Raises as `confirm_date` does."""
    _decide(_open_batch(batch, by=by), CorrectionState.DECLINED, by=by, at=at)


def _found(reading: ReadText) -> Found:
    return {(each.start, each.end): each for each in reading.forecasts}


def _dated_by(article: Article) -> Any:
    """The forecasts that were made by being published in that article."""
    rows = Forecast.objects.kept().filter(article=article, made_on=article.published_on)
    return rows.select_related("author").order_by("quote_start", "pk")


def _redated(forecast: Forecast, was: Found, will: Found, *, new: date) -> Redated:
    place = (forecast.quote_start or 0, forecast.quote_end or 0)
    before, after = was.get(place), will.get(place)
    by_hand = forecast.made_on is not None and not (before and after and _is_as_read(forecast, before))
    if by_hand or after is None:
        opens_on = new if forecast.opens_on in (None, forecast.made_on) else forecast.opens_on
        closes_on, horizon = forecast.closes_on, ""
    else:
        opens_on, closes_on, horizon = after.opens_on or new, after.closes_on, after.horizon or ""
    assert opens_on is not None
    assessment_on = _assessment_date(forecast, opens_on, closes_on)
    days = {forecast.assessment_on: assessment_on, forecast.opens_on: opens_on, forecast.closes_on: closes_on}
    return Redated(
        forecast=forecast,
        made_on=new,
        opens_on=opens_on,
        closes_on=closes_on,
        assessment_on=assessment_on,
        horizon=horizon or horizon_class(new, closes_on),
        event=with_days(forecast.event, days),
        by_hand=by_hand,
    )


def _is_as_read(forecast: Forecast, found: FoundForecast) -> bool:
    return (forecast.opens_on, forecast.closes_on) == (found.opens_on or forecast.made_on, found.closes_on)


def _assessment_date(forecast: Forecast, opens_on: date, closes_on: date | None) -> date | None:
    """The desk's own day: three years after the window opens, unless somebody had chosen another."""
    if closes_on is not None or forecast.triage == Triage.ASSESSMENT:
        return None
    usual = add_months(opens_on, _MONTHS) or opens_on
    chosen = forecast.assessment_on
    if chosen is None or (forecast.opens_on and chosen == add_months(forecast.opens_on, _MONTHS)):
        return usual
    return max(chosen, opens_on)


def _check_plan(plan: Sequence[Redated]) -> None:
    for each in plan:
        if each.is_impossible:
            message = _("%(reference)s would close on %(day)s, before it opens. Correct its window first.")
            assert each.closes_on is not None
            named = {"reference": each.forecast.reference, "day": day_text(each.closes_on)}
            raise CorrectionRefused(message % named, field="new")
    waiting = Correction.objects.filter(
        forecast__in=[each.forecast.pk for each in plan], state=CorrectionState.PROPOSED, field__in=DATED
    )
    if (first := waiting.select_related("forecast").first()) is not None:
        message = _("A correction of %s waits to be confirmed. Decide on that first.")
        raise CorrectionRefused(message % first.forecast.reference, field="new")


def _open_batch(batch: DateCorrection, *, by: User) -> DateCorrection:
    batch = DateCorrection.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    batch.article = Article.objects.select_for_update(no_key=True).get(pk=batch.article_id)
    if batch.state != CorrectionState.PROPOSED:
        raise CorrectionDecided(_("Somebody has decided on this date already."))
    if batch.proposed_by_id == by.pk:
        raise CorrectionRefused(_("You proposed it; somebody else looks at it."), code="own_correction")
    return batch


def _changes(batch: DateCorrection, forecasts: Mapping[int, Forecast]) -> dict[int, dict[str, Any]]:
    """What changes on which forecast. Raises CorrectionDecided where the batch is no longer about what is there."""
    changes: dict[int, dict[str, Any]] = {}
    fits = batch.article.published_on == batch.old
    for row in batch.corrections.order_by("pk"):
        forecast = forecasts.get(row.forecast_id)
        fits = fits and forecast is not None and as_text(getattr(forecast, row.field)) == row.old
        changes.setdefault(row.forecast_id, {})[row.field] = as_value(row.field, row.new)
    if not fits or set(changes) != set(forecasts):
        message = _("Its forecasts have changed since. Decline it, and propose the date again.")
        raise CorrectionDecided(message)
    return changes


def _apply(
    forecasts: Mapping[int, Forecast], changes: Mapping[int, Mapping[str, Any]], *, by: User, why: str, at: datetime
) -> None:
    before = {key: revision_of(forecast) for key, forecast in forecasts.items()}
    made_on = {key: forecast.made_on for key, forecast in forecasts.items()}
    for key, values in changes.items():
        for name, value in values.items():
            setattr(forecasts[key], name, value)
    with pghistory.context(user=by.pk, why=why):
        Forecast.objects.bulk_update(forecasts.values(), DATED)
        Forecast.objects.filter(pk__in=list(forecasts)).update(version=F("version") + 1)
    _redate_judgements(forecasts, made_on, by=by, why=why, at=at)
    for forecast in Forecast.objects.filter(pk__in=list(forecasts)):
        put_anew(forecast, before=before[forecast.pk], by=by, why=why, at=at)
    scorekeeping.rescore(forecasts, why=why, at=at)


def _redate_judgements(
    forecasts: Mapping[int, Forecast], made_on: Mapping[int, date | None], *, by: User, why: str, at: datetime
) -> None:
    """Let the judgements that came with the forecasts be made on the right day. Those revised since stay."""
    standing = Judgement.objects.standing().filter(forecast__in=list(forecasts), imported=False)
    for judgement in standing.select_related("forecast", "forecaster", "article"):
        forecast = forecasts[judgement.forecast_id]
        old, zone = made_on[forecast.pk], forecast.time_zone
        if old is None or forecast.made_on is None or judgement.made_at != start_of_day(old, zone):
            continue
        made_at = start_of_day(forecast.made_on, zone, not_after=at)
        reread(judgement, chance=chance_of(judgement), made_at=made_at, by=by, why=why)


def _redate_finds(article: Article, reading: ReadText) -> None:
    """Let the finds that wait to be confirmed propose the windows of the new date."""
    found, items = _found(reading), {(item["start"], item["end"]): item for item in _items(reading)}
    pending = [row for row in article.forecastsuggestions.filter(decision="pending") if (row.start, row.end) in found]
    for row in pending:
        row.found = row.found | {name: items[row.start, row.end][name] for name in _READ_AGAIN}
    article.forecastsuggestions.bulk_update(pending, ["found"])


def _items(reading: ReadText) -> Iterable[dict[str, Any]]:
    forecasts: Iterable[dict[str, Any]] = reading.as_dict()["forecasts"]
    return forecasts


def _decide(batch: DateCorrection, state: CorrectionState, *, by: User, at: datetime) -> None:
    decided = {"state": state, "decided_by": by, "decided_at": at}
    batch.corrections.filter(state=CorrectionState.PROPOSED).update(**decided)
    DateCorrection.objects.filter(pk=batch.pk).update(**decided)
