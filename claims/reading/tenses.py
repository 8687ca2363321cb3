"""How a count adds up (so far, anew, at this moment), and the day it is as of."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from claims.reading.figures import read_start
from claims.reading.lexicon import CONTRASTS, HAVE, MONTHS, WEEKDAYS, words
from claims.reading.lines import Counted, Line
from claims.reading.tokens import Tokens, lower_at, phrase_at


@dataclass(frozen=True, slots=True)
class AggregationRule:
    """Wordings that say how a count adds up, with a sentence that has one."""

    aggregation: str
    phrases: tuple[str, ...]
    example: str


AGGREGATIONS = (
    AggregationRule(
        "new",
        ("another", "a further", "an additional", "additional", "more", "overnight", "in the past 24 hours",
         "in the last 24 hours", "over the past 24 hours", "over the last 24 hours", "in the past day", "new", "fresh",
         "extra", "in the last day"),
        "Another 300 soldiers were killed.",
    ),
    AggregationRule(
        "cumulative",
        ("so far", "to date", "in total", "in all", "a total of", "altogether", "cumulatively", "until now",
         "up to now", "all told", "overall", "since"),
        "So far 300 soldiers have been killed.",
    ),
    AggregationRule(
        "stock",
        ("currently", "at present", "are stationed", "are based", "now", "stand at", "stands at", "still", "remain",
         "remains", "at the moment", "stood at", "at any one time", "there are", "at this moment"),
        "Currently 300 soldiers are missing.",
    ),
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def aggregation_of(line: Line, count: Counted, span: tuple[int, int]) -> str | None:
    """How the count in that span adds up, or None where the text does not say."""
    clause = _clause_around(line, count, span)
    said = {aggregation for at in clause for aggregation in _wordings_at(line.tokens, count, span, clause, at)}
    return next((rule.aggregation for rule in AGGREGATIONS if rule.aggregation in said), None)


def _clause_around(line: Line, count: Counted, span: tuple[int, int]) -> range:
    """The tokens of the clause, between semicolons, contrasts and the "and" that begins another."""
    first, last = min(span[0], count.figure.first), span[1]
    while first > 0 and not _parts(line, first - 1):
        first -= 1
    while last < len(line.tokens) and not _parts(line, last):
        last += 1
    return range(first, last)


def _parts(line: Line, at: int) -> bool:
    """Whether a clause ends there; a list goes on behind ", and" with a figure or a verb, "and has" begins another."""
    word = line.tokens[at].lower
    if word in CONTRASTS | {";", "which", "who", "where", "after", "before", "when"}:
        return True
    if word == "and" and lower_at(line.tokens, at + 1) in HAVE:
        return True
    opens = word == "and" and lower_at(line.tokens, at - 1) == ","
    return opens and at + 1 not in line.begins and not read_start(line.tokens, at + 1)


_WORDINGS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _rule in AGGREGATIONS:
    for _phrase in _rule.phrases:
        _WORDINGS.setdefault(_phrase.split()[0], []).append((tuple(_phrase.split()), _rule.aggregation))


def _wordings_at(tokens: Tokens, count: Counted, span: tuple[int, int], clause: range, at: int) -> Iterator[str]:
    """What the wordings that begin there say of that count."""
    figure = count.figure
    for wording, aggregation in _WORDINGS.get(tokens[at].lower, ()):
        fits = not figure.first <= at < figure.last and phrase_at(tokens, at, wording) and _holds(tokens, at)
        if fits and _reaches(count, span, clause, wording, at):
            yield aggregation


# Wordings of the whole clause wherever they stand in it; others close to the figure; the rest inside the quote.
_OF_THE_CLAUSE = frozenset({"overnight", "since"})
_AT_ITS_HEAD = 4
_OF_THE_FIGURE = words("another a an additional more new fresh extra there")


def _reaches(count: Counted, span: tuple[int, int], clause: range, wording: Sequence[str], at: int) -> bool:
    """Whether a wording there speaks of that count."""
    if wording[0] in _OF_THE_CLAUSE:
        return True
    near = count.figure.first - 3
    if wording[0] in _OF_THE_FIGURE:
        return near <= at < max(count.noun.end, count.figure.last)
    return at < clause.start + _AT_ITS_HEAD or min(span[0], near) <= at < span[1]


def _holds(tokens: Tokens, at: int) -> bool:
    """ "since May" but not ", since nobody came" or "has since died"; "are now" but not "has now killed"."""
    word, before, following = tokens[at].lower, lower_at(tokens, at - 1), lower_at(tokens, at + 1)
    if word == "now":
        return before not in HAVE - {"'s"} and following != ","
    if word != "since":
        return True
    ends = at + 1 >= len(tokens) or tokens[at + 1].kind == "mark"
    dated = not ends and (tokens[at + 1].kind != "word" or following in _OPENS_A_TIME)
    return not ends and before not in HAVE and (dated or before not in (",", "–", "—"))


_OPENS_A_TIME = MONTHS | WEEKDAYS | words("the last late early mid then its their his this yesterday")


def as_of_date(tokens: Tokens) -> date | None:
    """The day after "as of" or "as at", where it is given in full."""
    for at in range(len(tokens)):
        if tokens[at].lower == "as" and lower_at(tokens, at + 1) in ("of", "at"):
            return _date_at(tokens, at + 2)
    return None


def _date_at(tokens: Tokens, at: int) -> date | None:
    words = [lower_at(tokens, here).rstrip(",") for here in range(at, at + 5) if lower_at(tokens, here) != ","][:3]
    if len(words) == 3 and words[0] in MONTHS:
        words = [words[1], words[0], words[2]]
    if len(words) < 3 or words[1] not in MONTHS or not (words[0].isdecimal() and words[2].isdecimal()):
        return None
    with suppress(ValueError):
        return date(int(words[2]), _MONTHS.index(words[1][:3]) + 1, int(words[0]))
    return None
