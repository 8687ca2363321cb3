"""Giving what is due to somebody by rule: fairly, to nobody who wrote it, and safely in two workers at once."""

from __future__ import annotations

from datetime import date

import pghistory
import pytest
from django.db import connection, transaction

from accounts.services import people
from forecasts.models import Due, DueChange
from forecasts.services import assigning, caring, handling, judging, leaving
from forecasts.services.assigning import assign_due
from forecasts.services.due import flag_due
from forecasts.services.entries import Chance, Criteria
from sources.models import Topic


@pytest.fixture
def by_rule(settings, now):
    """`by_rule("partner")` assigns by that rule and returns how many found somebody."""

    def assign(rule, at=now):
        settings.ASSIGN_BY = rule
        return assign_due(at=at)

    return assign


def held_by():
    return {
        due.forecast.reference: due.assignee and due.assignee.name for due in Due.objects.select_related("assignee")
    }


def test_the_desk_partner_of_the_author_gets_it(alice, bob, erin, overdue, by_rule, now):
    forecast, other = overdue(), overdue(by=erin)
    people.set_partner(user=alice, partner=bob)

    assert by_rule("partner") == 1
    assert held_by() == {forecast.reference: "Bob", other.reference: None}
    due = Due.objects.get(forecast=forecast)
    assert (due.assigned_by, due.assigned_at) == (None, now)
    assert [(row.due, row.step, row.assignee, row.by) for row in DueChange.objects.all()] == [
        (due, "assigned", bob, None)
    ]


def test_each_gets_as_much_in_turn_and_no_author_their_own(alice, bob, dora, overdue, by_rule):
    for _ in range(4):
        overdue()  # Alice's
    overdue(by=bob)

    assert by_rule("round_robin") == 5
    names = [due.assignee.name for due in Due.objects.order_by("pk")]
    assert (sorted(names[:4]), names[4] != "Bob") == (["Bob", "Bob", "Dora", "Dora"], True)


def test_who_has_least_in_hand_begins(alice, bob, dora, overdue, by_rule, now):
    first = overdue()
    handling.assign(first, to=bob, by=alice, at=now)
    second = overdue()
    by_rule("round_robin")

    assert held_by() == {first.reference: "Bob", second.reference: "Dora"}


def test_who_looks_after_the_topic_gets_it(bob, dora, erin, overdue, by_rule, now):
    ferries, unknown = overdue(topics=["Ferries", "Trade"]), overdue(topics=["Space"])
    caring.look_after(Topic.objects.get(name="Trade"), user=dora, by=erin, at=now)
    by_rule("topic")
    assert held_by() == {ferries.reference: "Dora", unknown.reference: None}

    caring.look_after(Topic.objects.get(name="Space"), user=bob, by=erin, at=now)
    assert by_rule("topic") == 1
    assert held_by()[unknown.reference] == "Bob"


def test_nobody_is_a_rule_too(bob, overdue, by_rule):
    forecast = overdue()

    assert (by_rule("nobody"), held_by()) == (0, {forecast.reference: None})


@pytest.mark.parametrize("rule", ["partner", "topic", "round_robin"])
def test_who_cannot_grade_gets_nothing(alice, bob, charlie, erin, overdue, by_rule, rule, now):
    overdue(topics=["Trade"])
    people.set_partner(user=alice, partner=bob)
    caring.look_after(Topic.objects.get(), user=bob, by=erin, at=now)
    type(bob).objects.filter(pk=bob.pk).update(role="reader")
    type(erin).objects.filter(pk=erin.pk).update(is_active=False)

    assert by_rule(rule) == 0


def test_who_wrote_the_criteria_gets_nothing(alice, bob, overdue, by_rule):
    overdue(by=alice, criteria=Criteria(observable="The gate"))
    people.set_partner(user=alice, partner=bob)
    type(Due.objects.get().forecast).objects.update(criteria_by=bob)

    assert by_rule("partner") == 0


def test_nor_does_who_wrote_words_of_them_that_another_has_changed_since(alice, bob, erin, log, now, by_rule):
    forecast = log(by=alice, criteria=Criteria(observable="The gate"))
    for writer, word in ((bob, "The bridge"), (erin, "The ferry")):
        with pghistory.context(user=writer.pk):
            type(forecast).objects.filter(pk=forecast.pk).update(observable=word, criteria_by=writer)
    flag_due(at=now)
    people.set_partner(user=alice, partner=bob)
    assert by_rule("partner") == 0
    people.set_partner(user=alice, partner=erin)
    assert by_rule("partner") == 0


def test_whoever_changed_something_else_gets_it(alice, bob, log, now, by_rule):
    forecast = log(by=alice, criteria=Criteria(observable="The gate"))
    with pghistory.context(user=bob.pk):
        type(forecast).objects.filter(pk=forecast.pk).update(event="The bridge is shut")
    flag_due(at=now)
    people.set_partner(user=alice, partner=bob)
    assert by_rule("partner") == 1


def test_an_author_is_taken_only_where_the_desk_lets_them_grade_and_nobody_else_can(
    alice, bob, overdue, by_rule, settings
):
    overdue()
    people.set_partner(user=alice, partner=bob)
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    assert by_rule("round_robin") == 0

    settings.INVOLVED_MAY_GRADE = True
    assert by_rule("round_robin") == 1
    assert Due.objects.get().assignee == alice


def test_who_approved_the_text_is_taken_only_where_nobody_else_can(
    alice, bob, erin, overdue, by_rule, make_article, now
):
    first, second = overdue(), overdue()
    for forecast in (first, second):
        judging.set_desk_line(forecast, chance=Chance(probability=0.3), by=erin, at=now, article=make_article())
    by_rule("round_robin")
    assert held_by() == {first.reference: "Bob", second.reference: "Bob"}

    Due.objects.update(assignee=None, assigned_at=None)
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    by_rule("round_robin")
    assert held_by() == {first.reference: "Erin", second.reference: "Erin"}


def test_what_was_given_by_hand_stays_also_with_nobody(alice, bob, dora, overdue, by_rule, now):
    to_dora, to_nobody = overdue(), overdue()
    handling.assign(to_dora, to=dora, by=bob, at=now)
    handling.assign(to_nobody, to=bob, by=dora, at=now)
    handling.assign(to_nobody, to=None, by=dora, at=now)

    assert by_rule("round_robin") == 0
    assert held_by() == {to_dora.reference: "Dora", to_nobody.reference: None}


def test_what_waits_for_its_second_grade_is_given_to_nobody(two_graders, bob, dora, overdue, grade, by_rule):
    grade(overdue())

    assert by_rule("round_robin") == 0


def test_what_lies_with_a_closed_account_is_free_again(alice, bob, dora, erin, overdue, by_rule, person, now):
    forecast = overdue()
    handling.assign(forecast, to=bob, by=erin, at=now)
    people.deactivate(user=bob, by=person("ada", "administrator"), why="ill")
    type(erin).objects.filter(name__in=["Erin", "Ada"]).update(is_active=False)
    by_rule("round_robin")

    assert held_by() == {forecast.reference: "Dora"}
    assert list(DueChange.objects.values_list("assignee__name", flat=True)) == ["Bob", None, "Dora"]


def test_what_a_leaver_had_in_hand_is_given_by_the_rule(alice, bob, dora, overdue, by_rule, person, now):
    ada = person("ada", "administrator")
    forecast = overdue()
    handling.assign(forecast, to=bob, by=dora, at=now)
    people.set_partner(user=alice, partner=dora)
    leaving.leave(bob, by=ada, why="moved on", at=now)

    assert (held_by(), by_rule("partner")) == ({forecast.reference: None}, 1)
    assert held_by() == {forecast.reference: "Dora"}
    assert DueChange.objects.filter(by=ada, assignee=None).count() == 1


@pytest.mark.parametrize("number", [1, 20])
def test_it_is_the_same_few_statements_however_many_are_due(
    bob, dora, overdue, settings, now, number, django_assert_num_queries
):
    settings.ASSIGN_BY = "round_robin"
    for _ in range(number):
        overdue()
    with django_assert_num_queries(7):  # savepoint, lock, what is free again, assigning between two settings, release
        assert assign_due(at=now) == number
    assert assign_due(at=now) == 0


# --- Two workers at the same moment -----------------------------------------------------------------------------------


def in_turns(log, alongside, settings, now):
    """How many each of the two has, after two workers have swept one forecast each at the same moment."""
    settings.ASSIGN_BY = "round_robin"
    log(closes_on=date(2030, 1, 1))  # so that the author is known to both

    def other():
        log(closes_on=date(2025, 8, 1))
        flag_due(at=now)
        return assign_due(at=now)

    with transaction.atomic():
        log()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO forecasts_due (forecast_id, due_on, flagged_at, snooze_reason, cleared_why)"
                " SELECT id, due_on, %s, '', '' FROM forecasts_forecast WHERE due_on < '2030-01-01'",
                [now],
            )
        assert assign_due(at=now) == 1
        worker = alongside(other)
        if settings.WITHOUT_A_LOCK:
            worker.outcome()
        else:
            worker.wait_until_blocked()
    assert worker.outcome() == 1
    return sorted(due.assignee.name for due in Due.objects.all())


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_share_the_work_out_evenly(self, alice, bob, dora, log, alongside, settings, now):
        settings.WITHOUT_A_LOCK = False

        assert in_turns(log, alongside, settings, now) == ["Bob", "Dora"]

    def test_would_not_without_the_lock(self, alice, bob, dora, log, alongside, settings, now, monkeypatch):
        settings.WITHOUT_A_LOCK = True
        monkeypatch.setattr(assigning, "_take_turns", lambda _cursor: None)

        assert in_turns(log, alongside, settings, now) == ["Bob", "Bob"]
