"""Pictures of charts by their hash, and the judgements of a forecast as CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, needs, public
from accounts.roles import Capability
from forecasts.charts.chart import PALETTE
from forecasts.columns import JUDGEMENT_COLUMNS
from forecasts.models import ChartImage
from forecasts.services import drawing
from forecasts.views.access import forecast_for
from groundwork.lists import csv_response

_FOR_EVER = "max-age=31536000, immutable"


@require_safe
@public
def image(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """A picture as SVG or PNG with colours of its own, or its specification. What changes has another hash."""
    found = get_object_or_404(ChartImage.objects.visible_to(request.user), digest=digest)
    match kind:
        case "svg":
            svg = drawing.literal(found.svg, palette=PALETTE)
            response = HttpResponse(svg, content_type="image/svg+xml")
        case "png":
            response = HttpResponse(drawing.png_of(found, palette=PALETTE), content_type="image/png")
        case "json":
            response = HttpResponse(drawing.spec_of(found, palette=PALETTE), content_type="application/json")
        case _:
            raise Http404
    response["Cache-Control"] = f"{'public' if found.public else 'private'}, {_FOR_EVER}"
    return response


@require_safe
@needs(Capability.READ_DESK)
def judgements_csv(request: SignedInRequest, forecast_id: int) -> HttpResponseBase:
    """Every judgement of a forecast, the oldest first."""
    shown = forecast_for(request.user, forecast_id)
    name = f"{shown.reference}-judgements"
    return csv_response(iter([shown.shown_judgements]), columns=JUDGEMENT_COLUMNS, name=name)
