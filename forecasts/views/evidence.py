"""The copies that are kept as evidence, for those who see the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.models import Evidence, EvidenceCopy, Forecast
from sources.extracting.sniffing import SUFFIXES


@needs(Capability.READ_DESK)
@require_safe
def evidence_copy(request: SignedInRequest, evidence_id: int) -> HttpResponse:
    """The bytes of a copy, to be saved under a name of ours and never to be shown as a page of this site."""
    seen = Evidence.objects.visible_to(request.user).about(Forecast.objects.visible_to(request.user))
    rows = EvidenceCopy.objects.select_related("evidence__grade", "evidence__resolution").filter(evidence__in=seen)
    copy = get_object_or_404(rows, pk=evidence_id)
    name = f"F-{copy.evidence.forecast_id}-evidence-{copy.pk}{SUFFIXES.get(copy.media_type, '.bin')}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(copy.data), content_type=copy.media_type, headers=headers)
