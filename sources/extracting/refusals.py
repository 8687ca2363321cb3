"""Why a document cannot be taken apart, told without Django: the process that reads documents goes without it."""

from __future__ import annotations

from typing import Literal

Why = Literal["broken", "encrypted", "macros", "no_text", "swollen", "too_long", "too_demanding"]


class Unreadable(Exception):
    """This document is not read, for one of the reasons that `sources.errors.UnreadableDocument` puts into words."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class OtherKind(Exception):
    """It is a document, but of another kind; the argument names it ("An Excel file")."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
