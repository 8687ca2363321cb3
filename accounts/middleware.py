"""A second factor for those who can publish or administer, wherever the installation demands one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Capability

# What one needs to set a second factor up, or to leave.
WITHOUT_SECOND_FACTOR: Final = frozenset(
    {
        "account_email",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "livez",
        "mfa_activate_totp",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "readyz",
        "set_language",
    }
)


class DemandSecondFactor:
    """Sends editors and administrators without a second factor to the page that sets one up.

    An account that has one cannot sign in without it, so that having one is all there is to check. The public pages are
    no exception: to an editor they show more than to strangers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: object) -> HttpResponseBase | None:
        route = request.resolver_match.view_name if request.resolver_match else ""
        if not settings.MFA_DEMANDED or route in WITHOUT_SECOND_FACTOR or not lacks_second_factor(request.user):
            return None
        if hasattr(view, "cls"):
            raise PermissionDenied(_("Your role needs a second factor; set one up on your account’s pages."))
        messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return redirect("mfa_activate_totp")


def lacks_second_factor(user: object) -> bool:
    """Whether this is an editor or an administrator who has none. One query for those, none for others."""
    return isinstance(user, User) and user.may(Capability.PUBLISH) and not is_mfa_enabled(user)
