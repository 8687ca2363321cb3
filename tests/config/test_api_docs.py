"""The readable docs in a browser. Any breach of the content security policy fails the test by itself."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def docs(live_server, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/v1/docs/")
    page.get_by_text("/api/v1/forecasts/{reference}/grades/").first.wait_for()
    yield page
    elsewhere = [url for url in asked if not url.startswith((live_server.url, "data:"))]
    assert elsewhere == []


def test_the_docs_show_every_route_and_ask_no_other_host(docs):
    from drf_spectacular.generators import SchemaGenerator

    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    docs.locator(".opblock").nth(sum(map(len, paths.values())) - 1).wait_for()

    assert docs.locator(".opblock").count() == sum(map(len, paths.values()))


def test_a_request_can_be_tried_out_from_the_docs(docs):
    docs.locator("#operations-topics-topics_list .opblock-summary-control").click()
    docs.get_by_role("button", name="Try it out").click()
    docs.get_by_role("button", name="Execute").click()
    answer = docs.locator("#operations-topics-topics_list .live-responses-table .highlight-code pre").first
    answer.wait_for()
    assert json.loads(answer.inner_text()) == {"next": None, "previous": None, "results": []}
