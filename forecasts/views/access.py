"""Requests of the desk, and records for a viewer, or 404: what somebody may not see does not exist for them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from accounts.access import SignedInRequest
from forecasts.models import Forecast
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
    """That forecast with what a row of a list shows of it. Raises Http404."""
    return get_object_or_404(Forecast.objects.visible_to(user).for_lists(user), pk=pk)
