"""Which yardstick a text speaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.suggesting import EVIDENCE, NAMES, WRITTEN_IN, in_common, suggest_yardstick, word_uses
from forecasts.yardsticks.scales import YARDSTICKS


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("There is a realistic possibility that the ford floods.", "phia-2025"),
        ("The ford is highly likely to flood. A bridge is almost certain.", "phia-2025"),
        ("There is no realistic possibility that the ford floods.", "phia-2025"),
        ("The ford is very likely to flood.", "icd-203"),
        ("The ford is very likely to flood. A dry June is very unlikely.", "icd-203"),
        ("There is a roughly even chance that the ford floods.", "icd-203"),
        ("A dry June is highly improbable.", "icd-203"),
        ("The ford is likely to flood. A bridge is nearly certain.", "icd-203"),
        ("The chances are about even that the ford floods.", "kent-1964"),
        ("The ford will almost certainly not flood. The mill will probably close.", "kent-1964"),
        ("It is virtually certain that the ford will flood.", "ipcc-ar5"),
        ("A flood is about as likely as not.", "ipcc-ar5"),
        ("The ford is extremely likely to flood. A dry June is very unlikely.", "ipcc-ar5"),
        ("The ford is very likely to flood (medium confidence).", "ipcc-ar5"),
        ("A flood is more likely than not. A dry June is very unlikely.", "ipcc-ar5"),
        ("Its words are those of the PHIA. A flood is very likely.", "phia-2025"),
        ("Likelihoods follow ICD-203. A flood is likely.", "icd-203"),
        ("A flood is highly likely, a drought highly unlikely and a frost very unlikely.", "phia-2025"),
    ],
)
def test_a_text_speaks_the_yardstick_that_has_most_of_its_words(text, slug):
    assert suggest_yardstick(text) == slug


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ford is dry.",
        "The ford is likely to flood. A drought is unlikely.",
        "The mill will probably not close.",
        "A flood is more likely than not.",
        "The ford is highly likely to flood. A drought is very unlikely.",
        "A flood is very probable.",
        "An unlikely coalition leads remote areas.",
        "Neither ICD 203 nor the PHIA has a word for it.",
    ],
)
def test_words_that_all_share_or_that_contradict_each_other_decide_nothing(text):
    assert suggest_yardstick(text) is None


def test_every_word_of_the_yardsticks_in_which_people_write_is_evidence():
    words = {words for yardstick in WRITTEN_IN for term in yardstick.terms for words in term.words}
    assert set(EVIDENCE) == words
    assert set(YARDSTICKS) - {each.slug for each in WRITTEN_IN} == {"stix-wep"}
    assert set(NAMES.values()) == {each.slug for each in WRITTEN_IN}


def test_a_negated_event_is_not_kents_alone():
    assert EVIDENCE["probably not"] == {"phia-2025", "icd-203", "kent-1964"}
    assert EVIDENCE["chances about even"] == {"kent-1964"}


def test_a_use_stands_where_it_says():
    text = (
        "It rains. " * 400
        + "There is a **realistic possibility** of floods. "
        + "It rains. " * 400
        + "It will probably rain."
    )
    uses = [(text[use.start : use.end], use.words, use.yardsticks[0]) for use in word_uses(text)]
    assert uses == [
        ("realistic possibility", "realistic possibility", "phia-2025"),
        ("probably", "probably", "phia-2025"),
    ]


def test_yardsticks_have_words_in_common_or_not():
    uses = list(word_uses("A flood is very likely, a drought extremely unlikely."))
    assert in_common(uses) == ("ipcc-ar5",)
    assert in_common([]) == tuple(each.slug for each in WRITTEN_IN)


@given(st.text())
def test_no_text_makes_it_fail(text):
    assert suggest_yardstick(text) in {None, *YARDSTICKS}


@pytest.mark.parametrize("part", ["likely ", "very ", " ", "highly\u00a0", "likely", "very likely. ", "probability   "])
def test_time_is_linear_in_length(part):
    def seconds(length: int) -> float:
        text = "very" + part * (length // len(part))
        start = time.perf_counter()
        suggest_yardstick(text)
        return time.perf_counter() - start

    assert seconds(200_000) < 20 * seconds(20_000) + 0.5
