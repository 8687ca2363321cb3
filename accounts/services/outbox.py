"""The mail outbox: every mail is a row first, written with what makes it necessary.

What was sent cannot be taken back, so a row is marked *sending* in a transaction of its own before anything goes out.
A row that was still being sent when its worker ended is set aside, and only a person sends it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.conf import settings
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import OutboxMail
from groundwork.models import MAX_ATTEMPTS

LEASE: Final = timedelta(minutes=5)
# How long a refused mail waits after its first, second … attempt.
PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


class Writer(Protocol):
    """Makes the text of a mail that is about to be sent; None where there is nothing to say any more."""

    def __call__(self, mail: OutboxMail, *, at: datetime) -> str | None: ...


def queue(*, to: str, subject: str, body: str, at: datetime) -> OutboxMail:
    """A mail to be sent, once the caller's transaction is in."""
    return OutboxMail.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body, created_at=at)


def queue_unwritten(addresses: Iterable[str], *, subject: str, writer: str, at: datetime) -> list[OutboxMail]:
    """A mail to each, whose text that writer (one of MAIL_WRITERS) makes in the moment in which it is sent."""
    rows = [OutboxMail(to=to, subject=subject[:200], writer=writer, created_at=at) for to in addresses]
    mails: list[OutboxMail] = OutboxMail.objects.bulk_create(rows)
    return mails


def text_of(mail: OutboxMail, *, at: datetime) -> str | None:
    """What that mail says at this moment; None where nothing is left to say."""
    if not mail.writer:
        return mail.body
    write: Writer = import_string(settings.MAIL_WRITERS[mail.writer])
    return write(mail, at=at)


def drop(mail: OutboxMail, *, at: datetime) -> None:
    """Nothing is left to say: it is done without having been sent."""
    OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts).update(
        done_at=at, leased_until=None, sending_at=None, last_error=_("Nothing was left to say.")
    )


def start(*, pk: int, at: datetime) -> OutboxMail | None:
    """Mark a waiting mail as *sending* and return it; None where another worker has it or nothing is to be done."""
    waiting = OutboxMail.objects.waiting(at=at).filter(pk=pk, sending_at__isnull=True)
    if not waiting.update(attempts=F("attempts") + 1, leased_until=at + LEASE, sending_at=at):
        return None
    mail: OutboxMail = OutboxMail.objects.get(pk=pk)
    return mail


def finish(mail: OutboxMail, *, at: datetime) -> None:
    """It is out; its text is erased."""
    OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts).update(
        done_at=at, leased_until=None, body="", last_error=""
    )


def refuse(mail: OutboxMail, *, at: datetime, error: str) -> None:
    """It certainly did not go out: it is tried again after a pause, and set aside after the fifth time."""
    last = mail.attempts >= MAX_ATTEMPTS
    OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts, done_at__isnull=True).update(
        sending_at=None,
        leased_until=None if last else at + PAUSES[mail.attempts - 1],
        set_aside_at=at if last else None,
        last_error=error[:500],
    )


def doubt(mail: OutboxMail, *, at: datetime, error: str) -> None:
    """It may or may not have gone out: it is set aside."""
    OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts, done_at__isnull=True).update(
        set_aside_at=at, leased_until=None, last_error=error[:500]
    )


def set_aside_interrupted(*, at: datetime) -> int:
    """Set aside what was being sent when its worker ended; returns how many."""
    interrupted = OutboxMail.objects.filter(
        sending_at__isnull=False, done_at__isnull=True, set_aside_at__isnull=True, leased_until__lte=at
    )
    error = _("The worker ended while sending; it may have gone out.")
    return interrupted.update(set_aside_at=at, leased_until=None, last_error=error)


def waiting(*, at: datetime, limit: int) -> list[int]:
    """The ids of mails to be sent now, oldest first."""
    rows = OutboxMail.objects.waiting(at=at).filter(sending_at__isnull=True).order_by("created_at", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def send_again(*, pk: int) -> bool:
    """Put a mail that was set aside back into the outbox; False where it is not set aside or has no text left."""
    aside = OutboxMail.objects.filter(~Q(body="", writer=""), pk=pk, set_aside_at__isnull=False, done_at__isnull=True)
    return bool(aside.update(set_aside_at=None, sending_at=None, leased_until=None, attempts=0))
