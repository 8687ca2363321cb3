"""A find as JSON holds it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def json_fields(found: DataclassInstance) -> dict[str, Any]:
    """The fields of a find as the reader's contract prints them: dates as ISO strings, tuples as lists."""
    return {name: plain(value) for name, value in asdict(found).items()}


def plain(value: Any) -> Any:
    """A value of a find as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
