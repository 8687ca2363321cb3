"""Fitting back-dated judgements in between those that one forecaster has made on one forecast."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


class Overlap(Exception):
    """Something else stood at that time, and what has ended once is not changed again."""


@dataclass(slots=True)
class Spell:
    """From when to when a judgement stands; `key` is None until it is stored."""

    made_at: datetime
    ended_at: datetime | None = None
    key: int | None = None


class Timeline:
    """One forecaster's judgements on one forecast, in their order; none overlaps the next."""

    def __init__(self, spells: Iterable[Spell] = ()) -> None:
        self._spells = sorted(spells, key=_made_at)

    def fit(self, new: Spell) -> Spell | None:
        """Put it in its place, ended where the next one begins; returns the one that ends with it, if one does.

        Raises Overlap, with a reason for people.
        """
        place = bisect_left(self._spells, new.made_at, key=_made_at)
        before = self._spells[place - 1] if place else None
        after = self._spells[place] if place < len(self._spells) else None
        if after is not None and after.made_at == new.made_at:
            raise Overlap(_("There is a judgement of the same author from that day already."))
        if before is not None and before.ended_at is not None and before.ended_at > new.made_at:
            raise Overlap(_("Another judgement of the same author stood at that time, from before to after it."))
        if after is not None:
            new.ended_at = after.made_at
        self._spells.insert(place, new)
        if before is None or before.ended_at is not None:
            return None
        before.ended_at = new.made_at
        return before


def _made_at(spell: Spell) -> datetime:
    return spell.made_at
