"""Loading the sample briefings: all of the plan arrives, by the users' way, once."""

from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.models import User
from briefings.models import Briefing, Edition
from briefings.samples.loading import find_cast
from briefings.samples.plan import briefing_plans
from claims.models import Claim, ClaimSuggestion, Series
from forecasts.models import Due, Forecast, ForecastSuggestion, Grade, Judgement, Resolution
from sources.models import Article, Source

PLANS = briefing_plans()
DEMO_DAY = date(2026, 11, 23)

RECORDS = (
    User, Source, Article, Series, Claim, ClaimSuggestion, Forecast, ForecastSuggestion, Judgement, Grade, Resolution,
    Due, Briefing, Edition,
)  # fmt: skip


def load():
    out, err = StringIO(), StringIO()
    call_command("load_samples", on=DEMO_DAY, stdout=out, stderr=err)
    return SimpleNamespace(out=out.getvalue(), err=err.getvalue())


def counts():
    return {model.__name__: model.objects.count() for model in RECORDS}


def planned():
    return [each for plan in PLANS for each in plan.forecasts if each.duplicate_of is None]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all of these tests, which only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def test_the_command_says_what_it_loaded_and_shows_how_far_it_is(loaded):
    assert loaded.out == "Loaded 10 sample briefings with 65 forecasts, 40 claims and 38 grades; 8 forecasts are due.\n"
    assert loaded.err.splitlines() == [f"Sample briefing: {plan.title}" for plan in PLANS]


def test_a_second_run_adds_nothing(loaded):
    before = counts()
    assert load().out == "All 10 sample briefings are there already; nothing was added.\n"
    assert counts() == before


def test_every_planned_forecast_is_there_with_its_event_and_its_author(loaded):
    found = {(each.event, each.author.name) for each in Forecast.objects.select_related("author")}
    assert found == {(each.event, plan.byline) for plan in PLANS for each in plan.forecasts if each.event}


def test_nothing_is_left_to_confirm(loaded):
    pending = [
        *ForecastSuggestion.objects.filter(decision="pending"),
        *ClaimSuggestion.objects.filter(decision="pending"),
    ]
    assert [each.quote for each in pending] == []


def test_every_planned_figure_stands_in_its_series_with_its_speaker(loaded):
    found = [
        (each.series.subject, each.speaker and each.speaker.name)
        for each in Claim.objects.order_by("article__published_on", "start")
    ]
    assert found == [(each.series.subject, each.speaker) for plan in PLANS for each in plan.claims]


def test_speakers_are_recorded_as_what_they_are(loaded):
    kinds = {
        name: Source.objects.get(name=name).kind for name in ("ACLED", "Mark Milley", "United Nations", "Maren Holt")
    }
    assert kinds == {
        "ACLED": "organisation",
        "Mark Milley": "person",
        "United Nations": "international",
        "Maren Holt": "person",
    }


def test_the_grades_are_the_plans_and_nobody_grades_what_they_confirmed(loaded):
    found = {
        each.forecast.event: (each.outcome, each.known_on) for each in Resolution.objects.select_related("forecast")
    }
    assert found == {each.event: (each.grade.outcome, each.grade.known_on) for each in planned() if each.grade}
    cast = find_cast()
    assert set(Grade.objects.values_list("grader", flat=True)) == {cast.second_analyst.pk}
    assert set(Forecast.objects.values_list("recorded_by", flat=True)) == {cast.analyst.pk}


def test_no_criteria_count_as_written_after_the_event(loaded):
    assert Forecast.objects.filter(criteria_retroactive=True).count() == 0


def test_only_the_unpublished_briefing_stays_inside(loaded):
    assert Briefing.objects.count() == Edition.objects.count() == 9
    inside = set(Forecast.objects.filter(released_at__isnull=True).values_list("article__title", flat=True))
    assert inside == {plan.title for plan in PLANS if not plan.publish}


def test_editions_bear_the_day_of_their_text(loaded):
    found = dict(Briefing.objects.values_list("title", "dated_on"))
    assert found == {plan.title: plan.published_on for plan in PLANS if plan.publish}


def test_judgements_change_over_time_and_the_last_one_stands(loaded):
    forecast = Forecast.objects.get(event__startswith="China announces a military exercise")
    personal = forecast.judgements.filter(line="personal").select_related("forecaster").order_by("made_at")
    assert [(each.forecaster.name, each.term, each.probability, each.ended_at is None) for each in personal] == [
        ("Tobias Achterberg", "unlikely", None, False),
        ("Leila Brandt", "realistic_possibility", None, False),
        ("Maren Holt", "", 0.3, False),
        ("Tobias Achterberg", "", 0.25, False),
        ("Maren Holt", "", 0.2, False),
        ("Leila Brandt", "unlikely", None, True),
        ("Tobias Achterberg", "highly_unlikely", None, True),
        ("Maren Holt", "", 0.05, True),
    ]


def test_what_nobody_graded_is_due(loaded):
    due = set(Due.objects.filter(cleared_at__isnull=True).values_list("forecast__event", flat=True))
    ended = {
        each.event for each in Forecast.objects.unresolved().exclude(triage="assessment") if each.has_ended(on=DEMO_DAY)
    }
    assert due == ended
    assert len(due) == 8
