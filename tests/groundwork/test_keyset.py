"""Keyset pages: every row once, whatever its neighbours share with it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Value
from django.db.models.functions import Coalesce

from groundwork.keyset import BadCursor, Keyset
from sources.models import Article, Source

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def sources():
    """Seven sources, recorded two at a time."""
    made = [Source.objects.create(name=f"Source {number}") for number in range(7)]
    for number, source in enumerate(made):
        Source.objects.filter(pk=source.pk).update(recorded_at=START + timedelta(microseconds=number // 2))
    return [source.pk for source in made]


def forwards(keyset, size):
    pages, cursor = [], ""
    while cursor is not None:
        page = keyset.page(Source.objects.all(), size=size, after=cursor)
        pages.append([row.pk for row in page.rows])
        cursor = page.next
    return pages


@pytest.mark.parametrize("order", ["recorded_at", "pk", "name"])
def test_the_pages_hold_every_row_once_and_in_order(sources, order):
    assert forwards(Keyset.of(order), 3) == [sources[:3], sources[3:6], sources[6:]]


def test_descending_is_the_same_from_the_other_end(sources):
    newest_first = sources[::-1]
    assert forwards(Keyset.of("-recorded_at"), 3) == [newest_first[:3], newest_first[3:6], newest_first[6:]]


def test_a_last_page_that_is_full_is_the_last(sources):
    assert [len(page) for page in forwards(Keyset.of("pk"), 7)] == [7]


def test_going_back_gives_the_pages_that_one_came_from(sources):
    keyset, rows = Keyset.of("-recorded_at"), Source.objects.all()
    first = keyset.page(rows, size=3)
    second = keyset.page(rows, size=3, after=first.next)
    back = keyset.page(rows, size=3, before=second.previous)
    assert ([row.pk for row in back.rows], back.previous, back.next) == (
        [row.pk for row in first.rows],
        None,
        first.next,
    )


def test_a_row_that_comes_in_meanwhile_moves_nothing(sources):
    keyset = Keyset.of("-recorded_at")
    first = keyset.page(Source.objects.all(), size=3)
    Source.objects.create(name="A newcomer")
    second = keyset.page(Source.objects.all(), size=3, after=first.next)
    assert [row.pk for row in second.rows] == sources[::-1][3:6]


def test_no_rows_make_one_empty_page_without_neighbours():
    page = Keyset.of("pk").page(Source.objects.none(), size=3)
    assert (page.rows, page.previous, page.next) == ([], None, None)


def test_slices_hold_every_row_up_to_the_last_one_of_now(sources):
    slices = Keyset.of("pk").slices(Source.objects.all(), size=4)
    first = next(slices)
    Source.objects.create(name="A newcomer")
    assert [[row.pk for row in part] for part in [first, *slices]] == [sources[:4], sources[4:]]


def test_slices_of_nothing_are_none():
    assert list(Keyset.of("pk").slices(Source.objects.all())) == []


def cursor_of(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "%%%",
        "x",
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        cursor_of("1"),
        cursor_of("one 2026-01-01 00:00:00+00:00"),
        cursor_of("1 yesterday"),
        cursor_of("1 2026-01-01 00:00:00"),
        cursor_of("1 2026-13-01 00:00:00+00:00"),
    ],
)
def test_a_cursor_that_no_list_gave_out_is_refused(cursor):
    with pytest.raises(BadCursor):
        Keyset.of("recorded_at").page(Source.objects.all(), size=3, after=cursor)


def test_a_cursor_with_nul_is_refused():
    with pytest.raises(BadCursor):
        Keyset.of("name").page(Source.objects.all(), size=3, after=cursor_of("1 \0"))


def test_a_key_that_may_be_null_is_refused_until_it_is_annotated_away():
    with pytest.raises(ImproperlyConfigured):
        Keyset.of("published_on").page(Article.objects.all(), size=3)
    dated = Article.objects.annotate(listed_on=Coalesce("published_on", Value(START.date())))
    assert Keyset.of("-listed_on").page(dated, size=3, after=cursor_of("1 2026-01-01")).rows == []
