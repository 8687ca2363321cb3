"""The text of a PDF, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from sources.extracting.blocks import titled
from sources.extracting.pdf.glyphs import Page, read_page
from sources.extracting.pdf.lines import body_size, read_lines, with_edges
from sources.extracting.pdf.margins import split_notes, without_margins
from sources.extracting.pdf.paragraphs import Paragraphs
from sources.extracting.refusals import Unreadable

MOST_PAGES: Final = 500
MOST_LETTERS: Final = 2_500_000
_UNREADABLE_SHARE: Final = 0.3
_NOTES: Final = "## Notes"


def read_pdf(data: bytes) -> tuple[str | None, str]:
    """The title that the document's properties name, where its text has none, and the text of a PDF.

    Lines are joined to paragraphs; headings carry "#" by their size, list items "-" or their number, indented by level;
    the cells of a table's row stand on one line between bars; a blank line parts the blocks. Columns come one after the
    other. What repeats at the ends of pages, page numbers and letters that are not upright are left out; footnotes come
    last. Raises Unreadable.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "broken") from None
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("too_long")
        pages = _pages(document)
        blocks = _blocks(pages)
        if not blocks or _is_unreadable(blocks):
            raise Unreadable("no_text")
        title, blocks = titled(blocks, document.get_metadata_value("Title"))
        return title, "\n\n".join(blocks) + "\n"
    finally:
        document.close()


def _pages(document: Any) -> list[Page]:
    """The pages that can be read; one that is broken does not take the others with it."""
    pages, letters = [], 0
    for number in range(len(document)):
        try:
            page = read_page(document[number])
        except pypdfium2.PdfiumError:
            continue
        letters += sum(len(each.words) for each in page.stretches)
        if letters > MOST_LETTERS:
            raise Unreadable("too_long")
        pages.append(page)
    if not pages:
        raise Unreadable("broken")
    return pages


def _blocks(pages: Sequence[Page]) -> list[str]:
    kept = without_margins(read_lines(pages), [page.height for page in pages])
    size = body_size(chain.from_iterable(kept))
    parted = [split_notes(lines, size) for lines in kept]
    text = with_edges([line for lines, _notes in parted for line in lines])
    paragraphs = Paragraphs(text)
    notes = paragraphs.notes([line for _lines, notes in parted for line in notes])
    return [*paragraphs.blocks(text), *([_NOTES, *notes] if notes else [])]


def _is_unreadable(blocks: Sequence[str]) -> bool:
    """Fonts without a table of characters give letters that mean nothing."""
    letters = [letter for block in blocks for letter in block if not letter.isspace()]
    lost = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in letters)
    return lost > _UNREADABLE_SHARE * len(letters)
