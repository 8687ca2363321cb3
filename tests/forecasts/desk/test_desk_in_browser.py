"""The desk's pages in Chromium: how they look, and confirming by keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import Series
from forecasts.models import Forecast, ForecastSuggestion
from forecasts.services import grading, recording
from forecasts.services.entries import Chance, Wording
from forecasts.views.finds import finds_in

LONG = "An event whose wording goes on and on, as some do, through clause after clause, " * 6


@pytest.fixture
def desk(transactional_db, alice, sign_in, bring_in, browser_problems):
    """Alice is signed in, and her briefing waits to be confirmed."""
    article = bring_in()
    sign_in(alice)
    return article


@pytest.mark.parametrize(
    "path", ["paste/", "articles/", "forecasts/", "forecasts/log/", "claims/", "series/", "sources/"]
)  # fmt: skip
def test_the_empty_pages_look_right(page, transactional_db, alice, sign_in, looks_right, path):
    sign_in(alice)
    page.goto(f"/desk/{path}")
    looks_right(page)


def test_the_full_pages_look_right(page, desk, looks_right, client_of_alice, person, now, alice):
    client_of_alice.post(f"/desk/articles/{desk.reference}/confirm/plain/")
    forecast = Forecast.objects.order_by("pk").first()
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2025, 5, 20), rationale="A ship came.", urls=["https://zenda.example/"]
    )
    grading.grade(forecast, verdict=verdict, by=person("dora", "analyst"), at=now)
    wording = Wording(statement=LONG, event=LONG, made_on=date(2025, 5, 2), triage="needs_criteria", topics=["x" * 60])
    chance = Chance(yardstick="phia-2025", term="realistic_possibility", probability=0.45)
    long = recording.log_forecast(wording=wording, chance=chance, by=alice, at=now)
    for path in (
        "articles/", f"articles/{desk.reference}/", f"articles/{desk.reference}/confirm/", "forecasts/",
        f"forecasts/{forecast.reference}/", f"forecasts/{long.reference}/", f"forecasts/{long.reference}/judge/",
        f"forecasts/{long.reference}/criteria/write/", "claims/", "series/", f"series/{Series.objects.get().reference}/", "sources/",
    ):  # fmt: skip
        page.goto(f"/desk/{path}")
        looks_right(page)


def test_errors_look_right_and_take_the_focus(page, desk, looks_right):
    page.goto("/desk/paste/")
    page.get_by_label("Countries").fill("Ruritania")
    page.get_by_role("button", name="Read it").click()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    looks_right(page)


def test_a_text_is_pasted_and_confirmed_by_keyboard_alone(page, transactional_db, alice, sign_in, briefing_text):
    sign_in(alice)
    page.goto("/desk/paste/")
    page.keyboard.insert_text(briefing_text)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Read it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/")
    for key, left in (("a", 6), ("x", 5), ("a", 3)):
        page.keyboard.press(key)
        page.locator(f'#progress[data-left="{left}"]').wait_for(state="attached")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("The strike ends the blockade")
    page.keyboard.press("Control+Enter")
    page.locator('#progress[data-left="2"]').wait_for(state="attached")
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("r")
    page.locator('#progress[data-left="3"]').wait_for(state="attached")
    assert sorted(Forecast.objects.values_list("event", flat=True)) == [
        "The port of Zenda reopens to grain ships", "The strike ends the blockade"
    ]  # fmt: skip
    marks = page.locator(".find").evaluate_all("marks => marks.map((mark) => mark.dataset.state)")
    assert marks == ["accepted", "accepted", "pending", "accepted", "accepted", "pending", "pending"]


def test_text_and_finds_stay_in_step(page, desk):
    find = finds_in(desk)[4]
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    page.locator(f"#mark-{find.key} a").click()
    assert page.evaluate("document.activeElement.closest('.find-card').id") == f"find-{find.key}"
    assert page.locator('.find[aria-current="true"]').get_attribute("data-find") == find.key


def test_errors_in_a_find_stay_in_its_card(page, desk):
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    card = page.locator(".find-card").nth(3)
    card.get_by_label("Per cent", exact=False).first.fill("120")
    card.get_by_role("button", name="Accept").click()
    card.get_by_role("alert").wait_for()
    assert card.get_by_role("alert").inner_text().endswith("A probability lies between 0 and 100 %.")
    assert ForecastSuggestion.objects.exclude(decision="pending").count() == 0


def test_the_word_of_a_number_shows_while_one_types(page, desk):
    page.goto("/desk/forecasts/log/")
    page.get_by_label("Per cent", exact=False).first.press_sequentially("50")
    page.get_by_text("lies between the bands: it has no word").wait_for()


def test_selected_words_can_be_logged_from_where_they_stand(page, desk):
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    page.locator(".reading p").last.locator("a").evaluate("link => getSelection().selectAllChildren(link)")
    page.get_by_role("link", name="Log the selected words as a forecast").wait_for()
    page.keyboard.press("f")
    page.wait_for_url("**/forecasts/log/**")
    assert page.get_by_label("Forecast", exact=True).input_value() == "The dispute may reshape the region."


def test_without_javascript_every_decision_is_a_plain_form(new_context, transactional_db, desk, context, live_server):
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/desk/articles/{desk.reference}/confirm/")
    page.locator(".find-card").nth(3).get_by_role("button", name="Accept").click()
    assert Forecast.objects.get().event == "The strike brings significant changes"
    page.locator(".find-card").nth(4).get_by_role("button", name="Dismiss").click()
    page.locator(".find-card").nth(4).get_by_role("button", name="Restore").click()
    assert ForecastSuggestion.objects.exclude(decision="pending").count() == 1
