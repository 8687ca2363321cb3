"""The desk's pages on a small telephone, with the longest words, bands, dates and addresses that they may have to show."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from forecasts.services import changing, judging
from forecasts.services.entries import Chance
from forecasts.services.imports.taking_in import take_in
from forecasts.services.imports.working import work

LONGEST = Chance(
    yardstick="phia-2025", term="realistic_possibility", term_text="realistic possibility", probability=0.455
)
ADDRESS = "https://example.org/" + "a-very-long-path-without-a-single-blank/" * 4
MADE, CLOSES = date(2024, 9, 22), date(2024, 12, 22)
FILE = f"""external_id,statement,event,made_on,closes_on,author,term,probability,outcome,known_on,evidence_url
{"X" * 60},The bridge opens.,,2025-09-22,2025-12-22,Wilhelmina Featherstonehaugh,realistic possibility,45.5%,\
condition_not_met,2025-12-23,{ADDRESS}
Y,The tunnel opens.,,2025-09-22,2025-12-22,,,{"9" * 40},,,
"""


@pytest.fixture
def pages(transactional_db, disputed, overdue, log, alice, bob, erin):
    """The paths of the pages, by what they show."""
    days = {"made_on": MADE, "closes_on": CLOSES, "chance": LONGEST, "at": datetime(2024, 9, 22, 9, tzinfo=UTC)}
    argued = disputed(**days)
    due = overdue(**days, event="Unabbreviatableconstitutionalisation of " + "x" * 60)
    today = timezone.localdate()
    standing = log(made_on=today, closes_on=date(2099, 12, 22), chance=LONGEST, at=timezone.now())
    to = replace(changing.revision_of(standing), event="y" * 80, condition=ADDRESS)
    standing = changing.change_wording(standing, to=to, by=alice, why="z" * 80, at=timezone.now())
    judging.judge(standing, chance=LONGEST, by=bob, at=timezone.now())
    judging.set_line_by_editor(standing, chance=LONGEST, by=erin, at=timezone.now(), why=ADDRESS)
    batch, _is_new = take_in(
        io.BytesIO(FILE.encode()), filename="n" * 80 + ".csv", source="", by=alice, at=timezone.now()
    )
    work(batch.pk)
    desk = "/desk/forecasts"
    return [
        f"/desk/imports/{batch.pk}/",
        f"{desk}/{due.reference}/grade/",
        f"{desk}/{due.reference}/",
        f"{desk}/{argued.reference}/decide/",
        f"{desk}/{argued.reference}/",
        f"{desk}/{standing.reference}/",
        f"{desk}/{standing.reference}/versions/",
        f"{desk}/",
        "/desk/imports/",
    ]


def test_no_page_of_the_desk_scrolls_sideways_on_a_small_telephone(page, pages, erin, sign_in, fits):
    sign_in(erin)
    problems = []
    for path in pages:
        page.goto(path)
        problems += [found for width in (320, 390) if (found := _too_wide(fits, page, width))]
    page.goto("/desk/")
    for row in page.locator("details[data-row] > summary").all():
        row.click()
    page.locator("details[data-row][open] .event").last.wait_for()
    problems += [found for width in (320, 390) if (found := _too_wide(fits, page, width))]
    assert "\n".join(problems) == ""


def _too_wide(fits, page, width):
    try:
        fits(page, width)
    except AssertionError as error:
        return str(error).split("\nassert")[0]
    return ""


def test_a_printed_forecast_carries_nothing_that_paper_cannot_do(page, transactional_db, log, alice, sign_in):
    forecast = log(topics=["Bridges"])
    sign_in(alice)
    page.goto(forecast.get_absolute_url())
    names = ["Change topics and countries", "Download as CSV", "Picture (PNG)", "Compare its versions"]
    links = [page.get_by_role("link", name=name).first for name in names]
    assert [link.is_visible() for link in links] == [True] * 4
    page.emulate_media(media="print")
    assert [page.get_by_text(name, exact=True).first.is_visible() for name in names] == [False] * 4
