"""The public track record: the desk's line alone, every number with its rows, and nothing internal in any."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils.html import strip_tags

from accounts.services import people
from forecasts.models import Forecast
from forecasts.services import grading, judging, recording
from forecasts.services.entries import Chance, Wording
from sources.models import Source

RECORD, ROWS = "/track-record/", "/track-record/forecasts/"
PARTS = ("year", "horizon", "topic", "country", "yardstick", "author")


def body(answer) -> str:
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def words(answer) -> str:
    return " ".join(unescape(strip_tags(body(answer))).split()).replace("\N{NO-BREAK SPACE}", " ")


def sheet(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


@pytest.fixture
def grade(person, now):
    """`grade(forecast, outcome)` is what somebody who had no part in it says."""
    grader = person("gunhild", "analyst")

    def make(forecast, outcome="did_not_occur", known_on=date(2025, 8, 3)):
        Forecast.objects.filter(pk=forecast.pk, triage="needs_criteria").update(observable="Ships pass.")
        verdict = grading.Verdict(
            outcome=outcome, known_on=known_on, rationale="It was seen.", urls=["https://news.example/lock"]
        )
        grading.grade(forecast, verdict=verdict, by=grader, at=now + timedelta(days=90))

    return make


@pytest.fixture
def published(begin, publish, text, grade, bob, now):
    """An edition with three forecasts, of which the lock's is graded: said unlikely, and it did not happen.

    Bob had judged it for himself, which nobody outside is told.
    """
    edition = publish(begin())
    lock = Forecast.objects.get(statement=text.lock)
    judging.judge(lock, chance=Chance(probability=0.99), by=bob, at=now)
    grade(lock)
    return edition


@pytest.fixture
def internal(published, bob, now, grade):
    """Beside the public one a forecast that nobody outside sees, graded too."""
    wording = Wording(
        statement="SECRET STATEMENT", event="SECRET EVENT", made_on=date(2025, 5, 2), closes_on=date(2025, 8, 2),
        topics=["Secret topic"], countries=["FR"],
    )  # fmt: skip
    secret = recording.log_forecast(wording=wording, chance=Chance(probability=0.99), by=bob, at=now)
    grade(secret)
    return secret


def test_a_reader_sees_what_the_desk_said_and_what_became_of_it(published, browse):
    page = words(browse().get(RECORD))
    assert "Brier score 0.090 no interval" in page
    assert "Scored 1 of 1 that are graded Happened 0 % 0 of those that are scored: the base rate" in page
    assert "Not graded 50 % 1 whose window has ended, beside those that are graded" in page
    assert "unlikely PHIA Probability Yardstick 25–35 % 1 0 0 % 0–79.3 % too few to judge" in page
    assert "Whose judgement" not in page


def test_every_number_opens_its_rows(published, browse, grade, text):
    seen = set()
    for each in ("", *(f"?by={name}" for name in PARTS)):
        html = browse().get(f"{RECORD}{each}").content.decode()
        for url, number in re.findall(r'<a class="record-rows" href="([^"]+)">\s*(\d+)', html):
            rows = sheet(browse().get(f"{unescape(url)}&format=csv"))
            assert (url, len(rows)) == (url, int(number))
            seen.add(url)
    assert len(seen) > 8


def test_a_row_leads_to_the_edition_that_carried_it(published, browse, text):
    lock = Forecast.objects.get(statement=text.lock)
    page = body(browse().get(f"{ROWS}?record=scored"))
    assert f'href="{published.get_absolute_url()}#{lock.reference}"' in page
    (row,) = sheet(browse().get(f"{ROWS}?record=scored&format=csv"))
    assert row == {
        "reference": lock.reference,
        "event": lock.event,
        "statement": text.lock,
        "made on": "2025-05-02",
        "opens on": "2025-05-02",
        "closes on": "2025-08-02",
        "said": "unlikely",
        "negated": "no",
        "low": "0.25",
        "high": "0.35",
        "probability": "",
        "outcome": "did_not_occur",
        "briefing": published.get_absolute_url(),
    }


def test_an_internal_forecast_is_in_no_public_number(published, browse, text, request):
    addresses = [
        RECORD,
        ROWS,
        *(f"{RECORD}?by={name}" for name in PARTS),
        f"{RECORD}?include=imported&include=involved&include=retroactive",
        f"{ROWS}?format=csv",
        f"{ROWS}?record=scored",
        f"{RECORD}?q=secret",
    ]

    def seen():
        answers = [browse().get(address) for address in addresses]
        return [b"".join(answer).decode() if answer.streaming else body(answer) for answer in answers]

    before = seen()
    secret = request.getfixturevalue("internal")
    after = seen()
    assert after == before
    assert [part for part in after if "SECRET" in part or secret.reference in part] == []


@pytest.mark.parametrize("query", ["?judgement=final", "?judgement=average", "?forecaster=S-1", "?followed=me"])
def test_personal_views_are_not_for_readers(internal, browse, bob, query):
    for client in (browse(), browse(bob)):
        assert [client.get(f"{path}{query}").status_code for path in (RECORD, ROWS)] == [404, 404]


def test_whoever_is_signed_in_sees_the_same(internal, browse, alice, bob):
    for address in (RECORD, f"{RECORD}?by=author", ROWS):
        pages = [re.sub(r"<select.*?</select>", "", body(client.get(address)), flags=re.DOTALL) for client in
                 (browse(), browse(alice), browse(bob))]  # fmt: skip
        assert pages[0] == pages[1] == pages[2]


def test_made_public_too_late_is_counted_and_not_scored(begin, publish, text, grade, browse, now):
    edition = publish(begin())
    lock = Forecast.objects.get(statement=text.lock)
    grade(lock, "occurred", known_on=now.date() - timedelta(days=1))
    page = words(browse().get(RECORD))
    assert "Nothing is scored yet." in page
    assert "1 made public after the outcome was known" in page
    assert sheet(browse().get(f"{ROWS}?record=too_late&format=csv"))[0]["briefing"] == edition.get_absolute_url()


def test_an_author_with_an_account_is_named_only_if_they_let_everybody(published, browse, person):
    dana = person("dana", "analyst")
    author = Source.objects.get(name="Dana Reed")
    assert [row["author"] for row in sheet(browse().get(f"{RECORD}?table=author&format=csv"))] == ["Dana Reed"]
    Source.objects.filter(pk=author.pk).update(user=dana)
    for shown_to, seen in (("nobody", []), ("desk", []), ("public", ["Dana Reed"])):
        people.show_record_to(user=dana, shown_to=shown_to)
        found = [row["author"] for row in sheet(browse().get(f"{RECORD}?table=author&format=csv"))]
        page = words(browse().get(f"{RECORD}?author={author.reference}"))
        assert (found, "Brier score" in page, "left out here" in page) == (seen, bool(seen), not seen)


def test_a_desk_may_keep_its_record_to_itself(published, browse, bob, settings):
    assert f'href="{RECORD}"' in browse().get("/").content.decode()
    settings.PUBLIC_TRACK_RECORD = False
    assert [browse(user).get(address).status_code for user in (None, bob) for address in (RECORD, ROWS)] == [404] * 4
    assert f'href="{RECORD}"' not in browse().get("/").content.decode()
    assert browse(bob).get("/desk/track-record/").status_code == 200


def test_an_empty_record_says_what_comes_there(db, browse):
    assert "No record yet Once the window of a forecast has ended" in words(browse().get(RECORD))
    assert "Nothing fits this filter" in words(browse().get(ROWS))


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries_however_many_there_are(
    begin, publish, text, grade, browse, count, django_assert_num_queries
):
    for place in range(count):
        publish(begin(text.dated.replace("Alma", f"Alma {place}")))
        grade(Forecast.objects.order_by("-pk").filter(statement__contains="lock")[0])
    for address, queries in ((RECORD, 12), (ROWS, 7)):
        browse().get(address)
        with django_assert_num_queries(queries):
            browse().get(address)


@pytest.mark.django_db(transaction=True)
def test_the_public_page_looks_right(page, live_server, looks_right, published):
    page.goto(f"{live_server.url}{RECORD}")
    looks_right(page)
    page.get_by_role("table", name="Each word").get_by_role("link", name="1").press("Enter")
    page.wait_for_url("**/track-record/forecasts/?record=scored&yardstick=phia-2025&word=unlikely")
    looks_right(page)
