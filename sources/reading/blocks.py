"""The text as blocks: paragraphs, bullets and lines that stand alone, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sources.reading.furniture import is_navigation, opens_credit
from sources.reading.headings import inline_heading, looks_like_heading, name_heading
from sources.reading.masthead import is_labelled, is_masthead_line, names_series, reads_as_name

BULLET = re.compile(
    r"(?P<sign>[•◦▪▫‣⁃·●○■□➢➤→►▸✓✔*+-]|(?<=\s)o|[–—]|\d{1,2}[.)]|\(?[a-z]\)|[a-h]\.|\(\d{1,2}\)|\(?[ivx]{1,4}[.)])\s+(?=\S)"
)
_SURE_SIGNS = frozenset("•◦▪▫‣⁃·●○■□➢➤→►▸✓✔*+-o")
_MARK = re.compile(r"(?P<hashes>#{1,6})\s+|(?P<quoted>>)(?!\s*\d)\s*")
_QUOTED_LINE = re.compile(r"\n>(?!\s*\d)")
_RULE = re.compile(r"\s*(?:(?:[-*_=~—–]\s*){3,})$")
_WRAPPED_AT_MOST = 160
_SLACK = 12
_MASTHEAD_REACH = 1_000
_SHORT_LINE = 80
_MASTHEAD_LINES = 6
_FULL_LINE = 70


class Line(NamedTuple):
    """One line that is not blank: where its content stands once indentation, bullet and #-marks are off."""

    start: int
    end: int
    indent: int
    sign: str
    level: int | None
    gap: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or bullet; `gap` is the number of blank lines above it.

    `words` are its words on one line: hard-wrapped lines belong to one paragraph.
    """

    start: int
    end: int
    indent: int
    sign: str
    level: int | None
    gap: int
    lines: int
    words: str


def read_lines(text: str) -> Iterator[Line]:
    """Every line that is neither blank (but for its marks) nor a drawn rule."""
    at, gap = 0, 0
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        line = _line(raw, start, gap)
        if line.start >= line.end or (_RULE.match(raw[:200]) and len(raw) <= 200):
            gap += 1
        else:
            yield line
            gap = 0


def _line(raw: str, start: int, gap: int) -> Line:
    indent = len(raw) - len(raw.lstrip())
    at, sign, level = indent, "", None
    if bullet := BULLET.match(raw, at):
        at, sign = bullet.end(), bullet["sign"]
    if mark := _MARK.match(raw, at):
        at, level = mark.end(), len(mark["hashes"] or "") or None
    end = len(raw.rstrip("# ")) if level else len(raw)
    return Line(start + at, start + max(at, end), indent, sign, level, gap)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a normalised text, in order; hard-wrapped lines are joined."""
    blocks: list[Block] = []
    run: list[Line] = []
    alone = _masthead_lines(text)
    for line in read_lines(text):
        if run and (line.start in alone or not _continues(text, run, line)):
            blocks.append(_block(text, run))
            run = []
        run.append(line)
    return (*blocks, *([_block(text, run)] if run else []))


def _masthead_lines(text: str) -> frozenset[int]:
    """Where the lines begin that stand for themselves: title, byline and date that follow each other without a gap."""
    chunks: list[list[Line]] = []
    for line in read_lines(text[:_MASTHEAD_REACH]):
        if line.gap or not chunks:
            chunks.append([])
        chunks[-1].append(line)
    return frozenset(
        line.start
        for chunk in chunks
        if _is_masthead(words := [text[line.start : line.end] for line in chunk])
        for before, line, now in zip(words, chunk[1:], words[1:], strict=False)
        if _may_open(now) and len(before) + 1 + len(now.split(maxsplit=1)[0]) <= _FULL_LINE
    )


def _may_open(line: str) -> bool:
    """Whether a line above the text can be one of its own, not the rest of the line before."""
    return not line[0].islower() or (is_labelled(line) and not line.endswith("."))


def _is_masthead(lines: Sequence[str]) -> bool:
    return (
        1 < len(lines) <= _MASTHEAD_LINES
        and any(is_masthead_line(line) or names_series(line) for line in lines)
        and not any(line.endswith((".", ",", ";")) and len(line) > _SHORT_LINE // 2 for line in lines)
    )


def _block(text: str, run: Sequence[Line]) -> Block:
    first, end = run[0], run[-1].end
    words = _on_one_line(text[first.start : end])
    return Block(first.start, end, first.indent, first.sign, first.level, first.gap, len(run), words)


def _on_one_line(piece: str) -> str:
    """Its words with single blanks, without the marks that lead each line of a quotation."""
    return " ".join((_QUOTED_LINE.sub("\n", piece) if "\n>" in piece else piece).split())


def _continues(text: str, run: Sequence[Line], line: Line) -> bool:
    previous = run[-1]
    if line.gap or line.level or previous.level or _starts_bullet(run[0], line):
        return False
    if len(run) == 1 and _stands_alone(text, previous):
        return False
    if _stands_alone(text, line) or inline_heading(text[line.start : line.end][:300]):
        return False
    return not (_ends_masthead_line(text, run, line) or _broken_on_purpose(text, run, line))


def _ends_masthead_line(text: str, run: Sequence[Line], line: Line) -> bool:
    """Byline and date often follow the title without a blank line between them."""
    if len(run) > 1 or run[0].sign or run[0].start > _MASTHEAD_REACH:
        return False
    before, words = text[run[0].start : run[0].end], text[line.start : line.end]
    if not _may_open(words):
        return False
    if is_masthead_line(before) or is_masthead_line(words):
        return len(before) < _WRAPPED_AT_MOST and not before.endswith(".")
    return len(before) < _SHORT_LINE and len(words) < _SHORT_LINE and reads_as_name(words)


def _starts_bullet(first: Line, line: Line) -> bool:
    """A number or dash at a line's start may also be the wrapped text's own."""
    return bool(line.sign) and (line.sign in _SURE_SIGNS or bool(first.sign) or line.sign[0] in "1(")


def _stands_alone(text: str, line: Line) -> bool:
    """A named heading, a credit with its label or navigation goes on in no line below it."""
    words = text[line.start : line.end]
    return name_heading(words) is not None or is_navigation(words) or opens_credit(words)


def _broken_on_purpose(text: str, run: Sequence[Line], line: Line) -> bool:
    """Whether the line before ended although the next word would have fitted."""
    previous = run[-1]
    before = text[previous.start : previous.end]
    if len(before) > _WRAPPED_AT_MOST:
        return before.endswith((".", "!", "?", "”", '"', ":"))
    first_word = len(text[line.start : line.end].split(maxsplit=1)[0])
    width = max(line.end - line.start, *(each.end - each.start for each in run[-3:]), 0)
    if text[line.start].islower():
        return False
    forced = len(before) + first_word + 1 + _SLACK > width
    return not forced and not run[0].sign and looks_like_heading(before)


def dedented(text: str, block: Block, start: int) -> Block:
    """The same block from a later position on."""
    return replace(block, start=start, words=_on_one_line(text[start : block.end]))
