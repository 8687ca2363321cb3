"""Whatever happens to a resolved forecast, its scores follow, and what they were before is archived."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.db import connection

from forecasts.models import Forecast, Score
from forecasts.services import correcting, grading, judging, linking, recording, releasing, scorekeeping
from forecasts.services.entries import Chance, Criteria

JUNE = datetime(2025, 6, 1, tzinfo=UTC)
LIKELY = Chance(yardstick="phia-2025", term="likely")


@pytest.fixture(autouse=True)
def all_is_right(db):
    """After each of these, nothing differs from what it has to be."""
    yield
    assert scorekeeping.differing(0, 2**31) == []


def standing(*names):
    return list(Score.objects.standing().order_by("forecast_id", "line", "pk").values_list(*names))


def test_a_widened_window_keeps_the_resolution_and_its_scores_follow(log, grade, alice, bob, now):
    forecast = log()
    grade(forecast, known_on=date(2025, 6, 3))
    [proposed] = correcting.propose(forecast, changes={"closes_on": date(2025, 12, 1)}, by=alice, why="misread", at=now)
    correcting.confirm(proposed, by=bob, at=now)

    assert standing("ends_on", "outcome") == [(date(2025, 12, 1), "occurred")]
    assert Score.objects.filter(archived_at=now).count() == 1


def test_a_narrowed_window_reopens_the_forecast_and_archives_its_scores(log, grade, alice, bob, now):
    forecast = log()
    grade(forecast)
    [proposed] = correcting.propose(forecast, changes={"closes_on": date(2025, 7, 1)}, by=alice, why="misread", at=now)
    correcting.confirm(proposed, by=bob, at=now)

    assert standing("pk") == []


def test_a_judgement_that_was_misread_is_scored_as_it_should_have_been(accept, finds, grade, alice, bob, dora, now):
    forecast = accept(finds[1])
    judgement = forecast.judgements.get()
    Forecast.objects.filter(pk=forecast.pk).update(observable="A text", opens_on=date(2025, 5, 2))
    forecast.refresh_from_db()
    grade(forecast, by=dora, known_on=max(date(2025, 8, 3), forecast.ends_on or date(2025, 8, 3)))
    misread = correcting.Misread(judgement=judgement, chance=Chance(yardstick="phia-2025", term="remote_chance"))
    [proposed] = correcting.propose(forecast, changes={}, by=alice, why="misread", at=now, misread=misread)
    correcting.confirm(proposed, by=bob, at=now)

    assert standing("term", "p") == [("remote_chance", 0.025)]


def test_an_edition_that_carries_what_is_resolved_makes_its_line_the_headline(log, grade, erin, make_article, now):
    forecast = log()
    grade(forecast)
    line = Chance(yardstick="phia-2025", term="unlikely")
    judging.set_desk_line(forecast, chance=line, by=erin, at=now, made_on=date(2025, 5, 2), article=make_article())
    releasing.release_forecasts([forecast], at=now)

    assert standing("line", "headline", "public", "too_late") == [
        ("desk", True, True, True),
        ("personal", False, True, True),
    ]


def test_criteria_that_come_after_an_imported_outcome_make_it_retroactive(log, bob, now):
    from forecasts.models import Resolution

    forecast = log()
    Resolution.objects.create(
        forecast=forecast,
        outcome="occurred",
        known_on=date(2025, 8, 3),
        how="imported",
        independence="imported",
        resolved_by=bob,
        resolved_at=now,
    )
    scorekeeping.score_resolved([forecast.pk], at=now)
    recording.set_criteria(forecast, criteria=Criteria(observable="A text"), by=bob, at=now)

    assert standing("imported", "retroactive") == [(True, True)]


@pytest.mark.parametrize("relation", ["continues", "repeats", "supersedes"])
def test_a_link_lets_the_scores_of_both_hang_together(log, grade, alice, now, relation):
    one, other = log(), log()
    grade(one)
    linking.link(other, earlier=one, relation=relation, by=alice, at=now)
    grade(other)

    assert {cluster for (cluster,) in standing("cluster")} == {one.pk * 2 + 1}


def test_forecasts_of_one_article_hang_together_and_a_link_brings_all_of_them_along(
    log, grade, alice, now, make_article
):
    article = make_article()
    mates = [log(place=recording.Place(article=article)) for _ in range(2)]
    alone = log()
    for forecast in (*mates, alone):
        grade(forecast)
    assert standing("cluster") == [(article.pk * 2,), (article.pk * 2,), (alone.pk * 2 + 1,)]
    noted = linking.link(alone, earlier=mates[0], relation="continues", by=alice, at=now)
    assert len({cluster for (cluster,) in standing("cluster")}) == 1
    linking.end_link(noted, by=alice, why="not the same", at=now)
    assert standing("cluster") == [(article.pk * 2,), (article.pk * 2,), (alone.pk * 2 + 1,)]


def test_a_chain_that_is_cut_in_the_middle_falls_into_two(log, grade, alice, now):
    chain = [log() for _ in range(5)]
    links = [
        linking.link(later, earlier=earlier, relation="continues", by=alice, at=now)
        for earlier, later in pairwise(chain)
    ]
    for forecast in chain:
        grade(forecast)
    linking.end_link(links[2], by=alice, why="another matter", at=now)

    nodes = [forecast.pk * 2 + 1 for forecast in chain]
    assert [cluster for (cluster,) in standing("cluster")] == [nodes[0]] * 3 + [nodes[3]] * 2


# --- At once --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_grade_and_a_link_at_once_leave_scores_that_hang_together(log, bob, alice, now, verdict, alongside):
    from django.db import transaction

    one, other = log(), log()
    with transaction.atomic():
        grading.grade(one, verdict=verdict(), by=bob, at=now)
        linked = alongside(lambda: linking.link(other, earlier=one, relation="continues", by=alice, at=now))
        linked.wait_until_blocked()
    linked.outcome()
    grading.grade(other, verdict=verdict(), by=bob, at=now)

    assert {cluster for (cluster,) in standing("cluster")} == {one.pk * 2 + 1}


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_scores_only_grow(log, grade):
    from django.db import ProgrammingError, transaction

    grade(log())
    for change in ("UPDATE forecasts_score SET brier = 0", "DELETE FROM forecasts_score", "TRUNCATE forecasts_score"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            execute(f"SET CONSTRAINTS ALL IMMEDIATE; {change}")
    assert len(standing("pk")) == 1
