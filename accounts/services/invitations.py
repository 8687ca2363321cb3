"""Invitations: made, sent again, withdrawn, taken up. The token is in the mail alone; its hash is in the row."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.errors import InvitationClosed, InvitationRefused
from accounts.models import Invitation, OutboxMail, User
from accounts.roles import Role
from accounts.services import outbox, people
from accounts.services.keys import digest

LASTS: Final = timedelta(days=7)

# From a token to the address where it is taken up; only a page knows its own host.
AddressOf = Callable[[str], str]


@dataclass(frozen=True)
class Sent:
    """An invitation on its way, with the link that is never to be had again."""

    invitation: Invitation
    mail: OutboxMail
    link: str


@transaction.atomic
def invite(*, by: User, email: str, name: str, role: str, at: datetime, address_of: AddressOf) -> Sent:
    """Invite somebody to an account of that role. Raises InvitationRefused."""
    email = _checked_address(email)
    if not name.strip():
        raise InvitationRefused(_("Say whom you invite."), field="name")
    if role not in Role.values:
        raise InvitationRefused(_("There is no such role."), field="role")
    token = _new_token()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email,
                name=name.strip(),
                role=role,
                token_hash=digest(token),
                invited_by=by,
                created_at=at,
                expires_at=at + LASTS,
            )
    except IntegrityError as error:
        message = _("This address has an invitation already; send that again or withdraw it.")
        raise InvitationRefused(message, field="email") from error
    return _send(invitation, address_of(token), at=at)


@transaction.atomic
def resend(*, pk: int, at: datetime, address_of: AddressOf) -> Sent:
    """Send an invitation again, with a new link and another seven days; the old link ends. Raises InvitationClosed."""
    invitation = _unused(pk)
    token = _new_token()
    invitation.token_hash, invitation.expires_at = digest(token), at + LASTS
    invitation.save(update_fields=["token_hash", "expires_at"])
    return _send(invitation, address_of(token), at=at)


@transaction.atomic
def withdraw(*, pk: int, at: datetime) -> None:
    """End an invitation that nobody has taken up. Raises InvitationClosed."""
    invitation = _unused(pk)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])


def find(token: str, *, at: datetime) -> Invitation:
    """The open invitation with that token. Raises InvitationClosed, which says no more than its holder may know."""
    invitation = Invitation.objects.select_related("invited_by").filter(token_hash=digest(token)).first()
    if invitation is None or not invitation.is_open(at=at):
        raise InvitationClosed(_("This invitation was used, withdrawn or has run out. Ask for another."))
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, password: str, at: datetime) -> User:
    """The account that the invitation promises. Raises InvitationClosed and InvitationRefused."""
    Invitation.objects.select_for_update().filter(token_hash=digest(token)).first()
    invitation = find(token, at=at)
    why = f"took up the invitation of {invitation.invited_by.email}"
    user = people.open_account(email=invitation.email, name=name, role=invitation.role, password=password, why=why)
    invitation.accepted_at, invitation.user = at, user
    invitation.save(update_fields=["accepted_at", "user"])
    return user


def _checked_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvitationRefused(error.messages[0], field="email") from error
    if User.objects.filter(email__iexact=email).exists():
        raise InvitationRefused(_("This address has an account already."), field="email")
    return email


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _unused(pk: int) -> Invitation:
    invitation = Invitation.objects.select_for_update().get(pk=pk)
    if invitation.accepted_at is not None:
        raise InvitationClosed(_("This invitation was taken up already."))
    if invitation.withdrawn_at is not None:
        raise InvitationClosed(_("This invitation was withdrawn already."))
    return invitation


def _send(invitation: Invitation, link: str, *, at: datetime) -> Sent:
    context = {"invitation": invitation, "link": link, "desk_name": settings.DESK_NAME}
    mail = outbox.queue(
        to=invitation.email,
        subject=_("Your account at %(desk)s") % {"desk": settings.DESK_NAME},
        body=render_to_string("accounts/mail/invitation.txt", context),
        at=at,
    )
    return Sent(invitation, mail, link)
