"""What the database itself refuses of briefings and editions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.factories import ArticleFactory, UserFactory
from tests.refusals import constraint_of, refusal_of, refusals_to_shrink, says_no_to_shrinking


@pytest.fixture
def briefing(db):
    from briefings.models import Briefing

    return Briefing.objects.create(slug="ferry", title="The ferry", editor=UserFactory(), markdown="# The ferry")


@pytest.fixture
def publish(briefing):
    """Make an edition past the services; keywords are its fields."""
    from briefings.models import Edition

    def make(**values):
        usual = {"number": 1, "title": "The ferry", "markdown": "# The ferry", "published_by": briefing.editor}
        usual |= {"article": ArticleFactory(), "published_at": datetime(2026, 3, 1, tzinfo=UTC)}
        return Edition.objects.create(briefing=briefing, **(usual | values))

    return make


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"title": ""}, "briefing_has_a_title"), ({"state": "published"}, "briefing_published_bears_a_day")],
)
def test_a_briefing_that_cannot_be(briefing, values, constraint):
    rows = type(briefing).objects.filter(pk=briefing.pk)

    assert constraint_of(lambda: rows.update(**values)) == constraint


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"number": 1}, "edition_number_once_per_briefing"),
        ({"number": 0, "weight": "minor"}, "edition_numbers_start_at_1"),
        ({"number": 2, "weight": "major"}, "edition_major_change_is_explained"),
    ],
)
def test_an_edition_that_cannot_be(publish, values, constraint):
    publish()

    assert constraint_of(lambda: publish(**values)) == constraint


def test_editions_only_grow(publish):
    model = type(publish())

    assert refusals_to_shrink(model) == says_no_to_shrinking(model)
    assert refusal_of(lambda: model.objects.update(title="Another")).startswith(
        ("pgtrigger: Cannot update", "redaction: the words of")
    )
    assert model.objects.get().title == "The ferry"
