"""How many forecasts the queue asks for: the same as the rows that it lists, whatever happened to them, at any moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from forecasts.models import Due, DueTally
from forecasts.services import due
from forecasts.services.due import FullSweep, flag_all_due, flag_due

TODAY = date(2026, 3, 1)


def counted(on: date = TODAY) -> int:
    """The count by the tally; asserts that it is the number of rows."""
    found = Due.objects.count_to_grade(on=on)
    assert found == Due.objects.to_grade(on=on).count()
    assert (DueTally.objects.aggregate(sum=Sum("change"))["sum"] or 0) == Due.objects.waiting().count()
    return found


def test_it_is_none_at_first(db):
    assert counted() == 0


def test_it_follows_what_opens_and_what_is_cleared(log, overdue, grade, now):
    steps = [counted()]
    log()
    log()
    flag_due(at=now)
    steps.append(counted())
    graded = overdue()
    steps.append(counted())
    grade(graded)
    steps.append(counted())
    due.clear_due(Due.objects.waiting().first().forecast, why="corrected", at=now)
    steps.append(counted())
    Due.objects.all().delete()
    steps.append(counted())

    assert steps == [0, 2, 3, 2, 1, 0]


def test_what_is_half_graded_disputed_or_snoozed_is_left_out_once(overdue, disputed, grade, dora, now):
    half, quarrel, snoozed = overdue(), disputed(), overdue()
    grade(half, by=dora)
    overdue()
    before = counted()
    Due.objects.filter(forecast__in=[half, quarrel, snoozed]).update(
        snoozed_on=TODAY, snoozed_until=TODAY + timedelta(days=2), snooze_reason="The vote was moved."
    )

    # The snoozed one comes back on its day, though nobody writes anything.
    assert (before, [counted(TODAY + timedelta(days=days)) for days in (0, 1, 2, 3)]) == (2, [1, 1, 2, 2])


def test_a_statement_over_open_and_cleared_rows_counts_what_it_changed(overdue, now):
    first, second, third = overdue(), overdue(), overdue()
    due.clear_due(first, why="by hand", at=now)
    with connection.cursor() as cursor:
        # One opens again while another is cleared, and the third only changes.
        cursor.execute(
            "UPDATE forecasts_due SET cleared_at = CASE forecast_id WHEN %s THEN %s::timestamptz END, cleared_why = 'x'",
            [second.pk, now],
        )

    assert counted() == 2
    assert set(Due.objects.waiting().values_list("forecast", flat=True)) == {first.pk, third.pk}


def test_the_sweep_adds_up_without_changing_the_sum(overdue, now):
    for _ in range(3):
        overdue()
    rows = [DueTally.objects.count()]
    for _ in range(2):
        due.note_sweep(at=now, flagged=0)
        rows.append(DueTally.objects.count())

    assert (rows[1:], counted()) == ([1, 1], 3)


def test_a_look_at_everything_mends_what_was_miscounted(overdue, now):
    overdue()
    DueTally.objects.create(change=4)
    found = flag_all_due(at=now)

    assert (found, found.mended, counted()) == (
        FullSweep(flagged=0, missing=0, wrong=0, needless=0, miscounted=1),
        1,
        1,
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_grade_at_once_wait_for_nobody_and_are_both_counted(overdue, grade, alongside):
    first, second, _third = overdue(), overdue(), overdue()
    with transaction.atomic():
        grade(first)
        other = alongside(lambda: grade(second)[1].outcome).outcome()
        mine, theirs = counted(), alongside(counted).outcome()

    # In a transaction one sees one's own grade, outside nobody does before it ends.
    assert (other, mine, theirs, counted()) == ("occurred", 1, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_adding_up_while_others_count_and_change_loses_nothing(overdue, grade, alongside, now):
    first, _second = overdue(), overdue()
    with transaction.atomic():
        due.note_sweep(at=now, flagged=0)
        graded, seen = alongside(lambda: grade(first)).outcome(), alongside(counted).outcome()
        other = alongside(lambda: due._run(due._ADD_UP))
        other.wait_until_blocked()
    other.outcome()

    assert (graded[1].outcome, seen, counted()) == ("occurred", 1, 1)
