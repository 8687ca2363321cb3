"""What comes out of a file, and what is said of one that cannot be read."""

import pytest

from sources.errors import EmptyText, NotText, TextRefused, TooLarge, UnreadableDocument, UnsupportedType
from sources.extracting.decoding import checked
from sources.extracting.extracting import MAX_BYTES, MAX_DOCUMENT_BYTES, MEDIA_TYPES, SUFFIXES, Extracted, extract
from tests.documents import changed, pdf, word

PAGE = """<!doctype html><html lang="en"><head><title>Floods in Sylhet</title>
<meta name="author" content="Ana Roy"><meta property="article:published_time" content="2025-05-02"></head>
<body><nav><a href="/">Home</a></nav><main><article><header><h1>Floods in Sylhet</h1></header>
<h2>Summary</h2><ul><li>Some 300 people fled their homes near the river.</li><li>More rain is <b>likely</b>.</li></ul>
<p>The river rose on Monday.<br>Officials said 40 houses were destroyed.</p>
<h2>Forecast</h2><h3>Short-term (Now - 3 months)</h3>
<ul><li><p>The floods are likely to return.</p><ul><li>They are unlikely to reach Dhaka.</li></ul></li></ul>
</article></main><footer>Imprint</footer></body></html>"""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG = (
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{"It holds. " * 210_000}</w:t></w:r></w:p></w:body></w:document>'
)
CONTENT = {".html": PAGE.encode(), ".htm": PAGE.encode(), ".docx": word(), ".pdf": pdf()}

PAGE_TEXT = """# Floods in Sylhet

By Ana Roy

2025-05-02

## Summary

- Some 300 people fled their homes near the river.

- More rain is likely.

The river rose on Monday.

Officials said 40 houses were destroyed.

## Forecast

### Short-term (Now - 3 months)

- The floods are likely to return.

  - They are unlikely to reach Dhaka.
"""


def test_plain_text_comes_out_as_it_is():
    assert extract(b"Title\n\nText.\n", filename="a.txt") == Extracted("Title\n\nText.\n", "text/plain", None)


def test_markdown_keeps_its_marks_and_its_kind():
    assert extract(b"# Title\n\n* Text.\n", filename="A.MD") == Extracted("# Title\n\n* Text.\n", "text/markdown", None)


def test_bytes_without_a_name_are_plain_text():
    assert extract(b"Text.") == Extracted("Text.", "text/plain", None)


def test_the_media_type_tells_the_kind_where_the_name_does_not():
    assert extract(b"*Text.*", media_type="text/markdown; charset=utf-8") == Extracted("*Text.*", "text/markdown", None)
    assert extract(b"Text.", filename="page.aspx", media_type="text/plain") == Extracted("Text.", "text/plain", None)


def test_a_page_keeps_headings_items_and_paragraphs_on_lines_of_their_own():
    assert extract(PAGE.encode(), filename="a.html") == Extracted(PAGE_TEXT, "text/html", "Floods in Sylhet")


def test_a_page_called_txt_is_read_as_a_page():
    assert extract(PAGE.encode(), filename="a.txt").media_type == "text/html"
    fragment = b"<div><p>First one here.</p><p>Second one here.</p></div>"
    assert extract(fragment, filename="a.txt") == Extracted("First one here.\n\nSecond one here.\n", "text/html", None)


def test_a_text_that_mentions_a_tag_stays_plain():
    text = "Use <p> for a paragraph.\n"
    assert extract(text.encode()) == Extracted(text, "text/plain", None)


def test_a_page_without_a_heading_gets_its_title_as_one():
    html = (
        b"<html><head><title>Quiet night</title></head><body><p>Nothing was reported from the border.</p></body></html>"
    )
    assert extract(html).text == "# Quiet night\n\nNothing was reported from the border.\n"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("Zürich – Genève".encode(), ""),
        (b"\xef\xbb\xbf" + "Zürich – Genève".encode(), ""),
        ("Zürich – Genève".encode("utf-16"), ""),
        (b"\xfe\xff" + "Zürich – Genève".encode("utf-16-be"), ""),
        ("Zürich – Genève".encode("utf-32"), ""),
        ("Zürich – Genève".encode("cp1252"), "text/plain; charset=iso-8859-1"),
        ("Zürich – Genève".encode("cp1252"), 'text/plain; charset="Windows-1252"'),
        ("Zürich – Genève".encode(), "text/plain; charset=windows-1252"),
        ("Zürich – Genève".encode(), "text/plain; charset=no-such-charset"),
    ],
)
def test_the_encoding_is_found(data, media_type):
    assert extract(data, media_type=media_type).text == "Zürich – Genève"


def test_a_page_may_declare_its_charset_itself():
    page = '<html><head><meta charset="windows-1251"></head><body><p>Киев сообщил о потерях.</p></body></html>'
    assert extract(page.encode("cp1251")).text == "Киев сообщил о потерях.\n"
    page = '<?xml version="1.0" encoding="koi8-r"?><html><body><p>Киев сообщил о потерях.</p></body></html>'
    assert extract(page.encode("koi8-r")).text == "Киев сообщил о потерях.\n"


@pytest.mark.parametrize(
    "data", [b"", b" \n\t ", b"\xef\xbb\xbf\n", b"<html><body></body></html>", b"<html><p> </p></html>"]
)
def test_an_empty_text_is_refused(data):
    with pytest.raises(EmptyText) as caught:
        extract(data)
    assert (
        str(caught.value)
        == "There is no text in this. Paste the whole briefing, title first, or choose a file that has one."
    )


def test_two_megabytes_are_read_and_a_byte_more_is_not():
    assert len(extract(b"a" * MAX_BYTES).text) == MAX_BYTES
    with pytest.raises(TooLarge) as caught:
        extract(b"a" * (MAX_BYTES + 500_000))
    assert str(caught.value) == ("This is 2.5 MB; up to 2 MB can be read. Bring it in as several articles.")


def test_a_document_may_be_larger_for_its_pictures_but_not_its_text():
    with pytest.raises(TooLarge) as caught:
        extract(b"%PDF-1.7" + bytes(MAX_DOCUMENT_BYTES))
    assert str(caught.value) == "This is 8.0 MB; up to 8 MB can be read. Bring it in as several articles."
    with pytest.raises(TooLarge) as caught:
        extract(changed(word(), word__document_0_xml=LONG))
    assert str(caught.value) == "This is 2.1 MB; up to 2 MB can be read. Bring it in as several articles."


def test_what_the_form_offers_is_what_is_read():
    kinds = {
        extract(data, filename=f"a{suffix}").media_type for suffix in SUFFIXES for data in [CONTENT.get(suffix, b"A.")]
    }
    assert kinds == set(MEDIA_TYPES)


@pytest.mark.parametrize(
    ("data", "media_type", "why"),
    [
        (b"text\x00text", "", "it holds NUL characters, as binary files do"),
        ("Genève".encode("cp1252"), "", "its bytes are not UTF-8"),
        ("Genève".encode("cp1252"), "text/plain; charset=utf-8", "its bytes are not UTF-8"),
        (b"\xed\xa0\x80", "", "its bytes are not UTF-8"),
        (b"\x81\x8d caf\xe9", "text/plain; charset=cp1252", "its bytes are not CP1252"),
        (b"\xff\xfea", "", "its bytes are not UTF-16-LE"),
        (b"\xff\xfe" + b"\x00\xd8a\x00", "", "its bytes are not UTF-16-LE"),
        (bytes(range(1, 32)) * 50, "", "it is full of control characters, as binary files are"),
        (b"caf\xe9", "text/plain; charset=base64", "its bytes are not UTF-8"),
        (b"caf\xe9", "text/plain; charset=utf-7", "its bytes are not UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data, media_type, why):
    with pytest.raises(NotText) as caught:
        extract(data, media_type=media_type)
    assert str(caught.value) == (
        f"This is not readable as text: {why}. Save it as plain text in UTF-8 and bring it in again."
    )


def test_pasted_half_characters_are_refused():
    with pytest.raises(NotText) as caught:
        checked("a\ud83d")
    assert str(caught.value) == (
        "This is not readable as text: it holds half characters (lone surrogates). "
        "Save it as plain text in UTF-8 and bring it in again."
    )
    assert checked("a\U0001f600") == "a\U0001f600"


@pytest.mark.parametrize(
    ("data", "filename", "media_type", "kind"),
    [
        (b"{\\rtf1 text}", "a.txt", "", "A rich-text file"),
        (b"\x89PNG text", "a.docx", "", "An image"),
        (b"text", "a.odt", "", "A .odt file"),
        (b"{}", "a.json", "application/json", "A .json file"),
        (b"{}", "", "application/json", "A document of type application/json"),
    ],
)
def test_other_kinds_are_refused_with_their_name(data, filename, media_type, kind):
    with pytest.raises(UnsupportedType) as caught:
        extract(data, filename=filename, media_type=media_type)
    assert (
        str(caught.value)
        == f"{kind} cannot be read here. Save it as .docx, .pdf, .txt, .md or .html, or paste its text."
    )


def test_every_refusal_is_an_unreadable_text():
    errors = (EmptyText, TooLarge, NotText, UnreadableDocument, UnsupportedType)
    assert {error.__base__ for error in errors} == {TextRefused}
