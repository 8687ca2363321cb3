"""What a forecast says may change until others rely on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from forecasts.errors import ForecastRefused
from forecasts.models import Due, Forecast, ForecastEvent
from forecasts.services import due, grading, judging, recording
from forecasts.services.changing import change_wording, revision_of, wording_closed
from forecasts.services.entries import Chance, Criteria

OPEN = datetime(2025, 6, 1, 12, tzinfo=UTC)
CRITERIA = Criteria(observable="Traffic on the bridge")


@pytest.fixture
def change(alice):
    """`change(forecast, event="…")` changes that, by Alice and with a reason, on 1 June 2025."""

    def call(forecast, *, by=alice, why="a slip", at=OPEN, version=None, **values):
        to = replace(revision_of(forecast), **values)
        return change_wording(forecast, to=to, by=by, why=why, at=at, version=version)

    return call


def test_event_window_shape_condition_and_criteria_change_while_nobody_relies_on_them(log, change, alice):
    changed = change(
        log(),
        event="The bridge is shut.",
        closes_on=date(2026, 1, 31),
        shape="holds_throughout",
        condition="it rains",
        criteria=CRITERIA,
    )

    assert (changed.event, changed.closes_on, changed.shape) == (
        "The bridge is shut.",
        date(2026, 1, 31),
        "holds_throughout",
    )
    assert (changed.condition, changed.observable, changed.criteria_by, changed.criteria_at) == (
        "it rains",
        "Traffic on the bridge",
        alice,
        OPEN,
    )
    assert (changed.horizon, changed.due_on, changed.version) == ("medium", date(2026, 2, 1), 2)


def test_a_change_keeps_its_reason_in_the_history(log, change, alice):
    forecast = change(log(), event="The bridge is shut.", why="  read out  aloud ")
    last = ForecastEvent.objects.filter(pgh_obj=forecast).select_related("pgh_context").latest("pgh_id")

    assert (last.event, last.pgh_context.metadata) == (
        "The bridge is shut.",
        {"user": alice.pk, "why": "read out aloud"},
    )


def test_what_is_the_same_as_before_leaves_no_trace(log, change):
    assert change(log(), why="").version == 1


def test_who_wrote_the_criteria_is_not_changed_by_another_change(log, change, bob):
    forecast = recording.set_criteria(log(), criteria=CRITERIA, by=bob, at=OPEN)

    assert change(forecast, event="The bridge is shut.").criteria_by == bob


def test_criteria_that_are_taken_away_have_no_author(log, change):
    changed = change(log(criteria=CRITERIA), criteria=Criteria())

    assert (changed.has_criteria, changed.criteria_by, changed.criteria_at) == (False, None, None)


def test_a_window_without_an_end_gets_an_assessment_date_and_loses_it_with_an_end(log, change):
    forecast = change(log(), closes_on=None)
    assert (forecast.assessment_on, forecast.due_on) == (date(2028, 5, 2), date(2028, 5, 3))

    forecast = change(forecast, opens_on=date(2029, 1, 1))
    assert forecast.assessment_on == date(2029, 1, 1)

    forecast = change(forecast, opens_on=date(2025, 5, 2), closes_on=date(2025, 9, 1))
    assert (forecast.assessment_on, forecast.due_on) == (None, date(2025, 9, 2))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"event": " "}, "event"),
        ({"closes_on": date(2025, 5, 1)}, "closes_on"),
        ({"closes_on": date(2025, 5, 31)}, "closes_on"),
        ({"shape": "round"}, "shape"),
        ({"criteria": Criteria(observable="x", combination="some")}, "combination"),
        ({"event": "Another", "why": " "}, "why"),
        ({"event": "Another", "why": "x" * 301}, "why"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(log, change, refused, values, field):
    assert refused(change, log(), **values)[0] == field


def test_somebody_who_was_slower_is_told(log, change, refused):
    forecast = log()
    change(forecast, event="The bridge is shut.")

    assert refused(change, forecast, event="The bridge is closed.", version=1)[1] == "stale"


def _published(forecast, **_people):
    Forecast.objects.update(released_at=OPEN)


def _judged_by_another(forecast, *, bob, **_people):
    judging.judge(forecast, chance=Chance(probability=0.4), by=bob, at=OPEN)


def _graded(forecast, *, bob, **_people):
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2025, 5, 20), rationale="It is.", urls=["https://example.org/b"]
    )
    given, _resolution = grading.grade(forecast, verdict=verdict, by=bob, at=OPEN)
    return given


@pytest.mark.parametrize(
    ("what", "at", "begins"),
    [
        (_published, OPEN, "It was published with this wording"),
        (_judged_by_another, OPEN, "Others have judged it as it is"),
        (_graded, OPEN, "It is resolved"),
        (lambda *_args, **_people: None, datetime(2025, 8, 3, tzinfo=UTC), "Its last day was 2 August 2025"),
    ],
)
def test_once_others_rely_on_it_the_wording_stays(log, change, bob, refused, what, at, begins):
    forecast = log()
    assert wording_closed(forecast, at=OPEN) is None
    what(forecast, bob=bob)
    field, code, message = refused(change, forecast, event="Another one.", at=at)

    assert (field, code, message.startswith(begins)) == (None, "wording_closed", True)


def test_a_grade_that_stands_alone_closes_the_wording_and_one_that_was_taken_back_does_not(log, change, bob, refused):
    from forecasts.models import Resolution

    forecast = log()
    given = _graded(forecast, bob=bob)
    Resolution.objects.update(superseded_at=OPEN, superseded_by=bob, superseded_why="as if there were none yet")
    assert refused(change, forecast, event="Another one.")[2] == "Somebody has graded it by what it says; that stays."

    grading.undo_grade(given, by=bob, at=OPEN)
    assert change(forecast, event="Another one.").event == "Another one."


def test_the_authors_own_second_judgement_and_the_last_day_itself_close_nothing(log, change, alice):
    forecast = log()
    judging.judge(forecast, chance=Chance(probability=0.4), by=alice, at=OPEN)

    assert change(forecast, event="Another one.", at=datetime(2025, 8, 2, 23, tzinfo=UTC)).event == "Another one."


def test_a_preview_has_no_window_that_could_change(log, make_article, change, refused):
    preview = log(made_on=None, closes_on=None, place=recording.Place(article=make_article()))

    assert refused(change, preview, closes_on=date(2026, 1, 1))[0] == "made_on"
    assert change(preview, event="Another one.").event == "Another one."


def test_the_due_of_an_earlier_window_is_cleared_and_whoever_had_it_keeps_the_next(log, bob, now):
    from forecasts.services.changing import follow

    forecast = log()
    due.flag_due(at=now)
    Due.objects.update(assignee=bob, assigned_by=bob, assigned_at=now)
    Forecast.objects.update(closes_on=date(2025, 9, 1))
    forecast.refresh_from_db()
    follow(forecast, why="changed", at=now)

    assert list(Due.objects.order_by("pk").values_list("due_on", "cleared_why", "assignee")) == [
        (date(2025, 8, 3), "changed", bob.pk),
        (date(2025, 9, 2), "", bob.pk),
    ]


# --- The race between criteria and evidence ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_criteria_that_come_while_somebody_grades_are_refused(overdue, verdict, bob, erin, now, alongside):
    forecast = overdue()
    with transaction.atomic():
        grading.grade(forecast, verdict=verdict(), by=bob, at=now)
        other = alongside(lambda: recording.set_criteria(forecast, criteria=CRITERIA, by=erin, at=now))
        other.wait_until_blocked()

    assert isinstance(other.outcome(), ForecastRefused)
    assert Forecast.objects.get().has_criteria is False


@pytest.mark.django_db(transaction=True)
def test_without_the_row_lock_they_would_be_written_to_fit(overdue, verdict, bob, erin, now, alongside, monkeypatch):
    """The negative control: nothing but the lock keeps criteria from coming after the evidence."""
    from forecasts.querysets import ForecastQuerySet

    forecast = overdue()
    monkeypatch.setattr(ForecastQuerySet, "select_for_update", lambda rows, **_options: rows.all())
    with transaction.atomic():
        grading.grade(forecast, verdict=verdict(), by=bob, at=now)
        other = alongside(lambda: recording.set_criteria(forecast, criteria=CRITERIA, by=erin, at=now))
        other.wait_until_blocked()  # by what the sweep notes, after it has looked for grades

    written = other.outcome()
    assert (written.has_criteria, written.criteria_retroactive) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_a_grader_whose_form_is_older_than_the_criteria_is_told(overdue, verdict, bob, erin, now, alongside):
    from forecasts.errors import Stale

    forecast = overdue()
    with transaction.atomic():
        recording.set_criteria(forecast, criteria=CRITERIA, by=erin, at=now)
        other = alongside(lambda: grading.grade(forecast, verdict=verdict(), by=bob, at=now, version=1))
        other.wait_until_blocked()

    assert isinstance(other.outcome(), Stale)


def test_the_author_is_told_what_somebody_else_has_changed(log, alice, bob, now):
    from accounts.models import Notification

    forecast = log(closes_on=date(2026, 12, 31))
    to = replace(revision_of(forecast), event="The bridge is shut.", closes_on=date(2026, 11, 30))
    change_wording(forecast, to=to, by=bob, why="Clearer", at=now)

    what = "event: The bridge stays closed until August. → The bridge is shut.; "
    what += "closes on: 31 December 2026 → 30 November 2026"
    assert list(Notification.objects.values_list("user__name", "kind", "text", "url")) == [
        (
            "Alice",
            "wording",
            f"Bob has changed {forecast.reference}: {what}",
            forecast.get_absolute_url(),
        )
    ]
