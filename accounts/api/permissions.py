"""What a request to the API may do: the owner's role, narrowed by the key's scope."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiKey, Scope, User
from accounts.roles import Capability


class Refuse(BasePermission):
    """The default: a route that names no rule is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class ReadPublic(BasePermission):
    """Anybody may read; each queryset shows only what is visible to them. Nobody may write."""

    access_rule: ClassVar[str] = "public"

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS


class Needs(BasePermission):
    """Reading for anybody, writing for accounts with a capability and, where a key is used, a write key.

    Use `writes(Capability.GRADE)` to name the capability.
    """

    message: str | Promise
    capability: ClassVar[Capability]
    access_rule: ClassVar[str]

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method in SAFE_METHODS:
            return True
        if isinstance(request.auth, ApiKey) and request.auth.scope != Scope.WRITE:
            self.message = _("This API key may only read.")
            return False
        self.message = _("Your role does not include this. An administrator can change it.")
        return isinstance(request.user, User) and request.user.may(self.capability)


def writes(capability: Capability) -> type[Needs]:
    """A permission class: reading is public, writing needs that capability."""
    return type(
        f"Needs{capability.name.title()}", (Needs,), {"capability": capability, "access_rule": capability.value}
    )


class NeedsDesk(Needs):
    """As `Needs`, and reading is for those who see the desk. Use `within_the_desk(Capability.RECORD)`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method in SAFE_METHODS:
            return isinstance(request.user, User) and request.user.may(Capability.READ_DESK)
        return super().has_permission(request, view)


def within_the_desk(capability: Capability) -> type[NeedsDesk]:
    """A permission class: nothing of it is public, and writing needs that capability."""
    return type(
        f"NeedsDeskAnd{capability.name.title()}",
        (NeedsDesk,),
        {"capability": capability, "access_rule": capability.value},
    )
