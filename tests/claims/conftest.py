"""Alice, an analyst; Bob, who only reads; an article, and claims in it.

Django is not set up yet when this file is imported, hence the imports inside.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User
    from claims.models import Claim
    from sources.models import Article


@pytest.fixture
def now() -> datetime:
    return datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def person(db):
    """`person("alice", role)` opens an account for alice@example.org."""
    from accounts.models import User

    def make(name: str, role: str) -> User:
        return User.objects.create_user(f"{name}@example.org", name=name.title(), role=role)

    return make


@pytest.fixture
def alice(person) -> User:
    return person("alice", "analyst")


@pytest.fixture
def bob(person) -> User:
    return person("bob", "reader")


@pytest.fixture
def signed_in():
    """`signed_in(user)` is a client of that user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def article(alice, now) -> Article:
    from sources.services import articles, people

    new = articles.NewArticle(
        text="Talks\n\nOfficials counted 900 dockers.",
        title="Talks",
        source=people.named("The Zenda Courier", by=alice, kind="outlet"),
        origin="pasted",
        bylines=people.bylines("Anna Lindqvist", by=alice),
        published_on=date(2025, 5, 2),
    )
    return articles.bring_in(new, by=alice, at=now)[0]


@pytest.fixture
def claim(alice, article, now):
    """`claim("Officials", high=900)` is a claim of arrested dockers; more keywords go into its figure."""
    from claims.services import recording
    from sources.services import people

    def record(speaker: str = "", *, subject: str = "dockers", **figure: object) -> Claim:
        values = {name: figure.pop(name, None) for name in ("low", "high", "point")}
        counts = {f"value_{name}": None if value is None else Decimal(value) for name, value in values.items()}
        new = recording.NewClaim(
            article=article,
            quote="Officials counted 900 dockers.",
            counted=recording.Counted(measure="arrested", subject=subject),
            figure=recording.Figure(**counts, **{"said_on": date(2025, 5, 2)} | figure),
            speaker=people.named(speaker, by=alice) if speaker else None,
        )
        return recording.record_claim(new, by=alice)

    return record
