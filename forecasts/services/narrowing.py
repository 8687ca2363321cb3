"""What a track record is narrowed to, said of a score's own columns, so that no forecast has to be looked up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import Q

_SINCE: Final = "made_on__gte"
_UNTIL: Final = "made_on__lte"
AUTHORS: Final = "author__in"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions that all hold: a lookup of a score's column and its value, which is a number, a word, a day or a list.

    As they can be written down as JSON, they name what is remembered, and a task is given them.
    """

    conditions: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of_rows(cls, rows: Iterable[Iterable[Any]]) -> Narrowing:
        """From what `as_rows` gave."""
        return cls(tuple((lookup, value) for lookup, value in rows))

    @property
    def q(self) -> Q:
        return Q(*(Q(**{lookup: value}) for lookup, value in self.conditions))

    @property
    def since(self) -> date | None:
        """The first day on which these forecasts were made."""
        return max((day for day in self._days(_SINCE)), default=None)

    @property
    def until(self) -> date | None:
        """The last such day."""
        return min((day for day in self._days(_UNTIL)), default=None)

    def made_since(self, day: date) -> Narrowing:
        """The same from another day on."""
        return self._with(_SINCE, day.isoformat())

    def written_by(self, authors: Iterable[int]) -> Narrowing:
        """The same of these authors alone, by the numbers of their sources."""
        return self._with(AUTHORS, sorted(authors))

    def as_rows(self) -> list[list[Any]]:
        """As JSON has it."""
        rows: list[list[Any]] = json.loads(json.dumps(sorted(self.conditions, key=repr), default=str))
        return rows

    def _with(self, lookup: str, value: Any) -> Narrowing:
        others = [each for each in self.conditions if each[0] != lookup]
        return replace(self, conditions=(*others, (lookup, value)))

    def _days(self, lookup: str) -> list[date]:
        values = [value for name, value in self.conditions if name == lookup]
        return [value if isinstance(value, date) else date.fromisoformat(value) for value in values]


EVERYTHING: Final = Narrowing()
