"""Open an account without an invitation: the first administrator's."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.services import people
from groundwork.errors import Refusal


class Command(BaseCommand):
    help = "Opens an account and prints a link where its password is set, or takes the password from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR.value)
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, email: str, name: str, role: str, password_stdin: bool, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
        try:
            user = people.open_account(
                email=email, name=name, role=role, password=password, why="opened from the command line"
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message), returncode=2) from refusal
        self.stdout.write(f"Opened {user.email}." if password_stdin else _password_link(user))


def _password_link(user: User) -> str:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", args=key.split("-", 1))
    return f"{settings.SITE_URL}{path}"
