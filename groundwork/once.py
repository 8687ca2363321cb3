"""A form that is sent twice, by a double click or a second press of a key, is acted upon once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.db import transaction

from groundwork.models import IdempotencyKey

LONGEST: Final = 64


class TokenField(forms.CharField):
    """Hidden, and another one each time that a form is shown anew; a form that comes back with errors keeps its own."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"required": False, "max_length": LONGEST, "initial": _new_token}
        super().__init__(**(defaults | {"widget": forms.HiddenInput()} | options))


def came_before(token: str, *, user_id: int) -> bool:
    """Whether that user's form with this token has been acted upon."""
    return bool(token) and IdempotencyKey.objects.filter(user_id=user_id, key=f"form:{token}").exists()


@transaction.atomic
def once(token: str, *, user_id: int, act: Callable[[], int]) -> int:
    """The key of what `act` makes, or made when that user's form with this token first came; without one `act` runs.

    The same form at the same moment waits for the first to end. Where `act` raises, the token counts as never sent.
    """
    if not token:
        return act()
    of = {"fingerprint": "", "status": 0, "body": {}}
    taken, is_new = IdempotencyKey.objects.get_or_create(user_id=user_id, key=f"form:{token}", defaults=of)
    if is_new:
        taken.body = {"made": act()}
        taken.save(update_fields=["body"])
    made: int = taken.body["made"]
    return made


def _new_token() -> str:
    return uuid.uuid4().hex
