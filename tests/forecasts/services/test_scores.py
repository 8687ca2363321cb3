"""What a resolution makes of the judgements that it settles."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.services import grading, judging
from forecasts.services.entries import Chance
from forecasts.services.scores import scores_of

LIKELY = Chance(yardstick="phia-2025", term="likely")


@pytest.fixture
def resolve(bob, now, verdict):
    def make(forecast, **values):
        return grading.grade(forecast, verdict=verdict(**values), by=bob, at=now)[1]

    return make


def rows(resolution):
    return [
        (each.judgement.forecaster.name, each.point, each.brier and round(each.brier, 4))
        for each in scores_of(resolution)
    ]


@pytest.mark.parametrize(
    ("chance", "outcome", "point", "brier", "best", "worst"),
    [
        (LIKELY, "occurred", 0.65, 0.1225, 0.0625, 0.2025),
        (LIKELY, "did_not_occur", 0.65, 0.4225, 0.3025, 0.5625),
        (Chance(yardstick="phia-2025", term="likely", negated=True), "did_not_occur", 0.35, 0.1225, 0.0625, 0.2025),
        (Chance(yardstick="phia-2025", term="likely", probability=0.7), "occurred", 0.7, 0.09, 0.0625, 0.2025),
        (Chance(yardstick="ipcc-ar5", term="likely", probability=0.7), "occurred", 0.7, 0.09, None, None),
        (Chance(probability=0.0), "occurred", 0.0, 1.0, None, None),
        (Chance(probability=0.0), "did_not_occur", 0.0, 0.0, None, None),
        (Chance(low=0.0, high=0.05), "did_not_occur", 0.025, 0.000625, 0.0, 0.0025),
    ],
)
def test_the_brier_score_of_a_judgement(overdue, resolve, chance, outcome, point, brier, best, worst):
    (score,) = scores_of(resolve(overdue(chance=chance), outcome=outcome))

    assert (score.point, score.brier, score.best, score.worst, score.unscored_because) == (
        point,
        pytest.approx(brier, abs=1e-12),
        best if best is None else pytest.approx(best, abs=1e-12),
        worst if worst is None else pytest.approx(worst, abs=1e-12),
        "",
    )


@pytest.mark.parametrize(
    ("chance", "outcome", "reason"),
    [
        (Chance(), "occurred", "it gives no probability"),
        (Chance(yardstick="ipcc-ar5", term="likely"), "occurred", "its band has only one end, and it gives no number"),
        (Chance(high=0.2), "occurred", "its band has only one end, and it gives no number"),
        (LIKELY, "ungradable", "this outcome is not scored"),
    ],
)
def test_what_cannot_be_scored_says_why(overdue, resolve, chance, outcome, reason):
    (score,) = scores_of(resolve(overdue(chance=chance), outcome=outcome))

    assert (score.brier, score.point, str(score.unscored_because)) == (None, None, reason)


def test_the_desks_line_comes_first_and_every_forecaster_is_scored_apart(log, resolve, bob, erin, make_article):
    forecast = log()
    june = datetime(2025, 6, 1, tzinfo=UTC)
    judging.judge(forecast, chance=Chance(probability=0.1), by=bob, at=june)
    judging.set_desk_line(forecast, chance=Chance(probability=0.9), by=erin, at=june, article=make_article())

    assert rows(resolve(forecast)) == [("The Hindsight desk", 0.9, 0.01), ("Alice", 0.65, 0.1225), ("Bob", 0.1, 0.81)]


@pytest.fixture
def late_ones(monkeypatch):
    """Judgements from the time before late ones were refused."""
    monkeypatch.setattr(judging, "closed_to", lambda *_args, **_values: None)


@pytest.mark.parametrize(
    ("made_at", "known_on", "point"),
    [
        (datetime(2025, 6, 30, 23, 59, tzinfo=UTC), date(2025, 7, 1), 0.9),  # the day before it was known
        (datetime(2025, 7, 1, 0, 0, tzinfo=UTC), date(2025, 7, 1), 0.65),  # the day on which it was known
        (datetime(2025, 8, 2, 23, 59, tzinfo=UTC), date(2025, 9, 1), 0.9),  # the window's last day
        (datetime(2025, 8, 3, 0, 0, tzinfo=UTC), date(2025, 9, 1), 0.65),  # after the window
    ],
)
def test_what_was_judged_when_it_was_known_or_over_does_not_count(
    late_ones, log, resolve, alice, made_at, known_on, point
):
    forecast = log()
    judging.judge(forecast, chance=Chance(probability=0.9), by=alice, at=made_at)

    assert [score.point for score in scores_of(resolve(forecast, known_on=known_on))] == [point]


def test_what_happens_on_the_day_of_the_first_judgement_is_scored_with_it(log, resolve):
    assert rows(resolve(log(), known_on=date(2025, 5, 2))) == [("Alice", 0.65, 0.1225)]


def test_who_only_judged_afterwards_is_not_scored(log, resolve, bob):
    forecast = log()
    judging.judge(forecast, chance=Chance(probability=0.9), by=bob, at=datetime(2025, 7, 2, tzinfo=UTC))

    assert [name for name, _point, _brier in rows(resolve(forecast, known_on=date(2025, 7, 1)))] == ["Alice"]


@pytest.mark.parametrize(
    ("made_at", "scored"),
    [
        (datetime(2025, 8, 2, 23, 59, tzinfo=UTC), ["Alice", "Bob"]),  # the window's last day
        (datetime(2025, 8, 3, 0, 0, tzinfo=UTC), ["Alice"]),  # the day after it closed
        (datetime(2025, 8, 20, tzinfo=UTC), ["Alice"]),
    ],
)
def test_who_first_judged_after_the_window_had_closed_is_not_scored(late_ones, log, resolve, bob, made_at, scored):
    forecast = log()
    late = judging.judge(forecast, chance=Chance(probability=0.9), by=bob, at=made_at)

    assert [name for name, _point, _brier in rows(resolve(forecast, known_on=date(2025, 9, 1)))] == scored
    assert late.came_too_late == ("Bob" not in scored)


def test_the_desks_day_of_an_open_end_is_the_last_to_judge(late_ones, log, resolve, bob):
    forecast = log(closes_on=None, horizon="long", assessment_on=date(2025, 8, 2))
    late = judging.judge(forecast, chance=Chance(probability=0.9), by=bob, at=datetime(2025, 8, 3, tzinfo=UTC))

    assert late.came_too_late
    assert [name for name, _point, _brier in rows(resolve(forecast, known_on=date(2025, 9, 1)))] == ["Alice"]


def test_a_judgement_that_was_withdrawn_in_time_is_not_scored(log, resolve, bob):
    forecast = log()
    forecast.judgements.update(ended_at=datetime(2025, 6, 1, tzinfo=UTC), ended_by=bob, ended_why="left")

    assert scores_of(resolve(forecast)) == []


def test_the_days_are_the_forecasts_own(log, resolve, alice, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    forecast = log()
    # 1 July there.
    judging.judge(forecast, chance=Chance(probability=0.9), by=alice, at=datetime(2025, 6, 30, 12, tzinfo=UTC))

    assert [score.point for score in scores_of(resolve(forecast, known_on=date(2025, 7, 1)))] == [0.65]


@pytest.mark.parametrize("number", [1, 3])
def test_scores_cost_one_statement(log, resolve, person, django_assert_num_queries, number):
    forecast = log()
    for name in "abc"[:number]:
        judging.judge(forecast, chance=LIKELY, by=person(name), at=datetime(2025, 6, 1, tzinfo=UTC))
    resolution = resolve(forecast)
    with django_assert_num_queries(1):
        assert len(scores_of(resolution)) == number + 1
