"""The private address of a calendar: shown once, one at a time, revoked for good."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts.models import CalendarKey
from accounts.services import calendars, keys, people
from accounts.services.calendars import make_address, owner_of


def test_only_its_hash_is_kept(bob, now):
    secret = make_address(by=bob, at=now)
    key = CalendarKey.objects.get()

    assert (owner_of(secret), key.user, key.key_hash) == (key, bob, keys.digest(secret))
    assert secret not in str(CalendarKey.objects.values_list())


def test_a_new_one_ends_the_old_one(alice, bob, now):
    first, second, hers = make_address(by=bob, at=now), make_address(by=bob, at=now), make_address(by=alice, at=now)

    assert [owner_of(each) and owner_of(each).user for each in (first, second, hers)] == [None, bob, alice]


def test_revoked_it_is_nobodys(bob, now):
    secret = make_address(by=bob, at=now)
    calendars.revoke(user=bob, at=now)
    calendars.revoke(user=bob, at=now + timedelta(days=1))

    assert (owner_of(secret), calendars.standing(bob), CalendarKey.objects.get().revoked_at) == (None, None, now)


@pytest.mark.parametrize("wrong", ["", "x", "é", "x" * 5000])
def test_a_wrong_one_is_nobodys(bob, now, wrong):
    make_address(by=bob, at=now)

    assert owner_of(wrong) is None


def test_a_closed_account_has_no_calendar(alice, bob, now):
    secret = make_address(by=bob, at=now)
    people.deactivate(user=bob, by=alice, why="left")

    assert owner_of(secret) is None


def test_its_use_is_noted_once_a_day(bob, now, django_assert_num_queries):
    key = owner_of(make_address(by=bob, at=now))
    calendars.note_use(key, at=now)
    with django_assert_num_queries(0):
        calendars.note_use(CalendarKey(pk=key.pk, last_used_on=now.date()), at=now + timedelta(hours=1))
    assert CalendarKey.objects.get().last_used_on == now.date()


def test_the_page_shows_the_address_once(bob, browse, settings):
    settings.SITE_URL = "https://desk.example"
    client = browse(bob)
    shown = client.post("/account/calendar/")
    addresses = [
        re.findall(r"https://desk\.example/desk/calendar/[\w-]{43}\.ics", answer.content.decode())
        for answer in (shown, client.get("/account/calendar/"))
    ]

    assert (len(addresses[0]), addresses[1]) == (1, [])
    assert "no-store" in shown["Cache-Control"]


def test_it_is_revoked_on_the_page(alice, bob, browse, now):
    make_address(by=alice, at=now)
    make_address(by=bob, at=now)
    browse(bob).post("/account/calendar/revoke/")

    assert [calendars.standing(person) is None for person in (alice, bob)] == [False, True]
