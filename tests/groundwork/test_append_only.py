"""Which tables only grow."""

from __future__ import annotations

from django.apps import apps
from pgtrigger import registered


def test_the_tables_that_only_grow_are_these():
    """What publishes, claims, judges or grades; whoever adds a table to them adds it here."""
    growing = {model._meta.label for model, trigger in registered() if trigger.name == "keep_table"}

    assert growing == {
        "briefings.Edition",
        "briefings.EditionForecast",
        "claims.Claim",
        "forecasts.Clarification",
        "forecasts.Comment",
        "forecasts.DueChange",
        "forecasts.Evidence",
        "forecasts.EvidenceCopy",
        "forecasts.Grade",
        "forecasts.Judgement",
        "forecasts.Lineage",
        "forecasts.Look",
        "forecasts.Recusal",
        "forecasts.Resolution",
        "forecasts.ResolutionGrade",
        "forecasts.Score",
    }
    assert growing <= {model._meta.label for model in apps.get_models()}
