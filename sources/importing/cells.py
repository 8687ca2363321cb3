"""One cell of a table as text, and what makes it unusable whatever column it stands in."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from django.utils.translation import gettext as _

LONGEST_CELL: Final = 20_000
_LARGEST_WHOLE: Final = 10**15  # beyond it a float no longer tells neighbours apart
# A spreadsheet would take these for the start of a formula, so downloads put an apostrophe before them.
_ESCAPED: Final = re.compile(r"'[=+\-@\t\r]")
_SHEET_ERROR: Final = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LOST: Final = "\N{REPLACEMENT CHARACTER}"
# Whatever is wrong with a cell besides its length has one of these in it; hardly any cell has.
_SUSPECT: Final = re.compile(f"[=#\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff{_LOST}]")


def cell_text(value: object) -> str:
    """A value as somebody would have typed it into a text file; "" for none. Days are in ISO form.

    Raises TypeError for what is no single value.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() and abs(value) < _LARGEST_WHOLE else str(value)
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def cleaned(text: str) -> str:
    """The text without blanks around it, and without the apostrophe that keeps a spreadsheet from calculating it."""
    text = text.strip(" \t\r\n\N{NO-BREAK SPACE}")
    return text[1:] if _ESCAPED.match(text) else text


def why_unusable(text: str, *, cleaned_text: str) -> str:
    """Why a cell cannot be taken over, in a sentence; "" where nothing is wrong with it."""
    if len(cleaned_text) > LONGEST_CELL:
        return _("It is longer than %d characters.") % LONGEST_CELL
    return _why_suspect(text, cleaned_text) if _SUSPECT.search(text) else ""


def _why_suspect(text: str, cleaned_text: str) -> str:
    if text.lstrip().startswith("="):
        return _("It is a formula. Save the file with values in the place of formulas.")
    if _SHEET_ERROR.fullmatch(cleaned_text):
        return _("It is an error of the spreadsheet.")
    if _UNSTORABLE.search(cleaned_text):
        return _("It holds control characters or half characters.")
    if _LOST in cleaned_text:
        return _("Letters of it have been lost (“�”).")
    return ""
