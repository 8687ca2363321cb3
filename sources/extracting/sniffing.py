"""What kind of file some bytes are, told by the bytes."""

from contextlib import suppress
from typing import Final

from sources.errors import NotText, TextRefused
from sources.extracting.decoding import decode
from sources.extracting.extracting import HTML, PLAIN, looks_like_html

PDF: Final = "application/pdf"
SUFFIXES: Final = {
    PDF: ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", HTML: ".html",
    PLAIN: ".txt",
}  # fmt: skip
_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def media_type_of(data: bytes, *, declared: str = "") -> str | None:
    """PDF, an image, HTML or plain text; None for anything else. `declared` may carry the charset of a text."""
    for beginning, media_type in _BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    with suppress(NotText, TextRefused):
        return HTML if looks_like_html(decode(data, media_type=declared)) else PLAIN
    return None
