"""By which rules advice is given to somebody who writes a forecast: each with an example that a test reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from forecasts.yardsticks.band import Term
from forecasts.yardsticks.scales import PHIA_2025

Slug = Literal[
    "no_term", "foreign_term", "mixed_yardsticks", "mixed_rows", "out_of_band", "gap", "double_hedge",
    "mixed_confidence", "compound", "vague_threshold", "no_date", "past_date", "vague_date", "event_has_term",
    "other_chance", "other_date",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fields:
    """What a form holds beside the sentence; probabilities 0 to 1, None where a field is empty."""

    event: str = ""
    closes_on: date | None = None
    term: Term | None = None
    negated: bool = False
    probability: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def has_chance(self) -> bool:
        """Whether a term or a number has been chosen."""
        return self.term is not None or any(each is not None for each in (self.probability, self.low, self.high))


@dataclass(frozen=True, slots=True)
class WordingRule:
    """An advice's slug, what it is about, a sentence that gets it and no other, and one that gets none.

    Both are read with the yardstick, and with the fields of a form where there are any.
    """

    slug: Slug
    means: str
    example: str
    mended: str
    yardstick: str = "phia-2025"
    fields: Fields | None = None
    mended_fields: Fields | None = None


# The day on which the examples are written.
WRITTEN_ON = date(2026, 3, 1)
_LIKELY = Fields(term=PHIA_2025.term("likely"), closes_on=date(2026, 6, 30))

# In the order in which advice is given: the likelihood, the event, the day, and what the fields say of them.
WORDING_RULES = (
    WordingRule(
        "no_term",
        "neither a term nor a number",
        "The mill may close by 30 June 2026.",
        "The mill is likely to close by 30 June 2026.",
    ),
    WordingRule(
        "foreign_term",
        "a word of likelihood without a band on the yardstick, or a negated one that has no mirror image",
        "The mill is very likely to close by 30 June 2026.",
        "The mill is highly likely to close by 30 June 2026.",
    ),
    WordingRule(
        "mixed_yardsticks",
        "words that no yardstick has all of",
        "There is a realistic possibility that the mill closes by 30 June 2026. Its sale was very unlikely.",
        "There is a realistic possibility that the mill closes by 30 June 2026. Its sale was highly unlikely.",
    ),
    WordingRule(
        "mixed_rows",
        "words of both rows of ICD 203",
        "The mill is very likely to close by 30 June 2026. It was improbable that its owners had sold.",
        "The mill is very likely to close by 30 June 2026. It was unlikely that its owners had sold.",
        yardstick="icd-203",
    ),
    WordingRule(
        "out_of_band",
        "a number outside the band of its word",
        "The mill is unlikely (60%) to close by 30 June 2026.",
        "The mill is unlikely (30%) to close by 30 June 2026.",
    ),
    WordingRule(
        "gap",
        "a number between the bands of the yardstick, which has no word",
        "There is a 52 percent chance that the mill closes by 30 June 2026.",
        "There is a 55 percent chance that the mill closes by 30 June 2026.",
    ),
    WordingRule(
        "double_hedge",
        "a modal beside the term",
        "There is a realistic possibility that the mill could close by 30 June 2026.",
        "There is a realistic possibility that the mill closes by 30 June 2026.",
    ),
    WordingRule(
        "mixed_confidence",
        "a likelihood and a level of confidence in one sentence",
        "We judge with high confidence that the mill is likely to close by 30 June 2026.",
        "We judge that the mill is likely to close by 30 June 2026. Our confidence is high.",
    ),
    WordingRule(
        "compound",
        "two forecasts in one",
        "The mill is likely to close by 30 June 2026 and the dam is unlikely to hold.",
        "The mill is likely to close by 30 June 2026.",
    ),
    WordingRule(
        "vague_threshold",
        "a word of size that measures nothing",
        "The mill is likely to make significant cuts by 30 June 2026.",
        "The mill is likely to cut 200 posts by 30 June 2026.",
    ),
    WordingRule(
        "no_date",
        "neither a horizon nor a date",
        "The mill is likely to close.",
        "The mill is likely to close by 30 June 2026.",
    ),
    WordingRule(
        "past_date",
        "a day that was over when the forecast was made",
        "The mill is likely to close by 30 June 2020.",
        "The mill is likely to close by 30 June 2026.",
    ),
    WordingRule(
        "vague_date",
        "a time without a last day",
        "The mill is likely to close in the coming months.",
        "The mill is likely to close in the next three months.",
    ),
    WordingRule(
        "event_has_term",
        "an event that still says how likely it is",
        "The mill is likely to close by 30 June 2026.",
        "The mill is likely to close by 30 June 2026.",
        fields=Fields(event="The mill is likely to close", term=_LIKELY.term, closes_on=_LIKELY.closes_on),
        mended_fields=Fields(event="The mill closes", term=_LIKELY.term, closes_on=_LIKELY.closes_on),
    ),
    WordingRule(
        "other_chance",
        "a term or number that the fields do not hold",
        "The mill is unlikely to close by 30 June 2026.",
        "The mill is likely to close by 30 June 2026.",
        fields=_LIKELY,
        mended_fields=_LIKELY,
    ),
    WordingRule(
        "other_date",
        "a last day that the fields do not hold",
        "The mill is likely to close by 31 July 2026.",
        "The mill is likely to close by 30 June 2026.",
        fields=_LIKELY,
        mended_fields=_LIKELY,
    ),
)  # fmt: skip
