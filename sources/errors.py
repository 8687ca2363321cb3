"""What sources refuse. Every message says what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from groundwork.errors import Conflict, Refusal


class TextRefused(Refusal):
    """This text cannot be brought in."""

    code = "text_refused"


class EmptyText(TextRefused):
    """There is no text in it."""

    code = "empty_text"

    def __init__(self) -> None:
        message = _("There is no text in this. Paste the whole briefing, title first, or choose a file that has one.")
        super().__init__(message, field="text")


class TooLarge(TextRefused):
    """It is longer than what is read; sizes are in bytes."""

    code = "too_large"

    def __init__(self, size: int, limit: int) -> None:
        message = _("This is %(size).1f MB; up to %(limit)g MB can be read. Bring it in as several articles.")
        super().__init__(message % {"size": size / 1_000_000, "limit": limit / 1_000_000}, field="text")


class NotText(TextRefused):
    """The bytes are no text, or are not in the encoding that they claim."""

    code = "not_text"

    def __init__(self, why: str) -> None:
        message = _("This is not readable as text: %s. Save it as plain text in UTF-8 and bring it in again.")
        super().__init__(message % why, field="text")


class UnsupportedType(TextRefused):
    """It may be a text, but not of a kind that is read."""

    code = "unsupported_type"

    def __init__(self, kind: str) -> None:
        message = _("%s cannot be read here. Save it as .docx, .pdf, .txt, .md or .html, or paste its text.")
        super().__init__(message % kind, field="text")


class UnreadableDocument(TextRefused):
    """A Word document or a PDF that cannot be taken apart, for a reason that `refusals.Why` lists."""

    code = "unreadable_document"

    def __init__(self, why: str) -> None:
        super().__init__(_reasons()[why], field="text")
        self.why = why


def _reasons() -> dict[str, str]:
    return {
        "broken": _("This file is broken, or is not what its name says. Save it anew, or paste its text."),
        "encrypted": _("This file is locked with a password. Save it without one, or paste its text."),
        "macros": _("This is a Word file with macros. Save it as .docx without them, or paste its text."),
        "no_text": _(
            "There is no text in this file: it may be a scan. Run it through text recognition, or paste its text."
        ),
        "swollen": _("This file unpacks to more than a document would. Save it anew, or paste its text."),
        "too_long": _(
            "This document is too long: up to 500 pages can be read, or 2 MB of text. Bring it in as several articles."
        ),
        "too_demanding": _("This file takes too long to read. Save it anew, without pictures, or paste its text."),
    }


class TableRefused(Refusal):
    """This file cannot be read as a table."""

    code = "table_refused"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message, field="file", code=code)


class SourceRefused(Refusal):
    """This source cannot be recorded as it is."""

    code = "source_refused"


class AlreadyDecided(Conflict):
    """Somebody has accepted or dismissed this find already."""

    code = "already_decided"


class NothingToUndo(Conflict):
    """The find waits for its decision already."""

    code = "nothing_to_undo"


class RestsOnIt(Conflict):
    """Something rests on the record that a find has become, so that it cannot be undone any more."""

    code = "rests_on_it"


class AlreadyFound(Conflict):
    """There is a find at that place already."""

    code = "already_found"
