"""The API's list of forecasts, beside the plain way to write one over the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.test import Client, override_settings

from forecasts.models import Forecast
from groundwork.keyset import Keyset
from tests.bench.measuring import Measure, medians

PAGE = 50


def measure(*, rounds: int) -> Iterator[Measure]:
    """The first page, and the one in the middle of everything, as a client without an account gets them."""
    middle = Forecast.objects.count() // PAGE // 2
    with override_settings(ROOT_URLCONF="tests.bench.plain"):
        yield _page("first page", "", 1, rounds=rounds)
        yield _page(f"page {middle + 1:,}", _after(middle), middle + 1, rounds=rounds)


def _page(name: str, after: str, number: int, *, rounds: int) -> Measure:
    client = Client(SERVER_NAME="localhost")
    ours = f"/api/v1/forecasts/?{urlencode({'after': after} if after else {})}"
    plain = f"/plain/forecasts/?page={number}"
    shown = [int(row["reference"].removeprefix("F-")) for row in client.get(ours).json()["results"]]
    assert shown == [row["id"] for row in client.get(plain).json()["results"]], "The two do not show the same rows."
    times = medians(lambda: client.get(ours), lambda: client.get(plain), rounds=rounds)
    return Measure("API, list of forecasts", f"{name}, {len(shown)} rows", "ms", times[0], "plain DRF", times[1])


def _after(pages: int) -> str:
    """The cursor that a client has after so many pages."""
    if not pages:
        return ""
    last = Forecast.objects.order_by("-recorded_at", "-pk")[pages * PAGE - 1]
    return Keyset.of("-recorded_at").cursor(last)
