"""Pulling series and claims."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def references(response):
    return [row["reference"] for row in response.json()["results"]]


def test_anybody_sees_the_claims_that_an_edition_carries_without_their_credibility(outsider, record, golden):
    golden(outsider.get(f"{API}claims/"), "public_claims")


def test_the_desk_sees_a_claim_with_its_article_and_credibility(analyst, record, golden):
    golden(analyst.get(f"{API}claims/{record.claim.reference}/"), "desk_claim")


def test_an_internal_claim_is_not_found_by_outsiders(outsider, record, golden):
    golden(outsider.get(f"{API}claims/{record.internal_claim.reference}/"), "hidden_claim")


def test_a_series_is_pulled_by_its_reference(outsider, record, golden):
    golden(outsider.get(f"{API}series/{record.claim.series.reference}/"), "series")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["C-2", "C-1"]),
        ("series=M-1", ["C-1"]),
        ("series=m-1&measure=other", ["C-1"]),
        ("measure=killed", []),
        ("speaker=officials", ["C-1"]),
        ("speaker=S-99", []),
        ("article=A-1", ["C-1"]),
        ("topic=shipping&country=GB", ["C-1"]),
        ("stance=denies", []),
        ("as_of_after=2026-01-09&as_of_before=2026-01-09", ["C-1"]),
        ("q=spread", ["C-2"]),
    ],
)
def test_claims_are_filtered(analyst, record, query, found):
    assert references(analyst.get(f"{API}claims/?{query}")) == found


def test_what_a_claim_responds_to_is_named_only_where_it_may_be_seen(outsider, analyst, record, owner, at_noon):
    from claims.models import Claim
    from claims.services.recording import NewClaim, record_claim
    from claims.services.releasing import release_claims

    denial = record_claim(
        NewClaim(article=record.article, quote="The union spoke of more than 2,000", responds_to=record.internal_claim),
        by=owner,
    )
    release_claims([Claim.objects.get(pk=denial.pk)], at=at_noon)
    address = f"{API}claims/{denial.reference}/"
    assert [client.get(address).json()["responds_to"] for client in (outsider, analyst)] == [None, "C-2"]
