"""The forecasts of a briefing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forecasts.reading.chances import Chance, find_chance
from forecasts.reading.conditions import find_condition
from forecasts.reading.duplicates import Judged, find_duplicates
from forecasts.reading.facts import looks_ahead, speaks_of_future
from forecasts.reading.flags import compound, double_hedge, vague_threshold
from forecasts.reading.horizons import NO_WINDOW, Horizon, heading_window, sentence_window
from forecasts.reading.rules import BY_HAND, LONGEST_SENTENCE
from forecasts.reading.scenarios import (
    Label,
    chance_of_label,
    is_scenario_heading,
    scenario_labels,
    tells_scenarios,
)
from forecasts.reading.terms import TermUse, Vocabulary, term_uses, vocabulary_of
from forecasts.yardsticks.band import Band, Yardstick
from sources.reading.document_parts import Parts, Section, Sentence, Span

# A chance that was told: "there was a 60 percent chance", "he put the chance at 60 percent".
_PAST = re.compile(
    r"\b(?:was|were|had|(?:he|she|it|they|who)\s+(?:put|gave|saw|placed|rated|estimated|assessed))\b", re.IGNORECASE
)
_JOINED = re.compile(r"[,;]\s+(?:and|but|while|whereas)\b|;\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundForecast:
    """One forecast as the text has it; what the text does not settle is None.

    `start` and `end` are code points in the normalised text, probabilities 0 to 1, `duplicate_of` an index
    into the list of all forecasts found, `rule` the name of the rule that found it.
    """

    quote: str
    start: int
    end: int
    section: Section
    horizon: Horizon | None
    horizon_text: str | None
    opens_on: date | None
    closes_on: date | None
    yardstick: str
    term: str | None
    term_text: str | None
    negated: bool
    low: float | None
    high: float | None
    probability: float | None
    conditional: str | None
    scenario_group: int | None
    duplicate_of: int | None
    flags: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or the part of one that tells one scenario.

    A scenario under a heading is its first sentence; the others support it unless they judge for themselves.
    """

    sentence: Sentence
    words: str
    group: int | None = None
    heading_chance: Chance | None = None
    supporting: bool = False

    @property
    def in_forecast(self) -> bool:
        return self.sentence.section == "forecast"


@dataclass(frozen=True, slots=True)
class _Scale:
    """What every sentence of a document is read against."""

    published_on: date | None
    yardstick: str
    vocabulary: Vocabulary


def find_forecasts(parts: Parts, *, published_on: date | None, yardstick: Yardstick) -> tuple[FoundForecast, ...]:
    """Every forecast of the document in text order, repetitions marked."""
    scale = _Scale(published_on, yardstick.slug, vocabulary_of(yardstick))
    found = [forecast for piece in _pieces(parts) if (forecast := _read_piece(piece, scale)) is not None]
    twins = find_duplicates(
        [Judged(each.quote, (_named(each), each.negated), each.section == "forecast") for each in found]
    )
    return tuple(
        replace(each, duplicate_of=twins[index]) if index in twins else each for index, each in enumerate(found)
    )


def read_selected(parts: Parts, selected: Span, *, published_on: date | None, yardstick: Yardstick) -> FoundForecast:
    """What somebody selected, taken for one forecast whether the rules would find it or not; its rule is BY_HAND.

    It stands in the section and under the headings of the sentence that it lies in.
    """
    near = next((each for each in parts.sentences if each.start < selected.end and selected.start < each.end), None)
    standing = near or Sentence(selected.start, selected.end, "body", None, 0)
    sentence = replace(standing, start=selected.start, end=selected.end)
    scale = _Scale(published_on, yardstick.slug, vocabulary_of(yardstick))
    piece = _Piece(sentence, parts.text[selected.start : selected.end])
    return replace(_read_piece(piece, scale) or _taken_for_one(piece, scale), rule=BY_HAND)


def _taken_for_one(piece: _Piece, scale: _Scale) -> FoundForecast:
    uses = tuple(term_uses(piece.words, scale.vocabulary))
    chance = find_chance(piece.words, [(use.start, use.end) for use in uses], in_forecast=piece.in_forecast)
    return _forecast(_Found(piece, uses, chance, BY_HAND, joined=False), scale)


def _named(found: FoundForecast) -> str | None:
    """The term, of a foreign one its words."""
    return found.term or (found.term_text and found.term_text.lower())


# --- Pieces: sentences and scenarios ------------------------------------------------------------------------------


def _pieces(parts: Parts) -> Iterator[_Piece]:
    groups = _ScenarioGroups()
    for sentence in parts.sentences:
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            continue
        words = parts.text[sentence.start : sentence.end]
        yield from groups.pieces(sentence, words)


class _ScenarioGroups:
    """Numbers the runs of scenarios: those under one heading exclude each other."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._told: set[tuple[str, ...]] = set()

    def pieces(self, sentence: Sentence, words: str) -> Iterator[_Piece]:
        """The sentence cut at its scenario labels, each piece with its group."""
        if sentence.section != "forecast":
            yield _Piece(sentence, words)
            return
        among = tells_scenarios(sentence.under)
        headings = (name for name in reversed(sentence.under) if is_scenario_heading(name, among_scenarios=among))
        heading = next(headings, None)
        labels = list(scenario_labels(words, among_scenarios=among))
        if labels:
            yield from self._labelled(sentence, words, labels)
        elif heading:
            yield self._under_heading(sentence, words, heading)
        else:
            yield _Piece(sentence, words)

    def _labelled(self, sentence: Sentence, words: str, labels: Sequence[Label]) -> Iterator[_Piece]:
        group = self._number(sentence.under)
        starts = [0, *(label.start for label in labels[1:])]
        for label, start, end in zip(labels, starts, [*starts[1:], len(words)], strict=True):
            piece = words[start:end].rstrip(" ;,\n")
            place = replace(sentence, start=sentence.start + start, end=sentence.start + start + len(piece))
            yield _Piece(place, piece, group, chance_of_label(label.words))

    def _under_heading(self, sentence: Sentence, words: str, heading: str) -> _Piece:
        depth = sentence.under.index(heading)
        group = self._number(sentence.under[:depth])
        if sentence.under in self._told:
            return _Piece(sentence, words, supporting=True)
        self._told.add(sentence.under)
        return _Piece(sentence, words, group, chance_of_label(heading))

    def _number(self, above: tuple[str, ...]) -> int:
        return self._numbers.setdefault(above, len(self._numbers) + 1)


# --- One piece ----------------------------------------------------------------------------------------------------


def _read_piece(piece: _Piece, scale: _Scale) -> FoundForecast | None:
    words = piece.words
    if words.rstrip("\"'”’)*_ ").endswith("?"):
        return None
    all_uses = list(term_uses(words, scale.vocabulary))
    uses = _uses_ahead(piece, all_uses, scale.published_on)
    chance = find_chance(words, [(use.start, use.end) for use in all_uses], in_forecast=piece.in_forecast)
    chance = chance if uses or not all_uses else None
    rule = _rule(piece, uses, all_uses, chance)
    if rule is None:
        return None
    first_uses, own_chance, joined = _first_judgement(piece.words, uses, chance)
    found = _Found(piece, first_uses, own_chance or piece.heading_chance, rule, joined)
    return _forecast(found, scale)


def _uses_ahead(piece: _Piece, uses: Sequence[TermUse], published_on: date | None) -> list[TermUse]:
    """The uses that judge what is still to come."""
    if not uses:
        return []
    dated = sentence_window(piece.words, published_on, term_at=None, condition=None) is not None
    return [use for use in uses if looks_ahead(piece.words, use, in_forecast=piece.in_forecast, dated=dated)]


def _first_judgement(
    words: str, uses: Sequence[TermUse], chance: Chance | None
) -> tuple[tuple[TermUse, ...], Chance | None, bool]:
    """A term and a chance with "and" between them are two judgements, of which the first is told."""
    if not uses or chance is None:
        return tuple(uses), chance, False
    between = words[min(uses[0].end, chance.end) : max(uses[0].start, chance.start)]
    if not _JOINED.search(between):
        return tuple(uses), chance, False
    return ((), chance, True) if chance.start < uses[0].start else (tuple(uses), None, True)


def _rule(piece: _Piece, uses: Sequence[TermUse], all_uses: Sequence[TermUse], chance: Chance | None) -> str | None:
    """The name of the rule (see rules.py) by which a piece is a forecast, None where it is none."""
    if uses:
        return "term" if uses[0].term else "foreign_term"
    if chance and not _tells_the_past(piece.words):
        return "chance"
    if not piece.in_forecast or piece.supporting:
        return None
    if piece.group is not None:
        return "scenario"
    if all_uses and not speaks_of_future(piece.words, conditional=False):
        return None
    conditional = find_condition(piece.words, None) is not None
    return "forecast_section" if speaks_of_future(piece.words, conditional=conditional) else None


def _tells_the_past(words: str) -> bool:
    return bool(_PAST.search(words)) and not speaks_of_future(words, conditional=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """What makes a piece a forecast."""

    piece: _Piece
    uses: tuple[TermUse, ...]
    chance: Chance | None
    rule: str
    joined: bool


def _forecast(found: _Found, scale: _Scale) -> FoundForecast:
    piece, uses, chance = found.piece, found.uses, found.chance
    words, use = piece.words, uses[0] if uses else None
    condition = find_condition(words, use.start if use else None)
    window = heading_window(piece.sentence.under, scale.published_on) or sentence_window(
        words, scale.published_on, term_at=use.start if use else None, condition=condition
    )
    low, high = _band(use, chance)
    flags = _flags(found, condition=condition, has_window=window is not None)
    return FoundForecast(
        quote=words,
        start=piece.sentence.start,
        end=piece.sentence.end,
        section=piece.sentence.section,
        horizon=(window or NO_WINDOW).horizon,
        horizon_text=(window or NO_WINDOW).text,
        opens_on=(window or NO_WINDOW).opens_on,
        closes_on=(window or NO_WINDOW).closes_on,
        yardstick=scale.yardstick,
        term=use.term.slug if use and use.term else None,
        term_text=_as_written(use.words) if use else None,
        negated=bool(use and use.negated),
        low=low,
        high=high,
        probability=chance.probability if chance else None,
        conditional=words[slice(*condition)] if condition else None,
        scenario_group=piece.group,
        duplicate_of=None,
        flags=flags,
        rule=found.rule,
    )


def _as_written(words: str) -> str:
    """On one line and without emphasis marks."""
    return " ".join(re.sub(r"[*_>]", " ", words).split())


def _band(use: TermUse | None, chance: Chance | None) -> tuple[float | None, float | None]:
    """A range in figures is more exact than the word's band; a single number leaves the band as it is."""
    if chance and chance.probability is None:
        return chance.low, chance.high
    band = use.band if use else None
    return (band.low, band.high) if band else (None, None)


def _flags(found: _Found, *, condition: tuple[int, int] | None, has_window: bool) -> tuple[str, ...]:
    piece, uses, chance = found.piece, found.uses, found.chance
    use = uses[0] if uses else None
    raised = {
        "compound": found.joined or compound(piece.words, uses, condition),
        "double_hedge": use is not None and double_hedge(piece.words, use),
        "foreign_term": use is not None and use.term is None,
        "unquantified": use is None and chance is None,
        "out_of_band": _is_out_of_band(use.band if use else None, chance),
        "vague_threshold": vague_threshold(piece.words, (chance.start, chance.end) if chance else None),
        "no_date": not has_window,
    }
    return tuple(flag for flag, is_raised in raised.items() if is_raised)


def _is_out_of_band(band: Band | None, chance: Chance | None) -> bool:
    if band is None or chance is None:
        return False
    numbers = [each for each in (chance.probability, chance.low, chance.high) if each is not None]
    return not all(_within(band, each) for each in numbers)


def _within(band: Band, number: float) -> bool:
    """Open ends count as inside here: "realistic possibility (40–50 %)" contradicts nothing."""
    return (band.low is None or number >= band.low) and (band.high is None or number <= band.high)
