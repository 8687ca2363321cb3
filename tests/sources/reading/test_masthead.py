"""What stands above a text, in all the ways that desks write it."""

from __future__ import annotations

from datetime import date

import pytest

from sources.reading.parting import read_parts

TITLE = "The Dam Is Shut: What Comes Next for the Valley"
PUBLISHED = date(2025, 5, 2)
CHRISTMAS = date(2025, 12, 25)
PROSE = "The river has been low since the dam was closed in the winter of last year."
REST = f"Summary\n\n- The dam is shut.\n\n{PROSE}\n\nForecast\n\nShort term\n\n- It will open.\n"
MASTHEADS = [
    (
        f"{TITLE}\nSituation report, northern valley\n2 May 2025\nAuthor: Mei-Lin Ferrer",
        TITLE,
        "Mei-Lin Ferrer",
        PUBLISHED,
    ),
    (f"{TITLE}\nSituation report, northern valley\n2 May 2025\nMei-Lin Ferrer", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n2 May 2025\nMei-Lin Ferrer", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\nBy Mei-Lin Ferrer and Tom Hale\n2 May 2025", TITLE, "Mei-Lin Ferrer and Tom Hale", PUBLISHED),
    (
        f"{TITLE}\nBy Mei-Lin Ferrer, Tom Hale and Ann Lee\n2 May 2025",
        TITLE,
        "Mei-Lin Ferrer, Tom Hale and Ann Lee",
        PUBLISHED,
    ),
    (f"{TITLE}\nBy Mei-Lin Ferrer & Tom Hale | 2 May 2025", TITLE, "Mei-Lin Ferrer & Tom Hale", PUBLISHED),
    (f"{TITLE}\nby Mei-Lin Ferrer, 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\nMei-Lin Ferrer, 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\nMei-Lin Ferrer - 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\nMei-Lin Ferrer — 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n2 May 2025 | Mei-Lin Ferrer", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n2 May 2025 · Mei-Lin Ferrer · 5 min read", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\nA. Ferrer, Analyst\n2 May 2025", TITLE, "A. Ferrer, Analyst", PUBLISHED),
    (f"{TITLE}\n\nA. Ferrer, Senior Analyst\n\n2 May 2025", TITLE, "A. Ferrer, Senior Analyst", PUBLISHED),
    (f"{TITLE}\n\nBy A. Ferrer, Senior Analyst\n\n2 May 2025", TITLE, "A. Ferrer, Senior Analyst", PUBLISHED),
    (f"{TITLE}\n\nAuthor: Mei-Lin Ferrer\nPublished: 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (
        f"{TITLE}\n\nAuthors: Mei-Lin Ferrer, Tom Hale\nPublished on 2 May 2025",
        TITLE,
        "Mei-Lin Ferrer, Tom Hale",
        PUBLISHED,
    ),
    (f"{TITLE}\n\nAnalyst: Mei-Lin Ferrer\nDate: 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nAuthor(s): Mei-Lin Ferrer\nDate of publication: 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nPublication date: 2 May 2025\nData cutoff: 30 April 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nData cutoff: 30 April 2025\nPublished: 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nData cut-off 30 April 2025 | Published 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nUpdated: 5 May 2025\nPublished: 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nUpdated 5 May 2025", TITLE, None, None),
    (f"{TITLE}\n\nLast updated: 5 May 2025", TITLE, None, None),
    (f"{TITLE}\n\n2 May 2025 (updated 5 May 2025)", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nInformation cut-off: 30 April 2025", TITLE, None, None),
    (f"{TITLE}\n\nInformation as of 30 April 2025", TITLE, None, None),
    (f"{TITLE}\n\nAs of 30 April 2025", TITLE, None, None),
    (f"{TITLE}\n\nNext briefing: 9 May 2025\n2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nReporting period: 25 April to 1 May 2025\n\n2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n25 April – 1 May 2025", TITLE, None, None),
    (f"{TITLE}\n\nFriday, 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nFriday 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nFri, 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nFriday, May 2, 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nFriday, 2nd May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n02 MAY 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nMAY 2, 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nMay 2nd, 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n2 May, 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n2-May-2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n2025-05-02", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n2025/05/02", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n2025.05.02", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\n04/02/2025", TITLE, None, None),
    (f"{TITLE}\n\n25/12/2025", TITLE, None, CHRISTMAS),
    (f"{TITLE}\n\n12/25/2025", TITLE, None, CHRISTMAS),
    (f"{TITLE}\n\n25.12.2025", TITLE, None, CHRISTMAS),
    (f"{TITLE}\n\n05/05/2025", TITLE, None, date(2025, 5, 5)),
    (f"{TITLE}\n\n4/2/25", TITLE, None, None),
    (f"{TITLE}\n\nMay 2025", TITLE, None, None),
    (f"{TITLE}\n\n2 May 2025, 14:30 UTC", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nKyiv, 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nKYIV — 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nIssue 114, 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nIssue 114 | 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nVol. 3, No. 7 – 2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nBriefing No. 114 | 2 May 2025 | Mei-Lin Ferrer", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"2 May 2025 | {TITLE}", TITLE, None, PUBLISHED),
    (f"2 May 2025: {TITLE}", TITLE, None, PUBLISHED),
    (f"{TITLE} | 2 May 2025", TITLE, None, PUBLISHED),
    (f"2 May 2025\n{TITLE}\nBy Mei-Lin Ferrer", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"# {TITLE}\n\n*By Mei-Lin Ferrer*\n\n*2 May 2025*", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"# {TITLE}\n\n_By Mei-Lin Ferrer, 2 May 2025_", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"# {TITLE}\n\n**Author:** Mei-Lin Ferrer\n**Date:** 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"# {TITLE}\n\n**By:** Mei-Lin Ferrer  \n**Published:** 2 May 2025  ", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"**{TITLE}**\n\nBy Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n=====\n\nBy Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"# {TITLE}\n## A look at the valley\n\nBy Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (
        f"{TITLE}\n\nA look at the valley after the closure\n\nBy Mei-Lin Ferrer\n\n2 May 2025",
        TITLE,
        "Mei-Lin Ferrer",
        PUBLISHED,
    ),
    (
        f"{TITLE}\n\nThe river is low. What comes next?\n\nBy Mei-Lin Ferrer\n\n2 May 2025",
        TITLE,
        "Mei-Lin Ferrer",
        PUBLISHED,
    ),
    (
        "THE DAM IS SHUT: WHAT COMES NEXT FOR THE VALLEY\n\nBY MEI-LIN FERRER\n\n2 MAY 2025",
        "THE DAM IS SHUT: WHAT COMES NEXT FOR THE VALLEY",
        "MEI-LIN FERRER",
        PUBLISHED,
    ),
    (f"{TITLE}\n\nBy the Valley Desk\n\n2 May 2025", TITLE, "the Valley Desk", PUBLISHED),
    (f"{TITLE}\n\nBy Valley Desk\n\n2 May 2025", TITLE, "Valley Desk", PUBLISHED),
    (f"{TITLE}\n\nBy our correspondent in Gao\n\n2 May 2025", TITLE, "our correspondent in Gao", PUBLISHED),
    (f"{TITLE}\n\nBy staff\n\n2 May 2025", TITLE, "staff", PUBLISHED),
    (f"{TITLE}\n\nWritten by Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nPrepared by: Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nAnalysis by Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nBy Dr. Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Dr. Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nJosé Álvarez de la Cruz\n\n2 May 2025", TITLE, "José Álvarez de la Cruz", PUBLISHED),
    (f"{TITLE}\n\nBy J. R. O'Neill\n\n2 May 2025", TITLE, "J. R. O'Neill", PUBLISHED),
    (f"{TITLE}\n\nJ. R. O’Neill\n2 May 2025", TITLE, "J. R. O’Neill", PUBLISHED),
    (f"Title: {TITLE}\nAuthor: Mei-Lin Ferrer\nDate: 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"TO: All desks\nFROM: Valley Desk\nDATE: 2 May 2025\nSUBJECT: {TITLE}", TITLE, "Valley Desk", PUBLISHED),
    (f"---\ntitle: {TITLE}\nauthor: Mei-Lin Ferrer\ndate: 2025-05-02\n---", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f'---\ntitle: "{TITLE}"\nauthor: Mei-Lin Ferrer\ndate: 2025-05-02\n---', TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (
        f"{TITLE}\nThe long-awaited closure of the great dam in the northern valley has\nchanged the plans of all its mills\nBy Mei-Lin Ferrer\n2 May 2025",
        TITLE,
        "Mei-Lin Ferrer",
        PUBLISHED,
    ),
    (
        f"{TITLE}, Its Mills and Its Many\nMillers\nBy Mei-Lin Ferrer\n2 May 2025",
        f"{TITLE}, Its Mills and Its Many Millers",
        "Mei-Lin Ferrer",
        PUBLISHED,
    ),
    (f"Photo: A. Roe / CC BY 4.0\n\n{TITLE}\n\nBy Mei-Lin Ferrer\n\n2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nBy Mei-Lin Ferrer\n\n2 May 2025\n\nPhoto: A. Roe", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"Home\n\nMenu\n\n{TITLE}\n\nBy Mei-Lin Ferrer\n\n2 May 2025\n\nShare", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nMei-Lin Ferrer | 2 May 2025 | 6 min read\n\nShare this article", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"CONFIDENTIAL\n\n# {TITLE}\n\n2 May 2025", TITLE, None, PUBLISHED),
    (f"{TITLE}\n\nBy Mei-Lin Ferrer\n\nPosted May 2, 2025 at 10:15 am", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nBy Mei-Lin Ferrer on 2 May 2025", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (f"{TITLE}\n\nBy Mei-Lin Ferrer (2 May 2025)", TITLE, "Mei-Lin Ferrer", PUBLISHED),
    (
        "Iran After the Strikes of 13 June 2024\n\nBy Mei-Lin Ferrer\n\n2 May 2025",
        "Iran After the Strikes of 13 June 2024",
        "Mei-Lin Ferrer",
        PUBLISHED,
    ),
    (
        "Weekly update, 25 April–2 May 2025\n\nBy Mei-Lin Ferrer",
        "Weekly update, 25 April–2 May 2025",
        "Mei-Lin Ferrer",
        None,
    ),
]


@pytest.mark.parametrize(("head", "title", "byline", "published_on"), MASTHEADS)
def test_title_byline_and_date_are_read(head, title, byline, published_on):
    parts = read_parts(f"{head}\n\n{REST}")
    assert (parts.title, parts.byline, parts.published_on) == (title, byline, published_on)
    assert (parts.summary, parts.body) == (("The dam is shut.",), (PROSE,))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("WEEKLY RISK MONITOR\n\nThe Dam", "The Dam"),
        ("RISK MONITOR | Issue 27\nThe Dam", "The Dam"),
        ("Policy Brief 2026/03\nTHE DAM: WHO SHUT IT?", "THE DAM: WHO SHUT IT?"),
        ("The Dam Report", "The Dam Report"),
        ("WEEKLY REPORT", "WEEKLY REPORT"),
        ("Sahel Update\n\nThe week in the desert", "Sahel Update"),
    ],
)
def test_a_series_stands_above_the_title(head, title):
    assert read_parts(f"{head}\n\n2 May 2025\n\n{REST}").title == title


def test_the_first_lines_of_the_text_are_no_masthead():
    parts = read_parts(f"{TITLE}\n\nOn 2 May 2025 the dam was\nclosed by order of the ministry in\nthe capital.")
    assert (parts.published_on, parts.body) == (
        None,
        ("On 2 May 2025 the dam was closed by order of the ministry in the capital.",),
    )
