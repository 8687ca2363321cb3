"""What comes out of PDFs: paragraphs, headings, lists, columns; and what is left out."""

from __future__ import annotations

import random
import time

import pytest

from sources.extracting.pdf.hyphens import join, vocabulary
from sources.extracting.pdf.reading import MOST_PAGES, read_pdf
from sources.extracting.refusals import Unreadable
from sources.extracting.word import read_word
from tests.documents import BRIEFING, BULLET, _Printed, drawn_pdf, pdf, word

LONG = "The engineers of the valley say that the dam is likely to hold through the summer and the autumn of this year. "


def blocks(data: bytes) -> list[str]:
    return read_pdf(data)[1].strip().split("\n\n")


def drawn(*lines: tuple[float, float, float, str], **options) -> bytes:
    """A page with words in Helvetica at (x, y, size)."""
    shown = ((x, y, size, words.replace("(", "\\(").replace(")", "\\)")) for x, y, size, words in lines)
    return drawn_pdf(
        "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in shown), **options
    )


def page() -> _Printed:
    made = _Printed("")
    made.set_margin(25)
    made.add_page()
    made.set_font("Times", size=11)
    return made


def test_a_briefing_comes_out_as_from_a_word_document():
    assert read_pdf(pdf(header="Zenda Monitor")) == read_word(word(header="Zenda Monitor"))


def test_running_headers_and_page_numbers_are_left_out():
    rng = random.Random(1)
    paragraphs = [" ".join(rng.choices(BRIEFING.replace(".", "").split(), k=70)) for _ in range(40)]
    read = blocks(pdf("".join(f"x {each}\n" for each in paragraphs), header="Zenda Monitor, issue 4"))
    assert read == [f"x {each}" for each in paragraphs]


def test_a_date_in_the_running_header_stays_once():
    read = blocks(pdf(f"{LONG * 6}\n" * 20, header="Zenda Monitor | 2 May 2025"))
    assert (read[0], sum("2 May 2025" in block for block in read)) == ("Zenda Monitor | 2 May 2025", 1)


def test_lines_become_paragraphs_also_over_the_end_of_a_page():
    made = page()
    made.set_y(255)
    made.lines(LONG * 5, 5)
    made.ln(4)
    made.lines("So they say.", 5)
    assert blocks(bytes(made.output())) == [(LONG * 5).strip(), "So they say."]


def test_paragraphs_that_are_indented_and_not_spaced_are_parted():
    lines = [
        (84, "The dam is likely to hold through the summer and the"),
        (72, "autumn, the engineers of the valley have now said in"),
    ]
    full = [(x, 700 - 14 * row, 12, words) for row, (x, words) in enumerate(lines * 2)]
    paragraph = " ".join(words for _x, words in lines)
    assert blocks(drawn(*full)) == [paragraph, paragraph]


def test_a_line_that_ends_early_ends_its_block():
    read = blocks(drawn((72, 700, 12, "By Jane Doe"), (72, 686, 12, "2 May 2025"), (72, 672, 12, LONG[:70])))
    assert read == ["By Jane Doe", "2 May 2025", LONG[:70].strip()]


def test_headings_are_ranked_by_size_and_bold_ones_come_last():
    made = page()
    for style, size, words in (
        ("B", 20, "The dam"), ("", 11, "By Jane Doe"), ("B", 14, "Forecast"), ("B", 11, "Short-term (0-3 months)"),
        ("", 11, LONG * 2), ("B", 11, "Long-term"), ("", 11, LONG),
    ):  # fmt: skip
        made.set_font("Times", style, size)
        made.lines(words, size / 2)
        made.ln(3)
    assert blocks(bytes(made.output())) == [
        "# The dam", "By Jane Doe", "## Forecast", "### Short-term (0-3 months)", (LONG * 2).strip(), "### Long-term",
        LONG.strip(),
    ]  # fmt: skip


def test_bullets_and_numbers_are_items_with_their_depth():
    lines = [
        (72, 700, BULLET, "The dam is likely to hold."), (90, 686, "\x96", "It was inspected in April."),
        (90, 672, "\x96", "It is unlikely to be mended."), (72, 658, BULLET, "Nobody has left."),
        (72, 630, "1.", "First of all."), (72, 616, "2.", "Second."), (90, 602, "a)", "Under the second."),
    ]  # fmt: skip
    read = blocks(
        drawn(*((x + shift, y, 12, text) for x, y, sign, words in lines for shift, text in ((0, sign), (14, words))))
    )
    assert read == [
        "- The dam is likely to hold.", "  - It was inspected in April.", "  - It is unlikely to be mended.",
        "- Nobody has left.", "1. First of all.", "2. Second.", "  a) Under the second.",
    ]  # fmt: skip


def test_bullets_that_are_drawn_count_as_written():
    dot = "{x} {y} 4 4 re f\n"
    content = "".join(
        dot.format(x=60, y=y + 3) + f"BT /F1 12 Tf 72 {y} Td ({words}) Tj ET\n"
        for y, words in ((700, "The dam is likely to hold."), (686, "Nobody has left."))
    )
    assert blocks(drawn_pdf(content)) == ["- The dam is likely to hold.", "- Nobody has left."]


def test_an_item_goes_on_below_its_words():
    text = f"- {LONG * 2}\n- {LONG * 2}\n"
    assert blocks(pdf(text)) == [f"- {LONG * 2}".strip()] * 2


def test_two_columns_are_read_one_after_the_other():
    read = read_pdf(pdf(columns=2, header="Zenda Monitor"))[1]
    found = [line.lstrip("#- ").strip() for line in BRIEFING.splitlines() if line.strip()]
    assert read.strip().split("\n\n") == found


def test_the_cells_of_a_table_are_no_columns():
    rows = [
        ("Event", "Chance", "By"),
        ("The dam breaks", "unlikely", "June"),
        ("The town is left", "likely", "May"),
    ] * 3
    cells = [
        (72 + 150 * column, 700 - 14 * row, 12, words)
        for row, each in enumerate(rows)
        for column, words in enumerate(each)
    ]
    assert blocks(drawn(*cells)) == [" | ".join(row) for row in rows]


def test_a_turned_page_is_read_upright_and_what_is_written_across_is_left_out():
    content = (
        "BT /F1 12 Tf 0 1 -1 0 72 60 Tm (The dam holds.) Tj ET BT /F1 60 Tf 0.7 0.7 -0.7 0.7 90 90 Tm (DRAFT) Tj ET"
    )
    assert blocks(drawn_pdf(content, extra="/Rotate 90")) == ["The dam holds."]


def test_a_raised_digit_is_a_note_s_mark_and_notes_come_last():
    content = (
        "BT /F1 12 Tf 72 700 Td (It held.) Tj 5 Ts /F1 7 Tf (1) Tj 0 Ts /F1 12 Tf ( So they say of 40 m) Tj "
        "5 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf ( of wall.) Tj ET BT /F1 8 Tf 72 130 Td (1 The engineers.) Tj ET"
    )
    assert blocks(drawn_pdf(content)) == ["It held. So they say of 40 m2 of wall.", "## Notes", "[1] The engineers."]


def test_letters_of_all_directions_and_planes_stay():
    unicode = {1: "א", 2: "ב", 3: "ג", 4: "\U0001f600", 5: "x"}
    show = "BT /F2 12 Tf 72 {y} Td <{codes}> Tj ET\n"
    content = show.format(y=700, codes="000300020001") + show.format(y=650, codes="000500040005")
    assert blocks(drawn_pdf(content, unicode=unicode)) == ["אבג", "x\U0001f600x"]


def test_ligatures_become_their_letters():
    content = "BT /F2 12 Tf 72 700 Td <000100020003> Tj ET"
    assert blocks(drawn_pdf(content, unicode={1: "\ufb01", 2: "v", 3: "e"})) == ["five"]


def test_half_a_character_is_lost_and_not_handed_on():
    assert blocks(drawn_pdf("BT /F2 12 Tf 72 700 Td <00010002000200020002> Tj ET", unicode={1: "\ufffd", 2: "a"})) == [
        "\ufffdaaaa"
    ]


def test_the_title_in_the_properties_counts_where_the_text_has_none():
    assert read_pdf(pdf(f"{LONG * 2}\n", title="The dam")) == ("The dam", f"# The dam\n\n{(LONG * 2).strip()}\n")
    assert read_pdf(pdf(title="The dam"))[0] is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\nnonsense", "broken"),
        (pdf()[:2_000], "broken"),
        (drawn_pdf("0 0 600 800 re f"), "no_text"),
        (drawn_pdf("BT /F2 12 Tf 72 700 Td <00010002> Tj ET", unicode={1: "\ufffd", 2: "\ue000"}), "no_text"),
        (drawn_pdf("BT /F1 12 Tf 72 700 Td (Hello) Tj ET", pages=MOST_PAGES + 1), "too_long"),
    ],
    ids=["nonsense", "cut off", "a scan", "letters without meaning", "too many pages"],
)
def test_what_cannot_be_read_says_why(data, why):
    with pytest.raises(Unreadable) as refused:
        read_pdf(data)
    assert refused.value.why == why


@pytest.mark.parametrize(("password", "why"), [("secret", "encrypted"), ("", None)])
def test_a_password_to_open_it_is_a_refusal_and_one_to_change_it_is_not(password, why):
    made = page()
    made.set_encryption(owner_password="owner", user_password=password)
    made.lines(LONG, 5)
    if why is None:
        assert blocks(bytes(made.output())) == [LONG.strip()]
        return
    with pytest.raises(Unreadable) as refused:
        read_pdf(bytes(made.output()))
    assert refused.value.why == why


def test_fifty_pages_are_read_in_five_seconds():
    data = pdf(f"{LONG * 7}\n" * 300, header="Zenda Monitor")
    assert data.count(b"/Type /Page\n") >= 50
    started = time.process_time()
    read_pdf(data)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("the govern-", "ment said", "the government said"),
        ("the govern\u00ad", "ment said", "the government said"),
        ("a long-", "term view", "a long-term view"),
        ("the army-", "backed side", "the army-backed side"),
        ("a cease-", "fire held", "a cease-fire held"),
        ("it can-", "not hold", "it cannot hold"),
        ("by ex-", "perts", "by experts"),
        ("the ex-", "president", "the ex-president"),
        ("the nuclear-", "armed states", "the nuclear-armed states"),
        ("the commander-", "in-chief", "the commander-in-chief"),
        ("the Franco-", "German plan", "the Franco-German plan"),
        ("in 3-", "12 months", "in 3- 12 months"),
        ("so it goes -", "or not", "so it goes - or not"),
        ("no hyphen", "here", "no hyphen here"),
    ],
)
def test_a_word_that_was_cut_is_mended_where_that_is_safe(before, after, whole):
    known = vocabulary(["The president can not say.", "Armed men with nuclear arms."])
    assert join(before, after, known) == whole


def test_words_cut_at_a_line_s_end_are_not_taken_for_known():
    assert vocabulary(["The govern-", "ment of the well-known"]) == {"the", "of", "well-known"}
