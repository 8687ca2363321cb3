"""ETags: unchanged is 304, and whose answer it is stands beside it."""

from __future__ import annotations

import pytest

from forecasts.services import judging
from forecasts.services.entries import Chance

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(record):
    return f"/api/v1/forecasts/{record.open.reference}/"


def test_an_unchanged_forecast_is_304_with_its_tag_and_without_a_body(outsider, address):
    first = outsider.get(address)
    again = outsider.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again["ETag"], again.content) == (304, first["ETag"], b"")
    assert first["ETag"].startswith('W/"1-')


def test_a_tag_among_others_and_a_star_are_matches(outsider, address):
    tag = outsider.get(address)["ETag"]
    headers = [f'"other", {tag}', "*", '"other"']
    assert [outsider.get(address, HTTP_IF_NONE_MATCH=each).status_code for each in headers] == [304, 304, 200]


def test_a_new_judgement_gives_the_desk_a_new_tag_and_outsiders_the_old_one(
    outsider, analyst, address, record, member, at_noon
):
    before = [client.get(address)["ETag"] for client in (outsider, analyst)]
    judging.judge(record.open, chance=Chance(probability=0.5), by=member, at=at_noon)
    after = [client.get(address)["ETag"] for client in (outsider, analyst)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


def test_no_cache_may_hand_the_desks_answer_to_anybody_else(outsider, address):
    response = outsider.get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))
