"""The rule of a view: who may come in. A view that names none is refused to everybody by a test over the URLconf."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Capability

View = Callable[..., HttpResponseBase]
PUBLIC: Final = "public"
SIGNED_IN: Final = "signed in"


class SignedInRequest(HttpRequest):
    """What a view behind `signed_in` or `needs` is called with."""

    user: User


def public(view: View) -> View:
    """Anybody; the view itself shows only what `visible_to(request.user)` lets through."""
    view.access_rule = PUBLIC  # type: ignore[attr-defined]  # the marker that the test reads
    return login_not_required(view)


def signed_in(view: View) -> View:
    """Any account, for one's own affairs."""
    view.access_rule = SIGNED_IN  # type: ignore[attr-defined]  # the marker that the test reads
    return view


def needs(capability: Capability) -> Callable[[View], View]:
    """Accounts whose role carries that capability; 403 for the others, the sign-in page for nobody in particular."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not (isinstance(user, User) and user.may(capability)):
                raise PermissionDenied(_("Your role does not include this. An administrator can change it."))
            return view(request, *args, **kwargs)

        guarded.access_rule = capability.value  # type: ignore[attr-defined]  # the marker that the test reads
        return guarded

    return decorate
