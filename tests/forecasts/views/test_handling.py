"""The pages that give what is due to somebody and put it off, and the calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import icalendar
import pytest
import time_machine
from django.test import Client

from accounts.services import calendars, people
from forecasts.models import Due, TopicCare
from forecasts.services import following, handling
from sources.models import Topic


@pytest.fixture(autouse=True)
def _at_noon(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def place(overdue):
    """Where an overdue forecast of Alice's is."""
    return overdue(event="The bridge opens.", topics=["Bridges"]).get_absolute_url()


def errors(answer):
    return {field: list(texts) for field, texts in answer.context["form"].errors.items()}


# --- Whose it is ------------------------------------------------------------------------------------------------------


def test_to_somebody_to_oneself_and_to_nobody(browse, bob, dora, place):
    client, held = browse(bob), []
    for given in ({"assignee": dora.pk}, {"me": "yes", "assignee": dora.pk}, {"assignee": ""}):
        assert client.post(f"{place}assign/", given)["Location"] == place
        held.append(Due.objects.get().assignee)
    page = client.get(place).content.decode()

    assert held == [dora, bob, None]
    assert [page.count(text) for text in ("given to Dora", "given to Bob", "given to nobody")] == [
        2,
        1,
        1,
    ]  # the first in the message too


def test_from_the_queue_one_gets_back_to_its_row(browse, bob, place):
    client = browse(bob)
    row = Due.objects.get().forecast.reference
    answers = [
        client.post(f"{place}assign/", {"me": "yes", "queue": name}) for name in ("overdue", "mine", "//x.example")
    ]

    assert [answer["Location"] for answer in answers] == [f"/desk/#row-{row}", f"/desk/?list=mine#row-{row}", place]


def test_the_author_gets_no_forecast_of_their_own(browse, alice, bob, place):
    answers = [browse(bob).post(f"{place}assign/", {"assignee": alice.pk})]
    answers += [browse(alice).post(f"{place}assign/", {"me": "yes"})]

    assert [errors(answer) for answer in answers] == [
        {"assignee": ["Choose somebody who may grade it."]},
        {"assignee": ["Alice wrote this forecast or its criteria; somebody else grades it."]},
    ]
    assert Due.objects.get().assignee is None


def test_only_those_are_offered_who_may_grade_it(browse, alice, bob, dora, erin, charlie, overdue):
    from forecasts.services.entries import Criteria
    from forecasts.services.recording import set_criteria

    forecast = overdue()
    for writer, observable in ((bob, "Traffic"), (erin, "Traffic over the bridge")):
        set_criteria(forecast, criteria=Criteria(observable=observable), by=writer, at=datetime(2025, 6, 1, tzinfo=UTC))
        forecast.refresh_from_db()
    pages = [browse(who).get(f"{forecast.get_absolute_url()}assign/") for who in (bob, dora)]

    assert [[str(name) for _pk, name in page.context["form"]["assignee"].field.choices] for page in pages] == [
        ["nobody in particular", "Dora"]
    ] * 2
    assert ["I take it" in page.content.decode() for page in pages] == [False, True]


@pytest.mark.parametrize(("page", "field"), [("assign", "assignee"), ("snooze", "until")])
def test_the_first_field_has_the_focus(browse, bob, dora, place, page, field):
    shown = browse(bob).get(f"{place}{page}/").content.decode()
    (focused,) = re.findall(r"<[^>]* autofocus[^>]*>", shown)

    assert f'name="{field}"' in focused
    assert "autofocus" not in browse(bob).post(f"{place}{page}/", {"assignee": "0"}).content.decode()


@pytest.mark.parametrize("page", ["assign", "snooze", "wake"])
def test_readers_may_not_and_what_is_hidden_is_not_there(browse, bob, charlie, place, page):
    assert browse(charlie).post(f"{place}{page}/", {}).status_code == 403
    assert browse(bob).post(f"/desk/forecasts/F-999999/{page}/", {}).status_code == 404


@pytest.mark.parametrize("page", ["assign", "snooze"])
def test_what_is_not_due_says_so(browse, bob, log, page):
    answer = browse(bob).get(f"{log(closes_on=date(2027, 1, 1)).get_absolute_url()}{page}/")

    assert "does not wait for its first grade" in answer.content.decode()


# --- Snoozes ----------------------------------------------------------------------------------------------------------


def test_it_is_snoozed_and_woken(browse, bob, place):
    client = browse(bob)
    client.post(f"{place}snooze/", {"until": "2026-03-20", "reason": "The vote was moved."})
    page = client.get(place).content.decode()
    assert ("by Bob: The vote was moved." in page, Due.objects.shown(on=date(2026, 3, 1)).count()) == (True, 0)

    assert client.post(f"{place}wake/", {})["Location"] == place
    assert Due.objects.shown(on=date(2026, 3, 1)).count() == 1


def test_what_was_typed_comes_back_with_what_is_wrong(browse, bob, place):
    client = browse(bob)
    late = client.post(f"{place}snooze/", {"until": "2026-06-01", "reason": "The vote was moved."})
    bare = client.post(f"{place}snooze/", {"until": "2026-03-20", "reason": ""})

    assert errors(late) == {"until": ["At most 90 days: until 30 May 2026."]}
    assert "The vote was moved." in late.content.decode()
    assert list(errors(bare)) == ["reason"]


# --- Topics -----------------------------------------------------------------------------------------------------------


def test_editors_say_who_looks_after_a_topic(browse, bob, erin, place):
    topic, client = Topic.objects.get(), browse(erin)
    client.post("/desk/topics/", {"topic": topic.pk, "user": bob.pk})
    page = client.get("/desk/topics/").content.decode()
    assert (TopicCare.objects.get().user, page.count(">Bob</td>")) == (bob, 1)

    client.post("/desk/topics/", {"topic": topic.pk, "user": ""})
    assert TopicCare.objects.count() == 0
    assert browse(bob).get("/desk/topics/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_has_happened(
    browse, bob, dora, erin, place, now, number, django_assert_num_queries
):
    forecast = Due.objects.get().forecast
    for _ in range(number):
        for to in (bob, dora):
            handling.assign(forecast, to=to, by=erin, at=now)
    client = browse(bob)
    with django_assert_num_queries(11):
        client.get(f"{place}assign/")


# --- The calendar -----------------------------------------------------------------------------------------------------


@pytest.fixture
def subscribe(now):
    """`subscribe(bob)` is the address of his calendar."""

    def make(user):
        return f"/desk/calendar/{calendars.make_address(by=user, at=now)}.ics"

    return make


def events(answer):
    sheet = icalendar.Calendar.from_ical(answer.content)
    return {str(each["uid"]): (each.decoded("dtstart"), str(each["summary"])) for each in sheet.walk("VEVENT")}


def test_it_shows_what_waits_and_what_is_to_come_in_twelve_months(
    bob, dora, alice, erin, overdue, log, subscribe, now, settings
):
    settings.SITE_URL = "https://desk.example"
    mine, hers = overdue(event="The bridge opens."), overdue()
    handling.assign(mine, to=bob, by=erin, at=now)
    handling.assign(hers, to=dora, by=erin, at=now)
    followed, own, far, others = (
        log(by=by, event=f"Event {number}.", closes_on=day)
        for number, (by, day) in enumerate(
            [(alice, date(2026, 9, 1)), (bob, date(2026, 5, 1)), (bob, date(2027, 6, 1)), (alice, date(2026, 9, 2))]
        )
    )
    for forecast in (followed, far):
        following.follow(forecast, by=bob, at=now)
    address = subscribe(bob)
    first, second = Client().get(address), Client().get(address)

    assert events(first) == {
        f"due-{mine.reference}@desk.example": (
            date(2025, 8, 3),
            f"{mine.reference} waits for your grade: The bridge opens.",
        ),
        f"due-{own.reference}@desk.example": (date(2026, 5, 2), f"{own.reference}: Event 1."),
        f"due-{followed.reference}@desk.example": (date(2026, 9, 2), f"{followed.reference}: Event 0."),
    }
    assert first.content == second.content
    assert others.reference not in first.content.decode()


@pytest.mark.parametrize("rule", ["partner", "topic"])
def test_what_the_rule_would_give_one_is_to_come_too(alice, bob, erin, log, subscribe, now, settings, rule):
    forecast = log(closes_on=date(2026, 9, 1), topics=["Bridges", "Rivers"])
    people.set_partner(user=alice, partner=bob)
    for topic in Topic.objects.all():
        TopicCare.objects.create(topic=topic, user=bob, set_by=erin, set_at=now)
    settings.ASSIGN_BY = rule
    assert [uid.partition("@")[0] for uid in events(Client().get(subscribe(bob)))] == [f"due-{forecast.reference}"]

    settings.ASSIGN_BY = "nobody"
    assert events(Client().get(subscribe(bob))) == {}


def test_what_is_snoozed_or_graded_is_left_out_and_no_grade_is_told(
    two_graders, bob, dora, overdue, grade, subscribe, now
):
    snoozed, graded = overdue(), overdue()
    for forecast in (snoozed, graded):
        handling.assign(forecast, to=dora, by=bob, at=now)
        following.follow(forecast, by=dora, at=now)
    handling.snooze(snoozed, until=date(2026, 4, 1), reason="x", by=bob, at=now)
    grade(graded, by=bob, rationale="A secret.")

    assert events(Client().get(subscribe(dora))) == {}


def test_a_calendar_is_private_needs_no_session_and_costs_little(
    bob, overdue, subscribe, now, django_assert_num_queries
):
    handling.assign(overdue(), to=bob, by=bob, at=now)
    address = subscribe(bob)
    with django_assert_num_queries(4):  # the key with its owner, the note of its use, what waits, what is to come
        answer = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})

    assert [answer[name] for name in ("Content-Type", "Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "text/calendar; charset=utf-8", "private, max-age=900", "no-referrer", "noindex"
    ]  # fmt: skip
    assert (answer.cookies, again.status_code, again.content) == ({}, 304, b"")


def test_a_wrong_revoked_or_closed_address_is_not_there(bob, erin, subscribe, now):
    revoked, closed = subscribe(bob), subscribe(erin)
    calendars.revoke(user=bob, at=now)
    type(erin).objects.filter(pk=erin.pk).update(is_active=False)

    assert [Client().get(each).status_code for each in (revoked, closed, "/desk/calendar/x.ics")] == [404] * 3


def test_it_moves_with_the_clock(bob, log, subscribe):
    log(by=bob, closes_on=date(2027, 6, 1))
    address = subscribe(bob)
    assert events(Client().get(address)) == {}
    with time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC), tick=False):
        assert len(events(Client().get(address))) == 1
