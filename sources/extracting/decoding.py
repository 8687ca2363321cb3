"""Bytes to characters, by mark, by UTF-8, by declaration; never by guessing."""

import codecs
import re
from contextlib import suppress

from sources.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_HTML = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
# What browsers make of these names; the letter of the standard leaves holes where people use quotes.
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\x0b\x1e\x85")
_TEXT_CODECS_ONLY = frozenset(
    {"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "palmos"}
)


def decode(data: bytes, *, media_type: str = "") -> str:
    """The characters of those bytes, without a byte order mark.

    A byte order mark wins; bytes that are valid UTF-8 beyond ASCII are that; else a declared charset (in `media_type`,
    or in the document's own head) is believed, and without one it is UTF-8. Raises `NotText` for bytes that do not fit,
    for NUL and other control characters, and for lone surrogates.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return checked(_decoded(data[len(mark) :], encoding))
    encoding = _declared(data, media_type) or "utf-8"
    if encoding != "utf-8" and not data.isascii():
        # Pages are often saved again in UTF-8 with the old declaration left in; other text is hardly ever valid UTF-8.
        with suppress(UnicodeError):
            return checked(data.decode("utf-8"))
    return checked(_decoded(data, encoding))


def _declared(data: bytes, media_type: str) -> str | None:
    in_header = _IN_HEADER.search(media_type)
    head = data[:2_048]
    in_head = _IN_HTML.search(head) or _IN_XML.search(head)
    name = in_header.group(1) if in_header else in_head.group(1).decode("ascii", "replace") if in_head else None
    return _codec(name) if name else None


def _codec(name: str) -> str | None:
    """Python's name for a charset of text, or None where there is none."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True) or codec.name in _TEXT_CODECS_ONLY:
        return None
    return _AS_BROWSERS_DO.get(codec.name, codec.name)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise NotText(f"its bytes are not {encoding.upper()}") from None


def checked(text: str) -> str:
    """The text itself, where it is one; raises `NotText` as `decode` does."""
    if "\x00" in text:
        raise NotText("it holds NUL characters, as binary files do")
    controls = sum(character < " " and character not in _ALLOWED_CONTROLS for character in text)
    if controls > len(text) // 1_000:
        raise NotText("it is full of control characters, as binary files are")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotText("it holds half characters (lone surrogates)")
    return text
