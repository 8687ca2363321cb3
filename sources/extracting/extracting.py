"""Bytes to text: what a file or a paste says, whatever it is called."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from sources.errors import EmptyText, TooLarge, UnreadableDocument, UnsupportedType
from sources.extracting import process
from sources.extracting.apart import read_apart
from sources.extracting.decoding import checked, decode

MAX_BYTES = 2_000_000  # of text, in whatever kind of file it comes
MAX_DOCUMENT_BYTES = 8_000_000  # of a Word document or PDF, which holds pictures and fonts too

PLAIN, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
WORD, PDF = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"
# The endings of what is read, as a form offers them and a folder is searched for them.
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf")
BY_SUFFIX = {
    ".txt": PLAIN, ".text": PLAIN, "": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML,
    ".xhtml": HTML, ".docx": WORD, ".pdf": PDF,
}  # fmt: skip
_BY_NAME = {
    PLAIN: PLAIN, MARKDOWN: MARKDOWN, "text/x-markdown": MARKDOWN, HTML: HTML, "application/xhtml+xml": HTML,
    WORD: WORD, PDF: PDF,
}  # fmt: skip
MEDIA_TYPES = (PLAIN, MARKDOWN, HTML, WORD, PDF)
# Nobody knows better with these than the name does.
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})
# Files that begin like this are no text, even where every byte could be a letter.
_SIGNATURES = (
    (b"{\\rtf", "A rich-text file"),
    (b"\x89PNG", "An image"),
    (b"\xff\xd8\xff", "An image"),
    (b"GIF8", "An image"),
    (b"\x1f\x8b", "A compressed file"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
# The container of Office before 2007, and of Office files with a password; its entries are named in UTF-16.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OLD_KINDS = (("WordDocument", "An old Word file (.doc)"), ("Workbook", "An old Excel file (.xls)"))
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_BLOCK = re.compile(r"</?(?:p|div|article|section|h[1-6]|ul|ol|li|br|table)\b[^<>]{0,300}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, the kind of text it was, and its title where it names one itself."""

    text: str
    media_type: str
    title: str | None


def extract(data: bytes, *, filename: str = "", media_type: str = "") -> Extracted:
    """The text of a .txt, .md, .html, .docx or .pdf document, its kind told by its content before its name.

    `media_type` may carry a charset ("text/html; charset=windows-1251"). Headings, list items and paragraphs of HTML,
    Word and PDF come on lines of their own, a blank line between them. Raises `EmptyText`, `TooLarge` (over
    `MAX_DOCUMENT_BYTES` for Word and PDF, `MAX_BYTES` for all others), `NotText` (binary, or not in its encoding),
    `UnreadableDocument` and `UnsupportedType`.
    """
    document = document_kind(data)
    limit = MAX_DOCUMENT_BYTES if document else MAX_BYTES
    if len(data) > limit:
        raise TooLarge(len(data), limit)
    if document:
        return _from_document(data, document)
    if not data.strip():
        raise EmptyText
    _refuse_signatures(data)
    kind = _declared_kind(filename, media_type)
    if kind in {WORD, PDF}:
        raise UnreadableDocument("broken")
    text = decode(data, media_type=media_type)
    if kind == HTML or looks_like_html(text):
        return _from_html(text)
    return _plain(text, kind)


def document_kind(data: bytes) -> str | None:
    """The media type of what begins as a Word document or a PDF (or another zip file), None for anything else."""
    if data.startswith(_ZIP):
        return WORD
    return PDF if _PDF.match(data[:1_024]) else None


def is_packed(data: bytes) -> bool:
    """Whether it begins as a Word document, a PDF or another file of a kind that is no text."""
    signatures = (_OLD_OFFICE, *(signature for signature, _kind in _SIGNATURES))
    return document_kind(data) is not None or data.startswith(signatures)


def _refuse_signatures(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableDocument("encrypted")
        named = (kind for entry, kind in _OLD_KINDS if entry.encode("utf-16-le") in data)
        raise UnsupportedType(next(named, "An old Office file"))
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedType(kind)


def _declared_kind(filename: str, media_type: str) -> str:
    """The kind that name and media type tell; an unknown name is refused unless the media type is one of ours."""
    essence = media_type.partition(";")[0].strip().lower()
    by_suffix = BY_SUFFIX.get(PurePath(filename).suffix.lower())
    if essence in _BY_NAME and by_suffix is None:
        return _BY_NAME[essence]
    if by_suffix is None:
        raise UnsupportedType(f"A {PurePath(filename).suffix} file")
    if essence not in _BY_NAME and essence not in _UNTOLD:
        raise UnsupportedType(f"A document of type {essence}")
    return by_suffix if PurePath(filename).suffix else _BY_NAME.get(essence, PLAIN)


def looks_like_html(text: str) -> bool:
    """A document that begins as HTML, or whose first kilobytes are full of its blocks."""
    return bool(_HTML_START.match(text[:5_000])) or len(_HTML_BLOCK.findall(text[:5_000])) >= 4


def _plain(text: str, kind: str) -> Extracted:
    if not text.strip():
        raise EmptyText
    return Extracted(text, kind, None)


def _from_document(data: bytes, kind: str) -> Extracted:
    title, text = read_apart(process.WORD if kind == WORD else process.PDF, data)
    if not text.strip():
        raise UnreadableDocument("no_text")
    if (size := len(text.encode(errors="replace"))) > MAX_BYTES:
        raise TooLarge(size, MAX_BYTES)
    return Extracted(checked(text), kind, title)


def _from_html(html: str) -> Extracted:
    # Its imports take a second, which a plain text need not pay.
    from sources.extracting.webpage import read_webpage  # noqa: PLC0415

    title, text = read_webpage(html)
    if not text.strip():
        raise EmptyText
    return Extracted(text, HTML, title)
