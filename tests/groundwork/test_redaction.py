"""Finding words again, and what stands in their place."""

from __future__ import annotations

from datetime import date

import pytest

from groundwork.redaction import Finder, fitting, in_strings, is_marked, is_telling, marker, masked, postgres_pattern

DAY = date(2026, 3, 1)
SAID = "The lock at Alma’s mouth is unlikely to reopen."


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        SAID.upper(),
        "the  lock\nat **Alma's** mouth is _unlikely_ to reopen",
        "<p>The lock at Alma&#x27;s mouth is unlikely to&nbsp;reopen</p>",
        "He said “The lock at Alma’s mouth is unlikely to reopen”; nobody else did.",
        "Graded: The lock at Alma’s mouth is unli…",
        "Graded: The lock at Alma’s…",
    ],
)
def test_a_passage_is_found_however_it_is_written(text):
    assert Finder([SAID]).finds(text)


@pytest.mark.parametrize(
    "text",
    ["The lock at Alma’s mouth is likely to reopen.", "The lock at Alma’s mouth is unlikely", "Clock at Alma", ""],
)
def test_what_only_begins_like_it_is_another(text):
    assert not Finder([SAID]).finds(text)


def test_a_word_is_not_found_within_another():
    assert Finder(["Ann"]).replaced("Ann and Annual, Ann_ and ann-e", lambda _found: "X") == "X and Annual, X_ and X-e"


def test_without_passages_nothing_is_found():
    assert Finder([]).replaced("anything", lambda _found: "X") == "anything"


def test_a_mask_keeps_length_and_lines_and_says_why():
    text = "A first line of the text that is long enough\nand a second one"
    cover = masked(text, on=DAY)
    assert (len(cover), cover.index("\n")) == (len(text), text.index("\n"))
    assert cover.startswith("[Redacted on 2026-03-01 for a legal reason")
    assert masked("The lock is unlikely to reopen", on=DAY) == "[Redacted on 2026-03-01]██ ███"
    assert masked("The lock opens", on=DAY) == "[Redacted]████"
    assert masked("short", on=DAY) == "█████"
    assert masked("", on=DAY) == ""


def test_the_marker_fits_or_is_one_word():
    assert fitting(DAY, longest=None) == marker(DAY) == "Redacted on 2026-03-01 for a legal reason."
    assert fitting(DAY, longest=42) == marker(DAY)
    assert fitting(DAY, longest=41) == "Redacted"
    assert all(map(is_marked, [marker(DAY), f"[{marker(DAY)[:-1]}]", "Redacted"]))
    assert not is_marked("Redacted minutes were published.")


def test_four_words_tell_a_passage_from_others_and_a_marker_never_does():
    assert is_telling("Ships wait out there")
    assert not is_telling("Ships wait")
    assert not is_telling(marker(DAY))


def test_texts_inside_json_are_changed_wherever_they_stand():
    value = {"a": ["b", {"c": "b"}], "n": 1, "none": None, "b": True}
    assert in_strings(value, lambda text: text.replace("b", "x")) == {
        "a": ["x", {"c": "x"}],
        "n": 1,
        "none": None,
        "x": True,
    }


@pytest.mark.parametrize(
    "text", [SAID, "the LOCK at\\nAlma’s mouth is", "The **lock** at Alma&rsquo;s", "…lock at Alma…"]
)
def test_the_database_finds_at_least_what_the_finder_finds(text, db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~* %s", [text, postgres_pattern([SAID])])
        assert cursor.fetchone()[0] == ("the" in text.lower().split("lock")[0])


def test_letters_beyond_ascii_are_found_in_texts_and_in_bytes(db):
    from django.db import connection

    pattern = postgres_pattern(["Der Fluß fällt weiter"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s ~* %s, encode(%s, 'escape') ~* %s",
            ["der fluß FÄLLT weiter", pattern, "Der Fluß fällt weiter".encode(), pattern],
        )
        assert cursor.fetchone() == (True, True)
