"""Where two graders differ, an editor who had no hand in it decides."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from forecasts.choices import Outcome
from forecasts.errors import GradeRefused, NotDisputed
from forecasts.models import Evidence, Forecast
from forecasts.services import grading, judging
from forecasts.services.adjudicating import adjudicate, obstacle
from forecasts.services.entries import Chance, Criteria
from forecasts.services.evidence import read_file
from forecasts.services.involvement import who_may_decide
from forecasts.services.verdicts import Decided


@pytest.fixture
def decide(erin, now):
    """Erin decides that it did not happen; keywords change what she says."""

    def make(forecast, *, by=erin, version=None, **values):
        usual = {"outcome": "did_not_occur", "known_on": date(2025, 8, 3), "rationale": "The log says open."}
        return adjudicate(forecast, finding=Decided(**(usual | values)), by=by, at=now, version=version)

    return make


def test_the_decision_is_a_resolution_of_its_own_that_names_both_grades(disputed, decide, erin, now):
    from forecasts.models import Due

    forecast = disputed()
    resolution = decide(forecast)

    assert (resolution.how, resolution.outcome, resolution.rationale, resolution.resolved_by) == (
        "adjudicated",
        "did_not_occur",
        "The log says open.",
        erin,
    )
    assert [grade.outcome for grade in resolution.grades.order_by("slot")] == ["occurred", "did_not_occur"]
    assert list(forecast.disputes.values_list("closed_at", flat=True)) == [now]
    assert list(Due.objects.values_list("cleared_why", flat=True)) == ["resolved"]


def test_what_the_editor_goes_by_is_kept_with_the_decision(disputed, decide, make_article, now, charlie):
    article = make_article(title="The port’s log")
    file = read_file(b"The log says open, in plain words.", name="log.txt")
    resolution = decide(disputed(), articles=[article], urls=["https://example.org/log"] * 2, files=[file])

    kept = resolution.evidence.order_by("pk")
    assert [(each.article, each.url, each.filename) for each in kept] == [
        (article, "", ""),
        (None, "https://example.org/log", ""),
        (None, "", "log.txt"),
    ]
    assert kept[1].fetch.asked_at == now
    assert bytes(kept[2].copy.data) == b"The log says open, in plain words."
    assert {each.forecast_id for each in kept} == {resolution.forecast_id}
    seen = Evidence.objects.visible_to(charlie)
    assert set(kept) <= set(seen)
    assert set(Evidence.objects.behind(resolution)) > set(kept)  # and what both graders named
    assert set(seen.about(Forecast.objects.filter(pk=resolution.forecast_id))) >= set(kept)
    assert not Evidence.objects.visible_to(AnonymousUser()).exists()


def test_a_decision_on_no_web_address_is_refused(disputed, decide):
    with pytest.raises(GradeRefused) as raised:
        decide(disputed(), urls=["ftp//example"])
    assert raised.value.field == "evidence"


def test_evidence_is_of_a_grade_or_of_a_decision(disputed, decide):
    resolution = decide(disputed())
    grade = resolution.grades.first()
    for of in ({}, {"grade": grade, "resolution": resolution}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(url="https://example.org/", **of)


def test_neither_an_analyst_nor_a_grader_nor_whoever_was_involved_decides(
    overdue, grade, two_graders, decide, person, bob, dora, erin, refused, make_article, now
):
    fritz, gina = person("fritz", "editor"), person("gina", "editor")
    forecast = overdue(by=gina)
    judging.set_desk_line(forecast, chance=Chance(probability=0.5), by=erin, at=now, article=make_article())
    grade(forecast, by=bob)
    grade(forecast, by=fritz, outcome="did_not_occur")

    codes = {name: refused(decide, forecast, by=by)[1] for name, by in
             {"analyst": dora, "grader": fritz, "approved it": erin, "author": gina}.items()}  # fmt: skip
    assert codes == {
        "analyst": "editors_decision",
        "grader": "own_grade",
        "approved it": "involved",
        "author": "involved",
    }
    assert who_may_decide(forecast) == []
    hugo = person("hugo", "editor")
    assert (who_may_decide(forecast), obstacle(forecast, by=hugo)) == ([hugo], None)


def test_what_an_editor_decides_has_to_be_possible_and_said(disputed, decide, refused):
    forecast = disputed()

    assert refused(decide, forecast, rationale=" ")[:2] == ("rationale", "grade_refused")
    assert refused(decide, forecast, outcome="partly")[0] == "outcome"
    assert refused(decide, forecast, known_on=date(2025, 5, 1))[0] == "known_on"
    assert refused(decide, forecast, version=9)[1] == "stale"
    assert decide(forecast, outcome=Outcome.VOID).outcome == "void"


def test_what_happened_in_part_is_said_by_the_editor_too(disputed, decide, refused):
    forecast = disputed(criteria=Criteria(observable="Traffic", degrees="One lane"))
    refusal = refused(decide, forecast, outcome="partly", happened="One lane.")
    resolution = decide(forecast, outcome="partly", happened="One lane.", not_happened="The other.")

    assert refusal[0] == "not_happened"
    assert (resolution.happened, resolution.not_happened) == ("One lane.", "The other.")


def test_without_a_dispute_there_is_nothing_to_decide(overdue, disputed, decide, refused):
    forecast = disputed()
    decide(forecast)

    assert [refused(decide, each)[1] for each in (overdue(), forecast)] == ["not_disputed", "not_disputed"]


def test_a_grade_that_was_decided_on_is_not_taken_back(disputed, decide, bob, now, refused):
    forecast = disputed()
    decide(forecast)

    assert refused(grading.undo_grade, forecast.grades.get(grader=bob), by=bob, at=now)[1] == "decided"


def test_a_dispute_is_over_when_a_grade_is_undone(disputed, dora, now):
    forecast = disputed()
    grading.undo_grade(forecast.grades.get(grader=dora), by=dora, at=now)
    forecast.refresh_from_db()

    assert (forecast.disputes.filter(closed_at=None).count(), forecast.grading_round) == (0, 1)


def test_whoever_undid_a_grade_does_not_decide_in_that_round(
    two_graders, overdue, grade, refused, decide, person, bob, dora, now
):
    fritz, forecast = person("fritz", "editor"), overdue()
    for second, outcome in ((bob, "occurred"), (fritz, "did_not_occur")):
        given, _none = grade(forecast, by=second, outcome=outcome)
    grading.undo_grade(given, by=fritz, at=now)
    grade(forecast, by=dora, outcome="did_not_occur")

    assert refused(decide, forecast, by=fritz) == (
        None,
        "own_grade",
        "You have graded it in this round and took that back; another editor decides.",
    )
    assert fritz not in who_may_decide(forecast)


def test_criteria_may_be_by_whoever_decides(disputed, decide, erin, now):
    forecast = disputed()
    Forecast.objects.filter(pk=forecast.pk).update(observable="Traffic", criteria_by=erin, criteria_at=now)

    assert decide(forecast).how == "adjudicated"


# --- The race ---------------------------------------------------------------------------------------------------------


def race(alongside, first, second):
    with transaction.atomic():
        first()
        other = alongside(second)
        other.wait_until_blocked()
    return other.outcome()


@pytest.mark.django_db(transaction=True)
def test_who_decides_while_a_grade_is_taken_back_is_told(disputed, decide, alongside, bob, now):
    forecast = disputed()
    bobs = forecast.grades.get(grader=bob)
    late = race(alongside, lambda: grading.undo_grade(bobs, by=bob, at=now), lambda: decide(forecast))

    assert isinstance(late, NotDisputed)
    assert forecast.resolutions.count() == 0


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_grade_back_while_an_editor_decides_is_told(disputed, decide, alongside, bob, now):
    forecast = disputed()
    bobs = forecast.grades.get(grader=bob)
    late = race(alongside, lambda: decide(forecast), lambda: grading.undo_grade(bobs, by=bob, at=now))

    assert isinstance(late, GradeRefused)
    assert (forecast.resolutions.get().superseded_at, forecast.grades.filter(retracted_at=None).count()) == (None, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_decides(disputed, decide, alongside, person):
    forecast, other = disputed(), person("hugo", "editor")
    late = race(alongside, lambda: decide(forecast), lambda: decide(forecast, by=other, outcome="occurred"))

    assert isinstance(late, NotDisputed)
    assert forecast.resolutions.get().outcome == "did_not_occur"
