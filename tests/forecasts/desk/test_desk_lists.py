"""The lists of articles and forecasts, and the page of one article."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime

import pytest

from forecasts.models import Forecast
from forecasts.views.finds import finds_in, form_for, proposed_data


@pytest.fixture
def rows_of():
    """`rows_of(response)` is a CSV download as dictionaries."""

    def rows(response) -> list[dict[str, str]]:
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        return list(csv.DictReader(response.getvalue().decode().splitlines()))

    return rows


@pytest.fixture
def confirmed(client_of_alice, bring_in, briefing_text):
    """`confirmed(3)` are so many briefings with everything accepted that carries no flag, near to an older one or not."""

    def confirm(count: int) -> None:
        for number in range(count):
            article = bring_in(briefing_text.replace("Zenda", f"Zenda {number}"), source_name=f"Courier {number}")
            for find in [each for each in finds_in(article) if each.is_plain]:
                address = f"/desk/articles/{article.reference}/confirm/{find.key}/accept/"
                client_of_alice.post(address, proposed_data(form_for(find.row)))

    return confirm


@pytest.mark.parametrize(
    ("path", "words"),
    [("forecasts/", ["open", "overdue"]), ("forecasts/F-{forecast}/", ["overdue"])],
)
def test_what_waits_for_a_verdict_is_called_overdue_and_an_assessment_never(client_of_alice, log, path, words):
    late = log()
    log(triage="assessment", at=datetime(2025, 5, 3, 9, tzinfo=UTC))
    page = client_of_alice.get(f"/desk/{path.format(forecast=late.pk)}").content.decode()

    assert re.findall(r'class="outcome-word">(\w+)<', page) == words


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("articles/", 7), ("forecasts/", 9)])
def test_a_list_takes_the_same_queries_however_long_it_is(
    client_of_alice, confirmed, django_assert_num_queries, count, path, queries
):
    confirmed(count)
    with django_assert_num_queries(queries):
        client_of_alice.get(f"/desk/{path}")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("articles/", "No articles yet"),
        ("forecasts/", "No forecasts yet"),
        ("forecasts/?q=zenda", "No forecast fits this filter"),
    ],
)
def test_an_empty_list_says_what_comes_there(client_of_alice, words_of, path, title):
    assert title in words_of(client_of_alice.get(f"/desk/{path}"))


def test_the_list_of_forecasts_is_narrowed_by_its_address(client_of_alice, confirmed):
    confirmed(2)
    page = client_of_alice.get("/desk/forecasts/", {"q": "zenda 1"})
    assert [row.event for row in page.context["rows"]] == ["The port of Zenda 1 reopens to grain ships"]


def test_the_forecasts_download_as_csv(client_of_alice, confirmed, rows_of):
    confirmed(1)
    rows = rows_of(client_of_alice.get("/desk/forecasts/", {"format": "csv"}))
    kept = ("event", "author", "opens on", "closes on", "assessment date", "term", "low", "high", "outcome")
    assert [{name: row[name] for name in kept} for row in rows] == [
        {
            "event": "Ruritania builds a second port", "author": "Anna Lindqvist", "opens on": "2026-05-02", "closes on": "",
            "assessment date": "2029-05-02", "term": "highly_likely", "low": "0.8", "high": "0.9", "outcome": "",
        },
        {
            "event": "The port of Zenda 0 reopens to grain ships", "author": "Anna Lindqvist", "opens on": "2025-05-02",
            "closes on": "2025-08-02", "assessment date": "", "term": "likely", "low": "0.55", "high": "0.75", "outcome": "",
        },
    ]  # fmt: skip


def test_the_articles_download_as_csv_with_what_is_left_to_confirm(client_of_alice, confirmed, rows_of):
    confirmed(1)
    (row,) = rows_of(client_of_alice.get("/desk/articles/", {"format": "csv"}))
    assert (row["title"], row["source"], row["bylines"], row["finds to confirm"]) == (
        "Harbour talks in Ruritania", "Courier 0", "Anna Lindqvist", "3"
    )  # fmt: skip


def test_the_page_of_an_article_shows_its_text_its_records_and_where_it_is_from(client_of_alice, briefing, words_of):
    client_of_alice.post(f"/desk/articles/{briefing.reference}/confirm/plain/")
    response = client_of_alice.get(f"/desk/articles/{briefing.reference}/")
    page = words_of(response)
    forecast = Forecast.objects.order_by("quote_start").first()
    for words in (
        "Confirm 3 finds",
        forecast.event,
        "up to 900",
        "Ruritanian officials, estimates",
        briefing.text_sha256,
    ):
        assert words in page
    marks = [find.key for find in finds_in(briefing) if find.record is not None]
    assert [f'data-find="{key}"' in response.content.decode() for key in marks] == [True] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_article_takes_the_same_queries_however_much_is_in_it(
    client_of_alice, bring_in, django_assert_num_queries, count
):
    lines = "\n".join(f"- The port of Zenda number {number} is likely to reopen." for number in range(count))
    figures = " ".join(f"Officials said that {number + 20} boats were destroyed." for number in range(count))
    article = bring_in(f"Talks\n\n2 May 2025\n\n{figures}\n\nForecast\n\n{lines}")
    client_of_alice.post(f"/desk/articles/{article.reference}/confirm/plain/")
    with django_assert_num_queries(11):
        client_of_alice.get(f"/desk/articles/{article.reference}/")


@pytest.mark.parametrize("path", ["articles/", "articles/A-{pk}/", "forecasts/"])
def test_readers_see_the_desk(charlie, browse, briefing, path):
    assert browse(charlie).get(f"/desk/{path}".format(pk=briefing.pk)).context["user"] == charlie


@pytest.mark.parametrize("path", ["articles/", "articles/A-{pk}/", "forecasts/", "chance/"])
def test_who_is_not_browse_is_asked_to(client, briefing, path):
    address = f"/desk/{path}".format(pk=briefing.pk)
    assert client.get(address).headers["Location"] == f"/account/login/?next={address}"
