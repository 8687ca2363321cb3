"""Taking a decision on a find back: what it became is closed, never deleted, and the find waits again."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.models import Appearance, Forecast, ForecastSuggestion, Lineage
from forecasts.services.due import clear_due
from forecasts.services.linking import end_links_of
from sources.choices import Decision
from sources.errors import RestsOnIt
from sources.services.deciding import decided, reopen

FIRST = 1  # a forecast's own judgement; a second one is somebody's who relied on it


@transaction.atomic
def undo_forecast(suggestion: ForecastSuggestion, *, by: User, at: datetime) -> None:
    """Let a find wait for its decision again, with its repeats.

    A forecast that it had become is retracted, a judgement that it had added is ended, parts that it was split into go.
    Raises NothingToUndo, or RestsOnIt where something rests on what it became.
    """
    suggestion = decided(suggestion)
    match suggestion.decision:
        case Decision.ACCEPTED | Decision.EDITED:
            _retract(suggestion, by=by, at=at)
        case Decision.FOLDED:
            _unfold(suggestion, by=by, at=at)
        case Decision.SPLIT:
            _join(suggestion)
    reopen(suggestion, forecast=None)


def _retract(suggestion: ForecastSuggestion, *, by: User, at: datetime) -> None:
    if suggestion.forecast is None:
        return
    forecast = Forecast.objects.select_for_update(no_key=True, of=("self",)).get(pk=suggestion.forecast.pk)
    _refuse_where_used(forecast, suggestion)
    why = _("its confirming was undone")
    with pghistory.context(user=by.pk, why=why):
        forecast.judgements.standing().update(ended_at=at, ended_by=by, ended_why=why)
        Forecast.objects.filter(pk=forecast.pk).update(retracted_at=at, retracted_by=by, retracted_why=why)
    end_links_of(forecast, by=by, why=why, at=at)
    clear_due(forecast, why="retracted", at=at)
    _reopen_repeats(suggestion.split_from or suggestion, forecast)


def _reopen_repeats(whole: ForecastSuggestion, forecast: Forecast) -> None:
    for repeat in whole.duplicates.select_for_update().filter(forecast=forecast):
        _take_place_away(repeat)
        reopen(repeat, forecast=None)


def _refuse_where_used(forecast: Forecast, suggestion: ForecastSuggestion) -> None:
    """Raise RestsOnIt where the forecast is more than its own confirming by now."""
    words = {"reference": forecast.reference}
    if forecast.released_at is not None:
        raise RestsOnIt(_("%(reference)s was published, so it stays on the record and stays due.") % words)
    if forecast.grades.exists() or forecast.resolutions.exists():
        raise RestsOnIt(_("%(reference)s has been graded. An editor can declare it void.") % words)
    if forecast.judgements.count() > FIRST:
        raise RestsOnIt(_("%(reference)s has been judged again since. An editor can declare it void.") % words)
    if forecast.clarifications.exists() or forecast.corrections.exists():
        message = _("%(reference)s has been clarified or corrected since. An editor can declare it void.")
        raise RestsOnIt(message % words)
    whole = suggestion.split_from_id or suggestion.pk
    elsewhere = forecast.suggestions.exclude(pk=suggestion.pk).exclude(duplicate_of=whole)
    if elsewhere.exists() or Lineage.objects.filter(earlier=forecast, ended_at=None).exists():
        raise RestsOnIt(_("Other finds or forecasts lead to %(reference)s. Undo those first.") % words)


def _unfold(suggestion: ForecastSuggestion, *, by: User, at: datetime) -> None:
    forecast = suggestion.forecast
    if forecast is None:
        return
    _take_place_away(suggestion)
    if forecast.article_id != suggestion.article_id:
        _end_judgement(forecast, suggestion, by=by, at=at)
    _reopen_repeats(suggestion, forecast)


def _end_judgement(forecast: Forecast, suggestion: ForecastSuggestion, *, by: User, at: datetime) -> None:
    """End the judgement that the find's article had added, unless another find of that article gave the same."""
    others = ForecastSuggestion.objects.filter(article=suggestion.article_id, forecast=forecast)
    if others.exclude(pk=suggestion.pk).exclude(duplicate_of=suggestion.pk).exists():
        return
    Forecast.objects.select_for_update(no_key=True).only("pk").get(pk=forecast.pk)
    if forecast.resolutions.standing().exists():
        message = _("%s is resolved, and its judgements are scored; they stay.")
        raise RestsOnIt(message % forecast.reference)
    added = forecast.judgements.standing().filter(article=suggestion.article_id, line="personal")
    added.update(ended_at=at, ended_by=by, ended_why=_("its confirming was undone"))


def _take_place_away(suggestion: ForecastSuggestion) -> None:
    Appearance.objects.filter(
        forecast=suggestion.forecast_id, article=suggestion.article_id, start=suggestion.start
    ).delete()


def _join(suggestion: ForecastSuggestion) -> None:
    parts = suggestion.parts.select_for_update()
    if any(not part.is_pending for part in parts):
        raise RestsOnIt(_("One of its parts has been decided. Undo that first."))
    suggestion.parts.all().delete()
