"""The editors' desk: begin a briefing, work on it, look at it, publish it, withdraw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from briefings import pages
from briefings.choices import Weight
from briefings.errors import Stale
from briefings.filters import BriefingFilter
from briefings.forms import DraftForm, PublishForm, WithdrawForm
from briefings.models import Briefing
from briefings.rendering import inline_html
from briefings.services import drafting, images, publishing
from briefings.services.matching import Preview
from briefings.services.matching import preview as look_ahead
from forecasts.advice import Told, told
from forecasts.reading.wording import advise_each
from forecasts.yardsticks.scales import get
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.lists import Column, list_view
from sources.models import Article


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A forecast of the working text that could be worded better; `html` is its sentence."""

    html: SafeString
    advice: Sequence[Told]


_COLUMNS: Final = (
    Column(gettext_lazy("title"), lambda briefing: briefing.title),
    Column(gettext_lazy("state"), lambda briefing: briefing.get_state_display()),
    Column(gettext_lazy("date"), lambda briefing: briefing.dated_on),
    Column(gettext_lazy("editions"), lambda briefing: briefing.latest.number if briefing.latest else 0),
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
    briefing = _briefing(pk)
    context: dict[str, Any] = {"briefing": briefing, "withdraw_form": WithdrawForm()}
    if request.method != "POST":
        form = DraftForm(instance=briefing, initial={"version": briefing.version})
        return render(request, "briefings/edit.html", context | {"form": form})
    # The form writes into its instance while it looks at it, so it gets one of its own.
    form = DraftForm(request.POST, request.FILES, instance=Briefing(pk=pk))
    if form.is_valid():
        try:
            _save(form, briefing, request)
        except Refusal as refusal:
            blame(form, refusal)
            if isinstance(refusal, Stale):
                theirs = context["theirs"] = _briefing(pk)
                form.compare_with(theirs.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("briefings:preview", pk)
    return render(request, "briefings/edit.html", context | {"form": form})


def _save(form: DraftForm, briefing: Briefing, request: SignedInRequest) -> None:
    picture = None
    if form.upload is not None:
        images.check_size(form.upload.size or 0)
        picture = images.encode(form.upload.read())
    draft = form.draft(picture=picture)
    drafting.save_draft(briefing, draft=draft, version=form.cleaned_data["version"], by=request.user)


@require_safe
@needs(Capability.PUBLISH)
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page as it would be published, and what publishing would do."""
    return _preview(request, _briefing(pk), form=None)


@require_POST
@needs(Capability.PUBLISH)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Release the next edition."""
    briefing = _briefing(pk)
    form = PublishForm(request.POST, is_first=not briefing.editions.exists())
    if form.is_valid():
        values = form.cleaned_data
        try:
            edition = publishing.publish(
                briefing,
                by=request.user,
                at=timezone.now(),
                version=values["version"],
                weight=values.get("weight", Weight.MAJOR),
                note=values.get("note", ""),
            )
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Edition %d is published.") % edition.number)
            return redirect(briefing)
    return _preview(request, _briefing(pk), form=form)


@require_POST
@needs(Capability.PUBLISH)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the page off the site, with a reason."""
    briefing = _briefing(pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            publishing.withdraw(briefing, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("It is withdrawn; its address says so."))
            return redirect("briefings:edit", pk)
    draft = DraftForm(instance=briefing, initial={"version": briefing.version})
    return render(request, "briefings/edit.html", {"briefing": briefing, "form": draft, "withdraw_form": form})


def _briefing(pk: int) -> Briefing:
    return get_object_or_404(Briefing.objects.select_related("image", "article").defer("image__data"), pk=pk)


def _preview(request: HttpRequest, briefing: Briefing, *, form: PublishForm | None) -> HttpResponse:
    seen = look_ahead(briefing, at=timezone.now())
    context = {
        "briefing": briefing,
        "seen": seen,
        "has_news": publishing.has_news(briefing, seen),
        "page": pages.build_preview(seen),
        "worded": _worded(seen),
        "form": form or PublishForm(is_first=seen.last is None, initial={"version": briefing.version}),
        "today": timezone.localdate(),
    }
    return render(request, "briefings/preview.html", context)


def _worded(seen: Preview) -> Sequence[Worded]:
    """Advice on the text's forecasts. It keeps nobody from publishing."""
    yardstick = get(seen.reading.yardstick)
    advised = advise_each(seen.reading.forecasts, yardstick=yardstick, made_on=seen.day)
    return [
        Worded(html=inline_html(each.found.quote), advice=told(each.advices, yardstick=yardstick)) for each in advised
    ]
