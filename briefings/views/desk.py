"""The editors' desk: begin a briefing, work on it, look at it, publish it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from briefings import pages
from briefings.choices import Weight
from briefings.filters import BriefingFilter
from briefings.forms import DraftForm, PublishForm
from briefings.models import Briefing
from briefings.services import drafting, images, publishing
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.lists import Column, list_view
from sources.models import Article

_COLUMNS: Final = (
    Column(gettext_lazy("title"), lambda briefing: briefing.title),
    Column(gettext_lazy("state"), lambda briefing: briefing.get_state_display()),
    Column(gettext_lazy("date"), lambda briefing: briefing.dated_on),
    Column(gettext_lazy("editor"), lambda briefing: briefing.editor.name),
)


@require_safe
@needs(Capability.READ_DESK)
def briefing_list(request: SignedInRequest) -> HttpResponseBase:
    """All briefings, drafts too, newest first."""
    return list_view(
        request,
        queryset=Briefing.objects.with_latest_edition().select_related("editor"),
        filterset_class=BriefingFilter,
        template="briefings/desk_list.html",
        columns=_COLUMNS,
        order="-created_at",
        name="briefings",
    )


@require_POST
@needs(Capability.PUBLISH)
def begin(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Make a briefing of an article, or go to the one that it has."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("source"), pk=article_id)
    try:
        briefing = drafting.begin_briefing(article, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(article)
    return redirect("briefings:edit", briefing.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.PUBLISH)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The working copy: text, byline, address, image."""
    briefing = get_object_or_404(Briefing.objects.select_related("image", "article"), pk=pk)
    form = DraftForm(
        request.POST or None, request.FILES or None, instance=briefing, initial={"version": briefing.version}
    )
    if request.method == "POST" and form.is_valid() and _save(form, briefing.pk, request):
        return redirect("briefings:preview", pk)
    briefing = get_object_or_404(Briefing.objects.select_related("image", "article"), pk=pk)
    return render(request, "briefings/edit.html", {"briefing": briefing, "form": form})


def _save(form: DraftForm, pk: int, request: SignedInRequest) -> bool:
    """Whether the draft was stored; where not, the form says why."""
    briefing = Briefing.objects.select_related("image").get(pk=pk)
    upload = form.cleaned_data["image_file"]
    try:
        image = images.keep_image(upload.read(), by=request.user) if upload else briefing.image
        draft = form.draft(image=None if form.cleaned_data["drop_image"] else image)
        drafting.save_draft(briefing, draft=draft, version=form.cleaned_data["version"], by=request.user)
    except Refusal as refusal:
        blame(form, refusal)
        return False
    messages.success(request, _("Saved."))
    return True


@require_safe
@needs(Capability.PUBLISH)
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page as it would be published, and what publishing would do."""
    return _preview(request, get_object_or_404(Briefing.objects.select_related("image", "article"), pk=pk), form=None)


@require_POST
@needs(Capability.PUBLISH)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Release the next edition."""
    briefing = get_object_or_404(Briefing.objects.select_related("image", "article"), pk=pk)
    form = PublishForm(request.POST, is_first=not briefing.editions.exists())
    if form.is_valid():
        values = form.cleaned_data
        try:
            edition = publishing.publish(
                briefing,
                by=request.user,
                at=timezone.now(),
                version=values["version"],
                weight=values["weight"] or Weight.MAJOR,
                note=values["note"],
            )
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Edition %d is published.") % edition.number)
            return redirect(briefing)
    return _preview(request, briefing, form=form)


def _preview(request: HttpRequest, briefing: Briefing, *, form: PublishForm | None) -> HttpResponse:
    seen = publishing.preview(briefing, at=timezone.now())
    last = briefing.editions.newest_first().defer("markdown").first()
    form = form or PublishForm(is_first=last is None, initial={"version": briefing.version})
    context = {
        "briefing": briefing,
        "seen": seen,
        "page": pages.build_preview(seen),
        "last": last,
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "briefings/preview.html", context)
