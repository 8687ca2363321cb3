"""Logging a forecast, and writing down how its outcome will be told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.services import grading, recording
from forecasts.services.entries import Chance, Criteria, Wording
from forecasts.services.recording import Place
from tests.factories import QUOTE, TEXT, ArticleFactory, SourceFactory

CRITERIA = Criteria(observable="Traffic on the bridge", threshold="Ten lorries a day")


def test_a_forecast_comes_with_its_authors_first_judgement_from_its_own_day(log, alice, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    forecast = log(at=datetime(2026, 3, 1, tzinfo=UTC))
    first = forecast.judgements.get()

    assert (forecast.author.user, forecast.recorded_by, forecast.time_zone) == (alice, alice, "Pacific/Auckland")
    assert (first.forecaster, first.line, first.low, first.high) == (forecast.author, "personal", 0.55, 0.75)
    # Midnight in Auckland.
    assert first.made_at == datetime(2025, 5, 1, 12, tzinfo=UTC)


def test_the_author_is_who_is_named_and_not_who_logs(log, alice, bob):
    outlet = SourceFactory(name="The Courier")
    forecast = log(author=outlet, by=bob)

    assert (forecast.author, forecast.judgements.get().forecaster, forecast.recorded_by) == (outlet, outlet, bob)


def test_the_day_after_the_last_one_is_when_it_falls_due(log):
    closing, open_ended, assessment = (
        log(),
        log(closes_on=None, assessment_on=date(2027, 1, 1)),
        log(closes_on=None, triage="assessment"),
    )
    for forecast in (closing, open_ended, assessment):
        forecast.refresh_from_db()

    assert [closing.due_on, open_ended.due_on, assessment.due_on] == [date(2025, 8, 3), date(2027, 1, 2), None]


def test_topics_are_made_by_being_named(log):
    assert [topic.name for topic in log(topics=["North Korea", "north-korea", " ", "Ukraine"]).topics.all()] == [
        "Ukraine",
        "north-korea",
    ]


def test_a_preview_needs_the_article_that_it_stands_in(log, refused, make_article):
    place = Place(article=make_article(), start=TEXT.index(QUOTE), end=TEXT.index(QUOTE) + len(QUOTE))
    preview = log(made_on=None, closes_on=None, place=place)

    assert (preview.made_on, preview.opens_on, preview.quote) == (None, None, QUOTE)
    assert refused(log, made_on=None, closes_on=None) == (
        "made_on",
        "forecast_refused",
        "Say on which day the forecast was made.",
    )


@pytest.fixture
def by_hand(alice):
    """Log a forecast at noon of 1 March 2026, as somebody writes it; keywords change its day and place."""

    def make(made_on, **service):
        wording = Wording(statement="The bridge is likely to open.", made_on=made_on, closes_on=date(2026, 8, 2))
        at = datetime(2026, 3, 1, 12, tzinfo=UTC)
        chance = service.pop("chance", Chance(yardstick="phia-2025", term="likely"))
        return recording.log_by_hand(wording=wording, chance=chance, by=alice, at=at, **service)

    return make


@pytest.mark.parametrize("made_on", [date(2026, 2, 28), date(2026, 3, 1)])
def test_what_is_logged_by_hand_is_of_today_somewhere(by_hand, made_on):
    assert by_hand(made_on).made_on == made_on


@pytest.mark.parametrize("published_on", ["no article", None, date(2026, 2, 1)])
def test_what_is_logged_by_hand_is_not_dated_back(by_hand, refused, make_article, published_on):
    place = None if published_on == "no article" else Place(article=make_article(published_on=published_on))
    field, code, message = refused(by_hand, date(2026, 2, 27), place=place)
    assert (field, code) == ("made_on", "back_dated")
    assert "Bring it in by an import, where it is marked, or paste the text that it stands in" in message


def test_what_stands_in_an_article_keeps_the_day_of_its_publication(by_hand, make_article):
    place = Place(article=make_article(published_on=date(2026, 2, 1)))
    assert by_hand(date(2026, 2, 1), place=place).made_on == date(2026, 2, 1)


def test_a_range_that_its_word_does_not_hold_is_not_logged(by_hand, refused):
    wrong = Chance(yardstick="phia-2025", term="likely", low=0.1, high=0.2)
    assert refused(by_hand, date(2026, 3, 1), chance=wrong)[:2] == ("low", "outside_the_band")


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"statement": ""}, "statement", "forecast_refused"),
        ({"closes_on": date(2025, 5, 1)}, "closes_on", "forecast_refused"),
        ({"made_on": date(2025, 5, 4)}, "made_on", "forecast_refused"),
        ({"chance": Chance(probability=1.2)}, "probability", "judgement_refused"),
        ({"chance": Chance(low=0.6, high=0.4)}, "low", "judgement_refused"),
        ({"chance": Chance(yardstick="phia-2025", term="perhaps")}, "term", "judgement_refused"),
        ({"chance": Chance(yardstick="none", term="likely")}, "yardstick", "judgement_refused"),
    ],
)
def test_a_refused_forecast_leaves_nothing_behind(log, alice, refused, wrong, field, code):
    """Not even its topics, its author as a source, or a forecast without its judgement."""
    assert refused(log, topics=["New"], **wrong)[:2] == (field, code)


@pytest.mark.parametrize(
    ("day", "is_ahead"), [(date(2025, 5, 2), False), (date(2025, 5, 3), False), (date(2025, 5, 4), True)]
)
def test_made_on_has_come_somewhere_on_earth(log, refused, day, is_ahead):
    """At nine in the evening of 2 May, UTC, it is 3 May in Asia already."""
    values = {"made_on": day, "at": datetime(2025, 5, 2, 21, tzinfo=UTC)}
    if is_ahead:
        assert refused(log, **values)[2] == "A forecast is not made in the future."
    else:
        assert log(**values).made_on == day


# --- Criteria ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "retroactive"),
    [
        (datetime(2025, 8, 2, 10, 59, tzinfo=UTC), False),
        (datetime(2025, 8, 2, 11, 59, tzinfo=UTC), False),
        (datetime(2025, 8, 2, 12, 0, tzinfo=UTC), True),
    ],
)
def test_criteria_after_the_windows_last_day_are_retroactive(log, bob, settings, at, retroactive):
    """The last day is over when it is over in the forecast's own zone: noon UTC is midnight in Auckland."""
    settings.TIME_ZONE = "Pacific/Auckland"
    forecast = recording.set_criteria(log(), criteria=CRITERIA, by=bob, at=at)

    assert (forecast.criteria_by, forecast.criteria_at, forecast.criteria_retroactive) == (bob, at, retroactive)
    assert (forecast.threshold, forecast.version) == ("Ten lorries a day", 2)


def test_criteria_that_come_with_a_forecast_that_is_over_are_retroactive(log):
    after = log(criteria=CRITERIA, at=datetime(2025, 8, 3, tzinfo=UTC))
    in_time = log(criteria=CRITERIA, at=datetime(2025, 8, 2, tzinfo=UTC))

    assert (after.criteria_retroactive, in_time.criteria_retroactive) == (True, False)


def test_the_event_can_be_written_down_with_the_criteria(log, bob, now):
    forecast = recording.set_criteria(log(event=""), criteria=CRITERIA, event=" The bridge opens. ", by=bob, at=now)

    assert forecast.event == "The bridge opens."


def test_criteria_say_what_is_observed(log, bob, now, refused):
    forecast = log()

    assert refused(recording.set_criteria, forecast, criteria=Criteria(place="Kostino"), by=bob, at=now) == (
        "observable",
        "forecast_refused",
        "Say what is observed.",
    )


@pytest.mark.parametrize(
    ("wrong", "field"), [({"combination": "some"}, "combination"), ({"place": "x" * 201}, "place")]
)
def test_criteria_that_cannot_be_are_refused(log, bob, now, refused, wrong, field):
    criteria = Criteria(observable="Traffic", **wrong)

    assert refused(recording.set_criteria, log(), criteria=criteria, by=bob, at=now)[:2] == (field, "forecast_refused")


def test_a_criteria_form_that_is_out_of_date_is_refused(log, bob, now, refused):
    forecast = log()
    recording.set_criteria(forecast, criteria=CRITERIA, by=bob, at=now)

    assert refused(recording.set_criteria, forecast, criteria=CRITERIA, by=bob, at=now, version=1)[:2] == (
        None,
        "stale",
    )


def test_a_resolved_forecast_keeps_its_criteria(overdue, bob, erin, now, verdict, refused):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)

    assert refused(recording.set_criteria, forecast, criteria=CRITERIA, by=erin, at=now)[2] == (
        "The forecast is resolved; its criteria stay as they are."
    )


def test_an_outcome_that_was_only_imported_leaves_missing_criteria_to_be_written(log, bob, erin, now):
    from forecasts.models import Resolution

    forecast = log()
    Resolution.objects.create(
        forecast=forecast,
        outcome="occurred",
        known_on=date(2025, 8, 3),
        how="imported",
        independence="imported",
        resolved_by=erin,
        resolved_at=now,
    )

    assert recording.set_criteria(forecast, criteria=CRITERIA, by=bob, at=now).criteria_retroactive is True


def test_what_was_published_with_it_stays(log, bob, now, refused):
    from forecasts.models import Forecast

    forecast = log(criteria=CRITERIA)
    without = log()
    Forecast.objects.update(released_at=now)
    recording.set_criteria(without, criteria=CRITERIA, by=bob, at=now)
    other_event = {"criteria": CRITERIA, "event": "Another one.", "by": bob, "at": now}

    assert refused(recording.set_criteria, forecast, criteria=CRITERIA, by=bob, at=now)[2] == (
        "It was published with this wording; another one would be a new forecast."
    )
    assert refused(recording.set_criteria, without, **other_event)[:2] == (None, "wording_closed")
    Forecast.objects.filter(pk=without.pk).update(observable="")
    assert refused(recording.set_criteria, without, **other_event)[:2] == ("event", "wording_closed")


def test_every_change_of_the_wording_has_its_history(log, bob, now):
    from forecasts.models import ForecastEvent

    forecast = log()
    recording.set_criteria(forecast, criteria=CRITERIA, by=bob, at=now)
    history = [
        (event.pgh_label, event.observable, event.pgh_context.metadata["why"])
        for event in ForecastEvent.objects.filter(pgh_obj=forecast).select_related("pgh_context").order_by("pgh_id")
    ]

    assert history == [("insert", "", "forecast logged"), ("update", "Traffic on the bridge", "criteria set")]


def test_a_wording_is_stored_as_it_was_handed_in(log):
    values = {
        "statement": "If it rains, the bridge is likely to close.",
        "event": "The bridge closes.",
        "condition": "it rains",
        "horizon_text": "by August",
        "shape": "true_on",
        "triage": "needs_criteria",
        "triage_reason": "“close” is vague",
        "scenario_group": "A-1/2",
        "visibility": "internal",
        "countries": ["RU", "KP"],
    }
    forecast = log(**values)
    forecast.refresh_from_db()

    assert {name: getattr(forecast, name) for name in values} == values
    assert Wording(statement="x").visibility == "public"
    assert ArticleFactory._meta.model.objects.count() == 0
