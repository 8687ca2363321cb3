"""What the confirming page answers: the whole page, or the cards that a decision has changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forecasts.reading.suggesting import suggest_yardstick
from forecasts.services.rereading import is_outdated
from forecasts.views.access import DeskRequest, article_for
from forecasts.views.finds import Find, finds_in, progress_of, with_forms, with_near
from forecasts.views.marked_text import marked_text
from forecasts.yardsticks.band import Yardstick
from forecasts.yardsticks.scales import DEFAULT, YARDSTICKS, get
from sources.models import Article

FINDS_ON_A_PAGE: Final = 60


def find_named(request: DeskRequest, article_id: int, key: str) -> tuple[Article, list[Find], Find]:
    """The article, its finds, and the one that the address names. Raises Http404."""
    article = article_for(request.user, article_id)
    finds = finds_in(article)
    for find in finds:
        for each in (find, *find.repeats):
            if each.key == key:
                return article, finds, each
    raise Http404


def whole_page(request: DeskRequest, article: Article, finds: list[Find], at: Find | None = None) -> HttpResponse:
    """The article beside its finds, at the page of `at`."""
    shown_at = next((index for index, find in enumerate(finds) if at is find or at in find.repeats), None)
    pages = Paginator(finds, FINDS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page") if shown_at is None else shown_at // FINDS_ON_A_PAGE + 1)
    with_forms(page.object_list)
    with_near(article, page.object_list)
    context = _context(article, finds) | _text(article, finds) | _scales(article) | {"page": page}
    return render(request, "forecasts/confirm.html", context)


def page_at(request: DeskRequest, article: Article, key: str, notice: str = "") -> HttpResponse:
    """Back to the page at that find, for browsers without htmx."""
    if notice:
        messages.info(request, notice)
    number = next((index for index, find in enumerate(finds_in(article)) if find.key == key), 0)
    page = number // FINDS_ON_A_PAGE + 1
    query = f"?page={page}" if page > 1 else ""
    return redirect(reverse("forecasts:confirm", args=[article.pk]) + query + f"#find-{key}")


def answer(request: DeskRequest, article: Article, key: str, notice: str = "") -> HttpResponse:
    """The find as it stands now: its card for htmx, else the page at that find.

    Repeats come out from under an original that was dismissed, and go back when it is restored: that is a new page.
    """
    if not request.htmx:
        return page_at(request, article, key, notice)
    article, finds, find = find_named(request, article.pk, key)
    find.notice = notice
    response = cards(request, article, finds, find)
    if find.kind == "forecast" and find.state in ("dismissed", "pending") and _has_repeats(find):
        response["HX-Refresh"] = "true"
    return response


def cards(
    request: DeskRequest, article: Article, finds: list[Find], find: Find, *, parts: Sequence[Find] = ()
) -> HttpResponse:
    """The card of a find, or of the one that it repeats, and what changes with it elsewhere on the page.

    `parts` are what it was split into, for which the page has no card yet.
    """
    shown = next((each for each in finds if find in each.repeats), find)
    with_forms([shown, *shown.repeats, *parts])
    with_near(article, [shown, *parts])
    series = [each for each in finds if each.kind == "claim" and each.row.is_pending and each is not shown]
    context = _context(article, finds) | _fresh(article, finds, parts)
    context |= {"find": shown, "others": series if find.kind == "claim" else []}
    return render(request, "forecasts/includes/find_answer.html", context)


def fresh_card(request: DeskRequest, article: Article, finds: list[Find], find: Find) -> HttpResponse:
    """A find for which the page has no card yet, to take its place in the list, and the text that it is marked in."""
    with_forms([find])
    with_near(article, [find])
    context = _context(article, finds) | _fresh(article, finds, [find])
    return render(request, "forecasts/includes/find_fresh.html", context)


def _fresh(article: Article, finds: list[Find], fresh: Sequence[Find]) -> dict[str, Any]:
    if not fresh:
        return {}
    return _text(article, finds) | {"fresh": [(each, _before(finds, each)) for each in fresh]}


def changed_cards(request: DeskRequest, article: Article, finds: list[Find], changed: list[Find]) -> HttpResponse:
    """The cards that others have changed meanwhile, each to take its own place."""
    with_forms(changed)
    with_near(article, changed)
    context = _context(article, finds) | {"changed": changed}
    return render(request, "forecasts/includes/find_changes.html", context)


def _context(article: Article, finds: list[Find]) -> dict[str, Any]:
    return {"article": article, "progress": progress_of(finds), "today": timezone.localdate()}


def _text(article: Article, finds: list[Find]) -> dict[str, Any]:
    """The paragraphs with a mark for each find; parts are marked by their whole."""
    marks = [each for find in finds for each in (find, *find.repeats) if not each.row.part]
    return {"paragraphs": marked_text(article.text, marks)}


def _scales(article: Article) -> dict[str, Any]:
    """The yardstick that the text was read by, the one that its words speak for, and whether the reader is outdated."""
    reading = getattr(article, "reading", None)
    own = get(reading.yardstick) if reading is not None else DEFAULT
    slug = suggest_yardstick(article.text)
    suggested: Yardstick | None = get(slug) if slug and slug != own.slug else None
    return {
        "yardstick": own,
        "suggested_yardstick": suggested,
        "yardsticks": list(YARDSTICKS.values()),
        "is_outdated": is_outdated(reading),
    }


def _before(finds: Sequence[Find], find: Find) -> Find | None:
    """The find whose card stands before that one's; None where it is the first."""
    index = next((place for place, each in enumerate(finds) if each.key == find.key), 0)
    return finds[index - 1] if index else None


def _has_repeats(find: Find) -> bool:
    return bool(find.row.duplicates.exists()) if hasattr(find.row, "duplicates") else False


def say(request: DeskRequest, article: Article, words: str) -> HttpResponse:
    """Words about a request that changed nothing: announced by htmx's page, else shown on the page itself."""
    if request.htmx:
        return HttpResponse(headers={"HX-Trigger": json.dumps({"hindsight:say": words})}, status=204)
    messages.info(request, words)
    return redirect("forecasts:confirm", article.pk)


def already_decided(request: DeskRequest, article: Article, find: Find) -> HttpResponse:
    """Word that somebody was faster, with the card as it stands."""
    message = _("Somebody has decided this find already: it was %s.") % find.row.get_decision_display()
    return answer(request, article, find.key, notice=message)
