"""What a score could have been, had what is missing been scored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.cells import Cells
from forecasts.scoring.missing import PartlySensitivity, best_and_worst, sensitivity_to_partly
from forecasts.scoring.points import brier, log_score
from forecasts.scoring.proper import Cases, mean_score
from tests.forecasts.scoring.samples import FORECASTS, GIVEN, cells_of

SCORED = Cells.of_arrays([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0])
MISSING = st.dictionaries(GIVEN, st.integers(1, 5), max_size=5)


def test_every_missing_forecast_goes_the_way_that_is_best_or_worst_for_it():
    assert best_and_worst(SCORED, {0.9: 1, 0.3: 2}) == Cases(
        pytest.approx((0.15 + 0.01 + 2 * 0.09) / 7), pytest.approx((0.15 + 0.81 + 2 * 0.49) / 7)
    )


def test_where_nothing_is_missing_best_and_worst_are_the_score():
    assert best_and_worst(SCORED, {}) == Cases(mean_score(SCORED), mean_score(SCORED))


def test_where_nothing_is_scored_the_missing_alone_count():
    assert best_and_worst(Cells(), {0.8: 3}) == Cases(pytest.approx(0.04), pytest.approx(0.64))


def test_partly_as_nothing_as_half_and_as_all():
    assert sensitivity_to_partly(SCORED, {0.8: 1}) == PartlySensitivity(
        pytest.approx((0.15 + 0.64) / 5), pytest.approx((0.15 + 0.09) / 5), pytest.approx((0.15 + 0.04) / 5)
    )


def test_none_has_neither():
    assert best_and_worst(Cells(), {}) is None
    assert sensitivity_to_partly(Cells(), {}) is None


@pytest.mark.parametrize("rule", [brier, log_score])
@given(forecasts=FORECASTS, missing=MISSING, numbers=st.randoms(use_true_random=False))
def test_however_the_missing_had_gone_the_score_is_between(rule, forecasts, missing, numbers):
    cases = best_and_worst(cells_of(forecasts), missing, rule)
    gone = [(p, numbers.random() < 0.5) for p, count in missing.items() for _ in range(count)]
    score = mean_score(cells_of(forecasts + gone), rule)
    assert cases.best - 1e-9 <= score <= cases.worst + 1e-9


@given(FORECASTS, MISSING)
def test_partly_as_nothing_or_all_is_having_been_scored_so(forecasts, partly):
    found = sensitivity_to_partly(cells_of(forecasts), partly)
    for y, score in ((False, found.at_0), (True, found.at_1)):
        added = [(p, y) for p, count in partly.items() for _ in range(count)]
        assert score == pytest.approx(mean_score(cells_of(forecasts + added)))
