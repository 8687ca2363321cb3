"""The queue's list of what may be known already, and saying that it is not."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta

import pytest
import time_machine

from forecasts.models import Look
from forecasts.services.looking import look_again

HTMX = {"HX-Request": "true"}
LATER = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def _at_noon(now):
    with time_machine.travel(now, tick=False):
        yield


def listed(answer):
    section = answer.content.decode().split('data-queue="known"')[1].split("</section>")[0]
    return re.findall(r'id="row-(F-\d+)"', section)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_it_stands_oldest_first_with_who_has_looked_before(browse, bob, dora, log, now):
    looked, second, first = (log(closes_on=LATER, made_on=date(2025, 4, day)) for day in (1, 3, 2))
    look_again(looked, by=dora, at=now - timedelta(days=95))
    answer = browse(bob).get("/desk/")

    assert listed(answer) == [first.reference, second.reference, looked.reference]
    assert re.findall(r"last looked at.*?, Dora", text(answer)) == ["last looked at 26 November 2025 UTC , Dora"]


def test_no_forecast_stands_in_two_lists(browse, bob, log, overdue, now):
    overdue()
    log(closes_on=now.date())
    log(closes_on=now.date() + timedelta(days=6))
    log(closes_on=now.date() + timedelta(days=7))
    page = browse(bob).get("/desk/").content.decode()
    rows = re.findall(r'id="row-(F-\d+)"', page)

    assert (len(rows), len(set(rows))) == (4, 4)


def test_not_yet_is_said_without_scripts(browse, bob, log):
    forecast, other = log(closes_on=LATER), log(closes_on=LATER)
    client = browse(bob)
    answer = client.post(f"/desk/forecasts/{forecast.reference}/look/")
    after = client.get("/desk/")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/#list-known")
    assert listed(after) == [other.reference]
    assert text(after).count(f"{forecast.reference} comes up again in 90 days.") == 1
    assert list(Look.objects.values_list("forecast", "looked_by")) == [(forecast.pk, bob.pk)]


def test_in_place_the_row_says_so_and_the_count_follows(browse, bob, log):
    forecast, _other = log(closes_on=LATER), log(closes_on=LATER)
    page = browse(bob).post(f"/desk/forecasts/{forecast.reference}/look/", headers=HTMX).content.decode()

    assert re.findall(r'<li id="([\w-]+)" class="row-done" data-focus="next" data-says="([^"]+)"', page) == [
        (f"row-{forecast.reference}", f"{forecast.reference} comes up again on 30 May 2026. 1 left.")
    ]
    assert re.findall(r'id="count-(\w+)" hx-swap-oob="true">(\d+)', page) == [("known", "1")]


@pytest.mark.parametrize(("headers", "status"), [({}, 302), (HTMX, 409)])
def test_what_is_over_meanwhile_is_told(browse, bob, overdue, headers, status):
    forecast = overdue()
    client = browse(bob)
    answer = client.post(f"/desk/forecasts/{forecast.reference}/look/", headers=headers)
    said = answer if status == 409 else client.get("/desk/")

    assert (answer.status_code, Look.objects.count()) == (status, 0)
    assert text(said).count("It is no open forecast any more, so nobody has to look at it early.") == 1


def test_readers_see_the_list_without_its_forms_and_change_nothing(browse, charlie, log):
    forecast = log(closes_on=LATER)
    client = browse(charlie)
    page = client.get("/desk/")
    answer = client.post(f"/desk/forecasts/{forecast.reference}/look/")

    assert (listed(page), page.content.decode().count("/look/")) == ([forecast.reference], 0)
    assert (answer.status_code, Look.objects.count()) == (403, 0)


def test_it_downloads_as_csv(browse, bob, dora, log, now):
    look_again(log(closes_on=LATER), by=dora, at=now - timedelta(days=95))
    answer = browse(bob).get("/desk/?list=known&format=csv")
    [row] = csv.DictReader(answer.getvalue().decode().splitlines())

    assert [row[name] for name in ("closes on", "look on", "looked at by")] == ["2027-01-01", "2026-02-24", "Dora"]
