"""Changing, clarifying and correcting forecasts through the API."""

from __future__ import annotations

import pytest

from forecasts.models import Clarification, Correction, Forecast
from forecasts.services import clarifying, correcting, recording
from forecasts.services.entries import Chance, Wording
from tests.plugins.api import MADE_ON, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(record, owner):
    """A forecast of Alice's that nobody relies on yet."""
    from datetime import date

    wording = Wording(
        statement="The strike is likely to end by 1 September 2026.",
        event="The strike ends by 1 September 2026.",
        made_on=MADE_ON,
        closes_on=date(2026, 9, 1),
    )
    return recording.log_forecast(
        wording=wording, chance=Chance(yardstick="phia-2025", term="likely"), by=owner, at=NOW
    )


def address(forecast, page=""):
    return f"/api/v1/forecasts/{forecast.reference}/{page}"


@pytest.fixture
def patch(analyst):
    """`patch(forecast, {…})` sends that with the tag of the forecast as it is, or with another."""

    def send(forecast, body, *, client=analyst, tag=None):
        tag = tag or client.get(address(forecast))["ETag"]
        return client.patch(address(forecast), {"why": "a slip"} | body, HTTP_IF_MATCH=tag)

    return send


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_a_change_is_answered_with_the_forecast_as_it_is_now(fresh, patch, golden):
    body = {
        "event": "The strike has ended by 1 September 2026.",
        "closes_on": "2026-10-01",
        "criteria": {"observable": "The union's statement"},
        "triage": "needs_criteria",
    }
    golden(patch(fresh, body), "changed")


def test_the_answer_carries_the_tag_for_the_next_change(fresh, patch, analyst):
    first = patch(fresh, {"condition": "If it rains"})
    second = patch(fresh, {"condition": ""}, tag=first["ETag"])

    assert (second.json()["condition"], second.json()["version"]) == (None, 3)
    assert second["ETag"] == analyst.get(address(fresh))["ETag"]


def test_an_older_tag_is_412_and_none_is_an_error(fresh, patch, analyst, golden):
    tag = analyst.get(address(fresh))["ETag"]
    patch(fresh, {"condition": "If it rains"})

    golden(patch(fresh, {"condition": "If it snows"}, tag=tag), "change_with_an_old_tag")
    golden(analyst.patch(address(fresh), {"condition": "x", "why": "x"}), "change_without_a_tag")
    assert Forecast.objects.get(pk=fresh.pk).condition == "If it rains"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"closes_on": "2026-01-01"}, "change_closes_before_it_opens"),
        ({"criteria": {"observable": "x", "place": "x" * 201}}, "change_criteria_too_long"),
        ({"event": "Rain", "why": ""}, "change_without_a_reason"),
        ({"made_on": "2026-01-01"}, "change_of_what_never_changes"),
        ({"assessment_on": "2027-01-01"}, "change_that_is_an_editors"),
    ],
)
def test_what_is_wrong_is_pointed_at(fresh, patch, golden, body, name):
    golden(patch(fresh, body), name)
    assert Forecast.objects.get(pk=fresh.pk).version == 1


def test_all_of_it_is_changed_or_nothing(fresh, patch):
    answer = patch(fresh, {"condition": "If it rains", "triage": "assessment", "assessment_on": "2027-01-01"})
    fresh.refresh_from_db()

    assert (answer.status_code, fresh.condition, fresh.triage) == (400, "", "gradable")


def test_what_others_rely_on_is_409(record, patch, editor, golden):
    golden(patch(record.open, {"event": "Rain"}), "wording_closed")
    golden(patch(record.open, {"triage": "assessment"}, client=editor), "stays_due")
    golden(patch(record.resolved, {"visibility": "internal"}, client=editor), "cannot_be_hidden")


# --- Clarifying -------------------------------------------------------------------------------------------------------


def test_a_clarification_is_public_with_the_forecast_and_its_author_is_not(record, analyst, outsider, golden):
    golden(
        analyst.post(address(record.open, "clarifications/"), {"text": "Leased for a year or more."}), "clarification"
    )
    golden(outsider.get(address(record.open, "clarifications/")), "public_clarifications")


def test_of_what_is_internal_nothing_is_seen(record, outsider, owner):
    clarifying.clarify(record.internal, text="Internal.", by=owner, at=NOW)
    answers = [outsider.get(address(record.internal, page)) for page in ("clarifications/", "corrections/")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not_found")] * 2


def test_a_clarification_says_something(record, analyst):
    answer = analyst.post(address(record.open, "clarifications/"), {"text": " "})

    assert (answer.status_code, Clarification.objects.count()) == (400, 0)


# --- Correcting -------------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed(record, analyst):
    body = {
        "closes_on": "2027-02-10",
        "reading": {"term": "unlikely"},
        "why": "The quote says unlikely, by 10 February",
    }
    return lambda: analyst.post(address(record.open, "corrections/"), body)


def test_a_correction_is_proposed_and_confirmed_by_somebody_else(record, proposed, analyst, editor, golden):
    golden_ids(answer := proposed())
    golden(answer, "correction_proposed")
    number = Correction.objects.order_by("pk").first().pk
    own = analyst.post(f"/api/v1/corrections/{number}/decision/", {"decision": "confirm"})
    assert (own.status_code, own.json()["code"]) == (400, "own_correction")

    answer = editor.post(f"/api/v1/corrections/{number}/decision/", {"decision": "confirm"})
    assert [(row["state"], row["decided_by"]) for row in answer.json()] == [("accepted", "Bob Member")] * 3
    shown = editor.get(address(record.open)).json()
    personal = [row["term"] for row in shown["judgements"] if row["line"] == "personal" and row["term"]]
    assert (shown["closes_on"], personal) == ("2027-02-10", ["unlikely"])

    again = editor.post(f"/api/v1/corrections/{number}/decision/", {"decision": "decline"})
    assert (again.status_code, again.json()["code"]) == (409, "correction_decided")


def golden_ids(answer):
    """References of corrections are numbers that sequences go on with; the golden file has none."""
    rows = answer.json()
    for row in rows:
        row["id"] = 0
    answer.json = lambda: rows


def test_outsiders_see_what_was_carried_out_and_not_by_whom(record, proposed, outsider, editor, member, golden):
    proposed()
    assert outsider.get(address(record.open, "corrections/")).json()["results"] == []

    first = Correction.objects.order_by("pk").first()
    correcting.confirm(first, by=member, at=NOW)
    rows = outsider.get(address(record.open, "corrections/")).json()["results"]
    assert [(row["field"], row["old"], row["new"], row["proposed_by"], row["decided_by"]) for row in rows] == [
        ("judgement", "highly_unlikely", "unlikely", None, None),
        (
            "event",
            "A second harbour is leased by 10 January 2027.",
            "A second harbour is leased by 10 February 2027.",
            None,
            None,
        ),
        ("closes_on", "2027-01-10", "2027-02-10", None, None),
    ]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"reading": {"term": "perhaps"}}, "correction_of_no_term"),
        ({"countries": ["GB"]}, "correction_of_what_no_quote_decides"),
        ({}, "correction_of_nothing"),
    ],
)
def test_a_wrong_correction_is_pointed_at(record, analyst, golden, body, name):
    golden(analyst.post(address(record.open, "corrections/"), {"why": "x"} | body), name)
    assert Correction.objects.count() == 0


def test_what_was_written_by_hand_was_not_misread(fresh, analyst):
    answer = analyst.post(address(fresh, "corrections/"), {"why": "x", "reading": {"term": "unlikely"}})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/reading/judgement")
