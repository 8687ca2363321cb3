"""The articles, and one article with what came of it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from claims.models import Claim
from forecasts.choices import CorrectionState
from forecasts.columns import ARTICLE_COLUMNS
from forecasts.models import Forecast
from forecasts.views.access import article_for
from forecasts.views.finds import finds_in, pending_counts, progress_of
from forecasts.views.marked_text import marked_text
from groundwork.lists import list_view
from sources.filters import ArticleFilter
from sources.models import Article


@needs(Capability.READ_DESK)
def article_list(request: SignedInRequest) -> HttpResponseBase:
    return list_view(
        request,
        queryset=Article.objects.visible_to(request.user).for_lists().annotate(**pending_counts()),
        filterset_class=ArticleFilter,
        template="forecasts/article_list.html",
        columns=ARTICLE_COLUMNS,
        order="-recorded_at",
        name="articles",
    )


@needs(Capability.READ_DESK)
def article(request: SignedInRequest, article_id: int) -> HttpResponse:
    """The text with its records, and where it is from."""
    shown = article_for(request.user, article_id)
    finds = finds_in(shown)
    accepted = [each for find in finds for each in (find, *find.repeats) if each.record is not None]
    forecasts = Forecast.objects.visible_to(request.user).for_lists(request.user)
    claims = Claim.objects.visible_to(request.user).for_lists()
    context = {
        "article": shown,
        "progress": progress_of(finds),
        "paragraphs": marked_text(shown.text, accepted),
        "forecasts": forecasts.filter(article=shown).order_by("quote_start", "pk"),
        "claims": claims.filter(article=shown).order_by("start", "pk"),
        "today": timezone.localdate(),
        "date_waiting": shown.date_corrections.filter(state=CorrectionState.PROPOSED).first(),
    }
    return render(request, "forecasts/article.html", context)
