"""The page on which an administrator lets an analyst leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.forms.leaving import LeavingForm
from forecasts.services.leaving import leave, what_leaves
from forecasts.views.changes import sent
from groundwork.errors import Refusal
from groundwork.forms import blame


@needs(Capability.ADMINISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: SignedInRequest, user_id: int) -> HttpResponse:
    """What would happen, in numbers; then it happens, as one act."""
    person = get_object_or_404(User, pk=user_id)
    form = LeavingForm(sent(request), user=person)
    if request.method == "POST" and form.is_valid():
        try:
            leave(person, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has left. What they wrote keeps their name.") % person)
            return redirect("accounts:people")
    context = {"person": person, "form": form, "what": what_leaves(person, at=timezone.now())}
    return render(request, "forecasts/leaving.html", context)
