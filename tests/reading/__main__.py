"""`make reading-report`: how well the readers do on each half of the corpus.

The misses that are printed are those of the half that rules are tuned on. Those of the other half are for whoever
checks the gold (`ARGS=--held-out-misses`): a rule that was mended on them would make its figures worthless.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from forecasts.reading.document import read
from forecasts.reading.proposing import propose_event, propose_shape
from tests.reading.gold import HALVES, Gold, Half, load
from tests.reading.scoring import (
    CLAIM_FIELDS,
    FORECAST_FIELDS,
    PART_FIELDS,
    TOGETHER,
    Fields,
    Miss,
    Score,
    Tally,
    score,
)

KINDS = (("parts", PART_FIELDS), ("forecasts", FORECAST_FIELDS), ("claims", CLAIM_FIELDS))


def reading_of(gold: Gold) -> Fields:
    """The object that `manage.py read` would print, each forecast with the event and shape that would be proposed."""
    reading = read(gold.text, published_on=gold.published, yardstick=gold.yardstick)
    whole = reading.as_dict()
    for found, fields in zip(reading.forecasts, whole["forecasts"], strict=True):
        event = propose_event(found, reading.parts)
        fields |= {"event": event or None, "shape": propose_shape(event)}
    return whole


def score_of(half: Half) -> Score:
    """The readers' score on that half."""
    return score((gold, reading_of(gold)) for gold in load(half))


def main() -> None:
    parser = argparse.ArgumentParser(prog="make reading-report", description="Give arguments as ARGS='--misses 50'.")
    parser.add_argument("--misses", type=int, default=10, help="how many of the worst misses to print (default 10)")
    parser.add_argument("--about", default="", help="print only misses with these words in them")
    parser.add_argument("--half", choices=HALVES, help="report on this half alone")
    parser.add_argument("--held-out-misses", action="store_true", help="print the misses of the half not tuned on")
    asked = parser.parse_args()
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 160)
    scores = {half: score_of(half) for half in HALVES if asked.half in (None, half)}
    for kind, names in KINDS:
        console.print(_table(kind, names, {half: getattr(each, kind) for half, each in scores.items()}))
    shown: Half = "held_out" if asked.held_out_misses else "tuned"
    if shown in scores:
        _print_misses(console, shown, scores[shown], asked)


def _table(kind: str, names: list[str], tallies: dict[str, Tally]) -> Table:
    table = Table(title=kind, title_justify="left", min_width=60)
    table.add_column("")
    for half in tallies:
        table.add_column(half.replace("_", " "), justify="right")
    if kind != "parts":
        table.add_row("in the gold", *(str(each.matched + each.missed) for each in tallies.values()))
        for name in ("precision", "recall", "f1"):
            table.add_row(name, *(f"{getattr(each, name):.3f}" for each in tallies.values()))
        table.add_section()
    for name in TOGETHER[kind]:
        table.add_row(f"[bold]{name}", *(f"{each.accuracy(name):.3f}" for each in tallies.values()))
    table.add_section()
    for name in names:
        table.add_row(name, *(f"{each.accuracy(name):.3f}" for each in tallies.values()))
    return table


def _print_misses(console: Console, half: Half, result: Score, asked: argparse.Namespace) -> None:
    wanted: list[Miss] = [miss for miss in result.worst(len(result.misses)) if asked.about in miss.what]
    console.print(
        f"\n{len(wanted)} misses in the half {half.replace('_', ' ')}, the worst {asked.misses}:", markup=False
    )
    for miss in wanted[: asked.misses]:
        console.print(
            f"  {miss.briefing}  {miss.what}\n      {' '.join(miss.quote.split())}", markup=False, soft_wrap=True
        )


if __name__ == "__main__":
    main()
