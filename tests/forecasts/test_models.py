"""What the database itself refuses: constraints, and tables that only grow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from forecasts.services import grading
from forecasts.services.entries import Chance
from tests.refusals import constraint_of, refusal_of, refusals_to_shrink, says_no_to_shrinking

DAY = date(2025, 5, 2)
AT = datetime(2025, 5, 2, 9, tzinfo=UTC)


# --- Forecasts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"statement": ""}, "forecast_has_a_statement"),
        ({"closes_on": DAY - timedelta(days=1)}, "forecast_closes_after_it_opens"),
        ({"opens_on": None}, "forecast_closes_after_it_opens"),
        ({"assessment_on": DAY}, "forecast_assessment_date_is_for_open_ends"),
        ({"closes_on": None, "assessment_on": DAY - timedelta(days=1)}, "forecast_assessment_date_is_for_open_ends"),
        ({"closes_on": None}, "forecast_comes_to_an_end"),
        ({"made_on": None}, "forecast_window_needs_its_day"),
        ({"quote_start": 1, "quote_end": 2}, "forecast_quote_lies_in_its_article"),
        ({"quote_start": 1}, "forecast_quote_lies_in_its_article"),
        ({"shape": "soon"}, "forecast_shape_is_known"),
        ({"triage": "soon"}, "forecast_triage_is_known"),
    ],
)
def test_a_forecast_that_cannot_be(log, values, constraint):
    from forecasts.models import Forecast

    pk = log().pk

    assert constraint_of(lambda: Forecast.objects.filter(pk=pk).update(**values)) == constraint


def test_the_quote_ends_after_it_starts(log, make_article):
    from forecasts.models import Forecast
    from forecasts.services.recording import Place

    pk = log(place=Place(article=make_article(), start=5, end=6)).pk

    assert (
        constraint_of(lambda: Forecast.objects.filter(pk=pk).update(quote_end=5))
        == "forecast_quote_lies_in_its_article"
    )


def test_an_appearance_is_one_per_place_and_not_empty(log, make_article):
    from forecasts.models import Appearance

    values = {"forecast": log(), "article": make_article(), "start": 3, "section": "body"}
    Appearance.objects.create(**values, end=4)

    assert constraint_of(lambda: Appearance.objects.create(**values, end=9)) == "appearance_once_per_place"
    assert constraint_of(lambda: Appearance.objects.create(**values | {"start": 4}, end=4)) == "appearance_is_not_empty"


# --- Judgements -------------------------------------------------------------------------------------------------------


@pytest.fixture
def judgement(log):
    """Make a judgement past the services: of Alice, a month after her first, which has ended then."""
    from forecasts.models import Judgement

    forecast = log(chance=Chance())
    month = AT + timedelta(days=30)
    first = forecast.judgements.get()
    forecast.judgements.update(ended_at=month, ended_by=first.recorded_by, ended_why="revised")

    def make(**values):
        usual = {"forecaster": first.forecaster, "made_at": month, "recorded_by": first.recorded_by}
        return Judgement.objects.create(forecast=forecast, **(usual | values))

    return make


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"probability": 1.2}, "judgement_chances_lie_in_0_1"),
        ({"probability": -0.1}, "judgement_chances_lie_in_0_1"),
        ({"low": -0.1}, "judgement_chances_lie_in_0_1"),
        ({"high": 1.01}, "judgement_chances_lie_in_0_1"),
        ({"low": 0.6, "high": 0.5}, "judgement_low_is_not_above_high"),
        ({"term": "likely"}, "judgement_term_needs_its_yardstick"),
        ({"ended_at": AT}, "judgement_ends_after_it_was_made"),
        ({"ended_at": AT + timedelta(days=60)}, "judgement_ends_after_it_was_made"),
        ({"made_at": AT + timedelta(days=29)}, "judgement_one_at_a_time"),
    ],
)
def test_a_judgement_that_cannot_be(judgement, values, constraint):
    assert constraint_of(lambda: judgement(**values)) == constraint


def test_one_judgement_begins_where_the_other_ends(judgement):
    judgement(low=0.0, high=0.0, probability=0.0)

    assert constraint_of(lambda: judgement(made_at=AT + timedelta(days=40))) == "judgement_one_at_a_time"
    assert judgement(line="desk").pk > 0


# --- Dues, grades, resolutions ----------------------------------------------------------------------------------------


def test_at_most_one_due_is_open_per_forecast(overdue):
    from forecasts.models import Due

    forecast = overdue()
    values = {"forecast": forecast, "due_on": DAY, "flagged_at": AT}

    assert constraint_of(lambda: Due.objects.create(**values)) == "due_open_once_per_forecast"
    Due.objects.update(cleared_at=AT)
    assert Due.objects.create(**values).cleared_at is None


@pytest.fixture
def graded(overdue, verdict, bob, now):
    """A forecast that Bob has graded: his grade and the resolution."""
    return grading.grade(overdue(), verdict=verdict(), by=bob, at=now)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"by": "erin", "slot": 1}, "grade_once_per_slot"),
        ({"by": "bob", "slot": 2}, "grade_once_per_grader"),
        ({"by": "erin", "slot": 3}, "grade_has_two_slots"),
        ({"by": "erin", "slot": 2, "outcome": "right"}, "grade_outcome_is_known"),
        ({"by": "erin", "slot": 2, "rationale": ""}, "grade_says_why"),
    ],
)
def test_a_grade_that_cannot_be(graded, bob, erin, values, constraint):
    from forecasts.models import Grade

    given, _resolution = graded
    grader = {"bob": bob, "erin": erin}[values.pop("by")]
    usual = {"forecast": given.forecast, "outcome": "occurred", "known_on": DAY, "rationale": "x", "graded_at": AT}

    assert constraint_of(lambda: Grade.objects.create(grader=grader, **(usual | values))) == constraint


def test_a_retracted_grade_makes_room(graded, bob, now):
    from forecasts.models import Grade

    given, _resolution = graded
    grading.undo_grade(given, by=bob, at=now)
    again = Grade(forecast=given.forecast, grader=bob, outcome="void", known_on=DAY, rationale="x", graded_at=AT)
    again.save()

    assert Grade.objects.count() == 2


def test_one_resolution_stands(graded, bob):
    from forecasts.models import Resolution

    _given, resolution = graded
    values = {"forecast": resolution.forecast, "known_on": DAY, "how": "single", "independence": "independent"}
    values |= {"resolved_by": bob, "resolved_at": AT}

    assert constraint_of(lambda: Resolution.objects.create(outcome="void", **values)) == "resolution_standing_once"
    wrong = values | {"superseded_at": AT}
    assert constraint_of(lambda: Resolution.objects.create(outcome="right", **wrong)) == "resolution_outcome_is_known"


@pytest.mark.parametrize("values", [{}, {"url": "https://a.example", "article": True}])
def test_evidence_is_an_article_an_address_or_a_file(graded, make_article, values):
    from forecasts.models import Evidence

    if "article" in values:
        values = values | {"article": make_article()}

    assert constraint_of(lambda: Evidence.objects.create(grade=graded[0], **values)) == (
        "evidence_is_an_article_an_address_or_a_file"
    )


def test_a_resolution_counts_a_grade_once(graded):
    from forecasts.models import ResolutionGrade

    given, resolution = graded

    assert constraint_of(lambda: ResolutionGrade.objects.create(grade=given, resolution=resolution)) == (
        "resolution_counts_a_grade_once"
    )


# --- Tables that only grow --------------------------------------------------------------------------------------------

APPEND_ONLY = {
    "Judgement": {"probability": 0.5},
    "Grade": {"outcome": "void"},
    "Evidence": {"url": "https://b.example"},
    "Resolution": {"outcome": "void"},
    "ResolutionGrade": {"grade_id": 0},
}
STAMPS = {
    "Judgement": ("ended_at", "ended_by_id", "ended_why"),
    "Grade": ("retracted_at", "retracted_by_id", "retracted_why"),
    "Resolution": ("superseded_at", "superseded_by_id", "superseded_why"),
}


@pytest.fixture
def table(graded):
    """`table("Grade")` is a model with one row in it."""
    from django.apps import apps

    return lambda name: apps.get_model("forecasts", name)


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_it_never_shrinks(table, name):
    model = table(name)

    assert refusals_to_shrink(model) == says_no_to_shrinking(model)
    assert model.objects.count() == 1


@pytest.mark.parametrize(("name", "change"), APPEND_ONLY.items())
def test_no_row_of_it_is_changed(table, name, change):
    model = table(name)
    before = list(model.objects.values())

    assert refusal_of(lambda: model.objects.update(**change)).startswith(
        ("pgtrigger: Cannot update", "redaction: the words of")
    )
    assert list(model.objects.values()) == before


@pytest.mark.parametrize(("name", "stamp"), STAMPS.items())
def test_its_closing_stamp_is_set_once(table, bob, name, stamp):
    model = table(name)
    later = datetime(2026, 4, 1, tzinfo=UTC)
    signed = dict(zip(stamp, (later, bob.pk, "because"), strict=True))
    model.objects.update(**signed)
    refusals = [
        refusal_of(lambda change=change: model.objects.update(**change))
        for change in ({stamp[0]: None}, {stamp[0]: later + timedelta(days=1)}, {stamp[2]: "else"})
    ]

    assert [refusal.startswith(("pgtrigger: Cannot update", "redaction: the words of")) for refusal in refusals] == [
        True
    ] * 3
    assert model.objects.values(*stamp).get() == signed


def test_a_judgement_is_released_once(table, now):
    model = table("Judgement")
    model.objects.update(released_at=now)

    assert refusal_of(lambda: model.objects.update(released_at=None)).startswith(
        ("pgtrigger: Cannot update", "redaction: the words of")
    )
    assert model.objects.get().released_at == now


def test_the_day_it_falls_due_follows_its_end(log):
    from forecasts.models import Forecast

    forecast = log()
    days = []
    for change in ({}, {"closes_on": date(2026, 2, 28)}, {"closes_on": None, "assessment_on": date(2027, 12, 31)}):
        Forecast.objects.filter(pk=forecast.pk).update(version=1, **change)
        days.append(Forecast.objects.get().due_on)

    assert days == [date(2025, 8, 3), date(2026, 3, 1), date(2028, 1, 1)]
