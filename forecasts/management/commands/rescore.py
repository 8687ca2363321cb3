"""`manage.py rescore`: recompute every score, and write anew what differs; with `--check` only say so."""

from __future__ import annotations

import sys
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from rich.console import Console

from forecasts.services import rescoring
from forecasts.services.rescoring import Findings
from groundwork.references import reference

DIFFERS: Final = 1


class Command(BaseCommand):
    help = "Recompute every score: archive what differs from what it has to be, and write it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; the exit code is 1 where anything differs"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        check = options["check"]
        found = Findings()
        with Console(stderr=True).status("Recomputing") as status:
            for found in rescoring.rescore_all(mend=not check, at=timezone.now()):
                status.update(f"{found.checked:,} forecasts recomputed")
        rescoring.note(found, at=timezone.now())
        self._say(found, check=check)
        if check and not found.is_clean:
            sys.exit(DIFFERS)

    def _say(self, found: Findings, *, check: bool) -> None:
        self.stdout.write(f"{found.checked:,} forecasts recomputed, {found.differing:,} of them differ.")
        if found.ties:
            self.stdout.write(f"{found.ties:,} notes of what hangs together differ from the links.")
        if found.forecasts:
            named = ", ".join(reference("forecast", number) for number in found.forecasts)
            more = " and others" if found.differing > len(found.forecasts) else ""
            self.stdout.write(f"{'They differ' if check else 'Written anew'}: {named}{more}.")
