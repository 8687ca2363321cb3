"""Wording advice on the page for logging: there, without JavaScript too, and in nobody's way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forecasts.models import Forecast

LOG, ADVICE = "/desk/forecasts/log/", "/desk/forecasts/advice/"
HEDGED = "There is a realistic possibility that the mill could close."


@pytest.fixture
def entry():
    """`entry(statement="…")` is what the form for logging sends."""
    today = timezone.localdate()

    def fields(**changes: str) -> dict[str, str]:
        given = {
            "statement": HEDGED, "event": "The mill closes", "made_on": today.isoformat(),
            "closes_on": (today + timedelta(days=30)).isoformat(), "shape": "happens_by", "triage": "gradable",
            "term": "phia-2025:realistic_possibility",
        }  # fmt: skip
        return given | changes

    return fields


def names(response) -> list[str]:
    return [str(each.name) for each in response.context["form"].advice]


def test_what_is_being_written_gets_advice(client_of_alice, entry, words_of):
    response = client_of_alice.post(ADVICE, entry())
    assert words_of(response) == (
        "hedged twice “realistic possibility” says already how likely it is. Leave out “could”, and tell the event as "
        "something that happens."
    )


@pytest.mark.parametrize(
    ("changes", "advised"),
    [
        ({"closes_on": ""}, ["hedged twice", "no date"]),
        ({"closes_on": "soon"}, ["hedged twice", "no date"]),
        ({"event": "The mill could close"}, ["hedged twice", "a likelihood in the event"]),
        ({"term": "phia-2025:likely"}, ["hedged twice", "sentence and fields differ"]),
        ({"term": "icd-203:likely"}, ["not a term of this yardstick", "hedged twice"]),
        ({"statement": "The mill closes.", "term": ""}, ["no probability"]),
        ({"statement": "The mill closes.", "term": "", "probability": "52"}, ["number without a word"]),
        ({"statement": "The mill closes.", "term": "", "probability": "much"}, ["no probability"]),
        ({"statement": "The mill closes.", "term": "", "low": "20", "high": "40"}, []),
        ({"statement": ""}, []),
        ({"made_on": ""}, ["hedged twice"]),
    ],
)
def test_the_fields_are_read_as_they_are(client_of_alice, entry, changes, advised):
    assert names(client_of_alice.post(ADVICE, entry(**changes))) == advised


def test_nothing_comes_back_where_the_page_shows_it_already(client_of_alice, entry):
    shown = client_of_alice.post(ADVICE, entry()).context["form"].advice_key
    again = client_of_alice.post(ADVICE, entry(advised=shown))
    assert (again.status_code, again.content) == (204, b"")
    assert names(client_of_alice.post(ADVICE, entry(advised=shown, closes_on=""))) == ["hedged twice", "no date"]


def test_advice_is_only_for_those_who_record(browse, charlie, entry):
    assert browse(charlie).post(ADVICE, entry()).status_code == 403


def test_advice_is_not_asked_for_by_an_address(client_of_alice):
    assert client_of_alice.get(ADVICE).status_code == 405


def test_an_empty_form_gets_none_and_one_filled_from_a_line_gets_its_own(client_of_alice):
    assert names(client_of_alice.get(LOG)) == []
    page = client_of_alice.get(LOG, {"line": "The mill may close by 30 June 2099"})
    assert names(page) == ["no probability"]
    assert "“may” rules nothing out and promises nothing." in page.content.decode()


def test_a_line_that_fills_all_fields_gets_none(client_of_alice):
    assert names(client_of_alice.get(LOG, {"line": "Ceasefire in Sudan holds to 30 June 2099, likely #sudan"})) == []
    assert names(client_of_alice.get(LOG, {"line": "The port reopens by the end of 2098: 70 %"})) == []


def test_a_form_that_comes_back_shows_its_advice(client_of_alice, entry):
    response = client_of_alice.post(LOG, entry(shape=""))
    assert response.context["form"].errors == {"shape": ["This field is required."]}
    assert names(response) == ["hedged twice"]


def test_advice_keeps_nobody_from_logging(client_of_alice, entry):
    response = client_of_alice.post(LOG, entry())
    assert response.headers["Location"] == f"/desk/forecasts/{Forecast.objects.get().reference}/"
    assert Forecast.objects.get().statement == HEDGED


def test_words_that_look_like_code_come_back_as_words(client_of_alice, entry):
    event = "The <b>mill</b> {closes} is likely"
    assert "“likely”" in client_of_alice.post(ADVICE, entry(event=event)).content.decode()
    sent = client_of_alice.post(
        ADVICE, entry(statement="The {mill} is likely to close over the coming <b>months", closes_on="")
    )
    assert "<b>months" not in sent.content.decode()


def test_advice_costs_no_query_beyond_signing_in(client_of_alice, entry, django_assert_num_queries):
    with django_assert_num_queries(2):
        client_of_alice.post(ADVICE, entry())
