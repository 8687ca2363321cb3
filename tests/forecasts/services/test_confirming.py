"""From what the reader found to a forecast."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from forecasts.models import ForecastSuggestion
from forecasts.services import intake
from forecasts.services.confirming import fold_forecast, proposed_chance, proposed_window
from forecasts.services.entries import Chance
from forecasts.services.intake import NewText
from sources.errors import AlreadyDecided
from sources.services import deciding, people
from tests.factories import BRIEFING


def decided(find):
    find.refresh_from_db()
    return find.decision, find.forecast, find.decided_by


def test_a_find_becomes_a_forecast_of_its_bylines_first_author(finds, accept, bob):
    forecast = accept(finds[2])
    judgement = forecast.judgements.get()

    assert (forecast.author.name, forecast.recorded_by, judgement.forecaster.name) == ("Ada Writer", bob, "Ada Writer")
    assert forecast.quote == "It is unlikely that the government will build a bridge at Kostino."
    assert forecast.event == "The government builds a bridge at Kostino"
    assert (forecast.made_on, forecast.opens_on, forecast.closes_on, forecast.horizon) == (
        date(2025, 5, 2),
        date(2025, 5, 2),
        date(2025, 8, 2),
        "short",
    )
    assert (judgement.term, judgement.low, judgement.high, judgement.article) == (
        "unlikely",
        0.25,
        0.35,
        forecast.article,
    )
    assert decided(finds[2]) == ("accepted", forecast, bob)


@pytest.mark.parametrize(
    ("heading", "sentence", "window"),
    [
        ("Short term", "The bridge is likely to open by 15 July 2025.", (date(2025, 5, 2), date(2025, 7, 15))),
        ("Short term", "The bridge is likely to open.", (None, None)),
        (
            "Short term (0-6 months)",
            "The bridge is likely to open by 15 July 2025.",
            (date(2025, 5, 2), date(2025, 11, 2)),
        ),
    ],
)
def test_under_a_heading_with_a_name_alone_the_sentence_says_when(bring_in, heading, sentence, window):
    [find] = ForecastSuggestion.objects.filter(article=bring_in(sentence, heading=heading))
    assert proposed_window(find) == window


def test_what_was_changed_counts_as_edited(finds, accept, bob):
    edited = accept(finds[2], event="A bridge is begun at Kostino.")
    unsure = accept(finds[3], chance=Chance(probability=0.45))

    assert (decided(finds[2]), decided(finds[3])) == (("edited", edited, bob), ("edited", unsure, bob))


def test_a_reason_given_with_it_is_no_edit(finds, accept, bob):
    forecast = accept(finds[2], chance=replace(proposed_chance(finds[2]), rationale="The river is wide."))

    assert decided(finds[2]) == ("accepted", forecast, bob)


def test_the_statement_is_the_quote_whatever_is_handed_in(finds, accept):
    assert accept(finds[2], statement="Something else.").statement == finds[2].quote


def test_its_repeats_are_folded_into_it(finds, accept, bob):
    forecast = accept(finds[1])

    assert decided(finds[0]) == ("folded", forecast, bob)
    assert [(place.start, place.section) for place in forecast.appearances.all()] == [(finds[0].start, "summary")]


def test_a_find_can_be_folded_into_another_forecast(finds, accept, bob, now):
    forecast = accept(finds[1])
    fold_forecast(finds[2], into=forecast, by=bob, at=now)

    assert decided(finds[2]) == ("folded", forecast, bob)
    assert forecast.appearances.count() == 2


@pytest.mark.parametrize("again", ["accept", "fold", "dismiss"])
def test_a_find_is_decided_once(finds, accept, bob, erin, now, refused, again):
    forecast = accept(finds[2])
    calls = {
        "accept": lambda: accept(finds[2], by=erin),
        "fold": lambda: fold_forecast(finds[2], into=forecast, by=erin, at=now),
        "dismiss": lambda: deciding.dismiss(finds[2], by=erin, at=now),
    }

    assert refused(calls[again]) == (
        None,
        "already_decided",
        "Somebody has decided this find already: it was accepted.",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2025, 5, 1)}, "closes_on"),
        ({"shape": "soon"}, "shape"),
        ({"chance": Chance(probability=1.2)}, "probability"),
        ({"chance": Chance(yardstick="phia-2025", term="perhaps")}, "term"),
    ],
)
def test_a_refused_confirmation_leaves_the_find_pending(finds, accept, refused, changes, field):
    assert refused(accept, finds[1], **changes)[0] == field
    assert [decided(find)[0] for find in finds] == ["pending"] * 4


def test_without_a_date_of_publication_it_becomes_a_preview(alice, accept, now):
    undated = NewText(text=BRIEFING.replace("2 May 2025\n", ""), origin="pasted")
    find = intake.bring_in(undated, by=alice, at=now).article.forecastsuggestions.get(
        rule="term", found__term="unlikely"
    )
    forecast = accept(find)

    assert (forecast.made_on, forecast.opens_on, forecast.closes_on, forecast.assessment_on) == (None,) * 4


def test_without_a_byline_its_author_is_the_source(alice, accept, now):
    anonymous = NewText(text=BRIEFING.replace("By Ada Writer\n", ""), origin="pasted")
    article = intake.bring_in(anonymous, by=alice, at=now).article

    assert people.author_of(article).kind == "desk"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_wins(finds, accept, erin, alongside):
    from forecasts.models import Forecast

    with transaction.atomic():
        accept(finds[2])
        other = alongside(lambda: accept(finds[2], by=erin))
        other.wait_until_blocked()

    assert isinstance(other.outcome(), AlreadyDecided)
    assert Forecast.objects.count() == 1
