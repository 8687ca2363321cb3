"""`manage.py track_record`: what the desk's words were worth, as a table or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from accounts.models import User
from accounts.roles import Role
from forecasts.choices import By
from forecasts.management.commands.flag_due import day
from forecasts.models import Forecast
from forecasts.scoring.hits import Hits
from forecasts.scoring.intervals import Interval
from forecasts.scoring.limits import MIN_ITEMS
from forecasts.scoring.record import Group, TrackRecord, as_json
from forecasts.services import intervals
from forecasts.services.named_groups import named
from forecasts.services.narrowing import Narrowing
from forecasts.services.record_rows import Lane, Scope, Whose
from forecasts.services.track_record import Asked, records_of

WIDTH: Final = 80
BY: Final = (By.TERM, By.HORIZON, By.TOPIC, By.AUTHOR, By.YEAR)
_VERDICTS: Final = {
    "in_band": "in its band",
    "more_often": "more often",
    "less_often": "less often",
    "cannot_tell": "cannot tell",
    "too_few": "too few to judge",
}


def lanes(text: str) -> frozenset[Lane]:
    """Lanes by name, with commas between them. Raises argparse.ArgumentTypeError."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in Lane.values]:
        raise argparse.ArgumentTypeError(f"“{unknown[0]}” is none of: {', '.join(Lane.values)}.")
    return frozenset(map(Lane, names))


class Command(BaseCommand):
    help = "Show what the desk's words were worth: how often each came true, and how well they were scored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", choices=[each.value for each in BY], default="", help="part it by this")
        parser.add_argument(
            "--from", dest="since", metavar="DATE", type=day, help="only what was made from this day on"
        )
        parser.add_argument("--to", dest="until", metavar="DATE", type=day, help="only what was made until this day")
        parser.add_argument("--judgement", choices=Whose.values, default="desk", help="(default %(default)s)")
        parser.add_argument(
            "--include", type=lanes, default=frozenset(), metavar="LANES", help="imported,involved,retroactive"
        )
        parser.add_argument("--format", choices=["table", "json"], default="table", help="(default %(default)s)")

    def handle(self, *_args: Any, **options: Any) -> None:
        asked = _asked(options)
        record, by = _records(asked)[""], options["by"]
        groups = named(_records(replace(asked, by=by)), by, viewer=None) if by else []
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(record, groups), ensure_ascii=False, indent=2))
        else:
            self._print(record, groups, by=options["by"])

    def _print(self, record: TrackRecord, groups: Sequence[Group], *, by: str) -> None:
        console = Console(file=self.stdout, highlight=False, width=WIDTH)  # type: ignore[arg-type]  # it writes, which is enough
        console.print(_numbers(record))
        for row in _counts(record):
            console.print(row)
        for slug, rows in groupby(record.terms, key=lambda row: row.yardstick):
            console.print("", _terms(slug, rows))
        if groups:
            console.print("", _parts(groups, by))


def _asked(options: dict[str, Any]) -> Asked:
    made = {"made_on__gte": options["since"], "made_on__lte": options["until"]}
    given = {lookup: value for lookup, value in made.items() if value is not None}
    viewer = User(role=Role.ADMINISTRATOR)  # whoever runs commands sees the desk
    return Asked(
        forecasts=Forecast.objects.visible_to(viewer).filter(**given),
        scope=Scope(whose=Whose(options["judgement"]), include=options["include"]),
        viewer=viewer,
        on=timezone.localdate(),
        narrowing=Narrowing(tuple(given.items())),
    )


def _records(asked: Asked) -> dict[Any, TrackRecord]:
    """With their intervals, which nobody has to wait for elsewhere."""
    found = records_of(asked)
    if key := intervals.ask(found.values(), asked, at=timezone.now()):
        intervals.make(key, at=timezone.now())
        found = records_of(replace(asked))  # what was looked up before they were made stays with the old one
    return found


# --- As a table -----------------------------------------------------------------------------------------------------


def _numbers(record: TrackRecord) -> Table:
    table = _table()
    table.add_row("scored", f"{record.n_scored:,}")
    table.add_row("Brier score, 0 best to 1 worst", _with_interval(_number(record.brier), record.interval))
    if record.brier_band is not None:
        table.add_row("  within the bands", f"{record.brier_band.best:.4f} to {record.brier_band.worst:.4f}")
    if record.missing is not None:
        table.add_row("  had the rest gone one way", f"{record.missing.best:.4f} to {record.missing.worst:.4f}")
    table.add_row("logarithmic score, clipped at 0.001", _number(record.log))
    table.add_row("base rate", _number(record.base_rate))
    for each in record.skills:
        if each.value is not None:
            table.add_row(f"skill against {each.reference.value.replace('_', ' ')}", f"{each.value:+.4f}")
    if record.murphy is not None:
        parts = (record.murphy.reliability, record.murphy.resolution, record.murphy.uncertainty)
        table.add_row("reliability − resolution + uncertainty", _sums(parts))
    if record.corp is not None:
        table.add_row(
            "miscalibration − discrimination + uncertainty", _sums((record.corp.mcb, record.corp.dsc, record.corp.unc))
        )
    return table


def _sums(parts: Iterable[float]) -> str:
    return ", ".join(f"{each:.4f}" for each in parts)


def _counts(record: TrackRecord) -> Iterable[str]:
    for words, counts in (("Not scored", record.n_unscored), ("Left out", record.left_out)):
        if counts:
            named_counts = ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in counts.items())
            yield f"{words}: {named_counts}."
    waiting = {"Open": record.n_open, "Overdue": record.n_overdue, "Assessments": record.n_assessments}
    yield " ".join(f"{name}: {_whole(n)}." for name, n in waiting.items())


def _terms(yardstick: str, rows: Iterable[Hits]) -> Table:
    """Those of one yardstick, which heads them: several have a “likely”."""
    table = _table(yardstick, "band", "n", "came true", "95 %", "verdict")
    for row in rows:
        ends = "–".join("" if end is None else f"{end:.0%}" for end in (row.low, row.high))
        rate = "–" if row.rate is None else f"{row.rate:.0%}"
        table.add_row(
            row.term.replace("_", " "), ends, f"{row.n:,}", rate, _interval(row.wilson), _VERDICTS[row.verdict]
        )
    return table


def _parts(groups: Sequence[Group], by: str) -> Table:
    table = _table(by, "scored", "Brier", "95 %", "base rate", "overdue")
    for group in groups:
        made = group.record
        interval = "–" if made.interval is None else f"{made.interval.low:.3f}–{made.interval.high:.3f}"
        few = 0 < made.n_scored < MIN_ITEMS
        cells = (_number(made.brier), "too few" if few else interval, _number(made.base_rate), _whole(made.n_overdue))
        table.add_row(group.key if by == By.TERM else group.name, _whole(made.n_scored), *cells)
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=bool(headings), header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _whole(n: int | None) -> str:
    return "–" if n is None else f"{n:,}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _interval(interval: Interval | None) -> str:
    return "–" if interval is None else f"{interval.low:.0%}–{interval.high:.0%}"


def _with_interval(number: str, interval: Interval | None) -> str:
    return number if interval is None else f"{number} (95 %: {interval.low:.4f} to {interval.high:.4f})"
