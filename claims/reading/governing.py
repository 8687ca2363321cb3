"""A figure's measure by a measure word, settled by what is counted."""

from claims.reading.lexicon import (
    ADVERBS,
    BE,
    HAVE,
    NEGATIONS,
    words,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor, settle
from claims.reading.tokens import Tokens, lower_at

REACH = 30  # words between a figure and its verb; beyond that nobody reads them together


def governed_by(line: Line, count: Counted, anchor: Anchor, rule: str) -> Governed | None:
    """What the figure measures by that word, None where the word counts no such thing."""
    anchor = _what_befell(line, count) or anchor if anchor.word in CARING else anchor
    measure = settle(anchor, count.noun.kind)
    if measure is None:
        return None
    return Governed(measure, anchor.first, anchor.last, rule, anchor, denied=negated(line.tokens, anchor.first))


# Verbs of those who take people in: what befell the people says what is counted.
CARING = words(
    "hosts host hosted hosting houses house housed shelters shelter sheltered sheltering treated treats treating "
    "admitted accommodates accommodated accommodating taken took receives received receiving"
)


def _what_befell(line: Line, count: Counted) -> Anchor | None:
    """ "treated 208 injured residents", "hosts 300 displaced villagers"."""
    inside = range(count.noun.first, count.noun.last - 1 + count.noun.empty * 2)
    states = (anchor for at in inside for anchor in line.begins.get(at, ()) if anchor.form == "state")
    return next(states, None) or next(
        (anchor for at in inside for anchor in line.begins.get(at, ()) if anchor.rule.name == "displaced"), None
    )


def negated(tokens: Tokens, at: int) -> bool:
    """Whether the verb there is denied: "did not lose", "have never sent"."""
    return any(lower_at(tokens, step) in NEGATIONS for step in range(max(at - 3, 0), at)) and (
        lower_at(tokens, at - 1) in NEGATIONS | BE | HAVE | ADVERBS
    )
