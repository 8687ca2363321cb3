"""What is due through the API: the list that the queue shows, whose it is, and what is snoozed."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from forecasts.models import Due, Forecast
from forecasts.services import handling
from forecasts.services.due import flag_due
from tests.plugins.api import NOW, client_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(record):
    """The forecast of the record that is overdue, flagged; Dora wrote its criteria."""
    dora = User.objects.create_user("dora@example.org", name="Dora", role="analyst")
    Forecast.objects.filter(pk=record.internal.pk).update(criteria_by=dora)
    flag_due(at=NOW)
    record.internal.refresh_from_db()
    return record.internal


@pytest.fixture
def place(due):
    return f"/api/v1/forecasts/{due.reference}/"


def listed(client, query=""):
    return [row["forecast"] for row in client.get(f"/api/v1/due/{query}").json()["results"]]


def test_the_list_says_whose_it_is_and_until_when_it_waits(analyst, member, owner, due, golden):
    handling.assign(due, to=member, by=owner, at=NOW)
    handling.snooze(due, until=date(2026, 6, 30), reason="The vote was moved.", by=member, at=NOW)
    golden(analyst.get("/api/v1/due/?snoozed=only"), "due")


def test_it_is_narrowed_by_whose_it_is_since_when_and_by_snoozes(analyst, editor, member, due):
    here = [due.reference]
    assert [listed(analyst, f"?assignee={who}") for who in ("nobody", "me", "bob@example.org")] == [here, [], []]
    handling.assign(due, to=member, by=member, at=NOW)
    assert [listed(analyst, f"?assignee={who}") for who in ("nobody", "me", "BOB@example.org")] == [[], [], here]
    assert listed(editor, "?assignee=me") == here
    assert [listed(analyst, f"?due_{part}=2026-05-02") for part in ("after", "before")] == [here, here]
    assert [listed(analyst, f"?{each}") for each in ("due_after=2026-05-03", "due_before=2026-05-01")] == [[], []]
    handling.snooze(due, until=date(2026, 6, 30), reason="x", by=member, at=NOW)
    assert [listed(analyst, query) for query in ("", "?snoozed=only", "?snoozed=included")] == [[], here, here]


def test_what_somebody_has_graded_leaves_the_list_for_everybody(analyst, editor, member, due, settings):
    from forecasts.services import grading

    settings.GRADERS = 2
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2026, 5, 2), rationale="A secret.", no_evidence_reason="None."
    )
    grading.grade(due, verdict=verdict, by=member, at=NOW)

    assert (listed(analyst), listed(editor)) == ([], [])
    assert analyst.get(f"/api/v1/forecasts/{due.reference}/assignment/").status_code == 404


def test_it_is_given_to_somebody_to_oneself_and_to_nobody(analyst, editor, member, due, place, golden):
    golden(analyst.put(f"{place}assignment/", {"assignee": "bob@example.org"}), "assigned")
    assert Due.objects.get().assignee == member
    assert analyst.put(f"{place}assignment/", {"assignee": None}).json()["assignee"] is None
    assert editor.put(f"{place}assignment/", {"assignee": "me"}).status_code == 200
    golden(analyst.get(f"{place}assignment/"), "assignment")
    assert (analyst.delete(f"{place}assignment/").status_code, Due.objects.get().assignee) == (204, None)


def test_it_is_snoozed_and_woken(analyst, due, place, golden):
    given = {"until": "2026-06-30", "reason": "The vote was moved."}
    golden(analyst.put(f"{place}snooze/", given), "snoozed")
    golden(analyst.put(f"{place}snooze/", given | {"until": "2026-12-31"}), "snoozed_for_too_long")
    golden(analyst.put(f"{place}snooze/", {"until": "2026-06-30"}), "snoozed_without_a_reason")
    assert listed(analyst) == []
    assert (analyst.delete(f"{place}snooze/").status_code, listed(analyst)) == (204, [due.reference])


def test_what_has_changed_since_it_was_read_is_not_overwritten(analyst, editor, place, golden):
    seen = analyst.get(f"{place}assignment/")
    editor.put(f"{place}assignment/", {"assignee": "me"})
    old = {"HTTP_IF_MATCH": seen["ETag"]}
    golden(analyst.put(f"{place}assignment/", {"assignee": None}, **old), "assigned_meanwhile")
    assert analyst.delete(f"{place}assignment/", **old).status_code == 412
    now = analyst.get(f"{place}assignment/")["ETag"]
    assert analyst.get(f"{place}assignment/", HTTP_IF_NONE_MATCH=now).status_code == 304
    assert analyst.delete(f"{place}assignment/", HTTP_IF_MATCH=now).status_code == 204


def test_who_cannot_grade_it_is_refused(analyst, place, golden):
    golden(analyst.put(f"{place}assignment/", {"assignee": "nobody@example.org"}), "assigned_to_no_grader")
    golden(analyst.put(f"{place}assignment/", {"assignee": "dora@example.org"}), "assigned_to_who_wrote_its_criteria")


def test_what_is_not_due_has_neither(analyst, record, golden):
    place = f"/api/v1/forecasts/{record.open.reference}/"
    assert [analyst.get(f"{place}{part}/").status_code for part in ("assignment", "snooze")] == [404, 404]
    golden(analyst.put(f"{place}assignment/", {"assignee": "me"}), "not_due")


def test_outsiders_and_readers(outsider, person_client, place):
    given = {"assignee": None}
    assert outsider.get("/api/v1/due/").status_code == 401
    assert outsider.put(f"{place}assignment/", given).status_code == 401
    reader = person_client("reader")
    assert (reader.get("/api/v1/due/").status_code, reader.put(f"{place}assignment/", given).status_code) == (200, 403)


@pytest.fixture
def person_client(db, key_of):
    def make(role):
        user = User.objects.create_user("charlie@example.org", name="Charlie", role=role)
        return client_with(key_of(user))

    return make


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(analyst, three_records, rows, django_assert_num_queries):
    Forecast.objects.update(closes_on=date(2026, 5, 1), assessment_on=None)
    flag_due(at=NOW)
    with django_assert_num_queries(3):  # the key, the note of its use, the rows
        assert len(analyst.get(f"/api/v1/due/?page_size={rows}").json()["results"]) == rows
