"""The rules by which a text is taken apart, each with an example that a test reads and docs/reading.md shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["title", "byline", "published_on", "summary", "body", "forecast", "credits", "heading"]


@dataclass(frozen=True, slots=True)
class PartRule:
    """What a rule settles: of the example's parts, `part` is `gives` (an item a line; "" where there is none).

    `forecast` stands for the sentences of the forecast section, `heading` for what they stand under.
    """

    name: str
    means: str
    example: str
    part: Part
    gives: str


_MASTHEAD = (
    PartRule("title", "the first line that is neither byline nor date", "The dam\n\nBy Jane Doe", "title", "The dam"),
    PartRule("title_mark", "of several lines the one with a mark", "A weekly\n\n# The dam", "title", "The dam"),
    PartRule(
        "title_and_date", "they may share a line", "2 May 2025 | The dam at the mill", "title", "The dam at the mill"
    ),
    PartRule("byline_label", "its label is left out", "The dam\n\nAuthor: Jane Doe", "byline", "Jane Doe"),
    PartRule("byline_name", "without a label only what looks like a name", "The dam\nJane Doe", "byline", "Jane Doe"),
    PartRule("byline_role", "a role stays with the name", "The dam\nJ. Doe, Analyst", "byline", "J. Doe, Analyst"),
    PartRule(
        "date", "on a line near the title, in any order", "The dam\n\nFriday, May 2, 2025", "published_on", "2025-05-02"
    ),
    PartRule("other_date", "a cutoff or update is another date", "The dam\n\nUpdated: 2 May 2025", "published_on", ""),
    PartRule(
        "ambiguous_date", "a day that can be read in two ways is none", "The dam\n\n04/02/2025", "published_on", ""
    ),
    PartRule(
        "date_in_text",
        "nor is one in running text",
        "The dam\n\nOn 2 May 2025 the dam broke in two places.",
        "published_on",
        "",
    ),
)
_SECTIONS = (
    PartRule(
        "summary", "by its heading, item by item", "The dam\n\nSummary\n\n- One.\n- Two.", "summary", "One.\nTwo."
    ),
    PartRule("summary_paragraph", "a paragraph is one item", "The dam\n\nBLUF\n\nOne. Two.", "summary", "One. Two."),
    PartRule("run_in_heading", "a heading may share its line", "The dam\n\n**BLUF:** One.\n\nTwo.", "summary", "One."),
    PartRule(
        "summary_ends",
        "bullets end at the first paragraph",
        "The dam\n\nSummary\n\n- One.\n\nTwo is here.",
        "body",
        "Two is here.",
    ),
    PartRule(
        "forecast", "by its heading", "The dam\n\nIt broke.\n\n4. OUTLOOK\n\nIt may hold.", "forecast", "It may hold."
    ),
    PartRule(
        "forecast_ends",
        "at a heading of the body or of what stands apart",
        "The dam\n\nForecast\n\nIt may hold.\n\nSources\n\nIt may not.",
        "forecast",
        "It may hold.",
    ),
    PartRule(
        "horizon_heading",
        "on a line, a bullet, or before its text",
        "The dam\n\nForecast\n\n- **Short term (0-3 months):** It may hold.",
        "heading",
        "Forecast > Short term (0-3 months)",
    ),
    PartRule(
        "topic_below",
        "a topic directly below a horizon stands under it",
        "The dam\n\nForecast\n\nShort term\n\nThe mill\n\nIt may stop.",
        "heading",
        "Forecast > Short term > The mill",
    ),
    PartRule(
        "topic_beside",
        "one that is set off like the horizon above ends it",
        "The dam\n\nForecast\n\nSHORT TERM\n\nIt may hold.\n\nTHE MILL\n\nIt may stop.",
        "heading",
        "Forecast > SHORT TERM\nForecast > THE MILL",
    ),
    PartRule(
        "numbered_heading",
        "a numbered line that stands apart is no point of a list",
        "The dam\n\n1. Summary\n\nOne.\n\n2. The mill\n\nTwo.",
        "summary",
        "One.",
    ),
)
_LINES = (
    PartRule(
        "hard_wrap",
        "wrapped lines are one paragraph",
        "The dam\n\nThe dam broke in\ntwo places.",
        "body",
        "The dam broke in two places.",
    ),
    PartRule(
        "credit",
        "lines of images and licences",
        "The dam\n\nIt broke.\n\nkremlin.ru, CC-BY 3.0",
        "credits",
        "kremlin.ru, CC-BY 3.0",
    ),
    PartRule(
        "furniture",
        "what is the page's, not the text's",
        "The dam\n\nThe dam broke in two places.\n\nShare this\n\nNext\n\nA mill",
        "body",
        "The dam broke in two places.",
    ),
    PartRule(
        "aside",
        "a note is set apart, the section goes on",
        "The dam\n\nForecast\n\nNote: It may hold.\n\nIt may break.",
        "forecast",
        "It may break.",
    ),
    PartRule(
        "abbreviation",
        "ends no sentence",
        "The dam\n\nForecast\n\nGen. Ba may act. The U.S. Army may not.",
        "forecast",
        "Gen. Ba may act.\nThe U.S. Army may not.",
    ),
    PartRule(
        "quotation",
        "ends with its sentence",
        "The dam\n\nForecast\n\n“It may hold.” It may not.",
        "forecast",
        "“It may hold.”\nIt may not.",
    ),
)
PART_RULES = (*_MASTHEAD, *_SECTIONS, *_LINES)
