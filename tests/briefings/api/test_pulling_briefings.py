"""Pulling briefings and editions."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
LIST = "/api/v1/briefings/"


def test_anybody_sees_what_is_published(outsider, record, golden):
    golden(outsider.get(LIST), "public_briefings")


def test_the_desk_sees_drafts_too_first(analyst, record):
    rows = analyst.get(LIST).json()["results"]
    assert [(row["title"], row["state"]) for row in rows] == [
        ("A quiet week", "draft"),
        ("Ferry strike closes the Alma strait", "published"),
    ]


def test_a_briefing_comes_with_its_newest_edition_and_the_lines_that_it_published(outsider, record, golden):
    golden(outsider.get(f"{LIST}{record.briefing.slug}/"), "public_briefing")


def test_an_edition_stays_at_its_number(outsider, record, golden):
    golden(outsider.get(f"{LIST}{record.briefing.slug}/editions/1/"), "edition")


def test_a_draft_is_not_found_by_outsiders(outsider, record, golden):
    golden(outsider.get(f"{LIST}{record.draft.slug}/"), "hidden_briefing")


def test_the_working_title_is_not_public_before_the_next_edition(outsider, analyst, record):
    record.briefing.title = "Something quite different"
    record.briefing.markdown = "Not yet out"
    record.briefing.save()
    pulled = outsider.get(f"{LIST}{record.briefing.slug}/")
    assert pulled.json()["title"] == "Ferry strike closes the Alma strait"
    assert "Not yet out" not in pulled.content.decode()
    found = [len(client.get(f"{LIST}?q=different").json()["results"]) for client in (outsider, analyst)]
    assert found == [0, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=shipping", 1),
        ("country=GB&q=strait", 1),
        ("dated_after=2026-01-10&dated_before=2026-01-10", 1),
        ("dated_after=2026-01-11", 0),
        ("state=draft", 0),
    ],
)
def test_briefings_are_filtered(outsider, record, query, found):
    assert len(outsider.get(f"{LIST}?{query}").json()["results"]) == found
