"""The error that every app's own errors are."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):
    """A service declined, and nothing was stored.

    `field` names the input to blame (None: the whole), `code` is stable for API clients, `conflict` says that the state
    of the record stood in the way rather than the input.
    """

    code = "refused"
    conflict = False

    def __init__(self, message: str | Promise, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        if code is not None:
            self.code = code


class Conflict(Refusal):
    """The record is no longer in the state that this needs."""

    code = "conflict"
    conflict = True
