"""The plan of the sample briefings: what is found in each text, what it is confirmed as, and what became of it.

`texts/` holds the briefings, `plans/` one TOML file for each, `sources.toml` who writes and who is quoted. `read` is
what the readers are to find; all else is what people add when they confirm, judge and grade.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Speaker:
    name: str
    kind: str


@dataclass(frozen=True)
class SeriesPlan:
    measure: str
    subject: str
    place: str
    aggregation: str
    unit: str = "people"


@dataclass(frozen=True)
class ClaimRead:
    """What the reader is to find; bounds are counts, and None is what the text does not settle."""

    measure: str
    stance: str
    approximate: bool
    low: int | None = None
    high: int | None = None
    point: int | None = None
    qualifier: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimPlan:
    """`in_text` is a stretch of the text that holds the figure and stands in it once."""

    in_text: str
    read: ClaimRead
    series: SeriesPlan
    basis: str
    credibility: int
    speaker: str | None = None
    said_on: date | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class ForecastRead:
    """What the reader is to find; `probability` is a chance from 0 to 1."""

    section: str = "forecast"
    horizon: str | None = None
    term: str | None = None
    negated: bool = False
    probability: float | None = None
    conditional: str | None = None
    scenario: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criteria:
    observable: str
    threshold: str = ""
    place: str = ""
    combination: str = ""
    source_of_record: str = ""
    fallback: str = ""


@dataclass(frozen=True)
class GradePlan:
    outcome: str
    known_on: date
    rationale: str
    url: str


@dataclass(frozen=True)
class JudgementPlan:
    """A forecaster's judgement of a later day: a term, a chance from 0 to 1, or both."""

    by: str
    made_on: date
    why: str
    term: str | None = None
    probability: float | None = None


@dataclass(frozen=True)
class ForecastPlan:
    """One find. With `duplicate_of`, the index of another one, it is folded into that and needs nothing else."""

    quote: str
    read: ForecastRead
    duplicate_of: int | None = None
    event: str = ""
    shape: str = "happens_by"
    triage: str = "gradable"
    triage_reason: str = ""
    assessment_on: date | None = None
    criteria: Criteria | None = None
    grade: GradePlan | None = None
    judgements: tuple[JudgementPlan, ...] = ()


@dataclass(frozen=True)
class BriefingPlan:
    text: str
    title: str
    byline: str
    published_on: date
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    publish: bool
    claims: tuple[ClaimPlan, ...]
    forecasts: tuple[ForecastPlan, ...]

    @property
    def path(self) -> Path:
        return HERE / "texts" / self.text

    @property
    def slug(self) -> str:
        return self.path.stem


def briefing_plans() -> list[BriefingPlan]:
    """Returns the plans of all sample briefings, oldest first. Raises KeyError or TypeError where one is malformed."""
    plans = [_briefing(_load(path)) for path in sorted((HERE / "plans").glob("*.toml"))]
    return sorted(plans, key=lambda plan: (plan.published_on, plan.text))


def forecasters() -> list[str]:
    """Returns the names of those who write the sample briefings; they are invented."""
    return [row["name"] for row in _load(HERE / "sources.toml")["forecasters"]]


def speakers() -> dict[str, Speaker]:
    """Returns by name who is quoted in the sample briefings."""
    return {row["name"]: Speaker(**row) for row in _load(HERE / "sources.toml")["speakers"]}


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _briefing(row: dict[str, Any]) -> BriefingPlan:
    series = {key: SeriesPlan(**value) for key, value in row.pop("series").items()}
    return BriefingPlan(
        topics=tuple(row.pop("topics")),
        countries=tuple(row.pop("countries")),
        claims=tuple(_claim(claim, series) for claim in row.pop("claims")),
        forecasts=tuple(_forecast(forecast) for forecast in row.pop("forecasts")),
        **row,
    )


def _claim(row: dict[str, Any], series: dict[str, SeriesPlan]) -> ClaimPlan:
    read = row.pop("read")
    return ClaimPlan(
        read=ClaimRead(flags=tuple(read.pop("flags", ())), **read), series=series[row.pop("series")], **row
    )


def _forecast(row: dict[str, Any]) -> ForecastPlan:
    read = row.pop("read")
    criteria, grade = row.pop("criteria", None), row.pop("grade", None)
    return ForecastPlan(
        read=ForecastRead(flags=tuple(read.pop("flags", ())), **read),
        criteria=None if criteria is None else Criteria(**criteria),
        grade=None if grade is None else GradePlan(**grade),
        judgements=tuple(JudgementPlan(**judgement) for judgement in row.pop("judgements", ())),
        **row,
    )
