"""Intervals by drawing clusters anew."""

from __future__ import annotations

import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.bootstrap import (
    cluster_bootstrap,
    mean,
    rate,
    skill_against,
    sums_of_arrays,
    sums_of_cells,
)
from forecasts.scoring.cells import Cells
from forecasts.scoring.intervals import Interval
from forecasts.scoring.points import log_score
from forecasts.scoring.proper import Reference, mean_score, skill
from tests.forecasts.scoring.samples import FORECASTS, cells_of, drawn


def clustered(seed=1, n=300, clusters=40):
    numbers = random.Random(seed)
    forecasts = drawn(seed, n)
    return forecasts, [numbers.randrange(clusters) for _ in forecasts]


def sums_of(forecasts, names, **more):
    return sums_of_arrays([p for p, _ in forecasts], [y for _, y in forecasts], names, **more)


def test_the_sums_of_arrays_are_those_of_the_cells_of_each_cluster():
    forecasts, names = clustered()
    cells = [cells_of([each for each, own in zip(forecasts, names, strict=True) if own == name]) for name in set(names)]
    assert sorted(sums_of(forecasts, names)) == sorted(sums_of_cells(cells))
    assert sorted(sums_of(forecasts, names, rule=log_score)) == sorted(sums_of_cells(cells, log_score))


def test_an_empty_cluster_has_no_sums():
    assert sums_of_cells([Cells(), Cells.of_rows([(0.5, 2, 1)])]) == [(0.5, 2, 1)]
    assert sums_of_arrays([], [], []) == []


def test_arrays_that_do_not_pair_and_outcomes_between_are_refused():
    with pytest.raises(ValueError, match=r"shorter"):
        sums_of_arrays([0.5], [True], [])
    with pytest.raises(ValueError, match=r"0 or 1"):
        sums_of_arrays([0.5], [0.5], ["a"])


def test_the_estimates_are_those_of_the_sample():
    forecasts, names = clustered()
    cells, sums = cells_of(forecasts), sums_of(forecasts, names)
    found = {
        name: cluster_bootstrap(sums, statistic, seed=1, replicates=50)
        for name, statistic in {
            "brier": mean,
            "rate": rate,
            "half": skill_against(0.5),
            "base rate": skill_against(),
        }.items()
    }
    assert found["brier"].estimate == pytest.approx(mean_score(cells), abs=1e-12)
    assert found["rate"].estimate == cells.base_rate
    assert found["half"].estimate == pytest.approx(skill(cells, Reference.HALF).value, abs=1e-12)
    assert found["base rate"].estimate == pytest.approx(skill(cells, Reference.BASE_RATE).value, abs=1e-12)
    assert all(each.interval.low < each.estimate < each.interval.high for each in found.values())
    assert {(each.clusters, each.n, each.seed, each.replicates) for each in found.values()} == {(40, 300, 1, 50)}


def test_one_seed_gives_one_interval_and_another_gives_another():
    sums = sums_of(*clustered())
    assert cluster_bootstrap(sums, seed=7) == cluster_bootstrap(sums, seed=7)
    assert cluster_bootstrap(sums, seed=7) != cluster_bootstrap(sums, seed=8)


def test_the_interval_is_the_same_in_every_version_of_numpy():
    sums = [(float(k), 2, k % 3) for k in range(1, 8)]
    assert cluster_bootstrap(sums, seed=20250802).interval == Interval(pytest.approx(17 / 14), pytest.approx(19 / 7))


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_clusters_does_not_matter(numbers):
    sums = sums_of(*clustered())
    shuffled = numbers.sample(sums, len(sums))
    assert cluster_bootstrap(shuffled, seed=1, replicates=20) == cluster_bootstrap(sums, seed=1, replicates=20)


def test_under_five_clusters_there_is_no_interval():
    sums = [(1.0, 10, 5), (2.0, 10, 5), (3.0, 10, 5), (1.5, 10, 5)]
    found = cluster_bootstrap(sums, seed=1)
    assert (found.estimate, found.interval, found.clusters) == (7.5 / 40, None, 4)
    assert cluster_bootstrap([*sums, (1.0, 10, 5)], seed=1).interval is not None


@pytest.mark.parametrize("statistic", [mean, rate, skill_against(), skill_against(0.5)])
def test_of_nothing_nothing_is_defined(statistic):
    found = cluster_bootstrap([], statistic, seed=1)
    assert (found.estimate, found.interval, found.clusters, found.n) == (None, None, 0, 0)


def test_where_a_resample_does_not_define_it_there_is_an_estimate_and_no_interval():
    sums = [(0.1, 1, 1), *[(0.1, 1, 0)] * 5]
    found = cluster_bootstrap(sums, skill_against(), seed=1)
    assert (found.estimate, found.interval) == (pytest.approx(1 - 0.6 / (5 / 6)), None)


def test_forecasts_that_hang_together_make_the_interval_wider():
    numbers = random.Random(1)
    outcomes = [numbers.random() < 0.5 for _ in range(60)]
    p, y = [0.5] * 600, [outcome for outcome in outcomes for _ in range(10)]
    together = cluster_bootstrap(sums_of_arrays(p, y, [k // 10 for k in range(600)]), rate, seed=1).interval
    alone = cluster_bootstrap(sums_of_arrays(p, y, range(600)), rate, seed=1).interval
    assert (together.high - together.low) / (alone.high - alone.low) == pytest.approx(10**0.5, rel=0.1)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    numbers = np.random.default_rng(1)
    held = 0
    for seed in range(200):
        shared = numbers.beta(4, 6, size=60)
        sums = [(0.0, 5, int(k)) for k in numbers.binomial(5, shared)]
        found = cluster_bootstrap(sums, rate, seed=seed, replicates=300).interval
        held += found.low <= 0.4 <= found.high
    assert 0.9 <= held / 200 <= 0.99


@given(FORECASTS)
def test_forecasts_on_their_own_have_the_mean_of_the_sample(forecasts):
    found = cluster_bootstrap(sums_of(forecasts, range(len(forecasts))), seed=1, replicates=10)
    assert found.estimate == pytest.approx(mean_score(cells_of(forecasts)))
    assert (found.n, found.clusters) == (len(forecasts), len(forecasts))


def test_importing_what_scores_does_not_import_numpy_which_starts_threads():
    names = (
        "agreement bootstrap calibration cells corp crowd hits intervals limits missing murphy points proper standing"
    )
    imports = "; ".join(f"import forecasts.scoring.{name}" for name in names.split())
    code = f"import sys; {imports}; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
