"""What documents of all kinds share once they are blocks of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_TITLE_LENGTH: Final = 200
# What programs put there by themselves.
_NO_TITLE: Final = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|untitled\b.*|(?:document|dokument|presentation)\s*\d*|.*\.\w{2,5}|[\W\d_]*",
    re.IGNORECASE,
)


def titled(blocks: Sequence[str], named: str | None) -> tuple[str | None, list[str]]:
    """The title that a document's properties name, and the blocks below it as a heading.

    Where the text begins with a line that can be its title, the properties count for nothing: they are often a
    template's. Then, and where they name none, the title is None and the blocks are as they were.
    """
    title = " ".join((named or "").split())
    if _opens_with_title(blocks) or len(title) > _TITLE_LENGTH or _NO_TITLE.fullmatch(title):
        return None, list(blocks)
    return title, [f"# {title}", *blocks]


def _opens_with_title(blocks: Sequence[str]) -> bool:
    first = blocks[0] if blocks else ""
    if first.startswith("#"):
        return True
    return len(first) <= _TITLE_LENGTH and not first.endswith((".", "!", ":", ";", ",")) and not first.startswith("- ")
