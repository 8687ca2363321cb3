"""A track record as its page shows it: numbers that open their rows, charts, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forecasts import tasks
from forecasts.charts.calibration import calibration_chart
from forecasts.charts.chart import Chart, Drawn, draw
from forecasts.charts.over_time import over_time_chart
from forecasts.charts.terms import term_chart
from forecasts.scoring.limits import CLIP, MIN_CLUSTERS, MIN_ITEMS, MIN_TO_DECOMPOSE
from forecasts.scoring.otherwise import OtherReading
from forecasts.scoring.record import AVERAGE, NO_PROBABILITY, TrackRecord
from forecasts.services.record_rows import GRADED, Counted, Lane, Whose
from forecasts.services.track_record import AT_ONCE
from forecasts.views import record_tables
from forecasts.views.record_asked import Asked
from forecasts.views.record_groups import DIMENSIONS
from forecasts.yardsticks.scales import YARDSTICKS
from groundwork.marks import outcome_word

_DIMENSIONS: Final = {each.name: each for each in DIMENSIONS}


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many forecasts, what they have in common, and where they are."""

    label: str | Promise
    n: int
    url: str


@dataclass(frozen=True, kw_only=True)
class LaneLine:
    """What has a line of its own beside the headline, or was switched into it; then it has no record of its own.

    `n` is None where it was switched in and counting it would take long.
    """

    label: str | Promise
    n: int | None
    is_included: bool
    record: TrackRecord | None
    rows_url: str
    scored_url: str
    switch_url: str


def record_context(asked: Asked, *, part: str, public: bool, at: datetime) -> dict[str, Any]:
    """What the templates in `forecasts/track_record/` show: the record, and one of its PARTS.

    Where nobody asks for a part the first one is shown; of so many forecasts that it would take long none is, and the
    page fetches it. Raises Http404 for a part that there is none of.
    """
    if part and part not in _DIMENSIONS:
        raise Http404
    record, addresses = asked.record(), asked.addresses
    tasks.want_intervals([record], asked.parted(""))
    is_large = record.n_graded > AT_ONCE
    shown = part or ("" if is_large else DIMENSIONS[0].name)
    return {
        "record": record,
        "some_hidden": asked.some_hidden,
        "is_empty": not (record.n_ended or record.n_open or record.n_assessments),
        "is_average": record.judgement == AVERAGE,
        "is_few": record.n_scored < MIN_ITEMS,
        "limits": {"items": MIN_ITEMS, "clusters": MIN_CLUSTERS, "to_decompose": MIN_TO_DECOMPOSE, "clip": CLIP},
        "scored_url": addresses.rows({"record": Counted.SCORED.value}),
        "graded_url": addresses.rows({"record": GRADED}),
        "occurred_url": addresses.rows({"record": Counted.SCORED.value, "outcome": "occurred"}),
        "overdue_url": addresses.rows({"status": "overdue"}),
        "lanes": list(_lanes(asked, record, with_records=not is_large)),
        "not_scored": list(_not_scored(asked, record)),
        # Of a forecaster's own judgements only those of what is resolved are counted.
        "not_graded": [] if asked.scope.forecaster is not None else list(_not_graded(asked, record)),
        "partly_url": addresses.rows({"record": Counted.UNSCORED.value, "outcome": "partly"}),
        "readings": list(_readings(asked, record)),
        "references_table": record_tables.references_table(record),
        "references_csv": addresses.csv("references"),
        "terms_table": record_tables.terms_table(record.terms, addresses.rows),
        "some_without_word": sum(row.n for row in record.terms) < record.n_scored,
        "terms_drawn": _drawn(term_chart(record.terms, csv_url=addresses.csv("terms")), public=public, at=at),
        "calibration_table": record_tables.calibration_table(record.calibration, addresses.rows),
        "calibration_drawn": _drawn(
            calibration_chart(record.calibration, csv_url=addresses.csv("calibration")), public=public, at=at
        ),
        "judgements": [] if public else list(_judgements(asked)),
        "parts": [(each, addresses.record({"by": each.name})) for each in DIMENSIONS],
        **_part(asked, shown, public=public, at=at),
    }


def _part(asked: Asked, name: str, *, public: bool, at: datetime) -> dict[str, Any]:
    """The record by year (with its chart), horizon, topic or author."""
    if name not in _DIMENSIONS:
        return {"part": None}
    groups = _DIMENSIONS[name].groups(asked)
    tasks.want_intervals([group.record for group in groups], asked.parted(name))
    csv_url = asked.addresses.csv(name)
    chart = over_time_chart(groups, csv_url=csv_url) if name == "year" else None
    return {
        "part": _DIMENSIONS[name],
        "part_table": _DIMENSIONS[name].table(asked, groups),
        "part_csv": csv_url,
        "part_drawn": _drawn(chart, public=public, at=at),
    }


def record_csv(asked: Asked, name: str) -> HttpResponseBase:
    """That table as CSV. Raises Http404 for one that there is none of."""
    if name in _DIMENSIONS:
        return _DIMENSIONS[name].table(asked).as_csv()
    record, rows = asked.record(), asked.addresses.rows
    match name:
        case "terms":
            return record_tables.terms_table(record.terms, rows).as_csv()
        case "calibration":
            return record_tables.calibration_table(record.calibration, rows).as_csv()
        case "references":
            return record_tables.references_table(record).as_csv()
        case _:
            raise Http404


def _judgements(asked: Asked) -> Iterator[tuple[Whose, str, bool]]:
    """The judgements that may be scored, where, and which it is now; no forecaster has a desk's line."""
    for each in Whose:
        if each != Whose.DESK or asked.scope.forecaster is None:
            yield each, asked.addresses.record({"judgement": each.value}), each == asked.scope.whose


def _drawn(chart: Chart | None, *, public: bool, at: datetime) -> Drawn | None:
    return None if chart is None else draw(chart, public=public, at=at)


def _lanes(asked: Asked, record: TrackRecord, *, with_records: bool) -> Iterator[LaneLine]:
    """Those that are switched in, and those that have any that were left out for it."""
    for lane in Lane:
        included = lane in asked.scope.include
        if included or record.left_out.get(lane):
            yield LaneLine(
                label=Counted(lane.value).label,
                n=_n_of_lane(asked, lane, record, counts_included=with_records),
                is_included=included,
                record=asked.lane(lane) if with_records and not included else None,
                rows_url=asked.addresses.lane(lane.value),
                scored_url=asked.addresses.lane(lane.value, {"in_line": Counted.SCORED.value}),
                switch_url=asked.addresses.switched(lane.value),
            )


def _n_of_lane(asked: Asked, lane: Lane, record: TrackRecord, *, counts_included: bool) -> int | None:
    if lane not in asked.scope.include:
        return record.left_out.get(lane, 0)
    return asked.n_included(lane) if counts_included else None


def _not_scored(asked: Asked, record: TrackRecord) -> Iterator[Count]:
    """Why what was graded is in no score, by reason."""
    for name, n in record.n_unscored.items():
        if name == NO_PROBABILITY:
            yield Count(label=Counted.NO_PROBABILITY.label, n=n, url=asked.addresses.rows({"record": name}))
        else:
            narrowed = {"record": Counted.UNSCORED.value, "outcome": name}
            yield Count(label=outcome_word(name), n=n, url=asked.addresses.rows(narrowed))
    for name, n in record.left_out.items():
        yield Count(label=Counted(name).label, n=n, url=asked.addresses.rows({"record": name}))


def _readings(asked: Asked, record: TrackRecord) -> Iterator[tuple[str, OtherReading, str]]:
    """Each reading by other bands, the name of its yardstick, and where those are that it reads."""
    for each in record.other_readings:
        narrowed = {"record": Counted.SCORED.value, "read_by": each.yardstick}
        yield YARDSTICKS[each.yardstick].name, each, asked.addresses.rows(narrowed)


def _not_graded(asked: Asked, record: TrackRecord) -> Iterator[Count]:
    statuses = {
        "overdue": (_("ended, and nobody has graded it"), record.n_overdue),
        "open": (_("still open"), record.n_open),
        "assessment": (_("assessments, never due and never scored"), record.n_assessments),
    }
    for status, (label, n) in statuses.items():
        yield Count(label=label, n=n or 0, url=asked.addresses.rows({"status": status}) if n else "")
