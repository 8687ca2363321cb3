"""Redactions: asked for by one administrator, decided by a second one in a session of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from briefings.errors import AlreadyDecided, RedactionRefused
from briefings.filters import RedactionFilter
from briefings.forms import RedactionDecisionForm, RedactionForm
from briefings.services.redaction import asking
from briefings.services.redaction.striking import TABLES
from briefings.services.redaction.targets import Part, Target, may_look_at, options_of, parts_of, target_of
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.lists import Column, list_view
from groundwork.models import Redaction

administrators_only = needs(Capability.ADMINISTER)
form_page = require_http_methods(["GET", "HEAD", "POST"])

_COLUMNS: Final = (
    Column(gettext_lazy("number"), lambda row: row.pk),
    Column(gettext_lazy("record"), lambda row: row.target),
    Column(gettext_lazy("legal reason"), lambda row: row.get_reason_display()),
    Column(gettext_lazy("reference"), lambda row: row.order_reference),
    Column(gettext_lazy("state"), lambda row: row.get_state_display()),
    Column(gettext_lazy("asked by"), lambda row: row.asked_by),
    Column(gettext_lazy("asked at"), lambda row: row.asked_at),
    Column(gettext_lazy("decided by"), lambda row: row.decided_by),
    Column(gettext_lazy("decided at"), lambda row: row.decided_at),
)
_LONGEST: Final = 2000


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many rows of a kind go, or have gone."""

    kind: str
    count: int


@require_safe
@administrators_only
def redaction_list(request: SignedInRequest) -> HttpResponseBase:
    """All requests, open and done, newest first."""
    return list_view(
        request,
        queryset=Redaction.objects.select_related("asked_by", "decided_by"),
        filterset_class=RedactionFilter,
        template="briefings/redaction_list.html",
        columns=_COLUMNS,
        order="-asked_at",
        name="redactions",
    )


@administrators_only
@form_page
@never_cache
def ask(request: SignedInRequest) -> HttpResponse:
    """The form; `?target=F-12` fills it in and lists what can be redacted of it alone."""
    named = request.GET.get("target", "")
    form = RedactionForm(request.POST if request.method == "POST" else None, initial={"target": named})
    if form.is_valid():
        try:
            waiting = _asked(form, request)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Asked for. Another administrator decides."))
            return redirect("briefings:redaction", waiting.pk)
    parts = _parts(named, request)
    return render(request, "briefings/redaction_ask.html", {"form": form, "named": named, "parts": parts})


def _asked(form: RedactionForm, request: SignedInRequest) -> Redaction:
    values = form.cleaned_data
    return asking.ask(
        what=values["target"],
        words=values["words"],
        reason=values["reason"],
        order_reference=values["order_reference"],
        why=values["why"],
        by=request.user,
        session=_session(request),
        at=timezone.now(),
    )


def _parts(named: str, request: SignedInRequest) -> Sequence[Part]:
    try:
        return parts_of(target_of(named), viewer=request.user) if named else []
    except RedactionRefused:
        return []


@administrators_only
@form_page
@never_cache
def redaction(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: what would go, or what has gone; whoever did not ask decides here."""
    asked = get_object_or_404(Redaction.objects.select_related("asked_by", "decided_by"), pk=pk)
    form = RedactionDecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _decide(asked, form, request)
        except AlreadyDecided as refusal:
            messages.error(request, str(refusal.message))
            return redirect("briefings:redaction", pk)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return redirect("briefings:redaction", pk)
    return render(request, "briefings/redaction.html", {"asked": asked, "form": form, **_facts(asked, request)})


def _decide(asked: Redaction, form: RedactionDecisionForm, request: SignedInRequest) -> None:
    given: dict[str, Any] = {"by": request.user, "session": _session(request), "at": timezone.now()}
    if form.cleaned_data["decision"] == "approve":
        asking.approve(asked, why=form.cleaned_data["why"], **given)
        messages.success(request, _("Redacted. The words are gone from the record; backups still hold them."))
    else:
        asking.refuse(asked, why=form.cleaned_data["why"], **given)
        messages.success(request, _("Refused."))


def _facts(asked: Redaction, request: SignedInRequest) -> dict[str, Any]:
    if not asked.is_open:
        return {"counts": _counted(asked.counts)}
    rows = {model: len(pks) for model, pks in asking.rows_of(asked).items()}
    facts: dict[str, Any] = {"counts": _counted(rows), "may_decide": asked.asked_by_id != request.user.pk}
    if asked.target_pk is not None:
        target = Target(asked.target, asked.target_model, asked.target_pk)
        record = target.record
        facts["record"] = record
        facts["record_url"] = getattr(record, "get_absolute_url", lambda: "")()
        facts["says"] = _says(target, record) if may_look_at(target, viewer=request.user) else None
    return facts


def _says(target: Target, record: Any) -> list[tuple[str, str]]:
    """The words of the record, each under the name of its column."""
    options = options_of(target.model)
    said = [(options.get_field(name), getattr(record, name)) for name in TABLES[target.model].content]
    return [(str(field.verbose_name), value[:_LONGEST]) for field, value in said if isinstance(value, str) and value]


def _counted(rows: dict[str, int]) -> list[Counted]:
    return [Counted(kind=str(options_of(model).verbose_name), count=count) for model, count in rows.items()]


def _session(request: HttpRequest) -> str:
    """What tells this session from others; signing in begins another one."""
    return request.session.session_key or ""
