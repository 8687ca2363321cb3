"""`manage.py load_samples`: the sample briefings with their forecasts, claims, judgements and grades."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from briefings.samples.loading import Loaded, find_cast, is_ahead, load_briefing, load_sources
from briefings.samples.plan import BriefingPlan, briefing_plans
from forecasts.services.due import flag_due

REFUSED = 2


class Command(BaseCommand):
    help = "Load the sample briefings through the site's own services. Adds nothing that is there already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="YYYY-MM-DD", type=_day, help="take this day for today: what lies after it is left out"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.PROFILE.is_production:
            raise CommandError("Sample data is for the demo; the production profile refuses it.", returncode=REFUSED)
        at = timezone.now() if options["on"] is None else _end_of(options["on"])
        plans = [plan for plan in briefing_plans() if not is_ahead(plan, at=at)]
        loaded = self._load(plans, at=at)
        flagged = flag_due(at=at)
        self.stdout.write(_summary(loaded, flagged=flagged))
        for missed in (words for each in loaded for words in each.missed):
            self.stderr.write(f"The reader did not find: {missed}")

    def _load(self, plans: list[BriefingPlan], *, at: datetime) -> list[Loaded]:
        cast = find_cast()
        load_sources(by=cast.analyst)
        # A bar where somebody looks on, a line for each briefing in a log.
        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        loaded = []
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Sample briefings", total=len(plans))
            for plan in plans:
                progress.update(task, description=plan.title)
                if not console.is_terminal:
                    self.stderr.write(f"Sample briefing: {plan.title}")
                loaded.append(load_briefing(plan, cast=cast, at=at))
                progress.advance(task)
            progress.update(task, description="Sample briefings")
        return loaded


def _summary(loaded: list[Loaded], *, flagged: int) -> str:
    new = [each for each in loaded if each.is_new]
    if not new:
        return f"All {len(loaded)} sample briefings are there already; nothing was added."
    forecasts, claims, grades = (sum(getattr(each, name) for each in new) for name in ("forecasts", "claims", "grades"))
    return (
        f"Loaded {len(new)} sample briefings with {forecasts} forecasts, {claims} claims and {grades} grades; "
        f"{flagged} forecasts are due."
    )


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"{words!r} is no date of the form YYYY-MM-DD") from None


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), ZoneInfo(settings.TIME_ZONE))
