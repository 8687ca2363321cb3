"""Bytes to text: what a file or a paste says, whatever it is called."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from sources.errors import EmptyText, TooLarge, UnsupportedType
from sources.extracting.decoding import decode

MAX_BYTES = 2_000_000

PLAIN, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
_BY_SUFFIX = {
    ".txt": PLAIN, ".text": PLAIN, "": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML,
    ".xhtml": HTML,
}  # fmt: skip
_BY_NAME = {PLAIN: PLAIN, MARKDOWN: MARKDOWN, "text/x-markdown": MARKDOWN, HTML: HTML, "application/xhtml+xml": HTML}
# Nobody knows better with these than the name does.
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})
# Files that begin like this are no text, even where every byte could be a letter.
_SIGNATURES = (
    (b"%PDF-", "A PDF"),
    (b"{\\rtf", "A rich-text file"),
    (b"PK\x03\x04", "A Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "An old Word file"),
    (b"\x89PNG", "An image"),
    (b"\xff\xd8\xff", "An image"),
    (b"GIF8", "An image"),
    (b"\x1f\x8b", "A compressed file"),
)
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
    """The text of a .txt, .md or .html document, its kind told by its content before its name.

    `media_type` may carry a charset ("text/html; charset=windows-1251"). Headings, list items and paragraphs of HTML
    come on lines of their own, a blank line between them. Raises `EmptyText`, `TooLarge` (over `MAX_BYTES`), `NotText`
    (binary, or not in its encoding) and `UnsupportedType`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(len(data), MAX_BYTES)
    if not data.strip():
        raise EmptyText
    _refuse_signatures(data)
    kind = _declared_kind(filename, media_type)
    text = decode(data, media_type=media_type)
    if kind == HTML or _looks_like_html(text):
        return _from_html(text)
    return _plain(text, kind)


def _refuse_signatures(data: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedType(kind)


def _declared_kind(filename: str, media_type: str) -> str:
    """The kind that name and media type tell; an unknown name is refused unless the media type is one of ours."""
    essence = media_type.partition(";")[0].strip().lower()
    by_suffix = _BY_SUFFIX.get(PurePath(filename).suffix.lower())
    if essence in _BY_NAME and by_suffix is None:
        return _BY_NAME[essence]
    if by_suffix is None:
        raise UnsupportedType(f"A {PurePath(filename).suffix} file")
    if essence not in _BY_NAME and essence not in _UNTOLD:
        raise UnsupportedType(f"A document of type {essence}")
    return by_suffix if PurePath(filename).suffix else _BY_NAME.get(essence, PLAIN)


def _looks_like_html(text: str) -> bool:
    """A document that begins as HTML, or whose first kilobytes are full of its blocks."""
    return bool(_HTML_START.match(text[:5_000])) or len(_HTML_BLOCK.findall(text[:5_000])) >= 4


def _plain(text: str, kind: str) -> Extracted:
    if not text.strip():
        raise EmptyText
    return Extracted(text, kind, None)


def _from_html(html: str) -> Extracted:
    # Its imports take a second, which a plain text need not pay.
    from sources.extracting.webpage import read_webpage  # noqa: PLC0415

    title, text = read_webpage(html)
    if not text.strip():
        raise EmptyText
    return Extracted(text, HTML, title)
