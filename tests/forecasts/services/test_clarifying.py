"""Remarks on how a forecast is to be understood."""

from __future__ import annotations

from forecasts.services.clarifying import clarify


def test_a_clarification_is_dated_signed_and_changes_no_word(log, bob, now):
    forecast = log()
    said = clarify(forecast, text=" Closed means closed to lorries. ", by=bob, at=now)
    forecast.refresh_from_db()

    assert (said.text, said.by, said.at) == ("Closed means closed to lorries.", bob, now)
    assert (forecast.event, forecast.version) == ("The bridge stays closed until August.", 2)


def test_it_says_something_and_not_too_much(log, bob, now, refused):
    assert refused(clarify, log(), text=" ", by=bob, at=now)[0] == "text"
    assert refused(clarify, log(), text="x" * 2001, by=bob, at=now)[0] == "text"


def test_whoever_grades_by_an_older_page_is_told(overdue, verdict, bob, now, refused):
    from forecasts.services import grading

    forecast = overdue()
    clarify(forecast, text="Closed means closed to lorries.", by=bob, at=now)

    assert refused(grading.grade, forecast, verdict=verdict(), by=bob, at=now, version=1)[1] == "stale"


def test_what_was_clarified_is_more_than_its_confirming_and_stays(finds, accept, bob, now, refused):
    from forecasts.services.undoing import undo_forecast

    forecast = accept(finds[2])
    clarify(forecast, text="Closed means closed to lorries.", by=bob, at=now)

    assert refused(undo_forecast, finds[2], by=bob, at=now)[2].startswith(
        f"{forecast.reference} has been clarified or corrected since."
    )
