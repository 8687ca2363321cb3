"""`manage.py track_record`: the options and the JSON that others rely on, and a table of eighty columns."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from forecasts.services.entries import Chance

NAMES = [
    "n_scored",
    "n_unscored",
    "n_open",
    "n_overdue",
    "brier",
    "brier_band",
    "log",
    "base_rate",
    "skill",
    "murphy",
    "corp",
    "terms",
    "missing",
    "left_out",
    "calibration",
    "interval",
    "n_assessments",
    "partly",
    "other_readings",
    "groups",
]


@pytest.fixture
def run(capsys):
    def call(*arguments):
        call_command("track_record", *arguments)
        return capsys.readouterr().out

    return call


@pytest.fixture
def desk(log, grade):
    """Two forecasts about bridges, of which one came true, and one about roads that was ungradable; one is overdue."""
    grade(log(topics=["Bridges"]))
    grade(log(topics=["Bridges"], made_on=date(2024, 5, 2)), outcome="did_not_occur")
    grade(log(topics=["Roads"], chance=Chance(probability=0.2)), outcome="ungradable")
    log()


def test_json_has_the_names_that_were_agreed_on_and_null_for_what_is_not_defined(db, run):
    said = json.loads(run("--format", "json"))

    assert list(said) == NAMES
    assert (said["n_scored"], said["n_unscored"], said["brier"], said["murphy"], said["terms"], said["groups"]) == (
        0,
        {},
        None,
        None,
        [],
        [],
    )


def test_what_is_scored_is_summed_up(desk, run):
    said = json.loads(run("--format", "json"))

    assert (said["n_scored"], said["n_unscored"], said["n_open"], said["n_overdue"]) == (2, {"ungradable": 1}, 0, 1)
    assert [said["brier"], *said["brier_band"], said["base_rate"]] == pytest.approx([0.2725, 0.1825, 0.3825, 0.5])
    assert said["terms"] == [
        {
            "yardstick": "phia-2025",
            "term": "likely",
            "low": 0.55,
            "high": 0.75,
            "n": 2,
            "occurred": 1,
            "rate": 0.5,
            "wilson": pytest.approx([0.094531, 0.905469], abs=1e-6),
            "verdict": "too_few",
        }
    ]
    assert said["missing"] == {"best": pytest.approx((0.545 + 0.04) / 3), "worst": pytest.approx((0.545 + 0.64) / 3)}


@pytest.mark.parametrize(
    ("by", "parts"),
    [
        ("term", [("phia-2025:likely", "likely", 2)]),
        ("horizon", [("short", "Short term (up to 3 months)", 1), ("long", "Long term (over 12 months)", 1)]),
        ("topic", [("bridges", "Bridges", 2), ("roads", "Roads", 0)]),
        ("author", [("S-1", "Alice", 2)]),
        ("year", [("2024", "2024", 1), ("2025", "2025", 1)]),
    ],
)
def test_it_is_parted_by_what_one_asks_for(desk, run, by, parts):
    groups = json.loads(run("--format", "json", "--by", by))["groups"]

    found = [(group["key"], group["name"], group["n_scored"]) for group in groups]
    assert [each[1:] for each in found] == [each[1:] for each in parts]
    assert by == "author" or found == parts


def test_days_judgement_and_lanes_narrow_it(desk, run):
    assert json.loads(run("--format", "json", "--from", "2025-01-01"))["n_scored"] == 1
    assert json.loads(run("--format", "json", "--to", "2024-12-31"))["n_scored"] == 1
    assert json.loads(run("--format", "json", "--judgement", "average"))["n_scored"] == 2
    assert json.loads(run("--format", "json", "--include", "imported,involved"))["n_scored"] == 2
    with pytest.raises(CommandError, match="“outcast” is none of: imported, involved, retroactive"):
        run("--include", "outcast")


def test_the_table_fits_eighty_columns(desk, run):
    said = run("--by", "topic")

    assert max(map(len, said.splitlines())) <= 80
    assert [" ".join(line.split()) for line in said.splitlines() if line.strip()] == [
        "scored 2",
        "Brier score, 0 best to 1 worst 0.2725",
        "within the bands 0.1825 to 0.3825",
        "had the rest gone one way 0.1950 to 0.3950",
        "logarithmic score, clipped at 0.001 0.7403",
        "base rate 0.5000",
        "skill against base rate -0.0900",
        "skill against half -0.0900",
        "Not scored: ungradable 1.",
        "Open: 0. Overdue: 1. Assessments: 0.",
        "phia-2025 band n came true 95 % verdict",
        "likely 55%–75% 2 50% 9%–91% too few to judge",
        "Topic scored Brier 95 % base rate overdue".replace("Topic", "topic"),
        "Bridges 2 0.2725 too few 0.5000 0",
        "Roads 0 – – – 0",
    ]


def test_words_stand_under_their_yardstick(log, grade, run):
    for yardstick in ("phia-2025", "icd-203"):
        grade(log(chance=Chance(yardstick=yardstick, term="likely")))
    lines = [" ".join(line.split()) for line in run("--by", "term").splitlines()]

    assert [line for line in lines if "likely" in line or "band n" in line] == [
        "icd-203 band n came true 95 % verdict",
        "likely 55%–80% 1 100% 21%–100% too few to judge",
        "phia-2025 band n came true 95 % verdict",
        "likely 55%–75% 1 100% 21%–100% too few to judge",
        "phia-2025:likely 1 0.1225 too few 1.0000 –",
        "icd-203:likely 1 0.1056 too few 1.0000 –",
    ]
