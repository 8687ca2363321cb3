"""A sample has one form as cells, however it came in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.cells import Cell, Cells
from tests.forecasts.scoring.samples import FORECASTS, cells_of


def test_rows_of_one_probability_are_added_up_in_the_order_of_it():
    cells = Cells.of_rows([(0.65, 20, 15), (0.3, 4, 1), (0.65, 1, 0), (0.9, 0, 0), (0.3, 6, 1)])
    assert cells == Cells((Cell(0.3, 10, 2), Cell(0.65, 21, 15)))
    assert (cells.n, cells.occurred, cells.base_rate) == (31, 17, 17 / 31)
    assert [cell.rate for cell in cells] == [0.2, 15 / 21]


def test_none_has_no_base_rate():
    cells = Cells.of_rows([])
    assert (cells.n, cells.occurred, cells.base_rate) == (0, 0, None)


def test_arrays_are_counted_with_truth_values_whole_numbers_and_floats():
    expected = Cells((Cell(0.0, 1, 0), Cell(0.1, 2, 1)))
    assert Cells.of_arrays([0.1, 0.0, 0.1], [True, False, False]) == expected
    assert Cells.of_arrays([0.1, 0.0, 0.1], [1, 0, 0]) == expected
    assert Cells.of_arrays(np.array([0.1, 0.0, 0.1]), np.array([1.0, 0.0, 0.0])) == expected
    assert Cells.of_arrays([], []) == Cells()


@given(FORECASTS, st.randoms(use_true_random=False))
def test_neither_order_nor_the_way_it_came_in_matters(forecasts, numbers):
    shuffled = numbers.sample(forecasts, len(forecasts))
    rows = [(p, 1, int(y)) for p, y in shuffled]
    assert cells_of(forecasts) == cells_of(shuffled) == Cells.of_rows(rows)


@pytest.mark.parametrize(
    "row", [(-0.1, 1, 0), (1.1, 1, 0), (float("nan"), 1, 0), (0.5, 1, 2), (0.5, 2, -1), (0.5, -1, -1)]
)
def test_what_cannot_be_is_refused(row):
    with pytest.raises(ValueError, match=r"is no probability|cannot have occurred"):
        Cells.of_rows([row])


def test_rows_that_would_only_add_up_to_something_possible_are_refused():
    with pytest.raises(ValueError, match="3 of 2 cannot have occurred"):
        Cells.of_rows([(0.5, 10, 1), (0.5, 2, 3)])


def test_an_empty_cell_and_cells_out_of_order_are_refused():
    with pytest.raises(ValueError, match="0 of 0"):
        Cell(0.5, 0, 0)
    with pytest.raises(ValueError, match="one p each"):
        Cells((Cell(0.5, 1, 0), Cell(0.5, 1, 1)))


def test_arrays_of_two_lengths_and_outcomes_between_are_refused():
    with pytest.raises(ValueError, match=r"longer|shorter"):
        Cells.of_arrays([0.1, 0.2], [True])
    with pytest.raises(ValueError, match=r"0 or 1, not 0\.5"):
        Cells.of_arrays([0.1], [0.5])
