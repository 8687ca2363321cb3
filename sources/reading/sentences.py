"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.reading.document_parts import Span
from sources.reading.word_sets import word_set

# A full stop after one of these ends no sentence.
TITLES = word_set(
    "mr mrs ms dr prof gen lt col maj capt sgt cpl brig adm cmdr gov sen rep pres rev hon rt amb st mt ft supt insp",
    "approx est ca cf vs viz e.g i.e al dept min incl",
)
# A full stop after one of these ends no sentence where a number follows.
BEFORE_NUMBERS = word_set(
    "no nos art arts vol fig p pp sec ch c pop para cap jan feb mar apr jun jul aug sep sept oct nov dec"
)
# A full stop after one of these ends a sentence only where the next word is one that opens sentences.
DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$|^(?:Inc|Ltd|Co|Corp|Jr|Sr|Bros)$")
OPENERS = word_set(
    "the a an this that these those it its he she they we i in on at by for from with but and or if unless as while",
    "when after before however meanwhile moreover there both since although though despite",
)

_END = re.compile(r"""[.!?…]+["'”’»)\]*_]*(?:\[\^?\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)*(?=\s|$)""")
_LAST_WORD = re.compile(r"[\w.’'-]*$")
_NEXT = re.compile(r"""\s*["'“‘«(\[*_]*([\w’'-]*)""")
_LONGEST_WORD = 30


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]`, in order, without the blanks around them."""
    at = start
    for match in _END.finditer(text, start, end):
        if match.start() >= at and _ends_here(text, match, end):
            yield from _trimmed(text, at, match.end())
            at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    if any(character.isalnum() for character in piece):
        yield Span(first, last)


def _ends_here(text: str, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    word = following.group(1) if following else ""
    if not word:
        return True
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return not word[0].islower()
    return _full_stop_ends(_word_before(text, stop.start()), word)


def _word_before(text: str, at: int) -> str:
    match = _LAST_WORD.search(text, max(0, at - _LONGEST_WORD), at)
    return match.group().strip("'’") if match else ""


def _full_stop_ends(before: str, after: str) -> bool:
    if after[0].islower():
        return False
    if before.lower() in TITLES or (before.lower() in BEFORE_NUMBERS and after[0].isdigit()):
        return False
    if DOTTED.search(before):
        return after.lower() in OPENERS
    return not (len(before) == 1 and before.isupper())
