"""`manage.py reading_stats`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import ForecastSuggestion
from forecasts.services import intake
from sources.services import deciding
from tests.factories import BRIEFING


class Terminal(StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def read(alice, now):
    """The finds of a briefing: four forecasts and three claims, and the last forecast dismissed."""
    new = intake.NewText(text=BRIEFING, origin="pasted")
    finds = intake.bring_in(new, by=alice, at=now).article.forecastsuggestions.order_by("start")
    deciding.dismiss(finds.last(), by=alice, at=now)


@pytest.fixture
def decided(read, alice, now):
    """Twelve more of another rule, all of them accepted, and one by hand."""
    find = ForecastSuggestion.objects.first()
    more = [("an_older_rule", 12), ("by_hand", 1)]
    ForecastSuggestion.objects.bulk_create(
        ForecastSuggestion(
            article=find.article, start=5000 + 10 * number, end=5009 + 10 * number, quote="A find.", rule=rule,
            reader_version="0", section="body", found=find.found, decision="accepted", decided_by=alice, decided_at=now,
        )
        for at, (rule, count) in enumerate(more)
        for number in range(100 * at, 100 * at + count)
    )  # fmt: skip


def printed(*arguments: str, stream: StringIO | None = None) -> str:
    out = stream or StringIO()
    call_command("reading_stats", *arguments, stdout=out)
    return out.getvalue()


def row(text: str, rule: str) -> list[str]:
    """The numbers of a rule's line in the table."""
    (line,) = [line for line in text.splitlines() if line.split()[:1] == [rule]]
    return line.split()[1:10]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing has been found yet.\n"),
        (["--kind", "claim"], "No find lies within these limits.\n"),
        (["--version", "1"], "No find lies within these limits.\n"),
        (["--since", "2026-01-01"], "No find lies within these limits.\n"),
    ],
)
def test_nothing_found_is_said_plainly(arguments, said):
    assert printed(*arguments) == said


def test_the_table_has_a_row_for_each_rule_and_what_it_means(decided):
    text = printed("--kind", "forecast")

    assert row(text, "term") == ["4", "3", "0", "0", "0", "0", "1", "–", "–"]
    assert row(text, "scenario") == ["0", "0", "0", "0", "0", "0", "0", "–", "–"]
    assert row(text, "an_older_rule") == ["12", "0", "12", "0", "0", "0", "0", "100%", "100%"]
    assert row(text, "by_hand") == ["1", "0", "1", "0", "0", "0", "0", "–", "–"]
    assert "an explicit chance without a term" in text
    assert text.splitlines()[-2:] == [
        "",
        "kept, as found: shares of those decided; – where fewer than 10 are",
    ]
    assert "Of 13 that were kept, 1 had to be added by hand: the rules missed 7.7%." in text.splitlines()
    assert "Claims" not in text


def test_in_a_terminal_of_80_columns_no_line_is_longer(decided, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")  # for which rich takes 80 columns
    lines = printed(stream=Terminal()).splitlines()

    assert max(map(len, lines)) <= 80
    assert [line.split() for line in lines if line.startswith("participle_of_noun")] == [["participle_of_noun", *"0000000", "–", "–"]]  # fmt: skip


def test_json_is_one_object_with_shares_from_0_to_1(decided):
    document = json.loads(printed("--format", "json"))
    rules = {(item["kind"], item["rule"]): item for item in document.pop("rules")}

    assert document == {
        "kind": None,
        "version": None,
        "since": None,
        "found": 20,
        "missed": {
            "forecast": {"kept_by_hand": 1, "kept": 13, "share": 0.077, "too_few": False},
            "claim": {"kept_by_hand": 0, "kept": 0, "share": None, "too_few": True},
        },
    }
    assert rules["forecast", "term"] == {
        "kind": "forecast",
        "rule": "term",
        "means": "a term of the yardstick in use, about what is still to come",
        "example": "The mill is likely to close.",
        "found": 4,
        "pending": 3,
        "accepted": 0,
        "edited": 0,
        "folded": 0,
        "split": 0,
        "dismissed": 1,
        "decided": 1,
        "kept": 0,
        "kept_as_found": 0,
        "kept_share": 0.0,
        "as_found_share": 0.0,
        "too_few": True,
    }
    older = rules["forecast", "an_older_rule"]
    assert (older["means"], older["example"], older["kept_share"], older["too_few"]) == (None, None, 1.0, False)


def test_json_says_within_which_limits_it_counted(decided):
    arguments = ["--kind", "forecast", "--version", "0", "--since", "2020-01-01"]
    document = json.loads(printed("--format", "json", *arguments))

    assert [document[name] for name in ("kind", "version", "since", "found")] == ["forecast", "0", "2020-01-01", 13]
    assert {item["kind"] for item in document["rules"]} == {"forecast"}


@pytest.mark.django_db
def test_json_of_nothing_is_the_same_object():
    document = json.loads(printed("--format", "json"))
    assert (document["found"], {item["found"] for item in document["rules"]}) == (0, {0})


@pytest.mark.parametrize("arguments", [["--kind", "figure"], ["--since", "May"], ["--format", "csv"]])
def test_what_it_does_not_know_is_refused(arguments):
    with pytest.raises(CommandError):
        printed(*arguments)
