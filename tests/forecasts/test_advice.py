"""Advice in words."""

from __future__ import annotations

import pytest

from forecasts.advice import told
from forecasts.reading.wording import advise
from forecasts.reading.wording_rules import WORDING_RULES, WRITTEN_ON, Fields, WordingRule
from forecasts.yardsticks.scales import get


def words_of(text: str, *, yardstick: str = "phia-2025", fields: Fields | None = None) -> list[tuple[str, str]]:
    scale = get(yardstick)
    given = told(advise(text, yardstick=scale, made_on=WRITTEN_ON, fields=fields), yardstick=scale)
    return [(str(each.name), each.text.replace("\N{NO-BREAK SPACE}", " ")) for each in given]


@pytest.mark.parametrize("rule", WORDING_RULES, ids=lambda rule: rule.slug)
def test_every_rule_has_words_and_leaves_no_gap_in_them(rule: WordingRule):
    ((name, text),) = words_of(rule.example, yardstick=rule.yardstick, fields=rule.fields)
    assert name
    assert ("{" in text, "“”" in text, "None" in text, text[-1]) == (False, False, False, ".")


@pytest.mark.parametrize(
    ("text", "name", "advice"),
    [
        (
            "There is a 52% chance that the mill closes by June.",
            "number without a word",
            (
                "52 % stands between “realistic possibility” (40 to under 50 %) and “likely” (55–75 %): it has no word on "
                "the yardstick in use (PHIA Probability Yardstick). Keep the number by itself, or decide for one that has a "
                "word."
            ),
        ),
        (
            "There is a 0% chance that the mill closes by June.",
            "number without a word",
            (
                "0 % stands below “remote chance” (over 0 to 5 %): it has no word on the yardstick in use (PHIA Probability "
                "Yardstick). Keep the number by itself, or decide for one that has a word."
            ),
        ),
        (
            "There is a 100% chance that the mill closes by June.",
            "number without a word",
            (
                "100 % stands above “almost certain” (95 to under 100 %): it has no word on the yardstick in use (PHIA "
                "Probability Yardstick). Keep the number by itself, or decide for one that has a word."
            ),
        ),
        (
            "The mill is unlikely (60%) to close by June.",
            "number outside its word’s band",
            (
                "“unlikely” stands for 25–35 %, and the number beside it lies outside. 60 % is “likely” (55–75 %). Change "
                "the word or the number; the number is what is scored."
            ),
        ),
        (
            "The mill is unlikely (40-50%) to close by June.",
            "number outside its word’s band",
            (
                "“unlikely” stands for 25–35 %, and the number beside it lies outside. Change the word or the number; the "
                "number is what is scored."
            ),
        ),
        (
            "There is a realistic possibility that the mill could close by June.",
            "hedged twice",
            (
                "“realistic possibility” says already how likely it is. Leave out “could”, and tell the event as something "
                "that happens."
            ),
        ),
        (
            "The mill is quite likely to close by June.",
            "not a term of this yardstick",
            (
                "“quite likely” has no band on the yardstick in use (PHIA Probability Yardstick). Choose one of its terms, "
                "or give a number."
            ),
        ),
        (
            "There is no realistic possibility that the mill closes by June.",
            "not a term of this yardstick",
            "Negated, “realistic possibility” has no band. Say it with a term that is not negated, or with a number.",
        ),
        (
            "The mill closes by June.",
            "no probability",
            (
                "It says neither in a word nor in a number how likely it is. Choose a term, which brings its band, or give a "
                "number; without either it is never scored."
            ),
        ),
        (
            "The mill stays shut to 1 May 2020, likely",
            "a day that is past",
            "1 May 2020 was over when the forecast was made. Name a day to come.",
        ),
        (
            "The mill is likely to close by June; the dam will break.",
            "two judgements in one",
            (
                "It occurs only if all parts do. Where each part has a probability of its own, make them forecasts of their "
                "own."
            ),
        ),
    ],
)
def test_advice_names_the_words_and_says_how_to_mend_them(text, name, advice):
    assert words_of(text) == [(name, advice)]


def test_a_number_that_the_fields_do_not_hold_is_named():
    fields = Fields(closes_on=None, probability=0.3)
    (first, _day) = words_of("The mill has a 20% chance to close by June.", fields=fields)
    assert first == (
        "sentence and fields differ",
        "The sentence says 20 %, and the fields do not. Make them agree: the fields are what counts.",
    )
