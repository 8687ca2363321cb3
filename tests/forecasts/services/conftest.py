"""A second connection, for what has to hold when two people or workers come at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

PATIENCE = 2_000  # looks, 5 ms apart


class Alongside:
    """One call in a thread and a connection of its own."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._outcome: Any = None
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def wait_until_blocked(self) -> None:
        """Return once it waits for a lock that this connection holds: what it does next, it does after us."""
        sql = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        for _ in range(PATIENCE):
            with connection.cursor() as cursor:
                cursor.execute(sql)
                if cursor.fetchone()[0]:
                    return
            self._thread.join(0.005)
        pytest.fail("Nobody waited for this connection.")

    def outcome(self) -> Any:
        """What it returned, or the exception that it raised."""
        self._thread.join(10)
        return self._outcome

    def _run(self) -> None:
        try:
            self._outcome = self._call()
        except Exception as error:  # noqa: BLE001 - the outcome, whatever it is
            self._outcome = error
        finally:
            connection.close()


@pytest.fixture
def alongside() -> type[Alongside]:
    return Alongside


@pytest.fixture
def finds(alice, now):
    """The finds of the briefing, in their order: in the summary, and three in the forecast section."""
    from forecasts.services import intake
    from tests.factories import BRIEFING

    new = intake.NewText(text=BRIEFING, origin="pasted")
    return list(intake.bring_in(new, by=alice, at=now).article.forecastsuggestions.order_by("start"))


@pytest.fixture
def accept(bob, now):
    """`accept(find, event="…")` confirms a find as it was read, but for the changes."""
    from forecasts.services.confirming import accept_forecast, proposed_chance, proposed_wording

    def call(find, *, by=bob, continues=None, **changes):
        chance = changes.pop("chance", proposed_chance(find))
        wording = replace(proposed_wording(find), **changes)
        return accept_forecast(find, wording=wording, chance=chance, by=by, at=now, continues=continues)

    return call


@pytest.fixture
def bring_in(alice, now):
    """`bring_in(sentence, published_on=…)` is an article whose forecast section is that sentence, with its finds."""
    from forecasts.services import intake

    def call(*sentences, published_on="2 May 2025", heading="Short-term (0-3 months)", topics=()):
        bullets = "\n".join(f"- {each}" for each in sentences)
        text = f"The ferry again\n\nBy Ada Writer\n{published_on}\n\nForecast\n\n{heading}\n\n{bullets}\n"
        new = intake.NewText(text=text, origin="pasted", topics=topics)
        return intake.bring_in(new, by=alice, at=now).article

    return call
