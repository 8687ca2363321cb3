"""Scenarios that exclude each other: "Base case (60%)", "Downside (25%)", "Upside (15%)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forecasts.reading.chances import Chance, find_chance
from sources.reading.headings import CHANCE_MARK, SCENARIO_NAME

_PERCENT = r"\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*(?:%|percent|per\s?cent)"
_NAME = re.compile(rf"{SCENARIO_NAME}(?:\s*{CHANCE_MARK}|\s*\([^()]{{1,40}}\)|\s*[-–—:,]\s*{_PERCENT})?", re.IGNORECASE)
# Where scenarios are told, any name with a chance is one: "Stalemate (60%)".
_NAMED_WITH_CHANCE = re.compile(rf"[^.:;()\[\]\n]{{1,60}}\s*{CHANCE_MARK}", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[.;,]\s)|(?<=\n))[\"'“*_]*(?P<lead>(?i:(?:in\s+)?(?:the|our|an?)\s+))?(?P<name>(?i:{SCENARIO_NAME}))\s*"
    rf"(?:(?P<chance>(?i:{CHANCE_MARK}|(?:[-–—,]\s*){_PERCENT}(?=[*_]*\s*:)))[*_]*\s*[:.–—-]?"
    r"|(?:\([^()]{1,40}\))?[*_]*\s*:|\s+[–—]\s)[*_]*\s*"
)
_ANY_LABEL = re.compile(rf"[\"'“*_]*(?P<chance>(?i:{_NAMED_WITH_CHANCE.pattern}))[*_]*\s*[:–—-]")
_BARE_PERCENT = re.compile(rf"[-–—:,]\s*(?P<percent>{_PERCENT})[*_]*\s*:?\s*$", re.IGNORECASE)
_ORDINARY = frozenset({"best", "worst", "central", "alternative", "reference"})


@dataclass(frozen=True, slots=True)
class Label:
    """A scenario's label inside a sentence: where it begins, and its words."""

    start: int
    words: str


def tells_scenarios(under: Sequence[str]) -> bool:
    """Whether one of the headings says that scenarios follow."""
    return any("scenario" in heading.lower() for heading in under)


@lru_cache(maxsize=256)
def is_scenario_heading(heading: str, *, among_scenarios: bool = False) -> bool:
    """Whether a heading is a scenario's name, with or without its chance."""
    bare = heading.strip("*_: ")
    return bool(_NAME.fullmatch(bare) or (among_scenarios and _NAMED_WITH_CHANCE.fullmatch(bare)))


def scenario_labels(sentence: str, *, among_scenarios: bool) -> Iterator[Label]:
    """The scenario labels in a sentence, in order; the first must open it unless it carries a chance."""
    found = False
    for match in _LABEL.finditer(sentence):
        plain = match["lead"] or match["name"].lower() in _ORDINARY
        if match["chance"] or (not plain and not sentence[: match.start()].strip("\"'“*_ ")):
            found = True
            yield Label(match.start(), match.group())
    if among_scenarios and not found and (named := _ANY_LABEL.match(sentence)):
        yield Label(0, named.group())


def chance_of_label(label: str) -> Chance | None:
    """The chance that a scenario's heading or label gives: "Base case (60%)", "Downside: 25%"."""
    if bare := _BARE_PERCENT.search(label):
        return find_chance(f"({bare['percent']})", (), in_forecast=True)
    return find_chance(label, (), in_forecast=True)
