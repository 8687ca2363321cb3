"""Confirming what was read: the text with its finds, and one decision after the other."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from forecasts.models import ForecastSuggestion
from forecasts.services import confirming as forecasts
from forecasts.views.access import DeskRequest, article_for
from forecasts.views.finds import Find, finds_in, form_for, progress_of, proposed_data, with_forms
from forecasts.views.marked_text import marked_text
from groundwork.errors import Conflict, Refusal
from groundwork.forms import blame
from sources.models import Article
from sources.services import deciding

FINDS_ON_A_PAGE: Final = 60


@require_GET
@needs(Capability.RECORD)
def confirm(request: DeskRequest, article_id: int) -> HttpResponse:
    """The article beside what was found in it."""
    article = article_for(request.user, article_id)
    return _page(request, article, finds_in(article))


@require_POST
@needs(Capability.RECORD)
def accept(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Make a record of a find, as the form says it."""
    article, finds, find = _find(request, article_id, key)
    if not find.row.is_pending:
        return _already_decided(request, article, find)
    find.form = form_for(find.row, request.POST)
    if find.form.is_valid():
        try:
            _accept(find, by=request.user)
        except Conflict as conflict:
            return _answer(request, article, key, notice=str(conflict.message))
        except Refusal as refusal:
            blame(find.form, refusal)
        else:
            return _answer(request, article, key)
    if request.htmx:
        return _cards(request, article, finds, find)
    return _page(request, article, finds, at=find)


@require_POST
@needs(Capability.RECORD)
def dismiss(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Decide that a find is none."""
    article, _finds, find = _find(request, article_id, key)
    try:
        deciding.dismiss(find.row, by=request.user, at=timezone.now())
    except Conflict as conflict:
        return _answer(request, article, key, notice=str(conflict.message))
    return _answer(request, article, key)


@require_POST
@needs(Capability.RECORD)
def restore(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Take a dismissal back."""
    article, _finds, find = _find(request, article_id, key)
    deciding.restore(find.row)
    return _answer(request, article, key)


@require_POST
@needs(Capability.RECORD)
def fold(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Note that a repeat is the forecast that its original has become."""
    article, _finds, find = _find(request, article_id, key)
    repeat = find.row if isinstance(find.row, ForecastSuggestion) else None
    original = repeat.duplicate_of if repeat else None
    if repeat is None or original is None or original.forecast is None:
        raise Http404
    try:
        forecasts.fold_forecast(repeat, into=original.forecast, by=request.user, at=timezone.now())
    except Conflict as conflict:
        return _answer(request, article, key, notice=str(conflict.message))
    return _answer(request, article, key)


@require_POST
@needs(Capability.RECORD)
def accept_plain(request: DeskRequest, article_id: int) -> HttpResponse:
    """Accept every find that carries no flag, as it stands; what the services refuse is left for a closer look."""
    article = article_for(request.user, article_id)
    accepted = sum(_accept_as_found(find, by=request.user) for find in finds_in(article) if find.is_plain)
    message = ngettext("%(count)d find accepted as it stands.", "%(count)d finds accepted as they stand.", accepted)
    messages.success(request, message % {"count": accepted})
    return redirect("forecasts:confirm", article.pk)


# --- Deciding -------------------------------------------------------------------------------------------------------


def _accept(find: Find, *, by: User) -> None:
    """Hand a valid form to the service that it belongs to. Raises Refusal."""
    now, form = timezone.now(), find.form
    if isinstance(form, ConfirmForecastForm):
        wording = form.wording(form.find.quote)
        forecasts.accept_forecast(form.find, wording=wording, chance=form.chance(), by=by, at=now)
    elif isinstance(form, ConfirmClaimForm):
        claims.accept_claim(form.find, values=form.values(), by=by, at=now)


def _accept_as_found(find: Find, *, by: User) -> bool:
    find.form = form_for(find.row, proposed_data(form_for(find.row)))
    if not find.form.is_valid():
        return False
    try:
        _accept(find, by=by)
    except Refusal:
        return False
    return True


def _find(request: DeskRequest, article_id: int, key: str) -> tuple[Article, list[Find], Find]:
    """The article, its finds, and the one that the address names. Raises Http404."""
    article = article_for(request.user, article_id)
    finds = finds_in(article)
    for find in finds:
        for each in (find, *find.repeats):
            if each.key == key:
                return article, finds, each
    raise Http404


# --- Answering ------------------------------------------------------------------------------------------------------


def _page(request: DeskRequest, article: Article, finds: list[Find], at: Find | None = None) -> HttpResponse:
    pages = Paginator(finds, FINDS_ON_A_PAGE)
    number = (finds.index(at) // FINDS_ON_A_PAGE + 1) if at in finds else request.GET.get("page")
    page = pages.get_page(number)
    with_forms(page.object_list)
    marks = [each for find in finds for each in (find, *find.repeats)]
    context = _context(article, finds) | {"page": page, "paragraphs": marked_text(article.text, marks)}
    return render(request, "forecasts/confirm.html", context)


def _context(article: Article, finds: list[Find]) -> dict[str, Any]:
    return {"article": article, "progress": progress_of(finds), "today": timezone.localdate()}


def _answer(request: DeskRequest, article: Article, key: str, notice: str = "") -> HttpResponse:
    """The find as it stands now: its card for htmx, else the page at that find.

    Repeats come out from under an original that was dismissed, and go back when it is restored: that is a new page.
    """
    if not request.htmx:
        if notice:
            messages.info(request, notice)
        return redirect(reverse("forecasts:confirm", args=[article.pk]) + f"#find-{key}")
    article, finds, find = _find(request, article.pk, key)
    find.notice = notice
    response = _cards(request, article, finds, find)
    if isinstance(find.row, ForecastSuggestion) and find.state != "accepted" and find.row.duplicates.exists():
        response["HX-Refresh"] = "true"
    return response


def _already_decided(request: DeskRequest, article: Article, find: Find) -> HttpResponse:
    message = _("Somebody has decided this find already: it was %s.") % find.row.get_decision_display()
    return _answer(request, article, find.key, notice=message)


def _cards(request: DeskRequest, article: Article, finds: list[Find], find: Find) -> HttpResponse:
    """The card of a find, or of the one that it repeats, and what changes with it elsewhere on the page."""
    shown = next((each for each in finds if find in each.repeats), find)
    with_forms([shown, *shown.repeats])
    others = [each for each in finds if each.kind == "claim" and each.row.is_pending and each is not shown]
    context = _context(article, finds) | {"find": shown, "others": others if find.kind == "claim" else []}
    return render(request, "forecasts/includes/find_answer.html", context)
