"""Figures: a number with its qualifier, as low, high and point. One table of qualifiers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from claims.reading.noncounts import COMPARING, non_count
from claims.reading.numbers import NUMBER_WORDS, SCALES, Number, read_number, small_number
from claims.reading.tokens import Tokens, index_phrases, longest_phrase_at, lower_at

Bound = Literal["high", "low", "point", "near", "exact"]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a wording says of the number beside it.

    `bound`: "high" and "low" give that end alone; "point" is about that number, "near" stays below it, "exact" is it.
    """

    name: str
    bound: Bound
    phrases: tuple[str, ...]
    example: str


BEFORE = (
    Qualifier(
        "at_most",
        "high",
        (
            "up to",
            "as many as",
            "no more than",
            "not more than",
            "fewer than",
            "less than",
            "under",
            "below",
            "at most",
            "at the most",
            "a maximum of",
            "as much as",
            "slightly fewer than",
            "slightly less than",
            "a little under",
            "a little less than",
            "well under",
            "well below",
            "far fewer than",
            "far less than",
            "no greater than",
            "<",
            "≤",
        ),
        "Up to 300 soldiers were killed.",
    ),
    Qualifier(
        "at_least",
        "low",
        (
            "at least",
            "more than",
            "over",
            "above",
            "no fewer than",
            "not fewer than",
            "no less than",
            "not less than",
            "as few as",
            "a minimum of",
            "upwards of",
            "upward of",
            "in excess of",
            "well over",
            "well above",
            "just above",
            "little more than",
            "little over",
            "considerably more than",
            "significantly more than",
            "comfortably more than",
            "just over",
            "slightly more than",
            "slightly over",
            "a little over",
            "a little more than",
            "far more than",
            "many more than",
            "well more than",
            "greater than",
            "exceeding",
            ">",
            "≥",
            "at the very least",
            "at a minimum",
        ),
        "At least 300 soldiers were killed.",
    ),
    Qualifier(
        "about",
        "point",
        (
            "about",
            "some",
            "around",
            "approximately",
            "approx",
            "roughly",
            "an estimated",
            "estimated",
            "circa",
            "ca",
            "c",
            "in the region of",
            "in the order of",
            "on the order of",
            "something like",
            "somewhere around",
            "perhaps",
            "~",
            "≈",
            "closer to",
            "nearer to",
            "nearer",
            "an approximate",
            "broadly",
            "somewhere near",
            "a rough",
            "an average of",
        ),
        "About 300 soldiers were killed.",
    ),
    Qualifier(
        "nearly",
        "near",
        (
            "nearly",
            "almost",
            "just under",
            "close to",
            "just short of",
            "just below",
            "approaching",
            "not quite",
            "very nearly",
            "slightly under",
            "slightly below",
        ),
        "Nearly 300 soldiers were killed.",
    ),
    Qualifier("exactly", "exact", ("exactly", "precisely"), "Exactly 300 soldiers were killed."),
)
AFTER = (
    Qualifier("plus", "low", ("-plus", "plus", "+"), "300-plus soldiers were killed."),
    Qualifier("or_more", "low", ("or more", "at least", "or so more"), "300 or more soldiers were killed."),
    Qualifier("or_fewer", "high", ("or fewer", "or less", "at most"), "300 or fewer soldiers were killed."),
    Qualifier("or_so", "point", ("or so", "-odd", "odd"), "300 or so soldiers were killed."),
)
_BEFORE = index_phrases([phrase for qualifier in BEFORE for phrase in qualifier.phrases])
_AFTER = index_phrases([phrase for qualifier in AFTER for phrase in qualifier.phrases])
_BOUNDS: dict[str, Bound] = {phrase: rule.bound for rule in (*BEFORE, *AFTER) for phrase in rule.phrases}
_NAMES = {"-odd": "odd", "-plus": "plus", "+": "plus"}
_HYPHENATED = frozenset({"plus", "odd", "strong"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at tokens `first` to `last` (exclusive), its qualifier included.

    `strong` marks "3,000-strong", which sizes a force by itself.
    """

    first: int
    last: int
    low: int | float | None
    high: int | float | None
    point: int | float | None
    approximate: bool = False
    qualifier: str | None = None
    vague: bool = False
    strong: bool = False

    @property
    def value(self) -> int | float | None:
        """The number itself, the larger one of a range."""
        return next((value for value in (self.point, self.high, self.low) if value is not None), None)


def find_figures(tokens: Tokens) -> list[Figure]:
    """The figures of a sentence that may count something, in order; dates, money and the like left out."""
    return list(each_figure(tokens))


def each_figure(tokens: Tokens) -> Iterator[Figure]:
    """The same one by one, for a reader who may stop early."""
    at = 0
    while at < len(tokens):
        figure, at = _figure_at(tokens, at) if _may_begin(tokens, at) else (None, at + 1)
        if figure:
            yield figure


def _may_begin(tokens: Tokens, at: int) -> bool:
    """Whether a figure can begin with that token at all; few words are the first of one."""
    token = tokens[at]
    if token.lower in ("a", "an"):
        following = lower_at(tokens, at + 1)
        return following in _BEHIND_AN_ARTICLE or "-" in following
    if token.kind == "mark":
        return token.lower in _OPENINGS
    return token.kind != "word" or token.lower in _OPENINGS or "-" in token.text or "‑" in token.text


_BEHIND_AN_ARTICLE = SCALES.keys() | {"few", "handful", "couple", "great", "good", "quarter"}.union(
    phrase.split()[1] for qualifier in BEFORE for phrase in qualifier.phrases if phrase.split()[0] in ("a", "an")
)
_OPENINGS = NUMBER_WORDS | _BEFORE.keys() | {"between", "from"}


def _figure_at(tokens: Tokens, at: int) -> tuple[Figure | None, int]:
    """The figure that begins there, if any, and the token to go on from."""
    first, wordings = at, []
    if lower_at(tokens, at - 1) in COMPARING and tokens[at].lower == "as":
        return None, at + 3
    while (phrase := longest_phrase_at(tokens, at, _BEFORE)) and not _is_particle(tokens, at):
        wordings.append(" ".join(phrase))
        at += len(phrase)
    if wordings and lower_at(tokens, at) in ("a", "an", "the") and read_number(tokens, at) is None:
        at += 1
    between = lower_at(tokens, at) in ("between", "from")
    number = read_number(tokens, at + between)
    hyphenated = _hyphenated(tokens, at) if number is None else None
    if hyphenated:
        return _with_hyphen(first, wordings, hyphenated), at + 1
    if number is None:
        return None, max(first + 1, at)
    top = _range_end(tokens, number, between=between)
    if top:
        return _range(tokens, first, wordings, (number, top)), top.last
    return _single(tokens, first if wordings else number.first, wordings, number), number.last


def _is_particle(tokens: Tokens, at: int) -> bool:
    """ "handed over 24 jets": the word belongs to the verb."""
    verbs = ("handed", "hand", "hands", "handing", "turned", "turning", "taken", "took", "brought", "signed", "passed")
    return tokens[at].lower in ("over", "about") and lower_at(tokens, at - 1) in verbs


def _hyphenated(tokens: Tokens, at: int) -> tuple[Number, str] | None:
    """ "200-plus", "200-odd", "3,000-strong"."""
    if at >= len(tokens) or tokens[at].kind == "mark":
        return None
    head, _, tail = tokens[at].lower.replace("‑", "-").rpartition("-")
    if tail not in _HYPHENATED or not head:
        return None
    digits = "".join(sign for sign in head if sign.isdecimal())
    value = int(digits[:12]) if digits else small_number(head)
    return (Number(at, at + 1, value), tail) if value is not None else None


def _with_hyphen(first: int, wordings: Sequence[str], found: tuple[Number, str]) -> Figure | None:
    number, tail = found
    if tail == "strong":
        figure = _qualified(number, first, wordings)
        return replace(figure, strong=True) if number.value else None
    return _qualified(number, first, [*wordings, tail if tail == "plus" else "-odd"])


def _range_end(tokens: Tokens, number: Number, *, between: bool) -> Number | None:
    """The upper number of "300 to 400", "300–400", "between 300 and 400", "three or four"."""
    joints = ("and", "to", "–", "-") if between else ("to", "–", "-", "—", "or")
    if number.vague or lower_at(tokens, number.last) not in joints:
        return None
    at = number.last + 1
    while phrase := longest_phrase_at(tokens, at, _BEFORE):
        at += len(phrase)
    top = read_number(tokens, at)
    if top is None or top.vague or (lower_at(tokens, number.last) == "—" and not _touching(tokens, number.last)):
        return None
    floor = _shared_scale(tokens, number, top)
    return top if (floor or 0) < (top.value or 0) else None


def _touching(tokens: Tokens, at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _shared_scale(tokens: Tokens, number: Number, top: Number) -> int | float | None:
    """ "two to three thousand" and "10-15,000" lend the lower number the scale of the upper."""
    if number.value is None or number.scaled or top.value is None:
        return number.value
    last = lower_at(tokens, top.last - 1)
    if top.scaled and last in SCALES:
        scaled = round(number.value * SCALES[last], 3)
        return int(scaled) if scaled == int(scaled) else scaled
    if number.value < 100 and top.value >= 1_000 and top.value % 1_000 == 0 and _touching(tokens, number.last):
        return number.value * 1_000
    return number.value


def _range(tokens: Tokens, first: int, wordings: list[str], ends: tuple[Number, Number]) -> Figure | None:
    bottom, top = ends
    lent = _shared_scale(tokens, bottom, top) != bottom.value
    if non_count(tokens, top) or (non_count(tokens, bottom) and not lent):
        return None
    between = lower_at(tokens, bottom.first - 1) == "between"
    low = _shared_scale(tokens, bottom, top)
    qualifier = wordings[0] if wordings else "between" if between else None
    start = first if wordings else bottom.first - between
    approximate = any(_BOUNDS[wording] in ("point", "near") for wording in wordings)
    return Figure(start, top.last, low, top.value, None, approximate, qualifier)


def _single(tokens: Tokens, first: int, wordings: list[str], number: Number) -> Figure | None:
    if non_count(tokens, number):
        return None
    after = longest_phrase_at(tokens, number.last, _AFTER)
    if after and not wordings:
        wordings = [" ".join(after)]
        return replace(_qualified(number, first, wordings), last=number.last + len(after))
    return _qualified(number, first, wordings)


def _qualified(number: Number, first: int, wordings: Sequence[str]) -> Figure:
    """The figure as its first wording bounds it; a second one ("up to about 300") only blurs it."""
    value, qualifier = number.value, wordings[0] if wordings else None
    bound: Bound = _BOUNDS[qualifier] if qualifier else "low" if number.vague else "exact"
    approximate = any(_BOUNDS[wording] in ("point", "near") for wording in wordings)
    return Figure(
        first,
        number.last,
        low=value if bound in ("low", "exact") else None,
        high=value if bound in ("high", "near", "exact") else None,
        point=value if bound in ("point", "near", "exact") else None,
        approximate=approximate,
        qualifier=_NAMES.get(qualifier, qualifier) if qualifier else None,
        vague=number.vague,
    )


def read_start(tokens: Tokens, at: int) -> bool:
    """Whether a figure begins at that token, qualifier or number."""
    return _figure_at(tokens, at)[0] is not None
