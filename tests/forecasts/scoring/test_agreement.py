"""How far graders agree."""

from __future__ import annotations

import random
from collections import Counter

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from forecasts.scoring.agreement import Agreement, cohen_kappa, krippendorff_alpha

VERDICTS = st.sampled_from(["occurred", "did_not_occur", "ungradable"])


def test_kappa_of_two_graders():
    one, other = "neg pos neg neu pos".split(), "neg pos neg neu neg".split()
    assert cohen_kappa(zip(one, other, strict=True)) == Agreement(5, pytest.approx(0.6875, abs=1e-12))


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a")] * 9])
def test_kappa_of_one_category_is_not_defined(pairs):
    assert cohen_kappa(pairs) == Agreement(len(pairs), None)


def test_kappa_of_graders_who_never_agree_is_below_nothing():
    assert cohen_kappa([("a", "b"), ("b", "a")]) == Agreement(2, -1)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_that_of_scikit_learn(seed):
    numbers = random.Random(seed)
    one = [numbers.randint(0, 4) for _ in range(300)]
    other = [each if numbers.random() < 0.5 else numbers.randint(0, 5) for each in one]
    assert cohen_kappa(zip(one, other, strict=True)).value == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)


@given(st.lists(st.tuples(VERDICTS, VERDICTS), max_size=30), st.randoms(use_true_random=False))
def test_kappa_asks_neither_for_the_order_of_items_nor_of_graders(pairs, numbers):
    found = cohen_kappa(pairs)
    assert cohen_kappa(numbers.sample(pairs, len(pairs))) == found
    assert cohen_kappa([(other, one) for one, other in pairs]) == found
    assert cohen_kappa(Counter(pairs)) == found
    assert found.value is None or -1 <= found.value <= 1


def test_alpha_with_verdicts_missing():
    # Krippendorff's own example of four coders and twelve units: 0.743.
    rows = ["123321412***", "1233224125*3", "*3332342251*", "12332441251*"]
    units = [tuple(None if each == "*" else each for each in unit) for unit in zip(*rows, strict=True)]
    found = krippendorff_alpha(units)
    assert (found.n, round(found.value, 3)) == (11, 0.743)


@pytest.mark.parametrize(
    ("items", "n"),
    [([], 0), ([("a",), ("b", None)], 0), ([("a", "a"), ("a", "a", "a")], 2), ([("a", "a"), ("b",)], 1)],
)
def test_alpha_of_one_category_or_of_single_verdicts_is_not_defined(items, n):
    assert krippendorff_alpha(items) == Agreement(n, None)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("graders", [2, 3, 6])
def test_alpha_is_that_of_krippendorff(seed, graders):
    numbers = random.Random(seed)
    truth = [numbers.randint(0, 3) for _ in range(200)]
    table = [
        tuple(
            None if numbers.random() < 0.3 else (each if numbers.random() < 0.7 else numbers.randint(0, 3))
            for _ in range(graders)
        )
        for each in truth
    ]
    as_floats = np.array([[np.nan if each is None else each for each in row] for row in table], dtype=float).T
    expected = krippendorff.alpha(reliability_data=as_floats, level_of_measurement="nominal")
    assert krippendorff_alpha(table).value == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.tuples(*[st.none() | VERDICTS] * 3), max_size=30), st.randoms(use_true_random=False))
def test_alpha_asks_neither_for_the_order_of_items_nor_of_graders(items, numbers):
    found = krippendorff_alpha(items)
    assert krippendorff_alpha(numbers.sample(items, len(items))) == found
    assert krippendorff_alpha([tuple(reversed(each)) for each in items]) == found
    assert krippendorff_alpha(Counter(items)) == found
    assert found.value is None or found.value <= 1
