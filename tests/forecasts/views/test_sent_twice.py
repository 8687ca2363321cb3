"""A form that is sent twice at the same moment is acted upon once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from forecasts.models import Comment, Forecast

LOG = "/desk/forecasts/log/"
TODAY = timezone.localdate()
ENTRY = {
    "statement": "The port of Zenda is likely to reopen.", "event": "The port of Zenda reopens",
    "made_on": str(TODAY), "closes_on": str(TODAY + timedelta(days=30)),
    "shape": "happens_by", "triage": "gradable", "term": "phia-2025:likely", "anyway": "on",
}  # fmt: skip


def at_once(client: Client, path: str, data: dict[str, str], *, times: int = 3) -> list[str]:
    """Where each of the requests led that were sent at the same moment, over connections of their own."""
    together = Barrier(times)

    def send(_number: int) -> str:
        own = Client()
        own.cookies = client.cookies
        try:
            together.wait(timeout=10)
            return own.post(path, data).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(send, range(times)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("token", "forecasts"), [("a1", 1), ("", 3)], ids=["the form", "without its token"])
def test_three_clicks_on_log_it_make_one_forecast(browse: Callable[..., Client], alice, token, forecasts):
    led_to = at_once(browse(alice), LOG, ENTRY | {"token": token})
    assert (Forecast.objects.count(), len(set(led_to))) == (forecasts, forecasts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("token", "comments"), [("a1", 1), ("", 3)], ids=["the form", "without its token"])
def test_three_clicks_on_comment_make_one_comment(browse: Callable[..., Client], alice, log, token, comments):
    forecast = log()
    at_once(browse(alice), f"{forecast.get_absolute_url()}comments/", {"text": "Seen.", "token": token})
    assert Comment.objects.count() == comments


@pytest.mark.django_db
def test_a_form_that_is_sent_again_later_leads_to_what_it_made(browse: Callable[..., Client], alice):
    client = browse(alice)
    entry = {name: value for name, value in ENTRY.items() if name != "anyway"} | {"token": "a1"}
    first, again = (client.post(LOG, entry).headers["Location"] for _time in range(2))
    assert (first == again, Forecast.objects.count()) == (True, 1)


@pytest.mark.django_db
def test_a_form_that_was_refused_may_be_sent_again_and_each_page_has_a_token_of_its_own(
    browse: Callable[..., Client], alice
):
    client = browse(alice)
    tokens = [client.get(LOG).context["form"]["token"].value() for _time in range(2)]
    assert (len(set(tokens)), len(tokens[0])) == (2, 32)
    assert client.post(LOG, ENTRY | {"token": "a1", "made_on": "2020-01-01"}).status_code == 200
    assert client.post(LOG, ENTRY | {"token": "a1"}).status_code == 302
