"""Deciding on what a reader found: once, and by somebody. What becomes of it is for the apps of the records."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from sources.choices import Decision
from sources.errors import AlreadyDecided, AlreadyFound, NothingToUndo
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


def decided(suggestion: S) -> S:
    """The suggestion with its article, locked until the caller's transaction ends. Raises NothingToUndo."""
    rows = type(suggestion)._default_manager.select_for_update(of=("self",))  # noqa: SLF001 - as above
    locked = rows.select_related("article__source").get(pk=suggestion.pk)
    if locked.is_pending:
        raise NothingToUndo(_("Somebody has undone this decision already."))
    return locked


def reopen(suggestion: Suggestion, **record: object) -> None:
    """Let a suggestion that is locked wait for its decision again; `record` is the field of what it had become."""
    values = {"decision": Decision.PENDING, "decided_by": None, "decided_at": None, **record}
    for name, value in values.items():
        setattr(suggestion, name, value)
    suggestion.save(update_fields=list(values))


def add_find(kind: type[S], **values: Any) -> S:
    """A new pending suggestion of that kind. Raises AlreadyFound where one covers exactly that span already."""
    place = {name: values[name] for name in ("article", "start", "end")}
    row, is_new = kind._default_manager.get_or_create(**place, part=values.get("part", 0), defaults=values)  # noqa: SLF001 - as above
    if not is_new:
        raise AlreadyFound(_("There is a find at exactly this place already: %s.") % row.get_decision_display())
    return row
