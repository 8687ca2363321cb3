"""List pages: the filter in the URL, the pages, the CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.test import RequestFactory

from groundwork.lists import Column, capped_count, cell, list_view
from sources.filters import SourceFilter
from sources.models import Source

COLUMNS = (Column("reference", lambda source: source.reference), Column("name", lambda source: source.name))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (0.0, "0.0"),
        (-3, "-3"),
        (Decimal("1200.00"), "1200"),
        (Decimal("0.50"), "0.5"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=2))), "2026-01-01T23:30:00Z"),
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
    ],
)
def test_a_cell_says_what_it_holds_and_is_no_formula(value, text):
    assert cell(value) == text


@pytest.fixture
def sources(db):
    names = ["Alma Times", "Bera Post", "=HYPERLINK(1)", "Alma Radio"]
    made = [Source.objects.create(name=name) for name in names]
    for number, source in enumerate(made):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
        Source.objects.filter(pk=source.pk).update(recorded_at=at)
    return made


@pytest.fixture
def page():
    """The list page of sources, two rows at a time, drawn with the pager alone."""

    def get(address):
        request = RequestFactory().get(address)
        request.user = AnonymousUser()
        return list_view(
            request,
            queryset=Source.objects.all(),
            filterset_class=SourceFilter,
            template="components/pager.html",
            columns=COLUMNS,
            order="-recorded_at",
            name="sources",
            page_size=2,
        )

    return get


def links(response):
    text = response.content.decode().replace("&amp;", "&")
    return [part.split('"')[0] for part in text.split('href="')[1:]]


def downloaded(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_a_page_links_to_the_next_one_under_the_same_filter_and_back(page, sources):
    (following,) = links(page("/sources?q=a&page=9"))
    assert following.startswith("/sources?q=a&page=9&after=")
    (back,) = links(page(following))
    assert back.startswith("/sources?q=a&page=9&before=")
    assert links(page(back)) == [following]


def test_the_csv_has_every_row_under_the_filter_and_no_formula(page, sources):
    response = page("/sources?format=csv&after=anything")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="sources.csv"'
    rows = [["reference", "name"], *([source.reference, source.name] for source in reversed(sources))]
    rows[2][1] = "'=HYPERLINK(1)"
    assert downloaded(response) == rows


def test_the_csv_is_filtered_as_the_page_is(page, sources):
    rows = downloaded(page("/sources?q=alma&format=csv"))
    assert [name for _reference, name in rows[1:]] == ["Alma Radio", "Alma Times"]


def test_an_invalid_filter_shows_no_rows_and_no_csv(page, sources):
    response = page("/sources?kind=rumour&format=csv")
    assert (response.streaming, links(response)) == (False, [])


def test_a_cursor_that_was_made_up_is_a_bad_request(page, sources):
    with pytest.raises(BadRequest):
        page("/sources?after=%20")


def test_a_page_costs_two_statements_whether_it_shows_one_row_or_two(page, sources, django_assert_num_queries):
    for address in ("/sources?q=bera", "/sources"):
        with django_assert_num_queries(2):
            page(address)


def test_what_is_beyond_the_cap_is_not_counted(sources):
    assert [capped_count(Source.objects.all(), cap=cap) for cap in (3, 4)] == [None, 4]
