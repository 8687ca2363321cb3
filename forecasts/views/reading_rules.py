"""How the rules of the readers fare: for administrators, who decide what is tuned next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, needs
from accounts.roles import Capability
from forecasts.columns import RULE_COLUMNS
from forecasts.forms.reading_rules import RulesFilterForm
from forecasts.services.reading_stats import FEWEST, MODELS, KindStats, Limits, RuleStats, reading_stats
from groundwork.lists import address, csv_response
from sources.choices import Decision

# The counts of a rule: their fields, how they are headed, and the decision that the rows behind them have.
COUNTS: Final = (
    ("found", _("Found"), None),
    ("pending", _("To confirm"), Decision.PENDING),
    ("accepted", _("Accepted"), Decision.ACCEPTED),
    ("edited", _("Edited"), Decision.EDITED),
    ("folded", _("Folded"), Decision.FOLDED),
    ("split", _("Split"), Decision.SPLIT),
    ("dismissed", _("Dismissed"), Decision.DISMISSED),
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A count, and where its rows are; no address for none."""

    heading: str | Promise
    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A rule with its counts; none where it has found nothing."""

    stats: RuleStats
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Section:
    """The rules of one reader."""

    stats: KindStats
    rows: Sequence[Row]


@needs(Capability.ADMINISTER)
@require_safe
def reading_rules(request: SignedInRequest) -> HttpResponseBase:
    """Each rule with what became of its finds, under the filter of the address, or (`?format=csv`) the same as CSV."""
    form = RulesFilterForm(request.GET)
    kinds = reading_stats(form.limits) if form.is_valid() else []
    if kinds and request.GET.get("format") == "csv":
        return csv_response(iter([[row for kind in kinds for row in kind]]), columns=RULE_COLUMNS, name="reading-rules")
    context = {
        "form": form,
        "sections": [_section(kind, form.limits) for kind in kinds],
        "is_empty": not any(kind.found for kind in kinds),
        "headings": [heading for _field, heading, _decision in COUNTS],
        "fewest": FEWEST,
        "csv_url": address(request, format="csv") if kinds else "",
    }
    return render(request, "forecasts/reading_rules.html", context)


def _section(stats: KindStats, limits: Limits) -> Section:
    return Section(stats=stats, rows=[Row(stats=rule, cells=_cells(rule, limits)) for rule in stats])


def _cells(rule: RuleStats, limits: Limits) -> list[Cell]:
    if not rule.found:
        return []
    counts = ((getattr(rule, field), heading, decision) for field, heading, decision in COUNTS)
    return [
        Cell(heading=heading, count=count, url=_rows_behind(rule, decision, limits) if count else "")
        for count, heading, decision in counts
    ]


def _rows_behind(rule: RuleStats, decision: Decision | None, limits: Limits) -> str:
    """The admin's list of exactly those finds that were counted."""
    narrowed = {
        "rule": rule.rule,
        "decision__exact": decision,
        "reader_version": limits.version,
        "article__recorded_at__gte": limits.since_at and limits.since_at.isoformat(),
    }
    options = MODELS[rule.kind]._meta  # noqa: SLF001 - Django's documented name
    query = {"part__exact": 0} | {name: value for name, value in narrowed.items() if value}
    return reverse(f"admin:{options.app_label}_{options.model_name}_changelist", query=query)
