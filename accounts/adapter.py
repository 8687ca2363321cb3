"""How allauth behaves here: nobody signs up by themselves, its mails go through the outbox, and users bring a bell."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from accounts import tasks
from accounts.models import Notification, User
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


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]  # as above
    """allauth's, but that whoever is signed in comes with `unread_notices`, by the same one statement."""

    def get_user(self, user_id: int) -> User | None:
        unread = Notification.objects.unread().filter(user=OuterRef("pk")).order_by().values("user")
        number = Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0)
        user = User.objects.annotate(unread_notices=number).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
