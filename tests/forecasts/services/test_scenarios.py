"""Outcomes that exclude each other: their group, and what one's occurring means for the rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forecasts.models import AwaitedGrade, Dispute, Due, Forecast, Grade, Resolution, ScenarioGroup
from forecasts.services import grading, resolving, scenarios
from forecasts.services.adjudicating import adjudicate
from forecasts.services.entries import Chance, Criteria
from forecasts.services.evidence import read_file
from forecasts.services.reopening import reopen
from forecasts.services.verdicts import Decided


@pytest.fixture
def three(overdue, erin):
    """Who wins: three overdue forecasts of one group."""
    found = [overdue(event=f"{name} wins.", statement=f"{name} is likely to win.") for name in ("Red", "Blue", "Green")]
    for other in found[1:]:
        scenarios.exclude_each_other(found[0], other=other, by=erin)
    return [Forecast.objects.get(pk=each.pk) for each in found]


def outcomes() -> list[tuple[str, str]]:
    held = Resolution.objects.standing().order_by("forecast_id")
    return [(each.forecast.event, each.outcome) for each in held.select_related("forecast")]


def test_a_group_is_made_by_saying_that_two_exclude_each_other(three):
    assert {each.scenario_group for each in three} == {three[1].reference}
    assert [each.version for each in three] == [2, 2, 2]


def test_two_groups_are_not_merged_and_nothing_excludes_itself(three, log, erin, refused):
    pair = [log(event=f"{name} loses.") for name in ("Red", "Blue")]
    scenarios.exclude_each_other(pair[0], other=pair[1], by=erin)
    pair[0].refresh_from_db()
    assert refused(scenarios.exclude_each_other, pair[0], other=three[0], by=erin)[1] == "group_refused"
    assert (
        refused(scenarios.exclude_each_other, three[0], other=three[2], by=erin)[2]
        == "The two exclude each other already."
    )
    assert refused(scenarios.exclude_each_other, three[0], other=three[0], by=erin)[0] == "other"
    assert refused(scenarios.exclude_each_other, log(), other=three[0], by=erin, version=9)[1] == "stale"


def test_a_group_of_one_is_none(three, erin, refused):
    scenarios.leave_group(three[0], by=erin)
    assert sorted(Forecast.objects.values_list("scenario_group", flat=True)) == [
        "",
        three[1].reference,
        three[1].reference,
    ]
    scenarios.leave_group(Forecast.objects.get(pk=three[1].pk), by=erin)
    assert set(Forecast.objects.values_list("scenario_group", flat=True)) == {""}
    assert refused(scenarios.leave_group, Forecast.objects.get(pk=three[0].pk), by=erin)[1] == "group_refused"


def test_a_group_has_a_title_and_may_leave_nothing_out(three, erin, now, refused):
    key = three[0].scenario_group
    scenarios.describe_group(key, title=" Who  wins ", exhaustive=True, by=erin, at=now)
    scenarios.describe_group(key, title="Who wins it", exhaustive=False, by=erin, at=now)
    assert list(ScenarioGroup.objects.values_list("title", "exhaustive")) == [("Who wins it", False)]
    assert refused(scenarios.describe_group, "F-999", title="", exhaustive=False, by=erin, at=now)[1] == "group_refused"
    assert refused(scenarios.describe_group, "", title="", exhaustive=False, by=erin, at=now)[1] == "group_refused"


def test_one_that_occurred_settles_all(three, bob, now, verdict):
    graded = scenarios.grade_group(three[1], verdict=verdict(), by=bob, at=now)
    assert outcomes() == [("Red wins.", "did_not_occur"), ("Blue wins.", "occurred"), ("Green wins.", "did_not_occur")]
    assert (graded.grade.forecast_id, len(graded.others), graded.left) == (three[1].pk, 2, [])
    along = graded.others[0]
    assert along.rationale == f"{three[1].reference} occurred, which excludes this one: The ministry kept it shut."
    assert [each.url for each in along.evidence.all()] == ["https://example.org/bridge"]
    assert not Due.objects.waiting().exists()


def test_one_that_did_not_occur_says_nothing_of_the_others(three, bob, now, verdict):
    scenarios.grade_group(three[1], verdict=verdict(outcome="did_not_occur"), by=bob, at=now)
    assert outcomes() == [("Blue wins.", "did_not_occur")]


def test_before_the_window_ends_the_others_can_no_longer_happen(log, bob, erin, now, verdict, refused):
    days = {"made_on": date(2026, 1, 1), "closes_on": date(2026, 12, 31), "at": now - timedelta(days=30)}
    red, blue = (log(event=f"{name} wins.", **days) for name in ("Red", "Blue"))
    early = verdict(outcome="did_not_occur", known_on=date(2026, 2, 20))
    scenarios.exclude_each_other(red, other=blue, by=erin)
    blue = Forecast.objects.get(pk=blue.pk)
    assert refused(grading.grade, blue, verdict=early, by=bob, at=now)[1] == "earlier_than_shape"
    scenarios.grade_group(Forecast.objects.get(pk=red.pk), verdict=verdict(known_on=date(2026, 2, 20)), by=bob, at=now)
    assert outcomes() == [("Red wins.", "occurred"), ("Blue wins.", "did_not_occur")]


def test_what_the_grader_cannot_grade_is_left_in_the_queue(three, bob, now, verdict):
    from forecasts.services.recording import set_criteria

    set_criteria(three[2], criteria=Criteria(observable="The count"), by=bob, at=now)
    graded = scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)
    assert [(each.pk, why) for each, why in graded.left] == [
        (three[2].pk, "You wrote its criteria; somebody else grades it.")
    ]
    assert outcomes() == [("Red wins.", "occurred"), ("Blue wins.", "did_not_occur")]
    assert list(Due.objects.waiting().values_list("forecast", flat=True)) == [three[2].pk]


def test_two_of_one_group_do_not_occur_both(three, bob, dora, now, verdict, refused):
    from forecasts.services.recording import set_criteria

    set_criteria(three[1], criteria=Criteria(observable="The count"), by=bob, at=now)
    grading.grade(three[0], verdict=verdict(), by=bob, at=now)
    assert refused(grading.grade, three[1], verdict=verdict(), by=dora, at=now)[:2] == ("outcome", "excluded")


@pytest.fixture
def in_dispute(two_graders, three, bob, dora, now, verdict):
    """Of the second, Bob says that it occurred and Dora that it did not."""
    grading.grade(three[1], verdict=verdict(), by=bob, at=now)
    grading.grade(three[1], verdict=verdict(outcome="did_not_occur"), by=dora, at=now)
    return three[1]


IT_DID = Decided(outcome="occurred", known_on=date(2025, 8, 3), rationale="The count says so.")


def test_an_editor_does_not_decide_that_two_of_one_group_occurred(
    in_dispute, three, bob, dora, erin, now, verdict, refused
):
    for grader in (bob, dora):
        grading.grade(three[0], verdict=verdict(outcome="did_not_occur"), by=grader, at=now)
    for grader in (bob, dora):
        outcome = "occurred" if grader == dora else "did_not_occur"
        grading.grade(three[2], verdict=verdict(outcome=outcome), by=grader, at=now)
    adjudicate(three[2], finding=IT_DID, by=erin, at=now)
    assert outcomes() == [("Red wins.", "did_not_occur"), ("Blue wins.", "did_not_occur"), ("Green wins.", "occurred")]
    reopen(in_dispute, by=erin, why="Counted again", at=now + timedelta(days=1))
    grading.grade(in_dispute, verdict=verdict(outcome="did_not_occur"), by=bob, at=now)
    assert refused(grading.grade, in_dispute, verdict=verdict(), by=dora, at=now)[:2] == ("outcome", "excluded")


def test_a_dispute_beside_one_that_occurred_is_not_decided_so_too(
    in_dispute, three, person, erin, now, verdict, refused
):
    one, two = person("gina"), person("hugo")
    for grader in (one, two):
        grading.grade(three[0], verdict=verdict(), by=grader, at=now)
    assert outcomes() == [("Red wins.", "occurred"), ("Green wins.", "did_not_occur")]
    assert refused(adjudicate, in_dispute, finding=IT_DID, by=erin, at=now)[:2] == ("outcome", "excluded")


def test_a_decision_that_it_occurred_decides_the_others(in_dispute, three, person, erin, now, verdict):
    grading.grade(three[0], verdict=verdict(outcome="ungradable"), by=person("gina"), at=now)
    adjudicate(in_dispute, finding=IT_DID, by=erin, at=now)

    assert outcomes() == [("Red wins.", "did_not_occur"), ("Blue wins.", "occurred"), ("Green wins.", "did_not_occur")]
    red = Resolution.objects.standing().get(forecast=three[0])
    assert (red.how, red.resolved_by, [each.outcome for each in red.grades.all()]) == (
        "adjudicated",
        erin,
        ["ungradable"],
    )
    assert red.rationale == f"{in_dispute.reference} occurred, which excludes this one: The count says so."
    assert (Due.objects.waiting().count(), AwaitedGrade.objects.open().count(), Dispute.objects.open().count()) == (
        0,
        0,
        0,
    )


def test_what_the_editor_had_a_hand_in_is_not_decided_along(in_dispute, three, erin, now, verdict):
    grading.grade(three[0], verdict=verdict(outcome="ungradable"), by=erin, at=now)
    adjudicate(in_dispute, finding=IT_DID, by=erin, at=now)

    assert outcomes() == [("Blue wins.", "occurred"), ("Green wins.", "did_not_occur")]


def test_reopening_what_was_decided_puts_the_others_anew(in_dispute, three, erin, now):
    adjudicate(in_dispute, finding=IT_DID, by=erin, at=now)
    reopen(in_dispute, by=erin, why="The count was wrong.", at=now + timedelta(days=1))

    assert (outcomes(), Due.objects.waiting().count()) == ([], 3)
    assert set(Resolution.objects.values_list("superseded_why", flat=True)) == {"The count was wrong."}


@pytest.fixture
def alone(two_graders, three, bob, now, verdict):
    """Bob alone has said for a fortnight that the first occurred."""
    given = grading.grade(three[0], verdict=verdict(), by=bob, at=now)[0]
    resolving.hold_for_now(AwaitedGrade.objects.get().pk, at=now + timedelta(days=14))
    return given


def test_one_that_is_held_to_have_occurred_for_now_grades_the_others_once(alone, three, bob, dora, now, verdict):
    assert (outcomes(), said(three)) == (
        [("Red wins.", "occurred")],
        [["occurred"], ["did_not_occur"], ["did_not_occur"]],
    )

    scenarios.grade_group(three[0], verdict=verdict(), by=dora, at=now + timedelta(days=15))
    assert said(three) == [["occurred"] * 2, ["did_not_occur"] * 2, ["did_not_occur"] * 2]
    assert [each.how for each in Resolution.objects.standing()] == ["agreed"] * 3


def test_taking_back_what_was_held_for_now_takes_back_all_of_it(alone, three, bob, now):
    taken_back = scenarios.undo_group(alone, by=bob, at=now + timedelta(days=15), why="I misread it.")

    assert (len(taken_back), outcomes(), said(three)) == (3, [], [[], [], []])
    assert AwaitedGrade.objects.open().count() == 0


def test_a_second_grader_who_differs_takes_the_others_grades_along(alone, three, dora, now, verdict):
    scenarios.grade_group(three[0], verdict=verdict(outcome="did_not_occur"), by=dora, at=now + timedelta(days=15))

    assert (outcomes(), said(three)) == ([], [["occurred", "did_not_occur"], [], []])


def test_one_that_cannot_be_graded_grades_none(three, bob, now, verdict, refused):
    assert refused(scenarios.grade_group, three[0], verdict=verdict(rationale=""), by=bob, at=now)[0] == "rationale"


def test_a_group_stays_once_one_of_it_is_graded(three, bob, erin, log, now, verdict, refused):
    grading.grade(three[0], verdict=verdict(outcome="did_not_occur"), by=bob, at=now)
    assert refused(scenarios.leave_group, three[1], by=erin)[1] == "graded"
    assert refused(scenarios.exclude_each_other, log(event="Grey wins."), other=three[1], by=erin)[1] == "graded"


def test_taking_back_takes_back_all_of_it(three, bob, now, verdict):
    given = scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now).grade
    taken_back = scenarios.undo_group(given, by=bob, at=now + timedelta(seconds=5))
    assert len(taken_back) == 3
    assert (outcomes(), Grade.objects.filter(retracted_at=None).count(), Due.objects.waiting().count()) == ([], 0, 3)


def test_taking_back_one_of_the_others_leaves_the_rest(three, bob, now, verdict):
    graded = scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)
    scenarios.undo_group(graded.others[0], by=bob, at=now + timedelta(seconds=5))
    assert outcomes() == [("Red wins.", "occurred"), ("Green wins.", "did_not_occur")]


def said(forecasts) -> list[list[str]]:
    """The outcomes that stand in the current round, for each forecast in the order of the slots."""
    return [
        list(each.grades.standing().filter(round=each.grading_round).order_by("slot").values_list("outcome", flat=True))
        for each in Forecast.objects.filter(pk__in=[each.pk for each in forecasts]).order_by("pk")
    ]


def test_a_first_grader_leaves_no_trace_on_the_others(two_graders, three, bob, now, verdict):
    graded = scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)

    assert (graded.resolution, graded.others, said(three)) == (None, (), [["occurred"], [], []])


def test_once_both_say_that_it_occurred_both_grade_the_others(two_graders, three, bob, dora, now, verdict):
    later = now + timedelta(hours=1)
    scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)
    article_less = verdict(urls=[], files=[read_file(b"It was counted.", name="count.txt")], rationale="Counted.")
    graded = scenarios.grade_group(three[0], verdict=article_less, by=dora, at=later)

    assert said(three) == [["occurred"] * 2, ["did_not_occur"] * 2, ["did_not_occur"] * 2]
    assert [each.how for each in Resolution.objects.standing()] == ["agreed"] * 3
    assert (len(graded.others), graded.left) == (4, [])
    assert [(each.grader, str(each.evidence.get())) for each in graded.others] == [
        *[(bob, "https://example.org/bridge")] * 2,
        *[(dora, "count.txt")] * 2,
    ]
    assert not Due.objects.waiting().exists()


def test_graders_who_differ_say_nothing_of_the_others(two_graders, three, bob, dora, now, verdict):
    scenarios.grade_group(three[0], verdict=verdict(outcome="did_not_occur"), by=bob, at=now)
    graded = scenarios.grade_group(three[0], verdict=verdict(), by=dora, at=now)

    assert (graded.resolution, said(three)) == (None, [["did_not_occur", "occurred"], [], []])


def test_what_only_the_first_grader_cannot_grade_waits_for_another(two_graders, three, bob, dora, now, verdict):
    from forecasts.services.recording import set_criteria

    set_criteria(three[2], criteria=Criteria(observable="The count"), by=bob, at=now)
    scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)
    graded = scenarios.grade_group(three[0], verdict=verdict(), by=dora, at=now)

    assert (graded.left, said(three)[2]) == ([], ["did_not_occur"])
    assert list(Due.objects.waiting().values_list("forecast", flat=True)) == [three[2].pk]


def test_undoing_what_settled_a_group_leaves_what_the_other_said_and_nothing_beside_it(
    two_graders, three, bob, dora, now, verdict
):
    flagged = list(Due.objects.order_by("pk").values_list("pk", "assignee"))
    scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)
    given = scenarios.grade_group(three[0], verdict=verdict(), by=dora, at=now + timedelta(hours=1)).grade
    taken_back = scenarios.undo_group(given, by=dora, at=now + timedelta(hours=1, seconds=8))

    assert [each.grader for each in taken_back] == [dora] * 3
    assert (outcomes(), said(three)) == ([], [["occurred"], [], []])
    assert list(Due.objects.waiting().order_by("pk").values_list("pk", "assignee")) == flagged
    assert list(AwaitedGrade.objects.open().values_list("forecast", flat=True)) == [three[0].pk]
    assert set(Forecast.objects.values_list("grading_round", flat=True)) == {1}


def test_what_was_settled_along_and_undone_stays_a_secret_as_long_as_what_it_rested_on(
    two_graders, three, bob, dora, erin, person, now, verdict
):
    fritz = person("fritz")
    scenarios.grade_group(three[0], verdict=verdict(), by=bob, at=now)
    given = scenarios.grade_group(three[0], verdict=verdict(), by=dora, at=now + timedelta(hours=1)).grade
    scenarios.undo_group(given, by=dora, at=now + timedelta(hours=1, seconds=8))
    for other in three[1:]:
        for grader in (erin, fritz):
            grading.grade(other, verdict=verdict(outcome="did_not_occur"), by=grader, at=now + timedelta(days=1))
    seen = set(Grade.objects.visible_to(erin).values_list("forecast", "grader__name"))
    told = three[1].resolutions.told().count()
    grading.grade(three[0], verdict=verdict(outcome="did_not_occur"), by=fritz, at=now + timedelta(days=2))

    assert (seen, told) == ({(each.pk, name) for each in three[1:] for name in ("Erin", "Fritz")}, 1)
    assert three[1].resolutions.told().count() == 2
    assert Grade.objects.visible_to(erin).filter(grader=bob).count() == 3


@pytest.mark.parametrize("outcome", ["did_not_occur", "occurred"])
def test_undoing_what_replaced_a_grade_alone_holds_that_again_for_now(alone, three, dora, now, verdict, outcome):
    later = now + timedelta(days=15)
    graded = scenarios.grade_group(three[0], verdict=verdict(outcome=outcome), by=dora, at=later)
    scenarios.undo_group(graded.grade, by=dora, at=later + timedelta(seconds=8))

    assert (outcomes(), said(three)) == (
        [("Red wins.", "occurred")],
        [["occurred"], ["did_not_occur"], ["did_not_occur"]],
    )
    assert [each.how for each in Resolution.objects.standing()] == ["provisional"]
    assert AwaitedGrade.objects.open().count() == 3


def test_without_a_group_it_is_a_grade_like_any_other(overdue, bob, now, verdict):
    graded = scenarios.grade_group(overdue(chance=Chance(probability=0.5)), verdict=verdict(), by=bob, at=now)
    assert (graded.resolution.outcome, graded.others, graded.left) == ("occurred", (), ())


def test_a_group_has_a_key(erin, now):
    from tests.refusals import constraint_of

    create = ScenarioGroup.objects.create
    assert constraint_of(lambda: create(key="", noted_by=erin, noted_at=now)) == "scenariogroup_has_a_key"
