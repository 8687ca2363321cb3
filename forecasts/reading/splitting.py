"""A sentence that holds several judgements, taken apart into one forecast for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from forecasts.reading.chances import find_chance
from forecasts.reading.finding import FoundForecast, read_selected
from forecasts.reading.terms import term_uses, vocabulary_of
from forecasts.yardsticks.band import Yardstick
from sources.reading.document_parts import Parts, Span

FEWEST_PARTS = 2
_JOINT = re.compile(r"[,;]\s+(?:(?:and|but|while|whereas|or)\s+)?|\s+(?:and|but|while|whereas|or)\s+", re.IGNORECASE)
_STRONG = re.compile(r";|,\s+(?:and|but|while|whereas)\b", re.IGNORECASE)


def split_judgements(
    parts: Parts, whole: Span, *, published_on: date | None, yardstick: Yardstick
) -> tuple[FoundForecast, ...]:
    """The parts of the sentence at `whole`, at least two, each with the place and quote of its own clause.

    There is a part for each term or chance; where there is only one, the clause behind the last "and" is proposed as
    the second, which then has no probability: it needs one of its own.
    """
    words = parts.text[whole.start : whole.end]
    cuts = list(_cuts(words, _judgement_places(words, yardstick)))
    edges = [0, *cuts, len(words)]
    clauses = [_trimmed(words, start, end) for start, end in pairwise(edges)]
    spans = [Span(whole.start + start, whole.start + end) for start, end in clauses]
    read = [read_selected(parts, span, published_on=published_on, yardstick=yardstick) for span in spans]
    return tuple(_at_least_two(read))


def _judgement_places(words: str, yardstick: Yardstick) -> list[int]:
    """Where the sentence says how likely something is, in order; word and number side by side are one place."""
    uses = list(term_uses(words, vocabulary_of(yardstick)))
    places = [use.start for use in uses]
    at = 0
    while (chance := find_chance(words[at:], (), in_forecast=True)) is not None:
        start = at + chance.start
        if not any(abs(start - use.end) <= 4 or use.start <= start < use.end for use in uses):  # "unlikely (30 %)"
            places.append(start)
        at += max(chance.end, chance.start + 1)
    return sorted(places)


def _cuts(words: str, places: Sequence[int]) -> Iterator[int]:
    """Where the next judgement's clause begins: at the strongest joint between two places, the last of these."""
    if len(places) < FEWEST_PARTS:
        joints = [joint for joint in _JOINT.finditer(words, places[0] if places else 0) if joint.end() < len(words)]
        if joints:
            yield joints[-1].start()
        return
    for before, after in pairwise(places):
        joints = list(_JOINT.finditer(words, before, after))
        strong = [joint for joint in joints if _STRONG.match(joint.group())]
        if joints:
            yield (strong or joints)[-1].start()


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """The clause without the joint before it and the blanks around it."""
    joint = _JOINT.match(words, start)
    first = joint.end() if joint and start and joint.end() < end else start
    clause = words[first:end]
    return first + len(clause) - len(clause.lstrip()), first + len(clause.rstrip())


def _at_least_two(read: Sequence[FoundForecast]) -> Sequence[FoundForecast]:
    """A sentence that no joint cuts is its own second part, without the probability that the first has."""
    if len(read) >= FEWEST_PARTS:
        return read
    bare = replace(read[0], term=None, term_text=None, negated=False, low=None, high=None, probability=None)
    return [*read, replace(bare, flags=("unquantified",))]
