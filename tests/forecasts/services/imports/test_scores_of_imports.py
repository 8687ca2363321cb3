"""What an import brings in is scored with it, and undoing it takes the scores back."""

from __future__ import annotations

import pytest

from forecasts.models import Forecast, Judgement, Score
from forecasts.services import grading, scorekeeping
from forecasts.services.imports import undoing
from forecasts.services.imports.working import work_at_once


@pytest.fixture(autouse=True)
def all_is_right(db):
    yield
    assert scorekeeping.differing(0, 2**31) == []


def standing(*names):
    return list(Score.objects.standing().order_by("forecast_id", "line", "pk").values_list(*names))


def undo(batch, *, by, at):
    undoing.ask_undo(batch, by=by, why="the wrong file", at=at)
    work_at_once(batch.pk, clock=lambda: at)


def test_every_outcome_of_a_file_is_scored_and_undone_with_it(bring, row, erin, now):
    batch = bring(row(external_id="a", outcome="occurred"), row(external_id="b", outcome="did_not_occur"), row())
    assert sorted(standing("outcome", "imported", "line", "headline")) == [
        ("did_not_occur", True, "personal", True),
        ("occurred", True, "personal", True),
    ]
    undo(batch, by=erin, at=now)
    assert standing("pk") == []
    assert Score.objects.count() == 2


def test_a_judgement_that_is_brought_in_later_is_scored_too(bring, row):
    first = row(external_id="a", outcome="occurred", author="One")
    bring(first)
    bring(row(external_id="a", author="Two", outcome=""))

    assert len(standing("pk")) == 2


def test_a_judgement_of_a_file_that_was_undone_never_stood(bring, row, erin, bob, now, verdict):
    bring(row(external_id="a", author="One"))
    second = bring(row(external_id="a", author="Two"))
    undo(second, by=erin, at=now)
    forecast = Forecast.objects.get()
    assert [each.was_misread for each in Judgement.objects.filter(forecaster__name="Two")] == [True]
    Forecast.objects.filter(pk=forecast.pk).update(observable="A text")
    grading.grade(forecast, verdict=verdict(known_on=forecast.due_on), by=bob, at=now)

    assert standing("forecaster__name") == [("One",)]
