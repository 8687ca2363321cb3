"""What an analyst makes of the finds themselves: splits one, adds one, reads the text again, sees what others did."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import needs
from accounts.roles import Capability
from claims.services import confirming as claims
from forecasts.models import ForecastSuggestion
from forecasts.reading.document import READER_VERSION
from forecasts.services.rereading import read_again
from forecasts.services.splitting import add_by_hand, split_forecast
from forecasts.tasks import read_article
from forecasts.views.access import DeskRequest, article_for
from forecasts.views.answering import answer, cards, changed_cards, find_named, fresh_card, page_at, say
from forecasts.views.finds import Find, finds_in
from forecasts.yardsticks.scales import DEFAULT
from groundwork.errors import Conflict, Refusal
from groundwork.hurry import hurry
from sources.models import Article
from sources.reading.document_parts import Span

KINDS = {"forecast": "f", "claim": "c"}
MOST_STATES = 200


@require_POST
@needs(Capability.RECORD)
def split(request: DeskRequest, article_id: int, key: str) -> HttpResponse:
    """Put the parts of a compound find in its place."""
    article, _finds, find = find_named(request, article_id, key)
    if not isinstance(find.row, ForecastSuggestion):
        raise Http404
    try:
        parts = split_forecast(find.row, by=request.user, at=timezone.now())
    except Conflict as conflict:
        return answer(request, article, key, notice=str(conflict.message))
    if not request.htmx:
        return page_at(request, article, f"f{parts[0].pk}")
    article, finds, find = find_named(request, article_id, key)
    keys = {f"f{part.pk}" for part in parts}
    return cards(request, article, finds, find, parts=[each for each in finds if each.key in keys])


@require_POST
@needs(Capability.RECORD)
def add(request: DeskRequest, article_id: int) -> HttpResponse:
    """Make a find of what was selected in the text, to be confirmed like any other."""
    article = article_for(request.user, article_id)
    kind = request.POST.get("kind", "")
    span = _selected(request, article)
    if kind not in KINDS:
        raise BadRequest(_("Select a forecast or a claim."))
    try:
        row: Any = _add(article, span, kind=kind)
    except Conflict as conflict:
        return say(request, article, str(conflict.message))
    key = f"{KINDS[kind]}{row.pk}"
    if not request.htmx:
        return page_at(request, article, key)
    article, finds, find = find_named(request, article_id, key)
    return fresh_card(request, article, finds, find)


def _add(article: Article, span: Span, *, kind: str) -> Any:
    if kind == "claim":
        return claims.add_by_hand(article, span, version=READER_VERSION)
    reading = getattr(article, "reading", None)
    return add_by_hand(article, span, yardstick=reading.yardstick if reading else DEFAULT.slug)


def _selected(request: DeskRequest, article: Article) -> Span:
    """The span that the form names, in code points. Raises BadRequest."""
    try:
        start, end = (int(request.POST.get(name, "")) for name in ("start", "end"))
    except ValueError as error:
        raise BadRequest(_("Select the words in the text first.")) from error
    if not 0 <= start < end <= len(article.text) or not article.text[start:end].strip():
        raise BadRequest(_("These words do not stand in the article."))
    return Span(start, end)


@require_POST
@needs(Capability.RECORD)
def reread(request: DeskRequest, article_id: int) -> HttpResponse:
    """Read the text again, by another yardstick where one is named."""
    article = article_for(request.user, article_id)
    try:
        is_read = read_again(article, by=request.user, at=timezone.now(), yardstick=request.POST.get("yardstick", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("forecasts:confirm", article.pk)
    if is_read:
        messages.success(request, _("The text was read again. What had been decided is as it was."))
    else:
        hurry(read_article, article.pk)
    return redirect("forecasts:confirm", article.pk)


@require_GET
@needs(Capability.RECORD)
def changes(request: DeskRequest, article_id: int) -> HttpResponse:
    """The cards that others have decided since the page was drawn; 204 where nothing has changed.

    `states` is what the page shows ("f1.pending c2.split"). Finds that it has no card for are only said to be there.
    """
    article = article_for(request.user, article_id)
    shown = dict(
        pair for each in request.GET.get("states", "").split()[:MOST_STATES] if len(pair := each.split(".", 1)) == 2
    )
    finds = finds_in(article)
    now = {each.key: each for find in finds for each in (find, *find.repeats)}
    changed = [key for key, state in shown.items() if key in now and now[key].state != state]
    if any(key not in now for key in shown) or _has_come_out(finds, shown):
        return HttpResponse(headers={"HX-Trigger": "hindsight:outdated"}, status=204)
    if not changed:
        return HttpResponse(status=204)
    return changed_cards(request, article, finds, _cards_of(finds, changed))


def _has_come_out(finds: list[Find], shown: dict[str, str]) -> bool:
    """Whether a find stands between those that the page shows and is not among them."""
    places = [index for index, find in enumerate(finds) if find.key in shown]
    if not places:
        return False
    return any(finds[index].key not in shown for index in range(places[0], places[-1] + 1))


def _cards_of(finds: list[Find], keys: list[str]) -> list[Find]:
    """The finds whose cards show those keys, each once."""
    wanted = set(keys)
    return [find for find in finds if wanted & {each.key for each in (find, *find.repeats)}]
