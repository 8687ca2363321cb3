"""The list of what may be known already, in a browser."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from forecasts.models import Look
from forecasts.services import due
from forecasts.services.looking import look_again

# Looked at long before today, whatever day that is, and open for long after it.
LATER = date(2090, 1, 1)


@pytest.fixture
def queue(page, sign_in, bob, transactional_db):
    due.note_sweep(at=datetime.now(UTC), flagged=0)
    sign_in(bob)

    def open_queue():
        page.goto("/desk/", wait_until="load")
        page.evaluate("window.isTheSamePage = true")
        return page

    return open_queue


def test_n_says_that_it_is_not_known_and_leads_on_to_the_next(queue, log, bob, dora):
    first, second = log(closes_on=LATER), log(closes_on=LATER)
    page = queue()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#row-{first.reference} form input[name='outcome']")
    page.keyboard.press("n")
    expect(page.locator(f"#row-{first.reference}.row-done")).to_be_visible()
    page.wait_for_function("id => document.activeElement.closest('li')?.id === id", arg=f"row-{second.reference}")
    expect(page.locator("#count-known")).to_have_text("1")

    assert list(Look.objects.values_list("forecast", "looked_by")) == [(first.pk, bob.pk)]
    assert page.evaluate("window.isTheSamePage")


def test_n_on_a_closed_row_leaves_the_open_one_alone(queue, log):
    first, second = log(closes_on=LATER), log(closes_on=LATER)
    page = queue()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#row-{first.reference} form input[name='outcome']")
    page.keyboard.press("j")
    page.wait_for_function("id => document.activeElement.closest('li')?.id === id", arg=f"row-{second.reference}")
    page.keyboard.press("n")
    page.keyboard.press("k")
    page.wait_for_function("id => document.activeElement.closest('li')?.id === id", arg=f"row-{first.reference}")

    assert (Look.objects.count(), page.locator(".row-done").count()) == (0, 0)


def test_it_looks_right(queue, log, dora, looks_right):
    log(
        event="The bridge at Kostino is closed to all traffic, lorries and trains included, until the spring.",
        closes_on=LATER,
    )
    looked = log(closes_on=LATER)
    look_again(looked, by=dora, at=datetime.now(UTC) - timedelta(days=100))
    page = queue()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("form input[name='outcome']")
    looks_right(page)
