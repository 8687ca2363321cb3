"""How a count adds up (so far, anew, at this moment), and the day it is as of."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from claims.reading.lexicon import MONTHS
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
         "in the last 24 hours", "over the past 24 hours", "in a single day", "in one day", "in the past day", "new",
         "fresh", "extra", "in the last day"),
        "Another 300 soldiers were killed.",
    ),
    AggregationRule(
        "cumulative",
        ("so far", "to date", "in total", "in all", "a total of", "altogether", "since the start",
         "since the beginning", "cumulatively", "since the war began", "since the invasion", "since the outbreak",
         "until now", "up to now", "all told", "since january", "since february", "since march", "since april",
         "since june", "since july", "since august", "since september", "since october", "since november",
         "since december", "since last", "overall"),
        "So far 300 soldiers have been killed.",
    ),
    AggregationRule(
        "stock",
        ("currently", "at present", "are stationed", "are based", "now stands at", "stand at", "stands at", "still",
         "remain", "remains", "at the moment", "stood at", "at any one time"),
        "Currently 300 soldiers are missing.",
    ),
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def aggregation_of(line: Line, count: Counted, span: tuple[int, int]) -> str | None:
    """How the count in that span adds up, or None where the text does not say."""
    first = max(min(span[0], count.figure.first - 3), 0)
    said = " ".join(token.lower for token in line.tokens[first : span[1] + 1])
    for rule in AGGREGATIONS:
        near = range(max(count.figure.first - 3, 0), count.noun.end + 1) if rule.aggregation == "new" else ()
        for phrase in rule.phrases:
            if phrase not in said:
                continue
            words = phrase.split()
            places = near if len(words) == 1 and words[0] != "overnight" and near else range(first, span[1])
            if any(phrase_at(line.tokens, at, words) for at in places) and not phrase_at(
                line.tokens, count.figure.first, words
            ):
                return rule.aggregation
    return "cumulative" if _since_a_year(line.tokens) else None


def _since_a_year(tokens: Tokens) -> bool:
    return any(
        token.lower == "since" and at + 1 < len(tokens) and tokens[at + 1].kind == "number"
        for at, token in enumerate(tokens)
    )


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
