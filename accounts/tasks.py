"""Sending what is in the outbox."""

from __future__ import annotations

from typing import Final

from celery import shared_task
from django.utils import timezone

from accounts.delivery import DeliveryError, deliver
from accounts.services import outbox
from groundwork.hurry import hurry

A_SWEEP_TAKES: Final = 200


@shared_task
def send_mail(pk: int) -> None:
    """Send one mail of the outbox, unless somebody else does or did. What is written only now is written now."""
    mail = outbox.start(pk=pk, at=timezone.now())
    if mail is None:
        return
    try:
        text = outbox.text_of(mail, at=timezone.now())
    except Exception as error:
        outbox.refuse(mail, at=timezone.now(), error=type(error).__name__)  # nothing has gone out
        raise
    if text is None:
        outbox.drop(mail, at=timezone.now())
        return
    try:
        deliver(to=mail.to, subject=mail.subject, body=text)
    except DeliveryError as error:
        settle = outbox.refuse if error.certain else outbox.doubt
        settle(mail, at=timezone.now(), error=str(error))
    else:
        outbox.finish(mail, at=timezone.now())


@shared_task
def sweep_outbox() -> None:
    """Send what no message hurried, and set aside what a worker left half sent."""
    now = timezone.now()
    outbox.set_aside_interrupted(at=now)
    for pk in outbox.waiting(at=now, limit=A_SWEEP_TAKES):
        hurry(send_mail, pk)
