"""Scenarios that exclude each other, however they are written."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.finding import find_forecasts
from forecasts.yardsticks.scales import DEFAULT
from sources.reading.parting import read_parts


def read_in_forecast(text: str, heading: str = "Forecast"):
    parts = read_parts(f"The mill\n\n2 May 2025\n\nThe river has been low.\n\n{heading}\n\n{text}\n")
    return find_forecasts(parts, published_on=date(2025, 5, 2), yardstick=DEFAULT)


SCENARIOS = [
    (
        "Forecast",
        "- Base case (60%): the junta stays.\n- Downside (25%): it splits.\n- Upside (15%): it leaves.",
        [
            ("Base case (60%): the junta stays.", 0.6, 1, None),
            ("Downside (25%): it splits.", 0.25, 1, None),
            ("Upside (15%): it leaves.", 0.15, 1, None),
        ],
    ),
    (
        "Forecast",
        "Base case (60%): the junta stays.\nDownside (25%): it splits.\nUpside (15%): it leaves.",
        [
            ("Base case (60%): the junta stays.", 0.6, 1, None),
            ("Downside (25%): it splits.", 0.25, 1, None),
            ("Upside (15%): it leaves.", 0.15, 1, None),
        ],
    ),
    (
        "Forecast",
        "Base case (60%): the junta stays. Downside (25%): it splits. Upside (15%): it leaves.",
        [
            ("Base case (60%): the junta stays.", 0.6, 1, None),
            ("Downside (25%): it splits.", 0.25, 1, None),
            ("Upside (15%): it leaves.", 0.15, 1, None),
        ],
    ),
    (
        "Forecast",
        "**Base case (60%):** the junta stays.\n\n**Downside (25%):** it splits.\n\n**Upside (15%):** it leaves.",
        [
            ("**Base case (60%):** the junta stays.", 0.6, 1, None),
            ("**Downside (25%):** it splits.", 0.25, 1, None),
            ("**Upside (15%):** it leaves.", 0.15, 1, None),
        ],
    ),
    (
        "Forecast",
        "Base case (60%)\n\nThe junta stays.\n\nDownside (25%)\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "### Base case (60%)\n\nThe junta stays.\n\n### Downside (25%)\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "**Base case (60 %)**\n\nThe junta stays.\n\n**Downside (25 %)**\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Base case: 60%\n\nThe junta stays.\n\nDownside: 25%\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Base case - 60%\n\nThe junta stays.\n\nDownside - 25%\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Scenario A (60%): The junta stays.\nScenario B (25%): It splits.",
        [("Scenario A (60%): The junta stays.", 0.6, 1, None), ("Scenario B (25%): It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Scenario 1: Stalemate (60%)\n\nThe junta stays.\n\nScenario 2: Collapse (25%)\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Scenario 1 – Stalemate (60%)\n\nThe junta stays.\n\nScenario 2 – Collapse (25%)\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Scenario A: The junta stays.\nScenario B: It splits.",
        [("Scenario A: The junta stays.", None, 1, None), ("Scenario B: It splits.", None, 1, None)],
    ),
    (
        "Forecast",
        "Base case: the junta stays.\n\nDownside: it splits.\n\nUpside: it leaves.",
        [
            ("Base case: the junta stays.", None, 1, None),
            ("Downside: it splits.", None, 1, None),
            ("Upside: it leaves.", None, 1, None),
        ],
    ),
    (
        "Forecast",
        "Best case (15%): the junta leaves.\nWorst case (25%): it splits.\nMost likely (60%): it stays.",
        [
            ("Best case (15%): the junta leaves.", 0.15, 1, None),
            ("Worst case (25%): it splits.", 0.25, 1, None),
            ("Most likely (60%): it stays.", 0.6, 1, None),
        ],
    ),
    (
        "Forecast",
        "Baseline scenario (60 percent): the junta stays.\nAlternative scenario (40 percent): it splits.",
        [
            ("Baseline scenario (60 percent): the junta stays.", 0.6, 1, None),
            ("Alternative scenario (40 percent): it splits.", 0.4, 1, None),
        ],
    ),
    (
        "Forecast",
        "Status quo (60%): the junta stays.\nEscalation (25%): it splits.\nDe-escalation (15%): it leaves.",
        [
            ("Status quo (60%): the junta stays.", 0.6, 1, None),
            ("Escalation (25%): it splits.", 0.25, 1, None),
            ("De-escalation (15%): it leaves.", 0.15, 1, None),
        ],
    ),
    (
        "Forecast",
        "Upside scenario (15% chance): the junta leaves.\nDownside scenario (about 25%): it splits.",
        [
            ("Upside scenario (15% chance): the junta leaves.", 0.15, 1, None),
            ("Downside scenario (about 25%): it splits.", 0.25, 1, None),
        ],
    ),
    (
        "Forecast",
        "Base case (likely): the junta stays.\nDownside (unlikely): it splits.",
        [
            ("Base case (likely): the junta stays.", None, 1, "likely"),
            ("Downside (unlikely): it splits.", None, 1, "unlikely"),
        ],
    ),
    (
        "Forecast",
        "Base case [6/10]: the junta stays.\nDownside [1/4]: it splits.",
        [("Base case [6/10]: the junta stays.", 0.6, 1, None), ("Downside [1/4]: it splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Base case — 60%: the junta stays.\nDownside — 25%: it splits.",
        [("Base case — 60%: the junta stays.", 0.6, 1, None), ("Downside — 25%: it splits.", 0.25, 1, None)],
    ),
    ("Forecast", "Base case (60–65%): the junta stays.", [("Base case (60–65%): the junta stays.", None, 1, None)]),
    (
        "Forecast",
        "1. Base case (60%): the junta stays.\n2. Downside (25%): it splits.",
        [("Base case (60%): the junta stays.", 0.6, 1, None), ("Downside (25%): it splits.", 0.25, 1, None)],
    ),
    (
        "Forecast",
        "Base case (60%): the junta stays, and prices will rise. The army has no men left.",
        [("Base case (60%): the junta stays, and prices will rise.", 0.6, 1, None)],
    ),
    (
        "Forecast",
        "In the base case (60%), the junta stays.\nIn the downside case (25%), it splits.",
        [
            ("In the base case (60%), the junta stays.", 0.6, 1, None),
            ("In the downside case (25%), it splits.", 0.25, 1, None),
        ],
    ),
    (
        "Forecast",
        "Our base case (60%) is that the junta stays.",
        [("Our base case (60%) is that the junta stays.", 0.6, 1, None)],
    ),
    (
        "Scenarios",
        "Muddling through (60%): the junta stays.\nBreakdown (25%): it splits.",
        [("Muddling through (60%): the junta stays.", 0.6, 1, None), ("Breakdown (25%): it splits.", 0.25, 1, None)],
    ),
    (
        "Scenarios",
        "Muddling through (60%)\n\nThe junta stays.\n\nBreakdown (25%)\n\nIt splits.",
        [("The junta stays.", 0.6, 1, None), ("It splits.", 0.25, 1, None)],
    ),
    (
        "Scenarios",
        "- **Muddling through (60%):** the junta stays.\n- **Breakdown (25%):** it splits.",
        [
            ("**Muddling through (60%):** the junta stays.", 0.6, 1, None),
            ("**Breakdown (25%):** it splits.", 0.25, 1, None),
        ],
    ),
]


@pytest.mark.parametrize(("heading", "text", "scenarios"), SCENARIOS)
def test_scenarios_share_a_group(heading, text, scenarios):
    found = read_in_forecast(text, heading)
    assert [(each.quote, each.probability, each.scenario_group, each.term) for each in found] == scenarios
