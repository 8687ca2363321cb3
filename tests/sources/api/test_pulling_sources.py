"""Pulling sources, topics and articles."""

from __future__ import annotations

import pytest

from sources.services import articles, people

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def names(response):
    return [row["name"] for row in response.json()["results"]]


def titles(response):
    return [row["title"] for row in response.json()["results"]]


def test_anybody_sees_the_sources_that_something_public_names_without_their_reliability(outsider, record, golden):
    golden(outsider.get(f"{API}sources/"), "public_sources")


def test_the_desk_sees_every_source_with_its_reliability(analyst, record, golden):
    golden(analyst.get(f"{API}sources/?kind=outlet"), "desk_outlets")


def test_a_source_that_nothing_public_names_is_not_found_by_outsiders(outsider, record, golden):
    golden(outsider.get(f"{API}sources/{record.agency.reference}/"), "hidden_source")


def test_a_topic_is_pulled_by_its_slug(outsider, record, golden):
    golden(outsider.get(f"{API}topics/shipping/"), "topic")


def test_outsiders_see_no_topic_of_what_is_internal(outsider, analyst, record, owner):
    record.report.topics.create(slug="secret", name="Secret")
    assert [names(client.get(f"{API}topics/")) for client in (outsider, analyst)] == [
        ["Shipping"],
        ["Secret", "Shipping"],
    ]


def test_anybody_sees_the_articles_that_an_edition_released(outsider, record, golden):
    golden(outsider.get(f"{API}articles/"), "public_articles")


def test_the_desks_own_published_text_is_public(outsider, record, golden):
    edition = record.briefing.editions.get()
    golden(outsider.get(f"{API}articles/{edition.article.reference}/"), "published_article")


def test_another_publishers_text_is_never_served_without_sign_in(outsider, analyst, record, at_noon):
    articles.release([record.report], at=at_noon)
    address = f"{API}articles/{record.report.reference}/"
    public, internal = outsider.get(address).json(), analyst.get(address).json()
    assert public["title"] == "Strike spreads"
    assert (public["text"], internal["text"]) == (None, record.report.text)
    assert "spread by 1 May" not in outsider.get(address).content.decode()


def test_a_released_article_does_not_name_a_source_that_is_not_released(outsider, record, at_noon):
    articles.release([record.report], at=at_noon)
    address = f"{API}articles/{record.report.reference}/"
    assert outsider.get(address).json()["source"] is None
    people.release([record.agency], at=at_noon)
    assert outsider.get(address).json()["source"] == {"reference": record.agency.reference, "name": "Strait Agency"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=strike", ["Strike spreads", "Ferry strike closes the Alma strait", "Ferry strike closes the Alma strait"]),
        ("source=agency", ["Strike spreads"]),
        ("source=S-1&origin=edition", ["Ferry strike closes the Alma strait"]),
        ("topic=shipping&origin=pasted", ["Ferry strike closes the Alma strait"]),
        ("country=gb&published_after=2026-01-11", []),
        (
            "published_after=2026-01-10&published_before=2026-01-10&origin=pasted",
            ["Ferry strike closes the Alma strait"],
        ),
    ],
)
def test_articles_are_filtered(analyst, record, query, found):
    assert titles(analyst.get(f"{API}articles/?{query}")) == found


def test_an_outsider_learns_nothing_by_filtering_on_a_hidden_source(outsider, analyst, record, at_noon):
    articles.release([record.report], at=at_noon)
    for query in (f"source={record.agency.reference}", "source=strait"):
        address = f"{API}articles/?{query}"
        assert [titles(client.get(address)) for client in (outsider, analyst)] == [[], ["Strike spreads"]]
