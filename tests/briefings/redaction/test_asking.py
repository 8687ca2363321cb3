"""Who may ask for a redaction, who may decide, and that the tables let nothing else through."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import Notification
from briefings.errors import AlreadyDecided, RedactionRefused
from briefings.services.redaction import asking
from groundwork.models import Redaction
from groundwork.redaction import VARIABLE

GUARDED = {
    "claims_claim": "quote",
    "forecasts_judgement": "rationale",
    "forecasts_grade": "rationale",
    "forecasts_resolution": "rationale",
    "forecasts_comment": "text",
    "forecasts_clarification": "text",
    "forecasts_evidence": "url",
    "forecasts_evidencecopy": "text",
    "forecasts_forecastevent": "statement",
    "claims_seriesevent": "subject",
    "sources_sourceevent": "name",
    "accounts_userevent": "name",
    "briefings_edition": "markdown",
    "sources_article": "text",
    "sources_articlebytes": "filename",
}


def refused(statement):
    """Whether the database refuses it, and what it says."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(raised.value).splitlines()[0]


@pytest.mark.parametrize("table", GUARDED)
def test_a_plain_update_of_words_still_fails(table, desk):
    assert refused(f"UPDATE {table} SET {GUARDED[table]} = 'other'") == f"redaction: the words of {table} stay"


@pytest.mark.parametrize("table", ["claims_claim", "forecasts_comment", "sources_article"])
def test_nobody_sets_the_day_of_a_redaction_by_hand(table, desk):
    assert refused(f"UPDATE {table} SET redacted_at = now()") == f"redaction: the words of {table} stay"


def test_setting_the_variable_alone_opens_nothing(desk, ask):
    waiting = ask(desk.forecast.reference)
    for value in (str(waiting.pk), "0", ""):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [VARIABLE, value])
        assert refused("UPDATE forecasts_comment SET text = 'x'") == "redaction: the words of forecasts_comment stay"


def test_afterwards_the_way_is_closed_again(desk, redact):
    done = redact(desk.forecast.reference)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [VARIABLE])
        assert cursor.fetchone() == ("",)
        cursor.execute("SELECT set_config(%s, %s, true)", [VARIABLE, str(done.pk)])
    assert refused("UPDATE forecasts_comment SET text = 'x'") == "redaction: the words of forecasts_comment stay"


@pytest.mark.parametrize(
    "change", ["outcome = 'void'", "grader_id = 1", "known_on = '2020-01-01'", "forecast_id = 1", "round = 7"]
)
def test_even_a_redaction_changes_nothing_but_words(change, desk, ask, zoe, now, monkeypatch):
    def carry_out(self):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE forecasts_grade SET {change}")

    waiting = ask(desk.forecast.reference)
    monkeypatch.setattr(asking.Strike, "carry_out", carry_out)
    with pytest.raises(DatabaseError), transaction.atomic():
        asking.approve(waiting, by=zoe, session="zoe's", at=now)
    assert Redaction.objects.get().is_open


@pytest.mark.parametrize("table", ["forecasts_comment", "groundwork_redaction", "forecasts_forecastevent"])
def test_no_row_is_ever_deleted(table, desk, ask):
    ask(desk.forecast.reference)
    assert "Cannot delete rows" in refused(f"DELETE FROM {table}")


def test_whoever_asked_does_not_decide(ask, amy, now):
    waiting = ask("", "Quoxleby")
    for decide in (asking.approve, asking.refuse):
        with pytest.raises(RedactionRefused) as raised:
            decide(waiting, why="yes", by=amy, session="another", at=now)
        assert str(raised.value) == "A second administrator decides: whoever asked cannot."


def test_nobody_decides_in_the_session_in_which_it_was_asked(ask, zoe, now):
    with pytest.raises(RedactionRefused) as raised:
        asking.approve(ask("", "Quoxleby"), by=zoe, session="amy's", at=now)
    assert str(raised.value) == "This was asked for in the same session. Decide in a session of your own."


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_editors_and_analysts_neither_ask_nor_decide(who, request, ask, now):
    person, waiting = request.getfixturevalue(who), ask("", "Quoxleby")
    message = "Administrators alone ask for redactions and decide on them."
    for act in (
        lambda: ask("", "Zyx words", by=person),
        lambda: asking.approve(waiting, by=person, session="x", at=now),
    ):
        with pytest.raises(RedactionRefused) as raised:
            act()
        assert str(raised.value) == message


def test_the_table_itself_wants_two_people_in_two_sessions(ask, amy, zoe, now):
    waiting = ask("", "Quoxleby")
    decided = {"state": "approved", "decided_at": now, "decided_session": "other"}
    for wrong in ({"decided_by": amy}, {"decided_by": zoe, "decided_session": waiting.asked_session}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redaction.objects.filter(pk=waiting.pk).update(**(decided | wrong))


def test_a_decision_is_made_once(ask, zoe, person, now):
    waiting = ask("", "Quoxleby")
    asking.refuse(waiting, why="No order.", by=zoe, session="zoe's", at=now)
    with pytest.raises(AlreadyDecided):
        asking.approve(waiting, by=person("eve", "administrator"), session="eve's", at=now)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_why, waiting.words) == ("refused", "No order.", [])
    assert "redaction: the words of groundwork_redaction stay" in refused(
        "UPDATE groundwork_redaction SET decided_why = 'other'"
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": "", "words": ()}, "target"),
        ({"what": "F-999"}, "target"),
        ({"what": "the lot"}, "target"),
        ({"what": "F-x"}, "target"),
        ({"words": ("ab",)}, "words"),
        ({"words": tuple(f"word{number}" for number in range(51))}, "words"),
        ({"words": ("Quoxleby",), "reason": "whim"}, "reason"),
        ({"words": ("Quoxleby",), "order_reference": " "}, "order_reference"),
        ({"words": ("Quoxleby",), "why": ""}, "why"),
    ],
)
def test_what_cannot_be_asked_for(given, field, ask):
    given = dict(given)
    with pytest.raises(RedactionRefused) as raised:
        ask(given.pop("what", ""), *given.pop("words", ()), **given)
    assert raised.value.field == field


def test_the_same_record_is_asked_for_once_at_a_time(ask, redact, desk):
    redact(desk.forecast.reference)
    ask(desk.forecast.reference.lower())
    with pytest.raises(RedactionRefused) as raised:
        ask(desk.forecast.reference)
    assert raised.value.field == "target"


def test_what_is_redacted_falls_due_and_can_be_graded(redact, begin, publish, bob, now):
    from datetime import date

    from forecasts.models import Forecast
    from forecasts.services.due import flag_due
    from forecasts.services.grading import Verdict, grade

    publish(begin())
    forecast = Forecast.objects.get(statement__startswith="The lock")
    redact(forecast.reference)
    later = now + timedelta(days=120)
    flag_due(at=later)
    assert forecast.dues.waiting().count() == 1
    forecast.refresh_from_db()
    verdict = Verdict(
        outcome="occurred", known_on=date(2025, 8, 3), rationale="It is known.", urls=["https://example.org/"]
    )
    _given, held = grade(forecast, verdict=verdict, by=bob, at=later)
    assert held is not None
    assert held.outcome == "occurred"


def test_the_other_administrators_are_told_without_the_words_until_it_is_decided(desk, ask, zoe, now):
    waiting = ask("", "the secret lock")
    (notice,) = Notification.objects.filter(kind="redaction")
    assert (notice.user, notice.text, notice.url) == (
        zoe,
        "Amy has asked for a redaction. A second administrator decides.",
        f"/desk/redactions/{waiting.pk}/",
    )
    asking.refuse(waiting, why="There is no order.", by=zoe, session="zoe's", at=now + timedelta(hours=1))
    assert not Notification.objects.unread().filter(kind="redaction").exists()
