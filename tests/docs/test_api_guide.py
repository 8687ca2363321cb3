"""Every example of the API guide, sent to the live server in its order."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.request import HTTPErrorProcessor, Request, build_opener

import pytest

from config import api

NO_SUCH_ROUTE = r"^[\s\S]*/$"  # the last pattern, which answers everything else with 404


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: Any


class Whatever(HTTPErrorProcessor):
    """Errors are answers like all others."""

    def http_response(self, request, response):
        return response


def curl(command: str) -> Answer:
    """What curl would get, for those of its options that the guide uses."""
    parser = argparse.ArgumentParser(prog="curl", allow_abbrev=False)
    parser.add_argument("url")
    parser.add_argument("--include", action="store_true")
    parser.add_argument("--header", action="append", default=[])
    parser.add_argument("--json")
    parser.add_argument("--request")
    program, *words = shlex.split(command)
    assert program == "curl"
    given = parser.parse_args(words)
    request = Request(given.url, data=given.json and given.json.encode(), method=given.request)
    for header in [*given.header, *(["Content-Type: application/json"] if given.json else [])]:
        request.add_header(*header.split(": ", 1))
    with build_opener(Whatever).open(request, timeout=20) as response:
        return Answer(response.status, response.headers, json.load(response))


@pytest.fixture
def examples(read_page) -> list[tuple[str, dict[str, Any]]]:
    """Each command of the guide, with the part of its answer that the guide shows."""
    found: list[tuple[str, dict[str, Any]]] = []
    for language, content in read_page("docs/api.md").blocks:
        if language == "sh":
            found.append((content, {}))
        else:
            found[-1] = (found[-1][0], json.loads(content))
    return found


@pytest.fixture
def typed(live_server, record, key_of, member) -> Callable[[str], str]:
    """A command as the shell would hand it over."""
    values = {"$HINDSIGHT": live_server.url, "$KEY": key_of(member)}
    return lambda command: re.sub(r"\$[A-Z]+", lambda found: values[found[0]], command).replace("\\\n", "")


def difference(shown: Any, got: Any, place: str = "") -> str:
    """Where an answer is not what the guide shows of it; "" where it is. "…" stands for anything."""
    if isinstance(shown, dict) and isinstance(got, dict):
        missing = [f"{place}/{name} is missing" for name in shown if name not in got]
        parts = missing or [difference(value, got[name], f"{place}/{name}") for name, value in shown.items()]
        return next(filter(None, parts), "")
    if isinstance(shown, list) and isinstance(got, list) and len(shown) == len(got):
        pairs = enumerate(zip(shown, got, strict=True))
        return next(filter(None, (difference(one, other, f"{place}/{index}") for index, (one, other) in pairs)), "")
    return "" if shown in ("…", got) else f"{place} is {got!r}"


@pytest.mark.django_db(transaction=True)
def test_every_example_of_the_guide_is_answered_as_the_guide_says(examples, typed):
    for command, shown in examples:
        answer = curl(typed(command))
        wrong = difference(shown, answer.body)
        assert wrong == "", f"{command}{wrong}\n{json.dumps(answer.body, indent=2)}"
        # The body of an error says its status; what the guide shows without one is none.
        assert answer.status < 400 or answer.status == shown.get("status"), answer.body


@pytest.mark.django_db(transaction=True)
def test_a_tag_spares_sending_what_has_not_changed(typed):
    address = typed("$HINDSIGHT/api/v1/forecasts/F-1/")
    tag = curl(f"curl {address}").headers["ETag"]
    request = Request(address, headers={"If-None-Match": tag})
    with build_opener(Whatever).open(request, timeout=20) as response:
        assert (response.status, response.read()) == (304, b"")


def test_the_table_of_addresses_is_the_whole_api(read_page, named):
    described = {name for row in read_page("docs/api.md").table("address") for name in named(row[0])}
    routes = {re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)) for pattern in api.urlpatterns}
    the_root = ""  # leads to the docs
    assert described == routes - {the_root, "schema/", "docs/", NO_SUCH_ROUTE}


def test_the_table_of_filters_is_what_the_lists_take(read_page, named):
    described = {named(row[0])[0]: named(row[1]) for row in read_page("docs/api.md").table("list")}
    views = {str(each.pattern): getattr(each.callback, "cls", None) for each in api.urlpatterns}
    lists = {name: view() for name, view in views.items() if view is not None and "<" not in name}
    lists = {name: view for name, view in lists.items() if hasattr(view, "filterset_class")}
    assert described == {name: list(getattr(view.filterset_class, "base_filters", {})) for name, view in lists.items()}
