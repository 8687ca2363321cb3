"""Accounts: opened, given another role, closed and opened again. An installation always keeps an administrator."""

from __future__ import annotations

import pghistory
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.errors import InvitationRefused, PersonRefused
from accounts.models import RecordShown, User
from accounts.roles import Capability, Role, may


@transaction.atomic
def open_account(*, email: str, name: str, role: str, password: str | None, why: str) -> User:
    """A new account; without a password nobody can sign in until one is set by a link.

    Raises InvitationRefused for an address that is taken or no address at all, and for a password that is too weak.
    """
    if password is not None:
        _check_password(password, User(email=email, name=name))
    with pghistory.context(why=why):
        try:
            user = User.objects.create_user(email, password, name=name.strip(), role=role)
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise InvitationRefused(messages[0], field=field) from error
    # Whoever opens the account vouches for the address; allauth takes another for the account's only after a proof.
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@transaction.atomic
def change_role(*, user: User, role: str, by: User, why: str) -> None:
    """Give an account another role. Raises PersonRefused for the last administrator and without a reason."""
    if role not in Role.values:
        raise PersonRefused(_("There is no such role."), field="role")
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(besides=user)
    _change(user, by=by, why=why, role=role)


@transaction.atomic
def deactivate(*, user: User, by: User, why: str) -> None:
    """Close an account: its sessions and API keys end at once. Raises PersonRefused as `change_role` does."""
    _keep_an_administrator(besides=user)
    _change(user, by=by, why=why, is_active=False)


@transaction.atomic
def reactivate(*, user: User, by: User, why: str) -> None:
    """Open a closed account again, with its password and role. Raises PersonRefused without a reason."""
    _change(user, by=by, why=why, is_active=True)


@transaction.atomic
def save_profile(
    *, user: User, name: str, single_keys: bool, digest_by_mail: bool, desk_partner: User | None = None
) -> None:
    """What people set for themselves. Raises PersonRefused for an empty name, and as `set_partner` does."""
    if not name.strip():
        raise PersonRefused(_("A name is needed: it stands beside what you record."), field="name")
    user.name, user.single_keys, user.digest_by_mail = name.strip(), single_keys, digest_by_mail
    user.save(update_fields=["name", "single_keys", "digest_by_mail"])
    set_partner(user=user, partner=desk_partner)


def set_partner(*, user: User, partner: User | None) -> None:
    """Say who sees to the grades of what that person wrote. Raises PersonRefused for nobody else who may grade."""
    if partner is not None and partner.pk != user.desk_partner_id and partner not in partners_for(user):
        raise PersonRefused(_("Choose somebody else who may grade."), field="desk_partner")
    user.desk_partner = partner
    user.save(update_fields=["desk_partner"])


def partners_for(user: User) -> QuerySet[User]:
    """Who can be that person's desk partner: everybody else with an open account who may grade, by name."""
    return graders().exclude(pk=user.pk)


def graders() -> QuerySet[User]:
    """Everybody with an open account who may grade, by name."""
    roles = [role for role in Role if may(role, Capability.GRADE)]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")


def publishers() -> QuerySet[User]:
    """The editors: everybody with an open account who may publish, by name."""
    roles = [role for role in Role if may(role, Capability.PUBLISH)]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")


def administrators() -> QuerySet[User]:
    """Everybody with an open account who may administer, by name."""
    roles = [role for role in Role if may(role, Capability.ADMINISTER)]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")


def show_record_to(*, user: User, shown_to: str) -> None:
    """Let others see one's own track record, or not any more. Raises PersonRefused for an audience that is none."""
    if shown_to not in RecordShown.values:
        raise PersonRefused(_("Choose who sees it."), field="shown_to")
    user.record_shown_to = shown_to
    user.save(update_fields=["record_shown_to"])


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvitationRefused(" ".join(error.messages), field="password") from error


def _keep_an_administrator(*, besides: User) -> None:
    """Refuse where that user is the last one. Locks all of them, so that two cannot end each other at once."""
    locked = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    administrators = {user.pk for user in locked}
    if administrators == {besides.pk}:
        raise PersonRefused(_("This is the last administrator. Make somebody else one first."))


def _change(user: User, *, by: User, why: str, **values: str | bool) -> None:
    if not why.strip():
        raise PersonRefused(_("Say why; it is kept with the account’s history."), field="why")
    for field, value in values.items():
        setattr(user, field, value)
    with pghistory.context(user=by.pk, why=why.strip()):
        user.save(update_fields=list(values))
