"""Pages of claims, of the series they stand in, and of whoever speaks."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from claims.columns import CLAIM_COLUMNS, SERIES_COLUMNS, SOURCE_COLUMNS
from claims.comparing import distance
from claims.filters import ClaimFilter, SeriesFilter
from claims.models import Claim, Series
from groundwork.lists import list_view
from sources.filters import SourceFilter
from sources.models import Article, Source

SHOWN: Final = 20
_STANDING: Final = Q(claims__retracted_at=None)


@needs(Capability.READ_DESK)
def claim_list(request: SignedInRequest) -> HttpResponseBase:
    return list_view(
        request,
        queryset=Claim.objects.visible_to(request.user).for_lists(),
        filterset_class=ClaimFilter,
        template="claims/claim_list.html",
        columns=CLAIM_COLUMNS,
        order="-recorded_at",
        name="claims",
    )


@needs(Capability.READ_DESK)
def claim(request: SignedInRequest, claim_id: int) -> HttpResponse:
    rows = Claim.objects.visible_to(request.user).for_lists().select_related("recorded_by", "retracted_by")
    shown = get_object_or_404(rows, pk=claim_id)
    return render(request, "claims/claim.html", {"claim": shown})


@needs(Capability.READ_DESK)
def series_list(request: SignedInRequest) -> HttpResponseBase:
    counts = {
        "claim_count": Count("claims", filter=_STANDING, distinct=True),
        "speaker_count": Count("claims__speaker", filter=_STANDING, distinct=True),
    }
    return list_view(
        request,
        queryset=Series.objects.visible_to(request.user).annotate(**counts),
        filterset_class=SeriesFilter,
        template="claims/series_list.html",
        columns=SERIES_COLUMNS,
        order="subject",
        name="series",
    )


@needs(Capability.READ_DESK)
def series(request: SignedInRequest, series_id: int) -> HttpResponse:
    """Every figure of a series beside its speaker, and how far apart they are."""
    shown = get_object_or_404(Series.objects.visible_to(request.user), pk=series_id)
    claims = list(Claim.objects.visible_to(request.user).for_lists().filter(series=shown).order_by("said_on", "pk"))
    standing = [each for each in claims if each.retracted_at is None]
    return render(request, "claims/series.html", {"series": shown, "claims": claims, "distance": distance(standing)})


@needs(Capability.READ_DESK)
def source_list(request: SignedInRequest) -> HttpResponseBase:
    return list_view(
        request,
        queryset=Source.objects.visible_to(request.user).select_related("parent"),
        filterset_class=SourceFilter,
        template="claims/source_list.html",
        columns=SOURCE_COLUMNS,
        order="name",
        name="sources",
    )


@needs(Capability.READ_DESK)
def source(request: SignedInRequest, source_id: int) -> HttpResponse:
    """Whoever says something: what they have published and claimed."""
    rows = Source.objects.visible_to(request.user).select_related("parent", "recorded_by", "user")
    shown = get_object_or_404(rows, pk=source_id)
    return render(request, "claims/source.html", {"source": shown} | _said_by(request, shown))


def _said_by(request: SignedInRequest, source: Source) -> dict[str, Any]:
    own = Q(source=source) | Q(byline__source=source)
    articles = Article.objects.visible_to(request.user).for_lists().filter(own)
    articles = articles.distinct().order_by("-recorded_at", "-pk")
    claims = Claim.objects.visible_to(request.user).for_lists().filter(speaker=source)
    return {"articles": articles[: SHOWN + 1], "claims": claims[: SHOWN + 1], "most": SHOWN}
