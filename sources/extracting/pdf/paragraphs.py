"""Lines to blocks: headings, paragraphs and list items, as the readers take them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

from sources.extracting.pdf.hyphens import SOFT, join, vocabulary
from sources.extracting.pdf.lines import Line, body_size
from sources.reading.headings import name_heading
from sources.reading.masthead import is_masthead_line, reads_as_name

_SAME_SIZE: Final = 0.06
_HEADING_SIZE: Final = 1.1
_HEADING_LENGTH: Final = 200
_HEADING_LINES: Final = 3
_BOLD_WORDS: Final = 14
_PARAGRAPH_GAP: Final = 1.3  # of the usual distance from line to line
_USUAL_PITCH: Final = 1.2  # of the size, where the document shows none
_INDENT: Final = 0.7  # of the size
_SLACK: Final = 1.2
_MASTHEAD_BLOCKS: Final = 8
_SENTENCE_END: Final = re.compile(r"[.!?:;…][”\"’')\]]*\Z")
_NOTE_NUMBER: Final = re.compile(r"\[?(\d{1,3})[\].)]*\s*")


class Paragraphs:
    """Makes blocks of a document's lines, by the measures of the whole document: sizes, pitch, vocabulary."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.known = vocabulary(line.words for line in lines)
        self.body_size = body_size(lines)
        self.pitch = _pitches(lines)
        self.lists: list[float] = []

    def blocks(self, lines: Sequence[Line]) -> list[str]:
        """The blocks as text: "#"-marks on headings, list items with their sign, indented by level."""
        runs = list(self._runs(lines))
        headings = [self._is_heading(run, number) for number, run in enumerate(runs)]
        sizes = _classes(self._rank(run) for run, is_heading in zip(runs, headings, strict=True) if is_heading)
        blocks = []
        for run, is_heading in zip(runs, headings, strict=True):
            words = self._words(run)
            if is_heading:
                level = 1 + next(place for place, size in enumerate(sizes) if _is_like(size, self._rank(run)))
                self.lists = []
                whole = f"{run[0].sign} {words}" if run[0].sign not in {"", "-"} else words
                blocks.append(f"{'#' * min(level, 6)} {whole}")
            elif run[0].sign:
                blocks.append(f"{'  ' * self._depth(run[0])}{run[0].sign} {words}")
            else:
                self._leave_list(run[0])
                blocks.append(words)
        return blocks

    def notes(self, lines: Sequence[Line]) -> list[str]:
        """Footnotes as blocks, their numbers in brackets."""
        blocks: list[str] = []
        for line in lines:
            number = _NOTE_NUMBER.match(line.whole)
            if number:
                blocks.append(f"[{number[1]}] {line.whole[number.end() :]}")
            elif blocks:
                blocks[-1] = join(blocks[-1], line.whole, self.known)
            else:
                blocks.append(line.whole)
        return [_clean(block) for block in blocks]

    def _runs(self, lines: Sequence[Line]) -> Iterator[list[Line]]:
        """The lines of each block."""
        run: list[Line] = []
        for line in lines:
            if run and self._continues(run, line):
                run.append(line)
                continue
            if run:
                yield run
            run = [line]
        if run:
            yield run

    def _continues(self, run: Sequence[Line], line: Line) -> bool:
        before = run[-1]
        if before.is_row or line.is_row or name_heading(before.words) is not None:
            return False
        if line.sign and (line.is_sure or _begins_item(run, line)):
            return False
        if not _is_like(line.size, before.size):
            return False
        if line.bold != before.bold:
            return not _is_short(before, line) and line.words[:1].islower()
        if line.region != before.region or line.box.top <= before.box.top:
            return not _is_short(before, line) and (line.words[:1].islower() or not _ends_sentence(before))
        return self._is_near(before, line) and self._stands_in_line(run, line)

    def _is_near(self, before: Line, line: Line) -> bool:
        pitch = self.pitch.get(round(line.size), _USUAL_PITCH * line.size)
        return line.box.top - before.box.top <= _PARAGRAPH_GAP * pitch

    def _stands_in_line(self, run: Sequence[Line], line: Line) -> bool:
        """Whether its indentation and the length of the line before let it belong to the block."""
        first, before = run[0], run[-1]
        if line.is_right_to_left:
            return True
        if self._is_large(line) and len(run) < _HEADING_LINES:
            return True  # headings are broken where it looks well, and may be centred
        if _is_short(before, line):
            return False
        indent = _INDENT * line.size
        if first.sign:
            return line.left > first.left - indent or not _ends_sentence(before)
        if len(run) == 1:
            return line.left < first.left + 6 * indent
        return line.left < before.left + indent

    def _is_large(self, line: Line) -> bool:
        return line.size >= _HEADING_SIZE * self.body_size

    def _is_heading(self, run: Sequence[Line], number: int) -> bool:
        words = self._words(run)
        if len(run) > _HEADING_LINES or len(words) > _HEADING_LENGTH or run[0].sign == "-" or run[0].is_row:
            return False
        if number < _MASTHEAD_BLOCKS and number > 0 and (is_masthead_line(words) or reads_as_name(words)):
            return False
        if words.endswith((".", ";", ",")) or not any(letter.isalpha() for letter in words):
            return False
        bold = all(line.bold for line in run) and run[0].size > 0.95 * self.body_size
        return self._is_large(run[0]) or (bold and len(words.split()) <= _BOLD_WORDS)

    def _rank(self, run: Sequence[Line]) -> float:
        """The size by which headings are ranked; one that is only bold ranks last."""
        return run[0].size if self._is_large(run[0]) else self.body_size

    def _words(self, run: Sequence[Line]) -> str:
        words = run[0].words
        for line in run[1:]:
            words = join(words, line.whole, self.known)
        return _clean(words)

    def _depth(self, line: Line) -> int:
        """How many lists the item stands in, by where its sign stands."""
        indent = _INDENT * line.size
        while self.lists and line.box.left < self.lists[-1] - indent:
            self.lists.pop()
        if not self.lists or line.box.left > self.lists[-1] + indent:
            self.lists.append(line.box.left)
        return len(self.lists) - 1

    def _leave_list(self, line: Line) -> None:
        if self.lists and line.left <= self.lists[0] + _INDENT * line.size:
            self.lists = []


def _pitches(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance from line to line, by size."""
    distances: dict[int, list[float]] = defaultdict(list)
    for before, line in itertools.pairwise(lines):
        distance = line.box.top - before.box.top
        if line.region == before.region and line.size == before.size and 0 < distance < 2.2 * line.size:
            distances[round(line.size)].append(distance)
    # Half of the gaps may be those between paragraphs: the usual one is among the smaller.
    return {size: median(sorted(each)[: max(len(each) // 2, 1)]) for size, each in distances.items()}


def _classes(sizes: Iterable[float]) -> list[float]:
    """The sizes of headings, largest first, those that are alike once."""
    classes: list[float] = []
    for size in sorted(set(sizes), reverse=True):
        if not classes or not _is_like(size, classes[-1]):
            classes.append(size)
    return classes


def _is_like(size: float, other: float) -> bool:
    return abs(size - other) <= _SAME_SIZE * max(size, other)


def _begins_item(run: Sequence[Line], line: Line) -> bool:
    """A dash or number at a line's start may be the wrapped text's own, unless the line before ended on purpose."""
    before = run[-1]
    return bool(run[0].sign and run[0].left > line.box.left) or _is_short(before, line) or _ends_sentence(before)


def _is_short(before: Line, line: Line) -> bool:
    """Whether the line ended although the next word would have fitted."""
    if before.is_right_to_left:
        return False
    word = len(line.whole.split(maxsplit=1)[0]) if line.whole else 0
    width = (line.box.right - line.box.left) * word / max(len(line.whole), 1)
    return before.edge - before.box.right > width + _SLACK * before.size


def _ends_sentence(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.words))


def _clean(words: str) -> str:
    return (words[:-1] + "-" if words.endswith(SOFT) else words).replace(SOFT, "")
