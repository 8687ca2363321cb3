"""The whole way in a real browser, with a real worker and a real beat: from a pasted text to the pulled record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.roles import Role
from accounts.services.people import open_account

PASSWORD = "a long pass phrase"
TEXT = """Harbour Guards Confirm a Deployment to Orlia

Mara Field | 2 May 2025

Summary

  • Norvan confirmed that up to 9,000 guards were sent to help Orlia hold the Tesk estuary.

  • The new pact between Norvan and Orlia is likely to encourage other harbour towns to seek similar pacts.

The council of Norvan said on Thursday that its guards had been sent under the pact of last June. Orlian officials
estimate that as many as 600 Norvan guards have been killed or wounded, though Tesk estimates place the figure closer to
180.

Photo: harbour office, CC-BY 4.0

Forecast

  • Short-term (Now - 3 months)

    • The front line along the Tesk estuary is unlikely to have significant changes.

    • There is a realistic possibility that Orlia could reopen the port of Tesk to grain ships.

  • Medium-term (3-12 months)

    • Norvan is likely to withdraw its guards from Orlia.

  • Long-term (>1 year)

    • It is highly likely that Norvan and Orlia will renew their pact.

    • The new pact between Norvan and Orlia is likely to encourage other harbour towns to seek similar pacts.

    • This shift may lead to a customs union on the coast.
"""
PORT = "There is a realistic possibility that Orlia could reopen the port of Tesk to grain ships."


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """`visit("alice@example.org")` is a window in which that person has signed in by the form; `visit()` a stranger's."""

    def visit(email: str = "") -> Page:
        page = new_context().new_page()
        if email:
            page.goto("/desk/")
            page.get_by_label("Email").fill(email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
        return page

    return visit


@pytest.fixture
def people(transactional_db: None) -> None:
    for email, name, role in (
        ("alice@example.org", "Alice Analyst", Role.ANALYST),
        ("bob@example.org", "Bob Second", Role.ANALYST),
        ("eve@example.org", "Eve Editor", Role.EDITOR),
    ):
        open_account(email=email, name=name, role=role, password=PASSWORD, why="test")


@pytest.mark.usefixtures("people")
def test_a_pasted_briefing_is_confirmed_flagged_graded_published_and_pulled(visit, celery_worker_process):
    alice = visit("alice@example.org")
    paste(alice)
    confirm_everything(alice)
    flag(alice, celery_worker_process)

    bob = visit("bob@example.org")
    grade_the_port(bob)

    stranger = visit()
    stranger.goto("/")
    expect(stranger.get_by_text("Nothing is published yet")).to_be_visible()
    assert pull(stranger, "forecasts/")["results"] == []

    publish(visit("eve@example.org"))
    read_signed_out(stranger)
    pull_signed_out(stranger)


def paste(page: Page) -> None:
    page.goto("/desk/paste/")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbour Guards Confirm a Deployment to Orlia")


def confirm_everything(page: Page) -> None:
    """Every find as it stands: six forecasts, one repeat folded into its twin, three claims."""
    from claims.models import Claim
    from forecasts.models import Appearance, Forecast

    finds = page.locator(".find-card[data-state=pending]")
    expect(finds).to_have_count(9)
    for left in range(8, -1, -1):
        finds.first.get_by_role("button", name="Accept", exact=True).click()
        expect(finds).to_have_count(left)
    assert Forecast.objects.exclude(event="").count() == 6
    assert list(Forecast.objects.filter(triage="assessment").values_list("event", flat=True)) == [
        "This shift leads to a customs union on the coast"
    ]
    assert set(Forecast.objects.values_list("author__name", flat=True)) == {"Mara Field"}
    assert Appearance.objects.get().section == "summary"
    disputed = Claim.objects.filter(series__measure="killed_or_wounded")
    assert disputed.values("series").distinct().count() == 1
    assert set(disputed.values_list("speaker__name", flat=True)) == {"Orlian officials", "Tesk"}


def flag(page: Page, celery) -> None:
    """On 2 August the short window is still open; on the 3rd both its forecasts are in the queue, oldest first."""
    from forecasts.models import Due
    from groundwork.models import Heartbeat

    celery.beat(on="2025-08-02")
    celery.wait_for(lambda: Heartbeat.objects.filter(name="sweep").exists())
    assert Due.objects.count() == 0
    celery.beat(on="2025-08-03")
    celery.wait_for(Due.objects.exists)
    assert set(Due.objects.values_list("forecast__closes_on", "due_on")) == {(date(2025, 8, 2), date(2025, 8, 3))}
    page.goto("/desk/")
    expect(page.locator("[data-queue=overdue] [data-row]")).to_have_count(2)


def grade_the_port(page: Page) -> None:
    page.goto("/desk/")
    page.locator("[data-queue=overdue] summary", has_text="port of Tesk").click()
    page.get_by_label("it did not happen").check()
    page.get_by_label("in one sentence").fill("No grain ship was cleared for Tesk in those three months.")
    page.get_by_label(re.compile("^evidence", re.IGNORECASE)).fill("https://example.org/tesk-port-log")
    page.get_by_role("button", name="Save the grade").click()
    # The middle of 40 to under 50 % is 0.45, and 0.45² is 0.2025.
    expect(page.get_by_text("0.2025").or_(page.get_by_text("0.203")).first).to_be_visible()
    expect(page.locator("#count-overdue")).to_have_text("1")


def publish(page: Page) -> None:
    page.goto("/desk/articles/")
    page.get_by_role("link", name="Harbour Guards Confirm a Deployment to Orlia").click()
    page.get_by_role("button", name="Make a briefing of it").click()
    page.get_by_role("button", name="Save and look at the page").click()
    expect(page.get_by_text("Nothing of this is public yet.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Edition 1 is published.")).to_be_visible()


def read_signed_out(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Harbour Guards Confirm a Deployment to Orlia").click()
    said = page.locator("li", has_text=PORT)
    expect(said).to_contain_text("40 to under 50\u00a0%")
    expect(said).to_contain_text("it did not happen")
    expect(page.get_by_text("Orlian officials").first).to_be_visible()


def pull_signed_out(page: Page) -> None:
    forecasts = pull(page, "forecasts/")["results"]
    assert len(forecasts) == 6
    [port] = [each for each in forecasts if each["statement"] == PORT]
    assert (port["closes_on"], port["time_zone"]) == ("2025-08-02", "UTC")
    assert port["resolution"]["outcome"] == "did_not_occur"
    [line] = [each for each in port["judgements"] if each["line"] == "desk"]
    assert (line["term"], line["low"], line["high"]) == ("realistic_possibility", 0.4, 0.5)


def pull(page: Page, path: str) -> dict:
    answer = page.request.get(f"/api/v1/{path}")
    assert answer.headers["content-type"] == "application/json"
    return answer.json()
