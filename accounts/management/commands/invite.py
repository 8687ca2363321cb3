"""Invite somebody from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.models import User
from accounts.roles import Role
from accounts.services import invitations
from groundwork.errors import Refusal
from groundwork.hurry import hurry


class Command(BaseCommand):
    help = "Invites somebody by mail and prints the link, which works once, for seven days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", choices=Role.values, default=Role.ANALYST.value)
        parser.add_argument("--by", default="", help="address of the administrator who invites; else the first one")

    def handle(self, *args: Any, email: str, name: str, role: str, by: str, **options: Any) -> None:
        try:
            sent = invitations.invite(
                by=_inviter(by), email=email, name=name, role=role, at=timezone.now(), address_of=_address_of
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message), returncode=2) from refusal
        hurry(tasks.send_mail, sent.mail.pk)
        self.stdout.write(sent.link)


def _inviter(email: str) -> User:
    administrators = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if email:
        administrators = administrators.filter(email__iexact=email)
    found = administrators.first()
    if found is None:
        who = f"{email} is no administrator." if email else "There is no administrator yet; run open_account first."
        raise CommandError(who, returncode=2)
    return found


def _address_of(token: str) -> str:
    return settings.SITE_URL + reverse("accounts:accept_invitation", args=[token])
