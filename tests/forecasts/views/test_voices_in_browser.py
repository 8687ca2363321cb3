"""The page of a forecast in Chromium: how it looks when much is said, and its keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forecasts.models import Comment
from forecasts.services import commenting, following, judging, linking, scenarios
from forecasts.services.entries import Chance

LONG = "An event whose wording goes on and on, as some do, through clause after clause, " * 4


@pytest.fixture
def forecast(transactional_db, log, alice, bob, erin):
    """One of which much is said, by people with and without long names."""
    now, today = timezone.now(), timezone.localdate()
    days = {"made_on": today - timedelta(days=40), "closes_on": today + timedelta(days=40), "at": now}
    forecast = log(event=LONG, condition="the river freezes over from bank to bank", **days)
    other = log(event="The other bridge.", **days)
    judging.judge(forecast, chance=Chance(probability=0.2), by=bob, at=now - timedelta(days=20))
    judging.judge(forecast, chance=Chance(low=0.2), by=bob, at=now - timedelta(days=5))
    judging.set_line_by_editor(forecast, chance=Chance(probability=0.4), by=erin, at=now, why="So.")
    judging.release_own(forecast, by=bob, at=now)
    linking.link(forecast, earlier=other, relation="continues", by=bob, at=now)
    linking.end_link(
        linking.link(log(event="E.", **days), earlier=forecast, relation="repeats", by=bob, at=now),
        by=bob,
        why="No.",
        at=now,
    )
    scenarios.exclude_each_other(forecast, other=other, by=bob)
    for text in ("x" * 300, "See https://zenda.example/" + "y" * 200, "@Alice\n\nReally?"):
        said = commenting.comment(forecast, text=text, by=bob, at=now)
    commenting.retract_comment(said, by=bob, at=now, why="Wrong.")
    return forecast


def test_the_pages_look_right(page, forecast, erin, sign_in, looks_right, browser_problems):
    sign_in(erin)
    for path in ("", "links/?q=bridge", "split/", "desk-line/", "subjects/"):
        page.goto(f"{forecast.get_absolute_url()}{path}")
        for fold in page.locator("main details").all():
            fold.evaluate("each => each.open = true")
        looks_right(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_one_picture_is_seen_in_either_width(page, forecast, erin, sign_in, width):
    sign_in(erin)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(forecast.get_absolute_url())
    assert [each.is_visible() for each in page.locator(".chart-picture").all()] == [width == 1280, width == 390]


def test_following_linking_and_commenting_by_keyboard(page, forecast, alice, sign_in):
    following.unfollow(forecast, by=alice)  # being mentioned made her follow
    sign_in(alice)
    page.goto(forecast.get_absolute_url())
    page.keyboard.press("f")
    page.get_by_role("button", name="Unfollow").wait_for()
    assert following.follows(alice, forecast)
    page.keyboard.press("m")
    page.keyboard.type("Is it so?")
    page.keyboard.press("Tab")
    page.keyboard.type("Bob")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "#comment-" in url)
    assert Comment.objects.order_by("pk").last().text == "@Bob Is it so?"
    page.keyboard.press("l")
    page.wait_for_url(lambda url: url.endswith("/links/"))
    page.keyboard.press("/")
    page.keyboard.type("other bridge")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.get_by_label("The other one").input_value() != ""
