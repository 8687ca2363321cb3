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
        message = _("%s cannot be read here. Save it as .txt, .md or .html, or paste its text.")
        super().__init__(message % kind, field="text")


class SourceRefused(Refusal):
    """This source cannot be recorded as it is."""

    code = "source_refused"


class AlreadyDecided(Conflict):
    """Somebody has accepted or dismissed this find already."""

    code = "already_decided"
