"""What pages know of the person who looks at them."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


def preferences(request: HttpRequest) -> dict[str, bool]:
    """Whether single keys do something on this person's pages."""
    user = getattr(request, "user", None)
    return {"single_keys": user.single_keys if isinstance(user, User) else True}
