"""Dating what was a preview, and letting forecasts be seen outside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from forecasts.reading import document
from forecasts.services.recording import Place
from forecasts.services.releasing import date_preview, release_forecasts
from tests.factories import BRIEFING

DAY = date(2026, 3, 1)


@pytest.fixture
def preview(log, make_article):
    def make(**values):
        return log(made_on=None, closes_on=None, place=Place(article=make_article()), **values)

    return make


@pytest.fixture(scope="module")
def found():
    """What the reader finds in the edition of that day: short, short, and open-ended."""
    undated = BRIEFING.replace("2 May 2025\n", "")
    return [find for find in document.read(undated, dated_on=DAY).forecasts if find.section == "forecast"]


def window(forecast):
    names = ("made_on", "opens_on", "closes_on", "assessment_on", "horizon", "due_on", "version")
    return tuple(getattr(forecast, name) for name in names)


def test_a_preview_gets_its_window_from_its_first_edition(preview, found, bob):
    short, open_ended = preview(), preview()
    date_preview(short, found=found[0], on=DAY, by=bob)
    date_preview(open_ended, found=found[2], on=DAY, by=bob)

    assert window(short) == (DAY, DAY, date(2026, 6, 1), None, "short", date(2026, 6, 2), 2)
    opens, assessed = date(2027, 3, 1), date(2030, 3, 1)
    assert window(open_ended) == (DAY, opens, None, assessed, "long", assessed + timedelta(days=1), 2)


def test_a_sentence_that_was_not_found_opens_on_the_day_and_has_no_end(preview, bob):
    forecast, assessment = preview(), preview(triage="assessment")
    date_preview(forecast, found=None, on=DAY, by=bob)
    date_preview(assessment, found=None, on=DAY, by=bob)

    assert window(forecast)[:4] == (DAY, DAY, None, date(2029, 3, 1))
    assert window(assessment)[:4] == (DAY, DAY, None, None)


def test_what_has_its_day_keeps_it(log, found, bob):
    forecast = log()
    forecast.refresh_from_db()
    before = window(forecast)
    date_preview(forecast, found=found[2], on=DAY, by=bob)

    assert window(forecast) == before


def test_what_is_released_is_seen_outside_and_what_is_internal_is_not(log, now):
    from forecasts.models import Forecast

    public, internal, other = log(), log(visibility="internal"), log()
    release_forecasts([public, internal], at=now)
    release_forecasts([public], at=now + timedelta(days=1))

    assert list(Forecast.objects.visible_to(AnonymousUser())) == [public]
    assert set(Forecast.objects.visible_to(other.recorded_by)) == {public, internal, other}
    public.refresh_from_db()
    assert (public.released_at, public.author.released_at) == (now, now)


def test_the_author_of_an_internal_forecast_stays_unknown(log, now):
    forecast = log(visibility="internal")
    release_forecasts([forecast], at=now)
    forecast.author.refresh_from_db()

    assert forecast.author.released_at is None
