"""Taking words out of every table: whole records, and what repeats them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models import F, Q

from accounts import content as accounts
from accounts.models import Notification, OutboxMail
from briefings import content as briefings
from briefings.services.redaction.passages import passages_of
from briefings.services.redaction.targets import Rows, label_of, manager_of, options_of
from briefings.services.redaction.values import Replacer
from claims import content as claims
from forecasts import content as forecasts
from forecasts.services.drawing import forget_pictures
from groundwork import content as groundwork
from groundwork.models import IdempotencyKey
from groundwork.redaction import Finder, Table, marker, postgres_pattern
from sources import content as sources

APPS: Final = (groundwork, accounts, sources, claims, forecasts, briefings)
TABLES: Final[Mapping[str, Table]] = briefings.OF_LIBRARIES | {
    label: table for app in APPS for label, table in app.TABLES.items()
}
_DRAWN: Final = "forecasts.ChartImage"  # drawn again from what is left
_BATCH: Final = 200
_AT_ONCE: Final = 100  # passages in one regular expression


class Strike:
    """One redaction at work, in the transaction that approves it."""

    def __init__(self, rows: Rows, *, words: Sequence[str], on: date, at: datetime) -> None:
        self._rows, self._words, self._on, self._at = rows, list(words), on, at
        self._passages: dict[str, None] = {}
        self._changed: dict[str, set[Any]] = {}

    def carry_out(self) -> dict[str, int]:
        """Replace the words of these rows and of what repeats them; how many rows of each table have changed."""
        answered = self._naming()
        for label, pks in self._rows.items():
            self._replace_whole(label, pks)
        self._replace_history()
        for label in TABLES:
            if label != _DRAWN:
                self._strike_table(label)
        self._forget_answers(answered)
        self._stamp()
        forget_pictures(before=self._at + timedelta(days=1))
        self._end_sessions()
        return {label: len(pks) for label, pks in sorted(self._changed.items()) if pks}

    # --- Rows that go as a whole ------------------------------------------------------------------------------------

    def _replace_whole(self, label: str, pks: Iterable[Any]) -> None:
        table = TABLES[label]
        for rows in _slices(label, pks, table):
            for row in rows:
                for name in table.content:
                    self._passages |= dict.fromkeys(passages_of(label, name, getattr(row, name)))
            self._write(label, rows, lambda replacer, row, name: replacer.whole(name, getattr(row, name), row.pk))

    def _replace_history(self) -> None:
        """The rows that pghistory keeps of them: short values too, which nobody looks for anywhere else."""
        for label, table in TABLES.items():
            tracked = getattr(apps.get_model(label), "pgh_tracked_model", None)
            pks = self._rows.get(label_of(tracked)) if tracked is not None else None
            if pks and table.content:
                events = manager_of(label).filter(pgh_obj__in=pks)
                self._replace_whole(label, list(events.values_list("pk", flat=True)))
                # Why it was changed, where the same act changed nothing else of its kind.
                acts = set(events.exclude(pgh_context=None).values_list("pgh_context", flat=True))
                shared = manager_of(label).filter(pgh_context__in=acts).exclude(pgh_obj__in=pks)
                self._replace_whole("pghistory.Context", acts - set(shared.values_list("pgh_context", flat=True)))

    def _write(self, label: str, rows: Sequence[Any], value: Any) -> None:
        """Give each column of each row its value, and store what became another."""
        replacer = Replacer(label, TABLES[label], on=self._on)
        names: set[str] = set()
        changed = []
        for row in rows:
            now = {name: value(replacer, row, name) for name in (*TABLES[label].content, *TABLES[label].figures)}
            other = {name: each for name, each in now.items() if not _is_same(getattr(row, name), each)}
            for name, each in other.items():
                setattr(row, name, each)
            if other:
                names |= set(other)
                changed.append(row)
        if changed:
            manager_of(label).bulk_update(changed, sorted(names), batch_size=_BATCH)
            self._changed.setdefault(label, set()).update(row.pk for row in changed)

    # --- What repeats them ------------------------------------------------------------------------------------------

    def _strike_table(self, label: str) -> None:
        table = TABLES[label]
        sought = [*self._passages, *self._words]
        if not (table.content and sought):
            return
        pks = _candidates(label, table, sought)
        if label == "sources.ArticleBytes":
            pks |= self._changed.get("sources.Article", set())
        finders = self._finders()
        for rows in _slices(label, pks, table):
            self._write(label, rows, lambda replacer, row, name: self._struck(replacer, row, name, finders))

    def _struck(self, replacer: Replacer, row: Any, name: str, finders: Sequence[tuple[Finder, str]]) -> Any:
        value = getattr(row, name)
        if label_of(row) == "sources.ArticleBytes" and row.pk in self._changed.get("sources.Article", ()):
            return replacer.whole(name, value, row.pk)
        if label_of(row) == "forecasts.EvidenceCopy" and name in {"data", "media_type"}:
            told = any(finder.finds(text) for finder, _put in finders for text in (row.text, row.title))
            return replacer.whole(name, value, row.pk) if told else replacer.struck(name, value, row.pk, finders)
        return replacer.struck(name, value, row.pk, finders)

    def _finders(self) -> list[tuple[Finder, str]]:
        """A sentence leaves its full stop behind; a word that was named stands inside a sentence."""
        said = marker(self._on)[:-1]
        return [(Finder([*self._passages]), said), (Finder(self._words), f"[{said}]")]

    # --- What names them --------------------------------------------------------------------------------------------

    def _naming(self) -> re.Pattern[str] | None:
        """A pattern of the references and addresses of the rows that go; None where none of them has any."""
        records = [row for label, pks in self._rows.items() for row in manager_of(label).filter(pk__in=pks)]
        about = [getattr(row, "forecast", None) or row for row in records if hasattr(row, "forecast")]
        names = {row.reference for row in [*records, *about] if hasattr(row, "reference")}
        return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names))) if names else None

    def _forget_answers(self, naming: re.Pattern[str] | None) -> None:
        """Answers that the API keeps for repeated requests, notices and mails that are about these records."""
        if naming is None:
            return
        pattern = naming.pattern.replace(r"\b", r"\y").replace(r"\-", "-")
        said = marker(self._on)
        notices = list(Notification.objects.filter(Q(text__regex=pattern) | Q(url__regex=pattern)))
        for notice in notices:
            notice.text = said
        self._store("accounts.Notification", notices, ["text"])
        mails = list(OutboxMail.objects.filter(Q(subject__regex=pattern) | Q(body__regex=pattern)))
        for mail in mails:
            mail.subject, mail.body = _lines(mail.subject, naming, said), _lines(mail.body, naming, said)
        self._store("accounts.OutboxMail", mails, ["subject", "body"])
        kept = list(IdempotencyKey.objects.extra(where=["body::text ~ %s"], params=[pattern]))
        for row in kept:
            row.body = {"headers": {}, "data": {"detail": said}}
        self._store("groundwork.IdempotencyKey", kept, ["body"])

    def _store(self, label: str, rows: Sequence[Any], names: Sequence[str]) -> None:
        if rows:
            manager_of(label).bulk_update(rows, names, batch_size=_BATCH)
            self._changed.setdefault(label, set()).update(row.pk for row in rows)

    # --- What is left to do -----------------------------------------------------------------------------------------

    def _stamp(self) -> None:
        """Say of each record since when it is redacted, and let no form that was open before store its words again."""
        for label, pks in self._changed.items():
            rows = manager_of(label).filter(pk__in=pks)
            if TABLES[label].dated:
                rows.update(redacted_at=self._at)
            if label in {"forecasts.Forecast", "briefings.Briefing"}:
                rows.update(version=F("version") + 1)

    def _end_sessions(self) -> None:
        """Sessions that still hold a message with these words; whoever had one signs in again."""
        finders = self._finders()
        gone = [
            session.pk
            for session in Session.objects.all()
            if any(finder.finds(str(session.get_decoded())) for finder, _put in finders)
        ]
        Session.objects.filter(pk__in=gone).delete()


def _lines(text: str, naming: re.Pattern[str], said: str) -> str:
    """The text without the lines that name one of them."""
    return "\n".join(said if naming.search(line) else line for line in text.split("\n"))


def _is_same(was: Any, now: Any) -> bool:
    if isinstance(was, memoryview):
        was = bytes(was)
    return bool(was == now)


def _slices(label: str, pks: Iterable[Any], table: Table) -> Iterator[list[Any]]:
    """The rows with these keys, so many at a time, with the columns that a redaction may change."""
    keys = sorted(pks)
    for start in range(0, len(keys), _BATCH):
        names = (*table.content, *table.figures)
        yield list(manager_of(label).filter(pk__in=keys[start : start + _BATCH]).only("pk", *names))


def _candidates(label: str, table: Table, passages: Sequence[str]) -> set[Any]:
    """The keys of the rows that may hold one of the passages: one statement for a hundred of them."""
    options, quote = options_of(label), connection.ops.quote_name
    columns = ", ".join(_as_text(options.get_field(name), quote) for name in table.content)
    table_name, key = quote(options.db_table), quote(options.pk.column)
    statement = f"SELECT {key} FROM {table_name} WHERE concat_ws(E'\\n', {columns}) ~* %s"  # noqa: S608 - our own names
    found: set[Any] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(passages), _AT_ONCE):
            cursor.execute(statement, [postgres_pattern(passages[start : start + _AT_ONCE])])
            found.update(row[0] for row in cursor.fetchall())
    return found


def _as_text(field: Any, quote: Any) -> str:
    column = quote(field.column)
    return f"encode({column}, 'escape')" if isinstance(field, models.BinaryField) else f"{column}::text"
