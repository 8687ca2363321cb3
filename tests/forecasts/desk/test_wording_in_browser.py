"""Wording advice in Chromium, while somebody types."""

from __future__ import annotations

import pytest

from forecasts.models import Forecast

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def writing(page, transactional_db, alice, sign_in):
    """The page for logging, Alice signed in."""
    sign_in(alice)
    page.goto("/desk/forecasts/log/")
    return page


def advice(page):
    return page.get_by_role("status", name="Advice on the wording")


def test_advice_comes_and_goes_as_one_types_and_stops_nobody(writing):
    statement = writing.get_by_label("Forecast", exact=True)
    statement.press_sequentially("There is a realistic possibility that the mill could close.")
    advice(writing).get_by_text("Leave out “could”").wait_for()
    assert advice(writing).locator("b").all_inner_texts() == ["hedged twice", "no date", "sentence and fields differ"]
    assert writing.evaluate("document.activeElement.name") == "statement"

    writing.get_by_label("Term").select_option("phia-2025:realistic_possibility")
    writing.get_by_label("Closes on (included)").fill("2099-06-30")
    advice(writing).get_by_text("no date").wait_for(state="detached")
    assert advice(writing).locator("b").all_inner_texts() == ["hedged twice"]

    writing.get_by_role("button", name="Log it").click()
    writing.wait_for_url("**/forecasts/F-*/")
    assert Forecast.objects.get().statement == "There is a realistic possibility that the mill could close."


def test_what_is_mended_is_told_no_more(writing):
    statement = writing.get_by_label("Forecast", exact=True)
    statement.fill("The mill is likely to close by 30 June 2099")
    advice(writing).get_by_text("sentence and fields differ").first.wait_for()
    writing.get_by_label("Term").select_option("phia-2025:likely")
    writing.get_by_label("Closes on (included)").fill("2099-06-30")
    advice(writing).locator("li").first.wait_for(state="detached")
    assert advice(writing).inner_text() == ""
    assert advice(writing).evaluate("region => region.getBoundingClientRect().height") == 0


def test_advice_that_is_shown_already_is_not_put_there_again(writing):
    statement = writing.get_by_label("Forecast", exact=True)
    statement.fill("The mill may close")
    advice(writing).locator("li").first.wait_for()
    writing.evaluate("document.querySelector('.advice-list').dataset.same = 'yes'")
    with writing.expect_response("**/desk/forecasts/advice/") as answer:
        statement.press_sequentially(" for good")
    assert answer.value.status == 204
    assert writing.evaluate("document.querySelector('.advice-list').dataset.same") == "yes"


def test_long_words_and_much_advice_look_right(writing, looks_right):
    words = f"It is very likely that {LONG}{LONG} could make significant cuts in the coming months; {LONG} is highly likely."
    writing.get_by_label("Forecast", exact=True).fill(words)
    writing.get_by_label("Event").fill(f"{LONG} could fall")
    advice(writing).get_by_text("a likelihood in the event").wait_for()
    looks_right(writing)


def test_without_javascript_the_form_comes_back_with_its_advice(
    new_context, transactional_db, alice, sign_in, context, live_server
):
    sign_in(alice)
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/desk/forecasts/log/")
    page.get_by_label("In one line").fill("The mill may close by 30 June 2099")
    page.get_by_role("button", name="Fill the fields").click()
    advice(page).locator("li").first.wait_for()
    assert advice(page).locator("b").all_inner_texts() == ["no probability"]
    page.get_by_role("button", name="Log it").click()
    page.wait_for_url("**/forecasts/F-*/")
    assert Forecast.objects.get().statement == "The mill may close by 30 June 2099"
