"""`manage.py read`: what the readers make of a text, as JSON."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts.reading.document import read
from forecasts.yardsticks.band import UnknownYardstick
from forecasts.yardsticks.scales import DEFAULT
from sources.errors import TextRefused
from sources.extracting.extracting import extract, is_packed

UNREADABLE = 2
# What is read by its name, even where the content does not show it.
_TAKEN_APART = frozenset({".docx", ".doc", ".pdf", ".html", ".htm", ".xhtml"})
# What a text may hold below the blank: tab, line feed, form feed, carriage return.
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\f\r")


class Command(BaseCommand):
    """Prints one JSON object and needs no database."""

    help = "Read a briefing and print its parts, forecasts and claims as JSON."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a .docx or .pdf, a web page, a UTF-8 text, or - for standard input"
        )
        parser.add_argument("--published", metavar="YYYY-MM-DD", help="used only when the text carries no date")
        parser.add_argument(
            "--yardstick", default=DEFAULT.slug, help=f"the scale its words are read by (default {DEFAULT.slug})"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        published = _day(options["published"]) if options["published"] else None
        text = _text(_bytes(options["file"]), options["file"])
        try:
            reading = read(text, published_on=published, yardstick=options["yardstick"])
        except UnknownYardstick as error:
            raise CommandError(str(error), returncode=UNREADABLE) from None
        self._print(json.dumps(reading.as_dict(), ensure_ascii=False, indent=2))

    def _print(self, document: str) -> None:
        """UTF-8 whatever the terminal's encoding; a stream that a test put in its place takes it as text."""
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(document)
        else:
            binary.write(document.encode() + b"\n")
            binary.flush()


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"--published: {words!r} is no date of the form YYYY-MM-DD", returncode=UNREADABLE) from None


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"cannot read {name}: {reason}", returncode=UNREADABLE) from None


def _text(raw: bytes, name: str) -> str:
    if is_packed(raw) or Path(name).suffix.lower() in _TAKEN_APART:
        try:
            return extract(raw, filename=name).text
        except TextRefused as refusal:
            raise CommandError(f"cannot read {name}: {refusal.message}", returncode=UNREADABLE) from None
    return _plain(raw)


def _plain(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"not a UTF-8 text: byte {error.start} cannot be read", returncode=UNREADABLE) from None
    if not _CONTROLS.isdisjoint(text):
        raise CommandError("not a text: it holds control characters", returncode=UNREADABLE)
    if not text.strip():
        raise CommandError("the text is empty", returncode=UNREADABLE)
    return text
