"""Comments on a forecast, for the desk alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, needs
from accounts.models import User
from accounts.roles import Capability
from forecasts.forms.voices import CommentForm
from forecasts.models import Comment, Forecast
from forecasts.services import commenting
from forecasts.views.access import forecast_for
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.once import once

_LINKS: Final = re.compile(r"(?P<url>https?://[^\s<>\"]+)|\b(?P<reference>F-[1-9]\d{0,17})\b")
_AFTER_A_LINK: Final = ".,;:!?)]}’”'"


@dataclass(frozen=True, kw_only=True)
class ShownComment:
    """A comment as a page shows it. What was taken back has no words any more, only who did it and why."""

    comment: Comment
    words: SafeString
    may_retract: bool


def comments(forecast: Forecast, *, user: User) -> dict[str, Any]:
    """What the page shows of the comments; two queries."""
    people = commenting.people()
    return {"comments": _shown(forecast, user=user, people=people), "comment_form": CommentForm(people=people)}


def _shown(forecast: Forecast, *, user: User, people: Sequence[User]) -> list[ShownComment]:
    rows = forecast.comments.select_related("by", "retracted_by")
    return [
        ShownComment(
            comment=row,
            words=in_html(row.text, people) if row.retracted_at is None else SafeString(),
            may_retract=row.retracted_at is None and (row.by_id == user.pk or user.may_publish),
        )
        for row in rows
    ]


def in_html(text: str, people: Iterable[User]) -> SafeString:
    """Plain text with its addresses and references as links and the names of people marked; all else is escaped."""
    pieces: list[SafeString | str] = []
    at = 0
    for start, end, html in sorted([*_linked(text), *_named(text, people)], key=lambda found: found[0]):
        if start < at:
            continue
        pieces += [text[at:start], html]
        at = end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[at:]]))


def _linked(text: str) -> Iterable[tuple[int, int, SafeString]]:
    for found in _LINKS.finditer(text):
        if found["url"]:
            address = found["url"].rstrip(_AFTER_A_LINK)
            html = format_html('<a href="{}" rel="noreferrer nofollow">{}</a>', address, address)
            yield found.start(), found.start() + len(address), html
        else:
            address = reverse("forecasts:forecast", args=[int(found["reference"][2:])])
            yield found.start(), found.end(), format_html('<a href="{}">{}</a>', address, found["reference"])


def _named(text: str, people: Iterable[User]) -> Iterable[tuple[int, int, SafeString]]:
    for mention in commenting.mentions(text, people):
        yield mention.start, mention.end, format_html("<b>{}</b>", text[mention.start : mention.end])


@require_POST
@needs(Capability.RECORD)
def comment(request: SignedInRequest, forecast_id: int) -> HttpResponse:
    """Say something to the desk; what cannot be said comes back as it was typed."""
    forecast = forecast_for(request.user, forecast_id)
    form = CommentForm(request.POST, people=commenting.people())

    def act() -> int:
        return commenting.comment(forecast, text=form.words, by=request.user, at=timezone.now()).pk

    if form.is_valid():
        try:
            said = once(form.cleaned_data["token"], user_id=request.user.pk, act=act)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return redirect(f"{forecast.get_absolute_url()}#comment-{said}")
    return render(request, "forecasts/comment.html", {"forecast": forecast, "comment_form": form})


@require_POST
@needs(Capability.RECORD)
def retract(request: SignedInRequest, forecast_id: int, comment_id: int) -> HttpResponse:
    """Take a comment back, with a reason."""
    forecast = forecast_for(request.user, forecast_id)
    said = get_object_or_404(Comment, pk=comment_id, forecast=forecast)
    try:
        commenting.retract_comment(said, by=request.user, at=timezone.now(), why=request.POST.get("why", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The comment is taken back."))
    return redirect(f"{forecast.get_absolute_url()}#comment-{said.pk}")
