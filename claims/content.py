"""Which columns of these tables can hold somebody's words."""

from __future__ import annotations

from typing import Final

from groundwork.redaction import Table

_COUNTED: Final = ("subject", "place", "unit", "item_class", "loss_state")

TABLES: Final = {
    "claims.Series": Table(content=_COUNTED),
    "claims.SeriesEvent": Table(content=_COUNTED, free=("pgh_label",)),
    "claims.Claim": Table(
        content=("quote", "translation", "translated_by", "qualifier", "as_written", "verb", "retracted_why"),
        figures=("value_low", "value_high", "value_point"),
        free=("quote_language",),
        dated=True,
    ),
    "claims.ClaimSuggestion": Table(content=("quote", "found"), free=("rule", "reader_version")),
}
