"""Grading in a browser: by keyboard, in place, and without scripts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forecasts.services import due, grading

LONG = "The administration of the Kostino–Verkhnedneprovskoye cross-border cooperation and transport district " * 3


@pytest.fixture(autouse=True)
def _swept(transactional_db):
    due.note_sweep(at=datetime.now(UTC), flagged=0)


@pytest.fixture
def queue(page, sign_in, bob):
    sign_in(bob)

    def open_queue():
        page.goto("/desk/", wait_until="load")
        page.evaluate("window.isTheSamePage = true")
        return page

    return open_queue


def focused_row(page):
    return page.evaluate("document.activeElement.closest('li')?.id")


def outcomes():
    from forecasts.models import Grade

    return list(Grade.objects.order_by("pk").values_list("forecast_id", "outcome", "rationale", "retracted_at"))


def wait_until_said(page, text):
    """The announcement comes after the focus has moved."""
    page.wait_for_function("text => document.getElementById('announce').textContent === text", arg=text)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_three_in_a_row_are_graded_by_keyboard_without_loading_a_page(queue, overdue):
    first, second, third, _fourth = (overdue(event=f"Event {number}.") for number in range(4))
    page = queue()
    press(page, "j")
    for forecast, key in ((first, "1"), (second, "2"), (third, "6")):
        assert focused_row(page) == f"row-{forecast.reference}"
        press(page, "Enter")
        page.wait_for_selector(f"#row-{forecast.reference} form")
        press(page, key)
        page.keyboard.type(f"As {forecast.event.lower()}")
        press(page, "Tab")
        page.keyboard.type("https://example.org/seen")
        press(page, "Enter")
        page.wait_for_selector(f"#row-{forecast.reference}.row-done")
        page.wait_for_function("id => document.activeElement.closest('li')?.id !== id", arg=f"row-{forecast.reference}")
        wait_until_said(page, f"{forecast.reference} is graded. {4 - forecast.pk} left.")

    assert outcomes() == [
        (first.pk, "occurred", "As event 0.", None),
        (second.pk, "did_not_occur", "As event 1.", None),
        (third.pk, "ungradable", "As event 2.", None),
    ]
    assert page.inner_text("#count-overdue") == "1"
    assert page.evaluate("window.isTheSamePage")


def test_two_people_grade_the_same_rows_by_keyboard_without_loading_a_page(
    page, sign_in, bob, dora, overdue, two_graders, verdict
):
    """Bob from what is overdue, then Dora from what waits; per grade as many keys as the sentence and the link, and five."""
    first, second = (overdue(event=f"Event {number}.") for number in range(2))
    counted = {"keys": 0}

    def key(*keys):
        counted["keys"] += len(keys)
        press(page, *keys)

    loads = []
    page.on("request", lambda sent: loads.append(sent.url) if sent.is_navigation_request() else None)
    for grader, said in ((bob, {first: "1", second: "2"}), (dora, {first: "1", second: "1"})):
        sign_in(grader)
        page.goto("/desk/", wait_until="load")
        page.evaluate("window.isTheSamePage = true")
        loads.clear()
        counted["keys"] = 0
        key("j")
        for left, (forecast, outcome) in zip((1, 0), said.items(), strict=True):
            assert focused_row(page) == f"row-{forecast.reference}"
            key("Enter")
            page.wait_for_selector(f"#row-{forecast.reference} form")
            key(outcome)
            page.keyboard.type("So it is.")
            key("Tab")
            page.keyboard.type("https://example.org/seen")
            key("Enter")
            page.wait_for_selector(f"#row-{forecast.reference}.row-done")
            wait_until_said(page, f"{forecast.reference} is graded. {left} left.")
        assert (counted["keys"], loads, page.evaluate("window.isTheSamePage")) == (9, [], True)
        assert [page.inner_text(f"#count-{key}") for key in ("overdue", "waiting")] == ["0", "0"]

    assert sorted(first.grades.values_list("slot", "outcome")) == [(1, "occurred"), (2, "occurred")]
    assert first.resolutions.get().how == "agreed"
    assert second.disputes.filter(closed_at=None).count() == 1


def test_a_second_grade_undone_is_left_to_others(page, sign_in, bob, dora, overdue, two_graders, grade):
    forecast = overdue()
    grade(forecast, by=bob, at=datetime.now(UTC))
    sign_in(dora)
    page.goto("/desk/")
    page.evaluate("window.isTheSamePage = true")
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    press(page, "1")
    page.keyboard.type("It did.")
    press(page, "Tab")
    page.keyboard.type("https://example.org/seen")
    press(page, "Enter")
    wait_until_said(page, f"{forecast.reference} is graded. 0 left.")
    press(page, "u")
    wait_until_said(page, f"The grade of {forecast.reference} is taken back. Somebody else grades it now.")

    assert page.evaluate("window.isTheSamePage")
    assert [page.inner_text(f"#count-{key}") for key in ("overdue", "waiting")] == ["0", "0"]


def test_a_file_goes_along_from_the_queue(queue, overdue, tmp_path):
    from forecasts.models import EvidenceCopy

    overdue()
    page = queue()
    (tmp_path / "log.txt").write_text("Shut all day.")
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    press(page, "1")
    page.keyboard.type("It did.")
    page.set_input_files("[name=file]", tmp_path / "log.txt")
    page.get_by_role("button", name="Save the grade").click()
    page.wait_for_selector(".row-done")

    assert bytes(EvidenceCopy.objects.get().data) == b"Shut all day."
    assert page.evaluate("window.isTheSamePage")


def test_u_takes_the_last_grade_back(queue, overdue):
    from forecasts.models import Grade

    overdue()
    page = queue()
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    press(page, "1")
    page.keyboard.type("It did.")
    press(page, "Tab")
    page.keyboard.type("https://example.org/seen")
    press(page, "Enter")
    wait_until_said(page, "F-1 is graded. 0 left.")
    heading = page.evaluate("document.activeElement.id")
    press(page, "u")
    wait_until_said(page, "The grade of F-1 is taken back. 1 left.")

    assert heading == "list-overdue"
    assert Grade.objects.get().retracted_at is not None
    assert (focused_row(page), page.inner_text("#count-overdue")) == ("row-F-1", "1")
    assert (page.evaluate("window.isTheSamePage"), page.evaluate("location.pathname")) == (True, "/desk/")


def test_e_goes_to_the_evidence_and_a_greyed_outcome_stays_unchosen(queue, overdue):
    overdue()
    page = queue()
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    press(page, "7", "e")

    assert page.evaluate("document.activeElement.name") == "evidence"
    assert page.locator("[name=outcome]:checked").count() == 0


def test_what_is_wrong_is_shown_in_place_and_the_errors_take_the_focus(queue, overdue, looks_right):
    overdue()
    page = queue()
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    press(page, "1", "Enter")
    page.wait_for_function("() => document.activeElement?.className === 'error-summary'")

    assert page.locator("[name=outcome]:checked").get_attribute("value") == "occurred"
    looks_right(page)


def test_who_is_slower_is_told_in_place(queue, overdue, erin, verdict):
    forecast = overdue()
    page = queue()
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    grading.grade(forecast, verdict=verdict(outcome="did_not_occur"), by=erin, at=datetime.now(UTC))
    press(page, "1")
    page.keyboard.type("What I saw")
    press(page, "Tab")
    page.keyboard.type("https://example.org/seen")
    press(page, "Enter")
    page.wait_for_selector(".row-body .notice")

    assert page.inner_text(".row-body .notice") == (
        "Somebody has graded this forecast already. Your entry was not saved. What you typed stands below."
    )
    assert page.input_value("[name=rationale]") == "What I saw"
    assert [given[1] for given in outcomes()] == ["did_not_occur"]


@pytest.fixture
def browser_context_args(request, browser_context_args):
    """Without scripts where a test says so."""
    return browser_context_args | {"java_script_enabled": "without_scripts" not in request.node.name}


def test_grading_works_without_scripts(page, sign_in, bob, overdue):
    overdue()
    sign_in(bob)
    page.goto("/desk/")
    page.locator("summary", has_text="F-1").click()
    page.get_by_role("link", name="Grade F-1").click()
    page.get_by_label("It happened 1").check()
    page.get_by_label("In one sentence").fill("It did.")
    page.get_by_label("Evidence", exact=True).fill("https://example.org/seen")
    page.get_by_role("button", name="Save the grade").click()
    saved = page.locator("table caption").inner_text()
    page.get_by_role("button", name="Undo").click()

    assert saved == "Brier score: 0 is best, 1 is worst, one-sided"
    assert page.locator(".flashes").inner_text() == "The grade of F-1 is taken back."
    assert [(given[1], given[3] is None) for given in outcomes()] == [("occurred", False)]


# --- Looks ------------------------------------------------------------------------------------------------------------


def test_an_empty_queue_looks_right(queue, looks_right):
    looks_right(queue())


def test_a_full_queue_looks_right(queue, overdue, log, person, looks_right):
    from datetime import date

    from forecasts.models import Due, Forecast

    author = person("Aleksandr-Maximilian Konstantinopolskij-Wolfeschlegelsteinhausenbergerdorff")
    for triage in ("gradable", "needs_criteria"):
        overdue(statement=LONG, event=LONG, triage=triage, by=author)
    log(statement=LONG, event=LONG, closes_on=date.today())  # noqa: DTZ011 - as the page's own clock
    over = {"snoozed_on": date(2025, 12, 1), "snoozed_until": date(2026, 1, 1), "snooze_reason": "The vote was moved."}
    Due.objects.update(assignee=author, **over)
    page = queue()
    for row in Forecast.objects.filter(dues__isnull=False):
        page.locator(f"#row-{row.reference} summary").click()
        page.wait_for_selector(f"#row-{row.reference} form")

    looks_right(page)


def test_a_graded_row_looks_right(queue, overdue, looks_right):
    overdue(event=LONG)
    page = queue()
    press(page, "j", "Enter")
    page.wait_for_selector("form.form")
    press(page, "2")
    page.keyboard.type(LONG)
    press(page, "Tab")
    page.keyboard.type(f"https://example.org/{'x' * 200}")
    press(page, "Enter")
    page.wait_for_selector(".row-done")
    # The ten seconds would end while axe looks.
    page.evaluate("document.querySelector('.undo').replaceWith(document.querySelector('.undo').cloneNode(true))")

    looks_right(page)


def test_the_page_of_one_forecast_looks_right_before_and_after(page, sign_in, bob, overdue, verdict, looks_right):
    forecast, blocked = overdue(statement=LONG, event=LONG), overdue(triage="assessment")
    sign_in(bob)
    looked = []
    for each in (forecast, blocked):
        page.goto(f"/desk/forecasts/{each.reference}/grade/")
        looks_right(page)
        looked.append(page.locator("h1").inner_text())
    links = [f"https://example.org/{'y' * 200}"]
    grading.grade(forecast, verdict=verdict(urls=links, rationale=LONG), by=bob, at=datetime(2026, 1, 1, tzinfo=UTC))
    page.goto(f"/desk/forecasts/{forecast.reference}/grade/")
    looks_right(page)

    assert looked == ["Grade F-1", "Grade F-2"]


def test_the_pages_of_two_graders_look_right(page, sign_in, erin, bob, dora, disputed, overdue, grade, looks_right):
    at = datetime.now(UTC)
    differing, waiting = disputed(statement=LONG, event=LONG), overdue(statement=LONG, event=LONG)
    grade(waiting, by=bob, at=at, rationale=LONG, urls=[f"https://example.org/{'y' * 200}"])
    looked = []
    for user, path in (
        (erin, "/desk/"),
        (erin, f"/desk/forecasts/{differing.reference}/decide/"),
        (dora, f"/desk/forecasts/{differing.reference}/grade/"),
        (dora, f"/desk/forecasts/{differing.reference}/"),
        (dora, f"/desk/forecasts/{waiting.reference}/grade/"),
        (bob, f"/desk/forecasts/{waiting.reference}/grade/"),
        (bob, f"/desk/forecasts/{waiting.reference}/"),
    ):
        sign_in(user)
        page.goto(path)
        # The ten seconds would end while axe looks.
        page.evaluate("document.querySelectorAll('.undo').forEach(each => each.replaceWith(each.cloneNode(true)))")
        looks_right(page)
        looked.append(page.locator("h1").inner_text())

    assert looked == ["Queue", "Decide F-1", "Grade F-1", "Forecast F-1", "Grade F-2", "Grade F-2", "Forecast F-2"]
