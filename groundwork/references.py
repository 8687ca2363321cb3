"""Public references: short, stable, usable in a mail and in a URL (`F-1042`)."""

from __future__ import annotations

import re
from typing import ClassVar

from django.urls import register_converter

LETTERS = {"source": "S", "article": "A", "series": "M", "claim": "C", "forecast": "F", "grade": "G"}
_DIGITS = "[1-9][0-9]{0,17}"


def reference(kind: str, pk: int) -> str:
    """`reference("forecast", 1042)` is `F-1042`."""
    return f"{LETTERS[kind]}-{pk}"


def parse(kind: str, text: str) -> int:
    """The number in a reference of that kind, in either case; ValueError for anything else."""
    match = re.fullmatch(f"{LETTERS[kind]}-({_DIGITS})", text.strip().upper())
    if match is None:
        raise ValueError(f"“{text}” is no reference; it would look like {LETTERS[kind]}-1042.")
    return int(match[1])


class Referenced:
    """A mixin for models with a public reference; `reference_kind` names its letter."""

    reference_kind: ClassVar[str]
    pk: int

    @property
    def reference(self) -> str:
        return reference(self.reference_kind, self.pk)


def _register(kind: str) -> None:
    letter = LETTERS[kind]

    class Converter:
        regex = f"{letter}-{_DIGITS}"

        def to_python(self, value: str) -> int:
            return int(value[2:])

        def to_url(self, value: int | str) -> str:
            return value if isinstance(value, str) else f"{letter}-{value}"

    register_converter(Converter, f"{kind}_ref")


for _kind in LETTERS:
    _register(_kind)
