"""Bringing texts in and reading them through the API."""

from __future__ import annotations

import json

import pytest

from forecasts.models import ForecastSuggestion
from sources.models import Article, Source

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles/"
READ = "/api/v1/read/"
TEXT = "A bridge reopens\n\nBy Eve Writer | 3 May 2026\n\nForecast\n\nThe second lane is likely to open by 1 July 2026."


def test_a_text_becomes_an_article_and_what_is_in_it_waits_for_an_analyst(count_from_one, analyst, golden):
    response = analyst.post(ARTICLES, {"text": TEXT, "topics": ["Bridges"], "source": "Bera Post"})
    golden(response, "article_brought_in")
    assert [suggestion.quote for suggestion in ForecastSuggestion.objects.all()] == [TEXT.rpartition("\n")[2]]


def test_the_same_text_again_is_200_and_the_same_article(analyst):
    first, again = (analyst.post(ARTICLES, {"text": TEXT}) for _time in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Article.objects.count() == 1


def test_a_long_text_is_left_to_the_worker(analyst, settings, monkeypatch, django_capture_on_commit_callbacks):
    from forecasts import tasks

    sent = []
    monkeypatch.setattr(tasks.read_article, "apply_async", lambda *args, **options: sent.append((args, options)))
    settings.READ_IN_REQUEST_BYTES = 10
    with django_capture_on_commit_callbacks(execute=True):
        response = analyst.post(ARTICLES, {"text": TEXT})
    assert sent == [(([Article.objects.get(title=response.json()["title"]).pk],), {"retry": False})]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"text": " "}, "empty_text"),
        ({"text": "x\0y"}, "nul_in_text"),
        ({"text": "A bridge reopens", "published_on": "2030-01-01"}, "published_in_the_future"),
        ({"text": "A bridge reopens", "url": "javascript:alert(1)"}, "no_web_address"),
        ({}, "no_text"),
        ({"text": "x" * 2_000_001}, "text_too_large"),
    ],
)
def test_a_text_that_cannot_be_had_is_said_why_and_nothing_is_stored(analyst, golden, given, name):
    golden(analyst.post(ARTICLES, given), name)
    assert (Article.objects.count(), Source.objects.filter(kind="outlet").count()) == (0, 0)


def test_reading_gives_what_the_command_prints_and_stores_nothing(analyst, tmp_path, capsys):
    from django.core.management import call_command

    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    call_command("read", str(file))
    assert analyst.post(READ, {"text": TEXT}).json() == json.loads(capsys.readouterr().out)
    assert Article.objects.count() == 0


def test_more_than_is_read_in_a_request_is_refused(analyst, golden, settings):
    settings.READ_IN_REQUEST_BYTES = 100_000
    golden(analyst.post(READ, {"text": "x" * 100_001}), "read_too_large")


def test_a_text_that_is_refused_leaves_no_new_source_behind(analyst):
    given = {"text": TEXT, "source": "Nobody Known", "published_on": "2026-05-30"}
    refused = analyst.post(ARTICLES, given).json()
    assert ([each["pointer"] for each in refused["errors"]], Source.objects.count()) == (["/published_on"], 0)
