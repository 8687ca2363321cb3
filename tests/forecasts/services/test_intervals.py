"""Intervals of what is too large to be resampled at once: asked for, made by a task, and used until scores change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from forecasts import tasks
from forecasts.models import Forecast, StoredInterval
from forecasts.services import intervals, track_record
from forecasts.services.narrowing import EVERYTHING, Narrowing
from forecasts.services.record_rows import Scope
from forecasts.services.track_record import Asked, records, records_of

TODAY = date(2026, 3, 1)
MADE = Narrowing((("made_on__gte", date(2025, 1, 1)),))


@pytest.fixture
def asked(bob):
    def make(viewer=bob, narrowing=EVERYTHING):
        rows = Forecast.objects.visible_to(viewer)
        return Asked(forecasts=rows, scope=Scope(), viewer=viewer, on=TODAY, narrowing=narrowing)

    return make


def record(asked):
    given = {"viewer": asked.viewer, "on": asked.on, "narrowing": asked.narrowing}
    return records(asked.forecasts, asked.scope, **given)[""]


@pytest.fixture
def six(log, grade):
    for number in range(6):
        grade(log(topics=["Bridges"]), outcome="occurred" if number % 2 else "did_not_occur")


@pytest.mark.parametrize("narrowing", [EVERYTHING, MADE])
def test_a_task_makes_what_would_take_too_long_and_it_is_the_same(six, asked, now, monkeypatch, narrowing):
    at_once = record(asked(narrowing=narrowing))
    monkeypatch.setattr(track_record, "AT_ONCE", 5)
    before = record(asked(narrowing=narrowing))
    assert (before.interval, before.is_resampled, before.n_clusters) == (None, False, 6)

    key = intervals.ask([before], asked(narrowing=narrowing), at=now)
    assert intervals.ask([before], asked(narrowing=narrowing), at=now) == key
    assert intervals.unmade(at=now, limit=10) == [key]
    assert tasks.resample(key) is True
    assert tasks.resample(key) is False

    after = record(asked(narrowing=narrowing))
    assert (after.interval, after.is_resampled, after.n_clusters) == (at_once.interval, True, 6)
    assert intervals.ask([after], asked(narrowing=narrowing), at=now) == ""
    assert intervals.unmade(at=now, limit=10) == []


@pytest.mark.parametrize("by", ["author", "term", "topic", "year"])
def test_each_part_has_an_interval_of_its_own(six, asked, now, monkeypatch, by):
    parted = replace(asked(), by=by)
    at_once = records_of(parted)
    monkeypatch.setattr(track_record, "AT_ONCE", 5)
    before = records_of(replace(parted))
    assert [each.is_resampled for each in before.values()] == [False]

    tasks.want_intervals(before.values(), replace(parted))
    [key] = intervals.unmade(at=now, limit=10)
    assert tasks.resample(key) is True

    after = records_of(replace(parted))
    assert after == at_once
    tasks.want_intervals(after.values(), replace(parted))
    assert StoredInterval.objects.count() == 1


def test_a_part_of_too_few_clusters_is_not_waited_for(log, grade, asked, now, monkeypatch):
    for day in range(1, 7):
        grade(log(made_on=date(2025 - day % 2, 4, day)))
    monkeypatch.setattr(track_record, "AT_ONCE", 5)
    parted = replace(asked(), by="year")
    key = intervals.ask(records_of(parted).values(), parted, at=now)
    intervals.make(key, at=now)
    found = {year: (each.interval, each.is_resampled) for year, each in records_of(replace(parted)).items()}
    assert found == {2024: (None, True), 2025: (None, True)}


def test_once_scores_have_changed_it_is_asked_for_anew(six, asked, now, monkeypatch, log, grade):
    monkeypatch.setattr(track_record, "AT_ONCE", 5)
    first = intervals.ask([record(asked())], asked(), at=now)
    intervals.make(first, at=now)
    grade(log())

    assert record(asked()).is_resampled is False
    assert intervals.ask([record(asked())], asked(), at=now) not in ("", first)


def test_the_public_record_goes_by_another_name_than_the_desks(six, asked, bob):
    keys = {asked().key, asked(viewer=AnonymousUser()).key, asked(narrowing=MADE).key}
    assert len(keys) == 3
    assert asked(viewer=bob).key in keys


def test_what_was_asked_for_long_ago_goes(six, asked, now, monkeypatch):
    monkeypatch.setattr(track_record, "AT_ONCE", 5)
    intervals.ask([record(asked())], asked(), at=now)
    assert intervals.unmade(at=now + timedelta(days=8), limit=10) == []
    assert not StoredInterval.objects.exists()


def test_of_many_who_want_it_one_asks(six, asked, now, monkeypatch):
    monkeypatch.setattr(track_record, "AT_ONCE", 5)
    hurried = []
    monkeypatch.setattr(tasks, "hurry", lambda task, key: hurried.append((task, key)))
    for _ in range(2):
        tasks.want_intervals([record(asked())], asked())

    assert hurried == [(tasks.resample, asked().key)]
    assert intervals.unmade(at=now, limit=10) == [asked().key]
