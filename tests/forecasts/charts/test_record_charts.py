"""The charts of a track record: words and their bands, calibration, and the score by year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasts.charts.calibration import calibration_chart
from forecasts.charts.over_time import over_time_chart
from forecasts.charts.terms import band_of, term_chart, term_name
from forecasts.scoring.calibration import calibration
from forecasts.scoring.cells import Cells
from forecasts.scoring.hits import TermCount, hit_table
from forecasts.scoring.record import Group, track_record
from forecasts.scoring.sample import Sample, ScoredGroup
from forecasts.services import drawing

PHIA = "phia-2025"


def data_of(chart, field: str) -> list:
    """What the layers draw, as the values of one field."""
    layers = chart.spec(720)["layer"]
    return [row[field] for layer in layers for row in layer["data"]["values"] if field in row]


@pytest.fixture
def hits():
    """`hits(likely=(20, 15, 7))` are rows of the hit table: n, how many came true, clusters."""

    def make(**counts):
        bands = {"unlikely": (0.25, 0.35), "likely": (0.55, 0.75), "remote_chance": (0.0, 0.05)}
        rows = [TermCount(PHIA, term, *bands[term], n, occurred) for term, (n, occurred, _) in counts.items()]
        return hit_table(rows, {(PHIA, term): clusters for term, (_, _, clusters) in counts.items()})

    return make


@pytest.fixture
def year():
    """`year(2024, 12, 7)` is a year of so many forecasts at 65 %, of which so many occurred, each a cluster."""

    def make(name, n, occurred):
        group = ScoredGroup(PHIA, "likely", False, 0.55, 0.75, 0.65, n, occurred, 0.0)
        sums = tuple((0.1225 if place < occurred else 0.4225, 1, int(place < occurred)) for place in range(n))
        sample = Sample(judgement="desk", scored=(group,) if n else (), cluster_sums=sums)
        return Group(key=str(name), name=str(name), record=track_record(sample))

    return make


# --- Word by word ---------------------------------------------------------------------------------------------------


def test_a_word_has_its_band_its_interval_and_its_rate(hits):
    chart = term_chart(hits(likely=(20, 15, 7), unlikely=(4, 1, 2)), csv_url="/terms.csv")
    assert data_of(chart, "word") == ["unlikely", "likely"] * 2
    assert data_of(chart, "said") == ["1 of 4: too few", "15 of 20: cannot tell"] * 2
    assert data_of(chart, "x") == [0.25, 0.55, 0.0456, 0.5313, 0.25, 0.75]
    assert data_of(chart, "to") == [0.35, 0.75, 0.6994, 0.8881]
    # Hollow where there are too few.
    assert data_of(chart, "fill") == ["var(--surface)", "var(--ink)"]


def test_the_words_are_made_from_the_same_numbers(hits):
    chart = term_chart(hits(likely=(20, 15, 7), remote_chance=(30, 9, 9), unlikely=(4, 1, 2)), csv_url="/terms.csv")
    assert chart.words.replace("\N{NO-BREAK SPACE}", " ") == (
        "“remote chance” (over 0 to 5 %) came true 9 of 30 times, 30 % (17–48 %): happened more often than the word "
        "promises. “likely” (55–75 %) came true 15 of 20 times, 75 % (53–89 %): compatible, cannot tell. 1 word was "
        "used too seldom to be judged: under 10 forecasts, or under 5 that do not hang together."
    )


def test_each_of_several_yardsticks_is_named_once_above_its_words(hits):
    unlikely, likely = hits(unlikely=(4, 1, 2), likely=(20, 15, 7))
    chart = term_chart([unlikely, likely, replace(likely, yardstick="ours")], csv_url="/terms.csv")
    assert data_of(chart, "yardstick") == ["PHIA Probability Yardstick", "ours"]
    assert data_of(chart, "y")[:5] == pytest.approx([0.3, 2.9, 0.88, 1.88, 3.48])
    assert chart.spec(340)["height"] == round(44 * 4.2)
    assert chart.words.startswith("PHIA Probability Yardstick: “likely”")
    assert " ours: “likely”" in chart.words


def test_one_yardstick_goes_without_saying(hits):
    chart = term_chart(hits(likely=(20, 15, 7)), csv_url="/terms.csv")
    assert data_of(chart, "yardstick") == []
    assert chart.words.startswith("“likely”")


@pytest.mark.parametrize(
    ("yardstick", "term", "name"),
    [(PHIA, "remote_chance", "remote chance"), ("ours", "quite_sure", "quite sure"), (PHIA, "no_such", "no such")],
)
def test_a_term_goes_by_its_first_word(yardstick, term, name):
    assert term_name(yardstick, term) == name


def test_a_band_that_is_no_longer_the_terms_own_stands_as_it_was(hits):
    (row,) = hits(remote_chance=(1, 0, 1))
    assert band_of(replace(row, high=0.1)).replace("\N{NO-BREAK SPACE}", " ") == "0–10 %"
    assert band_of(replace(row, yardstick="ours")).replace("\N{NO-BREAK SPACE}", " ") == "0–5 %"


def test_without_words_there_is_no_chart():
    assert term_chart([], csv_url="") is None


# --- Calibration ----------------------------------------------------------------------------------------------------


@pytest.fixture
def points():
    return calibration(Cells.of_rows([(0.3, 10, 2), (0.45, 10, 4), (0.65, 20, 15), (0.85, 10, 3)]))


def test_a_dot_is_as_large_as_it_has_forecasts_and_stands_over_what_is_expected(points):
    chart = calibration_chart(points, csv_url="/calibration.csv")
    assert data_of(chart, "n") == ["10", "10", "20", "10"] * 2
    assert data_of(chart, "size") == [215, 215, 400, 215] * 2
    assert data_of(chart, "high") == [point.expected.high for point in points]


def test_dots_outside_are_told(points):
    words = calibration_chart(points, csv_url="").words.replace("\N{NO-BREAK SPACE}", " ")
    assert words == (
        "1 of 4 dots lies outside the range in which nine in ten would if each probability were right. "
        "Of 10 at 85 %, 3 happened (30 %); expected: 70–100 %."
    )


def test_where_all_lie_inside_it_says_so(points):
    words = calibration_chart(points[:3], csv_url="").words
    assert words == "Every dot lies in the range in which nine in ten would if each probability were right."


def test_many_probabilities_are_put_together_by_tenths():
    many = calibration(Cells.of_rows([(place / 100, 2, 1) for place in range(40)]))
    chart = calibration_chart(many, csv_url="")
    assert data_of(chart, "n") == ["20"] * 8
    assert chart.words.startswith("Probabilities are put together by tenths.")


def test_under_ten_forecasts_there_is_no_plot():
    assert calibration_chart(calibration(Cells.of_rows([(0.3, 9, 3)])), csv_url="") is None


# --- Over time ------------------------------------------------------------------------------------------------------


def test_a_year_has_its_score_its_interval_and_the_base_rates(year):
    chart = over_time_chart([year(2025, 20, 10), year(2024, 4, 2)], csv_url="")
    record = year(2025, 20, 10).record
    assert (round(record.brier, 4), record.skills[0].reference_brier) == (0.2725, 0.25)
    layers = {layer["mark"]["type"]: layer["data"]["values"] for layer in chart.spec(720)["layer"]}
    assert [(row["y"], row["fill"]) for row in layers["point"]] == [
        (0.2725, "var(--surface)"),
        (0.2725, "var(--series-1)"),
    ]
    rules = [layer["data"]["values"] for layer in chart.spec(720)["layer"] if layer["mark"]["type"] == "rule"]
    half, base_rates, intervals = rules
    assert half == [{"y": 0.25}]
    assert [(row["x"], row["to"], row["y"]) for row in base_rates] == [(-0.5, 0.5, 0.25), (0.5, 1.5, 0.25)]
    assert [(row["x"], row["y"], row["high"]) for row in intervals] == [
        (1, round(record.interval.low, 4), round(record.interval.high, 4))
    ]


def test_years_in_words(year):
    words = over_time_chart([year(2024, 4, 2), year(2025, 3, 3), year(2026, 0, 0)], csv_url="").words
    assert words == (
        "0 is best; whoever always says 50 % scores 0.25. 2024: 0.273 of 4. 2025: 0.123 of 3. "
        "2 years have no interval: too few forecasts, or they hang together."
    )


def test_one_year_is_no_time(year):
    assert over_time_chart([year(2024, 12, 7), year(2025, 0, 0)], csv_url="") is None


def test_a_narrow_chart_of_many_years_leaves_out_the_counts(year):
    chart = over_time_chart([year(2000 + place, 12, 7) for place in range(9)], csv_url="")
    texts = [
        len([layer for layer in chart.spec(width)["layer"] if layer["mark"]["type"] == "text"]) for width in (720, 340)
    ]
    assert texts == [3, 2]


# --- Drawn ----------------------------------------------------------------------------------------------------------


def test_the_engine_draws_them(hits, points, year):
    charts = [
        term_chart(hits(likely=(20, 15, 7)), csv_url=""),
        calibration_chart(points, csv_url=""),
        over_time_chart([year(2024, 4, 2), year(2025, 20, 10)], csv_url=""),
    ]
    for chart in charts:
        assert drawing.svg_of(chart.spec(chart.widths[1])).startswith("<svg")
