"""Numbers as people write them: "14,000", "1.2 million", "two hundred and fifty", "tens of thousands"."""

import re
from dataclasses import dataclass

from claims.reading.tokens import Tokens, lower_at

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
}
SUFFIXES = {"k": 1_000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9}
# Twice the unit, because a plural is two at the least; a score is twenty.
VAGUE_PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6}
VAGUE_PRODUCTS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000}
VAGUE_WORDS = frozenset({"several", "many", "numerous", "countless", "few", "handful", "multiple"})
# A number in words begins with one of these, or with a hyphenated one ("twenty-three").
NUMBER_WORDS = frozenset(
    {*UNITS, *TENS, *SCALES, *VAGUE_PLURALS, *VAGUE_PRODUCTS, *VAGUE_WORDS, "a", "an", "half", "quarter"}
)
_SIGNS = sorted({*UNITS, *TENS, *SCALES, *VAGUE_PLURALS, *VAGUE_WORDS, "tens", "couple"})
_SIGN_OF_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_SIGNS)})\b")
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `first` to `last` (exclusive). A vague one has a floor as its value, or none."""

    first: int
    last: int
    value: int | float | None
    vague: bool = False
    whole: bool = True
    scaled: bool = False


def may_hold_number(text: str, start: int, end: int) -> bool:
    """Whether a digit or a number word stands in that stretch; most sentences hold none and need no more reading."""
    return _SIGN_OF_NUMBER.search(text[start:end].lower()) is not None


def read_number(tokens: Tokens, at: int) -> Number | None:
    """The number that begins at that token, the longest there is, or None."""
    if at >= len(tokens) or tokens[at].kind == "mark":
        return None
    if tokens[at].kind == "number":
        return _digits(tokens, at)
    if tokens[at].kind == "mixed":
        return _suffixed(tokens, at)
    word = tokens[at].lower
    if word not in NUMBER_WORDS and "-" not in word and "‑" not in word:
        return None
    return _vague(tokens, at) or _fraction_of_scale(tokens, at) or _spelt(tokens, at)


def _plain(digits: str) -> int | float:
    digits = "".join(sign for sign in digits if sign.isdecimal() or sign == ".")
    if "." in digits:
        return float(digits)
    return int(digits) if len(digits) <= 15 else _LARGEST


def _tidy(value: float) -> int | float:
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _digits(tokens: Tokens, at: int) -> Number | None:
    value = _plain(tokens[at].text)
    last, scale = _scales(tokens, at + 1)
    value = _tidy(value * scale)
    if value > _LARGEST:
        return None
    return Number(at, last, value, whole=value == int(value), scaled=scale > 1)


def _scales(tokens: Tokens, at: int) -> tuple[int, int]:
    scale = 1
    while lower_at(tokens, at) in SCALES and scale < _LARGEST:
        scale *= SCALES[tokens[at].lower]
        at += 1
    return at, scale


def _suffixed(tokens: Tokens, at: int) -> Number | None:
    body = tokens[at].lower.rstrip("abcdefghijklmnopqrstuvwxyz")
    scale = SUFFIXES.get(tokens[at].lower[len(body) :])
    if scale is None or not body[-1:].isdecimal() or not set(body) <= set("0123456789.,"):
        return None
    value = _tidy(_plain(body) * scale)
    return Number(at, at + 1, value, whole=value == int(value), scaled=True) if value <= _LARGEST else None


def small_number(word: str) -> int | None:
    """A number up to ninety-nine in one word, or None."""
    tens, _, units = word.replace("‑", "-").partition("-")
    if not units:
        return UNITS.get(word, TENS.get(word))
    if tens in TENS and 1 <= UNITS.get(units, 0) <= 9:
        return TENS[tens] + UNITS[units]
    return None


def _spelt(tokens: Tokens, at: int) -> Number | None:
    """ "two thousand three hundred and five", "a dozen", "twenty five"."""
    first, total, part, seen = at, 0, 0, False
    if lower_at(tokens, at) in ("a", "an"):
        if lower_at(tokens, at + 1) not in SCALES:
            return None
        at, part = at + 1, 1
    while at < len(tokens) and total + part <= _LARGEST:
        word = tokens[at].lower
        small = small_number(word)
        if small is not None and _joins(part, small):
            part, seen = part + small, True
        elif word in SCALES and (seen or part):
            total, part, seen = _scale_up(total, part, SCALES[word])
        elif not (word == "and" and (total or part >= 100) and small_number(lower_at(tokens, at + 1))):
            break
        at += 1
    return Number(first, at, total + part, scaled=at - first > 1) if seen else None


def _joins(part: int, small: int) -> bool:
    return part % 100 == 0 or (part % 100 in TENS.values() and part % 10 == 0 and 0 < small < 10)


def _scale_up(total: int, part: int, scale: int) -> tuple[int, int, bool]:
    if scale == 100:
        return total, max(part, 1) * 100, True
    return total + max(part, 1) * scale, 0, True


_HALVES = {
    f"{part}-{scale}": SCALES[scale] // share
    for part, share in (("half", 2), ("quarter", 4))
    for scale in ("dozen", "million", "billion")
}


def _fraction_of_scale(tokens: Tokens, at: int) -> Number | None:
    """ "half a million", "a quarter of a million", "half a dozen", "two and a half million"."""
    words = [lower_at(tokens, at + offset) for offset in range(5)]
    article = words[0] == "a"
    if words[article] in _HALVES:
        return Number(at, at + 1 + article, _HALVES[words[article]], scaled=True)
    if words[:2] == ["half", "a"] and words[2] in SCALES:
        return Number(at, at + 3, SCALES[words[2]] // 2, scaled=True)
    if words[:4] == ["a", "quarter", "of", "a"] and words[4] in SCALES:
        return Number(at, at + 5, SCALES[words[4]] // 4, scaled=True)
    if words[1:4] == ["and", "a", "half"] and words[4] in SCALES and words[0] in UNITS:
        return Number(at, at + 5, (2 * UNITS[words[0]] + 1) * SCALES[words[4]] // 2, scaled=True)
    return None


def _vague(tokens: Tokens, at: int) -> Number | None:
    word = tokens[at].lower
    if word in VAGUE_WORDS and lower_at(tokens, at - 1) in ("how", "so", "too", "as", "not", "that", "very"):
        return None
    if word in ("a", "an") and lower_at(tokens, at + 1) in ("few", "handful", "couple", "great", "good"):
        return _vague_quantity(tokens, at, at + (3 if lower_at(tokens, at + 1) in ("great", "good") else 2))
    if word in VAGUE_PLURALS or word == "tens":
        return _vague_plural(tokens, at)
    if word in VAGUE_WORDS and word not in ("few", "handful"):
        return _vague_quantity(tokens, at, at + 1)
    return None


def _vague_plural(tokens: Tokens, at: int) -> Number | None:
    word, second = tokens[at].lower, lower_at(tokens, at + 2)
    if lower_at(tokens, at + 1) == "of" and second in VAGUE_PLURALS and second != "dozens":
        value = VAGUE_PRODUCTS.get(word, 1_000) * VAGUE_PLURALS[second]
        return Number(at, at + 3, value, vague=True, scaled=True)
    floor = VAGUE_PLURALS.get(word)
    return Number(at, at + 1, floor, vague=True, scaled=True) if floor else None


def _vague_quantity(tokens: Tokens, first: int, at: int) -> Number:
    """ "several", "a few hundred", "many thousands of"."""
    at += lower_at(tokens, at) == "of" and lower_at(tokens, at + 1) in SCALES
    word = lower_at(tokens, at)
    if word in SCALES:
        last, scale = _scales(tokens, at)
        return Number(first, last, 2 * scale, vague=True, scaled=True)
    plural = _vague_plural(tokens, at) if word in VAGUE_PLURALS and word != "scores" else None
    return (
        Number(first, plural.last, plural.value, vague=True, scaled=True)
        if plural
        else Number(first, at, None, vague=True)
    )
