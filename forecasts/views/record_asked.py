"""Whose record is asked for: the forecasts, whose judgement of them, who looks, and the addresses of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.http import urlencode

from forecasts.filters import ForecastFilter
from forecasts.querysets import ForecastQuerySet
from forecasts.scoring.record import TrackRecord
from forecasts.services import track_record
from forecasts.services.narrowing import Narrowing
from forecasts.services.record_rows import Lane, Scope, counted_rows
from sources.models import Source
from sources.querysets import Viewer

_PLACES: Final = ("format", "table", "by", "after", "before")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The page's filter as addresses: of the record, of the rows that a number counts, and of a table's CSV.

    `forced` is what the rows have to be narrowed to besides, because the page's own path says it.
    """

    query: QueryDict
    record_path: str
    rows_path: str
    forced: Mapping[str, str]

    def rows(self, narrowed: Mapping[str, str]) -> str:
        return self._address(self.rows_path, {**self.forced, **narrowed})

    def record(self, narrowed: Mapping[str, str]) -> str:
        return self._address(self.record_path, narrowed)

    def csv(self, table: str) -> str:
        return self._address(self.record_path, {"table": table, "format": "csv"})

    def switched(self, lane: str) -> str:
        """The same record with that lane in its headline, or without it."""
        lanes = self._given.get("include", [])
        left = self._without(lane) if lane in lanes else [*lanes, lane]
        return self._address(self.record_path, {"include": left})

    def lane(self, lane: str, narrowed: Mapping[str, str] = MappingProxyType({})) -> str:
        """The rows that have a line of their own for it, or would have, were it not in the headline."""
        return self._address(
            self.rows_path, {**self.forced, "record": lane, "include": self._without(lane), **narrowed}
        )

    def _without(self, lane: str) -> list[str]:
        return [each for each in self._given.get("include", []) if each != lane]

    @cached_property
    def _given(self) -> dict[str, list[str]]:
        """The filter as it stands, without what is empty."""
        return {name: values for name, values in self.query.lists() if name not in _PLACES and any(values)}

    def _address(self, path: str, narrowed: Mapping[str, str | list[str]]) -> str:
        query = urlencode({**self._given, **narrowed}, doseq=True)
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A record that somebody asks for. `some_hidden` says that authors who keep theirs to themselves are left out.

    `of_others` is what certain people said, of whom no score stands without its interval.
    """

    forecasts: ForecastQuerySet
    scope: Scope
    narrowing: Narrowing | None
    viewer: Viewer
    on: date
    addresses: Addresses
    some_hidden: bool = False
    of_others: bool = False
    # What they look up once stays with them.
    _parted: dict[str, track_record.Asked] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, filterset: ForecastFilter, addresses: Addresses, *, on: date) -> Asked:
        """What a valid filter asks for. By author, only those are counted who let that viewer see their record."""
        viewer = filterset.viewer
        whole = cls(
            forecasts=filterset.qs,
            scope=filterset.scope,
            narrowing=filterset.narrowing,
            viewer=viewer,
            on=on,
            addresses=addresses,
            of_others=filterset.names_others,
        )
        if not filterset.form.cleaned_data.get("author"):
            return whole
        narrowed = filterset.written_by(Source.objects.whose_record_shows_to(viewer))
        hidden = filterset.qs.filter(author__in=narrowed.hidden).exists()
        return replace(whole, forecasts=narrowed.forecasts, narrowing=narrowed.narrowing, some_hidden=hidden)

    def record(self) -> TrackRecord:
        """Of everything that is asked for."""
        return self.records("")[""]

    def records(self, by: str) -> dict[Any, TrackRecord]:
        """Of each part, by its key."""
        return {key: self._shown(each) for key, each in track_record.records_of(self.parted(by)).items()}

    def _shown(self, record: TrackRecord) -> TrackRecord:
        return record.without_score() if self.of_others and not record.is_comparable else record

    def parted(self, by: str) -> track_record.Asked:
        """In these parts, or all together by "": as the services have it, and a task that makes its intervals."""
        if by not in self._parted:
            self._parted[by] = track_record.Asked(
                forecasts=self.forecasts,
                scope=self.scope,
                viewer=self.viewer,
                on=self.on,
                narrowing=self.narrowing,
                by=by,
            )
        return self._parted[by]

    def lane(self, lane: Lane) -> TrackRecord:
        """Of those alone that the headline leaves out for that reason."""
        left_out: Any = counted_rows(self.scope, viewer=self.viewer, on=self.on)
        forecasts = self.forecasts.filter(Exists(left_out.filter(forecast=OuterRef("pk"), counted=lane.value)))
        scope = replace(self.scope, include=frozenset(Lane))
        return self._shown(track_record.records(forecasts, scope, viewer=self.viewer, on=self.on)[""])

    def n_included(self, lane: Lane) -> int:
        """How many the headline counts that would have a line of their own for it."""
        without = replace(self.scope, include=self.scope.include - {lane})
        rows: Any = replace(self.parted(""), scope=without).rows()
        counted: int = rows.filter(counted=lane.value).count()
        return counted
