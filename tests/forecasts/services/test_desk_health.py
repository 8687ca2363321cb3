"""What the desk's health page counts, against the rows that it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forecasts.models import Due
from forecasts.services import desk_health as services
from forecasts.services import labelling
from forecasts.services.due import flag_due
from forecasts.services.grading import grade as give
from forecasts.services.reopening import reopen, undo_grade
from tests.factories import SourceFactory


def health(now):
    return services.desk_health(at=now)


def late(rows):
    return [(each.name, each.key, each.count, each.oldest, each.median_days) for each in rows]


def test_an_empty_desk_has_nothing_to_show_and_nothing_is_defined(db, now):
    found = health(now)
    assert late([found.overdue]) == [("", "", 0, None, None)]
    assert (found.people, found.topics) == ([], [])
    assert (found.alone, found.disputed) == (services.Waiting(count=0, since=None, median_days=None),) * 2
    assert (found.graders.pairs, found.graders.kappa.value, found.graders.alpha.value) == (0, None, None)
    assert [(each.count, each.of, each.share) for each in found.distances] == [(0, 0, None)] * 3


@pytest.fixture
def three(log, alice, bob, now):
    """Alice's, Alice's given to Bob, and one of a newspaper that nobody has; a day, ten and a hundred days late."""

    def closing(days, **values):
        closes = (now - timedelta(days=days)).date()
        return log(closes_on=closes, event=f"It closes {days} days ago.", statement=f"It closed, {days}.", **values)

    first, second = closing(2), closing(11)
    paper = closing(101, author=SourceFactory(name="The Paper"))
    flag_due(at=now)
    Due.objects.filter(forecast=second).update(assignee=bob)
    labelling.set_subjects(first, topics=["Rivers", "Bridges"], countries=[], by=alice, at=now)
    labelling.set_subjects(second, topics=["Rivers"], countries=[], by=alice, at=now)
    return first, second, paper


def test_what_is_overdue_is_counted_by_whoever_answers_for_it(three, now, alice, bob):
    found = health(now)
    day = lambda days: (now - timedelta(days=days)).date()  # noqa: E731
    assert late([found.overdue]) == [("", "", 3, day(100), 10.0)]
    assert late(found.people) == [
        ("Alice", str(alice.pk), 1, day(1), 1.0),
        ("Bob", str(bob.pk), 1, day(10), 10.0),
        ("", "nobody", 1, day(100), 100.0),
    ]
    assert late(found.topics) == [
        ("Bridges", "bridges", 1, day(1), 1.0),
        ("Rivers", "rivers", 2, day(10), 5.5),
        ("", "none", 1, day(100), 100.0),
    ]


def test_the_rows_behind_are_those_that_were_counted(three, now, alice, bob):
    rows = services.overdue_rows()
    found = health(now)
    assert rows.count() == found.overdue.count == Due.objects.ungraded().count()
    counts = {str(alice.pk): 1, str(bob.pk): 1, "nobody": 1}
    assert {each.key: each.count for each in found.people} == counts
    assert {key: rows.filter(who=key).count() for key in counts if key != "nobody"} == {
        str(alice.pk): 1,
        str(bob.pk): 1,
    }
    assert rows.filter(who__isnull=True).count() == 1


@pytest.fixture
def graded(two_graders, overdue, now, verdict):
    """`graded(one, other, "occurred", "void")`: a forecast with these grades, at that moment."""
    number = iter(range(100))

    def make(*given, at=now):
        which = next(number)
        forecast = overdue(
            statement=f"The bridge number {which} is likely to stay shut.", event=f"Bridge {which} is shut."
        )
        for person, outcome in given:
            give(forecast, verdict=verdict(outcome=outcome), by=person, at=at)
        return forecast

    return make


def test_grades_alone_and_disputes_are_counted_with_their_age(graded, bob, dora, now):
    graded((bob, "occurred"), at=now - timedelta(days=4))
    graded((bob, "occurred"), at=now - timedelta(days=2))
    graded((bob, "occurred"), (dora, "did_not_occur"), at=now - timedelta(days=1))
    found = health(now)
    assert found.alone == services.Waiting(count=2, since=now - timedelta(days=4), median_days=3.0)
    assert found.disputed == services.Waiting(count=1, since=now - timedelta(days=1), median_days=1.0)
    assert found.overdue.count == 0  # graded rows are not overdue any more
    assert (services.alone_rows().count(), services.disputed_rows().count()) == (2, 1)


def test_agreement_is_of_pairs_in_rounds_that_are_over(graded, bob, dora, erin, now):
    graded((bob, "occurred"), (dora, "occurred"))
    graded((bob, "did_not_occur"), (dora, "did_not_occur"))
    graded((dora, "occurred"), (bob, "did_not_occur"))
    graded((bob, "occurred"))  # open: nobody may learn of it
    found = health(now).graders
    assert (found.pairs, found.same, found.graders) == (3, 2, 2)
    assert found.kappa.value == pytest.approx(0.4)
    assert found.alpha.value == pytest.approx(4 / 9)
    assert (found.kappa.n, found.alpha.n) == (3, 3)
    assert services.pair_rows().count() == 3


def test_one_category_alone_defines_no_agreement(graded, bob, dora, now):
    graded((bob, "occurred"), (dora, "occurred"))
    found = health(now).graders
    assert (found.pairs, found.kappa.value, found.alpha.value) == (1, None, None)


def test_a_pair_stays_counted_when_its_forecast_is_reopened_and_goes_when_a_grade_is_undone(
    graded, bob, dora, erin, now
):
    reopened = graded((bob, "occurred"), (dora, "occurred"))
    undone = graded((bob, "did_not_occur"), (dora, "did_not_occur"))
    reopen(reopened, by=erin, why="New facts", at=now)
    assert health(now).graders.pairs == 2
    undo_grade(undone.grades.get(slot=2), by=dora, at=now)
    assert health(now).graders.pairs == 1
    assert [row.forecast for row in services.pair_rows()] == [reopened]


def test_more_than_two_graders_are_told(graded, bob, dora, erin, now):
    graded((bob, "occurred"), (dora, "occurred"))
    graded((erin, "occurred"), (bob, "did_not_occur"))
    assert health(now).graders.graders == 3


def test_the_share_of_graders_by_their_distance(graded, alice, bob, dora, now, settings):
    settings.INVOLVED_MAY_GRADE = True
    graded((bob, "occurred"), (dora, "occurred"))
    graded((alice, "occurred"), (dora, "occurred"))
    found = {each.independence: (each.count, each.of, each.share) for each in health(now).distances}
    assert found == {"independent": (0, 2, 0.0), "colleague": (1, 2, 0.5), "involved": (1, 2, 0.5)}


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_with_one_row_and_with_three(rows, log, now, django_assert_num_queries):
    for number in range(rows):
        log(statement=f"It closed, {number}.", event=f"It closes {number}.")
    flag_due(at=now)
    with django_assert_num_queries(7):
        assert health(now).overdue.count == rows
