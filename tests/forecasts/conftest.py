"""People, articles and forecasts. Django is not set up yet when this file is imported, hence the imports inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User
    from forecasts.models import Forecast
    from sources.models import Article


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def person(db) -> Callable[..., User]:
    """`person("bob", role)` is Bob's account; an analyst's unless said otherwise."""

    from tests.factories import UserFactory

    def make(name: str, role: str = "analyst") -> User:
        return UserFactory(name=name.title(), role=role)

    return make


@pytest.fixture
def alice(person) -> User:
    """The analyst who writes and logs."""
    return person("alice")


@pytest.fixture
def bob(person) -> User:
    """Another analyst, who grades."""
    return person("bob")


@pytest.fixture
def charlie(person) -> User:
    """A reader: sees the desk and changes nothing."""
    return person("charlie", "reader")


@pytest.fixture
def erin(person) -> User:
    """An editor."""
    return person("erin", "editor")


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """`browse(user)` is a client that is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def make_article(alice) -> Callable[..., Article]:
    """An article that nobody has read; keywords are its fields."""

    from tests.factories import ArticleFactory

    def make(**values: Any) -> Article:
        return ArticleFactory(**{"recorded_by": alice} | values)

    return make


@pytest.fixture
def log(alice) -> Callable[..., Forecast]:
    """Log a forecast by hand, Alice's unless `by` or `author` say otherwise: overdue, likely, and gradable.

    `chance=` takes a Chance; every other keyword is a field of Wording or an argument of the service.
    """
    from forecasts.services.entries import Chance, Wording
    from forecasts.services.recording import log_forecast

    def make(**values: Any) -> Forecast:
        service = {name: values.pop(name) for name in ("by", "at", "author", "place") if name in values}
        chance = values.pop("chance", Chance(yardstick="phia-2025", term="likely"))
        wording = {
            "statement": "The bridge is likely to stay closed until August.",
            "event": "The bridge stays closed until August.",
            "made_on": date(2025, 5, 2),
            "closes_on": date(2025, 8, 2),
        }
        service = {"by": alice, "at": datetime(2025, 5, 2, 9, tzinfo=UTC)} | service
        return log_forecast(wording=Wording(**(wording | values)), chance=chance, **service)

    return make


@pytest.fixture
def overdue(log, now) -> Callable[..., Forecast]:
    """As `log`, and flagged."""
    from forecasts.services.due import flag_due

    def make(**values: Any) -> Forecast:
        forecast = log(**values)
        flag_due(at=now)
        return forecast

    return make


@pytest.fixture
def verdict() -> Callable[..., Any]:
    """A verdict that nothing is wrong with: it happened, known on the day after the window. Keywords change it."""
    from forecasts.services.grading import Verdict

    def make(**values: Any) -> Verdict:
        usual = {
            "outcome": "occurred",
            "known_on": date(2025, 8, 3),
            "rationale": "The ministry kept it shut.",
            "urls": ["https://example.org/bridge"],
        }
        return Verdict(**(usual | values))

    return make


@pytest.fixture
def two_graders(settings) -> None:
    """As in production: each forecast is graded by two people. The tests' own profile has one."""
    settings.GRADERS = 2


@pytest.fixture
def dora(person) -> User:
    """A third analyst."""
    return person("dora")


@pytest.fixture
def grade(now, bob, verdict) -> Callable[..., Any]:
    """`grade(forecast, by=…, outcome="…")` is what the service makes of that verdict; Bob's unless said otherwise."""
    from forecasts.services import grading

    def make(
        forecast: Forecast, *, by: User = bob, at: datetime = now, version: int | None = None, **values: Any
    ) -> Any:
        return grading.grade(forecast, verdict=verdict(**values), by=by, at=at, version=version)

    return make


@pytest.fixture
def disputed(two_graders, overdue, grade, bob, dora) -> Callable[..., Forecast]:
    """A forecast of which Bob says that it happened, and Dora that it did not. Keywords as for `log`."""

    def make(**values: Any) -> Forecast:
        forecast = overdue(**values)
        grade(forecast, by=bob, outcome="occurred", rationale="Bob saw it shut.")
        grade(forecast, by=dora, outcome="did_not_occur", rationale="Dora saw it open.")
        return forecast

    return make


@pytest.fixture
def stored(db) -> Callable[[], dict[str, int]]:
    """How many rows every table of the project's apps holds: the same before and after a refusal."""
    from django.apps import apps

    def count() -> dict[str, int]:
        models = [
            model for app in ("sources", "claims", "forecasts") for model in apps.get_app_config(app).get_models()
        ]
        return {model._meta.label: model._base_manager.count() for model in models}

    return count


@pytest.fixture
def refused(stored) -> Callable[..., tuple[str | None, str, str]]:
    """`refused(service, …)` calls it and returns field, code and message of its refusal; no row may have come or gone."""
    from groundwork.errors import Refusal

    def call(service: Callable[..., Any], *args: Any, **values: Any) -> tuple[str | None, str, str]:
        before = stored()
        with pytest.raises(Refusal) as caught:
            service(*args, **values)
        assert stored() == before
        return caught.value.field, caught.value.code, str(caught.value.message)

    return call
