"""The pages of a forecast's life in Chromium: how they look, and windows that are chosen by their name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forecasts.models import Due, Forecast
from forecasts.services import changing, correcting, reopening
from forecasts.services.clarifying import clarify
from forecasts.services.confirming import accept_forecast, proposed_chance, proposed_wording
from forecasts.services.due import flag_due

TODAY = timezone.localdate()
LONG = "An event whose wording goes on and on, as some do, through clause after clause, " * 6


@pytest.fixture
def article(transactional_db, alice, now):
    from forecasts.services import intake
    from tests.factories import BRIEFING

    found = intake.bring_in(intake.NewText(text=BRIEFING, origin="pasted"), by=alice, at=now).article
    for find in found.forecastsuggestions.filter(duplicate_of=None):
        accept_forecast(find, wording=proposed_wording(find), chance=proposed_chance(find), by=alice, at=now)
    return found


@pytest.fixture
def eventful(article, log, alice, bob):
    """Read out of the article, clarified, changed once, and with two corrections: one confirmed, one that waits."""
    forecast = Forecast.objects.filter(closes_on=date(2025, 8, 2)).order_by("pk").first()
    at = timezone.now()
    clarify(forecast, text="Closed to lorries, that is.\nCars do not count.", by=alice, at=at)
    rows = correcting.propose(forecast, changes={"event": "The ferry at Kostino is shut"}, by=alice, why="cut", at=at)
    correcting.confirm(rows[0], by=bob, at=at)
    judgement = correcting.readable(forecast).get()
    misread = correcting.Misread(judgement=judgement, chance=proposed_of("unlikely"))
    changes = {"closes_on": date(2025, 9, 2)}
    later = at + timedelta(seconds=1)
    correcting.propose(forecast, changes=changes, misread=misread, by=alice, why="“until September”", at=later)
    return forecast


def proposed_of(term):
    from forecasts.services.entries import Chance

    return Chance(yardstick="phia-2025", term=term)


@pytest.fixture
def still_open(log, alice):
    forecast = log(event=LONG, made_on=TODAY, closes_on=TODAY + timedelta(days=30), at=timezone.now())
    to = replace(changing.revision_of(forecast), event=LONG.replace("goes on", "runs"), condition="it rains")
    return changing.change_wording(forecast, to=to, by=alice, why="shorter", at=timezone.now())


def test_the_pages_look_right(page, eventful, still_open, article, alice, bob, sign_in, looks_right, browser_problems):
    sign_in(bob)
    pages = ("change/", "triage/", "visibility/", "clarify/", "continue/", "correct/", "versions/", "")
    for forecast in (eventful, still_open):
        for path in pages:
            page.goto(f"/desk/forecasts/{forecast.reference}/{path}")
            looks_right(page)
    page.get_by_text("Change", exact=True).click()
    looks_right(page)
    date_page = f"/desk/articles/{article.reference}/date/"
    page.goto(date_page)
    looks_right(page)
    page.get_by_label("Published on").fill("2025-05-12")
    page.get_by_label("What shows it").fill("the masthead")
    page.get_by_role("button", name="See what it changes").click()
    looks_right(page)
    correcting.decline(eventful.corrections.filter(state="proposed").first(), by=bob, at=timezone.now())
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("Somebody else confirms or declines it.").wait_for()
    looks_right(page)
    sign_in(alice)
    page.goto(date_page)
    looks_right(page)


def test_the_page_on_which_somebody_leaves_looks_right(
    page, eventful, alice, person, sign_in, looks_right, browser_problems
):
    flag_due(at=timezone.now())
    Due.objects.update(assignee=alice)
    sign_in(person("ada", "administrator"))
    page.goto(f"/account/people/{alice.pk}/")
    looks_right(page)
    page.get_by_role("link", name="See what would happen").click()
    looks_right(page)


def test_a_window_that_is_chosen_fills_the_days_and_a_day_takes_the_choice_back(
    page, still_open, alice, sign_in, browser_problems
):
    sign_in(alice)
    page.goto("/desk/forecasts/log/")
    page.get_by_label("Made on").fill("2025-11-30")
    page.get_by_label("0–3 months", exact=True).check()
    opens, closes = page.get_by_label("Opens on"), page.get_by_label("Closes on (included)")
    assert (opens.input_value(), closes.input_value()) == ("2025-11-30", "2026-02-28")

    page.get_by_label("over 12 months").check()
    assert (opens.input_value(), closes.input_value()) == ("2026-11-30", "")

    closes.fill("2027-01-01")
    assert page.get_by_label("as the days say").is_checked()


def test_a_window_is_chosen_by_keyboard_where_it_is_changed(page, still_open, alice, sign_in, browser_problems):
    sign_in(alice)
    page.goto(f"/desk/forecasts/{still_open.reference}/change/")
    page.get_by_label("as the days say").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Opens on").input_value() == TODAY.isoformat()
    assert page.get_by_label("0–3 months", exact=True).is_checked()


def test_what_was_held_before_can_be_read_on_paper(transactional_db, page, sign_in, bob, erin, overdue, grade, now):
    forecast = overdue()
    grade(forecast, by=bob, rationale="Bob saw it shut.")
    reopening.reopen(forecast, by=erin, why="another bridge", at=now)
    sign_in(bob)
    page.goto(forecast.get_absolute_url(), wait_until="load")
    held = page.get_by_text("Bob saw it shut.").first
    expect(held).to_be_hidden()
    page.emulate_media(media="print")

    expect(held).to_be_visible()
    expect(page.get_by_text("Sample data.")).to_be_hidden()
