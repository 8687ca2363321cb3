"""Bringing text in: the paste page, and word of how the reading of a long text goes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.forms.intake import PasteForm
from forecasts.services import intake
from forecasts.services.intake import Intake, NewText
from forecasts.tasks import read_article
from forecasts.views.access import article_for
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.hurry import hurry
from sources.models import Source


@needs(Capability.RECORD)
def paste(request: SignedInRequest) -> HttpResponse:
    """Bring a text in; what comes next is confirming what was read in it."""
    form = PasteForm(request.POST, request.FILES) if request.method == "POST" else PasteForm()
    if request.method == "POST" and form.is_valid():
        try:
            brought = bring_in(form, request)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return _after(request, brought)
    names = Source.objects.exclude(kind="desk").order_by("name").values_list("name", flat=True)[:500]
    return render(request, "forecasts/paste.html", {"form": form, "source_names": names})


def bring_in(form: PasteForm, request: SignedInRequest) -> Intake:
    """What came of a valid form. Raises Refusal."""
    data = form.cleaned_data
    new = NewText(
        text=form.body,
        origin=form.origin,
        source_name=data["source"],
        title=form.heading,
        byline=data["byline"],
        published_on=data["published_on"],
        url=data["url"],
        yardstick=data["yardstick"],
        topics=data["topics"],
        countries=data["countries"],
        raw=form.raw,
    )
    return intake.bring_in(new, by=request.user, at=timezone.now())


def _after(request: HttpRequest, brought: Intake) -> HttpResponse:
    article = brought.article
    if not brought.is_read:
        hurry(read_article, article.pk)
    if brought.is_new:
        return redirect("forecasts:confirm", article.pk)
    day = date_format(timezone.localtime(article.recorded_at), "j F Y")
    message = _("This text came in on %(day)s already, as %(reference)s. It was not stored again.")
    messages.info(request, message % {"day": day, "reference": article.reference})
    return redirect(article)


@needs(Capability.READ_DESK)
def reading_state(request: SignedInRequest, article_id: int) -> HttpResponse:
    """How the reading of an article stands, for the page that waits for it; asks for the whole page once it is done."""
    article = article_for(request.user, article_id)
    response = render(request, "forecasts/includes/reading_state.html", {"article": article})
    reading = getattr(article, "reading", None)
    if reading is None or reading.done_at is not None:
        response["HX-Refresh"] = "true"
    return response
