"""What an analyst should look at, and what needs no look."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.finding import find_forecasts
from forecasts.yardsticks.scales import DEFAULT
from sources.reading.parting import read_parts


def read_in_forecast(text: str, heading: str = "Forecast"):
    parts = read_parts(f"The mill\n\n2 May 2025\n\nThe river has been low.\n\n{heading}\n\n{text}\n")
    return find_forecasts(parts, published_on=date(2025, 5, 2), yardstick=DEFAULT)


COMPOUND = [
    "The mill is likely to close and the port is unlikely to open.",
    "The mill is likely to close, and the port will open.",
    "The mill will close, and the port is likely to open.",
    "Coal will remain the main export, and a turn to copper is highly unlikely.",
    "The mill is likely to close, but a strike is unlikely.",
    "The mill is likely to close and to sack its men.",
    "It is likely that the mill will close and that the port will open.",
    "The mill is likely to close, while the port is highly likely to open.",
    "The mill is likely to close; the port will open.",
    "There is a realistic possibility that the mill closes and a remote chance that it burns.",
    "The mill will probably close and its men will probably strike.",
    "The mill is likely, and the port unlikely, to close.",
]
SINGLE = [
    "Moscow and Kyiv are likely to sign.",
    "The mill is likely to close, and quickly.",
    "The mill is likely to close by June.",
    "The mill is likely to close because the port will be shut.",
    "The mill is likely to close, which will anger the port.",
    "The mill, which will open in May, is likely to close.",
    "The mill is likely to close while talks go on.",
    "The army is likely to take Gao and Menaka.",
    "The army is likely to pass laws that could harm trade.",
    "The mill is likely to close and stay shut.",
    "The mill is likely to close if the port is shut and the road is closed.",
    "The mill is likely to close.",
    "The mill has no grain, and it is likely to close.",
    "Talks have failed and the mill is likely to close.",
    "It is likely that talks between the mill and the port will fail.",
]
FLAGS = [
    ("There is a realistic possibility that the mill could close.", "double_hedge"),
    ("It is likely that the mill may close.", "double_hedge"),
    ("It is likely that the mill might close.", "double_hedge"),
    ("There is a realistic possibility that the mill will close.", ""),
    ("There is a realistic possibility that, if it rains, the mill could close.", "double_hedge"),
    ("It could be likely that the mill closes.", "double_hedge"),
    ("The mill may possibly be likely to close.", "double_hedge"),
    ("The mill is likely to pass a rule that could harm trade.", ""),
    ("It is possible that the mill will close.", "unquantified"),
    ("There is a remote chance that the mill might close.", "double_hedge"),
    ("The mill may be unlikely to close.", "double_hedge"),
    ("There is a 60 percent chance that the mill could close.", ""),
    ("The army is likely to make significant gains.", "vague_threshold"),
    ("The army is likely to make major advances.", "vague_threshold"),
    ("A modest rise is likely.", "vague_threshold"),
    ("A sharp fall in output is likely.", "vague_threshold"),
    ("A substantial cut is unlikely.", "vague_threshold"),
    ("Serious unrest is likely.", "vague_threshold"),
    ("Limited strikes are likely.", "vague_threshold"),
    ("Limited strikes on the port are likely.", "vague_threshold"),
    ("A dramatic shift is unlikely.", "vague_threshold"),
    ("Output is likely to fall sharply.", "vague_threshold"),
    ("Output is likely to fall significantly.", "vague_threshold"),
    ("Output is likely to fall sharply, by more than 20 percent.", ""),
    ("A significant fall of at least 20 percent is likely.", ""),
    ("A severe drought is likely in ten provinces.", ""),
    ("A severe drought will almost certainly be declared in at least ten provinces.", ""),
    ("A major attack on at least two towns is likely.", ""),
    ("A major attack is likely.", "vague_threshold"),
    ("Large protests are likely.", "vague_threshold"),
    ("Widespread unrest is likely.", "vague_threshold"),
    ("The army is likely to take considerable losses.", "vague_threshold"),
    ("Major General Smith is likely to resign.", ""),
    ("The Major Projects Authority is likely to be closed.", ""),
    ("The mill is likely to close a major plant.", "vague_threshold"),
    ("The mill is likely to remain a major employer.", "vague_threshold"),
    ("The court's limited remit is unlikely to change.", ""),
    ("A limited liability company is likely to be set up.", ""),
    ("A wide-ranging deal is unlikely.", "vague_threshold"),
    ("A large-scale attack is unlikely.", "vague_threshold"),
    ("A meaningful ceasefire is unlikely.", "vague_threshold"),
    ("A lasting ceasefire is unlikely.", ""),
    ("A comprehensive ceasefire is unlikely.", ""),
    ("A full blockade is unlikely.", ""),
    ("A renewed push is likely.", ""),
    ("Minor clashes are likely.", "vague_threshold"),
    ("Heavy fighting is likely.", "vague_threshold"),
    ("Heavy weapons are likely to be sent.", ""),
    ("Small arms are likely to be sent.", ""),
    ("A rapid collapse is unlikely.", ""),
    ("Marginal gains are likely.", "vague_threshold"),
    ("Notable defections are unlikely.", "vague_threshold"),
    ("A partial closure is likely.", ""),
]


def flags_of(sentence: str) -> list[str]:
    (found,) = read_in_forecast(sentence, "Forecast\n\nNext 3 months")
    return list(found.flags)


@pytest.mark.parametrize("sentence", COMPOUND)
def test_two_judgements_in_one_sentence_are_compound(sentence):
    assert [flag for flag in flags_of(sentence) if flag == "compound"] == ["compound"]


@pytest.mark.parametrize("sentence", SINGLE)
def test_one_judgement_with_more_words_is_not(sentence):
    assert [flag for flag in flags_of(sentence) if flag == "compound"] == []


@pytest.mark.parametrize(("sentence", "flags"), FLAGS)
def test_hedges_and_sizes_are_flagged(sentence, flags):
    assert flags_of(sentence) == flags.split()
