"""A desk with a short text of its own, confirmed or not, and people around it.

Django is not set up yet when this file is imported, hence the imports inside.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User
    from briefings.models import Briefing, Edition, Image
    from forecasts.models import Forecast
    from sources.models import Article

TEXT = """The River Alma Runs Dry

Dana Reed | 2 May 2025

Summary

- The river is at its lowest since 1990.
- Ships wait at the lock.

The drought has lasted for three summers. Harbour officials estimate that as many as 4,000 workers were displaced, \
though the rail union places the figure closer to 1,200 workers displaced.

Forecast

Short-term (Now - 3 months)

- The lock at Alma is unlikely to reopen.
- It is highly likely that the ferry stops for a week or more.

Long-term (>1 year)

- Rail is likely to take over half of the freight.
"""
UNDATED = TEXT.replace("Dana Reed | 2 May 2025", "Dana Reed")
LOCK, FERRY, RAIL = (
    "The lock at Alma is unlikely to reopen.",
    "It is highly likely that the ferry stops for a week or more.",
    "Rail is likely to take over half of the freight.",
)


@pytest.fixture
def text() -> SimpleNamespace:
    """The words of the sample text."""
    return SimpleNamespace(dated=TEXT, undated=UNDATED, lock=LOCK, ferry=FERRY, rail=RAIL)


@pytest.fixture
def now() -> datetime:
    return datetime(2025, 6, 2, 12, tzinfo=UTC)


@pytest.fixture
def person(db) -> Callable[..., User]:
    """`person("alice", role)` opens an account for alice@example.org."""
    from accounts.services import people

    def make(name: str, role: str) -> User:
        email, title = f"{name}@example.org", name.title()
        return people.open_account(email=email, name=title, role=role, password=None, why="test")

    return make


@pytest.fixture
def alice(person) -> User:
    """An editor."""
    return person("alice", "editor")


@pytest.fixture
def bob(person) -> User:
    """An analyst."""
    return person("bob", "analyst")


@pytest.fixture
def browse() -> Callable[..., Client]:
    """`browse(user)` is a client that is signed in; `browse()` is Charlie's, who has no account."""

    def sign_in(user: User | None = None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def bring_in(bob, now) -> Callable[..., Article]:
    """`bring_in(text)` is an article of the desk, read, with nothing confirmed."""
    from forecasts.services import intake

    def bring_in(text: str = TEXT, **given: Any) -> Article:
        new = intake.NewText(text=text, origin="pasted", **given)
        return intake.bring_in(new, by=bob, at=now - timedelta(days=20)).article

    return bring_in


@pytest.fixture
def confirm(bob, now) -> Callable[..., list[Forecast]]:
    """`confirm(article)` accepts what the reader found in it, and returns the forecasts; keywords change them."""
    from claims.models import ClaimSuggestion
    from claims.services.confirming import accept_claim, proposal
    from forecasts.models import ForecastSuggestion
    from forecasts.services.confirming import accept_forecast, proposed_chance, proposed_wording

    def confirm(article: Article, *, at: datetime = now, **changes: Any) -> list[Forecast]:
        for find in ClaimSuggestion.objects.filter(article=article, decision="pending"):
            accept_claim(find, values=proposal(find), by=bob, at=at)
        finds = ForecastSuggestion.objects.filter(article=article, duplicate_of=None, decision="pending")
        return [
            accept_forecast(
                find, wording=replace(proposed_wording(find), **changes), chance=proposed_chance(find), by=bob, at=at
            )
            for find in finds.select_related("article")
        ]

    return confirm


@pytest.fixture
def begin(alice, bring_in, confirm, now) -> Callable[..., Briefing]:
    """`begin(text)` is a briefing of a new article, everything in it confirmed."""
    from briefings.services.drafting import begin_briefing

    def begin(text: str = TEXT, *, confirmed: bool = True, **given: Any) -> Briefing:
        article = bring_in(text, **given)
        if confirmed:
            confirm(article)
        return begin_briefing(article, by=alice, at=now)

    return begin


@pytest.fixture
def save(alice) -> Callable[..., Briefing]:
    """`save(briefing, title="…")` stores a working copy with that change."""
    from briefings.services.drafting import Draft, save_draft

    def save(briefing: Briefing, **changes: Any) -> Briefing:
        names = ("title", "byline", "slug", "markdown", "image_alt", "image_credit", "image_licence")
        draft = Draft(**({name: getattr(briefing, name) for name in names} | changes))
        return save_draft(briefing, draft=draft, version=briefing.version, by=alice)

    return save


@pytest.fixture
def publish(alice, now) -> Callable[..., Edition]:
    """`publish(briefing)` releases its next edition as Alice, now; keywords change that."""
    from briefings.models import Briefing
    from briefings.services import publishing

    def publish(briefing: Briefing, **given: Any) -> Edition:
        briefing = Briefing.objects.get(pk=briefing.pk)
        values = {"by": alice, "at": now, "version": briefing.version, "note": "It says something else now."}
        return publishing.publish(briefing, **(values | given))

    return publish


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """`picture("PNG", size=(3, 2))` is the file of a plain picture."""
    from PIL import Image as Pillow

    def make(kind: str = "PNG", *, size: tuple[int, int] = (30, 20), mode: str = "RGB", **options: Any) -> bytes:
        target = io.BytesIO()
        Pillow.new(mode, size).save(target, kind, **options)
        return target.getvalue()

    return make


@pytest.fixture
def keep(alice) -> Callable[[bytes], Image]:
    """`keep(data)` is the record of a picture."""
    from briefings.services import images

    return lambda data: images.keep_image(images.encode(data), by=alice)


@pytest.fixture
def published_on() -> date:
    """The day that the sample text bears."""
    return date(2025, 5, 2)
