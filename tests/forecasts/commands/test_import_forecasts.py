"""`manage.py import_forecasts`: files, standard input, reports, and a process that is killed half-way."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from forecasts.importing.columns import KNOWN
from forecasts.models import Forecast, ImportBatch, ImportPiece, ImportRow, Judgement, Resolution
from groundwork import roles
from tests.bench.importing import rows, write_csv
from tests.plugins.processes import service_environment
from tests.sheets import workbook

HEADER = "external_id,statement,made_on,closes_on,probability,outcome\n"
GOOD = "X1,The bridge opens.,2025-01-02,2025-06-30,60%,occurred\n"
BAD = "X2,The tunnel opens.,03/04/2025,2025-06-30,60,\n"


@pytest.fixture
def write(tmp_path):
    """`write(text)` is a file with that text."""

    def write(text: str | bytes, name: str = "file.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def run(*arguments: object, code: int = 0) -> list[str]:
    """The lines that the command prints; `code` is how it has to end."""
    out = io.StringIO()
    with pytest.raises(SystemExit) if code else nullcontext() as caught:
        call_command("import_forecasts", *map(str, arguments), stdout=out)
    assert not code or caught.value.code == code
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_right_rows_come_in_and_the_others_are_reported(write, erin):
    path = write(HEADER.replace("outcome", "outcome,colour") + GOOD.replace("\n", ",red\n") + BAD.replace("\n", ",\n"))
    assert run(path, code=2) == [
        "file.csv:3: made_on: “03/04/2025” may mean more than one day, or none. Write it as YYYY-MM-DD.",
        "file.csv:3: probability: “60” could be meant in two ways. Write it as a share (0.6) or with its sign (60%).",
        "file.csv: This column is not known here and was left out: colour.",
        f"Import {ImportBatch.objects.get().pk}, file.csv: 2 rows; 1 forecasts, 1 judgements, 1 outcomes.",
        "1 rows were left out.",
    ]
    assert Forecast.objects.get().recorded_by == erin


@pytest.mark.django_db
def test_check_only_reports(write, stored, erin):
    path = write(HEADER + GOOD + BAD + GOOD)
    before = stored()
    assert run(path, "--check", code=2) == [
        "file.csv:3: made_on: “03/04/2025” may mean more than one day, or none. Write it as YYYY-MM-DD.",
        "file.csv:3: probability: “60” could be meant in two ways. Write it as a share (0.6) or with its sign (60%).",
        "file.csv:4: It repeats line 2.",
        "file.csv: 3 rows, 1 of them right.",
    ]
    assert stored() == before
    run(write(HEADER + GOOD))
    assert run(path.with_name("file.csv"), "--check") == ["file.csv: 1 rows, 1 of them right; 1 were there already."]


@pytest.mark.django_db
def test_a_check_needs_nobody(write):
    assert run(write(HEADER + GOOD), "--check") == ["file.csv: 1 rows, 1 of them right."]


@pytest.mark.django_db
def test_an_import_needs_an_editor(write, alice):
    path = write(HEADER + GOOD)
    with pytest.raises(CommandError, match="There is no editor’s or administrator’s account yet") as caught:
        run(path)
    assert caught.value.returncode == 2
    with pytest.raises(CommandError, match=r"alice@example\.org is no editor’s account"):
        run(path, "--by", "alice@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
def test_all_kinds_of_files_bring_the_same(write, erin, kind):
    made = list(rows(10, name="x"))
    if kind == "csv":
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, KNOWN, delimiter=";")
        writer.writeheader()
        writer.writerows(made)
        path = write(text.getvalue())
    elif kind == "jsonl":
        path = write("\n".join(map(json.dumps, made)), "file.jsonl")
    else:
        days = {"made_on", "opens_on", "closes_on", "known_on"}
        cells = [
            [date.fromisoformat(row[name]) if name in days and row.get(name) else row.get(name, "") for name in KNOWN]
            for row in made
        ]
        path = write(workbook([KNOWN, *cells]), "file.xlsx")
    assert run(path)[-1].endswith(": 10 rows; 8 forecasts, 10 judgements, 4 outcomes.")


@pytest.mark.django_db
def test_standard_input_is_a_file_like_any_other(erin, monkeypatch):
    class Stdin:
        buffer = io.BytesIO((HEADER + GOOD).encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert run("-")[-1].endswith(", standard input: 1 rows; 1 forecasts, 1 judgements, 1 outcomes.")


@pytest.mark.django_db
def test_the_same_file_changes_nothing_twice(write, erin):
    path = write(HEADER + GOOD)
    run(path)
    assert run(path)[-1].endswith(": 1 rows; 0 forecasts, 0 judgements, 0 outcomes; 1 were there already.")
    assert run(path, "--source", "Rivers Institute")[-1].endswith(": 1 rows; 1 forecasts, 1 judgements, 1 outcomes.")


@pytest.mark.django_db
def test_an_import_is_undone_by_its_number(write, erin, bob):
    from forecasts.services import judging
    from forecasts.services.entries import Chance
    from forecasts.services.judging import start_of_day

    run(write(HEADER + GOOD.replace("occurred", "")))
    number = ImportBatch.objects.get().pk
    forecast = Forecast.objects.get()
    judging.judge(forecast, chance=Chance(probability=0.1), by=bob, at=start_of_day(forecast.closes_on, "UTC"))
    out = io.StringIO()
    with pytest.raises(CommandError, match="Something rests on what this file brought in"):
        call_command("import_forecasts", "--undo", str(number), stdout=out)
    assert out.getvalue() == (
        f"file.csv:2: {forecast.reference}: {forecast.reference} has been judged again since."
        " An editor can declare it void.\n"
    )
    run(write(HEADER + GOOD, "other.csv"), "--source", "Rivers Institute")
    other = ImportBatch.objects.latest("pk")
    assert run("--undo", other.pk, "--why", "the wrong file") == [f"Import {other.pk} is undone."]
    with pytest.raises(CommandError, match="There is no import 0"):
        run("--undo", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["file.csv", "--undo", "1"]])
def test_it_wants_a_file_or_an_import(arguments):
    with pytest.raises(CommandError, match="Name a file, or with --undo an import"):
        run(*arguments)


@pytest.mark.django_db
def test_a_file_that_is_no_table_is_refused_with_a_reason(write, erin, stored):
    with pytest.raises(CommandError, match=r"cannot read nowhere\.csv: No such file or directory"):
        run("nowhere.csv")
    before = stored()
    for text, reason in (("", "The file is empty"), ("colour\nred", "no column statement"), (HEADER, "no row below")):
        with pytest.raises(CommandError, match=reason) as caught:
            run(write(text))
        assert caught.value.returncode == 2
    assert stored() == before


# --- Killed ---------------------------------------------------------------------------------------------------------


def kept() -> tuple[int, ...]:
    counted = [model.objects.count() for model in (Forecast, Judgement, Resolution)]
    return (*counted, ImportRow.objects.filter(state="imported").count(), ImportPiece.objects.count())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phase", ["reading", "importing"])
def test_a_process_that_is_killed_half_way_is_gone_on_with_and_nothing_is_there_twice(tmp_path, erin, phase):
    path = write_csv(tmp_path / "all.csv", 6_000)
    command = [sys.executable, "manage.py", "import_forecasts", str(path)]
    environment = service_environment(roles.OWNER)
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL) as process:
        wait_until(process, lambda: half_way(phase))
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    left = ImportBatch.objects.get()
    assert left.done_at is None
    before = kept()

    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"Going on with import {left.pk} of this file, which was not finished.\n"
    assert before < (4_800, 6_000, 2_400)
    assert kept() == (4_800, 6_000, 2_400, 6_000, 0)
    left.refresh_from_db()
    assert (left.forecasts, left.judgements, left.resolutions, left.done) == (4_800, 6_000, 2_400, 6_000)
    assert Judgement.objects.values("forecast", "forecaster", "made_at").distinct().count() == 6_000


def half_way(phase: str) -> bool:
    batch = ImportBatch.objects.first()
    if batch is None:
        return False
    return 0 < (batch.read if phase == "reading" else batch.done) < batch.total


def wait_until(process: subprocess.Popen, happened) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert process.poll() is None, "It was faster than this test."
        assert time.monotonic() < deadline
        time.sleep(0.01)
