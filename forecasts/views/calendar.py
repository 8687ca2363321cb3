"""A person's calendar of what is due, at an address that only they have. It needs no session."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from accounts.roles import Capability
from accounts.services import calendars
from forecasts.services.agenda import Event, agenda

FRESH_FOR: Final = 900  # seconds that a calendar need not ask again
_DAY: Final = timedelta(days=1)


@public
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """iCalendar (RFC 5545); 404 for an address that is none, was revoked, or whose account may not see the desk."""
    now = timezone.now()
    key = calendars.owner_of(secret)
    if key is None or not key.user.may(Capability.READ_DESK):
        raise Http404
    calendars.note_use(key, at=now)
    body = as_ical(agenda(key.user, at=now))
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    known = tag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponse(status=304) if known else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = f"private, max-age={FRESH_FOR}"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def as_ical(events: Iterable[Event]) -> bytes:
    """The calendar's bytes: the same for the same events, and each event under one name for good."""
    sheet = icalendar.Calendar()
    sheet.add("prodid", "-//Hindsight//what is due//EN")
    sheet.add("version", "2.0")
    sheet.add("method", "PUBLISH")
    sheet.add("x-wr-calname", _("%s: what is due") % settings.DESK_NAME)
    sheet.add("refresh-interval", timedelta(seconds=FRESH_FOR), parameters={"VALUE": "DURATION"})
    for event in events:
        sheet.add_component(_entry(event))
    return bytes(sheet.to_ical())


def _entry(event: Event) -> icalendar.Event:
    forecast = event.forecast
    words = {"reference": forecast.reference, "event": forecast}
    summary = _("%(reference)s waits for your grade: %(event)s") if event.is_overdue else _("%(reference)s: %(event)s")
    entry = icalendar.Event()
    entry.add("uid", f"due-{forecast.reference}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", forecast.recorded_at)
    entry.add("dtstart", event.due_on)
    entry.add("dtend", event.due_on + _DAY)
    entry.add("summary", summary % words)
    entry.add("url", f"{settings.SITE_URL}{forecast.get_absolute_url()}")
    entry.add("transp", "TRANSPARENT")
    return entry
