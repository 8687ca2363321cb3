"""Clients of the API, a small published record for them to pull, and golden files of whole responses."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from accounts.services.keys import make_key
from briefings.models import Briefing
from briefings.services import drafting, publishing
from claims.models import Claim, Series
from claims.services.recording import Counted, Figure, NewClaim, record_claim
from forecasts.models import Forecast, Grade
from forecasts.services import grading, intake, judging, recording
from forecasts.services.entries import Chance, Criteria, Wording
from sources.choices import Origin, SourceKind
from sources.models import Article, Source
from sources.services import articles, people

NOW = datetime(2026, 5, 20, 12, 30, tzinfo=UTC)
BROUGHT_IN = datetime(2026, 1, 10, 9, tzinfo=UTC)
MADE_ON = date(2026, 1, 10)
RESUMES = "Ferries between Alma and Bera are likely to sail again by 10 April 2026."
LEASES = "A second harbour is highly unlikely to be leased by 10 January 2027."
STRANDED = "Port officials in Alma said that 1,200 lorries were stranded on 9 January"
TEXT = f"""Ferry strike closes the Alma strait

By Dana Example | 10 January 2026

Summary
- Crews have stopped work on every line across the strait.

{STRANDED}. The union spoke of more than 2,000.

Forecast

Short-term (Now - 3 months)
- {RESUMES}

Medium-term (3-12 months)
- {LEASES}
"""


def client_with(secret: str | None) -> APIClient:
    client = APIClient()
    if secret is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def at_noon() -> Any:
    """The clock stands on 20 May 2026, 12:30 UTC."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def owner(db: None) -> User:
    """Alice, an analyst, whose records these are."""
    return User.objects.create_user("alice@example.org", name="Alice Owner", role=Role.ANALYST)


@pytest.fixture
def member(db: None) -> User:
    """Bob, an editor of the same desk."""
    return User.objects.create_user("bob@example.org", name="Bob Member", role=Role.EDITOR)


@pytest.fixture
def key_of(db: None) -> Callable[..., str]:
    def make(user: User, scope: str = "write", *, at: datetime = NOW, lasts: timedelta = timedelta(days=30)) -> str:
        return make_key(by=user, name="a test", scope=scope, at=at, lasts=lasts)[1]

    return make


@pytest.fixture
def outsider() -> APIClient:
    """Charlie, who has no account."""
    return client_with(None)


@pytest.fixture
def analyst(at_noon: datetime, owner: User, key_of: Callable[..., str]) -> APIClient:
    """Alice's program, with a write key."""
    return client_with(key_of(owner))


@pytest.fixture
def editor(at_noon: datetime, member: User, key_of: Callable[..., str]) -> APIClient:
    """Bob's program, with a write key."""
    return client_with(key_of(member))


@dataclass(frozen=True)
class Record:
    """What the desk has: some of it public, some of it not."""

    article: Article
    resolved: Forecast
    open: Forecast
    internal: Forecast
    claim: Claim
    internal_claim: Claim
    briefing: Briefing
    agency: Source
    report: Article
    draft: Briefing


@pytest.fixture
def count_from_one(number_from: Callable[[Mapping[str, int]], None]) -> None:
    """Let references be the same in every run."""
    number_from({model._meta.db_table: 1 for model in (Source, Article, Series, Claim, Forecast, Grade)})


@pytest.fixture
def record(count_from_one: None, at_noon: datetime, owner: User, member: User) -> Record:
    """A briefing with two forecasts and a claim, published and graded; and as much beside it that is internal."""
    at = BROUGHT_IN
    article, resolved, still_open, claim, briefing = _published("Alma", owner=owner, member=member)
    judging.judge(still_open, chance=Chance(probability=0.0, rationale="Own view"), by=owner, at=NOW)
    agency = people.named("Strait Agency", by=owner, kind=SourceKind.OUTLET)
    report = _report(agency, by=owner)
    internal = _forecast(
        report, "The strike is likely to spread by 1 May 2026.", "likely", date(2026, 5, 1), by=owner, at=at
    )
    internal_claim = record_claim(NewClaim(article=report, quote="The strike is likely to spread"), by=owner)
    draft_article = intake.bring_in(
        intake.NewText(text="A quiet week\n\nNothing moved.", origin=Origin.PASTED), by=owner, at=at
    )
    draft = drafting.begin_briefing(draft_article.article, by=member, at=at)
    return Record(
        article, resolved, still_open, internal, claim, internal_claim, briefing, agency, report, draft
    )  # fmt: skip


@pytest.fixture
def three_records(count_from_one: None, at_noon: datetime, owner: User, member: User) -> None:
    """Three of everything that can be public, alike."""
    for place in ("Alma", "Calla", "Dorn"):
        _published(place, owner=owner, member=member)


def _published(place: str, *, owner: User, member: User) -> tuple[Article, Forecast, Forecast, Claim, Briefing]:
    at = BROUGHT_IN
    text, sails, leased, stranded = (each.replace("Alma", place) for each in (TEXT, RESUMES, LEASES, STRANDED))
    topic = {"Alma": "Shipping"}.get(place, place)
    new = intake.NewText(text=text, origin=Origin.PASTED, topics=[topic], countries=["GB"])
    article = intake.bring_in(new, by=owner, at=at).article
    resolved = _forecast(article, sails, "likely", date(2026, 4, 10), by=owner, at=at)
    still_open = _forecast(article, leased, "highly_unlikely", date(2027, 1, 10), by=owner, at=at)
    claim = _claim(article, stranded, place, by=owner)
    briefing = _publish(article, by=member, at=at)
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2026, 3, 2), rationale="They sailed.", urls=["https://example.org/sailed"]
    )
    grading.grade(resolved, verdict=verdict, by=member, at=NOW)
    return article, resolved, still_open, claim, briefing


def _forecast(article: Article, statement: str, term: str, closes_on: date, *, by: User, at: datetime) -> Forecast:
    start = article.text.index(statement)
    return recording.log_forecast(
        wording=Wording(
            statement=statement,
            event=statement.replace("are likely to sail", "sail").replace("is highly unlikely to be", "is"),
            made_on=MADE_ON,
            closes_on=closes_on,
            criteria=Criteria(observable="The harbour master's log"),
            topics=["Shipping"],
            countries=["GB"],
        ),
        chance=Chance(yardstick="phia-2025", term=term),
        author=people.named("Dana Example", by=by, kind=SourceKind.PERSON),
        place=recording.Place(article=article, start=start, end=start + len(statement)),
        by=by,
        at=at,
    )


def _claim(article: Article, quote: str, place: str, *, by: User) -> Claim:
    start = article.text.index(quote)
    speaker = "Port officials" if place == "Alma" else f"Port officials in {place}"
    return record_claim(
        NewClaim(
            article=article,
            quote=quote,
            start=start,
            end=start + len(quote),
            speaker=people.named(speaker, by=by, kind=SourceKind.GOVERNMENT),
            counted=Counted(measure="other", subject="lorries", place=place, unit="lorries"),
            figure=Figure(value_point=Decimal(1200), as_written="1,200", as_of=date(2026, 1, 9), stance="asserts"),
        ),
        by=by,
    )


def _publish(article: Article, *, by: User, at: datetime) -> Briefing:
    briefing = drafting.begin_briefing(article, by=by, at=at)
    publishing.publish(briefing, by=by, at=at + timedelta(hours=1), version=briefing.version)
    briefing.refresh_from_db()
    return briefing


def _report(agency: Source, *, by: User) -> Article:
    """Another publisher's text, whose title is public and whose text never is."""
    new = articles.NewArticle(
        text="Strike spreads\n\nThe strike is likely to spread by 1 May 2026.",
        title="Strike spreads",
        source=agency,
        origin=Origin.PASTED,
        language="en",
    )
    report, _is_new = articles.bring_in(new, by=by, at=NOW)
    return report


# --- Golden files ---------------------------------------------------------------------------------------------------


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Any, str], None]:
    """Compare a response with the file of that name in `responses/` beside the test; GOLDEN=write writes it."""
    folder = Path(request.path).parent / "responses"

    def compare(response: Any, name: str) -> None:
        got = {"status": response.status_code, "content_type": response["Content-Type"], "body": response.json()}
        file = folder / f"{name}.json"
        if os.environ.get("GOLDEN") == "write":
            folder.mkdir(exist_ok=True)
            file.write_text(json.dumps(got, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        assert got == json.loads(file.read_text(encoding="utf-8"))

    return compare
