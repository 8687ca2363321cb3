"""Lines of a PDF: the stretches that stand beside each other, with the sign of a list item told apart."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from sources.extracting.pdf.columns import Region, in_reading_order
from sources.extracting.pdf.glyphs import Box, Page, Stretch

_SURE_SIGN: Final = re.compile(r"(?P<sign>[•◦▪▫‣⁃·●○■□➢➤])\s*(?=\S)")
_SIGN: Final = re.compile(
    r"(?P<sign>[-–—*+]|\d{1,2}[.)]|\(\d{1,2}\)|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?=\S)"
)  # without a stretch of its own it may be the wrapped text's
_BARE_SIGN: Final = re.compile(r"[•◦▪▫‣⁃·●○■□➢➤*+o–—-]|\d{1,2}[.)]|\(\d{1,2}\)|\(?[a-zA-Z]\)|\(?[ivx]{1,4}[.)]")
_COUNTS: Final = re.compile(r"\(?(\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]+\Z")
_CELL: Final = " | "
_CELL_GAP: Final = 1.1
_EVEN: Final = 1.0  # points by which the gaps of a line differ that is stretched to the width of its column
_MOST_DOTS: Final = 400
_NEAR_LEFT: Final = 15.0
_REACH_OUT: Final = 0.05  # of the lines of a column


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column.

    `sign` begins a list item ("-" for every bullet, else a number as written), and is sure where nothing else can be
    meant; `words` come without it and begin at `left`. `region` numbers the columns of the document, `edge` is where
    the column's lines end, and `bound` where they end at the latest.
    """

    page: int
    region: int
    box: Box
    left: float
    size: float
    bold: bool
    words: str
    sign: str
    is_sure: bool
    is_row: bool
    bound: float
    edge: float = 0.0

    @property
    def whole(self) -> str:
        return f"{self.sign} {self.words}" if self.sign else self.words

    @property
    def is_right_to_left(self) -> bool:
        return is_right_to_left(self.words)


def read_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page, in reading order."""
    lines: list[list[Line]] = []
    region = 0
    for number, page in enumerate(pages):
        of_page: list[Line] = []
        for part in in_reading_order(page.stretches):
            of_page += _region(part, page, number, region)
            region += 1
        lines.append(of_page)
    return lines


def with_edges(lines: Sequence[Line]) -> list[Line]:
    """The same lines, knowing where their columns end.

    A column goes on from page to page: its edge is where the longest lines end of all columns that begin at the same
    place, but for a few that reach out and for those beyond the bound.
    """
    lefts: dict[int, float] = {}
    for line in lines:
        lefts[line.region] = min(lefts.get(line.region, line.box.left), line.box.left)
    group_of: dict[int, int] = {}
    start = -inf
    for region in sorted(lefts, key=lefts.__getitem__):
        if lefts[region] - start > _NEAR_LEFT:
            start, group = lefts[region], region
        group_of[region] = group
    rights: dict[int, list[float]] = defaultdict(list)
    for line in lines:
        rights[group_of[line.region]].append(line.box.right)
    for ends in rights.values():
        ends.sort()
    return [replace(line, edge=_edge(rights[group_of[line.region]], line)) for line in lines]


def _edge(ends: Sequence[float], line: Line) -> float:
    inside = bisect_right(ends, line.bound)
    return ends[inside - 1 - int(inside * _REACH_OUT)] if inside else line.box.right


def _region(part: Region, page: Page, number: int, region: int) -> Iterator[Line]:
    dots = page.dots if len(page.dots) <= _MOST_DOTS else ()
    for row in _rows(part.stretches):
        line = _line(row, number, region, part.bound)
        dot = None if line.sign else _dot_before(line, dots)
        yield replace(line, sign="-", is_sure=True, box=replace(line.box, left=dot.left)) if dot else line


def _rows(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    row: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: (each.box.top + each.box.bottom, each.box.left)):
        if row and not _on_one_line(row[0].box, stretch.box):
            yield row
            row = []
        row.append(stretch)
    if row:
        yield row


def _on_one_line(first: Box, second: Box) -> bool:
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > 0.5 * min(first.height, second.height)


def _line(row: list[Stretch], number: int, region: int, bound: float) -> Line:
    backwards = is_right_to_left(" ".join(each.words for each in row))
    row = sorted(row, key=lambda each: -each.box.right if backwards else each.box.left)
    signed = len(row) > 1 and not backwards and _BARE_SIGN.fullmatch(row[0].words) is not None
    text = row[1:] if signed else row
    words, is_row = _joined(text)
    sign, is_sure = _as_sign(row[0].words) if signed else "", signed
    left = text[0].box.left
    if not signed and not backwards:
        sign, is_sure, words, left = _sign_in(words, text[0])
    longest = max(text, key=lambda each: len(each.words))
    return Line(
        page=number,
        region=region,
        box=_around(row),
        left=left,
        size=longest.size,
        bold=all(each.bold for each in text),
        words=words,
        sign=sign,
        is_sure=is_sure,
        is_row=is_row,
        bound=bound,
    )


def _joined(stretches: Sequence[Stretch]) -> tuple[str, bool]:
    """The words of a line, bars where wide gaps part them, and whether there are any."""
    gaps = [
        max(after.box.left - before.box.right, before.box.left - after.box.right)
        for before, after in itertools.pairwise(stretches)
    ]
    is_stretched = len(gaps) > 1 and max(gaps) - min(gaps) < _EVEN and not any(" " in each.words for each in stretches)
    cells = [gap > _CELL_GAP * each.size and not is_stretched for gap, each in zip(gaps, stretches, strict=False)]
    pieces = [stretches[0].words]
    for is_cell, stretch in zip(cells, stretches[1:], strict=True):
        pieces += [_CELL if is_cell else " ", stretch.words]
    return "".join(pieces), any(cells)


def _sign_in(words: str, first: Stretch) -> tuple[str, bool, str, float]:
    match = _SURE_SIGN.match(words) or _SIGN.match(words)
    if not match:
        return "", False, words, first.box.left
    width = (first.box.right - first.box.left) * min(match.end() / max(len(first.words), 1), 1.0)
    return _as_sign(match["sign"]), match.re is _SURE_SIGN, words[match.end() :], first.box.left + width


def _as_sign(sign: str) -> str:
    return sign if _COUNTS.match(sign) else "-"


def _dot_before(line: Line, dots: Sequence[Box]) -> Box | None:
    for dot in dots:
        is_level = line.box.top < (dot.top + dot.bottom) / 2 < line.box.bottom
        if is_level and 0 <= line.left - dot.right < 2 * line.size:
            return dot
    return None


def _around(row: Sequence[Stretch]) -> Box:
    return Box(
        min(each.box.left for each in row),
        min(each.box.top for each in row),
        max(each.box.right for each in row),
        max(each.box.bottom for each in row),
    )


def is_right_to_left(words: str) -> bool:
    letters = [unicodedata.bidirectional(letter) for letter in words if letter.isalpha()]
    return sum(each in {"R", "AL"} for each in letters) > len(letters) / 2


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is set."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.words)
    return letters.most_common(1)[0][0] if letters else 0.0
