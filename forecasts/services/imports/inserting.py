"""Storing many rows of a table by one statement, with a history that knows who did it (COPY would have none).

A row is a dict of the columns that are its own; what all rows have in common is given, and read, once. That starts
with `blank`, so that a field which is added to a model later gets its default here too; making a model's instance of
each row would take longer than all the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

Columns = dict[str, Any]


def blank(model: type[Model], **values: Any) -> Columns:
    """The columns of a new row with their defaults, by column name, and with these values. Times are the caller's."""
    row = model()
    return {str(field.column): getattr(row, field.attname) for field in _fields(model)} | values


def next_keys(model: type[Model], count: int) -> list[int]:
    """So many primary keys that no other row has or will have."""
    query = """
        WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence)
        SELECT nextval(own.sequence) FROM own, generate_series(1, %s)
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [_table(model), count])
        return [key for (key,) in cursor.fetchall()]


_INSERT: Final = """
    INSERT INTO {table} ({columns}) SELECT {values}
      FROM json_populate_record(NULL::{table}, %s) AS base, json_populate_recordset(NULL::{table}, %s) AS own
"""


def insert(model: type[Model], rows: Sequence[Columns], *, base: Columns | None = None) -> None:
    """Insert rows, in their order, all with the same columns of their own, which win over those of `base`.

    Lists become arrays; days and instants may be text in ISO form.
    """
    if not rows:
        return
    own, common = list(rows[0]), {name: value for name, value in (base or {}).items() if name not in rows[0]}
    table = sql.Identifier(_table(model))
    values = [sql.Identifier("own", name) for name in own] + [sql.Identifier("base", name) for name in common]
    statement = sql.SQL(_INSERT).format(
        table=table,
        columns=sql.SQL(", ").join(map(sql.Identifier, [*own, *common])),
        values=sql.SQL(", ").join(values),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement.as_string(connection.connection),
            [json.dumps(each, cls=DjangoJSONEncoder) for each in (common, rows)],
        )


def _fields(model: type[Model]) -> Iterable[Field[Any, Any]]:
    """The model's own fields, without its key and what the database makes."""
    concrete = model._meta.concrete_fields  # noqa: SLF001 - Django's documented name
    return [field for field in concrete if not field.primary_key and not field.generated]


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's documented name
