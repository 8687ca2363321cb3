"""The columns of a file of forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A column's name, what stands in it, and an example of it."""

    name: str
    holds: str | Promise
    example: str


COLUMNS: Final = (
    ImportColumn(
        "external_id",
        _("the forecast’s name in the file’s source; rows that share it are on one forecast"),
        "water-bill",
    ),
    ImportColumn(
        "statement", _("the sentence as it was written; needed"), "The council is likely to pass the water bill."
    ),
    ImportColumn(
        "event",
        _("what can be seen to happen; empty: the statement, if that has no likelihood"),
        "The council passes the water bill",
    ),
    ImportColumn(
        "shape", _("happens_by, holds_throughout or true_on; empty: told from the event’s verb"), "happens_by"
    ),
    ImportColumn("made_on", _("the day of the judgement in this row; needed"), "2025-01-15"),
    ImportColumn("opens_on", _("the first day of the window; empty: the day it was made"), "2025-01-15"),
    ImportColumn("closes_on", _("the last day of the window; empty: open-ended"), "2025-06-30"),
    ImportColumn("author", _("whose judgement it is; empty: the file’s source"), "Ada Writer"),
    ImportColumn("yardstick", _("the scale that the term belongs to; empty: phia-2025"), "phia-2025"),
    ImportColumn("term", _("a word of the yardstick, or its slug; empty: the one in the statement"), "likely"),
    ImportColumn("probability", _("a share (0.6) or a percentage with its sign (60%)"), "60%"),
    ImportColumn("confidence", _("high, moderate or low: how good the basis is"), "moderate"),
    ImportColumn("rationale", _("why the author held it to be so"), "Both parties have said so."),
    ImportColumn("outcome", _("one of the seven outcomes, of the event"), "occurred"),
    ImportColumn("known_on", _("the day the outcome became known; empty: the one after the window"), "2025-05-20"),
    ImportColumn("evidence_url", _("where the outcome can be looked up"), "https://example.org/water"),
    ImportColumn("topics", _("with semicolons between them; new ones are made"), "water; local politics"),
    ImportColumn(
        "countries", _("names or two-letter codes (ISO 3166), with semicolons or commas between them"), "GB; France"
    ),
)
KNOWN: Final = tuple(column.name for column in COLUMNS)
NEEDED: Final = ("statement", "made_on")
