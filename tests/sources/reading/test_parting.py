"""The parts of a document."""

from __future__ import annotations

from datetime import date

import pytest

from sources.reading.parting import read_parts

PROSE = "The river has been low since the dam was closed in the winter of last year."


def document(head: str) -> str:
    return f"{head}\n\nSummary\n\n- The dam is shut.\n\n{PROSE}\n\nForecast\n\nShort term\n\n- It will open.\n"


@pytest.mark.parametrize(
    ("head", "title", "byline", "published_on"),
    [
        ("The dam\n\nJane Doe | 2 May 2025", "The dam", "Jane Doe", date(2025, 5, 2)),
        ("# The dam\nBy Jane Doe\n2025-05-02", "The dam", "Jane Doe", date(2025, 5, 2)),
        ("**The dam**\n\nAuthor: Jane Doe\n\nMay 2, 2025", "The dam", "Jane Doe", date(2025, 5, 2)),
        ("The dam\n\nBy Jane Doe and Omar Ba\nFriday, 2 May 2025", "The dam", "Jane Doe and Omar Ba", date(2025, 5, 2)),
        ("The dam\nJane Doe\n2nd May 2025", "The dam", "Jane Doe", date(2025, 5, 2)),
        ("The dam\n\nBy the Odesa Desk\n\nUpdated 9 May 2025", "The dam", "the Odesa Desk", None),
        ("The dam\n\nPublished: 2 May 2025 | Updated: 9 May 2025", "The dam", None, date(2025, 5, 2)),
        ("The dam\n\nData cutoff: 30 April 2025\n\nPublished 2 May 2025", "The dam", None, date(2025, 5, 2)),
        ("The dam\n\n04/02/2025", "The dam", None, None),
        ("The dam\n\n31/02/2025", "The dam", None, None),
        ("The dam\n\n31/01/2025", "The dam", None, date(2025, 1, 31)),
        ("The dam\n\n31 February 2025", "The dam", None, None),
        ("2 May 2025\n\nThe dam", "The dam", None, date(2025, 5, 2)),
        ("Title: The dam\nAuthor: Jane Doe\nDate: 2025-05-02", "The dam", "Jane Doe", date(2025, 5, 2)),
        ("WEEKLY BRIEFING\n\n# The dam\n\n2 May 2025", "The dam", None, date(2025, 5, 2)),
        ("The dam\n\nPeriod: 1 April – 30 April 2025", "The dam", None, None),
        ("Situation at the dam, 2 May 2025", "Situation at the dam, 2 May 2025", None, date(2025, 5, 2)),
        ("The dam\n\nImage: Jane Roe, CC BY 4.0", "The dam", None, None),
    ],
)
def test_the_masthead_is_read(head, title, byline, published_on):
    parts = read_parts(document(head))
    assert (parts.title, parts.byline, parts.published_on) == (title, byline, published_on)
    assert parts.summary == ("The dam is shut.",)
    assert parts.body == (PROSE,)
    assert [(each.section, each.heading) for each in parts.sentences] == [
        ("summary", "Summary"),
        ("body", None),
        ("forecast", "Short term"),
    ]


def test_dates_in_running_text_are_not_the_date_of_publication():
    assert read_parts("The dam\n\nOn 2 May 2025 the dam was closed by order of the ministry.").published_on is None


@pytest.mark.parametrize(
    "heading",
    [
        "Summary",
        "SUMMARY",
        "## Executive summary",
        "**Key takeaways**",
        "Key points:",
        "1. Key judgements",
        "Key Judgments",
        "BLUF",
        "# Bottom line up front #",
        "Bottom Line Up Front (BLUF)",
        "**Summary:**",
    ],
)
def test_headings_of_the_summary_in_any_dress(heading):
    parts = read_parts(f"The dam\n\n{heading}\n\n- One is here.\n- Two is here.\n\n{PROSE}")
    assert (parts.summary, parts.body) == (("One is here.", "Two is here."), (PROSE,))


@pytest.mark.parametrize(
    "heading",
    [
        "Forecast",
        "FORECASTS",
        "## Outlook",
        "**Assessment**",
        "Scenarios:",
        "4. Forecast scenarios",
        "Outlook for 2026",
    ],
)
def test_headings_of_the_forecast_section_in_any_dress(heading):
    parts = read_parts(f"The dam\n\n2 May 2025\n\n{PROSE}\n\n{heading}\n\nIt will open again in the spring.")
    assert [each.section for each in parts.sentences] == ["body", "forecast"]
    assert parts.body == (PROSE,)


def test_a_paragraph_in_the_summary_is_one_item_and_the_next_is_body():
    parts = read_parts(f"The dam\n\nSummary\n\nIt is shut. It will open.\n\n{PROSE}")
    assert (parts.summary, parts.body) == (("It is shut. It will open.",), (PROSE,))


def test_paragraphs_up_to_a_heading_of_the_body_are_all_summary():
    parts = read_parts(f"The dam\n\nSummary\n\nIt is shut.\n\nIt will open.\n\nBackground\n\n{PROSE}")
    assert (parts.summary, parts.body) == (("It is shut.", "It will open."), (PROSE,))


def test_a_summary_of_three_paragraphs_ends_at_the_heading_below_them():
    parts = read_parts(f"The dam\n\nSummary\n\nIt is shut.\n\nIt leaks.\n\nIt will open.\n\nBackground\n\n{PROSE}")
    assert parts.summary == ("It is shut.", "It leaks.", "It will open.")


def test_a_heading_may_share_its_line_with_the_text():
    parts = read_parts(f"The dam\n\n**BLUF:** The dam is shut.\n\n{PROSE}\n\nOutlook: It will open.")
    assert (parts.summary, parts.body) == (("The dam is shut.",), (PROSE,))
    assert parts.text[parts.sentences[-1].start : parts.sentences[-1].end] == "It will open."
    assert parts.sentences[-1].section == "forecast"


def test_hard_wrapped_lines_are_one_paragraph_and_bullets_are_not():
    wrapped = "The river has been low since the dam was closed in the\nwinter of last year, and the mills stand still."
    parts = read_parts(f"The dam\n\nSummary\n\n- The dam is\n  shut.\n- The mills stand still.\n\n{wrapped}")
    assert parts.summary == ("The dam is shut.", "The mills stand still.")
    assert parts.body == (wrapped.replace("\n", " "),)


def test_numbered_points_follow_each_other_without_blank_lines():
    parts = read_parts("The dam\n\nSummary\n\n1. The dam is shut.\n2. The mills stand still.\nOutlook: It will open.")
    assert parts.summary == ("The dam is shut.", "The mills stand still.")
    assert [each.section for each in parts.sentences] == ["summary", "summary", "forecast"]


def test_a_named_heading_needs_no_blank_line_below():
    parts = read_parts(f"The dam\n\nSummary\nIt is shut.\n\nBackground\n{PROSE}\n\nForecast\nShort term\nIt will open.")
    assert (parts.summary, parts.body) == (("It is shut.",), (PROSE,))
    assert parts.sentences[-1].under == ("Forecast", "Short term")


def test_horizon_headings_stand_on_lines_bullets_or_before_their_text():
    parts = read_parts(
        f"The dam\n\n{PROSE}\n\nForecast\n\n• Short-term (Now - 3 months)\n  • It will open.\n"
        "**Medium term (3–12 months):** It will leak.\n\n### Long-term (>1 year)\n\nIt will break.\n"
    )
    assert [each.heading for each in parts.sentences[1:]] == [
        "Short-term (Now - 3 months)",
        "Medium term (3–12 months)",
        "Long-term (>1 year)",
    ]


def test_headings_nest_and_end_their_section():
    parts = read_parts(
        f"# The dam\n\n## Forecast\n\n### Short term\n\n#### The mills\n\nThey will stop.\n\n#### The town\n\nIt will flood.\n\n"
        f"### Long term\n\nIt will move.\n\n## Implications\n\n{PROSE}\n"
    )
    assert [(each.section, each.under[1:]) for each in parts.sentences] == [
        ("forecast", ("Short term", "The mills")),
        ("forecast", ("Short term", "The town")),
        ("forecast", ("Long term",)),
        ("body", ()),
    ]


def test_credits_and_furniture_are_no_part_of_the_text():
    parts = read_parts(
        f"The dam\n\nShare this\n\n{PROSE}\n\nkremlin.ru, CC-BY 3.0\n\nForecast\n\nIt will open.\n\n[1] Dam Monthly.\n\n"
        "Previous\nPrevious\n\nA likely tale\n\nNext\nNext\n\nAnother Likely Tale"
    )
    assert parts.credits == ("kremlin.ru, CC-BY 3.0",)
    assert [parts.text[each.start : each.end] for each in parts.sentences] == [PROSE, "It will open."]


def test_sources_and_notes_stand_apart():
    parts = read_parts(f"The dam\n\n{PROSE}\n\nForecast\n\nIt will open.\n\nSources\n\nDam Monthly will say more.")
    assert [each.section for each in parts.sentences] == ["body", "forecast"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Summary", "x", "- ", "#", "Forecast\n\n", "Previous\n\nNext", ">", "2 May 2025\n>"]
)
def test_almost_nothing_is_read_without_complaint(text):
    assert read_parts(text).body == ()


def test_scenario_names_outside_the_forecast_section_are_plain_headings_or_bullets():
    parts = read_parts(f"# The dam\n\n## Background\n\n{PROSE}\n\nBase case\n\n{PROSE}\n\n- Worst case\n")
    assert [each.heading for each in parts.sentences] == ["Background", "Base case", "Base case"]


def test_a_heading_of_its_own_ends_the_summary_and_the_part_of_the_notes():
    parts = read_parts(
        f"The dam\n\nSummary\n\nIt is shut.\n\nThe mills\n\n{PROSE}\n\n# Notes\n\nOne.\n\n# The town\n\n{PROSE}"
    )
    assert (parts.summary, parts.body) == (("It is shut.",), (PROSE, PROSE))


def test_a_gap_ends_a_summary_of_paragraphs():
    parts = read_parts(f"The dam\n\nSummary\n\nIt is shut.\n\n\n{PROSE}\n\nBackground\n\n{PROSE}")
    assert (parts.summary, parts.body) == (("It is shut.",), (PROSE, PROSE))


def test_long_lines_are_paragraphs_without_a_blank_line_between_them():
    long = " ".join([PROSE] * 3)
    assert read_parts(f"The dam\n\n{long}\n{long}").body == (long, long)


def test_a_text_without_title_has_none():
    assert read_parts("Summary\n\n- The dam is shut.").title is None
    assert read_parts(f"{PROSE} {PROSE} {PROSE}").title is None


def test_the_marks_of_a_quotation_are_no_words():
    parts = read_parts(f"The dam\n\n> **BLUF:** The dam is\n> shut.\n\n{PROSE}")
    assert (parts.summary, parts.body) == (("The dam is shut.",), (PROSE,))
