"""Explicit chances: "60 percent", "[9/10]", "one in four", "60–70 %"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.reading.word_sets import word_list

_ONES = word_list(
    "zero one two three four five six seven eight nine ten",
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
_TIMES_TEN = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
WORD_NUMBERS = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TIMES_TEN, start=2)
}

_TENS = "|".join(word for word, number in WORD_NUMBERS.items() if number >= 20)
_DIGITS = "|".join(_ONES[1:10])
_UNITS = "|".join(WORD_NUMBERS)
_NUMBER = rf"(?>\d{{1,3}}(?:\.\d+)?|(?:{_TENS})(?:[\s-](?:{_DIGITS})\b)?+|(?:{_UNITS})|a\s+hundred)"
_PERCENT = r"[\s-]*(?:%|per\s?cent\b|pct\b|percentage\b)"
_AT_LEAST = (
    r"at\s+least|no\s+less\s+than|not\s+less\s+than|more\s+than|greater\s+than|over|above|upwards\s+of"
    r"|a\s+minimum\s+of|better\s+than"
    r"|exceeding|[>≥]"
)
_AT_MOST = (
    r"at\s+most|no\s+more\s+than|not\s+more\s+than|no\s+greater\s+than|no\s+higher\s+than|no\s+better\s+than|less\s+than"
    r"|lower\s+than|fewer\s+than|under"
    r"|below|up\s+to|a\s+maximum\s+of|as\s+much\s+as|[<≤]"
)
_ABOUT = (
    r"about|around|roughly|approximately|approx\.|some|near(?:ly)?|almost|circa|an?\s+estimated|perhaps|ca?\.|~|≈|p\s*[=≈~]"
    r"|between|from"
)
_CHANCE = re.compile(
    rf"""
      (?<![\w.,/$€£-])
      (?:(?P<least>{_AT_LEAST})\s*|(?P<most>{_AT_MOST})\s*)? (?:(?:a|an|the)\s+)? (?:(?:{_ABOUT})\s*)?
      (?:
        (?P<low>{_NUMBER}) (?:{_PERCENT})? \s*(?:-|–|—|\bto\b|\band\b)\s* (?P<high>{_NUMBER}) {_PERCENT}
      | (?P<percent>{_NUMBER}) {_PERCENT}
      | (?P<even>fifty[\s-]+fifty|50\s*[-–:/]\s*50)
      | (?P<part>{_NUMBER}) (?:\s*/\s*|(?:\s+chances?)?[\s-]+in[\s-]+(?:a\s+)?|(?:\s+chances?)?\s+out\s+of\s+)
        (?P<whole>{_NUMBER})
      | (?P<parts>one|two|three|four)[\s-](?P<fraction>third|quarter|fifth)s?
      | (?P<decimal>0?\.\d{{1,3}}(?:\s*[-–]\s*0?\.\d{{1,3}})?)
      ) (?![\w/]|\.\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOUN = r"(?:chances?|probability|likelihood|possibility|odds|risk|prospects?)"
_NOUN_AFTER = re.compile(
    rf"[)\]*_]*[\s+-]*(?P<bound>or\s+(?:more|higher|above|less|lower|below)\s+)?(?:{_NOUN}|likely|unlikely"
    rf"|probable|certain|(?:confident|sure)\s+that)\b",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\s*(?:or|and)\s+(?P<way>more|higher|above|greater|less|lower|below)\b|(?P<plus>\s?\+)", re.IGNORECASE
)
_NOUN_DIRECTLY_BEFORE = re.compile(
    rf"\b(?:{_NOUN}\b[\s,]*(?:now\s+)?(?P<link>of|at|is|are|as|being|stands?\s+at|equals?|to|:|=|–|—|\()\s*(?:now\s+)?"
    r"|(?:chances?|probability|likelihood|odds)\s+)$",
    re.IGNORECASE,
)
# What may follow "a chance of 20 percent"; another noun is what it sizes ("a chance of 20 percent growth").
_NUMBER_ENDS = re.compile(
    r"\s*(?:$|[^\w\s]|(?:that|of|for|to|and|or|but|by|in|on|at|over|within|before|after|until|if|unless|this|next|either|as|per"
    r"|while|with|is|are|or)\b)",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(rf"\b{_NOUN}\b[^%;]{{0,140}}\b(?:at|is|are|as)\s*$", re.IGNORECASE)
_OF_SOMETHING = re.compile(r"\s+of\s+(?!(?:a|an)\s+\w+ing\b)", re.IGNORECASE)
_BRACKETED_BEFORE = re.compile(
    r"[(\[]\s*(?:(?:i\.e\.,?|our|an?|with\s+an?|we\s+say|now|still)\s+)?(?:(?:p|prob|probability|chances?|likelihood|odds|estimated?"
    r"|estimate|forecast)\b\.?\s*(?:[:=,]\s*|of\s+|at\s+|is\s+)?)?$",
    re.IGNORECASE,
)
_BRACKETED_AFTER = re.compile(
    r"\s*(?:or\s+(?:more|less|higher|lower)\s*)?(?:chance|probability|likelihood|likely)?\s*[)\]]", re.IGNORECASE
)
_ENDS = re.compile(r"\s*(?:[.,;:]|$)")
_CLAUSE_END = re.compile(r"\s*(?:chance|probability|likelihood)?\s*[)\]]\s*(?:[.,;:]|$)", re.IGNORECASE)
# As in: The town is unlikely to fall: 30%.
_AT_THE_END_BEFORE = re.compile(r"(?::|\s[–—])\s*$")
_AT_THE_END_AFTER = re.compile(r"\s*(?:chance|probability|likelihood)?[.*_\s]*$", re.IGNORECASE)
_CLOSE_BEFORE = re.compile(r"[\s,(\[–—:*_-]{1,5}(?:a\s+|i\.e\.,?\s*|or\s+|at\s+)?$")
# Without one of these, or a term beside it, no number is a chance.
_HINTS = ("(", "[", "chance", "probab", "likel", "possib", "odds", "risk", "prospect", "certain", "confident", "sure")
# Without a number there is no chance in figures.
_MAYBE = re.compile(rf"\d|\b(?:{'|'.join([*WORD_NUMBERS, 'hundred'])})\b")
_FRACTIONS = {"third": 3, "quarter": 4, "fifth": 5}
_REACH = 180


@dataclass(frozen=True, slots=True)
class Chance:
    """An explicit chance, 0 to 1: a number, or a range either of whose ends may be missing."""

    start: int
    end: int
    low: float | None
    high: float | None
    probability: float | None


def find_chance(sentence: str, terms: Sequence[tuple[int, int]], *, in_forecast: bool) -> Chance | None:
    """The first number of the sentence that is a chance, None where no number is one.

    A number is a chance by the words beside it ("a 60 percent chance of"), by standing next to a term
    ("unlikely (30%)"), in square brackets, or alone in brackets in the forecast section.
    """
    lowered = sentence.lower()
    if (not terms and not any(hint in lowered for hint in _HINTS)) or not _MAYBE.search(lowered):
        return None
    for match in _CHANCE.finditer(sentence):
        if _is_chance(sentence, match, terms, in_forecast=in_forecast):
            chance = _read(sentence, match)
            if chance:
                return chance
    return None


def _is_chance(sentence: str, match: re.Match[str], terms: Sequence[tuple[int, int]], *, in_forecast: bool) -> bool:
    before = sentence[max(0, match.start() - _REACH) : match.start()]
    after = sentence[match.end() : match.end() + _REACH]
    if _NOUN_AFTER.match(after) or "chance" in match.group().lower():
        return True
    bracketed = bool(_BRACKETED_BEFORE.search(before) and _BRACKETED_AFTER.match(after))
    if bracketed and (in_forecast or before.rstrip().endswith("[")) and not match["decimal"]:
        return True
    if bracketed and any(end <= match.start() for _, end in terms) and _CLAUSE_END.match(after):
        return True
    if any(_is_next_to(sentence, match, span) for span in terms):
        return not _OF_SOMETHING.match(after)
    if terms and _AT_THE_END_BEFORE.search(before) and _AT_THE_END_AFTER.match(after):
        return True
    return _is_told_directly(match, before, after) or _is_told_of_noun(match, before, after)


def _is_told_directly(match: re.Match[str], before: str, after: str) -> bool:
    """ "A probability of 30 percent"; in "a possibility of a 40 percent cut" the number sizes the cut."""
    noun = _NOUN_DIRECTLY_BEFORE.search(before)
    if noun is None or not _NUMBER_ENDS.match(after):
        return False
    return noun["link"] != "of" or not re.match(r"(?:an?|the)\s", match.group(), re.IGNORECASE)


def _is_told_of_noun(match: re.Match[str], before: str, after: str) -> bool:
    """ "The chance that X falls is 20 percent"; a "one in five" must end its clause."""
    if (match["part"] or match["parts"]) and not _ENDS.match(after):
        return False
    return bool(_NOUN_BEFORE.search(before)) and not _OF_SOMETHING.match(after)


def _is_next_to(sentence: str, match: re.Match[str], span: tuple[int, int]) -> bool:
    between = sentence[span[1] : match.start()]
    return 0 < len(between) <= 8 and bool(
        _CLOSE_BEFORE.fullmatch(between) or (_CLOSE_BEFORE.search(between[-5:]) and not between.strip(" ,([–—:*_-"))
    )


def _read(sentence: str, match: re.Match[str]) -> Chance | None:
    if match["low"]:
        return _checked(match, _number(match["low"]) / 100, _number(match["high"]) / 100, None)
    if match["decimal"] and re.search(r"\d\s*[-–]", match["decimal"]):
        low, high = (float(end) for end in re.split(r"\s*[-–]\s*", match["decimal"]))
        return _checked(match, low, high, None)
    value = _single(match)
    if value is None:
        return None
    least, most = bool(match["least"]), bool(match["most"])
    if bound := _BOUND_AFTER.match(sentence, match.end()):
        upwards = bool(bound["plus"]) or (bound["way"] or "").lower() in {"more", "higher", "above", "greater"}
        least, most = upwards, not upwards
    if least or most:
        return _checked(match, value if least else None, None if least else value, None)
    return _checked(match, None, None, value)


def _single(match: re.Match[str]) -> float | None:
    if match["percent"]:
        return _number(match["percent"]) / 100
    if match["even"]:
        return 0.5
    if match["decimal"]:
        return float(match["decimal"])
    if match["parts"]:
        return WORD_NUMBERS[match["parts"].lower()] / _FRACTIONS[match["fraction"].lower()]
    whole = _number(match["whole"])
    return _number(match["part"]) / whole if whole else None


def _number(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        parts = [part for part in re.split(r"[\s-]+", words.lower()) if part != "a"]
        return float(sum(100 if part == "hundred" else WORD_NUMBERS[part] for part in parts))


def _checked(match: re.Match[str], low: float | None, high: float | None, value: float | None) -> Chance | None:
    """Rounded to hide the noise of division; no chance lies outside 0 to 1 or ends before it starts."""
    bounds = [round(each, 6) if each is not None else None for each in (low, high, value)]
    if any(each is not None and not 0 <= each <= 1 for each in bounds):
        return None
    if low is not None and high is not None and low > high:
        return None
    return Chance(match.start(), match.end(), *bounds)
