"""A briefing to confirm, and what the desk's pages show.

Django is not set up yet when this file is imported, hence the imports inside.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from sources.models import Article

BRIEFING = """Harbour talks in Ruritania

By Anna Lindqvist | 2 May 2025

Summary

- The port of Zenda is likely to reopen to grain ships.

Ruritanian officials estimate that as many as 900 dockers have been arrested, though the United Nations puts the figure closer to 300.

Forecast

Short-term (Now - 3 months)

- The port of Zenda is likely to reopen to grain ships.
- The strike is unlikely to bring significant changes.

Long-term (>1 year)

- It is highly likely that Ruritania builds a second port.
- The dispute may reshape the region.
"""


@pytest.fixture
def now() -> datetime:
    return datetime(2025, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def client_of_alice(alice, browse) -> Client:
    return browse(alice)


@pytest.fixture
def briefing_text() -> str:
    return BRIEFING


@pytest.fixture
def bring_in(alice, now):
    """`bring_in(text, **more)` is the article of a text that Alice has brought in."""
    from forecasts.services import intake

    def bring(text: str = BRIEFING, **more: object) -> Article:
        new = intake.NewText(**{"text": text, "origin": "pasted"} | more)
        return intake.bring_in(new, by=alice, at=now).article

    return bring


@pytest.fixture
def briefing(bring_in) -> Article:
    return bring_in()


@pytest.fixture
def words_of():
    """`words_of(response)` is its text without tags, on one line."""
    from django.utils.html import strip_tags

    def words(response) -> str:
        assert response.status_code == 200
        parted = re.sub(r"(?=</(?:dt|dd|p|li|td|th|div|h\d|option|button)>)", " ", response.content.decode())
        return " ".join(strip_tags(parted).split())

    return words
