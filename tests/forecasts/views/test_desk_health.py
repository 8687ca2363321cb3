"""The page of the desk's health, its rows and its tables as CSV."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from forecasts.models import Due
from forecasts.services.grading import grade as give
from groundwork.models import Heartbeat
from tests.factories import SourceFactory

PAGE = "/desk/health/"


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False):
        yield


def text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


def links(answer):
    return re.findall(r'href="(/desk/health/[^"]+)"', unescape(answer.content.decode()))


def numbers(answer):
    """Each link of the page to rows, with the number that it shows."""
    found = re.findall(r'<a href="(/desk/health/\w+/[^"]*)">([\d,]+)</a>', answer.content.decode())
    return {unescape(address): int(number.replace(",", "")) for address, number in found}


@pytest.fixture
def busy(overdue, bob, dora, verdict, two_graders, now):
    """Two overdue, one of them nobody's; one graded alone, one agreed and one disputed."""
    names = iter("abcdefgh")

    def another(*given, **values):
        name = next(names)
        forecast = overdue(
            statement=f"Bridge {name} is likely to stay shut.", event=f"Bridge {name} is shut.", **values
        )
        for person, outcome in given:
            give(forecast, verdict=verdict(outcome=outcome), by=person, at=now - timedelta(days=3))
        return forecast

    another()
    another(author=SourceFactory(name="The Paper"))
    another((bob, "occurred"))
    another((bob, "occurred"), (dora, "occurred"))
    another((bob, "occurred"), (dora, "did_not_occur"))


def test_every_number_opens_as_many_rows(busy, browse, charlie):
    client = browse(charlie)
    shown = numbers(client.get(PAGE))
    assert shown == {
        "/desk/health/overdue/": 2,
        f"/desk/health/overdue/?who={Due.objects.first().forecast.author.user_id}": 1,
        "/desk/health/overdue/?who=nobody": 1,
        "/desk/health/overdue/?topic=none": 2,
        "/desk/health/alone/": 1,
        "/desk/health/disputed/": 1,
        "/desk/health/pairs/": 2,
        "/desk/health/resolutions/?independence=independent": 0,
        "/desk/health/resolutions/?independence=colleague": 1,
        "/desk/health/resolutions/?independence=involved": 0,
    }
    assert {address: len(client.get(address).context["rows"]) for address in shown} == shown


def test_what_a_lone_grader_said_is_on_none_of_its_pages(busy, browse, charlie):
    client = browse(charlie)
    for address in [PAGE, "/desk/health/alone/", "/desk/health/alone/?format=csv"]:
        page = text(client.get(address))
        assert "it happened" not in page
        assert "Bob" not in page


def test_it_says_not_defined_and_names_n(busy, browse, charlie, overdue):
    page = text(browse(charlie).get(PAGE))
    assert "Graded by two people 2 Of these the same 1 Cohen’s kappa 0.00 n = 2" in page
    assert "More than two people graded" not in page


def test_an_empty_desk_says_so(db, browse, charlie):
    page = text(browse(charlie).get(PAGE))
    assert "Nothing is overdue." in page
    assert "Cohen’s kappa not defined n = 0" in page


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            "people",
            ["who,overdue,oldest due on,median days late", "Alice,1,2025-08-03,210.0", "nobody,1,2025-08-03,210.0"],
        ),
        ("topics", ["topic,overdue,oldest due on,median days late", "none,2,2025-08-03,210.0"]),
        (
            "waiting",
            [
                "what waits,how many,since,median days",
                "one grade,1,2026-02-26T12:00:00Z,3.0",
                "dispute,1,2026-02-26T12:00:00Z,3.0",
            ],
        ),
        ("agreement", ["measure,pairs,value", "kappa,2,0.0", "alpha,2,0.0"]),
        (
            "distances",
            ["graders,resolutions,of,share", "independent,0,1,0.0", "colleague,1,1,1.0", "involved,0,1,0.0"],
        ),
    ],
)
def test_each_table_is_a_csv(busy, browse, charlie, table, lines):
    answer = browse(charlie).get(f"{PAGE}?table={table}")
    assert b"".join(answer.streaming_content).decode().split() == " ".join(lines).split()


@pytest.mark.parametrize("address", [f"{PAGE}?table=other", "/desk/health/other/"])
def test_what_is_not_there_is_not_found(db, browse, charlie, address):
    assert browse(charlie).get(address).status_code == 404


@pytest.mark.parametrize("query", ["who=x", "who=99999999999999999999", "topic=nowhere"])
def test_a_filter_that_fits_nothing_shows_nothing(busy, browse, charlie, query):
    assert list(browse(charlie).get(f"/desk/health/overdue/?{query}").context["rows"]) == []


@pytest.mark.parametrize("address", [PAGE, "/desk/health/overdue/"])
def test_whoever_has_no_account_is_sent_to_the_sign_in_page(db, client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={address}")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_with_one_row_and_with_three(rows, overdue, browse, charlie, django_assert_num_queries):
    for number in range(rows):
        overdue(statement=f"Bridge {number} is likely to stay shut.", event=f"Bridge {number} is shut.")
    client = browse(charlie)
    client.get(PAGE)
    with django_assert_num_queries(11):  # session, user, the sweep, and eight
        client.get(PAGE)
    with django_assert_num_queries(5):
        client.get("/desk/health/overdue/")


@pytest.mark.parametrize(
    "address",
    [PAGE, "/desk/", "/desk/forecasts/", "/desk/claims/", "/desk/series/", "/desk/articles/", "/desk/briefings/",
     "/account/profile/", "/desk/imports/", "/desk/health/overdue/"],
)  # fmt: skip
def test_every_page_of_the_desk_says_that_the_sweep_is_silent(db, browse, alice, now, address):
    client = browse(alice)
    assert "The sweep is silent." in text(client.get(address))
    beat, _new = Heartbeat.objects.update_or_create(name="sweep", defaults={"beat_at": now - timedelta(minutes=61)})
    assert "The sweep is silent." in text(client.get(address))
    Heartbeat.objects.filter(pk=beat.pk).update(beat_at=now - timedelta(minutes=59))
    assert "The sweep is silent." not in text(client.get(address))


def test_what_is_snoozed_counts_and_is_said_to_be_left_out_of_the_queue(overdue, browse, charlie, bob, now):
    from forecasts.services import handling

    forecast, _other = overdue(), overdue()
    assert "snoozed" not in text(browse(charlie).get(PAGE)).lower()
    handling.snooze(forecast, until=now.date() + timedelta(days=9), reason="The vote was moved.", by=bob, at=now)
    page = browse(charlie).get(PAGE)

    assert numbers(page)["/desk/health/overdue/"] == 2
    assert "1 of these is snoozed: it counts here, and the queue leaves it out until its day." in text(page)
