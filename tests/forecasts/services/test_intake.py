"""Bringing a text in and reading it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forecasts.services import intake
from forecasts.services.intake import NewText
from sources.errors import TextRefused
from tests.factories import BRIEFING

LONG = BRIEFING.replace(
    "\nForecast\n", "\n" + "Nobody came that day, and nothing was said.\n\n" * 2_500 + "Forecast\n", 1
)


@pytest.fixture
def bring_in(alice, now):
    def call(text=BRIEFING, **values):
        return intake.bring_in(NewText(text=text, origin="pasted", **values), by=alice, at=now)

    return call


def finds(article):
    return [
        (find.section, find.found["term"], find.duplicate_of and find.duplicate_of.section)
        for find in article.forecastsuggestions.select_related("duplicate_of")
    ]


def test_a_briefing_becomes_an_article_with_its_finds(bring_in):
    brought = bring_in()
    article = brought.article

    assert (brought.is_new, brought.is_read, article.title, article.published_on, article.source.kind) == (
        True,
        True,
        "The ferry at Kostino",
        date(2025, 5, 2),
        "desk",
    )
    assert [source.name for source in article.bylines.all()] == ["Ada Writer"]
    assert finds(article) == [
        ("summary", "likely", "forecast"),
        ("forecast", "likely", None),
        ("forecast", "unlikely", None),
        ("forecast", "realistic_possibility", None),
    ]
    assert [find.found["value_point"] for find in article.claimsuggestions.all()] == [1200, 1200, 3000]
    article.refresh_from_db()
    assert article.reading.done_at is not None


def test_a_find_is_no_record(bring_in, stored):
    bring_in()
    rows = stored()

    assert (rows["forecasts.Forecast"], rows["claims.Claim"]) == (0, 0)


def test_the_same_text_comes_in_once(bring_in, stored):
    first = bring_in()
    before = stored()
    again = bring_in(text=BRIEFING.replace("\n", "\r\n"))

    assert (again.article, again.is_new, again.is_read, stored()) == (first.article, False, True, before)


def test_another_sources_copy_is_an_article_of_its_own(bring_in, alice):
    courier = intake.outside_source("The Courier", by=alice)
    articles = {bring_in().article.pk, bring_in(source=courier).article.pk}

    assert (len(articles), courier.kind, intake.outside_source(" ", by=alice)) == (2, "outlet", None)


def test_what_is_given_counts_before_what_the_text_says(bring_in):
    article = bring_in(title="Ferries", byline="Bea and Cy", published_on=date(2025, 6, 2), topics=["Ferries"]).article
    find = article.forecastsuggestions.filter(section="forecast").first()

    assert (article.title, article.published_on, find.found["closes_on"]) == ("Ferries", date(2025, 6, 2), "2025-09-02")
    assert [source.name for source in article.bylines.order_by("byline__position")] == ["Bea", "Cy"]


@pytest.mark.parametrize(
    ("text", "values", "field", "code"),
    [
        ("", {}, "text", "empty_text"),
        (" \n\t", {}, "text", "empty_text"),
        ("x" * 2_000_001, {}, "text", "too_large"),
        ("é" * 1_000_001, {}, "text", "too_large"),
        (BRIEFING, {"yardstick": "mine"}, "yardstick", "text_refused"),
        (BRIEFING, {"published_on": date(2026, 3, 3)}, "published_on", "text_refused"),
    ],
)
def test_a_text_that_cannot_be_is_refused_and_nothing_is_stored(bring_in, refused, text, values, field, code):
    assert refused(bring_in, text, topics=["New"], **values)[:2] == (field, code)


# --- Long texts -------------------------------------------------------------------------------------------------------


def test_a_long_text_waits_for_a_worker(bring_in, now):
    from forecasts.models import Reading

    brought = bring_in(LONG)
    waiting = list(Reading.objects.waiting(at=now).values_list("pk", flat=True))
    read = intake.read_waiting(brought.article.pk, at=now)

    assert (brought.is_new, brought.is_read, waiting, read) == (True, False, [brought.article.pk], True)
    assert len(finds(brought.article)) == 4
    assert list(Reading.objects.waiting(at=now + timedelta(days=1))) == []


def test_what_is_read_or_being_read_is_left_alone(bring_in, now):
    from forecasts.models import Reading

    pk = bring_in(LONG).article.pk
    Reading.objects.claim(pk, at=now)
    while_another_reads = intake.read_waiting(pk, at=now)
    after_its_lease = intake.read_waiting(pk, at=now + timedelta(minutes=5))
    when_done = intake.read_waiting(pk, at=now + timedelta(days=1))

    assert (while_another_reads, after_its_lease, when_done) == (False, True, False)


def test_reading_again_adds_nothing(bring_in, now, stored):
    from forecasts.models import Reading

    article = bring_in().article
    before = stored()
    Reading.objects.update(done_at=None)

    assert (intake.read_waiting(article.pk, at=now), stored()) == (True, before)


def test_what_fails_five_times_is_set_aside(bring_in, now):
    from forecasts.models import Reading

    pk = bring_in(LONG).article.pk
    Reading.objects.update(yardstick="gone")
    for day in range(5):
        with pytest.raises(TextRefused):
            intake.read_waiting(pk, at=now + timedelta(days=day))
    assert intake.read_waiting(pk, at=now + timedelta(days=5)) is False
    row = Reading.objects.get()

    assert (row.attempts, row.set_aside_at, row.done_at) == (5, now + timedelta(days=4), None)
    assert row.last_error == "TextRefused: “gone” is no yardstick here."
