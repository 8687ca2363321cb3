"""Documents that are broken, locked, swollen or something else are refused in words, by whatever way they come."""

from __future__ import annotations

import io
import typing
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import TextRefused, UnreadableDocument, UnsupportedType
from sources.extracting import apart, archive, process
from sources.extracting.apart import read_apart
from sources.extracting.extracting import PDF, WORD, extract
from sources.extracting.refusals import Unreadable, Why
from tests.documents import changed, drawn_pdf, packed, pdf, word

TYPES = '<Types><Override ContentType="application/vnd.{}"/></Types>'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def office(kind: str, **more: str) -> bytes:
    return packed({"[Content_Types].xml": TYPES.format(kind), **more})


def entry(name: str) -> bytes:
    return OLD_OFFICE + name.encode("utf-16-le") + bytes(64)


def locked(document: bytes) -> bytes:
    """The zip file with the flag of encryption on its members."""
    data = bytearray(document)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(signature, place + 1)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (office("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "An Excel file"),
        (office("openxmlformats-officedocument.presentationml.presentation.main+xml"), "A PowerPoint file"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "An OpenDocument file"),
        (packed({"mimetype": "application/epub+zip"}), "An e-book"),
        (packed({"a.txt": "text"}), "A zip file"),
        (packed({}), "A zip file"),
        (entry("WordDocument"), "An old Word file (.doc)"),
        (entry("Workbook"), "An old Excel file (.xls)"),
        (OLD_OFFICE, "An old Office file"),
    ],
)
def test_what_is_called_docx_and_is_something_else_is_refused_with_its_kind(data, kind):
    with pytest.raises(UnsupportedType) as caught:
        extract(data, filename="briefing.docx")
    assert str(caught.value) == (
        f"{kind} cannot be read here. Save it as .docx, .pdf, .txt, .md or .html, or paste its text."
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Only text.", "broken"),
        (b"PK\x03\x04 and nothing more", "broken"),
        (word()[:9_000], "broken"),
        (changed(word(), word__document_0_xml="<w:document>"), "broken"),
        (locked(word()), "encrypted"),
        (entry("EncryptedPackage"), "encrypted"),
        (office("ms-word.document.macroEnabled.main+xml"), "macros"),
        (changed(word(), word__vbaProject_0_bin=b"\x00"), "macros"),
        (changed(word(), word__document_0_xml=b"<" + bytes(50_000_000)), "swollen"),
        (changed(word(), word__media__image_0_png=bytes(archive.LARGEST_UNPACKED)), "swollen"),
        (packed((f"{number}.xml", "") for number in range(archive.MOST_MEMBERS + 1)), "swollen"),
    ],
    ids=["text", "signature", "cut off", "no XML", "locked", "locked by Office", "macros", "macros within", "bomb",
         "pictures", "members"],
)  # fmt: skip
def test_a_word_document_that_cannot_be_read_says_why(data, why):
    with pytest.raises(UnreadableDocument) as caught:
        extract(data, filename="briefing.docx")
    assert caught.value.why == why


def test_a_bomb_whose_directory_lies_about_its_size_is_stopped_while_it_unpacks():
    bomb = bytearray(changed(word(), word__big_0_xml=bytes(archive.LARGEST_XML + 1)))
    directory = bomb.find(b"PK\x01\x02", bomb.rfind(b"word/big.xml") - 60)
    bomb[directory + 24 : directory + 28] = (1_000).to_bytes(4, "little")
    with pytest.raises(Unreadable) as refused:
        archive.safe_parts(bytes(bomb))
    assert refused.value.why in {"swollen", "broken"}  # newer Pythons check the size by themselves


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"Only text."), ("a.pdf", pdf()[:500]), ("a.txt", b"%PDF-1.7\n\xff\x00")]
)
def test_a_pdf_that_is_none_is_broken(name, data):
    with pytest.raises(UnreadableDocument) as caught:
        extract(data, filename=name)
    assert (caught.value.why, str(caught.value)) == (
        "broken", "This file is broken, or is not what its name says. Save it anew, or paste its text.",
    )  # fmt: skip


def test_a_pdf_that_unpacks_to_gigabytes_ends_its_own_process_at_most():
    packer = zlib.compressobj(9)
    start = packer.compress(b" ")
    start += packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = zlib.compress(start + block * 150, 9)
    content = (
        f"<< /Length {len(bomb)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n{bomb.decode('latin-1')}\nendstream"
    )
    data = drawn_pdf("MARK").replace(b"<< /Length 4 >>\nstream\nMARK\nendstream", content.encode("latin-1"))
    with pytest.raises(UnreadableDocument):
        extract(data, filename="a.pdf")


def test_what_takes_too_long_is_ended():
    with pytest.raises(UnreadableDocument) as caught:
        read_apart(process.PDF, pdf(), seconds=0.001)
    assert caught.value.why == "too_demanding"


@pytest.mark.parametrize("command", ["raise SystemExit(3)", "print('no JSON')", "import os; os.abort()"])
def test_a_process_that_dies_is_a_refusal(monkeypatch, command):
    run = apart.subprocess.run
    monkeypatch.setattr(apart.subprocess, "run", lambda given, **options: run([given[0], "-c", command], **options))
    with pytest.raises(UnreadableDocument) as caught:
        read_apart(process.PDF, pdf())
    assert caught.value.why == "too_demanding"


def test_the_process_gets_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    given = {}
    run = apart.subprocess.run
    monkeypatch.setattr(
        apart.subprocess, "run", lambda command, **options: given.update(options) or run(command, **options)
    )
    assert read_apart(process.WORD, word())[1].startswith("# Ruritania")
    assert [name for name in given["env"] if "SECRET" in name or "URL" in name] == []


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_running_out_of_memory_is_said(monkeypatch, error):
    def fail(_data):
        raise error

    monkeypatch.setattr("sources.extracting.word.read_word", fail)
    assert process.answer_to(process.WORD, b"") == {"why": "too_demanding"}


def test_every_reason_has_its_words():
    words = [str(UnreadableDocument(why)) for why in typing.get_args(Why)]
    assert (len(set(words)), all(each.endswith(".") for each in words)) == (len(typing.get_args(Why)), True)


@pytest.mark.parametrize("data", [word(), pdf()], ids=["word", "pdf"])
def test_the_content_counts_before_the_name(data):
    kinds = {
        extract(data, filename=name, media_type=kind).media_type for name, kind in (("a.txt", "text/plain"), ("", ""))
    }
    assert kinds == {WORD if data.startswith(b"PK") else PDF}


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7\n"]), st.binary(max_size=400))
def test_noise_behind_a_signature_is_refused_and_never_crashes(signature, noise):
    kind = process.PDF if signature.startswith(b"%") else process.WORD
    assert set(process.answer_to(kind, signature + noise)) <= {"why", "kind"}


WHOLE = {
    process.WORD: word("# The dam\n- It holds.\n"),
    process.PDF: drawn_pdf("BT /F1 12 Tf 72 700 Td (It holds.) Tj ET"),
}


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
    st.floats(0.2, 1),
)
def test_a_document_with_bytes_changed_and_its_end_cut_off_never_crashes(kind, changes, kept):
    data = bytearray(WHOLE[kind])
    for place, byte in changes:
        data[int(place * len(data))] = byte
    answer = process.answer_to(kind, bytes(data[: int(kept * len(data))]))
    assert set(answer) in ({"title", "text"}, {"why"}, {"kind"})


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_a_part_of_noise_never_crashes(noise):
    types = TYPES.format("openxmlformats-officedocument.wordprocessingml.document.main+xml")
    document = packed({"[Content_Types].xml": types, "word/document.xml": noise})
    answer = process.answer_to(process.WORD, document)
    assert set(answer) in ({"title", "text"}, {"why"}, {"kind"})


@settings(deadline=None, max_examples=15)
@given(st.sampled_from([b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0", b"{\\rtf", b""]), st.binary(max_size=200))
def test_noise_through_the_whole_way_is_a_text_or_a_refusal(signature, noise):
    with suppress(TextRefused):
        assert extract(signature + noise, filename="a.txt").text


def test_the_members_of_a_locked_file_are_not_opened():
    with zipfile.ZipFile(io.BytesIO(locked(word()))) as inside:
        assert all(member.flag_bits & 1 for member in inside.infolist())
