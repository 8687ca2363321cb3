"""A document taken apart: masthead, summary, body, forecast section, credits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sources.reading.blocks import Block, dedented, read_blocks
from sources.reading.document_parts import Parts, Section, Sentence
from sources.reading.furniture import is_credit, is_furniture, is_navigation
from sources.reading.headings import (
    Heading,
    Kind,
    inline_heading,
    is_aside,
    is_exact_section,
    looks_like_heading,
    name_heading,
    unnumbered,
)
from sources.reading.language import guess_language
from sources.reading.masthead import is_masthead_line, read_masthead
from sources.reading.normalising import normalise
from sources.reading.sentences import split_sentences

_TITLE_LENGTH = 200
_HEAD_LINES = 12
_INLINE_AT_MOST = 300
_PROSE_LENGTH = 180


def read_parts(text: str) -> Parts:
    """The parts of an English briefing; offsets are those of the normalised text, which `Parts.text` carries."""
    normal = normalise(text)
    blocks = _without_tail(normal, read_blocks(normal))
    head = _masthead_length(blocks)
    masthead = read_masthead([(block.words, block.level) for block in blocks[:head] if _may_be_masthead(block)])
    sorter = _Sorter(normal, blocks)
    sorter.sort(head)
    return Parts(
        text=normal,
        title=masthead.title,
        byline=masthead.byline,
        published_on=masthead.published_on,
        language=guess_language(normal),
        summary=tuple(sorter.items["summary"]),
        body=tuple(sorter.items["body"]),
        credits=tuple(block.words.strip("*_ ") for block in blocks if is_credit(block.words)),
        sentences=tuple(sorter.sentences),
    )


def _without_tail(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks up to the navigation at the end ("Previous", a title, "Next", another title)."""
    cut = len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        words = blocks[index].words
        first_line = text[blocks[index].start : blocks[index].end].split("\n", 1)[0]
        if is_navigation(first_line) and len(words) <= _PROSE_LENGTH:
            cut = index
        elif len(words) > _PROSE_LENGTH:
            break
    return blocks[:cut]


def _may_be_masthead(block: Block) -> bool:
    return not is_furniture(block.words) and not is_credit(block.words)


def _masthead_length(blocks: Sequence[Block]) -> int:
    """How many blocks stand above the text proper."""
    for index, block in enumerate(blocks[:_HEAD_LINES]):
        words = block.words
        if is_furniture(words) or is_credit(words):
            continue
        if block.sign or _opens_section(words, first=index == 0) or _is_prose(words):
            return index
    return min(len(blocks), _HEAD_LINES)


def _opens_section(words: str, *, first: bool) -> bool:
    if first:
        return is_exact_section(words) or inline_heading(words[:_INLINE_AT_MOST]) is not None
    return name_heading(words) is not None or inline_heading(words[:_INLINE_AT_MOST]) is not None


def _is_prose(words: str) -> bool:
    if is_masthead_line(words):
        return False
    return len(words) > _TITLE_LENGTH or (words.endswith((".", ".”", '."')) and len(words.split()) > 5)


def _style(block: Block, words: str) -> str:
    """How a heading is set off from the text; empty where it is only a line of its own."""
    marks = (
        "#" * (block.level or 0),
        f"{'1' if block.sign[:1].isdigit() else block.sign}{block.indent}" if block.sign else "",
        "bold" if words.startswith(("**", "__")) else "",
        "capitals" if words.upper() == words and any(letter.isalpha() for letter in words) else "",
    )
    return " ".join(mark for mark in marks if mark)


@dataclass(slots=True)
class _Sorter:
    """Walks through the blocks and remembers which section and headings it stands under."""

    text: str
    blocks: Sequence[Block]
    section: Section | None = "body"
    section_level: int | None = None
    bulleted: bool | None = None
    next_heading: tuple[int, Kind | None] | None = None
    open_headings: list[Heading] = field(default_factory=list)
    empty: bool = True  # nothing has been said yet under the last heading
    items: dict[Section, list[str]] = field(default_factory=lambda: {"summary": [], "body": [], "forecast": []})
    sentences: list[Sentence] = field(default_factory=list)

    def sort(self, first: int) -> None:
        """Put every block from the given one on where it belongs."""
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            words = block.words
            if is_furniture(words) or is_credit(words):
                continue
            if heading := self._heading_at(index, words):
                self._enter(heading)
                continue
            self._take_block(index, block)

    def _take_block(self, index: int, block: Block) -> None:
        inline = inline_heading(self.text[block.start : min(block.end, block.start + _INLINE_AT_MOST)])
        if inline and is_aside(inline[0]):
            return
        if inline and self._is_allowed(inline[0]):
            self._enter(inline[0])
            block = dedented(self.text, block, block.start + inline[1])
        self._leave_summary_at(index, block)
        self._take(index, block)

    def _is_allowed(self, heading: Heading) -> bool:
        return heading.kind in {"summary", "forecast", "apart"} or self.section in {"forecast", "body"}

    def _heading_at(self, index: int, words: str) -> Heading | None:
        block = self.blocks[index]
        named = name_heading(words, level=block.level)
        numbered = self._is_numbered_heading(index, words)
        if named and (numbered or not (block.sign and named.kind in {"body", "apart"})):
            found = self._in_context(named, words, block)
        elif (
            block.level or numbered or self._is_plain_heading(index, words) or self._heads_nested_bullets(index, words)
        ):
            found = Heading("other", unnumbered(words), block.level)
        else:
            return None
        return found and replace(found, style=_style(block, words))

    def _is_numbered_heading(self, index: int, words: str) -> bool:
        """Whether "2. The landing" heads what follows: it stands apart and is no point of a list."""
        block = self.blocks[index]
        if (
            not block.sign[:1].isdigit()
            or block.lines > 1
            or not looks_like_heading(words)
            or index + 1 == len(self.blocks)
        ):
            return False
        beside = (*self.blocks[max(0, index - 1) : index], self.blocks[index + 1])
        apart = block.gap > 0 or index == 0
        return apart and not any(each.sign[:1].isdigit() and each.indent == block.indent for each in beside)

    def _in_context(self, heading: Heading, words: str, block: Block) -> Heading | None:
        """A scenario's name is one only where scenarios are told."""
        if heading.kind == "scenario" and self.section != "forecast":
            return Heading("other", heading.name, heading.level) if not block.sign else None
        return heading

    def _is_plain_heading(self, index: int, words: str) -> bool:
        block = self.blocks[index]
        bold = words.startswith("**") and words.rstrip(":").endswith("**")
        return (
            not block.sign
            and block.lines == 1
            and index + 1 < len(self.blocks)
            and looks_like_heading(words)
            and (bold or not self.blocks[index + 1].sign or words.endswith(":") or len(words.split()) <= 6)
        )

    def _heads_nested_bullets(self, index: int, words: str) -> bool:
        block = self.blocks[index]
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return bool(block.sign and after and after.sign and after.indent > block.indent and looks_like_heading(words))

    def _enter(self, heading: Heading) -> None:
        empty, self.empty = self.empty, True
        if heading.kind in {"summary", "forecast", "body", "apart"}:
            self._enter_section(heading)
        elif self.section == "summary" or self._ends_section(heading):
            self._enter_section(replace(heading, kind="body"))
        else:
            self._nest(heading, directly=empty)

    def _enter_section(self, heading: Heading) -> None:
        sections: dict[str, Section | None] = {"summary": "summary", "forecast": "forecast", "apart": None}
        self.section = sections.get(heading.kind, "body")
        self.section_level = heading.level
        self.bulleted = None
        self.open_headings = [heading]

    def _ends_section(self, heading: Heading) -> bool:
        """A heading of the section's own level or above ends it, unless it names a horizon or scenario."""
        if self.section is None:
            return heading.level is not None
        return (
            heading.kind == "other"
            and heading.level is not None
            and self.section_level is not None
            and heading.level <= self.section_level
        )

    def _nest(self, heading: Heading, *, directly: bool) -> None:
        """Put a heading below those that are open, in the place of those of its own rank.

        A topic in the dress of a horizon above it is its neighbour, unless it stands directly below it.
        """
        for depth, above in enumerate(self.open_headings):
            if self._gives_way(above, heading, depth, directly=directly):
                self.open_headings = self.open_headings[:depth]
                break
        self.open_headings.append(heading)

    def _gives_way(self, above: Heading, heading: Heading, depth: int, *, directly: bool) -> bool:
        if above.kind == heading.kind or (above.level and heading.level and above.level >= heading.level):
            return True
        is_last = depth == len(self.open_headings) - 1
        alike = bool(above.style) and above.style == heading.style
        return heading.kind == "other" and above.kind == "horizon" and is_last and alike and not directly

    def _leave_summary_at(self, index: int, block: Block) -> None:
        """A summary of bullets ends at the first paragraph, one of paragraphs after its first."""
        if self.section != "summary":
            return
        is_bullet = bool(block.sign) or (self.bulleted is True and block.indent >= 2)
        if self.bulleted is None:
            self.bulleted = is_bullet
        elif (self.bulleted and not is_bullet) or (not is_bullet and not self._summary_goes_on(index)):
            self._enter_section(Heading("body", "", None))
            self.open_headings = []

    def _summary_goes_on(self, index: int) -> bool:
        """Paragraphs belong to the summary as long as a heading of the body is still to come."""
        if self.blocks[index].gap > 1:
            return False
        if self.next_heading is None or self.next_heading[0] <= index:
            self.next_heading = self._heading_after(index)
        return self.next_heading[1] in {"body", "other"}

    def _heading_after(self, index: int) -> tuple[int, Kind | None]:
        """Where the next heading stands and of which kind it is; behind all blocks where there is none."""
        for later in range(index + 1, len(self.blocks)):
            if heading := self._heading_at(later, self.blocks[later].words):
                return later, heading.kind
        return len(self.blocks), None

    def _take(self, number: int, block: Block) -> None:
        if self.section is None:
            return
        self.empty = False
        self.items[self.section].append(block.words)
        self.sentences.extend(self._sentences_of(number, block, self.section))

    def _sentences_of(self, number: int, block: Block, section: Section) -> Iterator[Sentence]:
        under = tuple(heading.name for heading in self.open_headings)
        for span in split_sentences(self.text, block.start, block.end):
            yield Sentence(span.start, span.end, section, under[-1] if under else None, number, under)
