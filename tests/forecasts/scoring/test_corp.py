"""CORP's terms, and the recalibration that they rest on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import Block, corp
from forecasts.scoring.murphy import murphy
from forecasts.scoring.proper import mean_score
from tests.forecasts.scoring.samples import FORECASTS, cells_of, drawn


def test_rates_that_rise_already_leave_the_terms_of_murphy():
    cells = Cells.of_rows([(0.30, 10, 2), (0.45, 10, 4), (0.65, 20, 15), (0.85, 10, 9)])
    found, grouped = corp(cells), murphy(cells)
    assert found.mcb == pytest.approx(grouped.reliability, abs=1e-12)
    assert found.dsc == pytest.approx(grouped.resolution, abs=1e-12)
    assert found.unc == grouped.uncertainty
    assert [block.rate for block in found.blocks] == [0.2, 0.4, 0.75, 0.9]


def test_rates_that_fall_are_pooled_as_far_back_as_they_must():
    found = corp(Cells.of_rows([(0.1, 10, 1), (0.3, 10, 5), (0.5, 10, 4), (0.7, 10, 3), (0.9, 10, 9)]))
    assert found.blocks == (Block(0.1, 0.1, 10, 1), Block(0.3, 0.7, 30, 12), Block(0.9, 0.9, 10, 9))
    assert found.n == 50
    assert found.unc == pytest.approx(0.44 * 0.56)
    assert found.dsc == pytest.approx((10 * 0.34**2 + 30 * 0.04**2 + 10 * 0.46**2) / 50)


def test_forecasts_that_tell_nothing_do_not_discriminate():
    found = corp(Cells.of_rows([(0.2, 20, 10), (0.8, 20, 10)]))
    assert (found.dsc, found.mcb, found.blocks) == (0, pytest.approx(0.09), (Block(0.2, 0.8, 40, 20),))


def test_fewer_than_thirty_and_none_are_not_taken_apart():
    assert corp(Cells.of_rows([(0.3, 29, 9)])) is None
    assert corp(Cells.of_rows([(0.3, 30, 9)])).n == 30
    assert corp(Cells(), at_least=0) is None


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("digits", [1, 2, None])
def test_the_recalibration_is_the_isotonic_regression_of_scikit_learn(seed, digits):
    forecasts = drawn(seed, digits=digits)
    p, y = np.array([p for p, _ in forecasts]), np.array([y for _, y in forecasts], dtype=float)
    fitted = IsotonicRegression(y_min=0, y_max=1).fit_transform(p, y)
    found = corp(cells_of(forecasts))
    ours = [next(block.rate for block in found.blocks if block.low <= each <= block.high) for each in p]
    assert ours == pytest.approx(fitted, abs=1e-9)
    recalibrated = np.mean((fitted - y) ** 2)
    assert found.mcb == pytest.approx(np.mean((p - y) ** 2) - recalibrated, abs=1e-9)
    assert found.dsc == pytest.approx(np.var(y) - recalibrated, abs=1e-9)


@given(FORECASTS)
def test_the_terms_add_up_and_neither_saving_is_negative(forecasts):
    cells = cells_of(forecasts)
    found = corp(cells, at_least=1)
    assert found.brier == mean_score(cells)
    assert found.mcb - found.dsc + found.unc == pytest.approx(found.brier, abs=1e-12)
    assert 0 <= found.mcb <= 1
    assert 0 <= found.dsc <= found.unc + 1e-12
    rates = [block.rate for block in found.blocks]
    assert rates == sorted(set(rates))
    assert sum(block.n for block in found.blocks) == found.n


@given(FORECASTS, st.randoms(use_true_random=False))
def test_the_order_of_the_forecasts_does_not_matter(forecasts, numbers):
    shuffled = numbers.sample(forecasts, len(forecasts))
    assert corp(cells_of(shuffled), at_least=1) == corp(cells_of(forecasts), at_least=1)
