"""The text of a Word document (.docx), block by block."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

import mammoth

from sources.extracting.archive import safe_parts
from sources.extracting.blocks import titled
from sources.extracting.refusals import Unreadable

_DEEPEST_LIST: Final = 6
_HEADING: Final = re.compile(r"h([1-6])")
_LISTS: Final = frozenset({"ul", "ol"})
_NOTES: Final = "## Notes"
_DC_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"


def _style_map() -> str:
    """What becomes of paragraphs by style, in mammoth's language; the first line that fits counts.

    "List Bullet 2" is a list of its own in Word, on its first level; so its name counts before its numbering. Where the
    name says no level, numbering counts before the name, which is all that is left where the numbering is lost.
    """
    lines = [
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name^='toc '] => !",
        "p[style-name='TOC Heading'] => !",
        *(f"p[style-name='{word} {level}'] => h6:fresh" for word in ("Heading", "heading") for level in (7, 8, 9)),
    ]
    for level in range(2, _DEEPEST_LIST):
        lines += _named_lists(level, f" {level}")
    for level in range(1, _DEEPEST_LIST + 1):
        above = "ul|ol > li > " * (level - 1)
        lines += [f"p:{kind}-list({level}) => {above}{kind[0]}l > li:fresh" for kind in ("unordered", "ordered")]
    lines += _named_lists(1, "")
    return "\n".join(lines)


def _named_lists(level: int, suffix: str) -> list[str]:
    above = "ul|ol > li > " * (level - 1)
    return [
        f"p[style-name='List Bullet{suffix}'] => {above}ul > li:fresh",
        f"p[style-name='List Number{suffix}'] => {above}ol > li:fresh",
    ]


def read_word(data: bytes) -> tuple[str | None, str]:
    """The title that the document's properties name, where its text has none, and the text of a .docx.

    Headings carry their "#", list items "-" or their number, indented by level; the cells of a table's row stand on one
    line between bars; a blank line parts the blocks. Running headers and footers, tables of contents, comments,
    pictures and deletions that are tracked are left out; footnotes come last. Raises Unreadable and OtherKind.
    """
    parts = safe_parts(data)
    body = _body(data)
    blocks = list(_Walk(below_title=body.find(".//h1[@class='title']") is not None).blocks(body))
    if not blocks:
        raise Unreadable("no_text")
    title, blocks = titled(blocks, _named_title(parts.get("docProps/core.xml", b"")))
    return title, "\n\n".join(blocks) + "\n"


def _body(data: bytes) -> ET.Element:
    """The document as mammoth's HTML, which is well-formed."""
    converted = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_style_map(),
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda _image: {}),
        external_file_access=False,
    )
    return ET.fromstring(f"<body>{converted.value}</body>")  # noqa: S314 - made by mammoth, from parts without a DTD


def _named_title(core: bytes) -> str | None:
    if not core:
        return None
    try:
        return ET.fromstring(core).findtext(_DC_TITLE)  # noqa: S314 - checked to have no DTD
    except (ET.ParseError, ValueError):
        return None


class _Walk:
    """Goes through the HTML; `below_title` is whether headings stand below a title of their own style."""

    def __init__(self, *, below_title: bool) -> None:
        self.shift = int(below_title)

    def blocks(self, parent: ET.Element, depth: int = 0) -> Iterator[str]:
        for element in parent:
            if element.tag in _LISTS:
                notes = _is_notes(element)
                if notes:
                    yield _NOTES
                yield from self._list(element, depth, notes=notes)
            elif element.tag == "table":
                yield from self._table(element)
            else:
                yield from self._plain(element)

    def _plain(self, element: ET.Element) -> Iterator[str]:
        heading = _HEADING.fullmatch(element.tag)
        for line in _lines(element):
            if heading and element.get("class") != "title":
                yield f"{'#' * min(int(heading[1]) + self.shift, 6)} {line}"
            else:
                yield f"# {line}" if heading else line

    def _list(self, element: ET.Element, depth: int, *, notes: bool) -> Iterator[str]:
        for number, item in enumerate(element, 1):
            sign = f"[{number}]" if notes else "-" if element.tag == "ul" else f"{number}."
            words = " ".join(_lines(item, nested=False) if not notes else [_text(item)])
            if words:
                yield f"{'  ' * depth}{sign} {words}"
            if not notes:
                inner = [child for child in item if child.tag in _LISTS or child.tag == "table"]
                for child in inner:
                    yield from self._list(child, depth + 1, notes=False) if child.tag in _LISTS else self._table(child)

    def _table(self, table: ET.Element) -> Iterator[str]:
        """A row a line; a table that only lays out the page (one column, or lists inside) cell by cell."""
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
        lays_out = all(len(row) < 2 for row in rows) or any(
            cell.find(f".//{inner}") is not None for row in rows for cell in row for inner in ("ul", "ol", "table")
        )
        for row in rows:
            if lays_out:
                for cell in row:
                    yield from self.blocks(cell)
            elif any(words := [_text(cell) for cell in row]):
                yield " | ".join(words)


def _is_notes(element: ET.Element) -> bool:
    """Mammoth puts footnotes last, as a list whose items have ids."""
    return element.tag == "ol" and len(element) > 0 and "note-" in (element[0].get("id") or "")


def _lines(element: ET.Element, *, nested: bool = True) -> list[str]:
    """The lines of a block: a line break parts them. Without `nested`, lists and tables inside are left for later."""
    lines = "".join(_pieces(element, nested=nested)).split("\n")
    return [line for line in map(_one_line, lines) if line]


def _text(element: ET.Element) -> str:
    return _one_line("".join(_pieces(element, nested=True)))


def _pieces(element: ET.Element, *, nested: bool) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif child.tag in _LISTS or child.tag == "table":
            yield from _pieces(child, nested=True) if nested else ()
        elif not _is_note_mark(child):
            yield from _pieces(child, nested=nested)
            yield " " if child.tag in {"p", "li", "td", "th", "tr"} else ""
        yield child.tail or ""


def _is_note_mark(element: ET.Element) -> bool:
    """The mark of a note in running text, or the arrow that leads back from the note."""
    link = element.find("a") if element.tag == "sup" else element if element.tag == "a" else None
    return link is not None and "note-" in (link.get("href") or "") and (link.get("href") or "").startswith("#")


def _one_line(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
