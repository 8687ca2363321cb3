"""`manage.py read` as a program: one JSON object, or one line and exit code 2."""

from __future__ import annotations

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.documents import BRIEFING, pdf, word

TEXT = "The dam\n\nBy Jane Doe\n\n2 May 2025\n\nForecast\n\nShort-term (0-3 months)\n\n- The mill is likely to close.\n"


def run(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("read", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_it_prints_what_the_readers_found(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(str(path)) == {
        "reader_version": "1",
        "text": TEXT,
        "title": "The dam",
        "byline": "Jane Doe",
        "published_on": "2025-05-02",
        "language": "en",
        "summary": [],
        "body": [],
        "credits": [],
        "forecasts": [
            {
                "quote": "The mill is likely to close.",
                "start": TEXT.index("The mill"),
                "end": len(TEXT) - 1,
                "section": "forecast",
                "horizon": "short",
                "horizon_text": "Short-term (0-3 months)",
                "opens_on": "2025-05-02",
                "closes_on": "2025-08-02",
                "yardstick": "phia-2025",
                "term": "likely",
                "term_text": "likely",
                "negated": False,
                "low": 0.55,
                "high": 0.75,
                "probability": None,
                "conditional": None,
                "scenario_group": None,
                "duplicate_of": None,
                "flags": [],
                "rule": "term",
            }
        ],
        "claims": [],
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", word(header="Monitor")), ("a.pdf", pdf(header="Monitor")), ("a", pdf()), ("a.txt", word())],
    ids=["docx", "pdf", "pdf without a name", "docx called txt"],
)
def test_a_word_document_and_a_pdf_give_the_finds_of_the_text(tmp_path, name, data):
    text, document = tmp_path / "briefing.txt", tmp_path / name
    text.write_text(BRIEFING, encoding="utf-8")
    document.write_bytes(data)
    of_text, of_document = run(str(text)), run(str(document))
    for reading in (of_text, of_document):
        del reading["text"]
        for find in (*reading["forecasts"], *reading["claims"]):
            del find["start"], find["end"]
    assert of_document == of_text
    assert (len(of_text["forecasts"]), len(of_text["claims"]), len(of_text["summary"])) == (9, 8, 3)


def test_a_web_page_is_read_for_its_text(tmp_path):
    path = tmp_path / "dam.html"
    path.write_text("<html><body><article><h1>The dam</h1><p>It is likely to hold.</p></article></body></html>")
    assert run(str(path))["text"] == "# The dam\n\nIt is likely to hold.\n"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"%PDF-1.7", "This file is broken, or is not what its name says. Save it anew, or paste its text."),
        ("a.docx", b"text", "This file is broken, or is not what its name says. Save it anew, or paste its text."),
        ("a.txt", b"{\\rtf1 text}", "A rich-text file cannot be read here. Save it as .docx, .pdf, .txt, .md or .html, or paste its text."),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_read_is_refused_in_one_line(tmp_path, name, data, why):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        run(str(path))
    assert (str(refused.value), refused.value.returncode) == (f"cannot read {path}: {why}", 2)


def test_the_given_date_counts_only_where_the_text_has_none(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(str(path), "--published", "2024-01-01")["published_on"] == "2025-05-02"
    path.write_text(TEXT.replace("2 May 2025\n", ""), encoding="utf-8")
    assert run(str(path), "--published", "2024-01-31")["forecasts"][0]["closes_on"] == "2024-04-30"


def test_the_yardstick_can_be_chosen_and_standard_input_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (found,) = run("-", "--yardstick", "icd-203")["forecasts"]
    assert (found["yardstick"], found["low"], found["high"]) == ("icd-203", 0.55, 0.8)


def test_the_terminal_s_encoding_does_not_matter(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text(TEXT.replace("dam", "dåm"), encoding="utf-8")
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    call_command("read", str(path), stdout=stream)
    assert json.loads(raw.getvalue().decode("utf-8"))["title"] == "The dåm"


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (None, [], "cannot read {path}: No such file or directory"),
        (b"", [], "the text is empty"),
        (b" \n\t\n", [], "the text is empty"),
        ("The d\u00e5m".encode("latin-1"), [], "not a UTF-8 text: byte 5 cannot be read"),
        (b"The\x00dam", [], "not a text: it holds control characters"),
        (TEXT.encode(), ["--published", "2025-02-30"], "--published: '2025-02-30' is no date of the form YYYY-MM-DD"),
        (TEXT.encode(), ["--published", "2 May"], "--published: '2 May' is no date of the form YYYY-MM-DD"),
        (
            TEXT.encode(),
            ["--yardstick", "kent"],
            "no yardstick 'kent'; known are phia-2025, icd-203, kent-1964, ipcc-ar5, stix-wep",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, content, arguments, message):
    path = tmp_path / "dam.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        run(str(path), *arguments)
    assert (str(refused.value), refused.value.returncode) == (message.format(path=path), 2)
