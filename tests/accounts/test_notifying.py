from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Notification
from accounts.services import notifying, people
from accounts.services.notifying import Notice

HOUR = timedelta(hours=1)
SECOND = {"kind": "assigned", "text": "F-1 waits for a second grade.", "url": "/forecasts/1/", "key": "due:1"}


def told(user) -> list[tuple[str, str, str]]:
    return list(notifying.notices_of(user).order_by("pk").values_list("kind", "text", "key"))


def test_all_are_told_the_same_in_one_statement(alice, bob, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert notifying.notify([alice, bob, bob.pk], **SECOND, at=now) == 2
    for person in (alice, bob):
        notice = notifying.notices_of(person).get()
        assert (notice.text, notice.url, notice.created_at) == (SECOND["text"], SECOND["url"], now)
        assert (notice.read_at, notice.mailed_at) == (None, None)


def test_nobody_to_tell_costs_nothing(db, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert notifying.notify([], **SECOND, at=now) == 0


def test_told_again_from_the_same_moment_changes_nothing(bob, now):
    notifying.notify([bob], **SECOND, at=now)
    assert notifying.notify([bob], **SECOND | {"text": "Something else."}, at=now) == 0
    assert told(bob) == [("assigned", "F-1 waits for a second grade.", "due:1")]


def test_a_later_notice_of_the_same_renews_the_unread_one_and_is_mailed_again(bob, now):
    notifying.notify([bob], **SECOND, at=now)
    Notification.objects.update(mailed_at=now)
    assert notifying.notify([bob], **SECOND | {"text": "F-1 still waits."}, at=now + HOUR) == 1
    assert told(bob) == [("assigned", "F-1 still waits.", "due:1")]
    assert list(notifying.notices_of(bob).to_mail().values_list("created_at", flat=True)) == [now + HOUR]


def test_what_was_read_stays_and_is_told_anew(bob, now):
    notifying.notify([bob], **SECOND, at=now)
    notifying.mark_read(user=bob, at=now)
    notifying.notify([bob], **SECOND, at=now + HOUR)
    assert list(notifying.notices_of(bob).values_list("read_at", flat=True)) == [None, now]


def test_what_was_undone_is_told_to_nobody_any_more(alice, bob, now):
    notifying.notify([alice, bob], **SECOND, at=now)
    notifying.mark_read(user=bob, at=now)
    notifying.notify([bob], **SECOND, at=now + HOUR)

    assert notifying.untell(SECOND["key"], at=now) == 2
    assert [len(told(each)) for each in (alice, bob)] == [0, 1]


def test_notices_without_a_key_stand_side_by_side(bob, now):
    for _ in range(2):
        notifying.notify([bob], kind="comment", text="Alice mentioned you.", at=now)
    assert told(bob) == [("comment", "Alice mentioned you.", "")] * 2


def test_closed_accounts_are_told_nothing(alice, bob, now):
    people.deactivate(user=bob, by=alice, why="left")
    assert notifying.notify([alice, bob], **SECOND, at=now) == 1
    assert told(bob) == []


def test_each_is_told_their_own_in_one_statement(alice, bob, now, django_assert_num_queries):
    notices = [
        Notice(user_id=alice.pk, kind="assigned", text="one", key="due:1"),
        Notice(user_id=bob.pk, kind="assigned", text="two", key="due:2"),
        Notice(user_id=bob.pk, kind="assigned", text="two, again", key="due:2"),
        Notice(user_id=bob.pk, kind="comment", text="three"),
    ]
    with django_assert_num_queries(1):
        assert notifying.notify_each(notices, at=now) == 3
    assert told(alice) == [("assigned", "one", "due:1")]
    assert told(bob) == [("assigned", "two, again", "due:2"), ("comment", "three", "")]


def test_a_long_text_is_shortened_to_what_fits(bob, now):
    notifying.notify([bob], kind="comment", text="word " * 100, at=now)
    assert notifying.notices_of(bob).get().text == ("word " * 60)[:299].rstrip() + "…"


def test_people_read_their_own_notices_only(alice, bob, now):
    notifying.notify([alice, bob], **SECOND, at=now)
    notice = notifying.notices_of(alice).get()
    assert notifying.mark_read(user=bob, pk=notice.pk, at=now) == 0
    assert notifying.mark_read(user=alice, pk=notice.pk, at=now) == 1
    assert notifying.mark_read(user=alice, at=now) == 0
    assert notifying.notices_of(bob).unread().count() == 1


def test_what_is_over_is_read_for_everybody(alice, bob, now):
    notifying.notify([alice, bob], **SECOND, at=now)
    notifying.notify([bob], kind="comment", text="Alice mentioned you.", at=now)
    assert notifying.settle(["due:1", "", "due:2"], at=now + HOUR) == 2
    assert list(notifying.notices_of(bob).unread().values_list("kind", flat=True)) == ["comment"]


@pytest.mark.parametrize("url", ["", "/forecasts/1/#comment-4"])
def test_the_address_is_kept_as_given(bob, now, url):
    notifying.notify([bob], kind="comment", text="Alice mentioned you.", url=url, at=now)
    assert notifying.notices_of(bob).get().url == url
