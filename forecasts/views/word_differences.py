"""Two wordings side by side, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Words that both have, that only the older has (removed), or only the newer (added)."""

    kind: Literal["same", "removed", "added"]
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces of both, in their order; without the added ones they are `old`, without the removed ones `new`."""
    pieces: list[Piece] = []
    removed = added = ""
    for same, before, after in _runs(_WORDS.findall(old), _WORDS.findall(new)):
        # A space alone between two changes is no word that both have.
        if not same or ((removed or added) and before.isspace()):
            removed, added = removed + before, added + after
            continue
        pieces += [*_changed(removed, added), Piece("same", before)]
        removed = added = ""
    return pieces + _changed(removed, added)


def _runs(before: list[str], after: list[str]) -> Iterator[tuple[bool, str, str]]:
    for kind, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield kind == "equal", "".join(before[start:end]), "".join(after[from_:to])


def _changed(removed: str, added: str) -> list[Piece]:
    pieces = [Piece("removed", removed), Piece("added", added)]
    return [piece for piece in pieces if piece.text]
