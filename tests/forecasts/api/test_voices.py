"""Judgements, links, groups, subjects, following and comments through the API."""

from __future__ import annotations

import pytest

from forecasts.models import Follow, Judgement, Lineage
from forecasts.services import commenting

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(record):
    """Where the open forecast of the record is."""
    return f"/api/v1/forecasts/{record.open.reference}/"


def said(response) -> list[tuple[str, str | None, float | None]]:
    return [(each["line"], each["term"], each["probability"]) for each in response.json()["results"]]


# --- Judgements -------------------------------------------------------------------------------------------------------


def test_the_desk_reads_all_judgements_and_outsiders_the_desk_s_line(analyst, outsider, place, golden):
    golden(analyst.get(f"{place}judgements/"), "judgements_for_the_desk")
    golden(outsider.get(f"{place}judgements/"), "judgements_for_outsiders")


def test_releasing_shows_ones_own_without_the_reasons(analyst, outsider, place, golden):
    golden(analyst.post(f"{place}judgements/release/", {}), "released")
    assert said(outsider.get(f"{place}judgements/"))[0] == ("personal", None, 0.0)
    shown = outsider.get(f"{place}judgements/").json()["results"][0]
    assert (shown["rationale"], shown["public_since"]) == (None, "2026-05-20T12:30:00Z")
    golden(analyst.post(f"{place}judgements/release/", {}), "nothing_to_release")


def test_withdrawing_ends_ones_own_with_a_reason(analyst, place, golden):
    golden(analyst.post(f"{place}judgements/withdraw/", {"why": "I had misread it."}), "withdrawn")
    golden(analyst.post(f"{place}judgements/withdraw/", {"why": "Again."}), "none_stands")
    golden(analyst.post(f"{place}judgements/withdraw/", {}), "withdrawn_without_a_reason")


def test_an_editor_sets_the_desk_s_line(editor, analyst, outsider, place, golden):
    given = {"term": "likely", "rationale": "The crews have voted."}
    assert analyst.post(f"{place}desk-line/", given).status_code == 403
    golden(editor.post(f"{place}desk-line/", given), "desk_line")
    assert [term for _line, term, _number in said(outsider.get(f"{place}judgements/"))] == ["likely", "highly_unlikely"]
    assert editor.post(f"{place}desk-line/", {"term": "likely"}).json()["errors"][0]["pointer"] == "/rationale"


@pytest.mark.parametrize("judgements", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(outsider, record, place, django_assert_num_queries, judgements):
    with django_assert_num_queries(2):
        outsider.get(f"{place}judgements/?page_size={judgements}")


# --- Links and groups -------------------------------------------------------------------------------------------------


def test_links_are_shown_on_both_sides(analyst, record, place, golden):
    given = {"relation": "continues", "earlier": record.resolved.reference}
    golden(analyst.post(f"{place}links/", given), "linked")
    here, there = (
        analyst.get(f"/api/v1/forecasts/{each.reference}/links/").json() for each in (record.open, record.resolved)
    )
    assert here == there
    golden(analyst.post(f"{place}links/", given), "linked_already")


def test_outsiders_see_no_link_to_what_is_internal(analyst, outsider, record, place):
    analyst.post(f"{place}links/", {"relation": "related", "earlier": record.internal.reference})
    assert outsider.get(f"{place}links/").json()["results"] == []
    assert len(analyst.get(f"{place}links/").json()["results"]) == 1


def test_a_link_is_taken_back_from_either_end(analyst, outsider, record, place, golden):
    analyst.post(f"{place}links/", {"relation": "continues", "earlier": record.resolved.reference})
    ended = {"other": record.open.reference, "why": "Another strait."}
    golden(analyst.post(f"/api/v1/forecasts/{record.resolved.reference}/links/end/", ended), "link_taken_back")
    assert outsider.get(f"{place}links/").json()["results"] == []
    assert Lineage.objects.get().ended_why == "Another strait."
    golden(analyst.post(f"/api/v1/forecasts/{record.resolved.reference}/links/end/", ended), "not_linked")


def test_a_link_to_nothing(analyst, place):
    answer = analyst.post(f"{place}links/", {"relation": "continues", "earlier": "F-999"}).json()
    assert (answer["code"], answer["errors"][0]["pointer"]) == ("unknown_forecast", "/earlier")


def test_a_group_names_what_the_viewer_may_see(analyst, outsider, record, place, golden):
    golden(analyst.get(f"{place}group/"), "no_group")
    golden(analyst.post(f"{place}group/", {"other": record.internal.reference}), "group")
    assert outsider.get(f"{place}group/").json()["members"] == [record.open.reference]
    etag = analyst.get(place)["ETag"]
    analyst.post(f"{place}subjects/", {"topics": ["Ports"], "countries": []})
    stale = analyst.post(f"{place}group/", {"other": record.resolved.reference}, headers={"If-Match": etag})
    assert stale.status_code == 412


# --- Subjects, following, comments ------------------------------------------------------------------------------------


def test_topics_and_countries_are_set_whole(analyst, place, golden):
    etag = analyst.get(place)["ETag"]
    given = {"topics": ["Ports", "Strikes"], "countries": ["FR"]}
    golden(analyst.post(f"{place}subjects/", given, headers={"If-Match": etag}), "subjects")
    assert analyst.post(f"{place}subjects/", given, headers={"If-Match": etag}).status_code == 412
    assert analyst.get(place).json()["topics"] == ["ports", "strikes"]


def test_one_follows_for_oneself(analyst, outsider, owner, place):
    answers = [analyst.get(f"{place}follow/").json()]
    answers += [analyst.post(f"{place}follow/", {"following": each}).json() for each in (True, True)]
    answers += [analyst.get(f"{place}follow/").json()]
    assert [each["following"] for each in answers] == [False, True, True, True]
    assert [each.user for each in Follow.objects.all()] == [owner]
    assert len(analyst.get("/api/v1/forecasts/?followed=me").json()["results"]) == 1
    assert analyst.post(f"{place}follow/", {"following": False}).json() == {"following": False}
    assert outsider.get("/api/v1/forecasts/?followed=me").json()["results"] == []


def test_comments_are_the_desk_s_alone(analyst, editor, outsider, record, place, member, golden, at_noon):
    commenting.comment(record.open, text="Two crews are out.", by=member, at=at_noon)
    said_now = analyst.post(f"{place}comments/", {"text": "@Bob Member, all of them."})
    assert said_now.status_code == 201
    number = said_now.json()["id"]
    taken_back = editor.post(f"{place}comments/{number}/retract/", {"why": "Not so."})
    assert taken_back.json()["text"] is None
    kept = analyst.get(f"{place}comments/").json()["results"]
    assert [(each["text"], each["by"], each["retracted_why"]) for each in kept] == [
        ("Two crews are out.", "Bob Member", None), (None, "Alice Owner", "Not so."),
    ]  # fmt: skip
    closed = [outsider.get(f"{place}comments/"), outsider.get(f"{place}follow/")]
    closed += [outsider.post(f"{place}comments/", {"text": "Me too."})]
    assert [each.status_code for each in closed] == [401, 401, 401]
    other = f"/api/v1/forecasts/{record.resolved.reference}/comments/{number}/retract/"
    assert editor.post(other, {"why": "No."}).status_code == 404


def test_nothing_is_public_of_what_is_hidden(outsider, record):
    hidden = f"/api/v1/forecasts/{record.internal.reference}/"
    answers = [outsider.get(f"{hidden}{each}/").status_code for each in ("judgements", "links", "group")]
    assert answers == [404, 404, 404]
    assert Judgement.objects.filter(forecast=record.internal).exists()
