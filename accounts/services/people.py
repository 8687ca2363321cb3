"""Accounts made without an invitation: by the command line, for the demo and the first administrator."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.errors import InvitationRefused
from accounts.models import User


@transaction.atomic
def open_account(*, email: str, name: str, role: str, password: str, why: str) -> User:
    """A new account. Raises InvitationRefused for an address that is taken or no address at all."""
    with pghistory.context(why=why):
        try:
            return User.objects.create_user(email, password, name=name, role=role)
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise InvitationRefused(messages[0], field=field) from error
