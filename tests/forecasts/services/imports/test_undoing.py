"""Undoing an import whole, and what stands in the way of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from forecasts.choices import ImportState
from forecasts.errors import ImportConflict, UndoRefused
from forecasts.models import Due, Evidence, EvidenceFetch, Forecast, ImportBatch, Judgement, Resolution
from forecasts.services import grading, judging, linking
from forecasts.services.due import flag_due
from forecasts.services.entries import Chance
from forecasts.services.imports import deciding, undoing
from forecasts.services.imports.working import work_at_once

pytestmark = pytest.mark.django_db


def undo(batch: ImportBatch, by, at) -> ImportBatch:
    undoing.ask_undo(batch, by=by, why="the wrong file", at=at)
    work_at_once(batch.pk, clock=lambda: at)
    batch.refresh_from_db()
    return batch


def refused(batch: ImportBatch, by, at) -> list[str]:
    with pytest.raises(UndoRefused) as caught:
        undo(batch, by, at)
    return [f"{line}: {reason}" for line, _forecast, reason in caught.value.obstacles]


def test_everything_is_closed_and_nothing_is_deleted(bring, row, erin, now):
    batch = bring(row(), row(made_on="2025-06-01"), row(external_id="X2", outcome="occurred"))
    flag_due(at=now)
    undo(batch, erin, now)
    assert (batch.state, batch.undone_by, batch.undone_why) == (ImportState.UNDONE, erin, "the wrong file")
    assert Forecast.objects.kept().count() == 0
    assert set(Forecast.objects.values_list("retracted_at", "retracted_by", "retracted_why")) == {
        (now, erin.pk, "its import was undone")
    }
    assert Judgement.objects.standing().count() == 0
    assert Judgement.objects.count() == 3
    assert set(Resolution.objects.values_list("superseded_by", "superseded_why")) == {
        (erin.pk, "its import was undone")
    }
    assert [due.cleared_why for due in Due.objects.all()] == ["retracted"]
    assert set(batch.rows.values_list("state", flat=True)) == {"undone"}
    assert flag_due(at=now) == 0


def test_an_address_that_an_undone_file_named_is_not_fetched_and_is_no_evidence_any_more(bring, row, erin, now):
    kept = bring(row(external_id="X1", outcome="occurred", evidence_url="https://example.org/kept"))
    gone = bring(row(external_id="X2", outcome="occurred", evidence_url="https://example.org/gone"))
    assert Evidence.objects.not_undone().count() == 2
    undo(gone, erin, now)
    assert [each.url for each in Evidence.objects.not_undone()] == ["https://example.org/kept"]
    assert [each.evidence.url for each in EvidenceFetch.objects.waiting(at=now)] == ["https://example.org/kept"]
    assert Evidence.objects.get(resolution__in=kept.rows.values("resolution")).url == "https://example.org/kept"


def test_afterwards_the_file_can_come_in_again(bring, row, erin, now):
    undo(bring(row()), erin, now)
    again = bring(row())
    assert (again.forecasts, again.known) == (1, 0)
    assert Forecast.objects.kept().count() == 1


def test_what_a_second_file_added_to_a_forecast_is_undone_alone(bring, row, erin, now):
    first = bring(row())
    second = bring(row(made_on="2025-06-01", author="Ben"), row(outcome="occurred"))
    undo(second, erin, now)
    assert Forecast.objects.kept().count() == 1
    assert [each.forecaster.name for each in Judgement.objects.standing()] == ["Ada Writer"]
    assert Resolution.objects.standing().count() == 0
    assert refused(first, erin, now) == [
        f"1: {Forecast.objects.get().reference} has been graded. An editor can declare it void."
    ]


def spells(forecast):
    """Who held what from when to when, without those that never stood."""
    rows = Judgement.objects.held().filter(forecast=forecast).order_by("made_at", "pk")
    return [(each.probability, each.made_at.date().isoformat(), each.ended_at and each.ended_at.date().isoformat())
            for each in rows]  # fmt: skip


def test_what_an_import_had_ended_stands_again(bring, row, erin, now):
    first = bring(row())
    second = bring(row(made_on="2025-06-01", probability="90%"))
    forecast = Forecast.objects.get()
    assert spells(forecast) == [(0.6, "2025-05-02", "2025-06-01"), (0.9, "2025-06-01", None)]
    undo(second, erin, now)
    assert spells(forecast) == [(0.6, "2025-05-02", "2025-06-01"), (0.6, "2025-06-01", None)]
    (again,) = Judgement.objects.standing()
    assert (again.recorded_by, again.imported) == (erin, True)
    # The first file is still known; what was judged beside it keeps it from being undone.
    assert bring(row()).known == 1
    reason = f"1: {forecast.reference} has been judged again since. An editor can declare it void."
    assert refused(first, erin, now) == [reason]


def test_what_several_judgements_of_a_file_had_ended_stands_again_from_the_last(bring, row, erin, now):
    bring(row())
    second = bring(row(made_on="2025-06-01", probability="90%"), row(made_on="2025-07-01", probability="10%"))
    undo(second, erin, now)
    assert spells(Forecast.objects.get()) == [
        (0.6, "2025-05-02", "2025-06-01"),
        (0.9, "2025-06-01", "2025-07-01"),  # it was ended by the other, and an end is set once
        (0.6, "2025-07-01", None),
    ]


def test_what_somebody_had_withdrawn_before_does_not_stand_again(bring, row, erin, now):
    bring(row())
    Judgement.objects.update(ended_at="2025-05-20T00:00Z", ended_by=erin, ended_why="withdrawn")
    undo(bring(row(made_on="2025-06-01", probability="90%")), erin, now)
    assert spells(Forecast.objects.get()) == [(0.6, "2025-05-02", "2025-05-20")]


def grade_it(forecast, bob, verdict, now):
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)


def judge_it(forecast, bob, verdict, now):
    at = judging.start_of_day(forecast.closes_on, forecast.time_zone)
    judging.judge(forecast, chance=Chance(probability=0.2), by=bob, at=at)


def publish_it(forecast, bob, verdict, now):
    Forecast.objects.filter(pk=forecast.pk).update(released_at=now)


def continue_it(forecast, bob, verdict, now):
    later = Forecast.objects.exclude(pk=forecast.pk).get()
    linking.link(later, earlier=forecast, relation="continues", by=bob, at=now)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (grade_it, "has been graded. An editor can declare it void."),
        (judge_it, "has been judged again since. An editor can declare it void."),
        (publish_it, "was published, so it stays on the record and stays due."),
    ],
)
def test_nothing_is_undone_where_something_rests_on_a_row(bring, row, erin, bob, verdict, now, stored, happens, reason):
    batch = bring(row(), row(external_id="X2"))
    forecast = Forecast.objects.get(import_rows__key="X2")
    happens(forecast, bob, verdict, now)
    before = stored()
    assert refused(batch, erin, now) == [f"2: {forecast.reference} {reason}"]
    assert stored() == before
    assert Forecast.objects.kept().count() == 2
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE


def test_a_forecast_that_another_continues_stays(bring, row, erin, bob, verdict, now):
    batch = bring(row())
    bring(row(external_id="X2"))
    forecast = Forecast.objects.get(import_rows__key="X1")
    continue_it(forecast, bob, verdict, now)
    assert refused(batch, erin, now) == [f"1: Other finds or forecasts lead to {forecast.reference}. Undo those first."]


def test_what_comes_to_rest_on_a_row_meanwhile_keeps_it(bring, row, erin, bob, verdict, now, problems):
    batch = bring(row(), row(external_id="X2"))
    undoing.ask_undo(batch, by=erin, why="", at=now)
    forecast = Forecast.objects.get(import_rows__key="X2")
    grade_it(forecast, bob, verdict, now)
    work_at_once(batch.pk, clock=lambda: now)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_why) == (ImportState.UNDONE, "undone")
    assert list(Forecast.objects.kept()) == [forecast]
    reason = f"It stays: {forecast.reference} has been graded. An editor can declare it void."
    assert problems(batch) == [(2, "", reason)]


def test_a_half_done_import_is_undone_with_what_it_has_not_reached(bring, row, erin, now, monkeypatch):
    from forecasts.services.imports import taking_over, working

    monkeypatch.setattr(taking_over, "SLICE", 1)
    batch = bring(row(), row(external_id="X2"), goes_on=False)
    deciding.start(batch, by=erin, at=now)
    working._slice(batch.pk, attempt=0, at=now)
    assert Forecast.objects.count() == 1
    undo(batch, erin, now)
    assert Forecast.objects.kept().count() == 0
    assert list(batch.rows.values_list("state", flat=True)) == ["undone"]


def test_only_what_was_imported_can_be_undone_and_only_once(bring, row, erin, now):
    batch = bring(row(), goes_on=False)
    with pytest.raises(ImportConflict):
        undoing.ask_undo(batch, by=erin, why="", at=now)
    deciding.start(batch, by=erin, at=now)
    work_at_once(batch.pk, clock=lambda: now)
    undo(batch, erin, now)
    with pytest.raises(ImportConflict):
        undoing.ask_undo(batch, by=erin, why="", at=now)


def test_a_file_that_was_only_looked_at_is_dropped(bring, row, erin, now):
    batch = bring(row(), row(external_id="X2", term="perhaps"), goes_on=False)
    deciding.drop(batch, at=now)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), batch.problems.count()) == (ImportState.DROPPED, 0, 0)
    with pytest.raises(ImportConflict):
        deciding.start(batch, by=erin, at=now)
    with pytest.raises(ImportConflict):
        deciding.drop(batch, at=now)


def test_what_waits_is_handed_out_by_age(bring, row, now):
    bring(row())
    waiting = bring(row(external_id="X2"), goes_on=False)
    assert deciding.unworked(at=timezone.now(), limit=5) == []
    deciding.start(waiting, by=waiting.asked_by, at=now)
    assert deciding.unworked(at=timezone.now(), limit=5) == [waiting.pk]
