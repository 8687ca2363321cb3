"""The daily digest by mail: at most one a person and day of the desk, written in the moment in which it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Digest, Notification, OutboxMail, User
from accounts.services import outbox
from forecasts.models import Due, Forecast
from forecasts.services import handling, reminding, reminding_rounds
from groundwork.marks import day_text

WRITER: Final = "digest"
AT_MOST: Final = 20  # forecasts or notices of one kind in a mail; how many more there are is said
# The notices that stand for a list, which is looked up anew, and what their part of the mail is headed with.
_LISTS: Final = (reminding.MINE, reminding.NOBODYS, reminding.LATE)
_ROUNDS: Final = (reminding_rounds.SECOND, reminding_rounds.DISPUTED)
_ADVISORY_LOCK: Final = 7_350_004


@transaction.atomic
def make_digests(*, at: datetime) -> list[int]:
    """The mails of today's digests, for everybody who has something to be told and has none of today; their ids.

    None before `DIGEST_HOUR`. After days without one there is one, as only today's is ever made.
    """
    local = timezone.localtime(at)
    if local.hour < settings.DIGEST_HOUR:
        return []
    _take_turns()
    people = list(_who_is_told(local.date()).values_list("pk", "email"))
    subject = _("%(desk)s: what waits for you") % {"desk": settings.DESK_NAME}
    mails = outbox.queue_unwritten([email for _pk, email in people], subject=subject, writer=WRITER, at=at)
    rows = [
        Digest(user_id=pk, day=local.date(), made_at=at, mail=mail)
        for (pk, _email), mail in zip(people, mails, strict=True)
    ]
    Digest.objects.bulk_create(rows)
    return [mail.pk for mail in mails]


@transaction.atomic
def write(mail: OutboxMail, *, at: datetime) -> str | None:
    """What that digest says now: without what was read, graded, snoozed or handed on meanwhile. None for an empty one.

    Its notices are marked as mailed with it, so that no other digest tells them again. An empty one gives its day back.
    """
    digest = Digest.objects.select_related("user").filter(mail=mail).first()
    if digest is None:
        return None
    rows = Notification.objects.of_digest(digest).select_for_update(of=("self",))
    notices = list(rows.order_by("created_at", "pk"))
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=digest.made_at)
    wanted = digest.user.is_active and digest.user.digest_by_mail
    parts = list(_parts(notices, user=digest.user, on=timezone.localdate(at))) if wanted else []
    if not parts:
        digest.delete()
        return None
    return "\n\n".join([_("Hello %s,") % digest.user.get_short_name(), *parts, _ending()]) + "\n"


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def _who_is_told(day: date) -> QuerySet[User]:
    untold = Notification.objects.to_mail().filter(user=OuterRef("pk"))
    had_one = Digest.objects.filter(user=OuterRef("pk"), day=day)
    people = User.objects.filter(Exists(untold), ~Exists(had_one), is_active=True, digest_by_mail=True)
    return people.order_by("pk")


def _parts(notices: Sequence[Notification], *, user: User, on: date) -> Iterator[str]:
    kinds = {reminding.MINE if notice.kind == handling.ASSIGNED else notice.kind for notice in notices}
    for kind in _LISTS:
        if kind in kinds:
            yield from _list(kind, user=user, on=on)
    for kind in _ROUNDS:
        if kind in kinds:
            yield from _round(kind, user=user)
    others = [notice for notice in notices if notice.kind not in (*_LISTS, *_ROUNDS, handling.ASSIGNED)]
    if others:
        lines = [f"- {notice.text}\n  {settings.SITE_URL}{notice.url}" for notice in others[:AT_MOST]]
        yield "\n".join([_("What has happened:"), *lines, *_more(len(others))])


def _list(kind: str, *, user: User, on: date) -> Iterator[str]:
    rows = reminding.of_the_list(kind, user_id=user.pk, on=on)
    number = rows.count()
    if number:
        lines = [_line(due, on=on) for due in rows.select_related("forecast").oldest_first()[:AT_MOST]]
        yield "\n".join([_heading(kind), *lines, *_more(number)])


def _round(kind: str, *, user: User) -> Iterator[str]:
    rows = reminding_rounds.of_the_round(kind, user=user)
    number = rows.count()
    if number:
        lines = [_named(row.forecast) for row in rows.select_related("forecast")[:AT_MOST]]
        yield "\n".join([_heading(kind), *lines, *_more(number)])


def _heading(kind: str) -> str:
    return {
        reminding_rounds.SECOND: _("These wait for a second grade:"),
        reminding_rounds.DISPUTED: _("These are disputed, and wait for an editor’s decision:"),
        reminding.MINE: _("These wait for your grade:"),
        reminding.NOBODYS: _("These are overdue, and nobody’s to grade:"),
        reminding.LATE: _("These have been overdue for long:"),
    }[kind]


def _line(due: Due, *, on: date) -> str:
    late = due.days_late(on=on)
    since = ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    about = f"{due.forecast.reference}, {since} ({day_text(due.due_on)}): {due.forecast}"
    return f"- {about}\n  {settings.SITE_URL}{due.forecast.get_absolute_url()}"


def _named(forecast: Forecast) -> str:
    return f"- {forecast.reference}: {forecast}\n  {settings.SITE_URL}{forecast.get_absolute_url()}"


def _more(number: int) -> Iterable[str]:
    more = number - AT_MOST
    return [ngettext("- and %d more", "- and %d more", more) % more] if more > 0 else []


def _ending() -> str:
    return _("All of it is on the desk: %(address)s/desk/\nThis mail can be turned off in your profile.") % {
        "address": settings.SITE_URL
    }
