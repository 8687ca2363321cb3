"""The whole reading, on texts that nobody would write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.reading.document import read
from forecasts.reading.proposing import propose_event, propose_shape, propose_triage
from forecasts.yardsticks.band import UnknownYardstick
from forecasts.yardsticks.scales import YARDSTICKS
from sources.reading.normalising import normalise

FRAGMENTS = [
    "Summary", "Forecast", "\n", "\n\n", "• ", "- ", "## ", "**", "Short-term (0-3 months)", "Base case (60%)", ": ", "; ",
    "The mill is likely to close", "not ", "unlikely", " (30%)", "[9/10]", "60–70 %", "one in four chance", "If it rains, ",
    " by June", " before 2030", "by 31 February", " over the coming months", "There is a realistic possibility that ", "could ",
    "Previous", "Next", "By Jane Doe", "2 May 2025", "04/02/2025", ". ", "? ", "e.g. ", "U.S. ", "\u2019s ", "\ufeff", "é", "\u0301",
    "\r\n", "\t", "(", ")", "4,000 people were killed", "0/0 chance", "> ", "1. ", "10 000 years", "next 9999 years", "within 0 days ",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=30).map("".join)
DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS, st.sampled_from(sorted(YARDSTICKS)))
def test_reading_never_fails_and_every_quote_stands_where_it_says(text, day, yardstick):
    reading = read(text, published_on=day, yardstick=yardstick)
    assert reading.parts.text == normalise(text)
    for found in (*reading.forecasts, *reading.claims):
        assert reading.parts.text[found.start : found.end] == found.quote
    for found in reading.forecasts:
        assert propose_shape(propose_event(found, reading.parts)) in {"happens_by", "holds_throughout", "true_on"}
        assert propose_triage(found) in {"gradable", "needs_criteria", "assessment"}
        assert found.low is None or found.high is None or found.low <= found.high
        assert found.opens_on is None or found.closes_on is None or found.opens_on <= found.closes_on
    assert read(text, published_on=day, yardstick=yardstick) == reading


@given(st.text(max_size=60))
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


def test_an_unknown_yardstick_is_refused():
    with pytest.raises(UnknownYardstick):
        read("The dam", yardstick="kent")


def test_a_number_inside_a_forecast_is_no_claim():
    text = "The dam\n\n2 May 2025\n\nForecast\n\n- The flood is likely to displace at least 50,000 people.\n"
    reading = read(text)
    assert (len(reading.forecasts), reading.claims) == (1, ())


def test_the_day_of_publication_comes_from_the_text_before_the_argument():
    assert read("The dam\n\n2 May 2025\n\nIt is shut.", published_on=date(2024, 1, 1)).published_on == date(2025, 5, 2)


def test_a_reading_as_plain_values_has_dates_as_text_and_flags_as_lists():
    text = "The dam\n\n2 May 2025\n\nForecast\n\n6 months\n\n- The dam may break.\n\nBackground\n\nSome 40 men were killed.\n"
    plain = read(text).as_dict()
    (forecast,), (claim,) = plain["forecasts"], plain["claims"]
    assert (plain["reader_version"], plain["published_on"], plain["language"]) == ("1", "2025-05-02", "en")
    assert (forecast["opens_on"], forecast["closes_on"], forecast["flags"]) == (
        "2025-05-02",
        "2025-11-02",
        ["unquantified"],
    )
    assert (claim["value_point"], claim["flags"]) == (40, [])


def test_of_a_text_in_another_language_only_the_parts_are_read():
    text = "Le port de Tesk reste fermé\n\nMarie Dupont | 2 mai 2025\n\n" + (
        "Les officiels du port estiment que 600 camions sont bloqués dans la ville. "
        "Il est probable que le conseil de la ville ne rouvre pas le port pour les navires. " * 2
    )
    reading = read(text)
    assert (reading.parts.language, reading.parts.title) == ("fr", "Le port de Tesk reste fermé")
    assert (reading.forecasts, reading.claims) == ((), ())
