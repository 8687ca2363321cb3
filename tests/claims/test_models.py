"""What the database itself refuses of claims and series."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.factories import ArticleFactory, UserFactory
from tests.refusals import constraint_of, refusal_of, refusals_to_shrink, says_no_to_shrinking

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def make_claim(db):
    """Make a claim past the services; keywords are its fields."""
    from claims.models import Claim

    user = UserFactory()

    def make(**values):
        usual = {"article": ArticleFactory(), "quote": "about 3,000 lorries", "recorded_by": user}
        return Claim.objects.create(**(usual | values))

    return make


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"value_low": 5, "value_high": 4}, "claim_low_is_not_above_high"),
        ({"value_low": 5, "value_point": 4}, "claim_point_lies_within"),
        ({"value_high": 5, "value_point": 6}, "claim_point_lies_within"),
        ({"value_point": -1}, "claim_counts_are_not_negative"),
        ({"value_low": -1}, "claim_counts_are_not_negative"),
        ({"credibility": 0}, "claim_credibility_is_on_the_scale"),
        ({"credibility": 7}, "claim_credibility_is_on_the_scale"),
        ({"retracted_at": AT}, "claim_retraction_is_signed"),
    ],
)
def test_a_claim_that_cannot_be(make_claim, values, constraint):
    assert constraint_of(lambda: make_claim(**values)) == constraint


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({}, "series_counts_one_thing"),
        ({"measure": "seen"}, "series_measure_is_known"),
        ({"subject": ""}, "series_has_a_subject"),
    ],
)
def test_a_series_that_cannot_be(db, values, constraint):
    from claims.models import Series

    usual = {"measure": "killed", "subject": "soldiers", "recorded_by": UserFactory()}
    Series.objects.create(**usual)

    assert constraint_of(lambda: Series.objects.create(**(usual | values))) == constraint


def test_claims_only_grow(make_claim):
    claim = make_claim(value_point=3000)
    model = type(claim)

    assert refusals_to_shrink(model) == says_no_to_shrinking(model)
    assert refusal_of(lambda: model.objects.update(value_point=1)).startswith(
        ("pgtrigger: Cannot update", "redaction: the words of")
    )
    assert model.objects.get().value_point == 3000


def test_a_claim_is_retracted_and_released_once(make_claim):
    claim = make_claim()
    rows = type(claim).objects
    signed = {"retracted_at": AT, "retracted_by": claim.recorded_by_id, "retracted_why": "Misread"}
    rows.update(**signed)
    rows.update(released_at=AT)
    changes = ({"retracted_at": None}, {"retracted_why": "else"}, {"released_at": None})
    refusals = [refusal_of(lambda change=change: rows.update(**change)) for change in changes]

    assert [refusal.startswith(("pgtrigger: Cannot update", "redaction: the words of")) for refusal in refusals] == [
        True
    ] * 3
    assert rows.values(*signed).get() == signed
