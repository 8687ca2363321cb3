"""One's own notices through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Notification
from accounts.services import notifying
from tests.plugins.api import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(owner, member):
    """Two notices for Alice and one for Bob."""
    for minute, text in enumerate(("F-1 has waited for long.", "Bob has commented on F-2.")):
        at = NOW + timedelta(minutes=minute)
        notifying.notify([owner], kind="comment", text=text, url="/desk/forecasts/F-2/", key=text, at=at)
    notifying.notify([member], kind="comment", text="For Bob alone.", at=NOW)
    return {notice.text: notice.pk for notice in Notification.objects.all()}


def texts(client, query=""):
    return [row["text"] for row in client.get(f"/api/v1/notices/{query}").json()["results"]]


def test_one_s_own_are_listed_newest_first(analyst, editor, told):
    assert texts(analyst) == ["Bob has commented on F-2.", "F-1 has waited for long."]
    assert texts(editor) == ["For Bob alone."]
    row = analyst.get("/api/v1/notices/").json()["results"][0]
    assert row == {
        "id": told["Bob has commented on F-2."],
        "kind": "comment",
        "text": "Bob has commented on F-2.",
        "url": "/desk/forecasts/F-2/",
        "created_at": "2026-05-20T12:31:00Z",
        "read_at": None,
    }


def test_one_or_all_are_marked_as_read(analyst, told):
    first = told["F-1 has waited for long."]
    assert analyst.post(f"/api/v1/notices/{first}/read/", {}).json() == {"read": 1}
    assert analyst.post(f"/api/v1/notices/{first}/read/", {}).json() == {"read": 0}
    assert texts(analyst, "?unread=yes") == ["Bob has commented on F-2."]
    assert analyst.post("/api/v1/notices/read/", {}).json() == {"read": 1}
    assert (texts(analyst, "?unread=yes"), len(texts(analyst))) == ([], 2)


def test_nobody_reads_or_marks_another_s(analyst, outsider, told):
    assert analyst.post(f"/api/v1/notices/{told['For Bob alone.']}/read/", {}).status_code == 404
    assert Notification.objects.unread().count() == 3
    assert outsider.get("/api/v1/notices/").status_code == 401


@pytest.mark.parametrize("rows", [1, 2])
def test_the_list_costs_the_same_for_one_and_for_two(analyst, told, rows, django_assert_num_queries):
    with django_assert_num_queries(3):  # the key, the note of its use, the rows
        assert len(texts(analyst, f"?page_size={rows}")) == rows
