"""`manage.py flag_due [--on DATE] [--everything]`: run the sweep now."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from forecasts.services import due


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as YYYY-MM-DD") from None


class Command(BaseCommand):
    help = "Flag every forecast whose horizon has passed, and print how many were flagged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=day, help="take this day (YYYY-MM-DD) for today, in every forecast's zone")

        parser.add_argument(
            "--everything",
            action="store_true",
            help="look at every forecast, and mend what is noted as coming due",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["everything"]:
            found = due.flag_all_due(at=now, on=options["on"])
            due.note_full_sweep(found, at=now)
            self.stdout.write(f"{found.flagged} flagged, {found.mended} mended")
            return
        flagged = due.flag_due(at=now, on=options["on"])
        due.note_sweep(at=now, flagged=flagged)
        self.stdout.write(f"{flagged} flagged")
