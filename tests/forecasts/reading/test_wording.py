"""Advice for whoever writes a forecast: each rule's example, and what is easily said too much or too little."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading import document
from forecasts.reading.wording import SECOND_ROW, Advice, advise, advise_each
from forecasts.reading.wording_rules import WORDING_RULES, WRITTEN_ON, Fields, Slug, WordingRule
from forecasts.yardsticks.scales import ICD_203, KENT_1964, PHIA_2025, YARDSTICKS, get
from sources.reading.normalising import normalise

JUNE = date(2026, 6, 30)
LIKELY = PHIA_2025.term("likely")


def slugs(text: str, yardstick: str = "phia-2025", fields: Fields | None = None) -> list[str]:
    return [each.slug for each in advise(text, yardstick=get(yardstick), made_on=WRITTEN_ON, fields=fields)]


def only(text: str, yardstick: str = "phia-2025", fields: Fields | None = None) -> Advice:
    (advice,) = advise(text, yardstick=get(yardstick), made_on=WRITTEN_ON, fields=fields)
    return advice


@pytest.mark.parametrize("rule", WORDING_RULES, ids=lambda rule: rule.slug)
def test_the_example_of_a_rule_gets_its_advice_and_no_other(rule: WordingRule):
    assert slugs(rule.example, rule.yardstick, rule.fields) == [rule.slug]


@pytest.mark.parametrize("rule", WORDING_RULES, ids=lambda rule: rule.slug)
def test_the_mended_example_gets_none(rule: WordingRule):
    assert slugs(rule.mended, rule.yardstick, rule.mended_fields) == []


def test_every_advice_has_its_rule():
    assert [rule.slug for rule in WORDING_RULES] == list(get_args(Slug))


# --- The likelihood -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mill may close by June.", "may"),
        ("It cannot be ruled out that the mill closes by June.", ""),
        ("The mill closes by June", ""),
        ("Will the mill close by June?", ""),
    ],
)
def test_a_forecast_without_term_and_number_is_told_so(text, words):
    advice = only(text)
    assert (advice.slug, advice.words) == ("no_term", words)


@pytest.mark.parametrize("fields", [Fields(term=LIKELY), Fields(probability=0.3), Fields(low=0.2), Fields(high=0.4)])
def test_a_chance_in_the_form_is_chance_enough(fields):
    assert "no_term" not in slugs("The mill closes", fields=fields)


def test_a_word_of_other_yardsticks_is_told_with_those_that_have_it():
    advice = only("The mill is very likely to close by June.")
    assert (advice.slug, advice.words, advice.yardsticks) == ("foreign_term", "very likely", ("icd-203", "ipcc-ar5"))
    assert advice.term is None


def test_a_word_that_no_yardstick_has_is_told_too():
    advice = only("The mill is quite likely to close by June.")
    assert (advice.slug, advice.words, advice.yardsticks) == ("foreign_term", "quite likely", ())


def test_a_negated_term_without_mirror_image_is_told_with_its_term():
    advice = only("There is no realistic possibility that the mill closes by June.")
    assert (advice.slug, advice.words, advice.term) == (
        "foreign_term",
        "realistic possibility",
        PHIA_2025.term("realistic_possibility"),
    )


@pytest.mark.parametrize(
    "text", ["The mill is not likely to close by June.", "The mill will probably not close by June."]
)
def test_a_negation_that_can_be_mirrored_gets_no_advice(text):
    assert [slugs(text, slug) for slug in ("phia-2025", "icd-203")] == [[], []]


@pytest.mark.parametrize(
    ("chance", "yardstick", "below", "above"),
    [
        ("52 percent", PHIA_2025, "realistic_possibility", "likely"),
        ("50 percent", PHIA_2025, "realistic_possibility", "likely"),
        ("7%", PHIA_2025, "remote_chance", "highly_unlikely"),
        ("0%", PHIA_2025, None, "remote_chance"),
        ("100%", PHIA_2025, "almost_certain", None),
        ("15%", KENT_1964, "almost_certainly_not", "probably_not"),
        ("61%", KENT_1964, "chances_about_even", "probable"),
    ],
)
def test_a_number_in_a_gap_is_told_with_its_neighbours(chance, yardstick, below, above):
    advice = only(f"There is a {chance} chance that the mill closes by June.", yardstick.slug)
    neighbours = tuple(each and each.slug for each in (advice.below, advice.above))
    assert (advice.slug, advice.words, neighbours) == ("gap", f"a {chance}", (below, above))


@pytest.mark.parametrize("yardstick", ["icd-203", "ipcc-ar5"])
def test_a_yardstick_without_gaps_has_none(yardstick):
    assert slugs("There is a 52 percent chance that the mill closes by June.", yardstick) == []


def test_a_number_that_stands_as_in_a_note_is_read_too():
    assert slugs("The mill closes by June: 70 %") == []
    assert (only("The mill closes by June: 52 %").number, only("The mill closes by June, 52%").slug) == (0.52, "gap")


def test_a_number_outside_the_band_is_told_with_the_band():
    advice = only("The mill is not likely (60%) to close by June.")
    assert (advice.slug, advice.words, advice.number, advice.band) == (
        "out_of_band",
        "likely",
        0.6,
        LIKELY.band.mirrored(),
    )


def test_the_hedge_is_named_and_the_term_that_it_stands_beside():
    behind = only("There is a realistic possibility that the mill could close by June.")
    before = only("The mill could be likely to close by June.")
    assert (behind.words, behind.other) == ("could", "realistic possibility")
    assert (before.words, before.other) == ("could", "likely")


@pytest.mark.parametrize(
    ("text", "words", "other"),
    [
        ("The mill is likely to close by June (moderate confidence).", "moderate confidence", "likely"),
        ("We are highly confident that the mill is unlikely to close by June.", "highly confident", "unlikely"),
        (
            "With low to moderate confidence we see a 60% chance of closure by June.",
            "low to moderate confidence",
            "a 60%",
        ),
    ],
)
def test_confidence_and_likelihood_in_one_sentence_are_told_apart(text, words, other):
    advice = only(text)
    assert (advice.slug, advice.words, advice.other) == ("mixed_confidence", words, other)


def test_confidence_in_a_sentence_of_its_own_is_well():
    assert slugs("The mill is likely to close by June. We hold this with moderate confidence.") == []


# --- Yardsticks side by side --------------------------------------------------------------------------------------


def test_words_of_two_yardsticks_are_told_with_theirs():
    text = "There is a realistic possibility of a strike by June. A lockout was highly improbable."
    advice = only(text)
    assert (advice.words, advice.yardsticks) == ("highly improbable", ("icd-203",))
    assert (advice.other, advice.other_yardsticks) == ("realistic possibility", ("phia-2025",))


def test_the_words_that_the_yardstick_in_use_lacks_are_those_to_change():
    text = "A lockout was highly improbable. There is a realistic possibility of a strike by June."
    told = [(each.words, each.other) for each in (only(text), only(text, "icd-203"))]
    assert told == [("highly improbable", "realistic possibility"), ("realistic possibility", "highly improbable")]


def test_a_text_that_speaks_another_yardstick_throughout_mixes_nothing():
    text = "The mill is very likely to close by June. A lockout was highly improbable."
    assert slugs(text) == ["foreign_term"]
    assert slugs(text, "icd-203") == ["mixed_rows"]


def test_the_rows_are_those_of_icd_203():
    assert {words for term in ICD_203.terms for words in term.words} > SECOND_ROW
    assert [term.slug for term in ICD_203.terms if term.words[0] in SECOND_ROW] == []


def test_words_of_one_row_are_well():
    assert slugs("The mill will probably close by June. A lockout was highly improbable.", "icd-203") == []


# --- The event ----------------------------------------------------------------------------------------------------


def test_the_words_that_size_without_measuring_are_named():
    advice = only("The mill is likely to make far-reaching cuts by June.")
    assert (advice.slug, advice.words) == ("vague_threshold", "far-reaching")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mill is likely to close by June and the dam is unlikely to hold.", "unlikely"),
        ("The mill is likely to close by June. The dam is highly unlikely to hold.", "highly unlikely"),
        ("The mill is likely to close by June; the dam will break.", ""),
    ],
)
def test_a_second_forecast_is_found_wherever_it_begins(text, words):
    advice = only(text)
    assert (advice.slug, advice.words) == ("compound", words)


def test_a_sentence_that_supports_the_forecast_is_none_of_its_own():
    assert slugs("The owners are out of money and will not find any. The mill is likely to close by June.") == []


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("The mill is likely to close", "likely"),
        ("The mill could close", "could"),
        ("There is a 60% chance that the mill closes", "a 60%"),
    ],
)
def test_an_event_that_says_how_likely_it_is_is_told_so(event, words):
    fields = Fields(event=event, term=LIKELY, closes_on=JUNE)
    advice = only("The mill is likely to close by 30 June 2026.", fields=fields)
    assert (advice.slug, advice.field, advice.words) == ("event_has_term", "event", words)
    assert event[advice.start : advice.end] == words


# --- The day ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slug", "words", "day"),
    [
        ("The mill is likely to close soon.", "no_date", "", None),
        ("The mill is likely to close on 31 February 2027.", "no_date", "", None),
        ("The mill is likely to close on 1 May 2020.", "no_date", "", None),
        ("The mill is likely to close by 1 May 2020.", "past_date", "by 1 May 2020", date(2020, 5, 1)),
        ("The mill stays shut to 1 May 2020, likely", "past_date", "", date(2020, 5, 1)),
        ("The mill is likely to close over the\ncoming months.", "vague_date", "over the coming months", None),
        ("The mill is likely to close in the near term.", "vague_date", "in the near term", None),
    ],
)
def test_a_forecast_without_a_day_to_come_is_told_so(text, slug, words, day):
    advice = only(text)
    assert (advice.slug, advice.words, advice.day) == (slug, words, day)


@pytest.mark.parametrize(
    "text",
    [
        "The mill is likely to close soon.",
        "The mill is likely to close in the coming months.",
        "The mill is likely to close by 1 May 2020.",
    ],
)
def test_a_day_in_the_form_is_day_enough(text):
    assert slugs(text, fields=Fields(term=LIKELY, closes_on=JUNE)) == []


@pytest.mark.parametrize(
    "text", ["The mill is likely to close after 2027.", "The mill holds out to 30 June 2027, likely"]
)
def test_a_time_that_says_from_when_or_until_when_is_well(text):
    assert slugs(text) == []


def test_without_a_day_of_publication_no_day_is_past_or_vague():
    texts = ("The mill is likely to close by 1 May 2020.", "The mill is likely to close in the coming months.")
    assert [advise(text, yardstick=PHIA_2025, made_on=None) for text in texts] == [(), ()]
    (advice,) = advise("The mill is likely to close.", yardstick=PHIA_2025, made_on=None)
    assert advice.slug == "no_date"


# --- Sentence and fields ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "fields", "words", "number"),
    [
        ("The mill is unlikely to close", Fields(term=LIKELY), "unlikely", None),
        ("The mill is likely to close", Fields(term=LIKELY, negated=True), "likely", None),
        ("The mill is likely to close", Fields(), "likely", None),
        ("The mill is likely (60%) to close", Fields(term=LIKELY), "60%", 0.6),
        ("The mill has a 20% chance to close", Fields(probability=0.3), "a 20%", 0.2),
        ("The mill has a 60 to 70% chance to close", Fields(), "a 60 to 70%", None),
    ],
)
def test_another_chance_in_the_fields_is_told(sentence, fields, words, number):
    chosen = Fields("", JUNE, fields.term, fields.negated, fields.probability)
    advice = only(f"{sentence} by 30 June 2026.", fields=chosen)
    assert (advice.slug, advice.words, advice.number) == ("other_chance", words, number)


@pytest.mark.parametrize(
    ("sentence", "fields"),
    [
        ("The mill is likely to close", Fields(closes_on=JUNE, term=LIKELY, probability=0.6)),
        ("The mill is likely to close", Fields(closes_on=JUNE, probability=0.6)),
        ("The mill is not likely to close", Fields(closes_on=JUNE, term=LIKELY, negated=True)),
        ("The mill closes", Fields(closes_on=JUNE, probability=0.6)),
    ],
)
def test_fields_that_say_the_same_or_more_are_well(sentence, fields):
    assert slugs(f"{sentence} by 30 June 2026.", fields=fields) == []


def test_a_chosen_number_without_a_word_is_told_once():
    said = only("The mill closes by 30 June 2026.", fields=Fields(closes_on=JUNE, probability=0.52))
    assert (said.slug, said.field, said.number) == ("gap", "chance", 0.52)
    both = only(
        "There is a 52% chance that the mill closes by 30 June 2026.", fields=Fields("", JUNE, probability=0.52)
    )
    assert (both.slug, both.field) == ("gap", "statement")


def test_another_day_in_the_fields_is_told():
    advice = only("The mill is likely to close by 31 July 2026.", fields=Fields(term=LIKELY))
    assert (advice.slug, advice.words, advice.day) == ("other_date", "by 31 July 2026", date(2026, 7, 31))


# --- Documents ----------------------------------------------------------------------------------------------------

BRIEFING = """The mill

2 May 2025

Summary

- There is a realistic possibility that the mill could close.

The mill was very likely sold last year.

Forecast

Short-term (Now - 3 months)

- There is a realistic possibility that the mill could close.
- The dam is very likely to hold.
- The river is likely to rise.

Long-term (>1 year)

- The valley may empty in the coming years.
- The road is likely to be widened.
"""


def test_each_forecast_of_a_document_has_its_advice_and_repetitions_have_none():
    reading = document.read(BRIEFING)
    advised = advise_each(reading.forecasts, yardstick=PHIA_2025, made_on=reading.published_on)
    told = [(each.found.quote, [(advice.slug, advice.words) for advice in each.advices]) for each in advised]
    assert told == [
        ("There is a realistic possibility that the mill could close.", [("double_hedge", "could")]),
        ("The dam is very likely to hold.", [("mixed_yardsticks", "very likely")]),
        ("The valley may empty in the coming years.", [("no_term", "may")]),
    ]
    places = [(advice.start, advice.end, advice.words) for each in advised for advice in each.advices]
    assert [reading.parts.text[start:end] for start, end, _words in places] == [words for *_place, words in places]


@pytest.mark.parametrize(
    ("sentence", "slug"),
    [
        ("The mill is likely to close.", "no_date"),
        ("The mill is likely to close by 1 May 2020.", "past_date"),
        ("The mill is likely to close in the coming months.", "vague_date"),
    ],
)
def test_a_forecast_under_no_heading_has_to_say_when_itself(sentence, slug):
    reading = document.read(f"Forecast\n\n- {sentence}\n", published_on=WRITTEN_ON)
    ((advice,),) = [each.advices for each in advise_each(reading.forecasts, yardstick=PHIA_2025, made_on=WRITTEN_ON)]
    assert advice.slug == slug


# --- Whatever is typed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "…",
        "likely to close " * 200,
        "Le moulin va probablement fermer avant la fin du mois de juin et les ouvriers ne seront pas payés dans la vallée",
    ],
)
def test_what_is_not_read_gets_no_advice(text):
    assert advise(text, yardstick=PHIA_2025, made_on=WRITTEN_ON, fields=Fields()) == ()


PIECES = st.sampled_from(
    ["The mill ", "is very likely ", "not likely ", "could ", "52% ", "(9/10) ", "by June ", "high confidence ", "and ", ". ", "\r\n",
     "**unlikely** ", "significant ", "in the coming months", "2020", "e\u0301", "realistic  possibility that ", "\ud800", ": 70 %"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


@given(TEXTS, TEXTS, st.sampled_from(sorted(YARDSTICKS)))
def test_the_words_stand_where_the_advice_says(text, event, yardstick):
    advices = advise(text, yardstick=get(yardstick), made_on=WRITTEN_ON, fields=Fields(event=event))
    for each in advices:
        written = normalise(event if each.field == "event" else text)[each.start : each.end]
        on_one_line = " ".join(written.replace("*", " ").replace("_", " ").split())
        assert each.words.lower() in ("", on_one_line.lower())
