"""From an article's text to Markdown, and which words of one text stand in another."""

from pathlib import Path

import pytest
from django.conf import settings

from briefings.documents import Words, plain, to_markdown
from forecasts.reading import document
from sources.reading.parting import read_parts

SAMPLES = sorted((Path(settings.BASE_DIR) / "briefings/samples/texts").glob("*"))


def said(reading):
    return (
        [(each.section, plain(each.quote), each.term, each.closes_on) for each in reading.forecasts],
        [plain(each.quote) for each in reading.claims],
        [plain(each) for each in reading.parts.summary],
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_readers_find_the_same_in_the_markdown_as_in_the_text(path):
    text = path.read_text(encoding="utf-8")

    assert said(document.read(to_markdown(read_parts(text)))) == said(document.read(text))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_making_markdown_of_markdown_changes_nothing(path):
    markdown = to_markdown(read_parts(path.read_text(encoding="utf-8")))

    assert to_markdown(read_parts(markdown)) == markdown


def test_the_parts_of_a_text_get_their_headings_and_bullets(text):
    source = text.undated.replace(
        "The drought has", "Causes:\n\n• Rain failed for years.\n• Dams leak.\n\nThe drought has"
    )

    assert to_markdown(read_parts(source)) == (
        "# The River Alma Runs Dry\n\n"
        "Dana Reed\n\n"
        "## Summary\n\n"
        "- The river is at its lowest since 1990.\n"
        "- Ships wait at the lock.\n\n"
        "### Causes\n\n"
        "- Rain failed for years.\n"
        "- Dams leak.\n\n"
        "The drought has lasted for three summers. Harbour officials estimate that as many as 4,000 workers were displaced,"
        " though the rail union places the figure closer to 1,200 workers displaced.\n\n"
        "## Forecast\n\n"
        "### Short-term (Now - 3 months)\n\n"
        "- The lock at Alma is unlikely to reopen.\n"
        "- It is highly likely that the ferry stops for a week or more.\n\n"
        "### Long-term (>1 year)\n\n"
        "- Rail is likely to take over half of the freight.\n"
    )


def test_a_text_that_is_markdown_already_stays_as_it_is():
    source = "# Title\n\nA body with a [link](https://example.org).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"

    assert to_markdown(read_parts(source)) == source


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("It is **likely** to\n  rain.", "It is likely to rain."),
        (r"5 \* 3 \_and\_ more", "5 3 and more"),
        ("See [the map](https://example.org/a) there.", "See the map there."),
        ("A [bracket] stays.", "A [bracket] stays."),
    ],
)
def test_plain_words_carry_no_marks(markdown, words):
    assert plain(markdown) == words


ORIGIN = "The day is warm. It is likely to rain. Nobody says why; roads will flood. The end."


@pytest.mark.parametrize(
    ("now", "words", "place"),
    [
        ("First. It is likely to rain. Last.", "It is likely to rain.", "It is likely to rain."),
        ("First. It is *likely* to rain. Last.", "It is likely to rain.", "It is *likely* to rain."),
        ("First. Few say that It is likely to rain. Last.", "It is likely to rain.", None),
        ("First. It is likely to rain. Nobody says why; roads will flood.", "roads will flood.", "Nobody says why;"),
        ("First. Nobody says that roads will flood. Last.", "roads will flood.", None),
        ("First. It is likely to rain. Nobody says why; roads will flood.", "rain. Nobody says why;", "It is likely"),
        ("First. Last.", "It is likely to rain.", None),
        ("First. Last.", "", None),
    ],
)
def test_words_stand_in_a_text_where_the_sentences_round_them_are_the_same(now, words, place):
    markdown = f"# A Title\n\n{now}\n"
    parts = read_parts(markdown)

    found = Words(parts).place(words, origin=ORIGIN)

    assert found == (None if place is None else parts.text.index(place))


def test_the_second_place_is_found_where_the_first_does_not_count():
    parts = read_parts("# A Title\n\nNobody thinks roads will flood. At last roads will flood.\n")
    words = Words(parts)

    assert words.place("roads will flood.", origin="At last roads will flood.") == parts.text.index("At last")
