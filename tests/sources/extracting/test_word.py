"""What comes out of Word documents."""

from __future__ import annotations

import io
import random
import string
import time
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sources.extracting.refusals import Unreadable
from sources.extracting.word import read_word
from tests.documents import changed, packed, saved, word

TEXT = """\
# The dam

By Jane Doe

2 May 2025

## Summary

- The dam is likely to hold.

  - It was inspected in April.

- Nobody has left the valley.

## Forecast

### Short-term (0-3 months)

- The dam is unlikely to break.
"""


def blocks(document) -> list[str]:
    return read_word(saved(document))[1].strip().split("\n\n")


def test_headings_items_and_paragraphs_come_on_lines_of_their_own():
    source = TEXT.replace("\n\n", "\n")
    assert read_word(word(source, header="Running header")) == (None, TEXT)


def test_without_a_title_s_style_the_first_level_of_headings_is_the_first():
    document = docx.Document()
    document.add_heading("The dam", 1)
    document.add_heading("Forecast", 2)
    document.add_paragraph("It is likely to hold.")
    assert blocks(document) == ["# The dam", "## Forecast", "It is likely to hold."]


def test_numbered_lists_are_counted_and_nested():
    document = docx.Document()
    for words, style in (
        ("One.", "List Number"),
        ("Two.", "List Number"),
        ("Under two.", "List Number 2"),
        ("A dot.", "List Bullet 3"),
        ("Three.", "List Number"),
    ):
        document.add_paragraph(words, style=style)
    assert blocks(document) == ["1. One.", "2. Two.", "  1. Under two.", "    - A dot.", "3. Three."]


def test_a_table_has_a_row_a_line():
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, words in zip(table._cells, ["Event", "Chance", "By", "The dam breaks", "", "June"], strict=True):
        cell.text = words
    assert blocks(document) == ["Event | Chance | By", "The dam breaks |  | June"]


def test_a_table_that_lays_out_the_page_is_read_cell_by_cell():
    document = docx.Document()
    left, right = document.add_table(1, 2)._cells
    left.text = "Left."
    right.add_paragraph("An item.", style="List Bullet")
    assert blocks(document) == ["Left.", "- An item."]


def test_a_line_break_parts_lines_and_a_page_break_does_not():
    document = docx.Document()
    paragraph = document.add_paragraph("By Jane Doe")
    paragraph.add_run().add_break()
    paragraph.add_run("2 May 2025")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Bold").runs[0].bold = True
    assert blocks(document) == ["By Jane Doe", "2 May 2025", "Bold"]


def test_what_was_deleted_is_left_out_and_what_was_inserted_is_read():
    document = docx.Document()
    paragraph = document.add_paragraph("It is ")
    for tag, text_tag, words in (("w:del", "w:delText", "un"), ("w:ins", "w:t", "likely to hold.")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    assert blocks(document) == ["It is likely to hold."]


def test_footnotes_come_last_and_leave_no_mark():
    document = docx.Document()
    paragraph = document.add_paragraph("It holds.")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    paragraph.add_run()._r.append(reference)
    paragraph.add_run(" So they say.")
    data = changed(
        saved(document),
        word__footnotes_0_xml='<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="2"><w:p><w:r><w:t>The engineers.</w:t></w:r></w:p></w:footnote></w:footnotes>',
    )
    assert read_word(data)[1] == "It holds. So they say.\n\n## Notes\n\n[1] The engineers.\n"


def test_letters_of_all_directions_and_planes_stay():
    document = docx.Document()
    words = "السد likely يصمد \U0001f600 Ṩ שלום"
    document.add_paragraph(words)
    assert blocks(document) == [words]


def test_the_title_in_the_properties_counts_where_the_text_has_none():
    body = "The dam is likely to hold through the summer, the engineers said on Friday.\n"
    assert read_word(word(body, title="The dam")) == ("The dam", f"# The dam\n\n{body}")
    assert read_word(word(body, title="Microsoft Word - draft3.docx"))[0] is None
    assert read_word(word(body, title="Document1"))[0] is None
    assert read_word(word(f"# The dyke\n{body}", title="The dam")) == (None, f"# The dyke\n\n{body}")


def test_an_image_that_is_linked_is_not_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    document = docx.Document()
    document.add_paragraph("It holds.")
    paragraph = document.add_paragraph()
    key = document.part.relate_to(
        secret.as_uri(), "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True
    )
    drawing, blip = OxmlElement("w:drawing"), OxmlElement("a:blip")
    blip.set(qn("r:link"), key)
    within = drawing
    for tag in ("wp:inline", "a:graphic", "a:graphicData", "pic:pic", "pic:blipFill"):
        inner = OxmlElement(tag)
        within.append(inner)
        within = inner
    within.append(blip)
    paragraph.add_run()._r.append(drawing)
    assert blocks(document) == ["It holds."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_declares_types_is_refused_before_anything_is_expanded(encoding):
    part = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'.encode(encoding)
    with pytest.raises(Unreadable) as refused:
        read_word(changed(word(), word__document_0_xml=part))
    assert refused.value.why == "broken"


def test_a_document_without_text_says_so():
    with pytest.raises(Unreadable) as refused:
        read_word(saved(docx.Document()))
    assert refused.value.why == "no_text"


def test_a_megabyte_is_read_in_two_seconds():
    rng = random.Random(1)
    plain = word("The dam is likely to hold.\n")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        start, end = archive.read("word/document.xml").decode().split("<w:sectPr", 1)
    words = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 12))) for _ in range(20_000)]
    paragraphs = (" ".join(rng.choices(words, k=90)) for _ in range(2_800))
    runs = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    data = changed(plain, word__document_0_xml=f"{start}{runs}<w:sectPr{end}")
    assert len(data) > 900_000
    started = time.process_time()
    read_word(data)
    assert time.process_time() - started < 2


def test_it_is_told_by_its_parts_and_not_by_its_name():
    with pytest.raises(Unreadable) as refused:
        read_word(packed({"[Content_Types].xml": "wordprocessingml.document.main+xml"})[:-30])
    assert refused.value.why == "broken"
