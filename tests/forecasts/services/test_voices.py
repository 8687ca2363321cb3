"""Withdrawing and releasing one's judgements, and the desk's line that an editor sets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Notification
from forecasts.models import Judgement
from forecasts.services import following, grading, judging
from forecasts.services.entries import Chance

OPEN = date(2026, 12, 31)  # a last day to come
UNLIKELY = Chance(yardstick="phia-2025", term="unlikely")


def test_withdrawing_ends_the_judgement_and_not_the_forecast(overdue, alice, bob, now):
    forecast = overdue()
    judging.judge(forecast, chance=UNLIKELY, by=bob, at=datetime(2025, 6, 1, tzinfo=UTC))
    withdrawn = judging.withdraw(forecast, by=alice, at=now, why="  I had  misread it. ")
    assert (withdrawn.ended_at, withdrawn.ended_by, withdrawn.ended_why) == (now, alice, "I had misread it.")
    assert [each.forecaster.name for each in forecast.judgements.standing()] == ["Bob"]
    assert forecast.dues.filter(cleared_at=None).count() == 1


def test_one_withdraws_ones_own_alone_and_says_why(log, bob, alice, now, refused):
    forecast = log()
    assert refused(judging.withdraw, forecast, by=bob, at=now, why="No.")[1] == "none_stands"
    assert refused(judging.withdraw, forecast, by=alice, at=now, why=" ")[0] == "why"
    assert refused(judging.withdraw, forecast, by=alice, at=now, why="x" * 301)[0] == "why"


def test_what_is_scored_is_not_withdrawn(overdue, alice, bob, now, verdict, refused):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)
    assert refused(judging.withdraw, forecast, by=alice, at=now, why="Oops.")[1] == "outcome_known"


def test_releasing_shows_all_that_one_has_said_and_nothing_later(log, alice, bob, now):
    forecast = log(closes_on=OPEN)
    judging.judge(forecast, chance=UNLIKELY, by=alice, at=now)
    judging.judge(forecast, chance=UNLIKELY, by=bob, at=now)
    assert judging.release_own(forecast, by=alice, at=now) == 2
    judging.judge(forecast, chance=Chance(probability=0.1), by=alice, at=now + timedelta(days=1))
    shown = forecast.judgements.visible_to(None)
    assert [(each.forecaster.name, each.term) for each in shown] == [("Alice", "likely"), ("Alice", "unlikely")]
    assert shown[0].forecaster.released_at == now


def test_there_must_be_something_to_release(log, bob, now, refused):
    assert refused(judging.release_own, log(), by=bob, at=now)[1] == "nothing_to_release"


def test_an_editor_sets_the_desk_s_line_with_a_reason(log, alice, erin, now):
    forecast = log(closes_on=OPEN)
    line = judging.set_line_by_editor(forecast, chance=UNLIKELY, by=erin, at=now, why="The talks failed.")
    assert (line.line, line.rationale, line.forecaster.is_desk, line.article) == (
        "desk",
        "The talks failed.",
        True,
        None,
    )
    assert forecast.judgements.standing().get(line="personal").forecaster.user == alice  # kept apart


@pytest.mark.parametrize(
    ("who", "why", "blamed"),
    [("alice", "So.", (None, "editors_line")), ("erin", " ", ("rationale", "judgement_refused"))],
)
def test_nobody_else_and_never_without_a_reason(request, log, now, refused, who, why, blamed):
    by = request.getfixturevalue(who)
    assert refused(judging.set_line_by_editor, log(), chance=UNLIKELY, by=by, at=now, why=why)[:2] == blamed


def test_followers_are_told_of_judgements_and_of_what_is_resolved_but_not_of_their_own_doing(
    log, alice, bob, charlie, now, verdict
):
    forecast = log(closes_on=OPEN, shape="happens_by")
    for user in (bob, charlie):
        following.follow(forecast, by=user, at=now)
        following.follow(forecast, by=user, at=now)
    judging.judge(forecast, chance=UNLIKELY, by=bob, at=now)
    judging.judge(forecast, chance=UNLIKELY, by=bob, at=now + timedelta(hours=1))
    judging.withdraw(forecast, by=alice, at=now + timedelta(hours=2), why="No.")
    grading.grade(forecast, verdict=verdict(), by=bob, at=now + timedelta(hours=3))
    told = Notification.objects.order_by("user__name", "created_at").values_list("user__name", "kind", "text", "url")
    address = forecast.get_absolute_url()
    assert list(told) == [
        ("Bob", "judgement", f"Alice has withdrawn a judgement of {forecast.reference}.", address),
        ("Charlie", "judgement", f"Alice has withdrawn a judgement of {forecast.reference}.", address),
        ("Charlie", "resolution", f"It is known what became of {forecast.reference}.", address),
    ]


def test_who_does_not_follow_any_more_is_not_told(log, alice, bob, now):
    forecast = log(closes_on=OPEN)
    following.follow(forecast, by=bob, at=now)
    assert following.follows(bob, forecast)
    following.unfollow(forecast, by=bob)
    judging.judge(forecast, chance=UNLIKELY, by=alice, at=now)
    assert (following.follows(bob, forecast), Notification.objects.count()) == (False, 0)


def test_a_retracted_forecast_is_not_judged(log, alice, bob, now, refused):
    from forecasts.models import Forecast

    forecast = log()
    Forecast.objects.filter(pk=forecast.pk).update(retracted_at=now, retracted_by=alice, retracted_why="undone")
    assert refused(judging.judge, forecast, chance=UNLIKELY, by=bob, at=now)[1] == "retracted"


def test_what_is_released_stays_released(log, alice, now):
    forecast = log()
    judging.release_own(forecast, by=alice, at=now)
    from tests.refusals import refusal_of

    assert refusal_of(lambda: Judgement.objects.update(released_at=now + timedelta(days=1)))
