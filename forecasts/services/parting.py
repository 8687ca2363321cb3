"""A compound forecast that is recorded already, split into forecasts that each have a probability of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Line, Relation, Triage
from forecasts.errors import SplitRefused, Stale
from forecasts.models import Appearance, Follow, Forecast, ForecastSuggestion, Grade, Lineage, Resolution
from forecasts.querysets import ForecastQuerySet
from forecasts.services.due import clear_due
from forecasts.services.entries import Chance, Wording
from forecasts.services.linking import end_links_of, link
from forecasts.services.recording import Place, log_forecast
from sources.choices import Decision
from sources.services import people
from sources.services.deciding import decide

FEWEST: Final = 2
MOST: Final = 6
_CARRIED: Final = ("statement", "shape", "condition", "visibility", "triage_reason")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of the forecasts that a compound one holds."""

    event: str
    chance: Chance


def is_relied_on(forecast: Forecast) -> bool:
    """Whether it was published, judged by somebody else than its author, or is what a later forecast refers to.

    Then splitting it leaves it where it is, and due; otherwise its parts take its place.
    """
    if forecast.released_at is not None:
        return True
    if forecast.judgements.exclude(line=Line.PERSONAL, forecaster=forecast.author_id).exists():
        return True
    return Lineage.objects.filter(earlier=forecast, ended_at=None).exists()


def parts_of(forecast: Forecast) -> ForecastQuerySet:
    """The forecasts that took the place of one that was split."""
    split = Lineage.objects.filter(earlier=forecast, relation=Relation.SUPERSEDES, ended_at=F("noted_at"))
    return Forecast.objects.filter(pk__in=split.values("later")).order_by("pk")


@transaction.atomic
def split_recorded(
    forecast: Forecast, *, parts: Sequence[Part], by: User, at: datetime, version: int | None = None
) -> list[Forecast]:
    """Forecasts for the parts of a compound one; one quote to all, and each with a probability of its own.

    Where nobody relies on it yet, its recording was a mistake: it is retracted, and the parts are the author's, made on
    its day. Otherwise they are new forecasts of whoever splits it, made now, that supersede it, and all stay due.

    Raises SplitRefused, Stale, ForecastRefused or JudgementRefused.
    """
    rows = Forecast.objects.kept().select_for_update(no_key=True, of=("self",))
    forecast = rows.select_related("author", "article").get(pk=forecast.pk)
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you split it."))
    _check(forecast, parts)
    if is_relied_on(forecast):
        return _superseding(forecast, parts, by=by, at=at)
    return _in_its_place(forecast, parts, by=by, at=at)


def _check(forecast: Forecast, parts: Sequence[Part]) -> None:
    graded = Grade.objects.filter(forecast=forecast, retracted_at__isnull=True).exists()
    if graded or Resolution.objects.standing().filter(forecast=forecast).exists():
        raise SplitRefused(_("It has been graded as one forecast, and that it stays."), code="graded")
    if not FEWEST <= len(parts) <= MOST:
        raise SplitRefused(_("Two parts at least, and six at most."))
    if any(not part.event.strip() for part in parts):
        raise SplitRefused(_("Say of each part what would be seen to happen."), field="event")
    if len({part.event.strip().casefold() for part in parts}) < len(parts):
        raise SplitRefused(_("Two of the parts are the same."), field="event")
    if any(not _has_probability(part.chance) for part in parts):
        message = _("Each part needs a probability of its own. Where the text gives one to the whole, it stays one.")
        raise SplitRefused(message, field="term")


def _has_probability(chance: Chance) -> bool:
    return bool(chance.term) or any(each is not None for each in (chance.probability, chance.low, chance.high))


def _superseding(forecast: Forecast, parts: Sequence[Part], *, by: User, at: datetime) -> list[Forecast]:
    today = forecast.today(at=at)
    if forecast.ends_on is not None and forecast.ends_on < today:
        raise SplitRefused(_("Its last day has passed; parts made now would foretell nothing."), code="ended")
    opens_on = max(forecast.opens_on or today, today)
    values = {"made_on": today, "opens_on": opens_on, "closes_on": forecast.closes_on}
    found = _log(forecast, parts, author=people.person_for(by), by=by, at=at, **values)
    for part in found:
        link(part, earlier=forecast, relation=Relation.SUPERSEDES, by=by, at=at)
    return found


def _in_its_place(forecast: Forecast, parts: Sequence[Part], *, by: User, at: datetime) -> list[Forecast]:
    find = forecast.suggestions.select_for_update(of=("self",)).exclude(decision=Decision.FOLDED).first()
    if find is not None and find.part:
        raise SplitRefused(_("It is a part of a sentence already. Undo that splitting on its article’s page."))
    days = {name: getattr(forecast, name) for name in ("made_on", "opens_on", "closes_on")}
    found = _log(forecast, parts, author=forecast.author, by=by, at=at, **days)
    _hand_on(forecast, found, by=by, at=at)
    _note_parts(forecast, found, by=by, at=at)
    if find is not None:
        _split_find(find, found, by=by, at=at)
    _retract(forecast, by=by, at=at)
    return found


def _log(forecast: Forecast, parts: Sequence[Part], **values: Any) -> list[Forecast]:
    """Each part as a forecast of its own; its criteria are still to be written where the whole had some."""
    service = {name: values.pop(name) for name in ("author", "by", "at")}
    place = None
    if forecast.article is not None:
        place = Place(article=forecast.article, start=forecast.quote_start, end=forecast.quote_end)
    carried = {name: getattr(forecast, name) for name in _CARRIED}
    triage = Triage.NEEDS_CRITERIA if forecast.has_criteria else forecast.triage
    topics = [topic.name for topic in forecast.topics.all()]
    horizon = {"horizon": forecast.horizon, "horizon_text": forecast.horizon_text}
    same_days = values["made_on"] == forecast.made_on
    assessed = {"assessment_on": forecast.assessment_on}
    found = []
    for part in parts:
        wording = Wording(
            event=part.event,
            triage=triage,
            topics=topics,
            countries=forecast.countries,
            **(carried | values | assessed | (horizon if same_days else {})),
        )
        found.append(log_forecast(wording=wording, chance=part.chance, place=place, **service))
    return found


def _hand_on(forecast: Forecast, parts: Sequence[Forecast], *, by: User, at: datetime) -> None:
    """Let the parts have what belonged to the whole: its places, its links to earlier ones, its followers."""
    places = list(forecast.appearances.all())
    links = list(Lineage.objects.filter(later=forecast, ended_at=None).select_related("earlier"))
    followers = list(Follow.objects.filter(forecast=forecast))
    for part in parts:
        Appearance.objects.bulk_create(
            Appearance(forecast=part, article_id=each.article_id, start=each.start, end=each.end, section=each.section)
            for each in places
        )
        Follow.objects.bulk_create(Follow(forecast=part, user_id=each.user_id, since=at) for each in followers)
        for each in links:
            link(part, earlier=each.earlier, relation=each.relation, by=by, at=at)


def _note_parts(forecast: Forecast, parts: Sequence[Forecast], *, by: User, at: datetime) -> None:
    """Links that end in the moment in which they begin, as the whole is gone: they only tell what became of it."""
    why = _("split into its parts")
    noted = {"earlier": forecast, "relation": Relation.SUPERSEDES, "noted_by": by, "noted_at": at}
    Lineage.objects.bulk_create(Lineage(later=part, ended_at=at, ended_by=by, ended_why=why, **noted) for part in parts)


def _split_find(find: ForecastSuggestion, parts: Sequence[Forecast], *, by: User, at: datetime) -> None:
    """Let the find be one that was split, as if it had been before it was confirmed, so that it can be undone so."""
    ForecastSuggestion.objects.filter(duplicate_of=find, forecast=find.forecast_id).update(forecast=parts[0])
    decide(find, Decision.SPLIT, forecast=None, by=by, at=at)
    for number, part in enumerate(parts, start=1):
        row = ForecastSuggestion.objects.create(
            article_id=find.article_id,
            start=find.start,
            end=find.end,
            part=number,
            split_from=find,
            quote=find.quote,
            section=find.section,
            rule=find.rule,
            reader_version=find.reader_version,
            found=find.found | {"clause": part.event, "duplicate_of": None},
        )
        decide(row, Decision.EDITED, forecast=part, by=by, at=at)


def _retract(forecast: Forecast, *, by: User, at: datetime) -> None:
    why = _("split into its parts")
    with pghistory.context(user=by.pk, why=why):
        forecast.judgements.standing().update(ended_at=at, ended_by=by, ended_why=why)
        Forecast.objects.filter(pk=forecast.pk).update(retracted_at=at, retracted_by=by, retracted_why=why)
    end_links_of(forecast, by=by, why=why, at=at)
    clear_due(forecast, why="retracted", at=at)
