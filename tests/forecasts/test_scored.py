"""What the table of judgements says of each one's score."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.services import correcting, grading, judging
from forecasts.services.entries import Chance
from forecasts.services.scores import JudgementScore
from forecasts.templatetags.forecasts import scored


def day(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


@pytest.fixture
def why(log, bob, verdict, now, monkeypatch):
    """`why(made_at, ended_at)`: the score of Bob's judgement of what was known on 1 September, or why it has none."""

    def make(made_at: datetime, ended_at: datetime | None = None) -> JudgementScore:
        forecast = log()
        monkeypatch.setattr(judging, "closed_to", lambda *_args, **_values: None)
        made = judging.judge(forecast, chance=Chance(probability=0.9), by=bob, at=made_at)
        if ended_at == made_at:
            correcting.reread(made, chance=Chance(probability=0.8), made_at=made_at, by=bob, why="misread")
        elif ended_at is not None:
            judging.withdraw(forecast, by=bob, at=ended_at, why="No.")
        held = grading.grade(forecast, verdict=verdict(known_on=date(2025, 9, 1)), by=bob, at=now)[1]
        made.refresh_from_db()
        return scored(made, held)

    return make


@pytest.mark.parametrize(
    ("made_at", "ended_at", "because"),
    [
        (day(6, 1), None, ""),
        (day(6, 1), day(6, 2), ""),
        (day(6, 1), day(6, 1, 9), "it stood at the end of no day"),
        (day(6, 1), day(6, 1), "it never stood"),
        (day(8, 3), None, "made after the window had closed"),
        (day(9, 2), None, "made after the outcome was known"),
    ],
)
def test_what_counts_for_nothing_has_no_number_and_says_why(why, made_at, ended_at, because):
    found = why(made_at, ended_at)
    assert (str(found.unscored_because), found.brier is None) == (because, bool(because))
