"""How allauth behaves here: nobody signs up by themselves, and its mails go through the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts import tasks
from accounts.services import outbox
from groundwork.hurry import hurry


class InviteOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes sign-up: an account comes from an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context_data: dict[str, Any]) -> None:
        """Queue one of allauth's mails. The answer takes no longer where an account exists than where none does."""
        known = {"request": context.request, "email": email, "current_site": {"name": settings.DESK_NAME}}
        mail = self.render_mail(template_prefix, email, known | context_data)
        row = outbox.queue(to=email, subject=mail.subject, body=mail.body, at=timezone.now())
        hurry(tasks.send_mail, row.pk)

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.DESK_NAME}: {subject}"
