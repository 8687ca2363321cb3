"""The rules by which forecasts are read, each with an example that a test reads and docs/reading.md shows."""

from __future__ import annotations

from dataclasses import dataclass

# A longer sentence is not read: nobody writes one, it is a table or a dump of data, and reading time stays linear.
LONGEST_SENTENCE = 1_500
# The rule of what somebody selected in the text, because no rule had found it.
BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name as `FoundForecast.rule` has it, what it finds or leaves out, and a sentence to show it."""

    name: str
    means: str
    example: str


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What a rule reads in its example, which stands in the forecast section: the fields that `gives` names.

    `gives` is written "field: value", with semicolons between; `heading` is what the example stands under.
    """

    name: str
    means: str
    example: str
    gives: str
    heading: str = ""


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
    Rule("comparison", "a word of likelihood that only compares", "Fire is as likely as a flood."),
    Rule("definition", "what says what a term means", "“Likely” means 55 to 75 percent."),
    Rule("place", "where somebody is", "The owner is probably in Gao."),
    Rule("support", "a sentence of the forecast section about the present", "The mill has no wheat."),
    Rule(
        "too_long",
        "a sentence of more than LONGEST_SENTENCE characters",
        "The mill is likely to close" + " and to close" * (LONGEST_SENTENCE // 13) + ".",
    ),
)
TERM_RULES = (
    FieldRule("longest", "the longest term wins", "It is highly likely to close.", "term: highly_likely"),
    FieldRule("adverb", "adverbs count", "It will almost certainly close.", "term: almost_certain"),
    FieldRule("no_that", "“that” may be left out", "It is likely it will close.", "term: likely"),
    FieldRule("judged_as", "what is seen as likely is likely", "We see a strike as unlikely.", "term: unlikely"),
    FieldRule(
        "not", "mirrors the band", "It is not likely to close.", "term: likely; negated: True; low: 0.25; high: 0.45"
    ),
    FieldRule(
        "no_subject", "so does a “no” or “neither” as subject", "No strike is likely.", "term: likely; negated: True"
    ),
    FieldRule("other_no", "but no “no” of another clause", "As no ship came, a strike is likely.", "negated: False"),
    FieldRule("not_thought", "who does not think so denies it", "We do not think it likely to close.", "negated: True"),
    FieldRule("inverted", "“nor”, “under no circumstances”", "Nor is a strike likely.", "negated: True"),
    FieldRule(
        "event_denied",
        "the event is denied, not the term",
        "It will probably not close.",
        "term: likely; negated: False",
    ),
    FieldRule(
        "undone",
        "another negated term has no band",
        "It is not highly likely to close.",
        "term: None; term_text: not highly likely; low: None",
    ),
    FieldRule(
        "foreign",
        "nor has one of another scale",
        "It is very likely to close.",
        "term: None; term_text: very likely; flags: foreign_term, no_date",
    ),
)
CHANCE_RULES = (
    FieldRule(
        "beside_term",
        "a number beside a term",
        "It is unlikely (30%) to close.",
        "low: 0.25; high: 0.35; probability: 0.3",
    ),
    FieldRule(
        "of_chance", "a number beside a word for chance", "There is a one in four chance of rain.", "probability: 0.25"
    ),
    FieldRule("in_brackets", "a number in brackets", "The mill will close [9/10].", "probability: 0.9"),
    FieldRule(
        "range",
        "a range is more exact than the word",
        "It is likely (60–70 %) to close.",
        "low: 0.6; high: 0.7; probability: None",
    ),
    FieldRule(
        "at_least", "a bound is one end", "There is at least a 20 percent chance of rain.", "low: 0.2; high: None"
    ),
    FieldRule(
        "no_chance",
        "what a number measures is no chance",
        "Sales are likely to fall by 40 percent.",
        "probability: None",
    ),
)
HORIZON_RULES = (
    FieldRule(
        "heading",
        "a heading wins over the sentence",
        "It is likely to close by June 2026.",
        "horizon: short; opens_on: 2025-05-02; closes_on: 2025-08-02",
        "Short term (Now - 3 months)",
    ),
    FieldRule(
        "open_heading",
        "may have no end",
        "It may close.",
        "horizon: long; opens_on: 2026-05-02; closes_on: None",
        "Long term (>1 year)",
    ),
    FieldRule(
        "bare_heading",
        "or no window",
        "It may close.",
        "horizon: medium; opens_on: None; closes_on: None",
        "Medium term",
    ),
    FieldRule(
        "period",
        "a period closes on its last day",
        "It may close by the end of Q3.",
        "horizon: medium; closes_on: 2025-09-30",
    ),
    FieldRule(
        "before", "“before” it is the day before", "It may close before 2030.", "horizon: long; closes_on: 2029-12-31"
    ),
    FieldRule(
        "mid", "the middle of a month is its 15th", "It may close by mid-June.", "horizon: short; closes_on: 2025-06-15"
    ),
    FieldRule(
        "early", "“early” settles the class only", "It may close by early 2027.", "horizon: long; closes_on: None"
    ),
    FieldRule(
        "count",
        "a count runs from publication",
        "It may close within six weeks.",
        "horizon: short; closes_on: 2025-06-13",
    ),
    FieldRule(
        "vague",
        "a vague one has no end",
        "It may close over the coming months.",
        "horizon: medium; opens_on: 2025-05-02; closes_on: None",
    ),
    FieldRule(
        "season",
        "a season settles nothing",
        "It may close before winter.",
        "horizon: None; flags: unquantified, no_date",
    ),
    FieldRule(
        "of_condition",
        "the judgement's date before the condition's",
        "If talks fail by June, it may close by July.",
        "closes_on: 2025-07-31",
    ),
)
CONDITION_RULES = (
    FieldRule(
        "if",
        "up to the main clause",
        "If it rains, or snows, the mill may close.",
        "conditional: If it rains, or snows",
    ),
    FieldRule("later", "or behind it", "The mill may close unless it rains.", "conditional: unless it rains"),
    FieldRule("should", "an inverted verb too", "Should it rain, the mill may close.", "conditional: Should it rain"),
    FieldRule("even_if", "“even if” is none", "The mill may close even if it rains.", "conditional: None"),
    FieldRule(
        "scenario_group",
        "scenarios exclude each other",
        "Base case (60%): it closes.",
        "scenario_group: 1; probability: 0.6",
    ),
)
FLAG_RULES = (
    FieldRule(
        "compound",
        "two terms, or two judgements",
        "It is likely to close and rain is unlikely.",
        "term: likely; flags: compound, no_date",
    ),
    FieldRule(
        "double_hedge", "a modal beside the term", "It is likely that it could close.", "flags: double_hedge, no_date"
    ),
    FieldRule("unquantified", "neither term nor number", "It may close.", "flags: unquantified, no_date"),
    FieldRule(
        "out_of_band", "the number contradicts the word", "It is likely (90%) to close.", "flags: out_of_band, no_date"
    ),
    FieldRule(
        "vague_threshold", "a size without a measure", "A sharp fall is likely.", "flags: vague_threshold, no_date"
    ),
    FieldRule("measured", "not with one", "A sharp fall of 20 percent is likely.", "flags: no_date"),
)
FIELD_RULES = (*TERM_RULES, *CHANCE_RULES, *HORIZON_RULES, *CONDITION_RULES, *FLAG_RULES)
