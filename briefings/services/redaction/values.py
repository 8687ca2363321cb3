"""What stands in a column once its words have gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from briefings.services.redaction.targets import options_of
from groundwork.redaction import Finder, Table, fitting, in_strings, is_marked, marker, masked

NOWHERE: Final = "https://redacted.invalid/"
_A_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# What a find says in words of our own, by which it is confirmed or undone.
_CODES: Final = frozenset(
    "measure aggregation stance basis shape triage horizon term yardstick flags section rule language time_zone".split()
)
# What a record that is redacted whole keeps: the word of likelihood that the score rests on, and what tells an
# imported row from the others. Words that are named are struck from these too.
_KEPT: Final = frozenset({"term_text", "key", "author", "cursor"})
# JSON that somebody still reads, kinds of bytes, addresses within the site, names of rows.
_OTHERWISE: Final = {"rows": "[]", "media_type": "text/plain", "url": "", "key": "redacted-{pk}"}
# Of these there is one of each, so that the marker comes with the row's number.
_UNIQUE: Final = frozenset({("sources.Source", "name"), ("sources.Topic", "name"), ("claims.Series", "subject")})


class Replacer:
    """Replaces values of one table's columns, on one day."""

    def __init__(self, label: str, table: Table, *, on: date) -> None:
        self._label, self._table, self._on = label, table, on

    def whole(self, name: str, value: Any, pk: Any) -> Any:
        """What stands in a column of a row that is redacted; nothing stays nothing."""
        if name in self._table.figures:
            return None
        if not value or name in _KEPT or (isinstance(value, str) and (_A_DAY.fullmatch(value) or is_marked(value))):
            return value
        match self._field(name):
            case models.BinaryField():
                return marker(self._on).encode()
            case models.JSONField():
                return self._covered(value)
            case ArrayField():
                return [marker(self._on)]
            case _:
                return self._text(name, value, pk)

    def _covered(self, value: Any) -> Any:
        """A JSON value of the same form with every text in it replaced, but for days and our own codes."""
        match value:
            case str():
                return value if not value or _A_DAY.fullmatch(value) else marker(self._on)
            case list():
                return [self._covered(each) for each in value]
            case dict():
                return {key: self._in_find(key, each) for key, each in value.items()}
            case _:
                return value

    def _in_find(self, key: str, value: Any) -> Any:
        if key in _CODES:
            return value
        return None if key.startswith("value_") else self._covered(value)

    def struck(self, name: str, value: Any, pk: Any, finders: Sequence[tuple[Finder, str]]) -> Any:
        """The value without the passages that are found, each finder with what is put there; else the same."""
        for finder, put in finders:
            value = self._without(name, value, pk, finder, put)
        return value

    def _without(self, name: str, value: Any, pk: Any, finder: Finder, put: str) -> Any:
        match value:
            case bytes() | memoryview():
                data = bytes(value)
                return marker(self._on).encode() if _stands_in(data, finder) else data
            case str():
                return self._cut(name, value, pk, finder, put) if finder.finds(value) else value
            case list() | dict():
                return in_strings(value, lambda text: finder.replaced(text, lambda _found: put))
            case _:
                return value

    def _cut(self, name: str, value: str, pk: Any, finder: Finder, put: str) -> str:
        if name in self._table.aligned:
            return finder.replaced(value, lambda found: masked(found, on=self._on))
        if self._is_name_of_a_kind(name):
            return self._text(name, value, pk)
        left = finder.replaced(value, lambda _found: put)
        longest = self._field(name).max_length
        return left if longest is None or len(left) <= longest else fitting(self._on, longest=longest)

    def _text(self, name: str, value: str, pk: Any) -> str:
        if name in self._table.aligned:
            return masked(value, on=self._on)
        if name in _OTHERWISE and not isinstance(self._field(name), models.URLField):
            return _OTHERWISE[name].format(pk=pk)
        match self._field(name):
            case models.EmailField():
                return f"redacted-{pk}@redacted.invalid"
            case models.SlugField():
                return f"redacted-{pk}"
            case models.URLField():
                return NOWHERE
            case field:
                number = f" ({pk})" if (self._label, name) in _UNIQUE else ""
                return fitting(self._on, longest=field.max_length) + number

    def _is_name_of_a_kind(self, name: str) -> bool:
        """Whether a piece of it means nothing: an address, or what has to stay one of its kind."""
        field = self._field(name)
        kinds = (models.EmailField, models.SlugField, models.URLField)
        return isinstance(field, kinds) or name in _OTHERWISE or (self._label, name) in _UNIQUE

    def _field(self, name: str) -> models.Field[Any, Any]:
        field = options_of(self._label).get_field(name)
        assert isinstance(field, models.Field)
        return field


def _stands_in(data: bytes, finder: Finder) -> bool:
    return any(finder.finds(data.decode(encoding, "ignore")) for encoding in ("utf-8", "utf-16", "latin-1"))
