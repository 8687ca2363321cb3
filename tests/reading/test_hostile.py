"""Nothing that somebody may paste breaks the readers, or makes them slow."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasts.reading.document import Reading, read
from tests.bench.reading import make_text

MASTHEAD = "The dam is shut, and what is to come of it\n\nJane Doe | 2 May 2025\n\n"
FORECAST = f"{MASTHEAD}Forecast\n\n"
# What stands before, and what is said again and again after it.
REPEATED = {
    "one bullet": (f"{FORECAST}- ", "word "),
    "digits": (MASTHEAD, "1"),
    "figures": (MASTHEAD, "1,234 "),
    "quotes within quotes": (MASTHEAD, "“a ‘b "),
    "likely": (MASTHEAD, "likely "),
    "judgements": (FORECAST, "It is likely to rain. "),
    "if": (FORECAST, "if "),
    "conditions": (FORECAST, "If it rains, it is likely to snow. "),
    "blank lines": ("", "\n"),
    "short lines": ("", "a\n"),
    "lines like titles": ("", "Aa Bb\n\n"),
    "names": ("", "Jane Doe and "),
    "dates": ("", "2 May 2025\n\n"),
    "headings": (MASTHEAD, "# Heading\n"),
    "summaries": (MASTHEAD, "Summary\n\nIt is shut.\n\n"),
    "numbered headings": (MASTHEAD, "1. Heading\n\nIt is shut.\n\n"),
    "horizons": (FORECAST, "Short term\n\nIt may rain.\n\n"),
    "scenarios": (FORECAST, "Base case (60%): it stays. "),
    "open brackets": (FORECAST, "("),
    "brackets in a heading": (FORECAST, "Three months (two\n\n"),
    "dashes": (MASTHEAD, "- "),
    "asterisks": (MASTHEAD, "* "),
    "emphasis": (FORECAST, "It is highly *_ "),
    "full stops": (MASTHEAD, ". "),
    "abbreviations": (MASTHEAD, "U.S. "),
    "one word": (MASTHEAD, "a"),
    "one sentence": (MASTHEAD, "the army and the navy of the state "),
    "commas": (MASTHEAD, "the army, the navy, "),
    "windows": (FORECAST, "It may fall by the end of the month by June. "),
    "chances": (FORECAST, "A 10 percent chance of 20 percent. "),
    "denials": (FORECAST, "Neither no nor not is not likely. "),
    "clauses": (FORECAST, "It is likely that it will, and it will that it may. "),
    "counts": (MASTHEAD, "40 men and 30 women were killed, the army said. "),
    "credits": (MASTHEAD, "Photo: A. Roe\n"),
    "navigation": (MASTHEAD, "Previous\n\nA mill\n\n"),
    "cookies": (MASTHEAD, "We use uses use cookies "),
    "emoji": (MASTHEAD, "🙂 "),
    "right to left": ("", "שלום עולם. "),
    "combining marks": ("", "e\u0301"),
    "control characters": ("", "\x00\x1c\x85\u2028 a\r"),
}
# The longest sentence that is read, full of what rules look for.
DENSE = (
    "it is likely that if a, b or c, ",
    "not neither no likely and ",
    "chance of 10 percent of ",
    "by the end of ",
    "( *_ ",
)
SECONDS_FOR_60_KB = 3.0  # of processor time; a reader whose cost grows with the length needs about a tenth of it
SECONDS_FOR_1_MB = 10.0


def filled(before: str, again: str, size: int) -> str:
    return (before + again * (size // len(again) + 1))[:size]


def assert_quotes_hold(reading: Reading) -> None:
    text = reading.parts.text
    for found in (*reading.forecasts, *reading.claims):
        assert text[found.start : found.end] == found.quote


def seconds_for(text: str) -> float:
    start = process_time()
    assert_quotes_hold(read(text, published_on=date(2025, 5, 2)))
    return process_time() - start


@pytest.mark.parametrize("name", REPEATED)
def test_nothing_said_again_and_again_is_slow_to_read(name):
    assert seconds_for(filled(*REPEATED[name], 60_000)) < SECONDS_FOR_60_KB


@pytest.mark.parametrize("again", DENSE)
def test_the_longest_sentences_are_not_slow_to_read(again):
    sentence = filled("It is likely, ", again, 1_480) + " will. "
    assert seconds_for(filled(FORECAST, sentence, 60_000)) < SECONDS_FOR_60_KB


@pytest.mark.parametrize("name", ["short lines", "judgements"])
def test_a_megabyte_is_read_in_seconds(name):
    assert seconds_for(filled(*REPEATED[name], 1_000_000)) < SECONDS_FOR_1_MB


def test_a_megabyte_of_briefing_is_read_in_seconds():
    assert seconds_for(make_text(1_000_000)) < SECONDS_FOR_1_MB


PIECES = st.sampled_from(
    [again for _, again in REPEATED.values()] + ["\n", "\n\n", "- ", "**", "> ", "Summary\n", "Forecast\n", "2025"]
)
TEXTS = st.one_of(
    st.text(),
    st.binary(max_size=400).map(lambda noise: noise.decode("latin-1")),
    st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_whatever_is_pasted_is_read_and_quoted_where_it_stands(text):
    assert_quotes_hold(read(text, published_on=date(2025, 5, 2)))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_forecast_section_of_anything_is_read_and_quoted_where_it_stands(text):
    assert_quotes_hold(read(FORECAST + text))
