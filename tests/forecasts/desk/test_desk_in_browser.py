"""The desk's pages in Chromium: how they look, and confirming by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from claims.models import Series
from forecasts.models import Forecast, ForecastSuggestion, Lineage
from forecasts.services import grading, recording
from forecasts.services.entries import Chance, Wording
from forecasts.views.finds import finds_in
from sources.services import deciding

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
    page.wait_for_function("() => document.activeElement?.className === 'error-summary'")
    looks_right(page)


def test_a_text_is_pasted_and_confirmed_by_keyboard_alone(page, transactional_db, alice, sign_in, briefing_text):
    sign_in(alice)
    page.goto("/desk/paste/")
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
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
    marks = page.locator(".find")
    for place, state in enumerate("accepted accepted pending accepted accepted pending pending".split()):
        expect(marks.nth(place)).to_have_attribute("data-state", state)
    expect(marks).to_have_count(7)


def test_text_and_finds_stay_in_step(page, desk):
    find = finds_in(desk)[4]
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    page.locator(f"#mark-{find.key} a").click()
    assert page.evaluate("document.activeElement?.closest('.find-card').id") == f"find-{find.key}"
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


def select(page, words):
    """Select those words where they stand in the text, as with a mouse."""
    page.locator(".reading p", has_text=words).first.evaluate(
        """(paragraph, words) => {
            const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.textContent.indexOf(words);
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
        }""",
        words,
    )


@pytest.mark.parametrize(("key", "kind", "state"), [("f", "forecast", "f"), ("n", "claim", "c")])
def test_selected_words_become_a_find_in_their_place(page, desk, looks_right, key, kind, state):
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    select(page, "Ruritanian officials")
    page.get_by_text("The selected words are").wait_for()
    page.keyboard.press(key)
    page.locator('#progress[data-left="8"]').wait_for(state="attached")
    made = next(each for each in finds_in(desk) if each.row.rule == "by_hand")
    page.wait_for_function("id => document.activeElement?.closest('.find-card')?.id === id", arg=f"find-{made.key}")
    numbers = page.locator(".find-card [data-number]").all_inner_texts()
    assert (made.kind, made.row.quote) == (kind, "Ruritanian officials")
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert page.locator(f"#mark-{made.key}").inner_text() == "Ruritanian officials"
    looks_right(page)


def test_a_sentence_is_selected_and_added_by_keyboard_alone(page, desk):
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    for _ in range(3):
        page.keyboard.press("]")
    page.keyboard.press("[")
    page.get_by_text("The selected words are").wait_for()
    page.keyboard.press("f")
    page.locator('#progress[data-left="8"]').wait_for(state="attached")
    made = next(each for each in finds_in(desk) if each.row.rule == "by_hand")
    assert made.row.quote in desk.text.split("\n")


def test_a_compound_is_split_undone_and_split_again_by_keyboard(
    page, transactional_db, alice, sign_in, bring_in, looks_right
):
    article = bring_in(
        "Talks\n\n2 May 2025\n\nForecast\n\nShort-term (0-3 months)\n\n"
        "- The strike will likely end; a new strike in Strelsau is unlikely (30%).\n"
    )
    sign_in(alice)
    page.goto(f"/desk/articles/{article.reference}/confirm/")
    page.keyboard.press("s")
    page.locator(".find-card").nth(2).wait_for()
    looks_right(page)
    page.keyboard.press("a")
    page.locator('#progress[data-left="1"]').wait_for(state="attached")
    page.keyboard.press("a")
    page.locator('#progress[data-left="0"]').wait_for(state="attached")
    page.keyboard.press("u")
    page.locator('#progress[data-left="1"]').wait_for(state="attached")
    events = list(Forecast.objects.kept().values_list("event", flat=True))
    assert events == ["The strike ends"]
    page.wait_for_function("() => document.activeElement?.closest('.find-card')?.dataset.state === 'pending'")


def test_what_bob_decides_comes_to_alices_page_and_what_she_types_stays(page, desk, bob, now):
    page.clock.install()
    page.goto(f"/desk/articles/{desk.reference}/confirm/")
    first, second = [each for each in finds_in(desk) if each.kind == "claim"]
    page.locator(f"#find-{second.key}").get_by_label("Speaker").fill("The UN in Strelsau")
    for find in (first, second):
        deciding.dismiss(find.row, by=bob, at=now)
    page.clock.run_for(9_000)
    page.locator(f'#find-{first.key}[data-state="dismissed"]').wait_for()
    page.get_by_text("Somebody else has decided a find that you are editing.").wait_for(state="attached")
    assert page.locator(f"#find-{first.key} .find-decision").inner_text().split() == ["dismissed", "by", "Bob"]
    assert page.locator(f"#find-{second.key}").get_by_label("Speaker").input_value() == "The UN in Strelsau"
    page.locator(f"#find-{second.key}").get_by_role("button", name="Accept").click()
    page.get_by_text("Somebody has decided this find already: it was dismissed.").wait_for()


def test_an_older_forecast_is_continued_by_one_key(page, desk, looks_right, client_of_alice, bring_in, briefing_text):
    client_of_alice.post(f"/desk/articles/{desk.reference}/confirm/plain/")
    again = bring_in(briefing_text.replace("2 May 2025", "20 May 2025"))
    find = next(each for each in finds_in(again) if "second port" in each.row.quote)
    page.goto(f"/desk/articles/{again.reference}/confirm/")
    looks_right(page)
    page.locator(f"#find-{find.key} .find-place").focus()
    page.keyboard.press("2")
    page.locator('#progress[data-left="6"]').wait_for(state="attached")
    link = Lineage.objects.get()
    assert (link.later.event, link.earlier.event) == (
        "Ruritania builds a second port",
        "Ruritania builds a second port",
    )


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
