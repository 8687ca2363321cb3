"""What a resolution writes down of the judgements that it settles, and what changes it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.models import Resolution, Score
from forecasts.services import grading, judging, reopening, scorekeeping
from forecasts.services.entries import Chance

LIKELY = Chance(yardstick="phia-2025", term="likely")
JUNE = datetime(2025, 6, 1, tzinfo=UTC)
JULY = datetime(2025, 7, 1, tzinfo=UTC)


@pytest.fixture
def resolve(bob, now, verdict):
    def make(forecast, **values):
        return grading.grade(forecast, verdict=verdict(**values), by=bob, at=now)[1]

    return make


def rounded(value):
    return value if value is None else round(value, 6)


def scores(*names, **narrowed):
    rows = Score.objects.standing().filter(**narrowed).order_by("line", "forecaster__name", "pk")
    return [
        tuple(rounded(each) if isinstance(each, float) else each for each in row) for row in rows.values_list(*names)
    ]


def is_right():
    """Whether nothing differs from what it has to be."""
    return scorekeeping.differing(0, 2**31) == []


def test_a_grade_writes_the_score_of_the_only_judgement(overdue, resolve, now):
    resolution = resolve(overdue(chance=LIKELY, topics=["Bridges"], countries=["GB"]))

    score = Score.objects.get()
    assert (score.resolution, score.judgement, score.forecast) == (
        resolution,
        resolution.forecast.judgements.get(),
        resolution.forecast,
    )
    assert (score.line, score.headline, score.first, score.final, score.withdrawn) == (
        "personal",
        True,
        True,
        True,
        False,
    )
    assert (score.yardstick, score.term, score.negated, score.low, score.high) == (
        "phia-2025",
        "likely",
        False,
        0.55,
        0.75,
    )
    assert [rounded(each) for each in (score.p, score.brier, score.best, score.worst, score.log)] == [
        0.65,
        0.1225,
        0.0625,
        0.2025,
        0.430783,
    ]
    assert (score.days, score.average_days, rounded(score.average)) == (93, 93, 0.1225)
    assert (score.outcome, score.occurred, score.public, score.too_late) == ("occurred", True, False, False)
    assert (score.imported, score.involved, score.retroactive) == (False, False, False)
    assert (score.ends_on, score.made_on, score.horizon) == (date(2025, 8, 2), date(2025, 5, 2), "short")
    assert (score.topics, score.countries) == ([score.forecast.topics.get().pk], ["GB"])
    assert (score.author, score.cluster) == (score.forecast.author, score.forecast.pk * 2 + 1)
    assert (score.method, score.version, score.scored_at, score.archived_at) == ("brier", 1, now, None)
    assert is_right()


def test_the_desks_line_leads_and_every_forecaster_has_a_line_of_their_own(log, resolve, bob, erin, make_article):
    forecast = log()
    judging.judge(forecast, chance=Chance(probability=0.1), by=bob, at=JUNE)
    judging.judge(forecast, chance=Chance(probability=0.3), by=bob, at=JULY)
    judging.set_desk_line(forecast, chance=Chance(probability=0.9), by=erin, at=JUNE, article=make_article())
    resolve(forecast)

    # Bob's first stood for the 30 days of June, his second for the 33 up to the window's last.
    assert scores("line", "forecaster__name", "p", "headline", "first", "final", "days", "average") == [
        ("desk", "The Hindsight desk", 0.9, True, True, True, 63, 0.01),
        ("personal", "Alice", 0.65, False, True, True, 93, 0.1225),
        ("personal", "Bob", 0.1, False, True, False, 30, None),
        ("personal", "Bob", 0.3, False, False, True, 33, rounded((30 * 0.81 + 33 * 0.49) / 63)),
    ]
    assert is_right()


def test_a_negated_term_is_scored_mirrored(overdue, resolve):
    resolve(overdue(chance=Chance(yardstick="phia-2025", term="likely", negated=True)), outcome="did_not_occur")

    assert scores("term", "negated", "low", "high", "p", "brier") == [("likely", True, 0.25, 0.45, 0.35, 0.1225)]


@pytest.mark.parametrize("outcome", ["condition_not_met", "ungradable"])
def test_an_outcome_that_is_not_scored_is_kept_with_its_probability(overdue, resolve, outcome):
    resolve(overdue(chance=LIKELY, condition="the river freezes"), outcome=outcome)

    assert scores("outcome", "occurred", "p", "brier", "best", "log", "average", "headline") == [
        (outcome, None, 0.65, None, None, None, None, True)
    ]


def test_what_happened_in_part_is_not_scored(overdue, resolve):
    forecast = overdue(chance=LIKELY)
    type(forecast).objects.filter(pk=forecast.pk).update(degrees="The rest opens later")
    forecast.refresh_from_db()
    resolve(forecast, outcome="partly", happened="One lane", not_happened="The other")

    assert scores("outcome", "p", "brier", "log") == [("partly", 0.65, None, None)]


@pytest.mark.parametrize("chance", [Chance(), Chance(high=0.2), Chance(yardstick="ipcc-ar5", term="likely")])
def test_what_gives_no_probability_is_graded_and_not_scored(overdue, resolve, chance):
    resolve(overdue(chance=chance))

    assert scores("outcome", "occurred", "p", "brier", "best", "worst") == [("occurred", True, None, None, None, None)]


def test_a_withdrawn_judgement_keeps_what_it_earned_and_is_said_to_be_withdrawn(log, resolve, alice):
    forecast = log()
    judging.withdraw(forecast, by=alice, at=JUNE, why="no longer")
    resolve(forecast)

    assert scores("final", "withdrawn", "brier", "days", "headline") == [(True, True, 0.1225, 30, True)]


def test_a_misread_judgement_never_counts(log, resolve, erin):
    from forecasts.services.correcting import reread

    forecast = log()
    judgement = forecast.judgements.get()
    reread(judgement, chance=Chance(probability=0.2), made_at=judgement.made_at, by=erin, why="misread")
    resolve(forecast)

    assert scores("p", "first", "final") == [(0.2, True, True)]


def test_what_was_judged_too_late_has_no_score_and_a_forecast_without_any_has_a_row(log, resolve, bob, monkeypatch):
    monkeypatch.setattr(judging, "closed_to", lambda *_args, **_values: None)  # from before late ones were refused
    forecast = log()
    forecast.judgements.update(ended_at=forecast.judgements.get().made_at, ended_by=bob, ended_why="misread")
    judging.judge(forecast, chance=LIKELY, by=bob, at=datetime(2025, 9, 1, tzinfo=UTC))
    resolve(forecast)

    assert scores("judgement", "line", "forecaster", "headline", "outcome", "brier") == [
        (None, "", None, True, "occurred", None)
    ]
    assert is_right()


def test_reopening_archives_the_scores_and_grading_again_writes_new_ones(overdue, resolve, erin, now):
    forecast = overdue()
    resolve(forecast)
    reopening.reopen(forecast, by=erin, why="It was another bridge.", at=now)

    assert list(Score.objects.values_list("archived_at", "archived_why")) == [(now, "It was another bridge.")]
    assert is_right()

    resolve(forecast, outcome="did_not_occur")
    assert scores("outcome", "brier") == [("did_not_occur", 0.4225)]
    assert Score.objects.count() == 2


def test_a_second_grade_that_differs_leaves_no_score_and_one_that_agrees_makes_it(
    two_graders, overdue, grade, bob, dora
):
    one, other = overdue(), overdue()
    grade(one, by=bob)
    assert scores("pk") == []
    grade(one, by=dora)
    grade(other, by=bob)
    grade(other, by=dora, outcome="did_not_occur")

    assert scores("forecast") == [(one.pk,)]


def test_a_resolution_and_its_scores_are_written_together_or_not_at_all(overdue, resolve, monkeypatch):
    forecast = overdue()
    monkeypatch.setattr(scorekeeping, "_INSERT", "SELECT 1 / 0 FROM expected")
    with pytest.raises(Exception, match="division by zero"):
        resolve(forecast)

    assert (Resolution.objects.count(), Score.objects.count()) == (0, 0)
