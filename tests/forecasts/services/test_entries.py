"""What somebody hands in: what is refused, and what follows from the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forecasts.errors import ForecastRefused, JudgementRefused
from forecasts.services.entries import (
    Chance,
    Criteria,
    Wording,
    completed,
    completed_chance,
    horizon_class,
    refuse_contradiction,
)

MADE = date(2025, 5, 2)
WORDING = Wording(statement="The bridge is likely to open.", made_on=MADE, closes_on=date(2025, 8, 2))


def refusal(error, call, value):
    with pytest.raises(error) as caught:
        call(value)
    return caught.value.field, caught.value.code, str(caught.value.message)


@pytest.mark.parametrize(
    ("closes_on", "horizon"),
    [
        (MADE, "short"),
        (date(2025, 8, 2), "short"),
        (date(2025, 8, 3), "medium"),
        (date(2026, 5, 2), "medium"),
        (date(2026, 5, 3), "long"),
        (None, "long"),
    ],
)
def test_the_horizon_follows_from_the_window(closes_on, horizon):
    assert horizon_class(MADE, closes_on) == horizon


def test_what_follows_from_the_rest_is_filled_in():
    filled = completed(WORDING)

    assert (filled.opens_on, filled.horizon, filled.assessment_on) == (MADE, "short", None)


@pytest.mark.parametrize(
    ("given", "assessment_on"),
    [
        ({}, date(2028, 5, 2)),
        ({"opens_on": date(2024, 2, 29)}, date(2027, 2, 28)),
        ({"assessment_on": date(2026, 1, 1)}, date(2026, 1, 1)),
        ({"triage": "assessment"}, None),
    ],
)
def test_what_has_no_end_is_assessed_three_years_after_it_opens(given, assessment_on):
    open_ended = replace(WORDING, closes_on=None, **given)

    assert completed(open_ended).assessment_on == assessment_on


def test_an_assessment_date_is_dropped_where_there_is_an_end():
    assert completed(replace(WORDING, assessment_on=date(2030, 1, 1))).assessment_on is None


def test_a_preview_stays_without_a_window():
    preview = Wording(statement="The bridge is likely to open.")

    assert completed(preview) == preview


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"statement": " "}, "statement", "Write the forecast as a sentence."),
        ({"closes_on": date(2025, 5, 1)}, "closes_on", "The window closes before it opens."),
        ({"opens_on": date(2025, 9, 1)}, "closes_on", "The window closes before it opens."),
        (
            {"made_on": None},
            "made_on",
            "A window needs the day on which the forecast was made.",
        ),
        (
            {"closes_on": None, "assessment_on": date(2025, 5, 1)},
            "assessment_on",
            "The assessment date lies before the window opens.",
        ),
        ({"shape": "soon"}, "shape", "“soon” is none of: happens_by, holds_throughout, true_on."),
        ({"triage": "maybe"}, "triage", "“maybe” is none of: gradable, needs_criteria, assessment."),
        ({"visibility": "secret"}, "visibility", "“secret” is none of: internal, public."),
        ({"horizon": "soon"}, "horizon", "“soon” is none of: short, medium, long."),
        ({"criteria": Criteria(combination="some")}, "combination", "All parts are needed, or any."),
        ({"criteria": Criteria(threshold="x" * 301)}, "threshold", "At most 300 characters fit here."),
        ({"triage_reason": "x" * 301}, "triage_reason", "At most 300 characters fit here."),
    ],
)
def test_a_wording_that_cannot_be_is_refused(given, field, message):
    assert refusal(ForecastRefused, completed, replace(WORDING, **given)) == (field, "forecast_refused", message)


OUTSIDE = "A probability lies between 0 and 1 (0 % and 100 %)."


@pytest.mark.parametrize(
    ("chance", "field", "message"),
    [
        (Chance(probability=1.2), "probability", OUTSIDE),
        (Chance(probability=-0.1), "probability", OUTSIDE),
        (Chance(probability=float("nan")), "probability", OUTSIDE),
        (Chance(low=-0.1), "low", OUTSIDE),
        (Chance(high=1.01), "high", OUTSIDE),
        (Chance(low=0.6, high=0.4), "low", "The lower end is above the upper one."),
        (Chance(confidence="total"), "confidence", "Confidence is high, moderate or low."),
        (Chance(term_text="x" * 121), "term_text", "At most 120 characters fit here."),
        (Chance(yardstick="mine", term="likely"), "yardstick", "“mine” is no yardstick here."),
        (
            Chance(yardstick="kent-1964", term="possible"),
            "term",
            (
                "“possible” is no term of Words of estimative probability. Its terms are: almost_certainly_not, "
                "probably_not, chances_about_even, probable, almost_certain."
            ),
        ),
    ],
)
def test_a_chance_that_cannot_be_is_refused(chance, field, message):
    assert refusal(JudgementRefused, completed_chance, chance) == (field, "judgement_refused", message)


@pytest.mark.parametrize(
    ("chance", "low", "high", "term_text"),
    [
        (Chance(yardstick="phia-2025", term="likely"), 0.55, 0.75, "likely"),
        (Chance(yardstick="phia-2025", term="likely", term_text="probably"), 0.55, 0.75, "probably"),
        (Chance(yardstick="phia-2025", term="likely", term_text="Not  likely", negated=True), 0.25, 0.45, "likely"),
        (Chance(yardstick="phia-2025", term="likely", negated=True), 0.25, 0.45, "likely"),
        (Chance(yardstick="ipcc-ar5", term="likely"), 0.66, None, "likely"),
        (Chance(yardstick="ipcc-ar5", term="likely", negated=True), None, 0.34, "likely"),
        (Chance(low=0.2), 0.2, None, ""),
        (Chance(probability=0.0), None, None, ""),
        (Chance(probability=1.0), None, None, ""),
        (Chance(), None, None, ""),
    ],
)
def test_a_chance_gets_the_band_that_its_term_promises(chance, low, high, term_text):
    whole = completed_chance(chance)

    assert (whole.low, whole.high, whole.term_text, whole.probability) == (low, high, term_text, chance.probability)


@pytest.mark.parametrize(
    "chance",
    [
        Chance(low=0.1, high=0.2),
        Chance(yardstick="phia-2025", term="likely"),
        Chance(yardstick="phia-2025", term="likely", low=0.55, high=0.75),
        Chance(yardstick="phia-2025", term="likely", low=0.6, high=0.7),
        Chance(yardstick="phia-2025", term="likely", negated=True, low=0.25, high=0.45),
        Chance(yardstick="ipcc-ar5", term="likely", low=0.66),
    ],
)
def test_a_range_within_the_band_of_its_word_may_stand_beside_it(chance):
    refuse_contradiction(chance)


@pytest.mark.parametrize(
    ("low", "high", "field"), [(0.1, 0.2, "low"), (0.6, 0.8, "high"), (0.5, None, "low"), (None, 0.76, "high")]
)
def test_a_range_outside_the_band_of_its_word_is_refused_with_what_to_do(low, high, field):
    chance = Chance(yardstick="phia-2025", term="likely", low=low, high=high)
    message = "The word promises 55–75\N{NO-BREAK SPACE}%. Leave the range out, or give the range without a word."
    assert refusal(JudgementRefused, refuse_contradiction, chance) == (field, "outside_the_band", message)
