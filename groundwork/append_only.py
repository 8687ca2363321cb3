"""Tables that only grow: triggers that refuse everything but one closing stamp, set once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import pgtrigger
from pgtrigger.core import Trigger


def append_only(*, stamp: Sequence[str] = ()) -> list[Trigger]:
    """Triggers for `Meta.triggers` of an append-only model.

    `stamp` names the fields of the closing stamp, its instant first ("retracted_at", "retracted_by", "retracted_why").
    They may go from null to a value together, once; every other UPDATE, and any DELETE or TRUNCATE, raises
    django.db.InternalError.
    """
    triggers: list[Trigger] = [
        pgtrigger.Protect(name="keep_rows", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="keep_table",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'the table % only grows', TG_TABLE_NAME;",
        ),
        pgtrigger.ReadOnly(name="keep_values", exclude=list(stamp))
        if stamp
        else pgtrigger.ReadOnly(name="keep_values"),
    ]
    if stamp:
        triggers.append(
            pgtrigger.Protect(
                name="stamp_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(**{f"old__{stamp[0]}__isnull": False}) & _any_change(stamp),
            )
        )
    return triggers


def _any_change(fields: Sequence[str]) -> pgtrigger.Q:
    return reduce(or_, [pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields])
