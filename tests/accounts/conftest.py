"""People and their clients. Django is not set up yet when this file is imported, hence the imports inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User

PASSWORD = "a long enough pass phrase"
Person = Callable[..., "User"]


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def person(db) -> Person:
    """`person("alice", role)` opens an account for alice@example.org."""

    from accounts.services import people

    def make(name: str, role: str = "analyst") -> User:
        return people.open_account(
            email=f"{name}@example.org", name=name.title(), role=role, password=PASSWORD, why="test"
        )

    return make


@pytest.fixture
def alice(person: Person) -> User:
    """The administrator."""
    return person("alice", "administrator")


@pytest.fixture
def bob(person: Person) -> User:
    """An analyst."""
    return person("bob")


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """`browse(user)` is a client that is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _lands_on_the_profile(settings) -> None:
    """Signing in ends on a page of this app."""
    settings.LOGIN_REDIRECT_URL = "accounts:profile"


@pytest.fixture(autouse=True)
def hurried(monkeypatch) -> list[int]:
    """The ids of mails that a message hurries. No message goes out: what a worker does is tested by calling it."""
    ids: list[int] = []
    # A test's transaction never commits.
    monkeypatch.setattr("groundwork.hurry.transaction", Mock(on_commit=lambda send, **_options: send()))
    monkeypatch.setattr("accounts.tasks.send_mail.apply_async", lambda args, **_options: ids.extend(args))
    return ids
