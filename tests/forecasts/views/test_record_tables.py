"""The tables of a track record, on the page and as CSV."""

from __future__ import annotations

import csv

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


def table_of(*groups, only_with_interval):
    return groups_table(
        "author",
        groups,
        caption="By author",
        heading="author",
        narrow=lambda each: {"author": each.key},
        open_rows=lambda narrowed: "?" + "&".join(f"{name}={value}" for name, value in narrowed.items()),
        open_record=lambda _narrowed: "",
        only_with_interval=only_with_interval,
    )


def lines(table):
    text = b"".join(table.as_csv().streaming_content).decode()
    return list(csv.DictReader(text.splitlines()))


def test_what_happened_is_counted_and_opens_its_rows(group):
    ((_, scored, happened, share, *_),) = table_of(group("Alice", 12, 6, 6), only_with_interval=False).rows
    assert [(cell.text, cell.url) for cell in (scored, happened)] == [
        ("12", "?author=alice&record=scored"),
        ("6", "?author=alice&record=scored&outcome=occurred"),
    ]
    assert (share.text, share.url) == ("50\N{NO-BREAK SPACE}%", "")


def test_of_too_few_the_page_shows_neither_score_nor_interval(group):
    table = table_of(group("Alice", 9, 6, 9), only_with_interval=False)
    assert [cell.text for cell in table.rows[0][4:6]] == ["too few to judge", "–"]
    assert lines(table)[0]["Brier score"] != ""


@pytest.mark.parametrize(
    ("n", "clusters", "shown"),
    [(9, 9, ["too few to judge", "–"]), (12, 4, ["–", "no interval"]), (0, 1, ["–", "–"])],
)
def test_where_people_are_compared_no_score_stands_without_its_interval(group, n, clusters, shown):
    table = table_of(group("Alice", n, n // 2, clusters), only_with_interval=True)
    assert [cell.text for cell in table.rows[0][4:6]] == shown
    (line,) = lines(table)
    assert [line[name] for name in ("Brier score", "95 % interval, low", "95 % interval, high")] == ["", "", ""]


def test_with_its_interval_it_does_and_the_csv_has_both_ends(group):
    alice = group("Alice", 12, 6, 6)
    (line,) = lines(table_of(alice, only_with_interval=True))
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
