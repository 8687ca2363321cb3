"""Requests of the desk, and records for a viewer, or 404: what somebody may not see does not exist for them."""

from __future__ import annotations

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from accounts.access import SignedInRequest
from forecasts.models import Clarification, Forecast
from sources.models import Article
from sources.querysets import Viewer


class DeskRequest(SignedInRequest):
    """A signed-in user's request; `htmx` is true where htmx asks for a part of the page."""

    htmx: HtmxDetails


def article_for(user: Viewer, pk: int) -> Article:
    """That article with its source and what it is about. Raises Http404."""
    rows = Article.objects.visible_to(user).select_related("source", "recorded_by", "reading")
    return get_object_or_404(rows.prefetch_related("topics", "bylines"), pk=pk)


def forecast_for(user: Viewer, pk: int) -> Forecast:
    """That forecast with what a row of a list shows of it, and its clarifications. Raises Http404."""
    clarified = Prefetch("clarifications", Clarification.objects.select_related("by"))
    rows = Forecast.objects.visible_to(user).for_lists(user).select_related("author__user").prefetch_related(clarified)
    return get_object_or_404(rows, pk=pk)
