"""The parts of a track record by name, for the command line and the API."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from forecasts.choices import By, Horizon
from forecasts.scoring.record import Group, TrackRecord
from forecasts.yardsticks.scales import YARDSTICKS
from groundwork.references import reference
from sources.importing.countries import country_name
from sources.models import Source, Topic
from sources.querysets import Viewer


def named(records: Mapping[Any, TrackRecord], by: str, *, viewer: Viewer | None) -> list[Group]:
    """Each part with its key in addresses and its name, in the order of keys.

    Authors and topics that the viewer does not see are left out, and authors who keep their record to themselves;
    without a viewer nothing is. Authors whose records cannot be compared have no score.
    """
    names = _NAMES[By(by)](records, viewer)
    if by == By.AUTHOR:
        records = {key: each if each.is_comparable else each.without_score() for key, each in records.items()}
    parts = [Group(key=key, name=name, record=records[part]) for part, (key, name) in names.items()]
    return parts if by in (By.HORIZON, By.TERM) else sorted(parts, key=lambda each: (each.name.casefold(), each.key))


Names = Mapping[Hashable, tuple[str, str]]


def _horizons(records: Mapping[Any, TrackRecord], _viewer: Viewer | None) -> Names:
    return {key: (key, str(Horizon(key).label)) for key in Horizon.values if key in records}


def _terms(records: Mapping[Any, TrackRecord], _viewer: Viewer | None) -> Names:
    """In the order of their yardsticks."""
    places = {(scale.slug, term.slug): term.words[0] for scale in YARDSTICKS.values() for term in scale.terms}
    known = {key: (f"{key[0]}:{key[1]}", places[key]) for key in places if key in records}
    others = {key: (f"{key[0]}:{key[1]}", key[1]) for key in sorted(records) if key not in places and key[1]}
    return {**known, **others}


def _topics(records: Mapping[Any, TrackRecord], viewer: Viewer | None) -> Names:
    rows = Topic.objects.all() if viewer is None else Topic.objects.visible_to(viewer)
    return {each.pk: (each.slug, each.name) for each in rows.filter(pk__in=[key for key in records if key])}


def _authors(records: Mapping[Any, TrackRecord], viewer: Viewer | None) -> Names:
    rows = Source.objects.filter(pk__in=list(records))
    if viewer is not None:
        rows = rows.visible_to(viewer).whose_record_shows_to(viewer)
    return {each.pk: (reference("source", each.pk), each.name) for each in rows}


def _years(records: Mapping[Any, TrackRecord], _viewer: Viewer | None) -> Names:
    return {key: (str(key), str(key)) for key in records if key}


def _countries(records: Mapping[Any, TrackRecord], _viewer: Viewer | None) -> Names:
    return {key: (key, country_name(key)) for key in records if key}


def _yardsticks(records: Mapping[Any, TrackRecord], _viewer: Viewer | None) -> Names:
    """By its name, or by its slug where nobody knows it here."""
    return {key: (key, YARDSTICKS[key].name if key in YARDSTICKS else key) for key in records if key}


_NAMES = {
    By.HORIZON: _horizons,
    By.TERM: _terms,
    By.TOPIC: _topics,
    By.AUTHOR: _authors,
    By.YEAR: _years,
    By.COUNTRY: _countries,
    By.YARDSTICK: _yardsticks,
}
