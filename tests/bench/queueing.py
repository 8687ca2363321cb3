"""The desk's queue with ever more rows in it, beside itself with few."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forecasts.models import Due
from forecasts.services.due import flag_due
from tests.bench.measuring import Measure, medians
from tests.bench.sweeping import forget, settle

SHARES = (1, 10, 100)  # per cent of what is overdue


def measure(*, rounds: int) -> Iterator[Measure]:
    """The home page of an analyst who is signed in, where a hundredth, a tenth and all of it is flagged."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="user1@bench.example"))
    few = 0.0
    for share in SHARES:
        count = _flag(share)
        [time] = medians(lambda: client.get(reverse("forecasts:queue")), rounds=rounds)
        few = few or time
        yield Measure("queue page", f"{count:,} overdue", "ms", time, f"with {SHARES[0]} % of them", few)
    forget()


def _flag(share: int) -> int:
    forget()
    flagged = flag_due(at=timezone.now())
    kept = Due.objects.waiting().order_by("pk").values("pk")[: max(1, flagged * share // 100)]
    Due.objects.waiting().exclude(pk__in=kept).delete()
    settle()
    return Due.objects.waiting().count()
