"""Scenarios that exclude each other: "Base case (60%)", "Downside (25%)", "Upside (15%)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sources.reading.headings import CHANCE_MARK, SCENARIO_NAME

_NAME = re.compile(
    rf"{SCENARIO_NAME}(?:\s*{CHANCE_MARK})?(?:\s*[-–—:,]\s*\d{{1,3}}\s*(?:%|percent|per\s?cent))?", re.IGNORECASE
)
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[.;,]\s)|(?<=\n))[\"'“*_]*(?P<name>(?i:{SCENARIO_NAME}))\s*"
    rf"(?:(?P<chance>(?i:{CHANCE_MARK}))[*_]*\s*[:.–—-]?|[*_]*\s*:|\s+[–—]\s)[*_]*\s*"
)
_ORDINARY = frozenset({"likely", "best", "worst", "central", "alternative", "reference"})


@dataclass(frozen=True, slots=True)
class Label:
    """A scenario's label inside a sentence: where it begins, and where what it says begins."""

    start: int
    end: int
    has_chance: bool


@lru_cache(maxsize=256)
def is_scenario_heading(heading: str) -> bool:
    """Whether a heading is a scenario's name, with or without its chance."""
    return bool(_NAME.fullmatch(heading.strip("*_: ")))


def scenario_labels(sentence: str) -> Iterator[Label]:
    """The scenario labels in a sentence, in order; the first must open it unless it carries a chance."""
    for match in _LABEL.finditer(sentence):
        plain = match["name"].lower() in _ORDINARY
        if match["chance"] or (not plain and not sentence[: match.start()].strip("\"'“*_ ")):
            yield Label(match.start(), match.end(), bool(match["chance"]))
