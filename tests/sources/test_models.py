"""What the database itself refuses of sources and articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.factories import ArticleFactory, SourceFactory
from tests.refusals import constraint_of, refusal_of

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": "the courier"}, "source_once_per_name_and_kind"),
        ({"name": ""}, "source_has_a_name"),
        ({"kind": "oracle"}, "source_kind_is_known"),
        ({"reliability": "G"}, "source_reliability_is_known"),
    ],
)
def test_a_source_that_cannot_be(db, values, constraint):
    SourceFactory(name="The Courier")

    assert constraint_of(lambda: SourceFactory(**values)) == constraint


def test_there_is_one_desk(db):
    SourceFactory(kind="desk")

    assert constraint_of(lambda: SourceFactory(kind="desk")) == "source_one_desk"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"text_sha256": "same"}, "article_text_once_per_source"),
        ({"text": ""}, "article_has_a_text"),
        ({"title": ""}, "article_has_a_title"),
    ],
)
def test_an_article_that_cannot_be(db, values, constraint):
    source = ArticleFactory(text_sha256="same").source

    assert constraint_of(lambda: ArticleFactory(source=source, **values)) == constraint


@pytest.mark.parametrize("change", [{"text": "Else."}, {"text_sha256": "else"}, {"origin": "api"}])
def test_the_text_of_an_article_never_changes(db, change):
    article = ArticleFactory()
    rows = type(article).objects

    assert refusal_of(lambda: rows.update(**change)).startswith(("pgtrigger: Cannot update", "redaction: the words of"))
    rows.update(title="Corrected")
    assert rows.get().title == "Corrected"


def test_articles_and_their_bytes_stay(db):
    from sources.models import ArticleBytes

    article = ArticleFactory()
    ArticleBytes.objects.create(article=article, data=b"x", sha256="x", media_type="text/plain")

    def delete(table):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")

    refusals = [refusal_of(lambda table=table: delete(table)) for table in ("sources_articlebytes", "sources_article")]
    assert [refusal.startswith("pgtrigger: Cannot delete") for refusal in refusals] == [True, True]
    assert refusal_of(lambda: ArticleBytes.objects.update(data=b"y")).startswith(
        ("pgtrigger: Cannot update", "redaction: the words of")
    )


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({}, "once_per_span"),
        ({"start": 5, "end": 5}, "span_is_not_empty"),
        ({"start": 6, "end": 7, "decision": "dismissed"}, "decision_is_signed"),
        ({"start": 6, "end": 7, "decided_at": AT}, "decision_is_signed"),
    ],
)
@pytest.mark.parametrize("kind", ["claims.ClaimSuggestion", "forecasts.ForecastSuggestion"])
def test_a_find_that_cannot_be(db, kind, values, constraint):
    from django.apps import apps

    model = apps.get_model(kind)
    usual = {"article": ArticleFactory(), "start": 1, "end": 2, "quote": "x", "rule": "r", "found": {}}
    model.objects.create(**usual)

    assert constraint_of(lambda: model.objects.create(**(usual | values))) == f"{model._meta.model_name}_{constraint}"
