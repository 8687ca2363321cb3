"""`manage.py import_briefings PATH…`: bring in the texts of files and folders, and read them."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from accounts.models import User
from accounts.roles import Capability
from forecasts.services import intake
from forecasts.yardsticks.scales import DEFAULT, YARDSTICKS
from groundwork.errors import Refusal
from sources.choices import Origin
from sources.extracting.extracting import MAX_DOCUMENT_BYTES, SUFFIXES, extract
from sources.services.articles import RawBytes

UNREADABLE: Final = 2


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the command line says of every text."""

    by: User
    source: str
    published_on: date | None
    yardstick: str


class Command(BaseCommand):
    help = "Bring in briefings from files and folders, and read what is in them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", metavar="PATH", nargs="+", type=Path, help="a .docx, .pdf, .txt, .md or .html file, or a folder"
        )
        parser.add_argument("--source", default="", help="whose texts they are (default: the desk's own)")
        parser.add_argument("--published", metavar="YYYY-MM-DD", type=_day, help="counts before the date in the text")
        parser.add_argument("--yardstick", default=DEFAULT.slug, choices=list(YARDSTICKS), help="(default %(default)s)")
        parser.add_argument("--by", metavar="EMAIL", help="who brings them in (default: the first administrator)")

    def handle(self, *_args: Any, paths: Sequence[Path], **options: Any) -> None:
        facts = Facts(
            by=_account(options["by"]),
            source=options["source"],
            published_on=options["published"],
            yardstick=options["yardstick"],
        )
        brought, failed = _bring_in_all(list(_files(paths)), facts)
        for line in brought:
            self.stdout.write(line)
        for line in failed:
            self.stderr.write(line)
        if failed:
            sys.exit(UNREADABLE)


def _bring_in_all(files: Sequence[Path], facts: Facts) -> tuple[list[str], list[str]]:
    """A line for each file: what became of those that came in, and what is wrong with the others."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    brought, failed = [], []
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Bringing in", total=len(files))
        for file in files:
            progress.update(task, description=file.name)
            try:
                brought.append(_line(file, facts))
            except (OSError, Refusal) as error:
                failed.append(f"{file}: {_reason(error)}")
            progress.advance(task)
    return brought, failed


def _line(file: Path, facts: Facts) -> str:
    """Bring one file in and read it; what came of it in a line. Raises OSError or Refusal, and stores nothing then."""
    brought = _brought(file, facts)
    article = brought.article
    if not brought.is_new:
        return f"{article.reference}  {file.name}: came in before"
    forecasts, claims = article.forecastsuggestions.count(), article.claimsuggestions.count()
    return f"{article.reference}  {file.name}: {forecasts} forecasts, {claims} claims to confirm"


def _brought(file: Path, facts: Facts) -> intake.Intake:
    with file.open("rb") as stream:
        data = stream.read(MAX_DOCUMENT_BYTES + 1)
    extracted = extract(data, filename=file.name, media_type=guess_type(file.name)[0] or "")
    now = timezone.now()
    new = intake.NewText(
        text=extracted.text,
        origin=Origin.COMMAND,
        source_name=facts.source,
        title=extracted.title or "",
        published_on=facts.published_on,
        yardstick=facts.yardstick,
        raw=RawBytes(data=data, media_type=extracted.media_type, filename=file.name),
    )
    brought = intake.bring_in(new, by=facts.by, at=now)
    if not brought.is_read:
        # A command may take its time, so that a long text needs no worker.
        intake.read_waiting(brought.article.pk, at=now)
    return brought


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named, each once, in order. What is missing fails when it is opened."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(each for each in path.rglob("*") if _is_document(each))
        found |= dict.fromkeys(inside if path.is_dir() else [path])
    if not found:
        raise CommandError("There is no .docx, .pdf, .txt, .md or .html file there.", returncode=UNREADABLE)
    yield from found


def _is_document(path: Path) -> bool:
    # Word leaves a "~$briefing.docx" beside each document that somebody has open.
    return path.suffix.lower() in SUFFIXES and not path.name.startswith("~$") and path.is_file()


def _account(email: str | None) -> User:
    recording = [user for user in User.objects.filter(is_active=True).order_by("pk") if user.may(Capability.RECORD)]
    if email is not None:
        recording = [user for user in recording if user.email == email.lower()]
    chosen = next((user for user in recording if user.may_administer), recording[0] if recording else None)
    if chosen is None:
        named = f"{email} has no account that may record." if email else "There is no account that may record yet."
        raise CommandError(named, returncode=UNREADABLE)
    return chosen


def _reason(error: OSError | Refusal) -> str:
    return str(error.message) if isinstance(error, Refusal) else error.strerror or str(error)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"{words!r} is no date of the form YYYY-MM-DD") from None
