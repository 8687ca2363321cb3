"""Headings in all the ways that desks write them, and the signs of bullets."""

from __future__ import annotations

import pytest

from sources.reading.parting import read_parts

PROSE = "The river has been low since the dam was closed in the winter of last year."
HEAD = "The dam\n\nJane Doe\n\n2 May 2025\n\n"
TWO = ("The dam is shut.", "The mill is idle.")
MAY = "It may open again."
SUMMARIES = [
    "Summary",
    "SUMMARY",
    "Executive summary",
    "EXECUTIVE SUMMARY",
    "Executive Summary:",
    "## Executive summary",
    "**Executive summary**",
    "**Summary:**",
    "1. Summary",
    "1) Summary",
    "I. SUMMARY",
    "A. Summary",
    "Key takeaways",
    "KEY TAKEAWAYS:",
    "Key Takeaway",
    "Key take-aways",
    "Key points",
    "Key judgements",
    "Key judgments",
    "KEY JUDGMENTS",
    "Key Judgement",
    "BLUF",
    "BLUF:",
    "Bottom line up front",
    "Bottom Line Up Front (BLUF)",
    "__Summary__",
    "***Summary***",
    "### **Key points**",
]
RUN_IN_SUMMARIES = [
    "Summary: ",
    "SUMMARY: ",
    "BLUF: ",
    "**BLUF:** ",
    "**BLUF**: ",
    "**Bottom line up front:** ",
    "Bottom line up front: ",
    "BLUF – ",
    "BLUF — ",
    "Key judgement: ",
    "*Summary:* ",
    "_Summary._ ",
    "**Summary.** ",
]
FORECASTS = [
    "Forecast",
    "FORECAST",
    "Forecasts",
    "Outlook",
    "OUTLOOK:",
    "Assessment",
    "Scenarios",
    "Forecast scenarios",
    "Outlook and forecast",
    "Forecast and outlook",
    "Outlook & Forecast",
    "Assessment and outlook",
    "**Forecast**",
    "## 4. Outlook",
    "4. Outlook",
    "IV. OUTLOOK",
    "4) Forecast",
    "Outlook for 2026",
    "Forecast: the next 12 months",
    "Forecast (12 months)",
    "## Forecast ##",
    "Outlook, 2025-26",
    "Our forecast",
    "The outlook",
    "Outlook to 2030",
    "Forecasts for the coming year",
    "Security outlook",
    "Assessment:",
    "Risk outlook",
]
ENDS = [
    "Background",
    "Sources",
    "About the author",
    "About the authors",
    "Methodology",
    "METHODOLOGY",
    "**Sources**",
    "## Sources",
    "References",
    "Notes",
    "Annex",
    "Disclaimer",
    "About this report",
    "About us",
    "Note on probability",
    "Probability yardstick",
    "Endnotes",
    "Further reading",
    "Implications",
    "Recommendations",
    "Conclusion",
    "Policy implications",
    "Appendix",
    "Method",
    "Glossary",
    "Contact",
    "Acknowledgements",
    "Definitions",
    "How we forecast",
    "A note on terms",
    "Confidence levels",
    "Key to terms",
]
HORIZONS = [
    "Short term",
    "Short-term",
    "SHORT TERM",
    "Short term:",
    "Short-term (Now - 3 months)",
    "Short-term (Now – 3 months)",
    "Short Term (0-3 Months)",
    "**Short term (0–3 months)**",
    "### Short term",
    "Near term (next 3 months)",
    "Next 3 months",
    "Next three months",
    "Over the next 12 months",
    "Within 6 months",
    "0-3 months",
    "0–3 months",
    "3-12 months",
    "3 to 12 months",
    ">1 year",
    "> 1 year",
    "1 year+",
    "12+ months",
    "Beyond one year",
    "Long-term (>1 year)",
    "Long term (more than 12 months)",
    "Medium term",
    "Mid-term",
    "Medium-term (3-12 months)",
    "6 months",
    "Six months",
    "One year out",
    "Long run",
    "Immediate (0-30 days)",
    "30 days",
    "Next 90 days",
    "First 100 days",
    "Short to medium term",
    "By the end of 2025",
    "2026",
    "Q3 2025",
    "Rest of 2025",
    "Now to 3 months",
    "Now until August",
    "1-3 years",
    "Coming weeks",
    "The coming months",
    "The next six months",
    "Up to 3 months",
    "The short term",
    "In the short term",
    "Time horizon: 3 months",
    "Horizon: 0-6 months",
    "To the end of 2025",
    "Until the end of June",
    "Three to twelve months",
    "Longer term",
    "Beyond 2026",
    "By 2030",
    "By mid-2026",
    "May to July 2025",
]
RUN_IN_HORIZONS = [
    "**Short term (0-3 months):** ",
    "**Short term (0-3 months)**: ",
    "Short term (0-3 months): ",
    "*Short term (0-3 months):* ",
    "**Short term (0-3 months).** ",
    "Short term (0-3 months) – ",
    "Short term (0-3 months) — ",
    "**0-3 months:** ",
    "0-3 months: ",
    "**Next 3 months:** ",
    "Next 3 months: ",
    "**Short term:** ",
    "Short term: ",
    "**By the end of 2025:** ",
    "**2026:** ",
    "**Short-term** – ",
]
SIGNS = [
    "-",
    "–",
    "*",
    "•",
    "+",
    "a)",
    "(a)",
    "1.",
    "1)",
    "(1)",
    "i.",
    "(i)",
    "—",
    "◦",
    "▪",
    "→",
    "✓",
    "a.",
]


def said_in_forecast(text: str) -> list[tuple[str, str | None]]:
    """The sentences of the forecast section, each with its heading."""
    parts = read_parts(text)
    return [(parts.text[each.start : each.end], each.heading) for each in parts.sentences if each.section == "forecast"]


@pytest.mark.parametrize("heading", SUMMARIES)
def test_a_summary_is_what_stands_under_its_heading(heading):
    bullets = read_parts(f"{HEAD}{heading}\n\n- {TWO[0]}\n- {TWO[1]}\n\n{PROSE}")
    paragraph = read_parts(f"{HEAD}{heading}\n{TWO[0]}\n\n{PROSE}")
    assert (bullets.summary, bullets.body) == (TWO, (PROSE,))
    assert (paragraph.summary, paragraph.body) == (TWO[:1], (PROSE,))


@pytest.mark.parametrize("heading", RUN_IN_SUMMARIES)
def test_a_summary_may_share_the_line_of_its_heading(heading):
    parts = read_parts(f"{HEAD}{heading}{TWO[0]}\n\n{PROSE}")
    assert (parts.summary, parts.body) == (TWO[:1], (PROSE,))


@pytest.mark.parametrize("heading", FORECASTS)
def test_a_forecast_section_is_what_stands_under_its_heading(heading):
    paragraphs = [said for said, _ in said_in_forecast(f"{HEAD}{PROSE}\n\n{heading}\n\n{MAY}\n\nSources\n\nX may.")]
    bullets = [said for said, _ in said_in_forecast(f"{HEAD}{PROSE}\n\n{heading}\n- {MAY}\n- It may leak.\n")]
    assert (paragraphs, bullets) == ([MAY], [MAY, "It may leak."])


@pytest.mark.parametrize("heading", ENDS)
def test_a_forecast_section_ends_where_something_else_begins(heading):
    text = f"{HEAD}{PROSE}\n\nForecast\n\n{MAY}\n\n{heading}\n\nWords like these may be read in many ways."
    assert [said for said, _ in said_in_forecast(text)] == [MAY]


@pytest.mark.parametrize("heading", HORIZONS)
@pytest.mark.parametrize("form", ["{0}\n\n- {1}\n", "- {0}\n  - {1}\n", "{0}\n\n{1}\n"])
def test_a_horizon_may_be_a_line_or_a_bullet(heading, form):
    text = f"{HEAD}{PROSE}\n\nForecast\n\n{form.format(heading, MAY)}"
    assert said_in_forecast(text) == [(MAY, heading.strip("#* :"))]


@pytest.mark.parametrize("heading", RUN_IN_HORIZONS)
def test_a_horizon_may_share_the_line_of_its_forecast(heading):
    text = f"{HEAD}{PROSE}\n\nForecast\n\n- {heading}{MAY}\n- **Long term (>1 year):** It may break."
    bare = heading.strip("*:.–— ").rstrip("*:. ")
    assert said_in_forecast(text) == [(MAY, bare), ("It may break.", "Long term (>1 year)")]


@pytest.mark.parametrize("sign", SIGNS)
def test_bullets_have_many_signs(sign):
    text = f"{HEAD}Summary\n\n{sign} {TWO[0]}\n{sign} {TWO[1]}\n\n{PROSE}\n\nForecast\n\n{sign} {MAY}\n{sign} It may\n  leak.\n"
    assert (read_parts(text).summary, read_parts(text).body) == (TWO, (PROSE,))
    assert [said for said, _ in said_in_forecast(text)] == [MAY, "It may\n  leak."]
