"""A corrected date of publication, with the windows that follow from it, as one batch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from forecasts.models import Correction, DateCorrection, Due, Forecast, ForecastSuggestion, Judgement, Resolution
from forecasts.services import grading, intake, judging, redating
from forecasts.services.due import flag_due
from forecasts.services.entries import Chance, Criteria
from forecasts.services.recording import log_forecast

JUNE = date(2025, 6, 2)


TEXT = """The ferry again

By Ada Writer
2 May 2025

Forecast

Short-term (0-3 months)

- It is likely that the ferry at Kostino will stay closed.

By 30 September 2025

- It is unlikely that the government will build a bridge.
"""


@pytest.fixture
def article(alice, now):
    """Published on 2 May 2025: one forecast for so many months, one until a day that the text names."""
    new = intake.NewText(text=TEXT, origin="pasted")
    return intake.bring_in(new, by=alice, at=now).article


@pytest.fixture
def forecasts(article, accept):
    """Both of them confirmed, as they were read."""
    return [accept(find) for find in article.forecastsuggestions.order_by("start")]


@pytest.fixture
def propose(article, bob, now):
    def call(new=JUNE, *, by=bob, why="misread masthead"):
        plan = redating.redated(article, new=new)
        return redating.propose_date(article, new=new, plan=plan, by=by, why=why, at=now)

    return call


def windows():
    return list(Forecast.objects.order_by("pk").values_list("made_on", "opens_on", "closes_on"))


def test_the_preview_shows_every_forecast_with_its_old_and_new_days(article, forecasts):
    plan = redating.redated(article, new=JUNE)

    assert [(each.forecast, each.by_hand, each.changes) for each in plan] == [
        (
            forecasts[0],
            False,
            [
                ("made_on", date(2025, 5, 2), JUNE),
                ("opens_on", date(2025, 5, 2), JUNE),
                ("closes_on", date(2025, 8, 2), date(2025, 9, 2)),
            ],
        ),
        (forecasts[1], False, [("made_on", date(2025, 5, 2), JUNE), ("opens_on", date(2025, 5, 2), JUNE)]),
    ]


def test_nothing_changes_before_a_second_person_confirms_and_then_all_at_once(
    article, forecasts, propose, bob, erin, now, refused
):
    before = windows()
    batch = propose()
    assert (windows(), batch.old, batch.new) == (before, date(2025, 5, 2), JUNE)
    assert refused(redating.confirm_date, batch, by=bob, at=now)[1] == "own_correction"

    redating.confirm_date(batch, by=erin, at=now)
    article.refresh_from_db()
    assert article.published_on == JUNE
    assert windows() == [(JUNE, JUNE, date(2025, 9, 2)), (JUNE, JUNE, date(2025, 9, 30))]
    assert set(Correction.objects.values_list("state", "decided_by", "batch")) == {("accepted", erin.pk, batch.pk)}
    assert list(DateCorrection.objects.values_list("state", "decided_by", "decided_at")) == [("accepted", erin.pk, now)]


def test_an_event_that_names_its_last_day_names_the_new_one(article, accept, propose, erin, now):
    finds = list(article.forecastsuggestions.order_by("start"))
    forecast = accept(finds[0], event="The ferry stays closed until 2 August 2025.")
    accept(finds[1], event="A bridge is built by 3 October 2025.")
    redating.confirm_date(propose(), by=erin, at=now)

    forecast.refresh_from_db()
    assert forecast.event == "The ferry stays closed until 2 September 2025."
    assert list(Correction.objects.filter(field="event").values_list("forecast", flat=True)) == [forecast.pk]


def test_an_event_that_names_when_it_opens_and_is_assessed_names_the_new_days(bring_in, accept, propose, erin, now):
    article = bring_in("It is likely that the tunnel opens.", heading="Long-term (12+ months)")
    [find] = article.forecastsuggestions.all()
    forecast = accept(find, event="The tunnel opens between 2 May 2026 and 2 May 2029.")
    [each] = redating.redated(article, new=JUNE)
    assert (each.opens_on, each.assessment_on) == (date(2026, 6, 2), date(2029, 6, 2))
    assert each.event == "The tunnel opens between 2 June 2026 and 2 June 2029."
    assert forecast.assessment_on == date(2029, 5, 2)


def test_a_batch_that_is_declined_changes_nothing(article, forecasts, propose, erin, now):
    before = windows()
    redating.decline_date(propose(), by=erin, at=now)

    assert (windows(), set(Correction.objects.values_list("state", flat=True))) == (before, {"declined"})
    assert propose(date(2025, 6, 3)).state == "proposed"


def test_a_window_that_an_analyst_had_set_stays_and_is_pointed_out(article, accept):
    find = article.forecastsuggestions.order_by("start").first()
    accept(find, closes_on=date(2025, 12, 24))
    (only,) = redating.redated(article, new=JUNE)

    assert (only.by_hand, only.opens_on, only.closes_on) == (True, JUNE, date(2025, 12, 24))


def test_an_open_end_keeps_the_distance_of_its_assessment_date_unless_it_was_chosen(bring_in, accept):
    article = bring_in(
        "It is likely that the tunnel opens.", "It is likely that the ferry ends.", heading="Long-term (12+ months)"
    )
    first, second = article.forecastsuggestions.order_by("start")
    accept(first)
    accept(second, assessment_on=date(2030, 1, 1))

    assert [each.assessment_on for each in redating.redated(article, new=JUNE)] == [
        date(2029, 6, 2),
        date(2030, 1, 1),
    ]


def test_a_forecast_that_would_close_before_it_opens_stands_in_the_way(article, forecasts, propose, refused):
    field, _code, message = refused(propose, date(2025, 10, 5))

    assert (field, message) == (
        "new",
        f"{forecasts[1].reference} would close on 30 September 2025, before it opens. Correct its window first.",
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [({"new": date(2025, 5, 2)}, "new"), ({"new": date(2027, 1, 1)}, "new"), ({"why": ""}, "why")],
)
def test_a_date_that_cannot_be_is_refused(article, propose, refused, values, field):
    assert refused(propose, **values)[0] == field


def test_one_date_waits_at_a_time_and_not_beside_a_correction_of_a_day(article, forecasts, propose, bob, now, refused):
    from forecasts.services import correcting

    rows = correcting.propose(forecasts[0], changes={"closes_on": date(2025, 8, 3)}, by=bob, why="x", at=now)
    assert "waits to be confirmed" in refused(propose)[2]

    Correction.objects.filter(pk=rows[0].pk).delete()
    propose()
    assert refused(propose, date(2025, 6, 3))[2] == "Another date waits to be confirmed already."


def test_what_was_confirmed_meanwhile_makes_the_batch_too_old(article, accept, propose, erin, now, refused):
    first, second = article.forecastsuggestions.order_by("start")
    accept(first)
    batch = propose()
    accept(second)

    assert refused(redating.confirm_date, batch, by=erin, at=now)[1] == "correction_decided"


def test_resolutions_that_it_touches_are_reopened_and_dues_follow(
    article, forecasts, propose, verdict, alice, erin, now
):
    flag_due(at=now)
    happened = verdict(known_on=date(2025, 7, 1), outcome="did_not_occur")
    grading.grade(forecasts[0], verdict=happened, by=alice, at=now)
    redating.confirm_date(propose(), by=erin, at=now)
    forecasts[0].refresh_from_db()

    assert forecasts[0].grading_round == 2
    assert Resolution.objects.get().superseded_why == "date of publication corrected: misread masthead"
    assert list(Due.objects.filter(cleared_at=None).order_by("due_on").values_list("forecast", "due_on")) == [
        (forecasts[0].pk, date(2025, 9, 3)),
        (forecasts[1].pk, date(2025, 10, 1)),
    ]


def test_the_judgements_of_that_day_are_made_on_the_right_day_and_later_ones_stay(
    article, forecasts, propose, alice, erin, now
):
    at = datetime(2025, 7, 1, tzinfo=UTC)
    judging.judge(forecasts[0], chance=Chance(probability=0.2), by=alice, at=at)
    redating.confirm_date(propose(), by=erin, at=now)

    held = Judgement.objects.held().filter(forecast=forecasts[0]).order_by("made_at")
    assert list(held.values_list("made_at", "probability", "ended_at")) == [
        (datetime(2025, 6, 2, tzinfo=UTC), None, None),
        (at, 0.2, None),
    ]


def test_finds_that_wait_propose_the_windows_of_the_new_date(article, propose, erin, now):
    redating.confirm_date(propose(), by=erin, at=now)
    finds = ForecastSuggestion.objects.order_by("start")

    assert [(find.found["opens_on"], find.found["closes_on"]) for find in finds] == [
        ("2025-06-02", "2025-09-02"),
        ("2025-06-02", "2025-09-30"),
    ]


def test_what_was_made_on_another_day_than_it_was_published_is_left_alone(article, forecasts, alice, now):
    other = replace_made_on(article, alice, now)

    assert other not in [each.forecast for each in redating.redated(article, new=JUNE)]


def replace_made_on(article, by, at):
    from forecasts.services.entries import Wording
    from forecasts.services.recording import Place

    wording = Wording(statement="It may rain.", made_on=date(2025, 4, 1), closes_on=date(2025, 9, 1))
    wording = replace(wording, criteria=Criteria())
    return log_forecast(wording=wording, chance=Chance(), by=by, at=at, place=Place(article=article))
