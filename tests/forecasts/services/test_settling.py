"""Triage, visibility and assessment date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.models import Due, Forecast, ForecastEvent
from forecasts.services import grading, judging
from forecasts.services.due import flag_due
from forecasts.services.entries import Chance
from forecasts.services.settling import move_assessment, set_triage, set_visibility

OPEN = datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def triage(bob):
    def call(forecast, to, *, by=bob, why="it can be seen", at=OPEN, version=None):
        return set_triage(forecast, triage=to, by=by, why=why, at=at, version=version)

    return call


@pytest.fixture
def show(bob):
    def call(forecast, to, *, by=bob, why="by agreement", at=OPEN):
        return set_visibility(forecast, visibility=to, by=by, why=why, at=at)

    return call


@pytest.fixture
def carried(log, make_article, alice):
    """A forecast whose desk's line an edition published that is public."""
    forecast = log(visibility="internal")
    article = make_article(released_at=OPEN)
    judging.set_desk_line(forecast, chance=Chance(probability=0.6), by=alice, at=OPEN, article=article)
    return forecast


# --- Triage -----------------------------------------------------------------------------------------------------------


def test_triage_changes_with_a_reason_that_the_history_keeps(log, triage, bob):
    changed = triage(log(), "needs_criteria")
    last = ForecastEvent.objects.filter(pgh_obj=changed).select_related("pgh_context").latest("pgh_id")

    assert (changed.triage, changed.triage_reason, changed.version) == ("needs_criteria", "it can be seen", 2)
    assert last.pgh_context.metadata == {"user": bob.pk, "why": "it can be seen"}


def test_the_same_triage_again_changes_nothing(log, triage):
    assert triage(log(), "gradable", why="").version == 1


@pytest.mark.parametrize(("to", "why", "field"), [("perhaps", "x", "triage"), ("assessment", "", "why")])
def test_a_triage_is_known_and_explained(log, triage, refused, to, why, field):
    assert refused(triage, log(), to, why=why)[0] == field


def test_an_assessment_is_no_longer_due_and_what_is_to_be_graded_again_is_due_at_once(log, triage, erin, now):
    forecast = log()
    flag_due(at=now)
    triage(forecast, "assessment", by=erin, at=now)
    assert [row.cleared_why for row in Due.objects.all()] == ["changed"]

    triage(forecast, "gradable", by=erin, at=now)
    assert [row.cleared_at for row in Due.objects.order_by("pk")] == [now, None]


def test_between_gradable_and_in_need_of_criteria_the_due_stays(log, triage, now):
    forecast = log()
    flag_due(at=now)
    triage(forecast, "needs_criteria", at=now)

    assert [row.cleared_at for row in Due.objects.all()] == [None]


def test_an_open_ended_assessment_that_is_to_be_graded_gets_its_day(log, triage):
    changed = triage(log(closes_on=None, triage="assessment"), "gradable")
    assert changed.assessment_on == date(2028, 5, 2)

    assert triage(changed, "assessment").assessment_on is None


def test_what_was_published_as_a_forecast_stays_due(log, triage, erin, refused):
    forecast = log()
    Forecast.objects.update(released_at=OPEN)

    assert refused(triage, forecast, "assessment", by=erin)[1] == "stays_due"
    assert triage(forecast, "needs_criteria").triage == "needs_criteria"


@pytest.mark.parametrize(("was", "to"), [("gradable", "assessment"), ("assessment", "gradable")])
def test_once_its_last_day_has_passed_only_an_editor_decides_whether_it_is_graded(
    log, triage, erin, now, refused, was, to
):
    forecast = log(triage=was)

    assert refused(triage, forecast, to, at=now)[1] == "editors_change"
    assert triage(forecast, to, by=erin, at=now).triage == to


def test_what_is_resolved_keeps_its_triage(overdue, triage, verdict, bob, erin, now, refused):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)

    assert refused(triage, forecast, "assessment", by=erin, at=now)[1] == "resolved"


def test_whoever_was_slower_is_told(log, triage, refused):
    forecast = log()
    triage(forecast, "needs_criteria")

    assert refused(triage, forecast, "gradable", version=1)[1] == "stale"


# --- Visibility -------------------------------------------------------------------------------------------------------


def test_what_no_edition_carries_is_not_public_by_being_allowed_to(log, show):
    changed = show(log(visibility="internal"), "public")

    assert (changed.visibility, changed.released_at) == ("public", None)


def test_what_a_public_edition_carries_is_public_at_once_with_its_author(carried, show):
    changed = show(carried, "public")
    changed.author.refresh_from_db()

    assert (changed.released_at, changed.author.released_at) == (OPEN, OPEN)


def test_an_editor_may_hide_what_is_published_while_it_is_open(carried, show, bob, erin, refused):
    show(carried, "public")
    assert refused(show, carried, "internal")[1] == "editors_change"

    hidden = show(carried, "internal", by=erin)
    assert (hidden.visibility, hidden.released_at) == ("internal", None)


def test_nobody_hides_it_once_its_last_day_has_passed(log, show, erin, now, refused):
    assert refused(show, log(), "internal", by=erin, at=now)[:2] == ("visibility", "outcome_known")


def test_nobody_hides_it_once_its_outcome_is_known_even_where_it_was_reopened(log, show, erin, bob, verdict, refused):
    forecast = log()
    known = verdict(known_on=date(2025, 5, 20))
    given, _resolution = grading.grade(forecast, verdict=known, by=bob, at=OPEN)
    assert refused(show, forecast, "internal", by=erin)[1] == "outcome_known"

    grading.undo_grade(given, by=bob, at=OPEN)
    assert refused(show, forecast, "internal", by=erin)[2] == (
        "What became of it is known, so it cannot be hidden any more."
    )


@pytest.mark.parametrize(
    ("released_at", "counts"),
    [
        (datetime(2025, 8, 3, 11, tzinfo=UTC), True),
        (datetime(2025, 8, 3, 12, tzinfo=UTC), False),
        (None, False),
    ],
)
def test_made_public_after_its_outcome_was_known_it_stays_out_of_the_public_score(
    log, verdict, bob, now, settings, released_at, counts
):
    """By the day of the forecast's own zone: noon UTC is midnight in Auckland."""
    settings.TIME_ZONE = "Pacific/Auckland"
    grading.grade(log(), verdict=verdict(), by=bob, at=now)
    Forecast.objects.update(released_at=released_at)

    assert Forecast.objects.in_public_score().exists() is counts


def test_what_is_internal_or_open_is_in_no_public_score(log, verdict, bob, now):
    grading.grade(log(visibility="internal"), verdict=verdict(), by=bob, at=now)
    log()
    Forecast.objects.update(released_at=OPEN)

    assert Forecast.objects.in_public_score().count() == 0


# --- Assessment date --------------------------------------------------------------------------------------------------


@pytest.fixture
def move(erin):
    def call(forecast, to, *, by=erin, why="nothing to be seen yet", at=OPEN):
        return move_assessment(forecast, to=to, by=by, why=why, at=at)

    return call


def test_an_editor_moves_the_assessment_date_and_the_due_follows(log, move):
    forecast = log(closes_on=None, assessment_on=date(2025, 12, 1))
    later = datetime(2026, 3, 1, tzinfo=UTC)
    flag_due(at=later)
    moved = move(forecast, date(2027, 1, 1), at=later)

    assert (moved.assessment_on, moved.due_on) == (date(2027, 1, 1), date(2027, 1, 2))
    assert [row.cleared_why for row in Due.objects.all()] == ["changed"]


@pytest.mark.parametrize(
    ("values", "to", "who", "code"),
    [
        ({}, date(2027, 1, 1), "bob", "editors_change"),
        ({}, date(2025, 5, 31), "erin", "change_refused"),
        ({"opens_on": date(2026, 1, 1)}, date(2025, 12, 1), "erin", "change_refused"),
        ({"closes_on": date(2026, 1, 1)}, date(2027, 1, 1), "erin", "change_refused"),
    ],
)
def test_a_date_that_cannot_be_moved_so_is_refused(log, move, request, refused, values, to, who, code):
    forecast = log(**({"closes_on": None} | values))

    assert refused(move, forecast, to, by=request.getfixturevalue(who))[1] == code
