"""Who held what to be how likely, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forecasts.services import grading, judging
from forecasts.services.entries import Chance
from forecasts.services.judging import judge, set_desk_line, start_of_day

LIKELY = Chance(yardstick="phia-2025", term="likely")
UNLIKELY = Chance(yardstick="phia-2025", term="unlikely")
OPEN = date(2026, 12, 31)  # a last day to come


def lines(forecast):
    return [
        (judgement.line, judgement.forecaster.name, judgement.term, judgement.made_at, judgement.ended_at)
        for judgement in forecast.judgements.select_related("forecaster").order_by("made_at", "pk")
    ]


def test_a_new_judgement_ends_ones_own_and_nobody_elses(log, alice, bob, now):
    forecast = log(closes_on=OPEN)
    first = forecast.judgements.get().made_at
    judge(forecast, chance=UNLIKELY, by=bob, at=now)
    judge(forecast, chance=UNLIKELY, by=alice, at=now + timedelta(hours=1))

    assert lines(forecast) == [
        ("personal", "Alice", "likely", first, now + timedelta(hours=1)),
        ("personal", "Bob", "unlikely", now, None),
        ("personal", "Alice", "unlikely", now + timedelta(hours=1), None),
    ]


def test_a_judgement_does_not_reach_back(log, alice, now, refused):
    forecast = log(closes_on=OPEN)
    judge(forecast, chance=LIKELY, by=alice, at=now)

    assert refused(judge, forecast, chance=UNLIKELY, by=alice, at=now)[:2] == ("made_at", "judgement_refused")


@pytest.mark.parametrize(
    ("chance", "field"),
    [
        (Chance(probability=1.2), "probability"),
        (Chance(low=0.6, high=0.4), "low"),
        (Chance(yardstick="phia-2025", term="perhaps"), "term"),
    ],
)
def test_a_refused_judgement_leaves_the_one_before_standing(log, alice, now, refused, chance, field):
    forecast = log()

    assert refused(judge, forecast, chance=chance, by=alice, at=now)[:2] == (field, "judgement_refused")
    assert forecast.judgements.standing().count() == 1


def test_nobody_foretells_what_is_known(overdue, bob, erin, now, verdict, refused):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)

    assert refused(judge, forecast, chance=LIKELY, by=erin, at=now)[:2] == (None, "outcome_known")


def test_the_desks_line_stands_beside_the_personal_ones(log, erin, now, make_article):
    forecast = log()
    first = forecast.judgements.get().made_at
    set_desk_line(forecast, chance=LIKELY, by=erin, at=now, article=make_article())

    assert lines(forecast) == [
        ("personal", "Alice", "likely", first, None),
        ("desk", "The Hindsight desk", "likely", now, None),
    ]


def test_the_desks_line_stays_where_an_edition_says_the_same(log, erin, now, make_article):
    forecast, article = log(), make_article()
    first = set_desk_line(forecast, chance=LIKELY, by=erin, at=now, article=article)
    same = set_desk_line(forecast, chance=LIKELY, by=erin, at=now + timedelta(days=1), article=article)
    changed = set_desk_line(forecast, chance=UNLIKELY, by=erin, at=now + timedelta(days=2), article=article)
    first.refresh_from_db()

    assert (same, first.ended_at, changed.ended_at) == (first, now + timedelta(days=2), None)


def test_a_line_that_was_published_long_ago_keeps_its_day(log, erin, now, make_article):
    forecast = log()
    line = set_desk_line(forecast, chance=LIKELY, by=erin, at=now, made_on=date(2025, 5, 2), article=make_article())

    assert line.made_at == datetime(2025, 5, 2, tzinfo=UTC)


def test_a_judgement_says_again_what_was_handed_in(log):
    forecast = log(chance=Chance(yardstick="phia-2025", term="likely", negated=True, confidence="low", rationale="Ice"))
    held = judging.chance_of(forecast.judgements.get())

    assert (held.low, held.high, held.negated, held.confidence, held.rationale) == (0.25, 0.45, True, "low", "Ice")


def test_a_day_starts_where_it_starts():
    assert start_of_day(date(2025, 5, 2), "Pacific/Auckland") == datetime(2025, 5, 1, 12, tzinfo=UTC)
    # Midnight does not exist in Beirut on that day; its first instant is one o'clock summer time.
    first = start_of_day(date(2026, 3, 29), "Asia/Beirut")
    assert first.astimezone(UTC).astimezone(ZoneInfo("Asia/Beirut")).date() == date(2026, 3, 29)
    early = datetime(2025, 5, 1, tzinfo=UTC)
    assert start_of_day(date(2025, 5, 2), "UTC", not_after=early) == early


@pytest.mark.parametrize(
    ("chance", "low_open", "high_open"),
    [
        (Chance(yardstick="phia-2025", term="realistic_possibility"), False, True),
        (Chance(yardstick="phia-2025", term="realistic_possibility", negated=True), True, False),
        (Chance(yardstick="phia-2025", term="realistic_possibility", low=0.4, high=0.45), False, False),
        (Chance(low=0.4, high=0.5), False, False),
    ],
)
def test_a_judgements_band_has_the_open_ends_of_its_term(log, chance, low_open, high_open):
    band = log(chance=chance).judgements.get().band

    assert (band.low_open, band.high_open) == (low_open, high_open)


# --- Once nothing can be foretold any more --------------------------------------------------------------------------


def test_after_the_last_day_there_it_is_too_late_to_judge(log, alice, erin, refused):
    forecast = log()
    over = datetime(2025, 8, 3, tzinfo=UTC)

    for late in (judge, lambda *args, **values: judging.set_line_by_editor(*args, why="The talks failed.", **values)):
        assert refused(late, forecast, chance=UNLIKELY, by=erin, at=over)[1] == "window_over"
    assert judge(forecast, chance=UNLIKELY, by=alice, at=over - timedelta(seconds=1)).ended_at is None


def test_who_has_graded_it_judges_it_no_more(two_graders, log, bob, dora, verdict, now, refused):
    forecast = log(closes_on=OPEN, shape="happens_by")
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)

    assert refused(judge, forecast, chance=UNLIKELY, by=bob, at=now)[1] == "own_grade"
    assert judge(forecast, chance=UNLIKELY, by=dora, at=now).ended_at is None  # and learns nothing


def test_what_one_that_occurred_excludes_is_judged_no_more(log, alice, bob, verdict, now, refused):
    from forecasts.models import Forecast
    from forecasts.services import scenarios

    one, two = (log(event=f"{name} wins.", closes_on=OPEN, shape="happens_by") for name in ("Red", "Blue"))
    scenarios.exclude_each_other(one, other=two, by=alice)
    Forecast.objects.filter(pk=two.pk).update(triage="needs_criteria")  # so that it is not graded along
    grading.grade(Forecast.objects.get(pk=one.pk), verdict=verdict(), by=bob, at=now)

    assert refused(judge, Forecast.objects.get(pk=two.pk), chance=UNLIKELY, by=alice, at=now)[1] == "excluded"
