"""Recomputing all scores: nothing differs, whatever happened; and what was made to differ is found and mended."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from forecasts import tasks
from forecasts.models import ClusterTie, Forecast, Score
from forecasts.services import grading, judging, labelling, linking, rescoring, scorekeeping
from forecasts.services.entries import Chance
from groundwork.models import Heartbeat

JUNE = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def resolve(bob, now, verdict):
    def make(forecast, **values):
        return grading.grade(forecast, verdict=verdict(**values), by=bob, at=now)[1]

    return make


def found(*, mend=False, at=JUNE, size=20_000):
    return list(rescoring.rescore_all(mend=mend, at=at, size=size))[-1]


@pytest.fixture
def many(log, resolve, alice, bob, erin, make_article, now):
    """Thirty forecasts at random with judgements on many days, most of them resolved, some linked."""
    chance = random.Random(11)
    made = []
    for number in range(30):
        said = chance.choice(
            [Chance(), Chance(yardstick="phia-2025", term="likely"), Chance(probability=chance.random())]
        )
        forecast = log(chance=said, countries=["GB"], topics=["Rivers"] if number % 2 else [])
        day = datetime(2025, 5, 2, 12, tzinfo=UTC)
        for _ in range(chance.randint(0, 3)):
            day = datetime.fromtimestamp(day.timestamp() + chance.randint(1, 40) * 86_000, UTC)
            by = chance.choice([alice, bob])
            judging.judge(forecast, chance=Chance(probability=chance.random()), by=by, at=day)
        if chance.random() < 0.3:
            judging.set_desk_line(forecast, chance=Chance(probability=0.4), by=erin, at=JUNE, article=make_article())
        if chance.random() < 0.2 and forecast.judgements.standing().filter(forecaster__user=alice).exists():
            judging.withdraw(forecast, by=alice, at=datetime(2025, 10, 1, tzinfo=UTC), why="no longer")
        if made and chance.random() < 0.3:
            linking.link(forecast, earlier=made[-1], relation="continues", by=alice, at=now)
        if number % 6:
            outcome = chance.choice(["occurred", "did_not_occur", "ungradable"])
            month = chance.randint(6, 8) if outcome == "occurred" else 8
            resolve(forecast, outcome=outcome, known_on=date(2025, month, 3))
        made.append(forecast)
    return made


def update(statement, *values):
    """Change what only grows, as somebody could who owns the table."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE forecasts_score DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE forecasts_score ENABLE TRIGGER USER")


@pytest.mark.parametrize("size", [4, 20_000])
def test_nothing_differs_from_what_the_pure_package_says(many, size):
    looked = found(size=size)

    assert (looked.checked, looked.differing, looked.ties, looked.forecasts) == (25, 0, 0, [])


@pytest.mark.parametrize(
    "change",
    [
        "p = p + 0.01",
        "brier = brier + 1e-6",
        "best = worst, worst = best",
        "log = 0",
        "average = average / 2",
        "days = days + 1",
        "average_days = 7",
        "first = NOT first",
        "withdrawn = NOT withdrawn",
        "horizon = 'long'",
        "topics = '{7}'",
        "countries = '{FR}'",
        "cluster = 1",
        "public = NOT public",
        "method = 'guess'",
        "outcome = 'partly'",
    ],
)
def test_what_was_changed_is_found_by_check_and_written_anew_by_rescore(log, resolve, bob, now, change):
    forecast, other = log(), log()
    for each in (forecast, other):
        resolve(each)
    update(f"UPDATE forecasts_score SET {change} WHERE forecast_id = %s", forecast.pk)

    assert (found().forecasts, Score.objects.count()) == ([forecast.pk], 2)
    looked = found(mend=True, at=now)
    assert (looked.differing, looked.mended) == (1, 2)
    assert found().is_clean
    assert list(Score.objects.exclude(archived_at=None).values_list("forecast", "archived_why")) == [
        (forecast.pk, "recomputed")
    ]


@pytest.mark.parametrize(
    "change", ["p = p + 0.01", "brier = 0.5", "log = 0", "days = 3", "average = 0.9", "best = 0.4"]
)
def test_the_numbers_are_looked_at_without_the_statement_that_wrote_them(log, resolve, change, monkeypatch):
    monkeypatch.setattr(scorekeeping, "differing", lambda *_: [])
    forecast = log()
    resolve(forecast)
    assert found().is_clean
    update(f"UPDATE forecasts_score SET {change}")
    assert found().forecasts == [forecast.pk]


def test_what_is_missing_or_too_much_is_found(log, resolve, now):
    gone, extra = log(), log()
    for each in (gone, extra):
        resolve(each)
    scorekeeping.archive([gone.pk], why="for the test", at=now)
    Forecast.objects.filter(pk=extra.pk).update(retracted_at=now, retracted_by=extra.recorded_by, retracted_why="test")

    assert found().forecasts == [gone.pk, extra.pk]
    found(mend=True, at=now)
    assert list(Score.objects.standing().values_list("forecast", flat=True)) == [gone.pk]


def test_what_hangs_together_is_made_again_from_the_links(many):
    held = set(ClusterTie.objects.values_list("node", "cluster"))
    ClusterTie.objects.all().delete()
    assert found().ties == len(held) > 0
    found(mend=True)
    assert set(ClusterTie.objects.values_list("node", "cluster")) == held
    assert found().is_clean


def test_what_a_forecast_is_about_is_followed(log, resolve, alice, now):
    forecast = log()
    resolve(forecast)
    labelling.set_subjects(forecast, topics=["Bridges"], countries=["FR"], by=alice, at=now)

    assert list(Score.objects.standing().values_list("countries", flat=True)) == [["FR"]]
    assert found().is_clean


def test_the_command_says_what_differs_and_its_exit_code_does(log, resolve, capsys):
    forecast = log()
    resolve(forecast)
    call_command("rescore", "--check")
    assert capsys.readouterr().out == "1 forecasts recomputed, 0 of them differ.\n"
    update("UPDATE forecasts_score SET brier = 0.5")
    with pytest.raises(SystemExit) as stopped:
        call_command("rescore", "--check")
    assert (stopped.value.code, capsys.readouterr().out) == (
        1,
        f"1 forecasts recomputed, 1 of them differ.\nThey differ: {forecast.reference}.\n",
    )
    call_command("rescore")
    call_command("rescore", "--check")
    assert capsys.readouterr().out.endswith("1 forecasts recomputed, 0 of them differ.\n")


def test_the_nightly_look_leaves_what_it_found_where_an_administrator_sees_it(log, resolve):
    forecast = log()
    resolve(forecast)
    assert tasks.check_scores() is True
    update("UPDATE forecasts_score SET brier = 0.5")
    assert tasks.check_scores() is False
    assert Heartbeat.objects.get(name="rescore").detail == {
        "checked": 1,
        "differing": 1,
        "ties": 0,
        "forecasts": [forecast.pk],
    }
