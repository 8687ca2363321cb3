"""Which yardstick a text speaks: the words of likelihood that it uses, and the yardsticks that have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from forecasts.reading.rules import LONGEST_SENTENCE
from forecasts.reading.terms import Vocabulary, plain, term_uses, vocabulary_of
from forecasts.yardsticks.band import Term, Yardstick
from forecasts.yardsticks.scales import ICD_203, IPCC_AR5, KENT_1964, PHIA_2025, get

# STIX is for interchange: nobody writes in it.
WRITTEN_IN = (PHIA_2025, ICD_203, KENT_1964, IPCC_AR5)
_NOT = " not"


def _words_of(yardstick: Yardstick) -> frozenset[str]:
    return frozenset(words for term in yardstick.terms for words in term.words)


def _evidence() -> Mapping[str, frozenset[str]]:
    every = frozenset[str]().union(*map(_words_of, WRITTEN_IN))
    return MappingProxyType(
        {words: frozenset(each.slug for each in WRITTEN_IN if _has(each, words)) for words in sorted(every)}
    )


def _has(yardstick: Yardstick, words: str) -> bool:
    """Whether the yardstick can say it: "will probably not hold" is its own "probably", and a "not" of the event."""
    own = _words_of(yardstick)
    return words in own or (words.endswith(_NOT) and words.removesuffix(_NOT) in own)


# Every word of every yardstick, and the slugs of those that have it.
EVIDENCE: Mapping[str, frozenset[str]] = _evidence()
# What a text says of its own yardstick counts before its words do.
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "PHIA": PHIA_2025.slug,
        "probability yardstick": PHIA_2025.slug,
        "ICD 203": ICD_203.slug,
        "Intelligence Community Directive 203": ICD_203.slug,
        "words of estimative probability": KENT_1964.slug,
        "IPCC calibrated": IPCC_AR5.slug,
        "calibrated likelihood": IPCC_AR5.slug,
    }
)
# Everybody says it, so it is counted for nobody; it tells the IPCC's texts from those that share all other words.
_EVERYDAY = "more likely than not"
_OF_THE_IPCC = re.compile(r"\b(?:medium|very\s+(?:high|low))\s+confidence\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:" + "|".join(re.sub(r"\\ ", r"[\\s-]+", re.escape(name)) for name in NAMES) + r")\b", re.IGNORECASE
)
_BY_NAME = {plain(name): slug for name, slug in NAMES.items()}


@dataclass(frozen=True, slots=True)
class WordUse:
    """A word of likelihood in a text, code points from its start, and the yardsticks that have it, in their order."""

    start: int
    end: int
    words: str
    yardsticks: tuple[str, ...]


def word_uses(text: str) -> Iterator[WordUse]:
    """The words of likelihood that a text uses and any yardstick has, the longest at each place."""
    for start, end in _pieces(text):
        for use in term_uses(text[start:end], _all_words()):
            if use.own_words in EVIDENCE:
                yield WordUse(start + use.start, start + use.end, use.own_words, yardsticks_with(use.own_words))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that are no longer than the longest sentence, so that reading time stays linear."""
    start = 0
    while start < len(text):
        end = start + LONGEST_SENTENCE
        if end < len(text):
            ends = (text.rfind(mark, start, end) + len(mark) for mark in ("\n\n", ". ", "\n", " "))
            end = next((each for each in ends if each > start + LONGEST_SENTENCE // 2), end)
        yield start, min(end, len(text))
        start = end


def yardsticks_with(words: str) -> tuple[str, ...]:
    """The slugs of the yardsticks that have these words, in their order; empty for words that none has."""
    having = EVIDENCE.get(plain(words), frozenset())
    return tuple(each.slug for each in WRITTEN_IN if each.slug in having)


def in_common(uses: Sequence[WordUse]) -> tuple[str, ...]:
    """The yardsticks that have every one of the words."""
    return tuple(each.slug for each in WRITTEN_IN if all(each.slug in use.yardsticks for use in uses))


def suggest_yardstick(text: str) -> str | None:
    """The slug of the yardstick that a text speaks, None where its words do not decide; linear in its length.

    The one that the text names; else the one that has more of its words than any other.
    """
    named = {_BY_NAME[plain(match.group())] for match in _NAME.finditer(text)}
    if len(named) == 1:
        return named.pop()
    uses = list(word_uses(text))
    counted = [use for use in uses if use.words != _EVERYDAY]
    known = {each.slug: sum(each.slug in use.yardsticks for use in counted) for each in WRITTEN_IN}
    most = max(known.values())
    best = [slug for slug, count in known.items() if count == most > 0]
    return best[0] if len(best) == 1 else _among(best, text, {use.words for use in uses})


def _among(best: Sequence[str], text: str, words: Set[str]) -> str | None:
    """Which of several that have equally many of the words, if any.

    Between ICD 203 and the IPCC's the text's other habits decide, and without any the likelier for a desk. A
    negation that only one of them has as a word ("almost certainly not") speaks for it where it does not stand alone.
    """
    if set(best) == {ICD_203.slug, IPCC_AR5.slug}:
        return IPCC_AR5.slug if _EVERYDAY in words or _OF_THE_IPCC.search(text) else ICD_203.slug
    negations = {each for each in words if each.endswith(_NOT)}
    if len(words) < 2 or not negations:
        return None
    return next((slug for slug in best if negations <= _words_of(get(slug))), None)


@cache
def _all_words() -> Vocabulary:
    """All words of all yardsticks as one vocabulary; what they stand for does not matter here."""
    terms = tuple(Term(words, (words,), None, None) for words in EVIDENCE)
    return vocabulary_of(Yardstick("all", "", "", "", "", terms))
