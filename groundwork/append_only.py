"""Tables that only grow: triggers that refuse everything but one closing stamp, set once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import pgtrigger
from pgtrigger.core import Trigger


def append_only(*, stamp: Sequence[str] = (), release: str = "") -> list[Trigger]:
    """Triggers for `Meta.triggers` of an append-only model.

    `stamp` names the fields of the closing stamp, its instant first ("retracted_at", "retracted_by", "retracted_why"),
    `release` the instant at which the row became public. Stamp and release may each go from null to a value, once;
    every other UPDATE, and any DELETE or TRUNCATE, raises django.db.ProgrammingError.
    """
    free = [*stamp, release] if release else list(stamp)
    triggers: list[Trigger] = [
        pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="keep_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'the table % only grows', TG_TABLE_NAME;",
        ),
        pgtrigger.ReadOnly(name="keep_values", exclude=free or None),
    ]
    if stamp:
        triggers.append(_once("stamp_once", stamp))
    if release:
        triggers.append(_once("release_once", [release]))
    return triggers


def _once(name: str, fields: Sequence[str]) -> Trigger:
    """Refuse to change those fields again once the first of them is set."""
    is_set = pgtrigger.Q(**{f"old__{fields[0]}__isnull": False})
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=is_set & _any_change(fields))


def _any_change(fields: Sequence[str]) -> pgtrigger.Q:
    return reduce(or_, [pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields])
