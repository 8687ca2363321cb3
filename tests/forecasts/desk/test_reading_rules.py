"""The administrators' page of the readers' rules: its numbers, the rows behind them, and how it looks."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from claims.models import ClaimSuggestion
from forecasts.models import ForecastSuggestion
from forecasts.services.splitting import add_by_hand
from sources.models import Article
from sources.reading.document_parts import Span
from sources.services import deciding

PAGE = "/desk/reading-rules/"
LONG = "a_rule_whose_name_goes_on_and_on_as_some_do_up_to_sixty_signs"[:60]


@pytest.fixture
def admin(person):
    return person("dana", "administrator")


@pytest.fixture
def client(admin, browse) -> Client:
    return browse(admin)


@pytest.fixture
def read(briefing, alice, now):
    """A briefing's five forecasts and two claims: one of each was dismissed, one forecast accepted, one by hand."""
    forecasts = briefing.forecastsuggestions.order_by("start")
    deciding.dismiss(forecasts.last(), by=alice, at=now)
    deciding.dismiss(briefing.claimsuggestions.first(), by=alice, at=now)
    start = briefing.text.index("Harbour talks")
    by_hand = add_by_hand(briefing, Span(start, start + len("Harbour talks in Ruritania")), yardstick="phia-2025")
    accepted = [forecasts.filter(rule="term").first().pk, by_hand.pk]
    ForecastSuggestion.objects.filter(pk__in=accepted).update(decision="accepted", decided_by=alice, decided_at=now)
    return briefing


@pytest.fixture
def decided(read, alice, now):
    """`decided(12, rule="term", decision="edited")` are so many more finds of the briefing."""

    def add(count: int, **values: object) -> None:
        find = ForecastSuggestion.objects.first()
        last = ForecastSuggestion.objects.order_by("-end").first().end
        usual = {
            "article": find.article,
            "quote": "A find.",
            "reader_version": "1",
            "section": "body",
            "found": find.found,
        }
        signed = {"decided_by": alice, "decided_at": now}
        ForecastSuggestion.objects.bulk_create(
            ForecastSuggestion(start=last + number, end=last + number + 1, **(usual | signed | values))
            for number in range(1, count + 1)
        )

    return add


def table_row(page: str, rule: str) -> list[str]:
    """The cells of a rule, behind its name."""
    (row,) = re.findall(rf"<tr>(?:(?!</tr>).)*?>{rule}</span>.*?</th>(.*?)</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<span class=\"visually-hidden\">.*?</span>|<[^>]+>", "", cell).split()) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]  # fmt: skip


def test_each_rule_stands_with_what_became_of_its_finds(client, decided, words_of):
    decided(12, rule="term", decision="edited")
    decided(4, rule="term", decision="dismissed")
    response = client.get(PAGE)
    page = response.content.decode()

    assert table_row(page, "term") == ["20", "3", "1", "12", "0", "0", "4", "76.5 %", "5.9 %"]
    assert table_row(page, "forecast_section") == ["1", "0", "0", "0", "0", "0", "1", "too few to judge"]
    assert table_row(page, "scenario") == ["nothing found yet"]
    for words in (
        "what a scenario in the forecast section tells",
        "Scenario A: the mill closes.",
        "Of 14 that were kept, 1 had to be added by hand: the rules missed 7.1 %.",
        "Nothing was kept yet, so nobody knows what the rules miss.",
    ):
        assert words in words_of(response)


def test_few_that_were_kept_are_called_so(client, read, words_of):
    said = "Of 2 that were kept, 1 had to be added by hand. That is too few to judge what the rules miss."
    assert said in words_of(client.get(PAGE))


@pytest.mark.parametrize("query", ["", "?version=1", "?since=2025-06-01", "?kind=claim&version=1&since=2025-06-01"])
def test_every_number_opens_the_rows_that_it_counts(client, read, bring_in, query):
    ForecastSuggestion.objects.filter(decision="pending").update(reader_version="2")
    older = bring_in("Talks\n\n2 May 2025\n\nForecast\n\n- The port is likely to close.", source_name="Courier")
    Article.objects.filter(pk=older.pk).update(recorded_at=datetime(2025, 5, 1, tzinfo=UTC))
    page = client.get(PAGE + query).content.decode()
    links = re.findall(r'href="(/admin/[^"]+)">([\d,]+)<', page)
    counted = [(int(number), client.get(unescape(link)).context["cl"].result_count) for link, number in links]

    assert len(links) >= 4
    assert [shown for shown, _there in counted] == [there for _shown, there in counted]


def test_the_filter_narrows_both_tables(client, read):
    ForecastSuggestion.objects.filter(decision="pending").update(reader_version="2")
    sections = client.get(PAGE, {"kind": "forecast", "version": "2"}).context["sections"]

    assert [(section.stats.kind, section.stats.found) for section in sections] == [("forecast", 3)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=figure", "Select a valid choice. figure is not one of the available choices."),
        ("version=7", "No reader of version 7 has found anything."),
        ("since=May", "“May” is no day of the calendar. Write it as YYYY-MM-DD."),
        ("since=2030-01-01", "No find fits this filter"),
    ],
)
def test_a_filter_that_lets_nothing_through_says_why(client, read, words_of, query, said):
    response = client.get(f"{PAGE}?{query}")
    assert said in words_of(response)
    assert "<table" not in response.content.decode()


@pytest.mark.parametrize("query", ["", "?kind=claim"])
def test_with_nothing_found_the_page_says_what_comes_there(client, words_of, query):
    title = "No find fits this filter" if query else "Nothing has been found yet"
    assert title in words_of(client.get(PAGE + query))


def test_it_downloads_as_csv_under_its_filter(client, decided):
    decided(12, rule=LONG, decision="edited")
    decided(2, rule=LONG, decision="dismissed")
    page = client.get(PAGE, {"kind": "forecast"})
    response = client.get(page.context["csv_url"])
    rows = list(csv.DictReader(response.getvalue().decode().splitlines()))

    assert response.headers["Content-Disposition"] == 'attachment; filename="reading-rules.csv"'
    assert [row["rule"] for row in rows] == [
        "term", "foreign_term", "chance", "scenario", "forecast_section", LONG, "by_hand"
    ]  # fmt: skip
    assert rows[5] == {
        "finds": "forecast", "rule": LONG, "what it means": "", "example": "", "found": "14", "to confirm": "0",
        "accepted": "0", "edited": "12", "folded": "0", "split": "0", "dismissed": "2", "decided": "14",
        "share kept": "0.857", "share kept as found": "0.0", "too few to judge": "no",
    }  # fmt: skip
    assert (rows[3]["share kept"], rows[3]["too few to judge"]) == ("", "yes")


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_many_rules_there_are(client, decided, django_assert_num_queries, count):
    for number in range(count):
        decided(2, rule=f"rule_{number}", decision="dismissed")
    with django_assert_num_queries(6):
        client.get(PAGE)


@pytest.mark.parametrize("role", ["reader", "analyst", "editor"])
def test_only_administrators_see_it_and_the_way_to_it(person, browse, role):
    client = browse(person("somebody", role))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/desk/").content.decode()


def test_administrators_find_it_in_their_menu(client):
    assert f'<a href="{PAGE}">Reading rules</a>' in client.get("/desk/").content.decode()


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in():
    assert Client().get(PAGE).headers["Location"] == f"/account/login/?next={PAGE}"


def test_it_looks_right_empty_and_with_an_error(page, transactional_db, admin, sign_in, looks_right):
    sign_in(admin)
    for query in ("", "?version=7"):
        page.goto(PAGE + query)
        looks_right(page)


def test_it_looks_right_full_with_long_names(page, transactional_db, admin, sign_in, decided, looks_right):
    decided(1234, rule="term", decision="accepted")
    decided(12, rule=LONG, decision="dismissed")
    ClaimSuggestion.objects.update(rule="x" * 60)
    sign_in(admin)
    page.goto(PAGE)
    looks_right(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
