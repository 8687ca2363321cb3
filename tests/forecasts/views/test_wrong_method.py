"""The page for an address that is asked in a way that it does not take."""

from __future__ import annotations

import pytest

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("act", ["reopen", "look", "comments", "comments/3/retract"])
def test_an_address_that_only_takes_a_form_says_so_and_leads_back(browse, erin, overdue, act):
    place = overdue().get_absolute_url()
    answer = browse(erin).get(f"{place}{act}/", headers=HTML)
    page = answer.content.decode()

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<h1>There is nothing to see at this address</h1>" in page
    assert f'href="{place}"' in page or f'href="{place}comments/"' in page


@pytest.mark.parametrize(
    ("path", "headers"), [("/api/v1/forecasts/", HTML), ("/desk/forecasts/advice/", {"Accept": "application/json"})]
)
def test_programs_get_no_page(browse, erin, path, headers):
    answer = browse(erin).delete(path, headers=headers)

    assert answer.status_code == 405
    assert b"<h1>" not in answer.content


def test_nobody_is_told_more_who_may_not_come_in(client, db):
    assert client.get("/desk/forecasts/F-1/look/", headers=HTML).status_code == 302
