"""The tables of a track record, in which every number opens its rows; each is the page's and its CSV alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from forecasts.charts.terms import VERDICTS, band_of, term_name
from forecasts.scoring.calibration import CalibrationPoint
from forecasts.scoring.hits import Hits
from forecasts.scoring.intervals import Interval
from forecasts.scoring.limits import MIN_ITEMS
from forecasts.scoring.proper import Reference
from forecasts.scoring.record import Group, TrackRecord
from forecasts.yardsticks.scales import YARDSTICKS
from groundwork.lists import Column, csv_response
from groundwork.marks import percent_text, probability_text, score_text

# An address of the rows, or of the record, that are left when the page's filter is narrowed by these parameters.
Address = Callable[[Mapping[str, str]], str]
TOO_FEW: Final = _("too few to judge")
WORKED_OUT: Final = _("being worked out")
NO_INTERVAL: Final = _("no interval")
REFERENCES: Final = {
    Reference.BASE_RATE: _("the base rate of these forecasts, known in hindsight"),
    Reference.HALF: _("always 50 %"),
    Reference.PREVIOUS_BASE_RATE: _("the base rate of the period before"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What the page shows, where it leads, and what the CSV holds: of an interval both ends."""

    text: str | Promise
    value: object
    url: str = ""
    is_number: bool = True

    @property
    def linked(self) -> str | Promise:
        """The text as a link to its rows, if it leads to any."""
        return format_html('<a class="record-rows" href="{}">{}</a>', self.url, self.text) if self.url else self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table by its `name`, which asks for its CSV. The first cell of a row names it.

    At the places that are `intervals` the CSV has two columns.
    """

    name: str
    caption: str | Promise
    headings: Sequence[str | Promise]
    rows: Sequence[Sequence[Cell]]
    intervals: frozenset[int] = frozenset()

    @property
    def heads(self) -> Iterator[tuple[str | Promise, bool]]:
        """The headings, and whether numbers stand below."""
        numbers = [cell.is_number for cell in self.rows[0]] if self.rows else [False] * len(self.headings)
        return zip(self.headings, numbers, strict=True)

    @property
    def labelled(self) -> Iterator[tuple[Cell, SafeString]]:
        """Each row: its first cell, and the others as HTML with their headings, for which templates take long."""
        headings = [conditional_escape(str(heading)) for heading in self.headings[1:]]
        return ((first, format_html_join("\n", _TD, _as_html(headings, others))) for first, *others in self.rows)

    def as_csv(self) -> StreamingHttpResponse:
        columns = [column for place in range(len(self.headings)) for column in self._columns(place)]
        return csv_response(iter([self.rows]), columns=columns, name=f"track-record-{self.name}")

    def _columns(self, place: int) -> Iterator[Column]:
        heading = self.headings[place]
        if place in self.intervals:
            yield Column(_("%(interval)s, low") % {"interval": heading}, _end(place, "low"))
            yield Column(_("%(interval)s, high") % {"interval": heading}, _end(place, "high"))
        else:
            yield Column(heading, lambda row: row[place].value)


_TD: Final = '<td data-label="{}"{}>{}</td>'
_NUMBER: Final = mark_safe(' class="num"')


def _as_html(headings: Sequence[str], cells: Sequence[Cell]) -> Iterator[tuple[str, str, str | Promise]]:
    pairs = zip(headings, cells, strict=True)
    return ((heading, _NUMBER if cell.is_number else "", cell.linked) for heading, cell in pairs)


def _end(place: int, name: str) -> Callable[[Sequence[Cell]], object]:
    return lambda row: getattr(row[place].value, name, None)


# --- Cells ----------------------------------------------------------------------------------------------------------


def words(text: str | Promise, url: str = "", *, value: object = None) -> Cell:
    """Words, which the CSV holds too unless it is given another value."""
    return Cell(text, str(text) if value is None else value, url, is_number=False)


def count(n: int | None, url: str = "") -> Cell:
    """A number of forecasts that opens them; none opens nothing, and None is what cannot be told."""
    return Cell("–" if n is None else str(n), n, url if n else "")


def share(value: float | None) -> Cell:
    return Cell("–" if value is None else probability_text(round(value, 3)), value)


def score(value: float | None) -> Cell:
    return Cell("–" if value is None else score_text(value), value)


def interval_of_score(found: Interval | None) -> Cell:
    if found is None:
        return Cell(NO_INTERVAL, None)
    return Cell(f"{score_text(found.low)}–{score_text(found.high)}", found)


def interval_of_share(found: Interval | None) -> Cell:
    if found is None:
        return Cell("–", None)
    return Cell(f"{percent_text(round(found.low, 3))}–{probability_text(round(found.high, 3))}", found)


# --- Tables ---------------------------------------------------------------------------------------------------------


def terms_table(rows: Sequence[Hits], open_rows: Address) -> Table:
    """Each word with its band, how often it came true, and what may be said of it."""
    return Table(
        name="terms",
        caption=_("Each word, its band, and how often it came true"),
        headings=(
            _("word"), _("yardstick"), _("band"), _("forecasts"), _("came true"), _("share"), _("95 % interval"),
            _("verdict"),
        ),
        rows=[_term_row(row, open_rows) for row in rows],
        intervals=frozenset({6}),
    )  # fmt: skip


def _term_row(row: Hits, open_rows: Address) -> Sequence[Cell]:
    narrowed = {"record": "scored", "yardstick": row.yardstick, "word": row.term}
    scale = YARDSTICKS.get(row.yardstick)
    return (
        words(term_name(row.yardstick, row.term)),
        words(scale.name if scale else row.yardstick, value=row.yardstick),
        words(band_of(row)),
        count(row.n, open_rows(narrowed)),
        count(row.occurred, open_rows({**narrowed, "came_true": "yes"})),
        share(row.rate),
        interval_of_share(row.wilson),
        words(VERDICTS[row.verdict], value=row.verdict.value),
    )


def calibration_table(points: Sequence[CalibrationPoint], open_rows: Address) -> Table:
    """Each probability that was given, how often it came true, and the range in which that is to be expected."""
    return Table(
        name="calibration",
        caption=_("Each probability, and how often it came true"),
        headings=(_("said"), _("forecasts"), _("happened"), _("share"), _("expected, 90 %")),
        rows=[_point_row(point, open_rows) for point in points],
        intervals=frozenset({4}),
    )


def _point_row(point: CalibrationPoint, open_rows: Address) -> Sequence[Cell]:
    narrowed = {"record": "scored", "said": repr(point.p)}
    return (
        Cell(probability_text(round(point.p, 4)), point.p),
        count(point.n, open_rows(narrowed)),
        count(point.occurred, open_rows({**narrowed, "outcome": "occurred"})),
        share(point.rate),
        interval_of_share(point.expected),
    )


def references_table(record: TrackRecord) -> Table:
    """What each reference would have scored, and the skill against it."""
    return Table(
        name="references",
        caption=_("Against references"),
        headings=(_("reference"), _("says"), _("its Brier score"), _("skill")),
        rows=[
            (words(REFERENCES[each.reference]), share(each.probability), score(each.reference_brier), score(each.value))
            for each in record.skills
            if each.probability is not None
        ],
    )


def groups_table(
    name: str, groups: Sequence[Group], *, caption: Any, heading: Any, narrow: Callable[[Group], Mapping[str, str]],
    open_rows: Address, open_record: Address,
) -> Table:  # fmt: skip
    """A row for each group, in the order given, never in that of their scores."""
    rows = []
    for group in groups:
        record, narrowed = group.record, narrow(group)
        scored = {**narrowed, "record": "scored"}
        rows.append(
            (
                words(group.name, open_record(narrowed)),
                count(record.n_scored, open_rows(scored)),
                count(record.n_occurred, open_rows({**scored, "outcome": "occurred"})),
                share(record.base_rate),
                *_score_cells(record),
                count(record.n_overdue, open_rows({**narrowed, "status": "overdue"})),
            )
        )
    return Table(
        name=name,
        caption=caption,
        headings=(
            heading, _("scored"), _("happened"), _("share"), _("Brier score"), _("95 % interval"), _("not graded"),
        ),
        rows=rows,
        intervals=frozenset({5}),
    )  # fmt: skip


def _score_cells(record: TrackRecord) -> tuple[Cell, Cell]:
    """The score and its interval, or why that is not there."""
    if not record.n_scored:
        return score(None), Cell("–", None)
    if record.n_scored < MIN_ITEMS:
        return score(record.brier), Cell(TOO_FEW, record.interval)
    return score(record.brier), interval_of_score(record.interval) if record.is_resampled else Cell(WORKED_OUT, None)
