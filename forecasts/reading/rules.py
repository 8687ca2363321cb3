"""By which rule a sentence is a forecast, and why others are left alone: each with an example that a test reads."""

from __future__ import annotations

from dataclasses import dataclass

# A longer sentence is not read: nobody writes one, it is a table or a dump of data, and reading time stays linear.
LONGEST_SENTENCE = 1_500


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name as `FoundForecast.rule` has it, what it finds or leaves out, and a sentence to show it."""

    name: str
    means: str
    example: str


RULES = (
    Rule("term", "a term of the yardstick in use, about what is still to come", "The mill is likely to close."),
    Rule(
        "foreign_term",
        "a word of likelihood that the yardstick does not know, or a negated term that has no mirror image",
        "The mill is very likely to close.",
    ),
    Rule("chance", "an explicit chance without a term", "There is a 60 percent chance that the mill closes."),
    Rule("scenario", "what a scenario in the forecast section tells", "Scenario A: the mill closes."),
    Rule("forecast_section", "a sentence about the future in the forecast section", "The mill may close."),
)
LEFT_OUT = (
    Rule("question", "a question commits to nothing", "Is the mill likely to close?"),
    Rule("indirect_question", "nor does an indirect one", "Whether the mill is likely to close is unclear."),
    Rule("past", "a judgement about the past or the present", "The mill was likely to close."),
    Rule("attribute", "a word of likelihood before a noun", "The probable cause was fire."),
    Rule("support", "a sentence of the forecast section about the present", "The mill has no wheat."),
    Rule(
        "too_long",
        "a sentence of more than LONGEST_SENTENCE characters",
        "The mill is likely to close" + " and to close" * (LONGEST_SENTENCE // 13) + ".",
    ),
)
