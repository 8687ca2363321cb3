"""The desk's health, for programs of the desk."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_the_desk_pulls_its_health(analyst, three_records, golden):
    golden(analyst.get("/api/v1/desk-health/"), "desk_health")


def test_nobody_else_does(outsider, three_records):
    assert outsider.get("/api/v1/desk-health/").status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(analyst, method):
    assert getattr(analyst, method)("/api/v1/desk-health/").status_code == 405


def test_it_costs_what_it_costs(analyst, three_records, django_assert_num_queries):
    with django_assert_num_queries(9):  # the key, the note of its use, and seven
        analyst.get("/api/v1/desk-health/")
