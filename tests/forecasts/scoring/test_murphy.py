"""Murphy's terms: by probability they are exact, by bins only with what happens within them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.cells import Cells
from forecasts.scoring.murphy import murphy, murphy_binned
from forecasts.scoring.proper import mean_score
from tests.forecasts.scoring.samples import FORECASTS, PROBABILITIES, cells_of

EDGES = st.lists(PROBABILITIES, max_size=8, unique=True).map(sorted)


def total(terms):
    three = terms.reliability - terms.resolution + terms.uncertainty
    return three + terms.within_variance - terms.within_covariance


def test_the_terms_of_cells():
    found = murphy(Cells.of_rows([(0.30, 10, 2), (0.45, 10, 4), (0.65, 20, 15), (0.85, 10, 9)]))
    assert (found.n, found.within_variance, found.within_covariance) == (50, 0, 0)
    assert found.brier == pytest.approx(0.18, abs=1e-12)
    assert found.reliability == pytest.approx(0.007, abs=1e-12)
    assert found.resolution == pytest.approx(0.067, abs=1e-12)
    assert found.uncertainty == pytest.approx(0.24, abs=1e-12)


def test_the_terms_of_bins_need_what_is_within_them():
    cells = Cells.of_arrays([0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1], [0] * 4 + [1] * 5)
    found = murphy_binned(cells, (1 / 3, 2 / 3), at_least=1)
    assert round(found.brier, 4) == 0.0625
    terms = (found.reliability, found.resolution, found.uncertainty, found.within_variance, found.within_covariance)
    assert [round(each, 6) for each in terms] == [0.023472, 0.191358, 0.246914, 0.01125, 0.027778]
    assert round(found.reliability - found.resolution + found.uncertainty, 6) == 0.079028
    assert total(found) == pytest.approx(found.brier, abs=1e-12)


def test_an_edge_belongs_to_the_bin_above_it():
    cells = Cells.of_rows([(0.4, 1, 0), (0.5, 1, 1), (0.6, 1, 1)])
    assert murphy_binned(cells, (0.5,), at_least=1).resolution == pytest.approx(2 / 9)


def test_fewer_than_thirty_are_not_taken_apart():
    assert murphy(Cells.of_rows([(0.3, 29, 9)])) is None
    assert murphy_binned(Cells.of_rows([(0.3, 29, 9)]), (0.5,)) is None
    assert murphy(Cells.of_rows([(0.3, 30, 9)])).n == 30


def test_none_is_never_taken_apart():
    assert murphy(Cells(), at_least=0) is None


@given(FORECASTS)
def test_the_terms_add_up_to_the_brier_score(forecasts):
    cells = cells_of(forecasts)
    found = murphy(cells, at_least=1)
    assert found.brier == mean_score(cells)
    assert (found.within_variance, found.within_covariance) == (0, 0)
    assert total(found) == pytest.approx(found.brier, abs=1e-12)
    assert 0 <= found.resolution <= found.uncertainty + 1e-12
    assert 0 <= found.reliability <= 1
    assert 0 <= found.uncertainty <= 0.25


@given(FORECASTS, EDGES)
def test_the_terms_of_any_bins_add_up_with_what_is_within_them(forecasts, edges):
    found = murphy_binned(cells_of(forecasts), edges, at_least=1)
    assert total(found) == pytest.approx(found.brier, abs=1e-12)


@given(FORECASTS, st.randoms(use_true_random=False))
def test_the_order_of_the_forecasts_does_not_matter(forecasts, numbers):
    shuffled = numbers.sample(forecasts, len(forecasts))
    assert murphy(cells_of(shuffled), at_least=1) == murphy(cells_of(forecasts), at_least=1)
