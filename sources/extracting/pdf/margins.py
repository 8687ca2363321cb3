"""Running headers, footers, page numbers and footnotes: what stands on a page beside its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from statistics import median
from typing import Final

from sources.extracting.pdf.lines import Line, body_size
from sources.reading.masthead import read_masthead

_ZONE: Final = 0.12  # of the height of the page, at either end
_HEAD: Final = 12  # lines in which a date counts as that of the text
_GAP: Final = 0.6  # of its size between the header and the text, at least
_OUTERMOST: Final = 4  # lines at either end
_MARGIN: Final = 0.07  # of the height: what stands here, well apart from the text, is the page's
_APART: Final = 2.0  # of its size
_LETTERS: Final = 1.25  # of the text's size, at most,
_BELOW_TITLE: Final = 0.8  # or of the largest letters on the page
_PAGES_AT_LEAST: Final = 2
_SHARE: Final = 0.3  # headers change from chapter to chapter, or from left to right page
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:(?:page|p\.)\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*|\W*[ivxl]{1,6}\W*", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")
_NOTE: Final = re.compile(r"(?:\[?\d{1,3}[\].)]?|[*†‡])\s*\S")
_NOTE_SIZE: Final = 0.9


def without_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without what is repeated at the ends of pages, and without page numbers.

    A date at the top of the first page stays where the text below names none.
    """
    size = body_size(chain.from_iterable(pages))
    edges = [_at_the_ends(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen: dict[tuple[str, bool], list[Line]] = defaultdict(list)
    for of_page in edges:
        for line, at_top in of_page:
            seen[_key(line, at_top=at_top)].append(line)
    needed = max(_PAGES_AT_LEAST, _SHARE * len(pages))
    repeated = {key: lines for key, lines in seen.items() if len({line.page for line in lines}) >= needed}
    kept = []
    for lines, of_page, height in zip(pages, edges, heights, strict=True):
        largest = max((line.size for line in lines), default=0.0)
        small = max(_LETTERS * size, _BELOW_TITLE * largest)
        dropped = {id(line) for line in _in_the_margin(lines, height) if line.size <= small}
        dropped |= {
            id(line)
            for line, at_top in of_page
            if _repeats(line, repeated.get(_key(line, at_top=at_top), [])) or _PAGE_NUMBER.fullmatch(line.whole)
        }
        kept.append([line for line in lines if id(line) not in dropped])
    dated = [line for line, at_top in edges[0] if at_top and _names_a_day([line])] if edges else []
    return kept if not dated or _names_a_day(kept[0][:_HEAD]) else [[*dated, *kept[0]], *kept[1:]]


def _names_a_day(lines: Sequence[Line]) -> bool:
    return read_masthead([(line.whole, None) for line in lines]).published_on is not None


def split_notes(lines: Sequence[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page's text, and those of the footnotes below it."""
    at = len(lines)
    while at > 0 and lines[at - 1].size <= _NOTE_SIZE * body_size:
        at -= 1
    while at < len(lines) and not _NOTE.match(lines[at].whole):
        at += 1
    return (list(lines[:at]), list(lines[at:])) if at > 0 else (list(lines), [])


def _at_the_ends(lines: Sequence[Line], height: float) -> list[tuple[Line, bool]]:
    """What is set off at the top (True) and at the bottom (False) of a page."""
    return [
        (line, at_top)
        for at_top in (True, False)
        for line in _set_off(lines, height, zone=_ZONE, gap=_GAP, at_top=at_top)
    ]


def _in_the_margin(lines: Sequence[Line], height: float) -> list[Line]:
    """What stands at the very top or bottom of a page, with a wide gap between it and the text."""
    return [
        line for at_top in (True, False) for line in _set_off(lines, height, zone=_MARGIN, gap=_APART, at_top=at_top)
    ]


def _set_off(lines: Sequence[Line], height: float, *, zone: float, gap: float, at_top: bool) -> list[Line]:
    """The few lines of a zone at one end of a page that a gap, in sizes of their letters, sets off from the rest."""
    ordered = sorted(lines, key=lambda line: line.box.top, reverse=not at_top)
    found = 0
    for number, (outer, inner) in enumerate(pairwise(ordered[: _OUTERMOST + 1]), 1):
        if (outer.box.bottom > zone * height) if at_top else (outer.box.top < (1 - zone) * height):
            break
        apart = inner.box.top - outer.box.bottom if at_top else outer.box.top - inner.box.bottom
        if apart >= gap * outer.size or (gap < 1 and 0 < outer.size < _NOTE_SIZE * inner.size):
            found = number
    return ordered[:found]


def _key(line: Line, *, at_top: bool) -> tuple[str, bool]:
    return _DIGITS.sub("#", line.whole.lower()), at_top


def _repeats(line: Line, others: Sequence[Line]) -> bool:
    """Whether the line is one of those that repeat: the title, in larger letters, is none of its running headers."""
    if not others:
        return False
    at, size = median(each.box.top for each in others), median(each.size for each in others)
    return abs(line.box.top - at) < 2 * size and abs(line.size - size) < 0.15 * size
