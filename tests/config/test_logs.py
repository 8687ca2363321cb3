from __future__ import annotations

import io
import json
import logging
import logging.config
import sys
import uuid
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from accounts.access import public
from config import logs


def fail(_request) -> HttpResponse:
    raise RuntimeError("it broke")


def speak(_request, **_parts: str) -> HttpResponse:
    structlog.get_logger("tests").info("counted", forecasts=6)
    logging.getLogger("tests").warning("said by the standard library")
    return HttpResponse("ok")


class Pages:
    urlpatterns = [
        path("fail/", public(fail)),
        path("speak/", public(speak)),
        path("account/invitation/<str:token>/", public(speak)),
    ]


@pytest.fixture
def written(settings) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """The lines that the production profile writes from here on, parsed."""
    settings.ROOT_URLCONF = Pages
    stream = io.StringIO()
    configuration = logs.configuration(json=True, level="INFO")
    configuration["handlers"]["stderr"]["stream"] = stream
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logging.config.dictConfig(configuration)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level = before


def test_every_line_of_a_request_carries_the_id_that_the_client_was_told(written):
    answer = Client().get("/speak/")
    told = answer.headers["X-Request-ID"]
    assert uuid.UUID(told).version == 4
    assert [(line["event"], line["request_id"]) for line in written()] == [
        ("request_started", told),
        ("counted", told),
        ("said by the standard library", told),
        ("request_finished", told),
    ]


def test_a_line_is_json_with_level_logger_and_time(written):
    Client().get("/speak/")
    line = next(line for line in written() if line["event"] == "counted")
    assert {key: line[key] for key in ("level", "logger", "forecasts")} == {
        "level": "info",
        "logger": "tests",
        "forecasts": 6,
    }
    assert str(line["timestamp"]).endswith("Z")


def test_a_failure_is_logged_with_its_traceback_and_the_client_gets_the_id(written):
    answer = Client(raise_request_exception=False).get("/fail/")
    line = next(line for line in written() if line["event"] == "request_failed")
    assert (answer.status_code, line["request_id"]) == (500, answer.headers["X-Request-ID"])
    assert str(line["exception"]).endswith("RuntimeError: it broke")


def test_a_token_in_an_address_is_kept_out_of_the_log(written):
    Client().get("/account/invitation/s3cret/?from=mail")
    requests = {line["request"] for line in written() if "request" in line}
    assert requests == {"GET /account/invitation/…/?from=mail"}


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("GET /account/password/reset/key/2-abc-def/", "GET /account/password/reset/key/…/"),
        ("Not Found: /account/confirm-email/abc/", "Not Found: /account/confirm-email/…/"),
        ("GET /account/invitations/", "GET /account/invitations/"),
        ("GET /desk/", "GET /desk/"),
    ],
)
def test_only_tokens_are_masked(address, logged):
    assert logs.mask_secrets(None, "info", {"event": address, "code": 200}) == {"event": logged, "code": 200}


def test_a_traceback_on_the_console_leaves_out_what_the_frames_held():
    """They are many and deep below a template, and some are secret."""
    formatter = logs.configuration(json=False, level="INFO")["formatters"]["structured"]
    render = structlog.stdlib.ProcessorFormatter(
        processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
    )
    held = "a local value"  # noqa: F841 - what must not be printed
    try:
        fail(None)
    except RuntimeError:
        record = logging.LogRecord("tests", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    line = render.format(record)

    assert line.rstrip().endswith("RuntimeError: it broke")
    assert line.count("a local value") == 0
