"""What could be worded better in a forecast that somebody is writing; the rules stand in WORDING_RULES."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from forecasts.reading.chances import Chance, find_chance
from forecasts.reading.document import LANGUAGES
from forecasts.reading.finding import FoundForecast, find_forecasts
from forecasts.reading.flags import vague_words
from forecasts.reading.horizons import Window, sentence_window
from forecasts.reading.notes import written_out
from forecasts.reading.periods import named_periods
from forecasts.reading.rules import LONGEST_SENTENCE
from forecasts.reading.suggesting import WordUse, in_common, word_uses, yardsticks_with
from forecasts.reading.terms import TermUse, plain, term_uses, vocabulary_of
from forecasts.reading.wording_rules import WORDING_RULES, Fields, Slug
from forecasts.yardsticks.band import Band, Term, Yardstick
from forecasts.yardsticks.scales import ICD_203
from sources.reading.document_parts import Parts, Sentence
from sources.reading.language import guess_language
from sources.reading.normalising import normalise
from sources.reading.sentences import split_sentences

# The words of ICD 203's second row; all its others are the first row's.
SECOND_ROW: Final = frozenset(
    {
        "remote", "remote chance", "remote possibility", "highly improbable", "improbable", "improbably",
        "roughly even odds", "probable", "probably", "highly probable", "nearly certain",
    }
)  # fmt: skip
_ORDER = {rule.slug: place for place, rule in enumerate(WORDING_RULES)}
_MODAL = re.compile(r"\b(?:may|might|could)\b")
_CONFIDENCE = re.compile(
    r"\b(?:very\s+)?(?:high|moderate|medium|low)(?:\s+to\s+(?:high|moderate|medium))?\s+(?:analytic(?:al)?\s+)?confidence\b"
    r"|\b(?:highly|very|moderately|fairly|reasonably)\s+confident\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b\d{4}\b")
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to mend, and what has to be known to say how.

    `start` and `end` are code points in the normalised text of `field`; `words` stand there, on one line, and are ""
    where the advice is about the whole. `other` are the words that they go ill with, each with the yardsticks that
    have them. Of the rest a rule fills what it is about: probabilities 0 to 1, `below` and `above` the neighbours of
    a gap, `term` and `band` what the words stand for, `day` the last day that they name.
    """

    slug: Slug
    start: int = 0
    end: int = 0
    words: str = ""
    field: Literal["statement", "event", "chance"] = "statement"
    other: str = ""
    yardsticks: tuple[str, ...] = ()
    other_yardsticks: tuple[str, ...] = ()
    term: Term | None = None
    band: Band | None = None
    number: float | None = None
    below: Term | None = None
    above: Term | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Advised:
    """A forecast of a document, and what could be worded better in it."""

    found: FoundForecast
    advices: tuple[Advice, ...]


def advise(
    text: str, *, yardstick: Yardstick, made_on: date | None, fields: Fields | None = None
) -> tuple[Advice, ...]:
    """Advice on a text that is one forecast, in the order of the rules; `fields` are its form's, None without a form.

    Empty for a blank text, for one in another language than English, and for sentences too long to be read.
    """
    normal = normalise(text)
    if guess_language(normal) not in LANGUAGES:
        return ()
    written = _Written.of(normal, yardstick, made_on)
    if written is None:
        return ()
    forecasts = written.judged or written.found
    given = [advice for each in forecasts for advice in _of_sentence(_Read.of(each, yardstick))]
    given += [*_of_text(written, fields or Fields()), *_of_words(list(word_uses(normal)), yardstick)]
    given += _of_fields(written, fields) if fields else ()
    return _in_order(given)


def advise_each(found: Iterable[FoundForecast], *, yardstick: Yardstick, made_on: date | None) -> tuple[Advised, ...]:
    """Those forecasts of a document that could be worded better, in text order; repetitions are passed over."""
    once = [each for each in found if each.duplicate_of is None]
    uses = [_moved(use, each.start) for each in once for use in word_uses(each.quote)]
    of_words = list(_of_words(uses, yardstick))
    advised = []
    for each in once:
        read = _Read.of(each, yardstick)
        own = [advice for advice in of_words if each.start <= advice.start < each.end]
        if advices := _in_order([*_of_sentence(read), *_of_lack(read, made_on), *own]):
            advised.append(Advised(each, advices))
    return tuple(advised)


def _in_order(given: Iterable[Advice]) -> tuple[Advice, ...]:
    """As the rules stand; what is told as mixed is not told as foreign too."""
    advices = sorted(dict.fromkeys(given), key=lambda advice: (_ORDER[advice.slug], advice.start))
    mixed = {words for each in advices if each.slug == "mixed_yardsticks" for words in (each.words, each.other)}
    return tuple(each for each in advices if each.slug != "foreign_term" or plain(each.words) not in mixed)


# --- What is read -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """A forecast with its words of likelihood, the judging one first, and its number."""

    found: FoundForecast
    yardstick: Yardstick
    uses: tuple[TermUse, ...]
    chance: Chance | None

    @classmethod
    def of(cls, found: FoundForecast, yardstick: Yardstick) -> _Read:
        uses = list(term_uses(found.quote, vocabulary_of(yardstick)))
        spans = [(use.start, use.end) for use in uses]
        chance = find_chance(found.quote, spans, in_forecast=found.section == "forecast")
        judging = plain(found.term_text or "")
        first = next((place for place, use in enumerate(uses) if use.bare_words == judging), len(uses))
        return cls(found, yardstick, tuple(uses[first:]), chance)

    @property
    def judged(self) -> tuple[int, int] | None:
        """Where the likelihood stands."""
        return (self.uses[0].start, self.uses[0].end) if self.uses else self.numbered

    @property
    def numbered(self) -> tuple[int, int] | None:
        """Where the number stands."""
        return (self.chance.start, self.chance.end) if self.chance else None

    def advice(self, slug: Slug, span: tuple[int, int] | None) -> Advice:
        """About the words there, or about the sentence as a whole."""
        start, words = self.found.start, self.found.quote
        return _at(slug, words, span, start) if span else Advice(slug, start, self.found.end)


@dataclass(frozen=True, slots=True)
class _Written:
    """A text that is one forecast: what the reader finds in it, in itself and as a note written out."""

    text: str
    yardstick: Yardstick
    made_on: date | None
    found: tuple[FoundForecast, ...]
    noted: tuple[FoundForecast, ...]
    window: Window | None

    @classmethod
    def of(cls, text: str, yardstick: Yardstick, made_on: date | None) -> _Written | None:
        """None where no sentence can be read."""
        if not (sentences := _sentences(text)):
            return None
        found = find_forecasts(_parts(text, sentences), published_on=made_on, yardstick=yardstick)
        note = written_out(text)
        noted, in_note = found, sentences
        if note != text:
            in_note = _sentences(note)
            noted = find_forecasts(_parts(note, in_note), published_on=made_on, yardstick=yardstick)
        window = _told(noted) if noted else _named([note[each.start : each.end] for each in in_note], made_on)
        return cls(text, yardstick, made_on, found, noted, window)

    @property
    def judged(self) -> Sequence[FoundForecast]:
        """What carries a term or a number; beside it other sentences only support it."""
        return [each for each in self.found if "unquantified" not in each.flags]

    def advice(self, slug: Slug, words: str | None) -> Advice:
        """About the first place of these words, or about the text as a whole."""
        span = _place(words or "", self.text)
        return _at(slug, self.text, span, 0) if span else Advice(slug, 0, len(self.text))


def _at(slug: Slug, text: str, span: tuple[int, int], offset: int) -> Advice:
    words = re.sub(r"[*_]", " ", text[slice(*span)])
    return Advice(slug, offset + span[0], offset + span[1], " ".join(words.split()))


def _place(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand first, whatever blanks are between them."""
    match = re.search(r"\s+".join(map(re.escape, words.split())), text) if words else None
    return match.span() if match else None


def _moved(use: WordUse, by: int) -> WordUse:
    return replace(use, start=use.start + by, end=use.end + by)


def _sentences(text: str) -> tuple[Sentence, ...]:
    spans = [span for span in split_sentences(text, 0, len(text)) if span.end - span.start <= LONGEST_SENTENCE]
    return tuple(Sentence(span.start, span.end, "forecast", None, 0) for span in spans)


def _parts(text: str, sentences: tuple[Sentence, ...]) -> Parts:
    """A document of a forecast section alone, in which every sentence about the future is a forecast."""
    return Parts(text, None, None, None, "en", (), (), (), sentences)


def _told(found: Iterable[FoundForecast]) -> Window | None:
    """The window of the forecasts, one with a last day before one without."""
    windows = [
        Window(each.horizon, each.horizon_text, each.opens_on, each.closes_on)
        for each in found
        if "no_date" not in each.flags
    ]
    return min(windows, key=lambda window: window.closes_on is None, default=None)


def _named(sentences: Sequence[str], made_on: date | None) -> Window | None:
    """The window that sentences name in which the reader finds no forecast ("Ceasefire holds until 30 June")."""
    windows = (sentence_window(each, made_on, term_at=None, condition=None) for each in sentences)
    return next((window for window in windows if window), None)


# --- Sentence by sentence -----------------------------------------------------------------------------------------


def _of_sentence(read: _Read) -> Iterator[Advice]:
    flags, use, number = read.found.flags, read.uses[0] if read.uses else None, read.found.probability
    if use and "foreign_term" in flags:
        known = vocabulary_of(read.yardstick).terms.get(use.own_words)
        yield replace(read.advice("foreign_term", read.judged), yardsticks=yardsticks_with(use.own_words), term=known)
    if use and "out_of_band" in flags:
        yield replace(read.advice("out_of_band", read.judged), term=use.term, band=use.band, number=number)
    if number is not None and (use is None or use.term is None):
        yield from _gap(read.advice("gap", read.numbered), number, read.yardstick)
    if use and "double_hedge" in flags:
        yield replace(read.advice("double_hedge", _modal_near(read.found.quote, use)), other=use.bare_words)
    if "vague_threshold" in flags:
        yield read.advice("vague_threshold", vague_words(read.found.quote, read.numbered))
    if "compound" in flags:
        yield read.advice("compound", (read.uses[1].start, read.uses[1].end) if len(read.uses) > 1 else None)
    yield from _mixed_confidence(read)


def _of_lack(read: _Read, made_on: date | None) -> Iterator[Advice]:
    """What a forecast of a document lacks."""
    if "unquantified" in read.found.flags:
        modal = _MODAL.search(read.found.quote)
        yield read.advice("no_term", modal.span() if modal else None)
    if "no_date" in read.found.flags:
        past = _past_deadline(read.found.quote, made_on)
        yield replace(read.advice("past_date", past[0]), day=past[1]) if past else read.advice("no_date", None)
    elif (window := _told([read.found])) and _has_no_end(window, made_on):
        # A heading ("Long-term") is meant to have no end.
        in_sentence = _place(window.text or "", read.found.quote)
        yield from [read.advice("vague_date", in_sentence)] if in_sentence else []


def _gap(advice: Advice, number: float, yardstick: Yardstick) -> Iterator[Advice]:
    """The advice with the gap's neighbours, if the number has no word."""
    if yardstick.term_for(number) is not None:
        return
    below = [term for term in yardstick.terms if term.high is not None and term.high <= number]
    above = [term for term in yardstick.terms if term.low is not None and term.low >= number]
    yield replace(
        advice,
        number=number,
        below=max(below, key=lambda term: term.high or 0.0, default=None),
        above=min(above, key=lambda term: term.low or 0.0, default=None),
    )


def _modal_near(sentence: str, use: TermUse) -> tuple[int, int] | None:
    """The modal that hedges once more: the first behind the term, else the last before it."""
    modals = [match.span() for match in _MODAL.finditer(sentence)]
    behind = [span for span in modals if span[0] >= use.end]
    return next(iter(behind or reversed(modals)), None)


def _mixed_confidence(read: _Read) -> Iterator[Advice]:
    confidence = _CONFIDENCE.search(read.found.quote)
    if confidence and read.judged:
        likelihood = read.advice("mixed_confidence", read.judged)
        yield replace(read.advice("mixed_confidence", confidence.span()), other=likelihood.words)


def _past_deadline(sentence: str, made_on: date | None) -> tuple[tuple[int, int], date] | None:
    """Where the first deadline with a year stands that was over when the forecast was made, and its last day."""
    if made_on is None:
        return None
    for period in named_periods(sentence, _LONG_AGO):
        named = period.is_deadline and _YEAR.search(sentence, period.start, period.end)
        if named and period.last is not None and period.last < made_on:
            return (period.start, period.end), period.last
    return None


def _has_no_end(window: Window, made_on: date | None) -> bool:
    """Whether it says when, but not until when; "after 2027" says from when."""
    if made_on is None or window.closes_on is not None:
        return False
    return window.opens_on is None or window.opens_on <= made_on


# --- The text as a whole ------------------------------------------------------------------------------------------


def _of_text(written: _Written, fields: Fields) -> Iterator[Advice]:
    """What the text lacks that the fields do not supply, and whether it is more than one forecast."""
    judged = written.judged
    if not fields.has_chance and all("unquantified" in each.flags for each in written.noted):
        modal = _MODAL.search(written.text)
        yield written.advice("no_term", modal.group() if modal else None)
    if len(judged) > 1 and not any("compound" in each.flags for each in judged):
        second = _Read.of(judged[1], written.yardstick)
        yield second.advice("compound", second.judged)
    if written.noted is not written.found:
        for each in written.noted:
            if each.probability is not None and each.term is None:
                yield from _gap(written.advice("gap", None), each.probability, written.yardstick)
    if fields.closes_on is None:
        yield from _of_days(written)


def _of_days(written: _Written) -> Iterator[Advice]:
    if written.window is None:
        note = written_out(written.text)
        if past := _past_deadline(note, written.made_on):
            yield replace(written.advice("past_date", note[slice(*past[0])]), day=past[1])
        else:
            yield written.advice("no_date", None)
    elif _has_no_end(written.window, written.made_on):
        yield written.advice("vague_date", written.window.text)


def _of_words(uses: Sequence[WordUse], yardstick: Yardstick) -> Iterator[Advice]:
    """Words that no yardstick has all of; else, of ICD 203, words of both its rows."""
    first = {use.words: use for use in sorted(uses, key=lambda use: -use.start)}
    # Those of the yardstick in use go before, so that the others are told to go ill with them.
    firsts = sorted(first.values(), key=lambda use: (yardstick.slug not in use.yardsticks, use.start))
    if not in_common(firsts):
        yield from _pair("mixed_yardsticks", firsts, lambda one, two: not set(one.yardsticks) & set(two.yardsticks))
    elif yardstick is ICD_203:
        own = [use for use in firsts if yardstick.slug in use.yardsticks]
        yield from _pair("mixed_rows", own, lambda one, two: (one.words in SECOND_ROW) != (two.words in SECOND_ROW))


def _pair(slug: Slug, uses: Sequence[WordUse], clash: Callable[[WordUse, WordUse], bool]) -> Iterator[Advice]:
    """The first words that go ill with some before them, and the first of these."""
    for place, use in enumerate(uses):
        for before in uses[:place]:
            if clash(before, use):
                yield Advice(
                    slug, use.start, use.end, use.words,
                    other=before.words, yardsticks=use.yardsticks, other_yardsticks=before.yardsticks,
                )  # fmt: skip
                return


# --- The fields of a form -----------------------------------------------------------------------------------------


def _of_fields(written: _Written, fields: Fields) -> Iterator[Advice]:
    """Where sentence, event and fields say different things, and a chosen number without a word."""
    yield from _of_event(normalise(fields.event), written.yardstick)
    told = {each.probability for each in written.noted}
    if fields.probability is not None and fields.term is None and fields.probability not in told:
        yield from _gap(Advice("gap", field="chance"), fields.probability, written.yardstick)
    judged = next((each for each in written.noted if "unquantified" not in each.flags), None)
    if judged and _says_else(judged, fields):
        yield _other_chance(written, judged, fields)
    window = written.window
    if window and window.closes_on and window.closes_on != fields.closes_on:
        yield replace(written.advice("other_date", window.text), day=window.closes_on)


def _says_else(judged: FoundForecast, fields: Fields) -> bool:
    """Whether the fields hold another term or number than the sentence; a number alone may stand for its term."""
    if not fields.has_chance:
        return any(each is not None for each in (judged.term, judged.probability, judged.low, judged.high))
    if judged.probability is not None and judged.probability != fields.probability:
        return True
    return judged.term is not None and fields.term is not None and not _has_term(judged, fields)


def _other_chance(written: _Written, judged: FoundForecast, fields: Fields) -> Advice:
    """About the term, if that is what differs, else about the number."""
    if judged.term is not None and not _has_term(judged, fields):
        return written.advice("other_chance", judged.term_text)
    chance = find_chance(judged.quote, (), in_forecast=True)
    words = judged.quote[chance.start : chance.end] if chance else None
    return replace(written.advice("other_chance", words), number=judged.probability)


def _has_term(judged: FoundForecast, fields: Fields) -> bool:
    return fields.term is not None and (fields.term.slug, fields.negated) == (judged.term, judged.negated)


def _of_event(event: str, yardstick: Yardstick) -> Iterator[Advice]:
    """An event says what happens, not how likely it is."""
    uses = [(use.start, use.end) for use in term_uses(event[:LONGEST_SENTENCE], vocabulary_of(yardstick))]
    chance = find_chance(event[:LONGEST_SENTENCE], uses, in_forecast=True)
    modal = _MODAL.search(event)
    spans = [*uses, *([(chance.start, chance.end)] if chance else []), *([modal.span()] if modal else [])]
    if spans:
        yield replace(_at("event_has_term", event, min(spans), 0), field="event")
