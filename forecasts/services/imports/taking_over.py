"""Making records of the rows of a file that are right, a slice at a time, in the order of their forecasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import pghistory
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import How, ImportRowState, Independence, Line, Triage, Visibility
from forecasts.importing.rows import ImportedJudgement, Problem
from forecasts.models import Due, Evidence, EvidenceFetch, Forecast, ImportBatch, ImportRow, Judgement, Resolution
from forecasts.services import scorekeeping
from forecasts.services.entries import Chance, Wording, completed_chance, completed_window
from forecasts.services.imports.checking import note_problems, row_of
from forecasts.services.imports.inserting import Columns, blank, insert, next_keys
from forecasts.services.imports.timelines import Overlap, Spell, Timeline
from forecasts.services.judging import start_of_day
from groundwork.references import reference
from sources.choices import SourceKind
from sources.models import Source
from sources.services import people
from sources.services.topics import topics

Place = tuple[str, date, str]
SLICE: Final = 1_000
# With the source's number beside it: two imports of one source take turns, slice by slice.
_ADVISORY_LOCK: Final = 7_350_002


@dataclass(slots=True)
class _Subject:
    """The forecast that rows are on. `held` is the outcome that stands and the day it became known."""

    key: int
    time_zone: str
    known: Forecast | None = None
    held: tuple[str, date] | None = None

    @property
    def reference(self) -> str:
        return reference("forecast", self.key)


@dataclass(slots=True)
class _Row:
    """A row with what becomes of it. `earlier` is its judgement where an earlier file brought it."""

    stored: ImportRow
    says: ImportedJudgement
    author: Source
    subject: _Subject
    makes_forecast: bool = False
    earlier: Judgement | None = None
    spell: Spell | None = None
    resolution: int | None = None
    problem: Problem | None = None

    def blame(self, column: str, reason: str) -> None:
        self.problem = Problem(self.says.line, column, str(getattr(self.says, column, "") or ""), reason)


@dataclass(slots=True)
class _Slice:
    """What a slice is made with, who asked for it, and when."""

    batch: ImportBatch
    by: User
    at: datetime
    rows: list[_Row] = field(default_factory=list)
    ended: list[Spell] = field(default_factory=list)

    @property
    def right(self) -> list[_Row]:
        return [row for row in self.rows if row.problem is None]


def take_over_slice(batch: ImportBatch, *, by: User, at: datetime) -> bool:
    """Make records of the next rows within the caller's transaction; False where none is left."""
    waiting = batch.rows.filter(state=ImportRowState.WAITING, key__gte=batch.cursor)
    stored = list(waiting.order_by("key", "made_on", "line")[:SLICE])
    if not stored:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ADVISORY_LOCK, batch.source_id])
    cut = _Slice(batch, by, at)
    with pghistory.context(user=by.pk, why=f"import {batch.pk}"):
        _open(cut, stored)
        _hold_against_the_record(cut)
        _fit(cut)
        _store_judgements(cut)
        _store_outcomes(cut)
        _score(cut)
    _close(cut, cursor_at=stored[-1].key)
    return True


# --- Forecasts ------------------------------------------------------------------------------------------------------


def _open(cut: _Slice, stored: Sequence[ImportRow]) -> None:
    """Find or make the forecast of every row."""
    says = {row.pk: row_of(row.values or {}) for row in stored}
    authors = _authors(cut, says.values())
    known, taken = _known(cut, stored)
    groups: dict[str, list[ImportRow]] = defaultdict(list)
    for row in stored:
        groups[row.key].append(row)
    fresh = [key for key in groups if key not in known]
    subjects = known | {
        key: _Subject(pk, settings.TIME_ZONE) for key, pk in zip(fresh, next_keys(Forecast, len(fresh)), strict=True)
    }
    gradable = _gradable(cut, groups, says)
    insert(
        Forecast,
        [
            {"id": subjects[key].key} | _forecast(first, author=authors[first.author], gradable=key in gradable)
            for key in fresh
            for first in [says[groups[key][0].pk]]
        ],
        base=_base(cut),
    )
    _tag({subjects[key].key: says[groups[key][0].pk].topics for key in fresh})
    for key, rows in groups.items():
        for row in rows:
            said = says[row.pk]
            earlier = taken.get(_place(row.key, row.made_on, row.author))
            first = row is rows[0] and key not in known
            cut.rows.append(_Row(row, said, authors[said.author], subjects[key], first, earlier))


def _authors(cut: _Slice, rows: Iterable[ImportedJudgement]) -> dict[str, Source]:
    names = {row.author for row in rows} - {""}
    return people.all_named(names, by=cut.by, kind=SourceKind.PERSON) | {"": cut.batch.source}


def _known(cut: _Slice, stored: Sequence[ImportRow]) -> tuple[dict[str, _Subject], dict[Place, Judgement]]:
    """The forecasts that rows of the same source have made before, by key, locked; and those rows' judgements."""
    rows = ImportRow.objects.filter(
        source=cut.batch.source_id, key__in={row.key for row in stored}, state=ImportRowState.IMPORTED
    )
    places = list(rows.values_list("key", "made_on", "author", "forecast_id", "judgement_id"))
    if not places:
        return {}, {}
    locked = Forecast.objects.kept().filter(pk__in={place[3] for place in places}).order_by("pk")
    forecasts = {each.pk: each for each in locked.select_for_update(no_key=True)}
    standing = Resolution.objects.standing().filter(forecast__in=forecasts)
    held = {pk: (outcome, day) for pk, outcome, day in standing.values_list("forecast_id", "outcome", "known_on")}
    subjects = {pk: _Subject(pk, each.time_zone, each, held.get(pk)) for pk, each in forecasts.items()}
    wanted = {_place(row.key, row.made_on, row.author) for row in stored}
    same = {pk: _place(key, day, author) for key, day, author, _forecast, pk in places}
    same = {pk: place for pk, place in same.items() if place in wanted}
    return (
        {key: subjects[pk] for key, _day, _author, pk, _judgement in places if pk in subjects},
        {same[pk]: judgement for pk, judgement in Judgement.objects.in_bulk(same).items()},
    )


def _place(key: str, made_on: date, author: str) -> Place:
    """What tells a judgement apart within a source."""
    return key, made_on, author.lower()


def _gradable(cut: _Slice, groups: dict[str, list[ImportRow]], says: dict[int, ImportedJudgement]) -> set[str]:
    """The keys of which any row gives a chance or an outcome; only the last one's rows may go on in the next slice."""

    def tells(row: ImportedJudgement) -> bool:
        return row.has_chance or bool(row.outcome)

    found = {key for key, rows in groups.items() if any(tells(says[row.pk]) for row in rows)}
    last = next(reversed(groups))
    if last not in found:
        rows = ImportRow.objects.filter(batch=cut.batch, key=last, state=ImportRowState.WAITING)
        without = {"values__term": "", "values__probability": None, "values__outcome": ""}
        found |= {last} if rows.exclude(**without).exists() else set()
    return found


def _base(cut: _Slice) -> Columns:
    """What all forecasts of a slice have in common."""
    return blank(
        Forecast,
        time_zone=settings.TIME_ZONE,
        visibility=Visibility.INTERNAL,
        recorded_by_id=cut.by.pk,
        recorded_at=cut.at,
    )


def _forecast(said: ImportedJudgement, *, author: Source, gradable: bool) -> Columns:
    triage = Triage.GRADABLE if gradable else Triage.ASSESSMENT
    opens_on, assessment_on, horizon = _window(said.made_on, said.opens_on, said.closes_on, triage)
    return {
        "statement": said.statement,
        "event": said.event,
        "author_id": author.pk,
        "made_on": said.made_on,
        "opens_on": opens_on,
        "closes_on": said.closes_on,
        "assessment_on": assessment_on,
        "horizon": horizon,
        "shape": said.shape,
        "triage": triage,
        "countries": said.countries,
    }


@lru_cache(maxsize=10_000)
def _window(
    made_on: date, opens_on: date | None, closes_on: date | None, triage: Triage
) -> tuple[date | None, date | None, str]:
    """Opening day, assessment date and horizon, as of a forecast that is logged by hand. Files repeat their days."""
    days = Wording(statement="…", made_on=made_on, opens_on=opens_on, closes_on=closes_on, triage=triage)
    wording = completed_window(days)
    return wording.opens_on, wording.assessment_on, wording.horizon


def _tag(named: dict[int, list[str]]) -> None:
    """Give forecasts their topics, by name; new ones are made."""
    found = {topic.slug: topic for topic in topics(sorted({name for names in named.values() for name in names}))}
    slugs = {pk: dict.fromkeys(slugify(name)[:60] for name in names) for pk, names in named.items()}
    pairs = [(pk, found[slug].pk) for pk in slugs for slug in slugs[pk] if slug in found]
    insert(Forecast.topics.through, [{"forecast_id": pk, "topic_id": topic} for pk, topic in pairs])


# --- Against what is there already ----------------------------------------------------------------------------------


def _hold_against_the_record(cut: _Slice) -> None:
    """Refuse rows that contradict their forecast, which stays as it is."""
    for row in cut.rows:
        if row.subject.known is not None:
            _compare(row, row.subject.known)
        if row.subject.held is not None and row.problem is None:
            _compare_outcome(row, *row.subject.held)


def _compare(row: _Row, forecast: Forecast) -> None:
    named = {"forecast": row.subject.reference}
    says, earlier = row.says, row.earlier
    if earlier is not None:
        told = (says.term, says.negated, says.probability)
        if (earlier.term, earlier.negated, earlier.probability) != told:
            message = _("%(forecast)s has another judgement of that day and author. A new one needs its own made_on.")
            row.blame("probability" if says.probability is not None else "term", message % named)
    elif says.statement != forecast.statement and says.event != forecast.event:
        row.blame("statement", _("Its external_id is that of %(forecast)s, which says something else.") % named)
    elif says.closes_on and says.closes_on != forecast.closes_on:
        row.blame("closes_on", _("Its external_id is that of %(forecast)s, which closes on another day.") % named)


def _compare_outcome(row: _Row, outcome: str, known_on: date) -> None:
    if row.earlier is None and row.says.made_on > known_on:
        row.blame("made_on", _("By then the outcome was known (%s).") % known_on.isoformat())
    elif row.says.outcome and row.says.outcome != outcome:
        message = _("%(forecast)s is resolved with another outcome (%(outcome)s), which stays.")
        row.blame("outcome", message % {"forecast": row.subject.reference, "outcome": outcome})


# --- Judgements and outcomes ----------------------------------------------------------------------------------------


def _fit(cut: _Slice) -> None:
    """Find the judgement of every row its place in its author's timeline."""
    timelines = _timelines(cut)
    for row in cut.right:
        if row.earlier is not None:
            continue
        spell = Spell(start_of_day(row.says.made_on, row.subject.time_zone, not_after=cut.at))
        try:
            ended = timelines[row.subject.key, row.author.pk].fit(spell)
        except Overlap as overlap:
            row.blame("made_on", str(overlap))
            continue
        row.spell = spell
        if ended is not None and ended.key is not None:
            cut.ended.append(ended)


def _timelines(cut: _Slice) -> dict[tuple[int, int], Timeline]:
    rows = [row for row in cut.rows if row.subject.known is not None]
    spells: dict[tuple[int, int], list[Spell]] = defaultdict(list)
    judgements = Judgement.objects.filter(
        forecast__in={row.subject.key for row in rows}, forecaster__in={row.author.pk for row in rows}
    )
    if rows:
        for each in judgements.filter(line=Line.PERSONAL).only("forecast", "forecaster", "made_at", "ended_at"):
            spells[each.forecast_id, each.forecaster_id].append(Spell(each.made_at, each.ended_at, each.pk))
    timelines: dict[tuple[int, int], Timeline] = defaultdict(Timeline)
    timelines.update({place: Timeline(held) for place, held in spells.items()})
    return timelines


_END: Final = """
    UPDATE forecasts_judgement AS judgement SET ended_at = ended.at, ended_by_id = %s, ended_why = %s
      FROM unnest(%s::bigint[], %s::timestamptz[]) AS ended (id, at)
     WHERE judgement.id = ended.id
"""


def _store_judgements(cut: _Slice) -> None:
    """End those that others follow, then store the new ones."""
    why = _("revised")
    if cut.ended:
        with connection.cursor() as cursor:
            ends = [(each.key, each.ended_at) for each in cut.ended]
            cursor.execute(_END, [cut.by.pk, why, *map(list, zip(*ends, strict=True))])
    new = [(row, row.spell) for row in cut.right if row.spell is not None]
    keys = next_keys(Judgement, len(new))
    base = blank(
        Judgement, line=Line.PERSONAL, imported=True, article_id=None, recorded_by_id=cut.by.pk, recorded_at=cut.at
    )
    stands = {name: base[name] for name in ("ended_at", "ended_by_id", "ended_why")}
    columns = []
    for key, (row, spell) in zip(keys, new, strict=True):
        spell.key = key
        ended = {"ended_at": spell.ended_at, "ended_by_id": cut.by.pk, "ended_why": why} if spell.ended_at else stands
        columns.append(_judgement(row.says) | ended | {"id": key, "made_at": spell.made_at} | _whose(row))
    insert(Judgement, columns, base=base)


def _whose(row: _Row) -> Columns:
    return {"forecast_id": row.subject.key, "forecaster_id": row.author.pk}


def _judgement(said: ImportedJudgement) -> Columns:
    chance = _chance(said.yardstick, said.term, said.term_text, said.negated, said.probability)
    return chance | {"confidence": said.confidence, "rationale": said.rationale}


@lru_cache(maxsize=10_000)
def _chance(yardstick: str, term: str, term_text: str, negated: bool, probability: float | None) -> Columns:
    """The columns of a chance with its band, as of a judgement that is made by hand."""
    chance = completed_chance(
        Chance(yardstick=yardstick, term=term, term_text=term_text, negated=negated, probability=probability)
    )
    names = ("yardstick", "term", "term_text", "negated", "low", "high", "probability")
    return {name: getattr(chance, name) for name in names}


def _store_outcomes(cut: _Slice) -> None:
    """Resolve the forecasts whose rows give an outcome, once each; what is resolved stays as it is."""
    first: dict[int, _Row] = {}
    for row in cut.right:
        if row.says.outcome and row.subject.held is None:
            first.setdefault(row.subject.key, row)
    base = blank(
        Resolution,
        how=How.IMPORTED,
        independence=Independence.IMPORTED,
        resolved_by_id=cut.by.pk,
        resolved_at=cut.at,
    )
    columns = []
    for key, row in zip(next_keys(Resolution, len(first)), first.values(), strict=True):
        row.resolution = key
        known = row.subject.known
        columns.append(_outcome(row) | {"id": key, "round": known.grading_round if known else 1})
    insert(Resolution, columns, base=base)
    _store_evidence(cut, first.values())
    Due.objects.waiting().filter(forecast__in=first).update(cleared_at=cut.at, cleared_why="resolved")


def _score(cut: _Slice) -> None:
    """Score what is resolved now, and what was already and has been judged by one of the rows."""
    scorekeeping.score_resolved([row.subject.key for row in cut.right if row.resolution is not None], at=cut.at)
    judged = {row.subject.key for row in cut.right if row.spell is not None and row.subject.held is not None}
    scorekeeping.rescore(judged, why=_("a judgement of it was imported"), at=cut.at)


def _store_evidence(cut: _Slice, rows: Iterable[_Row]) -> None:
    """Keep the addresses that outcomes were read at as evidence; each waits to be fetched."""
    named = [row for row in rows if row.says.evidence_url]
    keys = next_keys(Evidence, len(named))
    insert(
        Evidence,
        [
            {"id": key, "resolution_id": row.resolution, "url": row.says.evidence_url}
            for key, row in zip(keys, named, strict=True)
        ],
        base=blank(Evidence),
    )
    insert(EvidenceFetch, [{"evidence_id": key} for key in keys], base=blank(EvidenceFetch, asked_at=cut.at))


def _outcome(row: _Row) -> Columns:
    return {
        "forecast_id": row.subject.key,
        "outcome": row.says.outcome,
        "known_on": row.says.known_on,
        "rationale": _("Imported.") if row.says.evidence_url else _("Imported, without evidence."),
    }


# --- What became of the rows ----------------------------------------------------------------------------------------

_CLOSE: Final = """
    UPDATE forecasts_importrow AS row
       SET state = closed.state, forecast_id = closed.forecast, judgement_id = closed.judgement,
           resolution_id = closed.resolution, made_forecast = closed.made, "values" = NULL
      FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::boolean[])
           AS closed (id, state, forecast, judgement, resolution, made)
     WHERE row.id = closed.id
"""


def _close(cut: _Slice, *, cursor_at: str) -> None:
    """Note what became of the rows, and how far the file has come."""
    columns: list[tuple[Any, ...]] = [_closing(row) for row in cut.rows]
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [list(column) for column in zip(*columns, strict=True)])
    note_problems(cut.batch, [row.problem for row in cut.rows if row.problem is not None])
    right = cut.right
    ImportBatch.objects.filter(pk=cut.batch.pk).update(
        cursor=cursor_at,
        refused=F("refused") + len(cut.rows) - len(right),
        done=F("done") + len(right),
        known=F("known") + sum(row.earlier is not None for row in right),
        forecasts=F("forecasts") + sum(row.makes_forecast for row in right),
        judgements=F("judgements") + sum(row.spell is not None for row in right),
        resolutions=F("resolutions") + sum(row.resolution is not None for row in right),
    )


def _closing(row: _Row) -> tuple[Any, ...]:
    if row.problem is not None:
        return row.stored.pk, ImportRowState.REFUSED.value, None, None, None, False
    state = ImportRowState.KNOWN if row.earlier is not None else ImportRowState.IMPORTED
    judgement = row.spell.key if row.spell is not None else None
    return row.stored.pk, state.value, row.subject.key, judgement, row.resolution, row.makes_forecast
