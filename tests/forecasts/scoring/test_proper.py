"""Mean scores, and skill against a reference."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from sklearn.metrics import brier_score_loss, log_loss

from forecasts.scoring.cells import Cells
from forecasts.scoring.points import log_score
from forecasts.scoring.proper import Cases, Reference, mean_band_brier, mean_score, skill
from tests.forecasts.scoring.samples import FORECASTS, PROBABILITIES, cells_of, drawn

CELLS = Cells.of_rows([(0.30, 10, 2), (0.45, 10, 4), (0.65, 20, 15), (0.85, 10, 9)])


def test_the_mean_brier_score_of_arrays_and_of_cells():
    assert mean_score(Cells.of_arrays([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0])) == pytest.approx(0.0375, abs=1e-12)
    assert mean_score(CELLS) == pytest.approx(0.18, abs=1e-12)


def test_the_mean_log_score():
    assert round(mean_score(Cells.of_arrays([0.9, 0.1, 0.8, 0.35], [1, 0, 1, 0]), log_score), 5) == 0.21616


def test_none_has_no_mean():
    assert mean_score(Cells()) is None
    assert mean_band_brier([]) is None
    assert mean_band_brier([(0.55, 0.75, 0, 0)]) is None


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("digits", [2, None])
def test_the_means_are_those_of_scikit_learn(seed, digits):
    forecasts = drawn(seed, digits=digits)
    p, y = np.array([p for p, _ in forecasts]), np.array([y for _, y in forecasts])
    cells = cells_of(forecasts)
    assert mean_score(cells) == pytest.approx(brier_score_loss(y, p), abs=1e-9)
    clipped = np.clip(p, 0.001, 0.999)
    assert mean_score(cells, log_score) == pytest.approx(log_loss(y, clipped), abs=1e-9)


@given(FORECASTS)
def test_the_mean_is_the_mean_of_each(forecasts):
    assert mean_score(cells_of(forecasts)) == pytest.approx(sum((p - y) ** 2 for p, y in forecasts) / len(forecasts))


def test_the_band_brier_of_a_sample_holds_its_score():
    rows = [(0.25, 0.35, 10, 2), (0.4, 0.5, 10, 4), (0.55, 0.75, 20, 15), (0.8, 0.9, 10, 9)]
    best, worst = 2 * 0.65**2 + 8 * 0.25**2, 2 * 0.75**2 + 8 * 0.35**2
    assert mean_band_brier(rows[:1]) == Cases(pytest.approx(best / 10), pytest.approx(worst / 10))
    both = mean_band_brier(rows)
    assert both.best < mean_score(CELLS) < both.worst
    assert mean_band_brier(reversed(rows)) == both


def test_a_number_without_a_band_has_it_at_both_ends():
    assert mean_band_brier([(0.9, 0.9, 4, 3)]) == Cases(pytest.approx(0.21), pytest.approx(0.21))


@pytest.mark.parametrize("row", [(0.5, 0.4, 1, 0), (-0.1, 0.4, 1, 0), (0.5, 1.1, 1, 0), (0.4, 0.5, 1, 2)])
def test_a_band_that_is_none_is_refused(row):
    with pytest.raises(ValueError, match=r"is no band|is no probability|cannot have occurred"):
        mean_band_brier([row])


@pytest.mark.parametrize(
    ("reference", "probability", "against"),
    [(Reference.HALF, 0.5, 0.25), (Reference.BASE_RATE, 0.6, 0.24), (Reference.PREVIOUS_BASE_RATE, 0.4, 0.28)],
)
def test_skill_names_its_reference_and_what_that_scored(reference, probability, against):
    found = skill(CELLS, reference, previous_base_rate=0.4)
    assert (found.reference, found.probability) == (reference, probability)
    assert found.reference_brier == pytest.approx(against)
    assert found.value == pytest.approx(1 - 0.18 / against)


@pytest.mark.parametrize(
    ("cells", "reference"),
    [
        (Cells(), Reference.HALF),
        (Cells(), Reference.BASE_RATE),
        (CELLS, Reference.PREVIOUS_BASE_RATE),
        (Cells.of_rows([(0.9, 3, 3)]), Reference.BASE_RATE),
        (Cells.of_rows([(0.1, 3, 0)]), Reference.BASE_RATE),
    ],
)
def test_skill_without_a_sample_or_reference_or_against_a_perfect_one_is_not_defined(cells, reference):
    assert skill(cells, reference).value is None


def test_a_previous_base_rate_of_zero_is_one():
    assert skill(CELLS, Reference.PREVIOUS_BASE_RATE, previous_base_rate=0.0).value == pytest.approx(1 - 0.18 / 0.6)


@given(PROBABILITIES, FORECASTS)
def test_who_says_the_reference_has_no_skill_against_it(said, forecasts):
    cells = Cells.of_arrays([said] * len(forecasts), [y for _, y in forecasts])
    found = skill(cells, Reference.PREVIOUS_BASE_RATE, previous_base_rate=said)
    assert found.value in (None, 0)
