"""Every rule in the tables reads in its example what it says."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.finding import find_forecasts
from forecasts.reading.rules import FIELD_RULES
from forecasts.yardsticks.scales import DEFAULT
from sources.reading.parting import read_parts


def as_written(value):
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.mark.parametrize("rule", FIELD_RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_what_its_example_shows(rule):
    heading = f"{rule.heading}\n\n" if rule.heading else ""
    parts = read_parts(f"The mill\n\n2 May 2025\n\nForecast\n\n{heading}{rule.example}\n")
    (found,) = find_forecasts(parts, published_on=parts.published_on, yardstick=DEFAULT)
    wanted = dict(pair.split(": ", 1) for pair in rule.gives.split("; "))
    assert {name: as_written(getattr(found, name)) for name in wanted} == wanted


def test_no_two_rules_share_a_name():
    names = [rule.name for rule in FIELD_RULES]
    assert sorted(set(names)) == sorted(names)
