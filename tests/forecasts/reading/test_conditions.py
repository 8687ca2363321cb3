"""Conditions in every place of a sentence, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.finding import find_forecasts
from forecasts.yardsticks.scales import DEFAULT
from sources.reading.parting import read_parts


def read_in_forecast(text: str, heading: str = "Forecast"):
    parts = read_parts(f"The mill\n\n2 May 2025\n\nThe river has been low.\n\n{heading}\n\n{text}\n")
    return find_forecasts(parts, published_on=date(2025, 5, 2), yardstick=DEFAULT)


CONDITIONS = [
    ("If the dam breaks, floods are likely.", "If the dam breaks"),
    ("Floods are likely if the dam breaks.", "if the dam breaks"),
    ("Floods are likely, if the dam breaks.", "if the dam breaks"),
    ("Unless it rains, the harvest will probably fail.", "Unless it rains"),
    ("The harvest will probably fail unless it rains by June.", "unless it rains by June"),
    ("Provided that it rains, the harvest is likely to recover.", "Provided that it rains"),
    ("Provided it rains, the harvest is likely to recover.", "Provided it rains"),
    ("Providing that it rains, the harvest is likely to recover.", "Providing that it rains"),
    ("Providing it rains, the harvest is likely to recover.", "Providing it rains"),
    ("The harvest is likely to recover provided it rains.", "provided it rains"),
    ("The harvest is likely to recover, provided rain falls in June.", "provided rain falls in June"),
    ("As long as it rains, the harvest is likely to recover.", "As long as it rains"),
    ("The harvest is likely to recover as long as it rains.", "as long as it rains"),
    ("The harvest is likely to recover so long as it rains.", "so long as it rains"),
    ("In case of a strike, the port is likely to close.", "In case of a strike"),
    ("The port is likely to close in case of a strike.", "in case of a strike"),
    ("In the event of a strike, the port is likely to close.", "In the event of a strike"),
    ("The port is likely to close in the event that talks fail.", "in the event that talks fail"),
    ("Should talks fail, the port is likely to close.", "Should talks fail"),
    ("The port is likely to close should talks fail.", "should talks fail"),
    ("Were talks to fail, the port would probably close.", "Were talks to fail"),
    ("Only if talks succeed is the port likely to open.", "Only if talks succeed"),
    ("The port is likely to open only if talks succeed.", "only if talks succeed"),
    ("The port is likely to close even if talks succeed.", None),
    ("Even if talks succeed, the port is likely to close.", None),
    ("Assuming talks succeed, the port is likely to open.", "Assuming talks succeed"),
    ("Assuming that talks succeed, the port is likely to open.", "Assuming that talks succeed"),
    ("The port is likely to open, assuming talks succeed.", "assuming talks succeed"),
    ("Absent a deal, the port is likely to close.", "Absent a deal"),
    ("Absent any deal by June, the port is likely to close.", "Absent any deal by June"),
    ("The port is likely to close absent a deal.", "absent a deal"),
    ("In the absence of a deal, the port is likely to close.", "In the absence of a deal"),
    ("Barring a deal, the port is likely to close.", "Barring a deal"),
    ("On condition that talks succeed, the port is likely to open.", "On condition that talks succeed"),
    ("Without a deal, the port is likely to close.", None),
    ("Once talks succeed, the port is likely to open.", None),
    ("When talks fail, the port is likely to close.", None),
    ("If talks fail and the army moves, the port is likely to close.", "If talks fail and the army moves"),
    (
        "If talks fail, the army moves, or the river rises, the port is likely to close.",
        "If talks fail, the army moves, or the river rises",
    ),
    ("If talks fail the port is likely to close.", "If talks fail"),
    ("If, as we expect, talks fail, the port is likely to close.", "If, as we expect, talks fail"),
    ("If talks fail, it is likely that the port will close.", "If talks fail"),
    ("If talks fail, there is a realistic possibility that the port will close.", "If talks fail"),
    ("If talks fail – and they may – the port is likely to close.", "If talks fail – and they may"),
    ("The port, unless talks succeed, is likely to close.", "unless talks succeed"),
    ("The port is likely to close unless talks succeed, and prices will rise.", "unless talks succeed"),
    ("The port is likely to close if talks fail, which we expect.", "if talks fail"),
    ("The port is likely to close (if talks fail).", "if talks fail"),
    ("The port is likely to close as if nothing had happened.", None),
    ("A strike is unlikely, if not impossible.", None),
    ("The port is unlikely to open if at all.", None),
    ("The port will close if talks fail.", "if talks fail"),
    ("The port may close if talks fail by June.", "if talks fail by June"),
    ("If talks fail, the port will close.", "If talks fail"),
    ("If talks were to fail, the port would close.", "If talks were to fail"),
    ("If talks fail, then the port will close.", "If talks fail"),
    ("But if talks fail, the port will close.", "if talks fail"),
    ("However, if talks fail, the port will close.", "if talks fail"),
    ("In that case the port will close.", None),
    ("There is a 60 percent chance that the port closes if talks fail.", "if talks fail"),
    ("We judge that, unless talks succeed, the port is likely to close.", "unless talks succeed"),
    ("The port is likely to close until talks succeed.", None),
    ("The port is likely to close whether or not talks succeed.", None),
    ("The port is likely to close regardless of the talks.", None),
    ("Depending on the talks, the port is likely to close.", None),
    ("Subject to the court's ruling, the port is likely to open.", None),
    ("Given that talks failed, the port is likely to close.", None),
]


@pytest.mark.parametrize(("sentence", "condition"), CONDITIONS)
def test_the_condition_of_a_judgement_is_quoted(sentence, condition):
    assert [each.conditional for each in read_in_forecast(sentence)] == [condition]
