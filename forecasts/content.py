"""Which columns of these tables can hold somebody's words."""

from __future__ import annotations

from typing import Final

from groundwork.redaction import Table

_CRITERIA: Final = ("observable", "threshold", "place", "source_of_record", "fallback", "degrees")
_WORDING: Final = ("statement", "event", "condition", "triage_reason", *_CRITERIA)
_VERDICT: Final = ("rationale", "happened", "not_happened")

TABLES: Final = {
    "forecasts.Forecast": Table(
        content=(*_WORDING, "horizon_text", "retracted_why"),
        free=("time_zone", "scenario_group", "countries"),
        dated=True,
    ),
    "forecasts.ForecastEvent": Table(content=_WORDING, free=("pgh_label",)),
    "forecasts.Lineage": Table(content=("ended_why",)),
    "forecasts.Due": Table(content=("snooze_reason",), free=("cleared_why",)),
    "forecasts.DueChange": Table(content=("reason",)),
    "forecasts.Grade": Table(content=(*_VERDICT, "no_evidence_reason", "retracted_why"), dated=True),
    "forecasts.Resolution": Table(content=(*_VERDICT, "superseded_why"), dated=True),
    "forecasts.Score": Table(
        content=("archived_why",), free=("yardstick", "term", "horizon", "topics", "countries", "method")
    ),
    "forecasts.StoredInterval": Table(content=("scope", "last_error"), free=("key", "parts")),
    "forecasts.Evidence": Table(content=("url", "filename"), dated=True),
    "forecasts.EvidenceCopy": Table(content=("data", "media_type", "title", "text", "final_url"), free=("sha256",)),
    "forecasts.EvidenceFetch": Table(content=("last_error", "refused_why")),
    "forecasts.Judgement": Table(
        content=("term_text", "rationale", "ended_why"), free=("yardstick", "term"), dated=True
    ),
    "forecasts.ImportBatch": Table(
        content=("filename", "notes", "last_error", "cursor", "undone_why"), free=("kind", "sha256")
    ),
    "forecasts.ImportPiece": Table(content=("rows",)),
    "forecasts.ImportRow": Table(content=("key", "author", "values")),
    "forecasts.ImportProblem": Table(content=("value", "reason"), free=("column",)),
    "forecasts.ChartImage": Table(content=("spec", "svg", "png"), free=("digest",)),
    "forecasts.ForecastSuggestion": Table(content=("quote", "found"), free=("rule", "reader_version")),
    "forecasts.Reading": Table(content=("last_error",), free=("yardstick", "reader_version")),
    "forecasts.Clarification": Table(content=("text",), dated=True),
    "forecasts.DateCorrection": Table(content=("reason",)),
    "forecasts.Correction": Table(content=("old", "new", "reason"), free=("field",)),
    "forecasts.Comment": Table(content=("text", "retracted_why"), dated=True),
    "forecasts.ScenarioGroup": Table(content=("title",), free=("key",)),
}
