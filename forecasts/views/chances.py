"""Word and number side by side, while somebody types either."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.forms.chances import ChanceForm


@require_GET
@needs(Capability.READ_DESK)
def chance(request: SignedInRequest) -> HttpResponse:
    """What the fields of a chance amount to: the band of a word, the word of a number, or that it has none."""
    form = ChanceForm(request.GET, prefix=request.GET.get("prefix") or None)
    return render(request, "forecasts/includes/chance_band.html", {"said": form.said})
