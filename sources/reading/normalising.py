"""The one form of a text that every offset refers to."""

from __future__ import annotations

import unicodedata

BYTE_ORDER_MARK = "\ufeff"


def normalise(text: str) -> str:
    """The text in NFC, with LF line ends, no byte order mark and no blanks at the ends of lines.

    Nothing else changes: curly quotes, dashes and bullets stay as they were written. Idempotent.
    """
    composed = unicodedata.normalize("NFC", text.lstrip(BYTE_ORDER_MARK))
    return "\n".join(line.rstrip() for line in composed.replace("\r\n", "\n").split("\n"))
