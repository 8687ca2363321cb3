"""Rows out of files of any of the three kinds, and files that are none."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import TableRefused
from sources.importing import tables, workbooks
from sources.importing.cells import cell_text, cleaned
from sources.importing.tables import RawRow, read_table
from tests.sheets import workbook

KNOWN = ("statement", "made_on", "topics")
NEEDED = ("statement", "made_on")
HEADER = "statement,made_on,topics\n"


def table(data: bytes | str, filename: str = "file.csv") -> tables.Table:
    raw = data if isinstance(data, bytes) else data.encode()
    return read_table(io.BytesIO(raw), filename=filename, known=KNOWN, needed=NEEDED)


def rows(data: bytes | str, filename: str = "file.csv") -> list[RawRow]:
    return list(table(data, filename).rows)


def refusal(data: bytes | str, filename: str = "file.csv") -> tuple[str, str]:
    with pytest.raises(TableRefused) as caught:
        rows(data, filename)
    return caught.value.code, str(caught.value.message)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_from_the_first_line(delimiter):
    text = delimiter.join(["statement", "made_on", "topics"]) + "\n" + delimiter.join(["A, or; B", "2025-01-01", ""])
    quoted = text.replace("A, or; B", '"A, or; B"')
    assert rows(quoted) == [RawRow(2, {"statement": "A, or; B", "made_on": "2025-01-01"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding):
    assert rows(f"{HEADER}Überschwemmung,2025-01-01,\n".encode(encoding)) == [
        RawRow(2, {"statement": "Überschwemmung", "made_on": "2025-01-01"})
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_are_counted_where_they_begin(ending):
    text = ending.join(["", "statement,made_on", '"Two', 'lines",2025-01-01', "", "Next,2025-01-02", ""])
    assert rows(text) == [
        RawRow(3, {"statement": "Two\nlines", "made_on": "2025-01-01"}),
        RawRow(6, {"statement": "Next", "made_on": "2025-01-02"}),
    ]


def test_headings_are_known_by_their_words_and_the_others_are_named():
    read = table("Made on, STATEMENT ,colour,Made-On?\n2025-01-01,A,red,x\n")
    assert list(read.rows) == [RawRow(2, {"made_on": "2025-01-01", "statement": "A"})]
    assert list(read.unknown) == ["colour", "made_on?"]


def test_a_row_with_too_few_or_too_many_cells_is_at_fault_as_a_whole():
    found = [row.faults for row in rows(HEADER + "A,2025-01-01\nB,2025-01-01,x,y\nC,2025-01-01,x,,\n,,\n")]
    assert found == [
        (("", "It has 2 cells where the first line has 3."),),
        (("", "It has 4 cells where the first line has 3."),),
        (),
    ]


def test_what_a_download_escaped_is_taken_back_and_a_formula_is_none_of_ours():
    found = rows(HEADER + "'=1+1 holds,2025-01-01,\n=1+1,2025-01-01,\n'quoted',2025-01-01,\n")
    assert [(row.cells["statement"], row.faults) for row in found] == [
        ("=1+1 holds", ()),
        ("=1+1", (("statement", "It is a formula. Save the file with values in the place of formulas."),)),
        ("'quoted'", ()),
    ]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("#REF!", "It is an error of the spreadsheet."),
        ("a\x00b", "It holds control characters or half characters."),
        ("lost \N{REPLACEMENT CHARACTER}", "Letters of it have been lost (“�”)."),
        ("x" * 20_001, "It is longer than 20000 characters."),
    ],
)
def test_a_cell_that_cannot_be_stored_is_at_fault(cell, reason):
    assert rows(f"{HEADER}{cell},2025-01-01,\n")[0].faults == (("statement", reason),)


def test_a_quotation_mark_that_never_closes_costs_its_row():
    assert [row.faults for row in rows(HEADER + 'A,2025-01-01,\n"B,2025-01-01,\nC,2025-01-01,\n')] == [
        (),
        (("", "It has 1 cells where the first line has 3."),),
    ]


def test_a_cell_beyond_what_csv_can_hold_costs_its_row_alone():
    found = rows(HEADER + f"{'x' * 200_000},2025-01-01,\nC,2025-01-01,\n")
    assert [(row.line, bool(row.faults)) for row in found] == [(2, True), (3, False)]


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "file.csv", "empty"),
        (b" \n\n", "file.csv", "empty"),
        (b"colour\nred\n", "file.csv", "no_columns"),
        (b"statement,made_on,Statement\n", "file.csv", "columns_twice"),
        ("statement,made_on\nÄ,1\n".encode("latin-1"), "file.csv", "not_text"),
        (b"\xd0\xcf\x11\xe0rest", "old.xls", "unsupported_type"),
        (b"statement,made_on\n", "false.xlsx", "unsupported_type"),
        (b"PK\x03\x04 and no more", "file.xlsx", "broken"),
    ],
)
def test_a_file_of_which_no_row_could_be_read_rightly_is_refused(data, filename, code):
    assert refusal(data, filename)[0] == code


def test_a_huge_file_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 10)
    assert refusal(HEADER)[0] == "too_large"


# --- JSON lines -----------------------------------------------------------------------------------------------------


def test_objects_are_rows_and_their_lists_are_cells_with_semicolons():
    read = table('{"statement": "A", "made_on": "2025-01-01", "topics": ["x", "y"], "colour": 1}\n\n', "file.jsonl")
    assert list(read.rows) == [RawRow(1, {"statement": "A", "made_on": "2025-01-01", "topics": "x; y"})]
    assert list(read.unknown) == ["colour"]


def test_without_a_name_the_first_character_tells():
    assert tables.kind_of(b'\xef\xbb\xbf {"statement": 1}', "-") == "jsonl"
    assert tables.kind_of(b"statement,made_on", "-") == "csv"


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("[1]", "", "It is no JSON object. Every line has to be one, in braces."),
        ('[["a", 1]]', "", "It is no JSON object. Every line has to be one, in braces."),
        ("{", "", "It is no JSON: Expecting property name enclosed in double quotes."),
        ('{"statement": NaN}', "", "It is no JSON: NaN is no number."),
        ('{"statement": "a", "statement": "b"}', "statement", "It stands there more than once."),
        ('{"statement": {"a": 1}}', "statement", "It is neither a text nor a number nor a list of them."),
        ('{"statement": [1, 2]}', "statement", "It is neither a text nor a number nor a list of them."),
        ('{"statement": "\\ud800"}', "statement", "It holds control characters or half characters."),
        ('{"statement": "' + "x" * 1_000_000 + '"}', "", "It is longer than a million characters."),
    ],
)
def test_a_line_that_is_no_object_of_plain_values_is_at_fault(line, column, reason):
    assert [row.faults for row in rows('{"made_on": "2025-01-01"}\n' + line, "file.jsonl")] == [(), ((column, reason),)]


def test_a_line_nested_without_end_is_at_fault():
    [row] = rows('{"statement": ' + "[" * 400_000 + "}", "file.jsonl")
    assert row.faults[0][1].startswith("It is no JSON: ")


# --- Workbooks ------------------------------------------------------------------------------------------------------


def test_the_first_sheet_of_a_workbook_is_read_and_the_others_are_named():
    data = workbook([["statement", "made_on"], [], ["A", date(2025, 1, 2)], ["B", 45_000.5]], more_sheets=["Notes"])
    read = table(data, "file.xlsx")
    assert list(read.rows) == [
        RawRow(3, {"statement": "A", "made_on": "2025-01-02"}),
        RawRow(4, {"statement": "B", "made_on": "45000.5"}),
    ]
    assert read.notes == ["Only the first sheet, “Forecasts”, is read."]


@pytest.mark.parametrize(("sheet", "code"), [([], "empty"), ([["colour"]], "no_columns")])
def test_a_sheet_without_the_columns_is_refused(sheet, code):
    assert refusal(workbook(sheet), "file.xlsx")[0] == code


def test_a_workbook_that_takes_too_long_to_read_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "_PATIENCE", 0.001)
    code, message = refusal(workbook([["statement", "made_on"]]), "file.xlsx")
    assert (code, message.partition(". ")[0]) == (
        "unsupported_type",
        "This workbook cannot be opened: it takes too much time or memory",
    )


def test_a_zip_that_is_no_workbook_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.txt", "Dear Sirs")
    assert refusal(packed.getvalue(), "file.xlsx")[0] == "unsupported_type"


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 100)
    assert refusal(workbook([["statement", "made_on"]]), "file.xlsx")[0] == "too_large"


# --- Cells, and anything at all -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (12.0, "12"),
        (0.6, "0.6"),
        (date(2025, 1, 2), "2025-01-02"),
        (datetime(2025, 1, 2, tzinfo=UTC), "2025-01-02"),
        (datetime(2025, 1, 2, 3, 4, tzinfo=UTC), "2025-01-02T03:04:00+00:00"),
    ],
)
def test_values_are_written_as_somebody_would_type_them(value, text):
    assert cell_text(value) == text


def test_what_is_no_single_value_is_no_cell():
    with pytest.raises(TypeError):
        cell_text([timedelta(1), UTC])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_cleaning_twice_changes_nothing_more_unless_it_was_escaped(text):
    once = cleaned(text)
    assert cleaned(once) == once or once.startswith("'")


@given(st.binary(max_size=300), st.sampled_from(["file.csv", "file.jsonl", "file.xlsx", "-"]))
def test_nothing_makes_it_crash(data, filename):
    with suppress(TableRefused):
        assert all(row.line > 0 for row in rows(b"statement,made_on\n" + data, filename))
    with suppress(TableRefused):
        assert all(row.line > 0 for row in rows(data, filename))


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd'=#\u2028\u2029"), max_size=40)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=10), st.sampled_from(",;\t"))
def test_what_csv_writes_is_read_back(cells, delimiter):
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow(KNOWN)
    writer.writerows(cells)
    expected = [dict(zip(KNOWN, map(cleaned, row), strict=True)) for row in cells]
    found = [row.cells for row in rows(written.getvalue())]
    assert found == [{name: cell for name, cell in row.items() if cell} for row in expected if any(row.values())]


@given(st.lists(st.fixed_dictionaries({"statement": TEXTS, "topics": st.lists(TEXTS, max_size=3)}), max_size=5))
def test_what_json_writes_is_read_back(objects):
    written = '{"made_on": "2025-01-01"}\n' + "\n".join(map(json.dumps, objects))
    found = [row.cells for row in rows(written, "file.jsonl")][1:]
    joined = [{"statement": each["statement"], "topics": "; ".join(each["topics"])} for each in objects]
    assert found == [{name: text for name, cell in each.items() if (text := cleaned(cell))} for each in joined]
