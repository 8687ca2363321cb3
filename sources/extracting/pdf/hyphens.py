"""Words that a line's end has cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# The one that PDFium marks as a break's stands for all of them.
SOFT: Final = "\u00ad"
_HYPHENS: Final = (SOFT, "-", "\u2010")
_HEAD: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[\u00ad\u2010-]\Z")
_TAIL: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Such a word keeps its hyphen wherever the line ends. "Co", "anti" and "post" are not here: "cooperation" is one too.
_HEADS: Final = frozenset(
    "counter cross double ex far first full half hard high ill large long low medium mid near north one second self "
    "short single small south east west three two vice well cease air ground sea land year month week day".split()
)
# Shorter pieces are words by chance: "can" and "not" are what is left of "cannot".
_WORD_LENGTH: Final = 4
_TAILS: Final = frozenset(
    "term based led backed run held level range scale wide year old powered made time party controlled aligned "
    "occupied sponsored related owned like style free day week month hour aged size supplied trained friendly "
    "up off general chief east west old fire".split()
)


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words that are written whole on the lines, in small letters, with the hyphens that stand inside them."""
    words: set[str] = set()
    was_cut = False
    for line in lines:
        on_line = [word.lower().replace("\u2010", "-") for word in _WORD.findall(line)]
        is_cut = line.endswith(_HYPHENS)
        words.update(on_line[was_cut : len(on_line) - is_cut])
        was_cut = is_cut
    return frozenset(words)


def join(before: str, after: str, known: frozenset[str]) -> str:
    """Two lines as one; a word that was cut is mended where the document itself, or its ending, shows that it was."""
    head, tail = _HEAD.search(before), _TAIL.match(after)
    if not before.endswith(_HYPHENS) or not head:
        return f"{before} {after}"
    kept = before[:-1] + "-"
    if not tail or not tail[0].islower():
        return kept + after if after[:1].isalnum() else f"{kept} {after}"
    goes_on = after[tail.end() : tail.end() + 1] in _HYPHENS  # "commander-in-" and "chief" have lost none
    return kept + after if goes_on or not _was_cut(head[1].lower(), tail[0], known) else before[:-1] + after


def _was_cut(head: str, tail: str, known: frozenset[str]) -> bool:
    if f"{head}-{tail}" in known:
        return False
    if head + tail in known:
        return True
    last = head.rpartition("-")[2]
    if last in _HEADS:
        return len(last) < _WORD_LENGTH and tail not in known  # "ex-president", but "experts"
    if tail in _TAILS:
        return False
    return not (len(last) >= _WORD_LENGTH <= len(tail) and last in known and tail in known)
