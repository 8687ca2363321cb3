"""The same judgement told twice: in the summary or body, and again in the forecast section."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.reading.word_sets import word_set

ENOUGH_SHARED = 0.6
# A judgement of three words that a long sentence happens to hold is not told twice.
ENOUGH_OF_LONGER = 0.4
# Postings longer than this hold words too common to tell judgements apart.
MOST_CANDIDATES = 60
RAREST_WORDS = 12

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = word_set(
    "the a an of and to in is are be been will would could may might that for on with as by at from it its this there",
    "or not no than has have had was were into over under their his her they he she we our these those which who can",
    "cannot do does did also likely unlikely probable probably highly almost certain certainly realistic possibility",
    "remote chance very if unless should provided before after until during within by next coming",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is compared: the quote, and a key that must be equal (term and polarity)."""

    quote: str
    key: tuple[str | None, bool]
    in_forecast: bool


def find_duplicates(judgements: Sequence[Judged]) -> dict[int, int]:
    """For the index of each judgement outside the forecast section, that of the one inside that it repeats.

    Two judgements are the same where term and polarity are equal and at least 0.6 of the content words of
    the shorter are shared. Time is linear: only candidates that share one of the rarer words are compared.
    """
    words = [content_words(judged.quote) for judged in judgements]
    counts = Counter(word for each in words for word in each)
    postings: defaultdict[tuple[object, str], list[int]] = defaultdict(list)
    for index, judged in enumerate(judgements):
        if judged.in_forecast:
            for word in words[index]:
                posting = postings[judged.key, word]
                if len(posting) < MOST_CANDIDATES:
                    posting.append(index)
    found = {}
    for index, judged in enumerate(judgements):
        if not judged.in_forecast:
            twin = _best_twin(judged, words[index], words, counts, postings)
            if twin is not None:
                found[index] = twin
    return found


def _best_twin(
    judged: Judged,
    own: frozenset[str],
    words: Sequence[frozenset[str]],
    counts: Mapping[str, int],
    postings: Mapping[tuple[object, str], list[int]],
) -> int | None:
    rare = sorted(own, key=lambda word: (counts[word], word))[:RAREST_WORDS]
    candidates = {index for word in rare for index in postings.get((judged.key, word), ())}
    shares = [(-shared(own, words[index]), index) for index in sorted(candidates)[: 4 * MOST_CANDIDATES]]
    best = min(shares, default=None)
    return best[1] if best and -best[0] >= ENOUGH_SHARED else None


def content_words(quote: str) -> frozenset[str]:
    """The words that carry the matter, roughly stemmed: no articles, verbs of being or words of likelihood."""
    return frozenset(_stem(word) for word in _WORD.findall(quote.lower()) if word not in _SMALL)


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share, 0 to 1, of the smaller set's words that the other has too.

    It is 0 where less than two words are in common, or too few of the larger set's.
    """
    common = len(one & other)
    smaller = min(len(one), len(other))
    if not smaller or (common < 2 and one != other) or common < ENOUGH_OF_LONGER * max(len(one), len(other)):
        return 0.0
    return common / smaller
