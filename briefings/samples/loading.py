"""Loading the sample briefings by the way that users take: brought in, read, confirmed, published, judged, graded.

Every step goes through the services, on the day on which it belongs. What lies after the instant of loading is left
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from accounts.services.people import open_account
from briefings.samples.plan import BriefingPlan, ClaimPlan, ForecastPlan, JudgementPlan, forecasters, speakers
from briefings.services.drafting import begin_briefing
from briefings.services.publishing import publish
from claims.models import ClaimSuggestion
from claims.services.confirming import accept_claim, proposal
from forecasts.choices import Outcome
from forecasts.models import Forecast, ForecastSuggestion
from forecasts.services import grading, intake, judging, resolving
from forecasts.services.confirming import accept_forecast, proposed_chance, proposed_wording
from forecasts.services.entries import Chance, Criteria
from forecasts.yardsticks.scales import DEFAULT
from sources.choices import Origin, SourceKind
from sources.models import Article
from sources.services import people
from sources.services.articles import RawBytes

MEDIA_TYPES: Final = {".txt": "text/plain", ".md": "text/markdown"}
DAYS_TO_GRADE: Final = 2  # how long after an outcome is known somebody gets round to grading it


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who does it all. One confirms and writes the criteria, a second grades, an editor publishes."""

    analyst: User
    second_analyst: User
    editor: User


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What came of one briefing; `missed` is what the plan has and the reader did not find."""

    is_new: bool
    forecasts: int = 0
    claims: int = 0
    grades: int = 0
    missed: tuple[str, ...] = ()


@transaction.atomic
def find_cast() -> Cast:
    """The first two analysts and the first editor; for whoever is missing an account that nobody can sign in to."""
    analysts = list(_active(Role.ANALYST)[:2])
    analysts += [_stand_in(Role.ANALYST, number) for number in range(len(analysts) + 1, 3)]
    editor = _active(Role.EDITOR).first() or _stand_in(Role.EDITOR, 1)
    return Cast(analyst=analysts[0], second_analyst=analysts[1], editor=editor)


@transaction.atomic
def load_sources(*, by: User) -> None:
    """Record who writes and who is quoted, each as what they are."""
    for name in forecasters():
        people.named(name, by=by, kind=SourceKind.PERSON)
    for speaker in speakers().values():
        people.named(speaker.name, by=by, kind=speaker.kind)


def is_ahead(plan: BriefingPlan, *, at: datetime) -> bool:
    """Whether that briefing is dated after the day of `at`."""
    return _noon(plan.published_on) > at


@transaction.atomic
def load_briefing(plan: BriefingPlan, *, cast: Cast, at: datetime) -> Loaded:
    """Load one briefing with everything that follows from it, all or nothing; what is there already stays untouched.

    Raises whatever the services refuse: a plan that they refuse is wrong.
    """
    on_the_day = _noon(plan.published_on)
    article, is_new = _bring_in(plan, by=cast.analyst, at=on_the_day)
    if not is_new:
        return Loaded(is_new=False)
    claims = dict(_claim_finds(plan, article))
    forecasts = dict(_forecast_finds(plan, article))
    for claim_plan, find in claims.items():
        accept_claim(find, values=_claim_values(claim_plan, find), by=cast.analyst, at=on_the_day)
    confirmed = {each: _confirm(each, find, by=cast.analyst, at=on_the_day) for each, find in forecasts.items()}
    if plan.publish:
        briefing = begin_briefing(article, by=cast.editor, at=on_the_day)
        publish(briefing, by=cast.editor, at=on_the_day + timedelta(hours=1), version=briefing.version)
    for each, forecast in confirmed.items():
        _judge_later(each, forecast, cast=cast, at=at)
    # What occurred comes last, as it settles what it excludes.
    ordered = sorted(confirmed.items(), key=lambda each: _occurs(each[0]))
    grades = sum(_grade(each, forecast, cast=cast, at=at) for each, forecast in ordered)
    return Loaded(
        is_new=True,
        forecasts=len(confirmed),
        claims=len(claims),
        grades=grades,
        missed=tuple(
            [each.in_text for each in plan.claims if each not in claims]
            + [each.quote for each in plan.forecasts if each.duplicate_of is None and each not in confirmed]
        ),
    )


def _bring_in(plan: BriefingPlan, *, by: User, at: datetime) -> tuple[Article, bool]:
    data = plan.path.read_bytes()
    brought = intake.bring_in(
        intake.NewText(
            text=data.decode(),
            origin=Origin.SAMPLE,
            topics=plan.topics,
            countries=plan.countries,
            raw=RawBytes(data=data, media_type=MEDIA_TYPES[plan.path.suffix], filename=plan.text),
        ),
        by=by,
        at=at,
    )
    return brought.article, brought.is_new


def _claim_finds(plan: BriefingPlan, article: Article) -> Iterator[tuple[ClaimPlan, ClaimSuggestion]]:
    """Each planned claim with the find whose words overlap with it; a find serves once."""
    finds = list(ClaimSuggestion.objects.filter(article=article))
    for each in plan.claims:
        start = article.text.index(each.in_text)
        end = start + len(each.in_text)
        for find in finds:
            if find.start < end and start < find.end:
                finds.remove(find)
                yield each, find
                break


def _forecast_finds(plan: BriefingPlan, article: Article) -> Iterator[tuple[ForecastPlan, ForecastSuggestion]]:
    """Each planned forecast with its find; repeats are folded when the forecast that they repeat is confirmed."""
    finds = {(find.section, find.quote): find for find in ForecastSuggestion.objects.filter(article=article)}
    for each in plan.forecasts:
        find = finds.get((each.read.section, each.quote))
        if find is not None and each.duplicate_of is None:
            yield each, find


def _claim_values(plan: ClaimPlan, find: ClaimSuggestion) -> dict[str, Any]:
    """The form that confirms a claim, as an analyst fills it."""
    return proposal(find) | {
        **asdict(plan.series),
        "speaker": plan.speaker or "",
        "said_on": plan.said_on,
        "as_of": plan.as_of,
        "basis": plan.basis,
        "credibility": plan.credibility,
    }


def _confirm(plan: ForecastPlan, find: ForecastSuggestion, *, by: User, at: datetime) -> Forecast:
    wording = replace(
        proposed_wording(find),
        event=plan.event,
        shape=plan.shape,
        triage=plan.triage,
        triage_reason=plan.triage_reason,
        assessment_on=plan.assessment_on,
        criteria=Criteria() if plan.criteria is None else Criteria(**asdict(plan.criteria)),
    )
    return accept_forecast(find, wording=wording, chance=proposed_chance(find), by=by, at=at)


def _occurs(plan: ForecastPlan) -> bool:
    return plan.grade is not None and plan.grade.outcome == Outcome.OCCURRED


def _judge_later(plan: ForecastPlan, forecast: Forecast, *, cast: Cast, at: datetime) -> None:
    """Record the judgements that came later."""
    for judgement in plan.judgements:
        if _noon(judgement.made_on) <= at:
            _judge(judgement, forecast, by=cast.analyst)


def _grade(plan: ForecastPlan, forecast: Forecast, *, cast: Cast, at: datetime) -> bool:
    """Record the grade; returns whether there is one. What one that occurred excludes has been graded along with it."""
    if plan.grade is None or _noon(plan.grade.known_on) > at:
        return False
    verdict = grading.Verdict(
        outcome=plan.grade.outcome,
        known_on=plan.grade.known_on,
        rationale=plan.grade.rationale,
        urls=[plan.grade.url],
    )
    if not resolving.is_open(resolving.standing(forecast)):
        return True
    graded_at = min(_noon(plan.grade.known_on) + timedelta(days=DAYS_TO_GRADE), at)
    _given, resolution = grading.grade(forecast, verdict=verdict, by=cast.second_analyst, at=graded_at)
    if resolution is None:  # a desk of two graders
        grading.grade(forecast, verdict=verdict, by=cast.editor, at=graded_at)
    return True


def _judge(plan: JudgementPlan, forecast: Forecast, *, by: User) -> None:
    judging.judge(
        forecast,
        chance=Chance(
            yardstick=DEFAULT.slug if plan.term else "",
            term=plan.term or "",
            probability=plan.probability,
            rationale=plan.why,
        ),
        by=by,
        at=_noon(plan.made_on),
        forecaster=people.named(plan.by, by=by, kind=SourceKind.PERSON),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE))


def _active(role: Role) -> QuerySet[User]:
    return User.objects.filter(role=role, is_active=True).order_by("pk")


def _stand_in(role: Role, number: int) -> User:
    return open_account(
        email=f"sample-{role}-{number}@hindsight.invalid",
        name=f"Sample {role} {number}",
        role=role,
        password=None,
        why="sample data",
    )
