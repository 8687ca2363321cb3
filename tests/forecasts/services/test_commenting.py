"""Comments, and whom they name."""

from __future__ import annotations

import pytest

from accounts.models import Notification
from forecasts.models import Comment, Follow
from forecasts.services import commenting, following


def test_who_is_named_is_told_and_follows(log, person, alice, bob, now):
    ada = person("ada writer")
    forecast = log()
    commenting.comment(forecast, text="@ada Writer, is this ours? Ask @BOB, not ops@bob.example.", by=alice, at=now)
    told = Notification.objects.order_by("user__name").values_list("user__name", "kind", "text")
    assert list(told) == [
        (name, "mention", f"Alice mentions you in a comment on {forecast.reference}.") for name in ("Ada Writer", "Bob")
    ]
    assert set(Follow.objects.values_list("user", flat=True)) == {ada.pk, bob.pk}


def test_followers_are_told_once(log, alice, bob, charlie, now):
    forecast = log()
    for user in (bob, charlie):
        following.follow(forecast, by=user, at=now)
    commenting.comment(forecast, text="Who knows more?", by=alice, at=now)
    commenting.comment(forecast, text="I do.", by=bob, at=now)
    told = Notification.objects.order_by("user__name").values_list("user__name", "kind", "text")
    assert list(told) == [
        ("Bob", "comment", f"Alice has commented on {forecast.reference}."),
        ("Charlie", "comment", f"Alice has commented on {forecast.reference}."),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Ada Writer", ["Ada Writer"]),
        ("@Ada Writers", []),  # neither the whole name nor anybody's only first name
        ("@Ada", []),  # two have it
        ("@Bob: yes", ["Bob"]),
        ("@Bobby", []),
        ("mail@Bob", []),
        ("@carol", ["Carol Reader"]),
        ("@Bob @Carol Reader", ["Bob", "Carol Reader"]),
    ],
)
def test_whom_a_text_names(person, text, named):
    everybody = [person(name) for name in ("ada writer", "ada reader", "bob", "carol reader")]
    assert [str(each) for each in commenting.mentioned(text, everybody)] == named


def test_closed_accounts_cannot_be_mentioned(log, alice, bob, now):
    bob.is_active = False
    bob.save()
    commenting.comment(log(), text="@Bob", by=alice, at=now)
    assert Notification.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5_001])
def test_a_comment_says_something_and_not_too_much(log, alice, now, refused, text):
    assert refused(commenting.comment, log(), text=text, by=alice, at=now)[:2] == ("text", "comment_refused")


def test_a_comment_is_taken_back_by_its_author_or_an_editor_and_stays(log, alice, bob, erin, now, refused):
    said = commenting.comment(log(), text="It is over.", by=alice, at=now)
    assert refused(commenting.retract_comment, said, by=bob, at=now, why="Wrong.")[1] == "not_yours"
    assert refused(commenting.retract_comment, said, by=alice, at=now, why=" ")[0] == "why"
    commenting.retract_comment(said, by=erin, at=now, why="Wrong place.")
    commenting.retract_comment(said, by=alice, at=now, why="Again.")
    kept = Comment.objects.get()
    assert (kept.text, kept.retracted_by, kept.retracted_why) == ("It is over.", erin, "Wrong place.")
