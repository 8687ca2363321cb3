"""`manage.py reading_stats`: how often what each rule found was accepted, edited or dismissed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from forecasts.choices import FindKind
from forecasts.management.commands.flag_due import day
from forecasts.services.reading_stats import FEWEST, NO_LIMITS, KindStats, Limits, RuleStats, reading_stats

COUNTS: Final = ("found", "pending", "accepted", "edited", "folded", "split", "dismissed")
HEADINGS: Final = ("found", "open", *COUNTS[2:], "kept", "as\nfound")
WIDE: Final = 120  # columns, from which on there is room for what a rule means


class Command(BaseCommand):
    help = "Show how often what each rule of the readers found was accepted, edited or dismissed."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Here --version is the readers' and takes the place of Django's own."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=FindKind.values, default="", help="only these finds")
        parser.add_argument("--version", metavar="V", default="", help="only what this version of the readers found")
        parser.add_argument(
            "--since", metavar="YYYY-MM-DD", type=day, help="only in texts that came in on this day or later"
        )
        parser.add_argument("--format", choices=["table", "json"], default="table", help="(default %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        limits = Limits(kind=options["kind"], version=options["version"], since=options["since"])
        kinds = reading_stats(limits)
        if options["format"] == "json":
            self.stdout.write(json.dumps(_document(limits, kinds), ensure_ascii=False, indent=2))
        elif not any(each.found for each in kinds):
            no_limits = limits == NO_LIMITS
            self.stdout.write("Nothing has been found yet." if no_limits else "No find lies within these limits.")
        else:
            self._print(kinds)

    def _print(self, kinds: Sequence[KindStats]) -> None:
        console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]  # it writes, which is enough
        if not console.is_terminal:
            console.width = WIDE
        for each in kinds:
            console.print(_table(each, wide=console.width >= WIDE))
            console.print(_missed(each), "", sep="\n", soft_wrap=True)
        console.print(f"kept, as found: shares of those decided; – where fewer than {FEWEST} are", soft_wrap=True)


def _table(stats: KindStats, *, wide: bool) -> Table:
    table = Table(title=str(stats.kind.label).capitalize(), title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("rule", overflow="fold")
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    if wide:
        table.add_column("what it means", style="dim")
    for row in stats:
        means = [_means(row)] if wide else []
        table.add_row(escape(row.rule), *(str(getattr(row, name)) for name in COUNTS), *_shares(row), *means)
    return table


def _means(row: RuleStats) -> str:
    return "added by somebody: no rule had found it" if row.is_by_hand else escape(row.means)


def _shares(row: RuleStats) -> Sequence[str]:
    return [_percent(share, too_few=row.is_too_few) for share in (row.kept_share, row.as_found_share)]


def _missed(stats: KindStats) -> str:
    if stats.kept == 0:
        return "Nothing was kept yet."
    line = f"Of {stats.kept} that were kept, {stats.by_hand.kept} had to be added by hand"
    return f"{line}." if stats.is_too_few else f"{line}: the rules missed {stats.missed_share:.1%}."


def _percent(share: float | None, *, too_few: bool) -> str:
    return "–" if share is None or too_few else f"{share:.0%}"


def _document(limits: Limits, kinds: Sequence[KindStats]) -> dict[str, Any]:
    return {
        "kind": limits.kind or None,
        "version": limits.version or None,
        "since": limits.since and limits.since.isoformat(),
        "found": sum(each.found for each in kinds),
        "rules": [_item(row) for each in kinds for row in each],
        "missed": {each.kind.value: _missed_item(each) for each in kinds},
    }


def _item(row: RuleStats) -> dict[str, Any]:
    """A rule as an object; shares run from 0 to 1."""
    return {
        "kind": row.kind.value,
        "rule": row.rule,
        "means": row.means or None,
        "example": row.example or None,
        **{name: getattr(row, name) for name in (*COUNTS, "decided", "kept", "kept_as_found")},
        "kept_share": row.kept_share,
        "as_found_share": row.as_found_share,
        "too_few": row.is_too_few,
    }


def _missed_item(stats: KindStats) -> dict[str, Any]:
    """How much of what was kept no rule had found."""
    by_hand, kept, share = stats.by_hand.kept, stats.kept, stats.missed_share
    return {"kept_by_hand": by_hand, "kept": kept, "share": share, "too_few": stats.is_too_few}
