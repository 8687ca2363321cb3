"""Giving what is due to somebody and putting it off, by keyboard; and how the pages look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.services import notifying
from forecasts.models import Due
from forecasts.services import due, handling

LONG = "The administration of the Kostino–Verkhnedneprovskoye cross-border cooperation and transport district " * 3


@pytest.fixture(autouse=True)
def _swept(transactional_db):
    due.note_sweep(at=timezone.now(), flagged=0)


def test_a_and_s_work_on_a_closed_row_and_lead_back_to_the_queue(page, sign_in, bob, overdue):
    first, second = (overdue(event=f"Event {number}.") for number in range(2))
    sign_in(bob)
    page.goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.get_by_role("button", name="I take it").press("Enter")
    expect(page.locator(f"#row-{first.reference}")).to_contain_text("Bob")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.get_by_label("Until").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    page.get_by_label("Why it waits").fill("The vote was moved.")
    page.keyboard.press("Enter")
    expect(page.locator("#count-overdue")).to_have_text("1")
    expect(page.locator(f"#row-{second.reference}")).to_have_count(0)

    rows = Due.objects.order_by("pk").values_list("assignee__name", "snooze_reason")
    assert list(rows) == [("Bob", ""), (None, "The vote was moved.")]


def test_the_pages_look_right(page, sign_in, bob, erin, overdue, looks_right):
    now = timezone.now()
    forecast, snoozed = overdue(event=LONG, topics=["Bridges"]), overdue(event=LONG)
    handling.assign(forecast, to=bob, by=erin, at=now)
    handling.snooze(snoozed, until=timezone.localdate() + timedelta(days=9), reason=LONG[:300], by=bob, at=now)
    notifying.notify([erin], kind="comment", text=LONG, url="/desk/", at=now)
    sign_in(erin)
    place = forecast.get_absolute_url()
    looked_at = [f"{place}assign/", f"{snoozed.get_absolute_url()}snooze/", "/desk/?list=snoozed", "/desk/topics/"]
    for address in [*looked_at, "/desk/notices/", "/account/calendar/"]:
        page.goto(address)
        for fold in page.locator("main details").all():
            fold.evaluate("each => each.open = true")
        looks_right(page)
