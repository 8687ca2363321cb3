"""Who may come in at the routes of libraries, by URL name. Our own views and API routes name their rule themselves.

The rules are those of `accounts.access`. The test over the URLconf fails for a route that has none, and for a row here
without a route.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import PUBLIC, SIGNED_IN
from accounts.roles import Capability

LIBRARY_ROUTES: Final = {
    # Signing in and out. Sign-up answers that accounts come by invitation.
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_confirm_login_code": PUBLIC,
    # Addresses and passwords.
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    # The second factor.
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,  # between password and session
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    # The admin; its own login page hands over to allauth's.
    "admin:login": PUBLIC,
    "admin:*": Capability.ADMINISTER.value,
}


@dataclass(frozen=True)
class Route:
    """One address: its full name (`namespace:name`), its path as a pattern, and what answers there."""

    name: str
    path: str
    view: Any

    @property
    def library_row(self) -> str | None:
        """The row above that this route falls under: its own, else its namespace's."""
        rows = (self.name, f"{self.name.partition(':')[0]}:*")
        return next((row for row in rows if row in LIBRARY_ROUTES), None)

    @property
    def rules(self) -> frozenset[str | None]:
        """Its rules, None standing for a missing one. An API view has one for each of its actions."""
        if self.library_row is not None:
            return frozenset({LIBRARY_ROUTES[self.library_row]})
        if hasattr(self.view, "cls"):
            return frozenset(_api_rules(self.view))
        return frozenset({getattr(self.view, "access_rule", None)})


def routes() -> list[Route]:
    """Every address that the site answers, in the order in which they are tried."""
    return list(_below(get_resolver(), namespace="", path="/"))


def _below(resolver: URLResolver, *, namespace: str, path: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name or ''}", here, entry.callback)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, namespace=inner, path=here)


def _api_rules(view: Any) -> Iterator[str | None]:
    """The rule of each action of a DRF view; None where no permission class names one."""
    actions = getattr(view, "actions", None) or {"": None}
    for action in actions.values():
        instance = view.cls(**getattr(view, "initkwargs", {}))
        instance.action = action
        instance.request = None
        named = [getattr(each, "access_rule", None) for each in instance.get_permissions()]
        yield next((rule for rule in named if rule is not None), None)
