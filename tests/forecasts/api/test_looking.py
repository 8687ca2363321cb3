"""Saying through the API that an open forecast's outcome is not known yet."""

from __future__ import annotations

import pytest

from forecasts.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(record):
    """Where the looks at the open forecast of the record are."""
    return f"/api/v1/forecasts/{record.open.reference}/looks/"


def test_the_desk_says_that_it_is_not_known_yet_and_sees_who_has_looked(analyst, place, golden):
    before = analyst.get(place).json()
    golden(analyst.post(place, {}), "looked")

    assert before == {"look_again_on": None, "looks": []}
    assert analyst.get(place).json() == analyst.post(place, {}).json()
    assert Look.objects.count() == 1


def test_what_is_over_is_not_looked_at(analyst, record, golden):
    golden(analyst.post(f"/api/v1/forecasts/{record.resolved.reference}/looks/", {}), "nothing_to_look_for")


def test_nobody_outside_learns_of_it(outsider, place):
    assert [outsider.get(place).status_code, outsider.post(place, {}).status_code] == [401, 401]
    assert Look.objects.count() == 0
