"""What people type for a probability."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forecasts.forms.chances import ChanceForm, PercentField, term_choices
from forecasts.services.entries import Chance


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("70", 0.7),
        ("70 %", 0.7),
        ("62.5%", 0.625),
        ("62,5", 0.625),
        ("0", 0.0),
        ("100", 1.0),
        ("1 %", 0.01),
        ("", None),
    ],
)
def test_a_number_is_taken_as_per_cent(typed, share):
    assert PercentField().clean(typed) == share


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1.2", "“1.2” could be meant in two ways. Write it in per cent, with the sign: 1.2 %."),
        ("0.7", "“0.7” could be meant in two ways. Write it in per cent, with the sign: 0.7 %."),
        ("120", "A probability lies between 0 and 100 %."),
        ("-5", "A probability lies between 0 and 100 %."),
        ("likely", "“likely” is no number in per cent."),
    ],
)
def test_what_is_no_probability_is_refused_with_a_reason(typed, message):
    with pytest.raises(ValidationError) as refused:
        PercentField().clean(typed)
    assert refused.value.messages == [message]


def test_a_share_is_shown_as_it_may_be_typed_again():
    field = PercentField()
    assert field.clean(field.prepare_value(0.01)) == 0.01


def test_every_term_stands_with_its_band_and_the_yardstick_in_use_comes_first():
    (_none, (name, terms), *_others) = term_choices("icd-203")
    assert name == "ICD 203 expressions of likelihood"
    assert terms[4] == ("icd-203:likely", "likely, 55–80\N{NO-BREAK SPACE}%")


def chance_of(data: dict[str, str], **options: object) -> Chance:
    form = ChanceForm(data, **options)
    assert form.errors == {}
    return form.chance()


def test_a_term_brings_its_band():
    expected = Chance(yardstick="phia-2025", term="unlikely", low=0.25, high=0.35, probability=0.3)
    assert chance_of({"term": "phia-2025:unlikely", "probability": "30"}) == expected


def test_a_negated_term_brings_its_band_mirrored():
    expected = Chance(yardstick="phia-2025", term="likely", negated=True, low=0.25, high=0.45)
    assert chance_of({"term": "phia-2025:likely", "negated": "on"}) == expected


def test_a_range_needs_no_term():
    assert chance_of({"low": "20", "high": "40"}) == Chance(low=0.2, high=0.4)


def test_a_term_left_as_proposed_keeps_its_wording_and_band():
    proposed = Chance(yardstick="phia-2025", term="likely", term_text="probably", low=0.6, high=0.7)
    assert chance_of({"term": "phia-2025:likely"}, chance=proposed) == proposed


def test_another_term_drops_the_band_of_the_proposed_one():
    proposed = Chance(yardstick="phia-2025", term="likely", term_text="probably", low=0.55, high=0.75)
    expected = Chance(yardstick="phia-2025", term="unlikely", low=0.25, high=0.35)
    assert chance_of({"term": "phia-2025:unlikely"}, chance=proposed) == expected


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"low": "40", "high": "20"}, {"low": ["The lower end is above the upper one."]}),
        ({"negated": "on"}, {"negated": ["Only a term can be negated."]}),
        (
            {"term": "phia-2025:maybe"},
            {"term": ["Select a valid choice. phia-2025:maybe is not one of the available choices."]},
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(data, errors):
    assert ChanceForm(data).errors == errors


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"term": "phia-2025:likely"}, "likely 55–75 %"),
        ({"term": "phia-2025:likely", "negated": "on"}, "not likely 25–45 %"),
        ({"term": "phia-2025:likely", "probability": "20"}, "likely 55–75 % · the number lies outside this band"),
        ({"probability": "60"}, "60 % is likely 55–75 %"),
        ({"probability": "50"}, "50 % lies between the bands: it has no word on the PHIA Probability Yardstick"),
        ({"low": "20", "high": "40"}, "20–40 %"),
        ({"probability": "120"}, "A probability lies between 0 and 100 %."),
        ({"term": "phia-2025:maybe"}, "There is no such term."),
        ({}, "No term and no number: published and counted, never scored."),
    ],
)
def test_word_and_number_are_told_while_one_types(client_of_alice, words_of, data, said):
    assert words_of(client_of_alice.get("/desk/chance/", data)) == said


@pytest.mark.parametrize("ends", [("low",), ("high",), ("low", "high")])
def test_a_range_beside_a_word_is_refused_at_its_field(ends):
    form = ChanceForm({"term": "phia-2025:likely", **dict.fromkeys(ends, "60 %")})
    message = "A word has its own range. Leave this one out, or choose “no term”."
    assert form.errors == {ends[0]: [message]}
