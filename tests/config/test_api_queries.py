"""Every list of the API costs the same number of statements whatever it shows."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db
# Of which two are the key and the note of its use; outsiders have none.
STATEMENTS = {
    "topics/?": (1, 3),
    "sources/?kind=government": (1, 3),
    "articles/?origin=edition": (4, 6),
    "series/?": (1, 3),
    "claims/?measure=other": (2, 4),
    "forecasts/?status=resolved": (8, 10),
    "briefings/?state=published": (2, 4),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "statements"), STATEMENTS.items())
def test_a_list_costs_the_same_for_one_row_and_for_three(
    outsider, analyst, three_records, django_assert_num_queries, address, statements, rows
):
    for client, expected in zip((outsider, analyst), statements, strict=True):
        with django_assert_num_queries(expected):
            response = client.get(f"/api/v1/{address}&page_size={rows}")
        assert len(response.json()["results"]) == rows
