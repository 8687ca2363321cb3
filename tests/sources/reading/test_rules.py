"""Every rule in the table of rules does what its example shows."""

from __future__ import annotations

import pytest

from sources.reading.document_parts import Parts
from sources.reading.parting import read_parts
from sources.reading.rules import PART_RULES


def read_part(parts: Parts, part: str) -> str:
    told = [each for each in parts.sentences if each.section == "forecast"]
    if part == "forecast":
        return "\n".join(parts.text[each.start : each.end] for each in told)
    if part == "heading":
        return "\n".join(" > ".join(each.under) for each in told)
    value = getattr(parts, part)
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")


@pytest.mark.parametrize("rule", PART_RULES, ids=lambda rule: rule.name)
def test_a_rule_does_what_its_example_shows(rule):
    assert read_part(read_parts(rule.example), rule.part) == rule.gives


def test_no_two_rules_share_a_name():
    names = [rule.name for rule in PART_RULES]
    assert sorted(set(names)) == sorted(names)
