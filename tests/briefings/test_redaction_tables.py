"""Every column that can hold words is named in the table of redactions, or named as free of them."""

from __future__ import annotations

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from briefings.services.redaction.striking import TABLES

HOLDS_WORDS = (
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.JSONField,
    models.FileField,
    ArrayField,
    SearchVectorField,
)
# Views over other tables, and proxies.
NO_TABLE = {"pghistory.Events", "pghistory.MiddlewareEvents"}


def columns_of(model):
    return {
        field.name for field in model._meta.local_fields if isinstance(field, HOLDS_WORDS) and not _is_a_choice(field)
    }


def _is_a_choice(field):
    inner = field.base_field if isinstance(field, ArrayField) else field
    return bool(inner.choices)


def with_words():
    return {
        model._meta.label: columns_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in NO_TABLE and columns_of(model)
    }


def test_every_column_of_words_is_named_once_as_content_or_as_free_of_it():
    named = {label: sorted((*table.content, *table.free)) for label, table in TABLES.items()}
    assert named == {label: sorted(columns) for label, columns in with_words().items()}


def test_a_column_that_nobody_named_would_be_noticed():
    assert "text" in columns_of(apps.get_model("forecasts.Comment"))
    assert "data" in columns_of(apps.get_model("sources.ArticleBytes"))
    assert "summary" in columns_of(apps.get_model("briefings.Edition"))
    assert "state" not in columns_of(apps.get_model("groundwork.Redaction"))


def test_every_table_of_the_database_belongs_to_a_model(db):
    """So that none is forgotten because no model knows it; `django_migrations` holds names of files."""
    tables = {name for name in connection.introspection.table_names() if name != "django_migrations"}
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - known == set()


def test_figures_and_dates_are_columns_of_their_tables():
    for label, table in TABLES.items():
        names = {field.name for field in apps.get_model(label)._meta.local_fields}
        assert set(table.figures) | set(table.aligned) <= names
        assert ("redacted_at" in names) == table.dated, label


def test_records_carry_the_same_columns_as_their_history():
    """What a redaction replaces in a record it replaces in the record's history."""
    for label, table in TABLES.items():
        tracked = getattr(apps.get_model(label), "pgh_tracked_model", None)
        if tracked is not None:
            assert set(table.content) <= set(TABLES[tracked._meta.label].content), label
