"""Deciding on what a reader found: once, and by somebody. What becomes of it is for the apps of the records."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from sources.choices import Decision
from sources.errors import AlreadyDecided
from sources.models import Suggestion

S = TypeVar("S", bound=Suggestion)


def undecided(suggestion: S) -> S:
    """The suggestion with its article, locked until the caller's transaction ends. Raises AlreadyDecided."""
    rows = type(suggestion)._default_manager.select_for_update(of=("self",))  # noqa: SLF001 - Django's documented name
    locked = rows.select_related("article__source").get(pk=suggestion.pk)
    if not locked.is_pending:
        raise AlreadyDecided(_("Somebody has decided this find already: it was %s.") % locked.get_decision_display())
    return locked


def decide(suggestion: Suggestion, decision: str, *, by: User, at: datetime, **record: object) -> None:
    """Note the decision on a suggestion that is locked, with the record that it became; `record` is that field."""
    values = {"decision": decision, "decided_by": by, "decided_at": at, **record}
    for name, value in values.items():
        setattr(suggestion, name, value)
    suggestion.save(update_fields=list(values))


@transaction.atomic
def dismiss(suggestion: Suggestion, *, by: User, at: datetime) -> None:
    """Decide that a find is none. Raises AlreadyDecided."""
    decide(undecided(suggestion), Decision.DISMISSED, by=by, at=at)


@transaction.atomic
def restore(suggestion: Suggestion) -> None:
    """Take a dismissal back; what became a record stays one."""
    dismissed = type(suggestion)._default_manager.filter(pk=suggestion.pk, decision=Decision.DISMISSED)  # noqa: SLF001 - as above
    dismissed.update(decision=Decision.PENDING, decided_by=None, decided_at=None)
