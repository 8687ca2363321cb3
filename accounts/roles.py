"""What each role may do. One table; everything that asks, asks here."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    READER = "reader", _("Reader")
    ANALYST = "analyst", _("Analyst")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Capability(StrEnum):
    READ_DESK = "read_desk"  # see what is internal
    RECORD = "record"  # bring text in, confirm, log, judge
    GRADE = "grade"
    PUBLISH = "publish"
    ADMINISTER = "administer"  # accounts, invitations, work set aside


_ANALYST: Final = frozenset({Capability.READ_DESK, Capability.RECORD, Capability.GRADE})
CAPABILITIES: Final = {
    Role.READER: frozenset({Capability.READ_DESK}),
    Role.ANALYST: _ANALYST,
    Role.EDITOR: _ANALYST | {Capability.PUBLISH},
    Role.ADMINISTRATOR: _ANALYST | {Capability.PUBLISH, Capability.ADMINISTER},
}


def may(role: str, capability: Capability) -> bool:
    """Whether that role carries that capability; an unknown role carries none."""
    return role in Role.values and capability in CAPABILITIES[Role(role)]
