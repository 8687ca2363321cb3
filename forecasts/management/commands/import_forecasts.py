"""`manage.py import_forecasts FILE`: forecasts with their judgements and outcomes out of a table."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from accounts.models import User
from accounts.roles import Capability
from forecasts.choices import ImportState
from forecasts.errors import UndoRefused
from forecasts.models import ImportBatch, ImportProblem
from forecasts.services.imports import deciding, undoing
from forecasts.services.imports.rehearsing import problems_of, rehearse
from forecasts.services.imports.taking_in import take_in
from forecasts.services.imports.working import work_at_once
from forecasts.tasks import flag_imported
from groundwork.errors import Refusal
from groundwork.hurry import hurry
from groundwork.references import reference

UNREADABLE: Final = 2
IN_MEMORY: Final = 10_000_000
Seen = Callable[[ImportBatch], None]


class Command(BaseCommand):
    help = "Import forecasts from a .csv, .jsonl or .xlsx file; every row is right, or is reported and left out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", nargs="?", help="a .csv, .jsonl or .xlsx file, or - for standard input"
        )
        parser.add_argument("--check", action="store_true", help="report what is wrong with the file; import nothing")
        parser.add_argument("--source", default="", help="whose forecasts they are (default: the desk's own)")
        parser.add_argument("--by", metavar="EMAIL", help="who imports them (default: the first administrator)")
        parser.add_argument("--undo", metavar="NUMBER", type=int, help="undo the import of that number, whole")
        parser.add_argument("--why", default="", help="why it is undone")

    def handle(self, *_args: Any, **options: Any) -> None:
        if (options["file"] is None) == (options["undo"] is None):
            raise CommandError("Name a file, or with --undo an import.", returncode=UNREADABLE)
        try:
            if options["undo"] is not None:
                self._undo(options["undo"], by=_account(options["by"]), why=options["why"])
            elif options["check"]:
                self._check(options["file"], source=options["source"])
            else:
                self._import(options["file"], source=options["source"], by=_account(options["by"]))
        except Refusal as refusal:
            raise CommandError(str(refusal.message), returncode=UNREADABLE) from refusal

    def _check(self, file: str, *, source: str) -> None:
        refused = 0

        def report(batch: ImportBatch, problems: Iterator[ImportProblem]) -> None:
            nonlocal refused
            refused = batch.refused
            self._report(batch, problems)
            self.stdout.write(f"{_named(batch)}: {batch.total:,} rows, {batch.right:,} of them right{_already(batch)}.")

        with _opened(file) as stream, _progress() as seen:
            rehearse(stream, filename=Path(file).name, source=source, at=timezone.now(), seen=seen, report=report)
        if refused:
            sys.exit(UNREADABLE)

    def _import(self, file: str, *, source: str, by: User) -> None:
        with _opened(file) as stream, _progress() as seen:
            batch, is_new = take_in(
                stream,
                filename=Path(file).name,
                source=source,
                by=by,
                at=timezone.now(),
                starts_itself=True,
            )
            if not is_new:
                self.stderr.write(f"Going on with import {batch.pk} of this file, which was not finished.")
            if batch.state == ImportState.READY:
                deciding.start(batch, by=by, at=timezone.now())
            work_at_once(batch.pk, seen=seen)
        hurry(flag_imported, batch.pk)
        batch.refresh_from_db()
        self._report(batch, problems_of(batch))
        self.stdout.write(
            f"Import {batch.pk}, {_named(batch)}: {batch.total:,} rows; {batch.forecasts:,} forecasts,"
            f" {batch.judgements:,} judgements, {batch.resolutions:,} outcomes{_already(batch)}."
        )
        if batch.refused:
            self.stdout.write(f"{batch.refused:,} rows were left out.")
            sys.exit(UNREADABLE)

    def _report(self, batch: ImportBatch, problems: Iterable[ImportProblem]) -> None:
        for problem in problems:
            column = f"{problem.column}: " if problem.column else ""
            self.stdout.write(f"{batch.filename}:{problem.line}: {column}{problem.reason}")
        for note in batch.notes:
            self.stdout.write(f"{batch.filename}: {note}")

    def _undo(self, number: int, *, by: User, why: str) -> None:
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"There is no import {number}.", returncode=UNREADABLE)
        try:
            undoing.ask_undo(batch, by=by, why=why, at=timezone.now())
        except UndoRefused as refusal:
            for line, forecast, reason in refusal.obstacles:
                self.stdout.write(f"{batch.filename}:{line}: {reference('forecast', forecast)}: {reason}")
            raise
        work_at_once(batch.pk)
        self.stdout.write(f"Import {batch.pk} is undone.")


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file, or standard input where it can be sought in. Raises CommandError."""
    if name == "-":
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spooled:
            shutil.copyfileobj(sys.stdin.buffer, spooled)
            yield cast("BinaryIO", spooled)
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; only the opening is tried
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"cannot read {name}: {reason}", returncode=UNREADABLE) from None
    with stream:
        yield stream


@contextmanager
def _progress() -> Iterator[Seen]:
    """How far the file has come, on a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        checking = progress.add_task("Checking", total=None)
        importing = progress.add_task("Importing", total=None, visible=False)

        def seen(batch: ImportBatch) -> None:
            progress.update(checking, total=batch.total, completed=batch.read)
            if batch.state != ImportState.READING:
                progress.update(importing, total=batch.right, completed=batch.done, visible=True)

        yield seen


def _named(batch: ImportBatch) -> str:
    return "standard input" if batch.filename == "-" else batch.filename


def _already(batch: ImportBatch) -> str:
    return f"; {batch.known:,} were there already" if batch.known else ""


def _account(email: str | None) -> User:
    allowed = [user for user in User.objects.filter(is_active=True).order_by("pk") if user.may(Capability.PUBLISH)]
    if email is not None:
        allowed = [user for user in allowed if user.email == email.lower()]
    chosen = next((user for user in allowed if user.may_administer), allowed[0] if allowed else None)
    if chosen is None:
        named = f"{email} is no editor’s account." if email else "There is no editor’s or administrator’s account yet."
        raise CommandError(named, returncode=UNREADABLE)
    return chosen
