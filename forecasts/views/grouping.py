"""Saying what grading one of several that exclude each other has done to the rest."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest
from forecasts.choices import Outcome
from forecasts.models import Resolution
from forecasts.services.exclusion import others_of
from forecasts.services.scenarios import GroupGraded
from groundwork.references import reference


def say_decided(request: SignedInRequest, held: Resolution) -> None:
    """Name what an editor has decided along with one that occurred; nothing where there is no group."""
    if held.outcome != Outcome.OCCURRED:
        return
    along = Resolution.objects.standing().filter(forecast__in=others_of(held.forecast), resolved_at=held.resolved_at)
    if keys := list(along.order_by("forecast").values_list("forecast", flat=True)):
        names = ", ".join(reference("forecast", key) for key in keys)
        messages.info(request, _("Decided along, as not having happened: %s.") % names)


def say_group(request: SignedInRequest, graded: GroupGraded) -> None:
    """Name what was graded along, and what was left in the queue with the reason; nothing where there is no group."""
    if graded.others:
        names = ", ".join(dict.fromkeys(reference("forecast", each.forecast_id) for each in graded.others))
        messages.info(request, _("Graded along, as not having happened: %s.") % names)
    for forecast, why in graded.left:
        words = {"forecast": forecast.reference, "why": why}
        messages.warning(request, _("%(forecast)s is left to somebody else: %(why)s") % words)
