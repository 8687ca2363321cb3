"""What may be said of a word from how often it came true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.hits import Hits, TermCount, Verdict, hit_table, verdict
from forecasts.scoring.intervals import wilson

LIKELY = ("phia-2025", "likely")


def likely(n, occurred, **more):
    return TermCount(*LIKELY, 0.55, 0.75, n, occurred, **more)


def test_a_row_has_its_band_its_rate_its_interval_and_the_verdict():
    assert hit_table([likely(12, 9), likely(8, 6)], {LIKELY: 7}) == (
        Hits(*LIKELY, 0.55, 0.75, 20, 15, 7, 0.75, wilson(20, 15), Verdict.CANNOT_TELL),
    )


def test_a_negated_term_counts_with_the_event_flipped():
    (row,) = hit_table([likely(10, 8), likely(10, 3, negated=True)], {LIKELY: 5})
    assert (row.n, row.occurred) == (20, 15)


def test_rows_stand_by_yardstick_from_the_lowest_band_to_the_highest():
    terms = [("b", "very likely", 0.9, None), ("b", "rare", None, 0.1), ("a", "z", 0.4, 0.5), ("b", "no", 0, 0.05)]
    found = hit_table([TermCount(*each, 1, 1) for each in terms], {})
    assert [row.term for row in found] == ["z", "no", "rare", "very likely"]


def test_one_word_with_two_bands_has_two_rows():
    old = TermCount(*LIKELY, 0.6, 0.8, 3, 1)
    assert [(row.low, row.n) for row in hit_table([old, likely(4, 4)], {LIKELY: 6})] == [(0.55, 4), (0.6, 3)]


def test_a_term_that_nobody_used_has_no_rate():
    (row,) = hit_table([likely(0, 0)], {})
    assert (row.rate, row.wilson, row.clusters, row.verdict) == (None, None, 0, Verdict.TOO_FEW)


@pytest.mark.parametrize(
    ("low", "high", "n", "occurred", "clusters", "expected"),
    [
        (0.55, 0.75, 400, 260, 40, "in_band"),
        (0.55, 0.75, 100, 90, 40, "more_often"),
        (0.55, 0.75, 100, 40, 40, "less_often"),
        (0.55, 0.75, 20, 13, 20, "cannot_tell"),
        (0.55, 0.75, 100, 75, 40, "cannot_tell"),
        (0.55, 0.75, 9, 0, 9, "too_few"),
        (0.55, 0.75, 10, 0, 10, "less_often"),
        (0.55, 0.75, 100, 0, 4, "too_few"),
        (0.55, 0.75, 100, 0, 5, "less_often"),
        (0.95, 1.0, 500, 500, 50, "in_band"),
        (0.0, 0.05, 500, 0, 50, "in_band"),
        (0.9, None, 500, 500, 50, "in_band"),
        (0.9, None, 100, 50, 50, "less_often"),
        (None, 0.1, 500, 0, 50, "in_band"),
        (None, 0.1, 100, 50, 50, "more_often"),
    ],
)
def test_the_verdict(low, high, n, occurred, clusters, expected):
    assert verdict(low=low, high=high, n=n, occurred=occurred, clusters=clusters).value == expected


@pytest.mark.parametrize(("n", "occurred"), [(3, 4), (3, -1), (-1, -1)])
def test_more_than_there_were_is_refused(n, occurred):
    with pytest.raises(ValueError, match="cannot have occurred"):
        likely(n, occurred)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.floats(0, 1), st.booleans()), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_counts_does_not_matter(rows, numbers):
    counts = [likely(n, round(share * n), negated=negated) for n, share, negated in rows]
    shuffled = numbers.sample(counts, len(counts))
    assert hit_table(counts, {LIKELY: 5}) == hit_table(shuffled, {LIKELY: 5})
