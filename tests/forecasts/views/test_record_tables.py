"""The tables of a track record, on the page and as CSV."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from forecasts.scoring.calibration import calibration
from forecasts.scoring.cells import Cells
from forecasts.scoring.record import Group, track_record
from forecasts.scoring.sample import Sample, ScoredGroup
from forecasts.views.record_tables import calibration_table, groups_table


@pytest.fixture
def group():
    """`group("Alice", n, occurred, clusters)` is a part of so many forecasts at 65 %."""

    def make(name, n, occurred, clusters):
        scored = (ScoredGroup("phia-2025", "likely", False, 0.55, 0.75, 0.65, n, occurred, 0.0),)
        sums = tuple((0.2, n // clusters, 1) for _ in range(clusters))
        sample = Sample(judgement="desk", scored=scored, n_clusters=clusters, cluster_sums=sums)
        return Group(key=name.lower(), name=name, record=track_record(sample))

    return make


def table_of(*groups):
    return groups_table(
        "author",
        groups,
        caption="By author",
        heading="author",
        narrow=lambda each: {"author": each.key},
        open_rows=lambda narrowed: "?" + "&".join(f"{name}={value}" for name, value in narrowed.items()),
        open_record=lambda _narrowed: "",
    )


def lines(table):
    text = b"".join(table.as_csv().streaming_content).decode()
    return list(csv.DictReader(text.splitlines()))


def test_what_happened_is_counted_and_opens_its_rows(group):
    ((_, scored, happened, share, *_),) = table_of(group("Alice", 12, 6, 6)).rows
    assert [(cell.text, cell.url) for cell in (scored, happened)] == [
        ("12", "?author=alice&record=scored"),
        ("6", "?author=alice&record=scored&outcome=occurred"),
    ]
    assert (share.text, share.url) == ("50\N{NO-BREAK SPACE}%", "")


@pytest.mark.parametrize(
    ("n", "clusters", "shown"),
    [(9, 9, ["0.289", "too few to judge"]), (12, 4, ["0.273", "no interval"]), (0, 1, ["–", "–"])],
)
def test_beside_a_score_without_an_interval_stands_why(group, n, clusters, shown):
    assert [cell.text for cell in table_of(group("Bridges", n, n // 2, clusters)).rows[0][4:6]] == shown


def test_beside_one_whose_interval_is_not_made_yet_stands_that_it_is_being(group):
    bridges = group("Bridges", 12, 6, 6)
    waiting = replace(bridges, record=replace(bridges.record, interval=None, is_resampled=False))
    assert [cell.text for cell in table_of(waiting).rows[0][4:6]] == ["0.273", "being worked out"]


@pytest.mark.parametrize(("n", "clusters", "why"), [(9, 9, "too few to judge"), (12, 4, "no interval"), (0, 1, "–")])
def test_where_people_are_compared_no_score_stands_without_its_interval(group, n, clusters, why):
    alice = group("Alice", n, n // 2, clusters)
    assert not alice.record.is_comparable
    table = table_of(replace(alice, record=alice.record.without_score()))
    assert [cell.text for cell in table.rows[0][4:6]] == ["–", why]
    (line,) = lines(table)
    assert [line[name] for name in ("Brier score", "95 % interval, low", "95 % interval, high")] == ["", "", ""]


def test_with_its_interval_it_does_and_the_csv_has_both_ends(group):
    alice = group("Alice", 12, 6, 6)
    assert alice.record.is_comparable
    (line,) = lines(table_of(alice))
    assert line == {
        "author": "Alice",
        "scored": "12",
        "happened": "6",
        "share": "0.5",
        "Brier score": str(alice.record.brier),
        "95 % interval, low": str(alice.record.interval.low),
        "95 % interval, high": str(alice.record.interval.high),
        "not graded": "0",
    }


def test_the_expected_range_is_two_numbers_too():
    points = calibration(Cells.of_rows([(0.5, 10, 5)]))
    (line,) = lines(calibration_table(points, lambda _narrowed: ""))
    assert (line["expected, 90 %, low"], line["expected, 90 %, high"]) == ("0.2", "0.8")
