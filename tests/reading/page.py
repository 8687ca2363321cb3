"""docs/reading.md, written from the tables of rules."""

from __future__ import annotations

from collections.abc import Iterable

from claims.reading.measures import MEASURES
from claims.reading.speakers import FRAME_RULES
from forecasts.reading.rules import (
    CHANCE_RULES,
    CONDITION_RULES,
    FLAG_RULES,
    HORIZON_RULES,
    LEFT_OUT,
    LONGEST_SENTENCE,
    RULES,
    TERM_RULES,
    FieldRule,
)
from sources.reading.rules import PART_RULES

INTRODUCTION = """\
# How a text is read

`manage.py read` and the pages that take a text in call `forecasts/reading/document.py`. It takes the text apart
(`sources/reading/`), finds the forecasts in its sentences (`forecasts/reading/`), and then the counted claims outside
them (`claims/reading/`). All three are plain Python without clock or database: the same text gives the same reading.

A reader goes by small named rules. Whatever it finds carries the name of the rule that found it; what the text does
not settle stays empty. The tables below are written from those in the code (`GOLDEN=write .venv/bin/pytest
tests/docs/test_reading.py` writes them anew), and each example in them is a test. How well the readers do on whole
briefings, `make reading-report` measures.

To mend a reader, add the example that it gets wrong to the table first, then ten neighbours of it to the tests, and
change the rule for the construction, not for the sentence.
"""


def page() -> str:
    """The whole page in Markdown."""
    return "\n".join(
        [
            INTRODUCTION,
            *_section(
                "The parts of a document",
                "`⏎` stands for the end of a line. The last column is what the rule makes of the example.",
                ("rule", "what it says", "example", "part", "gives"),
                ((each.name, each.means, each.example, each.part, each.gives) for each in PART_RULES),
            ),
            *_section(
                "What is a forecast",
                "The name stands on the forecast.",
                ("rule", "what it finds", "example"),
                ((each.name, each.means, each.example) for each in RULES),
            ),
            *_section(
                "What is none",
                "",
                ("why", "what it leaves out", "example"),
                ((each.name, each.means, each.example) for each in LEFT_OUT if len(each.example) < LONGEST_SENTENCE),
            ),
            *_fields("Terms", TERM_RULES),
            *_fields("Chances in figures", CHANCE_RULES),
            *_fields("Horizons", HORIZON_RULES, "All of a text of 2 May 2025."),
            *_fields("Conditions and scenarios", CONDITION_RULES),
            *_fields("Flags", FLAG_RULES),
            *_section(
                "What is counted in a claim",
                "",
                ("rule", "measure", "example"),
                ((each.name, each.measure, each.example) for each in MEASURES),
            ),
            *_section("Who says so", "", ("rule", "example"), ((each.name, each.example) for each in FRAME_RULES)),
        ]
    )


def _fields(title: str, rules: Iterable[FieldRule], before: str = "") -> list[str]:
    rows = ((each.name, each.means, _example(each), each.gives) for each in rules)
    return _section(title, before, ("rule", "what it says", "example", "gives"), rows)


def _example(rule: FieldRule) -> str:
    return f"{rule.heading}\n{rule.example}" if rule.heading else rule.example


def _section(title: str, before: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"## {title}", ""]
    if before:
        lines += [before, ""]
    return [*lines, _row(columns), _row(["---"] * len(columns)), *(_row(map(_cell, row)) for row in rows), ""]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(words: str) -> str:
    """On one line, and without what would be a mark of Markdown."""
    folded = words.replace("\n\n", " ⏎ ").replace("\n", " ⏎ ")
    for mark in "|*_<>[]":
        folded = folded.replace(mark, f"\\{mark}")
    return folded or "nothing"
