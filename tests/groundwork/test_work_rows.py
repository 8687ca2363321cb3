"""Rows that are work: claimed with a lease, tried five times at most, then set aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwork.models import MAX_ATTEMPTS

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)


@pytest.fixture
def rows(db):
    """The work rows of the readings, and in them two articles that wait."""
    from forecasts.models import Reading
    from tests.factories import ArticleFactory

    for article in ArticleFactory.create_batch(2):
        Reading.objects.create(article=article, asked_by=article.recorded_by, asked_at=AT, yardstick="phia-2025")
    return Reading.objects


@pytest.fixture
def pk(rows):
    return rows.order_by("pk").first().pk


def state(rows, pk):
    row = rows.get(pk=pk)
    return row.attempts, row.leased_until, row.done_at, row.set_aside_at, row.last_error


def test_a_row_is_claimed_by_one_and_only_that_row(rows, pk):
    assert [rows.claim(pk, at=AT), rows.claim(pk, at=AT)] == [True, False]
    assert state(rows, pk) == (1, AT + LEASE, None, None, "")
    assert rows.waiting(at=AT).count() == 1


@pytest.mark.parametrize(
    ("later", "claimed"), [(timedelta(0), False), (LEASE - timedelta(seconds=1), False), (LEASE, True)]
)
def test_a_lease_that_has_lapsed_can_be_claimed_again(rows, pk, later, claimed):
    rows.claim(pk, at=AT)

    assert rows.claim(pk, at=AT + later) is claimed


def test_who_holds_the_lease_marks_it_done(rows, pk):
    rows.claim(pk, at=AT)

    assert rows.finish(pk, attempt=1, at=AT) is True
    assert state(rows, pk) == (1, None, AT, None, "")
    assert rows.claim(pk, at=AT + LEASE) is False


def test_who_lost_the_lease_can_neither_finish_nor_fail_it(rows, pk):
    rows.claim(pk, at=AT)
    rows.claim(pk, at=AT + LEASE)
    late = [rows.finish(pk, attempt=1, at=AT), rows.fail(pk, attempt=1, at=AT, error="late")]

    assert (late, state(rows, pk)) == ([False, False], (2, AT + 2 * LEASE, None, None, ""))


def test_what_is_done_cannot_fail_any_more(rows, pk):
    rows.claim(pk, at=AT)
    rows.finish(pk, attempt=1, at=AT)

    assert rows.fail(pk, attempt=1, at=AT, error="too late") is False


def test_what_failed_is_given_back_at_once(rows, pk):
    rows.claim(pk, at=AT)
    rows.fail(pk, attempt=1, at=AT, error="x" * 600)

    assert state(rows, pk) == (1, None, None, None, "x" * 500)
    assert rows.claim(pk, at=AT) is True


def test_after_five_attempts_a_row_is_set_aside_and_in_nobodys_way(rows, pk):
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert rows.claim(pk, at=AT) is True
        rows.fail(pk, attempt=attempt, at=AT, error="broken")

    assert state(rows, pk) == (5, None, None, AT, "broken")
    assert rows.claim(pk, at=AT + timedelta(days=365)) is False
    assert rows.waiting(at=AT).count() == 1


def test_what_five_lost_workers_leave_is_set_aside_by_the_sweep(rows, pk):
    claims = [rows.claim(pk, at=AT + number * LEASE) for number in range(MAX_ATTEMPTS + 1)]
    too_early = rows.set_aside_lost(at=AT + MAX_ATTEMPTS * LEASE - timedelta(seconds=1))
    end = AT + MAX_ATTEMPTS * LEASE

    assert claims == [True] * MAX_ATTEMPTS + [False]
    assert [too_early, rows.set_aside_lost(at=end), rows.set_aside_lost(at=end)] == [0, 1, 0]
    assert state(rows, pk) == (5, None, None, end, "The worker was lost.")
