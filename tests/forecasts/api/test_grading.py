"""Grading through the API."""

from __future__ import annotations

import pytest

from forecasts.models import Grade, Resolution

pytestmark = pytest.mark.django_db
VERDICT = {
    "outcome": "did_not_occur",
    "known_on": "2026-05-02",
    "rationale": "It stayed in Alma.",
    "evidence": {"urls": ["https://example.org/stayed"]},
}


@pytest.fixture
def address(record):
    return f"/api/v1/forecasts/{record.internal.reference}/grades/"


@pytest.fixture
def forecast_address(record):
    return f"/api/v1/forecasts/{record.internal.reference}/"


def test_a_grade_is_answered_with_the_resolution_that_it_makes(editor, address, golden):
    golden(editor.post(address, VERDICT), "grade")


def test_an_article_is_evidence_too(editor, address, record):
    given = VERDICT | {"evidence": {"articles": [record.report.reference]}}
    evidence = editor.post(address, given).json()["evidence"]
    assert [(each["article"]["reference"], each["url"]) for each in evidence] == [(record.report.reference, None)]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"outcome": "maybe"}, "no_outcome"),
        ({"known_on": "2026-05-30"}, "known_in_the_future"),
        ({"known_on": "2026-01-01"}, "known_before_the_window"),
        ({"evidence": {}}, "no_evidence"),
        ({"evidence": {"articles": ["A-999"]}}, "no_such_evidence"),
        ({"evidence": {"urls": ["ftp//nowhere"]}}, "no_address"),
        ({"outcome": "partly"}, "no_degrees"),
        ({"rationale": ""}, "no_rationale"),
        ({"version": 99}, "stale_version"),
    ],
)
def test_what_is_wrong_is_pointed_at_and_nothing_is_stored(editor, address, golden, change, name):
    before = Grade.objects.count()
    golden(editor.post(address, VERDICT | change), name)
    assert Grade.objects.count() == before


def test_what_can_no_longer_happen_is_for_editors_to_say(editor, address, key_of, record, golden):
    from accounts.models import User
    from tests.plugins.api import client_with

    early = VERDICT | {"known_on": "2026-04-30"}
    dora = User.objects.create_user("dora@example.org", name="Dora Third", role="analyst")
    golden(client_with(key_of(dora)).post(address, early), "known_earlier_than_the_shape_allows")
    assert editor.post(address, early).json()["known_on"] == "2026-04-30"


def test_whoever_wrote_the_criteria_cannot_grade(analyst, address, golden):
    golden(analyst.post(address, VERDICT), "own_criteria")


def test_a_second_grade_comes_too_late(editor, address, record, golden):
    editor.post(address, VERDICT)
    golden(editor.post(address, VERDICT | {"outcome": "occurred"}), "already_resolved")
    assert Resolution.objects.standing().get(forecast=record.internal).outcome == "did_not_occur"


def test_if_match_with_the_current_tag_goes_through(editor, address, forecast_address):
    tag = editor.get(forecast_address)["ETag"]
    assert editor.post(address, VERDICT, HTTP_IF_MATCH=tag).json()["outcome"] == "did_not_occur"


def test_if_match_with_an_old_tag_is_412_and_stores_nothing(editor, address, forecast_address, record, golden):
    from forecasts.services.clarifying import clarify
    from tests.plugins.api import NOW

    tag = editor.get(forecast_address)["ETag"]
    clarify(record.internal, text="The harbour's log counts.", by=record.internal.recorded_by, at=NOW)
    golden(editor.post(address, VERDICT, HTTP_IF_MATCH=tag), "if_match_old")
    golden(editor.post(address, VERDICT, HTTP_IF_MATCH="yesterday"), "if_match_nonsense")
    assert Grade.objects.filter(forecast=record.internal).count() == 0
