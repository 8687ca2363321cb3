"""Two graders through the API: blind until both are in, then agreed or disputed, decided, reopened, taken back."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
import time_machine
from django.db.models import F

from accounts.models import User
from forecasts.models import Forecast, Grade
from tests.plugins.api import client_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_graders")]
VERDICT = {
    "outcome": "did_not_occur",
    "known_on": "2026-05-02",
    "rationale": "It stayed in Alma.",
    "evidence": {"urls": ["https://example.org/stayed"]},
}
OTHER = VERDICT | {"outcome": "occurred", "rationale": "It spread to Bera."}
DECISION = {"outcome": "occurred", "known_on": "2026-05-02", "rationale": "The log names Bera."}


@pytest.fixture
def client_of(at_noon, key_of):
    def make(name, role="analyst"):
        user = User.objects.create_user(f"{name}@example.org", name=name.title(), role=role)
        return client_with(key_of(user))

    return make


@pytest.fixture
def gwen(client_of):
    return client_of("gwen")


@pytest.fixture
def hal(client_of):
    return client_of("hal")


@pytest.fixture
def erin(client_of):
    """An editor who had no hand in anything."""
    return client_of("erin", "editor")


@pytest.fixture
def forecast(record):
    return f"/api/v1/forecasts/{record.internal.reference}/"


@pytest.fixture
def disputed(forecast, gwen, hal):
    gwen.post(f"{forecast}grades/", VERDICT)
    hal.post(f"{forecast}grades/", OTHER)
    return forecast


def stage(client, forecast):
    return client.get(f"{forecast}grades/").json()["stage"]


def test_a_first_grade_waits_and_shows_to_whoever_gave_it_alone(forecast, gwen, hal, golden):
    given = gwen.post(f"{forecast}grades/", VERDICT).json()
    golden(gwen.get(f"{forecast}grades/"), "own_grade_waits")

    assert (given["stage"], given["resolution"]) == ("waiting", None)
    assert hal.get(f"{forecast}grades/").json() == {
        "round": 1,
        "stage": "waiting",
        "graded": 1,
        "grades": [],
        "resolutions": [],
    }


def test_the_tag_of_the_forecast_tells_nothing_of_a_first_grade(forecast, gwen, hal):
    before = hal.get(forecast)["ETag"]
    gwen.post(f"{forecast}grades/", VERDICT)

    assert hal.get(forecast)["ETag"] == before


def test_the_second_that_agrees_is_answered_with_the_resolution(forecast, gwen, hal, erin):
    gwen.post(f"{forecast}grades/", VERDICT)
    given = hal.post(f"{forecast}grades/", VERDICT | {"known_on": "2026-05-04"}).json()
    seen = erin.get(f"{forecast}grades/").json()

    assert (given["stage"], given["resolution"]["how"], given["resolution"]["known_on"]) == (
        "resolved",
        "agreed",
        "2026-05-02",
    )
    assert [(each["grader"], each["known_on"]) for each in seen["grades"]] == [
        ("Gwen", "2026-05-02"),
        ("Hal", "2026-05-04"),
    ]


def test_the_second_that_differs_makes_a_dispute_that_all_of_the_desk_can_read(disputed, erin, outsider):
    seen = erin.get(f"{disputed}grades/").json()

    assert (seen["stage"], [each["rationale"] for each in seen["grades"]]) == (
        "disputed",
        ["It stayed in Alma.", "It spread to Bera."],
    )
    assert outsider.get(f"{disputed}grades/").status_code == 404


def test_who_comes_too_late_is_told_and_nothing_is_stored(forecast, gwen, hal, erin, golden):
    gwen.post(f"{forecast}grades/", VERDICT)
    golden(gwen.post(f"{forecast}grades/", OTHER), "already_graded")
    hal.post(f"{forecast}grades/", OTHER)
    golden(erin.post(f"{forecast}grades/", OTHER), "in_dispute")

    assert Grade.objects.count() == 3


def test_an_editor_decides(disputed, erin, golden):
    golden(erin.post(f"{disputed}decision/", DECISION), "decision")
    assert stage(erin, disputed) == "resolved"


@pytest.mark.parametrize("who", ["gwen", "hal"])
def test_an_analyst_does_not_decide(disputed, request, who):
    assert request.getfixturevalue(who).post(f"{disputed}decision/", DECISION).status_code == 403


def test_without_a_dispute_a_decision_is_a_conflict(forecast, erin, golden):
    golden(erin.post(f"{forecast}decision/", DECISION), "not_disputed")


def test_a_decision_on_what_has_changed_meanwhile_is_412(disputed, erin, record):
    tag = erin.get(disputed)["ETag"]
    Forecast.objects.filter(pk=record.internal.pk).update(version=F("version") + 1)
    answers = [
        erin.post(f"{disputed}{path}", body, HTTP_IF_MATCH=tag).status_code
        for path, body in (("decision/", DECISION), ("grades/", OTHER))
    ]

    assert answers == [412, 412]
    assert stage(erin, disputed) == "disputed"


def test_an_editor_reopens_with_a_reason(forecast, gwen, hal, erin):
    for client in (gwen, hal):
        client.post(f"{forecast}grades/", VERDICT)
    refused = [
        hal.post(f"{forecast}reopening/", {"why": "So."}).status_code,
        erin.post(f"{forecast}reopening/", {"why": ""}).status_code,
        erin.post(f"{forecast}reopening/", {"why": "So."}, HTTP_IF_MATCH='W/"9-x"').status_code,
    ]
    answer = erin.post(f"{forecast}reopening/", {"why": "The log was forged."}).json()
    again = erin.post(f"{forecast}reopening/", {"why": "Again."})

    assert refused == [403, 400, 412]
    assert (answer["round"], answer["stage"], answer["graded"]) == (2, "open", 0)
    assert [each["superseded_why"] for each in answer["resolutions"]] == ["The log was forged."]
    assert (again.status_code, again.json()["code"]) == (409, "not_resolved")


def test_a_grade_is_taken_back_by_whoever_gave_it(forecast, gwen, hal):
    reference = gwen.post(f"{forecast}grades/", VERDICT).json()["reference"]
    hidden = hal.post(f"/api/v1/grades/{reference}/retraction/", {"why": "So."})
    answer = gwen.post(f"/api/v1/grades/{reference}/retraction/", {"why": "I misread it."})

    assert hidden.status_code == 404
    assert (answer.status_code, answer.json()["retracted_why"]) == (200, "I misread it.")
    assert stage(gwen, forecast) == "open"


def test_undoing_the_second_grade_leaves_the_first_one_waiting_and_tells_nobody_what_it_said(forecast, gwen, hal, erin):
    for client in (gwen, hal):
        reference = client.post(f"{forecast}grades/", VERDICT).json()["reference"]
    hal.post(f"/api/v1/grades/{reference}/retraction/", {"why": "I misread it."})
    told = erin.get(f"{forecast}grades/").json()
    again = hal.post(f"{forecast}grades/", VERDICT)

    assert told == {"round": 1, "stage": "waiting", "graded": 1, "grades": [], "resolutions": []}
    assert (again.status_code, again.json()["code"]) == (400, "read_the_other")


def test_a_pair_stays_once_the_seconds_are_over(forecast, gwen, hal):
    for client in (gwen, hal):
        reference = client.post(f"{forecast}grades/", VERDICT).json()["reference"]
    with time_machine.travel(Grade.objects.latest("pk").graded_at + timedelta(seconds=14), tick=False):
        late = hal.post(f"/api/v1/grades/{reference}/retraction/", {"why": "I misread it."})

    assert (late.status_code, late.json()["code"]) == (400, "settled")


def test_a_file_is_evidence(forecast, gwen):
    content = base64.b64encode(b"Shut all day.").decode()
    given = VERDICT | {"evidence": {"files": [{"name": "log.txt", "content": content}]}}
    [item] = gwen.post(f"{forecast}grades/", given).json()["evidence"]

    assert (item["filename"], item["copy"]["media_type"], item["url"]) == ("log.txt", "text/plain", None)


@pytest.mark.parametrize("content", ["%%%", base64.b64encode(b"MZ\x00").decode()])
def test_a_file_that_is_none_is_pointed_at(forecast, gwen, content):
    given = VERDICT | {"evidence": {"files": [{"name": "log.txt", "content": content}]}}
    answer = gwen.post(f"{forecast}grades/", given)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/evidence/files")


@pytest.mark.parametrize("grades", [0, 2])
def test_reading_the_grading_costs_the_same_whatever_is_in(
    forecast, gwen, hal, erin, django_assert_max_num_queries, grades
):
    for client in (gwen, hal)[:grades]:
        client.post(f"{forecast}grades/", VERDICT)
    with django_assert_max_num_queries(12):
        erin.get(f"{forecast}grades/")
