"""Confirming what was read: the text with its finds, and one decision after the other."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import needs
from accounts.models import User
from accounts.roles import Capability
from claims.forms import ConfirmClaimForm
from claims.services import confirming as claims
from forecasts.forms.wordings import ConfirmForecastForm
from forecasts.models import Forecast, ForecastSuggestion
from forecasts.services import confirming as forecasts
from forecasts.services.undoing import undo_forecast
from forecasts.views.access import DeskRequest, article_for
from forecasts.views.answering import (
    FINDS_ON_A_PAGE,
    already_decided,
    answer,
    cards,
    changed_cards,
    find_named,
    say,
    whole_page,
)
from forecasts.views.finds import Find, finds_in, form_for, last_decision, proposed_data, with_near
from groundwork.errors import Conflict, Refusal
from groundwork.forms import blame
from groundwork.references import parse
from sources.services import deciding


@require_GET
@needs(Capability.RECORD)
def confirm(request: DeskRequest, article_id: int) -> HttpResponse:
    """The article beside what was found in it."""
    article = article_for(request.user, article_id)
    return whole_page(request, article, finds_in(article))


@require_POST
@needs(Capability.RECORD)
def accept(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Make a record of a find, as the form says it; `continues` names the older forecast that it goes on with."""
    return _decide_by_form(request, article_id, key, judged=False)


@require_POST
@needs(Capability.RECORD)
def same(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Take a find for a new judgement on the older forecast that `on` names: the same event and window."""
    return _decide_by_form(request, article_id, key, judged=True)


def _decide_by_form(request: DeskRequest, article_id: int, key: str, *, judged: bool) -> HttpResponse:
    article, finds, find = find_named(request, article_id, key)
    if not find.row.is_pending:
        return already_decided(request, article, find)
    older = _older(request, request.POST.get("on" if judged else "continues", ""))
    if judged and (older is None or find.kind != "forecast"):
        raise Http404
    find.form = form_for(find.row, request.POST)
    if find.form.is_valid():
        try:
            _accept(find, by=request.user, older=older, judged=judged)
        except Conflict as conflict:
            return answer(request, article, key, notice=str(conflict.message))
        except Refusal as refusal:
            blame(find.form, refusal)
        else:
            return answer(request, article, key)
    if request.htmx:
        return cards(request, article, finds, find)
    return whole_page(request, article, finds, at=find)


@require_POST
@needs(Capability.RECORD)
def dismiss(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Decide that a find is none."""
    article, _finds, find = find_named(request, article_id, key)
    try:
        deciding.dismiss(find.row, by=request.user, at=timezone.now())
    except Conflict as conflict:
        return answer(request, article, key, notice=str(conflict.message))
    return answer(request, article, key)


@require_POST
@needs(Capability.RECORD)
def undo(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Let a find wait for its decision again; what it had become is closed."""
    _article, _finds, find = find_named(request, article_id, key)
    return _undo(request, article_id, find)


@require_POST
@needs(Capability.RECORD)
def undo_last(request: DeskRequest, article_id: int) -> HttpResponse:
    """Undo one's own last decision on this article."""
    article = article_for(request.user, article_id)
    find = last_decision(finds_in(article), by=request.user)
    if find is None:
        return say(request, article, _("You have decided nothing here that could be undone."))
    return _undo(request, article_id, find, in_place=True)


def _undo(request: DeskRequest, article_id: int, find: Find, *, in_place: bool = False) -> HttpResponse:
    """Undo a decision; `in_place` sends the card for its own place on the page, not for that of whoever asked."""
    article = article_for(request.user, article_id)
    joins = find.state == "split"
    try:
        _take_back(find, by=request.user)
    except Conflict as conflict:
        if in_place:
            return say(request, article, str(conflict.message))
        return answer(request, article, find.key, notice=str(conflict.message))
    if in_place and request.htmx:
        article, finds, found = find_named(request, article_id, find.key)
        response = changed_cards(request, article, finds, [found])
    else:
        response = answer(request, article, find.key)
    if joins and request.htmx:
        response["HX-Refresh"] = "true"  # the cards of its parts go
    return response


def _take_back(find: Find, *, by: User) -> None:
    """Raises Conflict where something rests on what the find has become."""
    if isinstance(find.row, ForecastSuggestion):
        undo_forecast(find.row, by=by, at=timezone.now())
    else:
        claims.undo_claim(find.row, by=by, at=timezone.now())


@require_POST
@needs(Capability.RECORD)
def fold(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Note that a repeat is the forecast that its original has become."""
    article, _finds, find = find_named(request, article_id, key)
    repeat = find.row if isinstance(find.row, ForecastSuggestion) else None
    original = repeat.duplicate_of if repeat else None
    if repeat is None or original is None or original.forecast is None:
        raise Http404
    try:
        forecasts.fold_forecast(repeat, into=original.forecast, by=request.user, at=timezone.now())
    except Conflict as conflict:
        return answer(request, article, key, notice=str(conflict.message))
    return answer(request, article, key)


@require_POST
@needs(Capability.RECORD)
def accept_plain(request: DeskRequest, article_id: int) -> HttpResponse:
    """Accept every find that carries no flag, as it stands; what the services refuse is left for a closer look."""
    article = article_for(request.user, article_id)
    finds = finds_in(article)
    plain = [find for find in finds if find.is_plain]
    for start in range(0, len(plain), FINDS_ON_A_PAGE):
        with_near(article, plain[start : start + FINDS_ON_A_PAGE])
    accepted = sum(_accept_as_found(find, by=request.user) for find in plain if find.is_plain)
    message = ngettext("%(count)d find accepted as it stands.", "%(count)d finds accepted as they stand.", accepted)
    messages.success(request, message % {"count": accepted})
    return redirect("forecasts:confirm", article.pk)


# --- Deciding -------------------------------------------------------------------------------------------------------


def _accept(find: Find, *, by: User, older: Forecast | None = None, judged: bool = False) -> None:
    """Hand a valid form to the service that it belongs to. Raises Refusal."""
    now, form = timezone.now(), find.form
    if isinstance(form, ConfirmClaimForm):
        claims.accept_claim(form.find, values=form.values(), by=by, at=now)
    elif isinstance(form, ConfirmForecastForm) and judged and older is not None:
        forecasts.accept_as_judgement(form.find, on=older, chance=form.chance(), by=by, at=now)
    elif isinstance(form, ConfirmForecastForm):
        wording = form.wording(form.find.quote)
        forecasts.accept_forecast(form.find, wording=wording, chance=form.chance(), by=by, at=now, continues=older)


def _accept_as_found(find: Find, *, by: User) -> bool:
    find.form = form_for(find.row, proposed_data(form_for(find.row)))
    if not find.form.is_valid():
        return False
    try:
        _accept(find, by=by)
    except Refusal:
        return False
    return True


def _older(request: DeskRequest, reference: str) -> Forecast | None:
    """The forecast that a reference names; None for none. Raises Http404."""
    if not reference:
        return None
    try:
        key = parse("forecast", reference)
    except ValueError as error:
        raise Http404 from error
    found = Forecast.objects.visible_to(request.user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found
