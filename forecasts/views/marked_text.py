"""An article's text in paragraphs, with the places marked that something was found in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from sources.reading.blocks import Block, read_blocks
from sources.reading.headings import name_heading

DEEPEST = 3


class Spanned(Protocol):
    """Something with a place in the text, in code points, its end exclusive."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `mark` is what was found there, `is_first` whether it begins there."""

    text: str
    mark: Spanned | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, heading or bullet; `start` is its place in the text, `depth` 0 for no bullet, else 1 to 3."""

    start: int
    pieces: tuple[Piece, ...]
    is_heading: bool
    depth: int


def marked_text(text: str, marks: Sequence[Spanned]) -> list[Paragraph]:
    """The text's paragraphs. Where marks overlap, the shortest one has the place; the others keep what is left."""
    blocks = read_blocks(text)
    indents = sorted({block.indent for block in blocks if block.sign})
    spans = sorted(marks, key=lambda mark: (mark.start, mark.end))
    begun: set[int] = set()
    return [_paragraph(text, block, spans, indents, begun) for block in blocks]


def _paragraph(text: str, block: Block, spans: Sequence[Spanned], indents: Sequence[int], begun: set[int]) -> Paragraph:
    within = [mark for mark in spans if mark.start < block.end and mark.end > block.start]
    depth = min(indents.index(block.indent) + 1, DEEPEST) if block.sign else 0
    words = text[block.start : block.end]
    is_heading = block.level is not None or name_heading(words[:300]) is not None
    return Paragraph(block.start, tuple(_pieces(text, block, within, begun)), is_heading, depth)


def _pieces(text: str, block: Block, marks: Sequence[Spanned], begun: set[int]) -> Iterator[Piece]:
    edges = {block.start, block.end}
    for mark in marks:
        edges |= {max(mark.start, block.start), min(mark.end, block.end)}
    for start, end in pairwise(sorted(edges)):
        covering = [mark for mark in marks if mark.start <= start and mark.end >= end]
        shortest = min(covering, key=lambda each: each.end - each.start, default=None)
        yield Piece(text[start:end], shortest, shortest is not None and id(shortest) not in begun)
        begun.add(id(shortest))
