"""What a reader's flag on a forecast means, and what an analyst may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

# Flag, what it is called, and what to do about it.
FORECAST_FLAGS: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        "compound": (
            _("two judgements in one"),
            _("It occurs only if all parts do. Where each part has a probability of its own, log them apart."),
        ),
        "vague_threshold": (
            _("vague threshold"),
            _("“Significant” and the like measure nothing. Say in the criteria from where on it counts."),
        ),
        "no_date": (
            _("no date"),
            _("Neither the heading nor the sentence says by when. Give it a window, or it is assessed in three years."),
        ),
        "double_hedge": (
            _("hedged twice"),
            _("A “could” beside the term hedges twice. The event goes without it."),
        ),
        "foreign_term": (
            _("not a term of this yardstick"),
            _("Its word has no band on the yardstick in use. Ask the author for a term or a number; do not guess one."),
        ),
        "out_of_band": (
            _("number outside its word’s band"),
            _("Word and number disagree. The number is what is scored; ask the author which one was meant."),
        ),
        "unquantified": (
            _("no probability"),
            _("It carries neither a term nor a number, so it is published and counted as an assessment, never scored."),
        ),
    }
)
