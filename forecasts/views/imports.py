"""Files of forecasts: bringing one in, what would become of its rows, letting it go on, and undoing it whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.choices import ImportState
from forecasts.columns import IMPORT_COLUMNS, PROBLEM_COLUMNS
from forecasts.errors import UndoRefused
from forecasts.filters import ImportFilter
from forecasts.forms.imports import ImportForm, UndoForm
from forecasts.importing.columns import COLUMNS
from forecasts.models import ImportBatch
from forecasts.services.imports import deciding, undoing
from forecasts.services.imports.previewing import preview
from forecasts.services.imports.taking_in import take_in
from forecasts.services.imports.working import work
from forecasts.tasks import flag_imported, import_file
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.hurry import hurry
from groundwork.keyset import Keyset
from groundwork.lists import SLICE, csv_response, list_view
from sources.models import Source

PREVIEWED: Final = 10
PROBLEMS_SHOWN: Final = 20
SECONDS_IN_REQUEST: Final = 3.0


@needs(Capability.READ_DESK)
def import_list(request: SignedInRequest) -> HttpResponseBase:
    return list_view(
        request,
        queryset=_batches(),
        filterset_class=ImportFilter,
        template="forecasts/import_list.html",
        columns=IMPORT_COLUMNS,
        order="-asked_at",
        name="imports",
    )


@needs(Capability.RECORD)
def new_import(request: SignedInRequest) -> HttpResponse:
    """Bring a file in. Nothing becomes a record before somebody has seen what would."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            batch, is_new = _taken_in(form, request)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            if not is_new:
                messages.info(request, _("This file came in before. Here it is."))
            _go_on(batch)
            return redirect(batch)
    names = Source.objects.exclude(kind="desk").order_by("name").values_list("name", flat=True)[:500]
    return render(request, "forecasts/import_new.html", {"form": form, "source_names": names, "columns": COLUMNS})


@needs(Capability.READ_DESK)
def one_import(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """How far it has come, what would become of its rows or has, and what keeps some of them out."""
    return _page(request, get_object_or_404(_batches(), pk=batch_id))


@needs(Capability.READ_DESK)
def import_state(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """How far it has come, for the page that waits; asks for the whole page once nothing more happens by itself."""
    batch = get_object_or_404(_batches(), pk=batch_id)
    response = render(request, "forecasts/includes/import_state.html", {"batch": batch})
    if not batch.is_working:
        response["HX-Refresh"] = "true"
    return response


@needs(Capability.READ_DESK)
def problems(_request: SignedInRequest, batch_id: int) -> StreamingHttpResponse:
    """All that keeps rows of a file out, as CSV."""
    batch = get_object_or_404(_batches(), pk=batch_id)
    rows: Iterator[list[Any]] = Keyset.of("line").slices(batch.problems.all(), size=SLICE)
    return csv_response(rows, columns=PROBLEM_COLUMNS, name=f"import-{batch.pk}-problems")


@require_POST
@needs(Capability.PUBLISH)
def start(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Let the rows that are right become records."""
    batch = get_object_or_404(_batches(), pk=batch_id)
    try:
        deciding.start(batch, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        _go_on(batch)
    return redirect(batch)


@require_POST
@needs(Capability.RECORD)
def drop(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Forget a file that was only looked at."""
    batch = get_object_or_404(_batches(), pk=batch_id)
    try:
        deciding.drop(batch, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(batch)
    messages.success(request, _("The file is dropped; nothing of it was imported."))
    return redirect("forecasts:import_list")


@require_POST
@needs(Capability.PUBLISH)
def undo(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Close everything that a file made, unless something rests on it."""
    batch = get_object_or_404(_batches(), pk=batch_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, undo_form=form)
    try:
        undoing.ask_undo(batch, by=request.user, why=form.cleaned_data["why"], at=timezone.now())
    except UndoRefused as refusal:
        return _page(request, batch, undo_form=form, refusal=refusal, status=409)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(batch)
    _go_on(batch)
    return redirect(batch)


def _batches() -> QuerySet[ImportBatch]:
    return ImportBatch.objects.select_related("source", "asked_by", "started_by", "undone_by")


def _taken_in(form: ImportForm, request: SignedInRequest) -> tuple[ImportBatch, bool]:
    """The import of the file in a valid form, and whether it is new. Raises Refusal."""
    uploaded = form.cleaned_data["file"]
    source = form.cleaned_data["source"]
    return take_in(uploaded.file, filename=uploaded.name, source=source, by=request.user, at=timezone.now())


def _go_on(batch: ImportBatch) -> None:
    """A small file is worked on at once, a large one by a worker."""
    if batch.size > settings.READ_IN_REQUEST_BYTES or work(batch.pk, seconds=SECONDS_IN_REQUEST):
        hurry(import_file, batch.pk)
    else:
        hurry(flag_imported, batch.pk)


def _page(request: SignedInRequest, batch: ImportBatch, *, status: int = 200, **more: Any) -> HttpResponse:
    looked_at = batch.state == ImportState.READY
    context = {
        "batch": batch,
        "preview": preview(batch, count=PREVIEWED) if looked_at else [],
        "problems": batch.problems.order_by("line", "pk")[:PROBLEMS_SHOWN],
        "undo_form": UndoForm(),
        "can_be_undone": batch.state in (ImportState.DONE, ImportState.IMPORTING),
    }
    return render(request, "forecasts/import.html", context | more, status=status)
