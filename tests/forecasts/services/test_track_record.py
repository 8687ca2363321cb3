"""The sums behind a track record: what is counted, what is left out and why, and that they follow what changes."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from forecasts.filters import ForecastFilter
from forecasts.models import Forecast, Resolution, Score
from forecasts.scoring.sample import Sample, ScoredGroup, UnscoredGroup
from forecasts.services import grading, judging, linking, reopening, track_record
from forecasts.services.entries import Chance
from forecasts.services.narrowing import EVERYTHING, Narrowing
from forecasts.services.record_rows import Lane, Scope, Whose

LIKELY = Chance(yardstick="phia-2025", term="likely")
UNLIKELY = Chance(yardstick="phia-2025", term="unlikely")
TODAY = date(2026, 3, 1)
JUNE = datetime(2025, 6, 1, tzinfo=UTC)
NOBODY = AnonymousUser()


@pytest.fixture
def resolve(bob, now, verdict):
    def make(forecast, **values):
        return grading.grade(forecast, verdict=verdict(**values), by=bob, at=now)[1]

    return make


@pytest.fixture
def sample(bob):
    """`sample(…)` is what Bob sees of everything; keywords change what is asked."""

    def ask(*, viewer=bob, on=TODAY, by="", narrowing=EVERYTHING, forecasts=None, **scope):
        rows = Forecast.objects.visible_to(viewer) if forecasts is None else forecasts
        found = track_record.samples(rows, Scope(**scope), viewer=viewer, on=on, by=by, narrowing=narrowing)
        return found if by else found[""]

    return ask


@pytest.fixture
def publish(erin, make_article):
    """Make a forecast public with a line of the desk, as an edition does."""
    from forecasts.services.releasing import release_forecasts

    def make(forecast, *, chance=LIKELY, at=JUNE):
        judging.set_desk_line(forecast, chance=chance, by=erin, at=at, article=make_article())
        release_forecasts([forecast], at=at)
        forecast.refresh_from_db()
        return forecast

    return make


def likely(n, occurred, brier):
    return ScoredGroup("phia-2025", "likely", False, 0.55, 0.75, 0.65, n, occurred, pytest.approx(brier))


def test_what_has_come_true_and_what_has_not_stand_in_one_group(log, resolve, sample):
    resolve(log())
    resolve(log(), outcome="did_not_occur")
    resolve(log(chance=Chance()))
    resolve(log(condition="the river freezes"), outcome="condition_not_met")
    log()
    log(closes_on=date(2027, 1, 1))
    log(triage="assessment", triage_reason="nobody can see it")

    found = sample()

    assert found == Sample(
        judgement="desk",
        scored=(likely(2, 1, 0.1225 + 0.4225),),
        unscored=(UnscoredGroup("condition_not_met", 0.65, 1), UnscoredGroup("occurred", None, 1)),
        n_open=1,
        n_overdue=1,
        n_assessments=1,
        clusters={("phia-2025", "likely"): 2},
        n_clusters=2,
        cluster_sums=found.cluster_sums,
    )
    assert sorted(found.cluster_sums) == [(pytest.approx(0.1225), 1, 1), (pytest.approx(0.4225), 1, 0)]


def test_what_is_settled_early_waits_for_the_end_of_its_window(log, resolve, sample):
    resolve(log(closes_on=date(2026, 3, 1)), known_on=date(2025, 6, 1))

    assert (sample().scored, sample().left_out) == ((), {"window_open": 1})
    assert sample(on=date(2026, 3, 2)).scored == (likely(1, 1, 0.1225),)


def test_the_public_record_has_the_desks_line_and_nothing_else(log, resolve, sample, publish):
    judged = publish(log(), chance=UNLIKELY)
    internal = log()
    for forecast in (judged, internal):
        resolve(forecast)

    public = sample(viewer=NOBODY)
    assert [(group.term, group.n) for group in public.scored] == [("unlikely", 1)]
    assert (public.left_out, public.n_open, public.n_overdue) == ({}, 0, 0)
    assert [(group.term, group.n) for group in sample().scored] == [("likely", 1), ("unlikely", 1)]
    assert sample(viewer=NOBODY, whose=Whose.FINAL).scored == ()


def test_what_was_made_public_too_late_is_counted_as_that(log, resolve, sample, publish, now):
    forecast = log()
    resolve(forecast)
    publish(forecast, at=now)

    assert (sample(viewer=NOBODY).scored, sample(viewer=NOBODY).left_out) == ((), {"too_late": 1})
    assert sample().scored == (likely(1, 1, 0.1225),)


@pytest.mark.parametrize("lane", Lane.values)
def test_each_lane_is_left_out_unless_it_is_included(log, resolve, sample, lane):
    resolve(log())
    Score.objects.standing().update(archived_at=JUNE, archived_why="for the test")
    copy = Score.objects.get()
    copy.pk, copy.archived_at, copy.archived_why = None, None, None
    setattr(copy, lane, True)
    copy.save()

    assert (sample().scored, sample().left_out) == ((), {lane: 1})
    assert (sample(include=frozenset({Lane(lane)})).scored, sample(include=frozenset({Lane(lane)})).left_out) == (
        (likely(1, 1, 0.1225),),
        {},
    )


def test_first_final_and_averaged_judgements_are_views_of_the_authors_own(log, resolve, sample, alice):
    forecast = log()
    judging.judge(forecast, chance=UNLIKELY, by=alice, at=JUNE)
    resolve(forecast)

    def said(whose):
        return [(group.term, round(group.brier, 6)) for group in sample(whose=whose).scored]

    # Thirty days likely, sixty-three unlikely.
    assert said(Whose.FIRST) == [("likely", 0.1225)]
    assert said(Whose.FINAL) == said(Whose.DESK) == [("unlikely", 0.49)]
    assert said(Whose.AVERAGE) == [("unlikely", round((30 * 0.1225 + 63 * 0.49) / 93, 6))]


def test_a_line_that_was_withdrawn_is_left_out(log, resolve, sample, alice):
    forecast = log()
    judging.withdraw(forecast, by=alice, at=JUNE, why="no longer")
    resolve(forecast)

    assert (sample().scored, sample().left_out) == ((), {"withdrawn": 1})
    assert sample(whose=Whose.FIRST).scored == (likely(1, 1, 0.1225),)


@pytest.fixture
def record(bob):
    """`record()` is what is said to Bob of everything."""

    def ask():
        rows = Forecast.objects.visible_to(bob)
        return track_record.records(rows, Scope(), viewer=bob, on=TODAY, narrowing=EVERYTHING)[""]

    return ask


def test_a_record_follows_grades_and_reopening_at_once_even_where_it_is_remembered(
    log, resolve, record, erin, now, monkeypatch
):
    monkeypatch.setattr(track_record, "AT_ONCE", 0)
    one, other = log(), log()
    resolve(one)
    assert (record().n_scored, record().brier) == (1, pytest.approx(0.1225))
    resolve(other, outcome="did_not_occur")
    assert (record().n_scored, record().brier) == (2, pytest.approx(0.2725))
    reopening.reopen(one, by=erin, why="another bridge", at=now)
    assert (record().n_scored, record().brier) == (1, pytest.approx(0.4225))


def test_what_is_remembered_costs_one_statement(log, resolve, record, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(track_record, "AT_ONCE", 0)
    resolve(log())
    first = record()
    with django_assert_num_queries(1):
        assert record() == first


def test_of_what_is_remembered_and_not_large_what_waits_is_counted_anew(
    log, resolve, record, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(track_record, "WORTH", 0)
    resolve(log())
    assert record().n_overdue == 0
    log()
    with django_assert_num_queries(2):
        assert record().n_overdue == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_small_sample_costs_four_statements(log, resolve, sample, number, django_assert_num_queries):
    for day in range(number):
        resolve(log(made_on=date(2025, 5, 2 - day % 2)))
    with django_assert_num_queries(4):
        sample()


def test_without_redis_it_is_counted_each_time(log, resolve, record, monkeypatch):
    from django.core.cache.backends.redis import RedisCache

    from forecasts.services import remembering

    resolve(log())
    monkeypatch.setattr(remembering, "cache", RedisCache("redis://127.0.0.1:1/0", {}))
    monkeypatch.setattr(track_record, "AT_ONCE", 0)

    assert record().n_scored == 1


def test_forecasts_that_are_linked_are_one_cluster_until_the_link_ends(log, resolve, sample, alice, now):
    one, other, third = log(), log(), log()
    first = linking.link(other, earlier=one, relation="continues", by=alice, at=now)
    for forecast in (one, other, third):
        resolve(forecast)
    assert sample().n_clusters == 2
    second = linking.link(third, earlier=other, relation="repeats", by=alice, at=now)
    assert sample().n_clusters == 1
    linking.end_link(first, by=alice, why="not the same", at=now)
    assert sample().n_clusters == 2
    linking.end_link(second, by=alice, why="nor this", at=now)
    assert sample().n_clusters == 3


def test_forecasts_that_are_only_related_stay_apart(log, resolve, sample, alice, now):
    one, other = log(), log()
    linking.link(other, earlier=one, relation="related", by=alice, at=now)
    for forecast in (one, other):
        resolve(forecast)
    assert sample().n_clusters == 2


def test_where_there_are_too_many_their_clusters_are_counted_at_least(log, resolve, sample, monkeypatch):
    monkeypatch.setattr(track_record, "AT_ONCE", 2)
    for _ in range(3):
        resolve(log())
    found = sample()

    assert (found.n_clusters, found.clusters, found.clusters_are_at_least, found.cluster_sums) == (
        3,
        {("phia-2025", "likely"): 3},
        True,
        None,
    )


def test_parts_have_their_own_samples(log, resolve, sample):
    resolve(log(topics=["Bridges", "Rivers"], countries=["GB"]))
    resolve(log(topics=["Rivers"], countries=["GB", "FR"], made_on=date(2024, 5, 2)), outcome="did_not_occur")
    log(topics=["Roads"])

    def parts(by):
        return {key: (sum(group.n for group in made.scored), made.n_overdue) for key, made in sample(by=by).items()}

    assert sorted(parts("topic").values()) == [(0, 1), (1, 0), (2, 0)]
    assert parts("country") == {"GB": (2, 0), "FR": (1, 0)}
    assert parts("year") == {2025: (1, 1), 2024: (1, 0)}
    assert parts("term") == {("phia-2025", "likely"): (2, None)}
    assert parts("yardstick") == {"phia-2025": (2, None)}
    assert sorted(parts("author").values()) == [(2, 1)]
    assert {made.previous_base_rate for made in sample(by="year").values()} == {0.0, None}


def test_the_base_rate_of_the_time_before_is_that_of_a_time_as_long(log, resolve, sample):
    resolve(log(made_on=date(2025, 3, 1)))
    resolve(log(made_on=date(2024, 1, 1)), outcome="did_not_occur")
    resolve(log())
    since = Narrowing((("made_on__gte", date(2025, 5, 1)), ("made_on__lte", date(2025, 7, 31))))

    assert sample(narrowing=since).previous_base_rate == 1.0


def test_the_time_before_is_counted_in_the_same_statement_and_for_its_base_rate_alone(
    log, resolve, sample, django_assert_num_queries
):
    for outcome in ("occurred", "did_not_occur", "did_not_occur", "ungradable"):
        resolve(log(made_on=date(2025, 3, 1)), outcome=outcome)
    resolve(log(made_on=date(2025, 3, 1), chance=Chance()))
    resolve(log())
    since = Narrowing((("made_on__gte", date(2025, 5, 1)), ("made_on__lte", date(2025, 7, 31))))

    with django_assert_num_queries(4):
        found = sample(narrowing=since, forecasts=Forecast.objects.filter(made_on__gte=date(2025, 5, 1)))
    assert found.previous_base_rate == 1 / 3
    assert (found.scored, found.unscored, found.left_out) == ((likely(1, 1, 0.1225),), (), {})


@pytest.mark.parametrize("since", [date(1, 1, 1), date(9168, 8, 1), date(2026, 3, 2)])
def test_before_the_calendar_and_after_today_there_is_no_base_rate(log, resolve, sample, since):
    resolve(log())
    assert sample(narrowing=Narrowing((("made_on__gte", since),))).previous_base_rate is None


@pytest.mark.parametrize("by", ["", "topic", "year", "author"])
def test_what_waits_is_the_same_counted_among_the_few(log, resolve, sample, now, monkeypatch, by):
    from forecasts.services.due import flag_due, note_sweep

    early = datetime(2026, 1, 1, tzinfo=UTC)
    log(topics=["Bridges"], at=JUNE)
    flag_due(at=early)
    log(closes_on=date(2026, 2, 1))
    flag_due(at=now)  # by a sweep that was not noted: over since, and has its Due
    note_sweep(at=early, flagged=1)
    Forecast.objects.update(recorded_at=JUNE)
    log(topics=["Bridges"])  # recorded since, long over
    late = log(closes_on=date(2026, 2, 1))  # over since
    log(closes_on=date(2027, 2, 1))
    Forecast.objects.filter(pk=late.pk).update(recorded_at=JUNE)
    log(triage="assessment", triage_reason="nobody can see it")
    resolve(log(topics=["Bridges"]))
    plain = sample(by=by)
    monkeypatch.setattr(track_record, "AT_ONCE", -1)
    quick = sample(by=by)

    def counts(found):
        parts = found.items() if by else [("", found)]
        return {key: (each.n_open, each.n_overdue, each.n_assessments) for key, each in parts}

    assert counts(quick) == counts(plain)
    assert by or counts(plain) == {"": (1, 4, 1)}


@pytest.mark.parametrize("by", ["", "topic"])
def test_among_the_few_what_waits_is_counted_in_one_statement(log, sample, now, monkeypatch, by):
    from forecasts.services.due import flag_due, note_sweep

    log(topics=["Bridges"])
    note_sweep(at=now, flagged=flag_due(at=now))
    monkeypatch.setattr(track_record, "AT_ONCE", -1)

    with CaptureQueriesContext(connection) as made:
        sample(by=by)
    assert len([each for each in made if 'COUNT("forecasts_forecast"' in each["sql"]]) == 1


# --- Against the same done plainly ----------------------------------------------------------------------------------

TERMS = ("likely", "unlikely", "remote_chance", "")


@pytest.fixture
def many(log, publish, verdict, dora, now, alice):
    """Sixty forecasts at random: of three days, topics, terms, outcomes, some with a line of the desk."""
    chance = random.Random(7)
    outcomes = ["occurred", "did_not_occur", "did_not_occur", "ungradable"]
    made = []
    for number in range(60):
        term = chance.choice(TERMS)
        said = Chance(yardstick="phia-2025", term=term) if term else Chance(probability=chance.choice([0.0, 0.2, 1.0]))
        forecast = log(
            chance=said,
            made_on=date(chance.choice([2023, 2024, 2025]), 5, 2),
            topics=chance.sample(["Bridges", "Rivers", "Roads"], chance.randint(0, 2)),
            countries=chance.sample(["GB", "FR"], chance.randint(0, 2)),
            horizon=chance.choice(["short", "medium"]),
        )
        if chance.random() < 0.4:
            judging.judge(forecast, chance=Chance(probability=chance.random()), by=alice, at=JUNE)
        if chance.random() < 0.5:
            publish(forecast, chance=Chance(yardstick="phia-2025", term="unlikely"))
        if number % 5:
            outcome = chance.choice(outcomes)
            month = chance.randint(6, 8) if outcome == "occurred" else 8
            given = verdict(outcome=outcome, known_on=date(2025, month, 3))
            grading.grade(forecast, verdict=given, by=dora, at=now)
        made.append(forecast)
    return made


FILTERS = [
    {},
    {"topic": "bridges"},
    {"country": "gb"},
    {"horizon": "short"},
    {"outcome": "occurred"},
    {"author": "alice"},
    {"made_after": "2024-01-01", "made_before": "2024-12-31"},
    {"topic": "rivers", "made_after": "2025-01-01", "status": "resolved"},
    {"q": "bridge"},
    {"term": "unlikely"},
]


@pytest.mark.parametrize("whose", Whose)
def test_the_fast_way_the_slow_way_and_plain_python_agree(many, sample, bob, whose):
    for viewer in (bob, NOBODY):
        for given in FILTERS:
            request = RequestFactory().get("/")
            request.user = viewer
            filterset = ForecastFilter(given, Forecast.objects.visible_to(viewer), request=request)
            assert filterset.form.is_valid() or viewer is NOBODY
            if not filterset.form.is_valid():
                continue
            asked = {"viewer": viewer, "whose": whose, "forecasts": filterset.qs}
            quick = sample(**asked, narrowing=filterset.narrowing)
            assert (filterset.narrowing is None) is bool(given.keys() & {"q", "term"})
            assert quick.scored == sample(**asked, narrowing=None).scored
            assert (quick.unscored, quick.left_out) == (
                sample(**asked, narrowing=None).unscored,
                sample(**asked, narrowing=None).left_out,
            )
            assert _plain(filterset.qs, viewer, whose) == (
                Counter(
                    {
                        (g.yardstick, g.term, g.negated, g.low, g.high, g.p): (g.n, g.occurred, round(g.brier, 9))
                        for g in quick.scored
                    }
                ),
                quick.n_open + quick.n_overdue,
            )


def _plain(forecasts, viewer, whose):
    """The scored groups and how many are not resolved, by the pure package alone."""
    from forecasts.scoring.points import brier, point_value
    from forecasts.scoring.standing import Held, Span, standing_scores

    groups, unresolved = {}, 0
    for forecast in forecasts:
        held = Resolution.objects.standing().filter(forecast=forecast).first()
        if held is None:
            unresolved += 1
            continue
        public = viewer is NOBODY
        if held.outcome not in ("occurred", "did_not_occur") or forecast.ends_on >= TODAY:
            continue
        own = forecast.judgements.held().filter(line="personal", forecaster=forecast.author).order_by("made_at")
        desk = forecast.judgements.held().filter(line="desk").order_by("made_at")
        span = Span(held.known_on, forecast.ends_on)
        lines = [desk, own] if whose == Whose.DESK else [own]
        counted = [[j for j in line if j.made_at.date() <= span.last_day_to_judge] for line in lines]
        rows = next((line for line in counted if line), [])
        if not rows or (public and (whose != Whose.DESK or rows[0].line != "desk")):
            continue
        if public and forecast.released_at.date() > held.known_on:
            continue
        occurred = held.outcome == "occurred"
        said = [
            Held(j.made_at.date(), point_value(j.low, j.high, j.probability), j.ended_at.date() if j.ended_at else None)
            for j in rows
        ]
        scores = standing_scores(said, span, occurred=occurred)
        last = [j for j in rows if j.made_at.date() <= span.last_full_day] or rows[:1]
        judgement = rows[0] if whose == Whose.FIRST else last[-1]
        value = {Whose.FIRST: scores.first, Whose.AVERAGE: scores.average}.get(whose, scores.final)
        if value is None:
            continue
        point = point_value(judgement.low, judgement.high, judgement.probability)
        if whose != Whose.AVERAGE:
            assert value == brier(point, occurred)
        words = (judgement.yardstick, judgement.term, judgement.negated, judgement.low, judgement.high, point)
        n, yes, total = groups.get(words, (0, 0, 0.0))
        groups[words] = (n + 1, yes + occurred, total + value)
    return Counter({words: (n, yes, round(total, 9)) for words, (n, yes, total) in groups.items()}), unresolved
