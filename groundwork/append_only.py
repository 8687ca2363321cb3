"""Tables that only grow: triggers that refuse everything but one closing stamp, set once, and a redaction.

A redaction may replace a row's words, and nothing else of it: not its relations, outcomes, chances or hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import pgtrigger
from pgtrigger.core import Trigger

from groundwork.redaction import unless_redacting


def append_only(*, stamp: Sequence[str] = (), release: str = "", words: Sequence[str] = ()) -> list[Trigger]:
    """Triggers for `Meta.triggers` of an append-only model.

    `stamp` names the fields of the closing stamp, its instant first ("retracted_at", "retracted_by", "retracted_why"),
    `release` the instant at which the row became public, `words` what a redaction replaces. Stamp and release may each
    go from null to a value, once; every other UPDATE, and any DELETE or TRUNCATE, raises
    django.db.ProgrammingError.
    """
    free = [*stamp, release] if release else list(stamp)
    held = [field for field in words if field not in free]
    triggers: list[Trigger] = [
        pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="keep_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'the table % only grows', TG_TABLE_NAME;",
        ),
        pgtrigger.ReadOnly(name="keep_values", exclude=[*free, *held] or None),
    ]
    if held:
        triggers.append(keep_words(held))
    if stamp:
        triggers.extend(_once("stamp_once", stamp, words=words))
    if release:
        triggers.extend(_once("release_once", [release], words=()))
    return triggers


def keep_words(words: Sequence[str]) -> Trigger:
    """Refuse a change of these fields, but for a redaction."""
    return unless_redacting("keep_words", _any_change(words))


def history_of(words: Sequence[str]) -> dict[str, Any]:
    """Keywords for `pghistory.track`: its rows stay as they are, but for the words that a redaction replaces."""
    triggers = [
        pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        pgtrigger.ReadOnly(name="keep_values", exclude=list(words)),
        keep_words(words),
    ]
    return {"append_only": False, "meta": {"triggers": triggers}}


def _once(name: str, fields: Sequence[str], *, words: Sequence[str]) -> list[Trigger]:
    """Refuse to change those fields again once the first of them is set; for a redaction, those without words."""
    is_set = pgtrigger.Q(**{f"old__{fields[0]}__isnull": False})
    kept = [field for field in fields if field not in words]
    said = [field for field in fields if field in words]
    triggers: list[Trigger] = [
        pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=is_set & _any_change(kept))
    ]
    if said:
        triggers.append(unless_redacting(f"{name}_words", is_set & _any_change(said)))
    return triggers


def _any_change(fields: Sequence[str]) -> pgtrigger.Q:
    return reduce(or_, [pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields])
