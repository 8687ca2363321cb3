"""The smallest clause that holds a number and its measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.reading.lexicon import AUXILIARIES, CONTRASTS, DETERMINERS, FINITE, PREPOSITIONS, WEEKDAYS, words
from claims.reading.lines import Counted, Governed, Line
from claims.reading.names import acronym_start
from claims.reading.speakers import Frame
from claims.reading.tokens import Tokens, lower_at


@dataclass(frozen=True, slots=True)
class Quote:
    """What has to stand in a quote: a count and what governs it; `frame` is kept out where it can be."""

    count: Counted
    governed: Governed
    frame: Frame | None

    @property
    def core(self) -> tuple[int, int]:
        """The tokens from the number to its measure."""
        figure = self.count.figure
        end = self.count.noun.end if self.count.noun.first >= figure.last - 1 else figure.last
        return min(figure.first, self.governed.first), max(figure.last, end, self.governed.last)


_BREAKS = words("; : — – ( ) , [ ]")


def quotes(line: Line, wanted: Sequence[Quote], frames: Sequence[Frame]) -> list[tuple[int, int]]:
    """The token spans of the quotes, in the same order, no two alike."""
    spans: list[tuple[int, int]] = []
    for place, quote in enumerate(wanted):
        floor = _floor(quote, wanted[place - 1]) if place else 0
        after = (_start_for(quote, other) for other in wanted[place + 1 : place + 9])
        ceiling = next((start for start in after if start >= quote.core[1]), len(line.tokens))
        span = _extended(line, quote, frames, floor, ceiling)
        spans.append(span if span not in spans else _trimmed(line.tokens, *_own(quote)))
    return spans


def _start_for(quote: Quote, following: Quote) -> int:
    """Where the next quote's own words begin, a verb that both share left aside."""
    shared = quote.governed.first == following.governed.first
    return following.count.figure.first if shared else following.core[0]


def _floor(quote: Quote, before: Quote) -> int:
    """How far to the left a quote may reach: not into the one before, but to the verb that both share."""
    first = quote.core[0]
    if before.core[1] <= first:
        return before.core[1]
    return 0 if before.governed.first == quote.governed.first == first else first


def _own(quote: Quote) -> tuple[int, int]:
    figure = quote.count.figure
    return figure.first, max(figure.last, quote.core[1])


def _extended(line: Line, quote: Quote, frames: Sequence[Frame], floor: int, ceiling: int) -> tuple[int, int]:
    tokens = line.tokens
    first, last = quote.core
    borders = {at for frame in frames for at in (frame.last,) if frame.leading and _outside(frame, quote)}
    starts = {frame.first for frame in frames if not frame.leading or frame.first >= last}
    low = min(floor, first)
    while first > low and first not in borders:
        before = acronym_start(tokens, first - 1)
        if (before == first - 1 and _opens(tokens, first - 1)) or _verb_of_its_own(line, quote, first):
            break
        first = before
    high = max(ceiling, last)
    while last < high and not _closes(tokens, last) and last not in starts:
        last += 1
    return _trimmed(tokens, _behind_a_date(tokens, first, quote.core[0]), last)


def _verb_of_its_own(line: Line, quote: Quote, first: int) -> bool:
    """ "landed on the ship and seized 25 men": the second verb begins a clause, unless the two take one object."""
    if (
        first != quote.governed.first
        or quote.governed.rule != "verb_before"
        or lower_at(line.tokens, first - 1) != "and"
    ):
        return False
    return not any(anchor.form in ("past", "ing") for anchor in line.ends.get(first - 2, ()))


_VERBS = AUXILIARIES | FINITE


def _behind_a_date(tokens: Tokens, first: int, core: int) -> int:
    """Where the clause proper begins in "In April 2024 the army …" or "Under the pact of 1994 Russia …"."""
    if lower_at(tokens, first) not in PREPOSITIONS:
        return first
    for at in range(first + 1, core):
        if tokens[at].lower in _VERBS and tokens[at].text != "May":
            return first
        dated = tokens[at].lower in WEEKDAYS or (tokens[at].kind == "number" and len(tokens[at].text) == 4)
        if dated and at + 1 < core and (tokens[at + 1].capitalised or tokens[at + 1].lower in DETERMINERS):
            return at + 1
    return first


def _outside(frame: Frame, quote: Quote) -> bool:
    """A frame like "US estimates place" belongs to the clause where its verb takes the figure."""
    return frame.last <= quote.core[0] and not (quote.governed.rule == "inherited_figure" and frame is quote.frame)


def _opens(tokens: Tokens, at: int) -> bool:
    token = tokens[at]
    touching = token.text in ("–", "—") and at and tokens[at - 1].end == token.start
    return (token.text in _BREAKS and not touching) or token.lower in CONTRASTS | {
        "that",
        "because",
        "after",
        "when",
        "before",
    }


def _closes(tokens: Tokens, at: int) -> bool:
    token = tokens[at]
    touching = token.text in ("–", "—") and tokens[at - 1].end == token.start
    return (token.text in _BREAKS and not touching) or token.lower in CONTRASTS | {"because", "after", "when"}


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    while first < last - 1 and (tokens[first].lower in ("and", "or", "that", "with") or _loose(tokens, first)):
        first += 1
    while last - 1 > first and (lower_at(tokens, last - 1) in _DANGLING or _loose(tokens, last - 1)):
        last -= 1
    return first, last


def _loose(tokens: Tokens, at: int) -> bool:
    return tokens[at].kind == "mark" and tokens[at].text not in ("~", "≈", "<", ">", "≥", "≤", "+")


_DANGLING = (
    (PREPOSITIONS - {"up", "out", "down", "off", "over"})
    | CONTRASTS
    | {"and", "or", "that", "the", "a", "another", "to"}
)
