"""Corrections towards what the quote says: proposed by one, confirmed by another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from forecasts.errors import CorrectionDecided
from forecasts.models import Correction, Dispute, Due, Forecast, ForecastEvent, Judgement, Resolution
from forecasts.services import correcting, grading, judging, recording, scores
from forecasts.services.correcting import Misread
from forecasts.services.entries import Chance
from forecasts.services.involvement import involved

MADE_AT = datetime(2025, 5, 2, tzinfo=UTC)


@pytest.fixture
def propose(bob, now):
    """`propose(forecast, event="…")` is what Bob proposes, as a list of corrections."""

    def call(forecast, *, by=bob, why="misread", misread=None, version=None, at=now, **changes):
        return correcting.propose(forecast, changes=changes, misread=misread, by=by, why=why, at=at, version=version)

    return call


@pytest.fixture
def correct(propose, erin, now):
    """`correct(forecast, event="…")` is the forecast after Erin has confirmed that."""

    def call(forecast, **changes):
        rows = propose(forecast, **changes)
        correcting.confirm(rows[0], by=erin, at=now)
        forecast.refresh_from_db()
        return forecast

    return call


@pytest.fixture
def resolved(overdue, verdict, bob, now):
    """`resolved(outcome="…")` is a forecast that Bob has graded."""

    def make(**values):
        forecast = overdue()
        grading.grade(forecast, verdict=verdict(**values), by=bob, at=now)
        return forecast

    return make


@pytest.fixture
def read(log, make_article):
    """A forecast that was read out of an article."""

    def make(**values):
        return log(place=recording.Place(article=make_article(), start=20, end=82), **values)

    return make


def test_a_proposal_changes_nothing_and_says_what_is_and_what_should_be(log, propose, bob, now):
    forecast = log()
    propose(forecast, event="The bridge is shut.", closes_on=date(2025, 8, 20), shape="happens_by")
    forecast.refresh_from_db()

    assert (forecast.event, forecast.version) == ("The bridge stays closed until August.", 1)
    assert list(Correction.objects.order_by("pk").values_list("field", "old", "new", "reason", "state")) == [
        ("event", "The bridge stays closed until August.", "The bridge is shut.", "misread", "proposed"),
        ("closes_on", "2025-08-02", "2025-08-20", "misread", "proposed"),
    ]


def test_a_second_person_confirms_all_that_was_proposed_together(log, propose, erin, now):
    forecast = log()
    rows = propose(forecast, opens_on=date(2025, 9, 1), closes_on=date(2025, 12, 1))
    correcting.confirm(rows[1], by=erin, at=now)
    forecast.refresh_from_db()

    assert (forecast.opens_on, forecast.closes_on, forecast.horizon, forecast.version) == (
        date(2025, 9, 1),
        date(2025, 12, 1),
        "medium",
        2,
    )
    assert list(Correction.objects.values_list("state", "decided_by", "decided_at")) == [("accepted", erin.pk, now)] * 2
    last = ForecastEvent.objects.filter(pgh_obj=forecast).select_related("pgh_context").latest("pgh_id")
    assert last.pgh_context.metadata == {"user": erin.pk, "why": "corrected: misread"}


def test_whoever_proposed_it_does_not_decide(log, propose, bob, now, refused):
    rows = propose(log(), event="The bridge is shut.")

    for decide in (correcting.confirm, correcting.decline):
        assert refused(decide, rows[0], by=bob, at=now)[1] == "own_correction"


def test_what_is_declined_stays_as_it_was(log, propose, erin, now):
    forecast = log()
    correcting.decline(propose(forecast, event="The bridge is shut.")[0], by=erin, at=now)
    forecast.refresh_from_db()

    assert (forecast.version, Correction.objects.get().state) == (1, "declined")


def test_a_decision_is_made_once(log, propose, erin, alice, now):
    rows = propose(log(), event="The bridge is shut.")
    correcting.confirm(rows[0], by=erin, at=now)

    with pytest.raises(CorrectionDecided):
        correcting.decline(rows[0], by=alice, at=now)


def test_what_has_changed_since_is_not_overwritten(log, propose, erin, now, refused):
    forecast = log()
    rows = propose(forecast, event="The bridge is shut.")
    Forecast.objects.update(event="The bridge at Kostino is shut.")

    assert refused(correcting.confirm, rows[0], by=erin, at=now)[1] == "correction_decided"
    correcting.decline(rows[0], by=erin, at=now)


def test_of_one_field_one_correction_waits_at_a_time(log, propose, alice, refused):
    forecast = log()
    propose(forecast, event="The bridge is shut.")

    assert refused(propose, forecast, event="The bridge is closed.", by=alice)[1] == "correction_refused"
    assert len(propose(forecast, condition="it rains", by=alice)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"countries": ["GB"]}, "countries"),
        ({"observable": "Traffic"}, "observable"),
        ({"closes_on": date(2025, 5, 1)}, "closes_on"),
        ({"event": ""}, "event"),
        ({"event": "Another one.", "why": ""}, "why"),
        ({}, None),
        ({"event": "The bridge stays closed until August."}, None),
    ],
)
def test_what_a_quote_does_not_decide_or_cannot_be_is_refused(log, propose, refused, changes, field):
    assert refused(propose, log(), **changes)[0] == field


def test_a_correction_may_come_at_any_time(log, correct, bob, now):
    forecast = log()
    judging.judge(forecast, chance=Chance(probability=0.3), by=bob, at=datetime(2025, 6, 1, tzinfo=UTC))
    Forecast.objects.update(released_at=now)

    assert correct(forecast, event="The bridge is shut.").event == "The bridge is shut."


# --- What it reopens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "changes", "reopens"),
    [
        ("occurred", {"event": "The bridge is shut."}, True),
        ("occurred", {"condition": "it rains"}, True),
        ("occurred", {"shape": "true_on"}, True),
        ("occurred", {"closes_on": date(2025, 8, 20)}, False),
        ("occurred", {"closes_on": None}, False),
        ("occurred", {"closes_on": date(2025, 7, 20)}, True),
        ("occurred", {"opens_on": date(2025, 5, 10)}, True),
        ("did_not_occur", {"closes_on": date(2025, 8, 20)}, True),
    ],
)
def test_a_resolution_is_reopened_where_it_may_be_another_one(resolved, correct, outcome, changes, reopens):
    forecast = correct(resolved(outcome=outcome), **changes)
    held = Resolution.objects.get()

    assert (held.superseded_why, forecast.grading_round) == (("corrected: misread", 2) if reopens else (None, 1))


def test_what_is_reopened_is_due_at_once_and_graded_in_the_next_round(resolved, correct, verdict, bob, erin, now):
    forecast = correct(resolved(), event="The bridge is shut.")
    assert [row.cleared_why for row in Due.objects.order_by("pk")] == ["resolved", ""]

    given, _resolution = grading.grade(forecast, verdict=verdict(), by=bob, at=now)
    assert (given.round, Resolution.objects.count()) == (2, 2)


def test_a_window_that_ends_later_takes_the_due_away_and_one_that_ended_earlier_brings_it(log, correct, overdue, now):
    late = correct(overdue(), closes_on=date(2027, 1, 1))
    early = correct(log(closes_on=date(2027, 1, 1)), closes_on=date(2025, 8, 2))

    assert list(Due.objects.order_by("pk").values_list("forecast", "cleared_why")) == [
        (late.pk, "corrected"),
        (early.pk, ""),
    ]


def test_a_grade_that_waits_for_a_second_one_belongs_to_the_round_before(resolved, correct, bob, now):
    """As where two graders are asked for: one is in, nothing is held yet."""
    forecast = resolved()
    Resolution.objects.update(superseded_at=now, superseded_by=bob, superseded_why="as if there were none")

    assert correct(forecast, event="The bridge is shut.").grading_round == 2


def test_a_dispute_about_the_old_words_is_closed(resolved, correct, now):
    forecast = resolved()
    dispute = Dispute.objects.create(forecast=forecast, round=1, opened_at=now)
    correct(forecast, event="The bridge is shut.")
    dispute.refresh_from_db()

    assert dispute.closed_at == now


# --- A judgement that was misread -------------------------------------------------------------------------------------


def misread(forecast, **said):
    return Misread(judgement=forecast.judgements.standing().get(), chance=Chance(yardstick="phia-2025", **said))


def test_a_misread_word_ends_in_the_moment_it_was_made_and_the_right_one_stands_from_then(read, propose, erin, now):
    forecast = read(chance=Chance(yardstick="phia-2025", term="likely", rationale="The ministry says so."))
    rows = propose(forecast, misread=misread(forecast, term="highly_likely"))
    correcting.confirm(rows[0], by=erin, at=now)
    wrong, right = Judgement.objects.order_by("pk")

    assert (wrong.made_at, wrong.ended_at, wrong.ended_by, wrong.ended_why) == (
        MADE_AT,
        MADE_AT,
        erin,
        "corrected: misread",
    )
    assert (right.term, right.low, right.high, right.made_at, right.ended_at, right.rationale) == (
        "highly_likely",
        0.8,
        0.9,
        MADE_AT,
        None,
        "The ministry says so.",
    )
    assert (right.forecaster, right.article, right.recorded_by) == (wrong.forecaster, wrong.article, wrong.recorded_by)


def test_whoever_confirms_a_correction_has_no_hand_in_the_text(log, propose, make_article, person, erin, bob, now):
    gina, forecast, article = person("gina", "editor"), log(), make_article()
    judging.set_desk_line(forecast, chance=Chance(probability=0.5), by=gina, at=now, article=article)
    line = forecast.judgements.of_the_desk().get()
    said = Misread(judgement=line, chance=Chance(probability=0.6))
    correcting.confirm(propose(forecast, misread=said)[0], by=erin, at=now)

    assert [each.recorded_by for each in forecast.judgements.of_the_desk()] == [gina, gina]
    assert erin.pk not in involved(forecast)
    assert gina.pk in involved(forecast)


def test_what_was_misread_is_in_no_list_and_no_score(read, propose, verdict, bob, erin, now):
    forecast = read()
    rows = propose(forecast, misread=misread(forecast, term="remote_chance"))
    correcting.confirm(rows[0], by=erin, at=now)
    _given, resolution = grading.grade(forecast, verdict=verdict(), by=bob, at=now)
    listed = Forecast.objects.for_lists(erin).get()

    assert [each.term for each in listed.shown_judgements] == ["remote_chance"]
    assert [each.judgement.term for each in scores.scores_of(resolution)] == ["remote_chance"]


def test_it_counts_on_the_first_day_too(read, propose, verdict, bob, erin, now):
    """Where the outcome became known on the day of the first judgement, that one counts: the right one."""
    forecast = read()
    rows = propose(forecast, misread=misread(forecast, term="remote_chance"))
    correcting.confirm(rows[0], by=erin, at=now)
    _given, resolution = grading.grade(forecast, verdict=verdict(known_on=date(2025, 5, 2)), by=bob, at=now)

    assert [each.judgement.term for each in scores.scores_of(resolution)] == ["remote_chance"]


def test_a_word_changes_no_outcome(read, propose, verdict, bob, erin, now):
    forecast = read()
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)
    correcting.confirm(propose(forecast, misread=misread(forecast, term="unlikely"))[0], by=erin, at=now)

    assert Resolution.objects.get().superseded_at is None


def test_only_what_stands_and_was_read_can_have_been_misread(log, read, propose, alice, refused):
    by_hand, revised = log(), read()
    first = misread(revised, term="unlikely")
    judging.judge(revised, chance=Chance(probability=0.4), by=alice, at=MADE_AT + timedelta(days=3))

    assert refused(propose, by_hand, misread=misread(by_hand, term="unlikely"))[0] == "judgement"
    assert refused(propose, revised, misread=first)[0] == "judgement"


def test_a_word_is_one_of_its_yardstick_and_another_than_before(read, propose, refused):
    forecast = read()

    assert refused(propose, forecast, misread=misread(forecast, term="perhaps"))[0] == "term"
    assert refused(propose, forecast, misread=misread(forecast, term="likely"))[0] is None


def test_a_judgement_that_was_revised_since_is_left_alone(read, propose, alice, erin, now, refused):
    forecast = read()
    rows = propose(forecast, misread=misread(forecast, term="unlikely"))
    judging.judge(forecast, chance=Chance(probability=0.4), by=alice, at=MADE_AT + timedelta(days=9))

    assert refused(correcting.confirm, rows[0], by=erin, at=now)[1] == "correction_decided"


# --- Two at once ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins(log, propose, erin, alice, now, alongside):
    from django.db import transaction

    rows = propose(log(), event="The bridge is shut.")
    with transaction.atomic():
        correcting.confirm(rows[0], by=erin, at=now)
        other = alongside(lambda: correcting.decline(rows[0], by=alice, at=now))
        other.wait_until_blocked()

    assert isinstance(other.outcome(), CorrectionDecided)
    assert Correction.objects.get().state == "accepted"


# --- An event that names its last day -------------------------------------------------------------------------------


def test_an_event_that_names_the_closing_day_is_proposed_with_the_new_one(log, propose, correct):
    forecast = correct(log(event="The bridge opens by 2 August 2025."), closes_on=date(2025, 9, 2))

    assert list(Correction.objects.order_by("pk").values_list("field", "new")) == [
        ("closes_on", "2025-09-02"),
        ("event", "The bridge opens by 2 September 2025."),
    ]
    assert (forecast.event, forecast.closes_on) == ("The bridge opens by 2 September 2025.", date(2025, 9, 2))


def test_what_the_proposer_says_of_the_event_stays(log, correct):
    forecast = correct(log(event="It opens by 2 August 2025."), event="It opens by autumn.", closes_on=date(2025, 9, 2))
    assert forecast.event == "It opens by autumn."


def test_what_was_settled_in_a_window_that_only_grew_stays_where_the_event_names_its_day(
    overdue, correct, verdict, bob, now
):
    forecast = overdue(event="The bridge opens by 2 August 2025.", shape="happens_by")
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)
    correct(forecast, closes_on=date(2025, 9, 2))
    assert Resolution.objects.standing().get().outcome == "occurred"


def test_the_author_and_followers_are_told_that_a_correction_waits_and_not_whoever_proposed_it(
    log, propose, alice, bob, dora, now
):
    from accounts.models import Notification
    from forecasts.services import following

    forecast = log()
    for user in (bob, dora):
        following.follow(forecast, by=user, at=now)
    propose(forecast, event="The bridge is shut.")

    text = f"A correction of {forecast.reference} waits for a second person."
    told = Notification.objects.order_by("user__name").values_list("user__name", "kind", "text")
    assert list(told) == [("Alice", "correction", text), ("Dora", "correction", text)]


def test_editors_are_told_where_nobody_else_is_concerned(log, propose, alice, erin):
    from accounts.models import Notification

    propose(log(), by=alice, event="The bridge is shut.")
    assert list(Notification.objects.values_list("user__name", flat=True)) == ["Erin"]
