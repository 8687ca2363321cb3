"""What is said of a sample, whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.bootstrap import cluster_bootstrap
from forecasts.scoring.hits import Verdict
from forecasts.scoring.intervals import Interval
from forecasts.scoring.missing import PartlySensitivity
from forecasts.scoring.otherwise import OtherReading
from forecasts.scoring.points import brier, point_value
from forecasts.scoring.proper import Cases, Reference
from forecasts.scoring.record import NO_PROBABILITY, SEED, Group, as_json, track_record
from forecasts.scoring.sample import Sample, ScoredGroup, UnscoredGroup

PHIA = "phia-2025"
WORDS = {
    "unlikely": (0.25, 0.35),
    "realistic_possibility": (0.40, 0.50),
    "likely": (0.55, 0.75),
    "highly_likely": (0.80, 0.90),
}


def said(term, n, occurred, *, negated=False, yardstick=PHIA):
    low, high = WORDS[term]
    if negated:
        low, high = round(1 - high, 10), round(1 - low, 10)
    p = point_value(low, high, None)
    return ScoredGroup(yardstick, term, negated, low, high, p, n, occurred, total(p, n, occurred))


def number(p, n, occurred, *, low=None, high=None, yardstick="", term=""):
    return ScoredGroup(yardstick, term, False, low, high, p, n, occurred, total(p, n, occurred))


def total(p, n, occurred):
    return occurred * brier(p, True) + (n - occurred) * brier(p, False)


# The cells of the vector: (.30, 10, 2) (.45, 10, 4) (.65, 20, 15) (.85, 10, 9).
VECTOR = (
    said("unlikely", 10, 2),
    said("realistic_possibility", 10, 4),
    said("likely", 20, 15),
    said("highly_likely", 10, 9),
)
CLUSTERS = {(PHIA, term): 6 for term in WORDS}
SUMS = tuple((0.18 * n + shift, n, occurred) for n, occurred, shift in [(10, 5, 0.2), (8, 3, -0.2)] * 3)


def a_sample(**more):
    return Sample(**{"judgement": "desk", "scored": VECTOR, "clusters": CLUSTERS, **more})


def test_the_vector_comes_out():
    record = track_record(a_sample())
    assert (record.n_scored, round(record.brier, 10), record.base_rate) == (50, 0.18, 0.6)
    parts = record.murphy
    assert [round(each, 10) for each in (parts.reliability, parts.resolution, parts.uncertainty)] == [
        0.007,
        0.067,
        0.24,
    ]
    assert record.corp.brier == record.brier == pytest.approx(record.corp.mcb - record.corp.dsc + record.corp.unc)
    assert [(row.term, row.n, row.occurred) for row in record.terms] == [
        ("unlikely", 10, 2),
        ("realistic_possibility", 10, 4),
        ("likely", 20, 15),
        ("highly_likely", 10, 9),
    ]
    assert {row.verdict for row in record.terms} == {Verdict.CANNOT_TELL}
    assert [(point.p, point.n, point.occurred) for point in record.calibration] == [
        (0.3, 10, 2),
        (0.45, 10, 4),
        (0.65, 20, 15),
        (0.85, 10, 9),
    ]


def test_nothing_has_no_numbers():
    assert as_json(track_record(Sample(judgement="desk"))) == {
        "n_scored": 0,
        "n_unscored": {},
        "n_open": 0,
        "n_overdue": 0,
        "brier": None,
        "brier_band": None,
        "log": None,
        "base_rate": None,
        "skill": {"reference": "base_rate", "value": None},
        "murphy": None,
        "corp": None,
        "terms": [],
        "missing": None,
        "left_out": {},
        "calibration": [],
        "interval": None,
        "n_assessments": 0,
        "partly": None,
        "other_readings": [],
        "groups": [],
    }


def test_the_json_of_two_forecasts():
    sample = Sample(
        judgement="desk",
        scored=(number(0.8, 2, 1),),
        unscored=(UnscoredGroup("partly", 0.8, 1), UnscoredGroup("occurred", None, 2), UnscoredGroup("void", None, 1)),
        n_open=3,
        n_overdue=4,
        n_assessments=5,
        left_out={"imported": 2, "involved": 0},
    )
    record = track_record(sample)
    assert as_json(record, [Group(key="2025", name="in 2025", record=track_record(Sample(judgement="desk")))]) == {
        "n_scored": 2,
        "n_unscored": {NO_PROBABILITY: 2, "partly": 1, "void": 1},
        "n_open": 3,
        "n_overdue": 4,
        "brier": pytest.approx(0.34),
        "brier_band": [pytest.approx(0.34), pytest.approx(0.34)],
        "log": pytest.approx(0.916290731874155),
        "base_rate": 0.5,
        "skill": {"reference": "base_rate", "value": pytest.approx(-0.36)},
        "murphy": None,
        "corp": None,
        "terms": [],
        "missing": {"best": pytest.approx(0.24), "worst": pytest.approx(0.44)},
        "left_out": {"imported": 2},
        "calibration": [{"p": 0.8, "n": 2, "occurred": 1, "expected": [0.5, 1.0]}],
        "interval": None,
        "n_assessments": 5,
        "partly": {"at_0": pytest.approx(0.44), "at_half": pytest.approx(0.77 / 3), "at_1": pytest.approx(0.24)},
        "other_readings": [],
        "groups": [
            {
                "key": "2025",
                "name": "in 2025",
                **{
                    key: value
                    for key, value in as_json(track_record(Sample(judgement="desk"))).items()
                    if key != "groups"
                },
            }
        ],
    }
    assert (record.n_graded, record.n_ended, record.ungraded_share, record.unscored_share) == (
        8,
        12,
        pytest.approx(1 / 3),
        pytest.approx(3 / 4),
    )


def test_the_json_of_a_whole_record_is_json():
    told = json.loads(json.dumps(as_json(track_record(a_sample(cluster_sums=SUMS)))))
    assert told["terms"][2] == {
        "yardstick": PHIA,
        "term": "likely",
        "low": 0.55,
        "high": 0.75,
        "n": 20,
        "occurred": 15,
        "rate": 0.75,
        "wilson": [pytest.approx(0.531, abs=0.0005), pytest.approx(0.888, abs=0.0005)],
        "verdict": "cannot_tell",
    }
    assert told["murphy"] == {
        "reliability": pytest.approx(0.007),
        "resolution": pytest.approx(0.067),
        "uncertainty": pytest.approx(0.24),
    }
    assert list(told["corp"]) == ["mcb", "dsc", "unc"]


def test_shares_of_nothing_are_not_defined():
    record = track_record(Sample(judgement="desk"))
    assert (record.ungraded_share, record.unscored_share) == (None, None)


def test_under_thirty_nothing_is_taken_apart():
    record = track_record(a_sample(scored=(said("likely", 29, 20),)))
    assert (record.murphy, record.corp, record.brier is None) == (None, None, False)


def test_a_negated_term_has_its_own_band_and_the_event_flipped():
    record = track_record(a_sample(scored=(said("likely", 12, 3, negated=True), said("likely", 8, 6))))
    (row,) = record.terms
    assert (row.low, row.high, row.n, row.occurred) == (0.55, 0.75, 20, 15)


def test_the_band_is_that_of_the_word_even_where_a_number_was_named():
    record = track_record(a_sample(scored=(number(0.7, 1, 1, low=0.55, high=0.75, yardstick=PHIA, term="likely"),)))
    assert record.brier_band == Cases(pytest.approx(0.25**2), pytest.approx(0.45**2))


def test_a_band_with_one_end_counts_as_its_number():
    group = number(0.7, 1, 1, low=0.66, yardstick="ipcc-ar5", term="likely")
    record = track_record(a_sample(scored=(group,)))
    assert record.brier_band == Cases(pytest.approx(0.09), pytest.approx(0.09))
    assert [(row.low, row.high) for row in record.terms] == [(0.66, None)]


def test_the_skill_names_each_reference():
    record = track_record(a_sample(previous_base_rate=0.4))
    assert [(each.reference, each.probability) for each in record.skills] == [
        (Reference.BASE_RATE, 0.6),
        (Reference.HALF, 0.5),
        (Reference.PREVIOUS_BASE_RATE, 0.4),
    ]
    assert record.skills[0].value == pytest.approx(0.25)


def test_the_interval_is_by_cluster_with_a_seed():
    expected = cluster_bootstrap(SUMS, seed=SEED).interval
    assert track_record(a_sample(cluster_sums=SUMS)).interval == expected


@pytest.mark.parametrize("sums", [(), SUMS[:4]])
def test_too_few_clusters_have_no_interval(sums):
    record = track_record(a_sample(cluster_sums=sums))
    assert (record.interval, record.is_resampled) == (None, True)


@pytest.mark.parametrize("made", [None, Interval(0.1, 0.2)])
def test_too_many_clusters_have_the_interval_that_was_made_beforehand(made):
    record = track_record(a_sample(cluster_sums=None, interval=made))
    assert (record.interval, record.is_resampled) == (made, made is not None)


def test_partly_is_told_as_nothing_half_and_all():
    unscored = (UnscoredGroup("partly", 0.8, 1), UnscoredGroup("partly", None, 5), UnscoredGroup("void", 0.9, 1))
    record = track_record(Sample(judgement="desk", scored=(number(0.5, 1, 1),), unscored=unscored))
    assert record.partly == PartlySensitivity(
        pytest.approx((0.25 + 0.64) / 2), pytest.approx((0.25 + 0.09) / 2), pytest.approx((0.25 + 0.04) / 2)
    )


def test_where_nothing_was_partly_there_is_nothing_to_tell():
    assert track_record(a_sample(unscored=(UnscoredGroup("void", 0.9, 1),))).partly is None


def test_the_same_words_are_read_by_other_bands():
    groups = (said("likely", 10, 7), said("realistic_possibility", 5, 2), number(0.7, 1, 1))
    readings = {each.yardstick: each for each in track_record(a_sample(scored=groups)).other_readings}
    # "likely" is 55–80 % there, and "realistic possibility" no word of theirs.
    expected = (7 * 0.325**2 + 3 * 0.675**2 + total(0.45, 5, 2) + 0.09) / 16
    assert readings["icd-203"] == OtherReading("icd-203", 10, pytest.approx(expected))
    # One end only, and no such word.
    assert set(readings) == {"icd-203", "stix-wep"}


def test_a_negated_word_is_read_mirrored():
    readings = track_record(a_sample(scored=(said("likely", 10, 2, negated=True),))).other_readings
    expected = (2 * 0.675**2 + 8 * 0.325**2) / 10
    assert readings[0] == OtherReading("icd-203", 10, pytest.approx(expected))


@pytest.mark.parametrize(
    "group",
    [
        said("likely", 10, 7, yardstick="ours"),
        said("highly_likely", 10, 7, yardstick="kent-1964"),
        number(0.7, 1, 1, low=0.55, high=0.75, yardstick=PHIA, term="likely"),
    ],
)
def test_words_of_unknown_yardsticks_and_named_numbers_are_not_read_again(group):
    assert track_record(a_sample(scored=(group,))).other_readings == ()


def test_a_time_averaged_record_has_its_mean_and_no_more():
    scored = tuple(replace(group, brier=group.n * 0.1) for group in VECTOR)
    unscored = (UnscoredGroup("partly", 0.8, 1),)
    record = track_record(a_sample(judgement="average", scored=scored, unscored=unscored, cluster_sums=SUMS))
    assert (record.brier, record.base_rate, record.interval is None) == (pytest.approx(0.1), 0.6, False)
    nothing = (record.brier_band, record.log, record.murphy, record.corp, record.missing, record.partly)
    assert nothing == (None,) * 6
    assert (record.skills, record.terms, record.calibration, record.other_readings) == ((), (), (), ())
    assert as_json(record)["skill"] is None


def test_a_time_averaged_record_of_nothing_has_no_mean():
    assert track_record(Sample(judgement="average")).brier is None


GROUPS = st.lists(
    st.tuples(st.sampled_from(sorted(WORDS)), st.integers(0, 30), st.floats(0, 1), st.booleans()).map(
        lambda row: said(row[0], row[1], int(row[1] * row[2]), negated=row[3])
    ),
    max_size=8,
)
UNSCORED = st.lists(
    st.builds(
        UnscoredGroup,
        st.sampled_from(["partly", "void", "occurred"]),
        st.sampled_from([None, 0.1, 0.65]),
        st.integers(1, 9),
    ),
    max_size=5,
)


@given(GROUPS, UNSCORED, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_changes_nothing(scored, unscored, numbers):
    mixed, others = scored.copy(), unscored.copy()
    numbers.shuffle(mixed)
    numbers.shuffle(others)
    one = track_record(a_sample(scored=tuple(scored), unscored=tuple(unscored)))
    assert track_record(a_sample(scored=tuple(mixed), unscored=tuple(others))) == one


@given(GROUPS, UNSCORED)
def test_the_score_lies_in_its_band_and_the_counts_add_up(scored, unscored):
    record = track_record(a_sample(scored=tuple(scored), unscored=tuple(unscored)))
    assert sum(record.n_unscored.values()) == sum(each.n for each in unscored)
    assert sum(row.n for row in record.terms) == sum(point.n for point in record.calibration) == record.n_scored
    if record.brier is not None:
        assert record.brier_band.best - 1e-9 <= record.brier <= record.brier_band.worst + 1e-9
        assert record.missing.best - 1e-9 <= record.missing.worst
        json.dumps(as_json(record), allow_nan=False)
