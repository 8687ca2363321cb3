"""Word documents and PDFs, made of a text as an office would make them. For tests to import."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

import docx
from fpdf import FPDF

# As the core fonts of a PDF number it.
BULLET = "\x95"

BRIEFING = """\
# Ruritania After the Harbour Strike

By Ada Writer
2 May 2025

## Summary

- The harbour of Zenda is likely to stay closed to grain ships in the short term.
- Officials said that 1,200 lorries were stranded on the road to the coast.
- Neither side of the cabinet has the votes for a new customs treaty.

The strike in the harbour of Zenda began on Monday, when the crane drivers walked out before dawn. By noon the gates were chained, and the first ships had turned away to the smaller port of Strelsau. The union asks for an end to contract work; the harbour company offers a bonus and nothing else. Both say that they can wait, and both have said so before, in the long winter of 2021, when the quays were empty for forty days.

The ministry of transport said that 1,200 lorries were stranded on the road to the coast. The union of hauliers estimates that at least 3,000 lorries are waiting, because it counts those that have parked in the villages along the old road. A reporter of the Zenda Courier, who walked along the queue on Tuesday, counted about 1,700 vehicles and gave up at the second bridge. The three figures are about the same road, and no two of them can be right.

What happens on the quays matters far beyond the town. Two thirds of the grain of the southern plain leaves the country through Zenda, and the silos were half full when the strike began. Millers in three neighbouring countries have bought elsewhere since the weekend. The government keeps a reserve for sixty days and has refused to open it, arguing that there is no shortage yet; the opposition says that the refusal is meant to make the strikers unpopular.

## Background

Rudolf Rassendyll, the minister of transport, has few friends left in the cabinet. His treaty with the customs union of the north was put off twice, and the party of the plain left the coalition over it in March. Since then the government has governed with 74 of 151 seats. It survives because the opposition is divided, and because nobody wants an election before the harvest.

The police arrested 40 people at the gates on Wednesday. The union said that at least 12 people had been injured when the gates were forced; the police spoke of four. Such numbers were argued over for months after the last strike, and the inquiry that was promised then has never met.

Abroad, the strike is watched closely. The customs union has sent a mediator, who speaks to both sides in a hotel outside the town. The neighbours to the south have offered cranes and drivers, which the harbour company would accept and which the union calls an act of war. Lenders have said nothing so far, although a payment of interest falls due in the autumn and the budget counts on the harbour dues to pay it.

## Forecast

### Short-term (Now - 3 months)

- The harbour of Zenda is likely to stay closed to grain ships.
  - It is highly unlikely that the army will be sent to the quays, because the officers of the second corps have said in public that they would refuse such an order.
  - There is a realistic possibility that the port of Strelsau will be blocked too.
- The union is unlikely (30%) to accept the bonus.

### Medium-term (3-12 months)

- It is highly likely that the cabinet will lose its majority.
  - An election will probably be held before the end of 2025.
- If the harvest fails, the government is likely to open the reserve of grain.

### Long-term (>1 year)

- There is a 60 percent chance that the customs treaty will be signed by 2027.
"""

_HEADING = re.compile(r"(#+) (.*)")
_ITEM = re.compile(r"( *)- (.*)")


def blocks_of(text: str) -> list[tuple[str, int, str]]:
    """Headings ("h", level), list items ("li", depth) and lines ("p", 0) of a text like `BRIEFING`."""
    blocks = []
    for line in filter(None, text.split("\n")):
        if heading := _HEADING.fullmatch(line):
            blocks.append(("h", len(heading[1]), heading[2]))
        elif item := _ITEM.fullmatch(line):
            blocks.append(("li", len(item[1]) // 2, item[2]))
        else:
            blocks.append(("p", 0, line))
    return blocks


def word(text: str = BRIEFING, *, title: str = "", header: str = "") -> bytes:
    """The text as .docx, with Word's own styles; `title` stands in the document's properties."""
    document = docx.Document()
    document.core_properties.title = title
    document.sections[0].header.paragraphs[0].text = header
    for kind, level, words in blocks_of(text):
        if kind == "h":
            document.add_heading(words, level - 1)
        elif kind == "li":
            document.add_paragraph(words, style=f"List Bullet {level + 1}" if level else "List Bullet")
        else:
            document.add_paragraph(words)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a document of python-docx."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(text: str = BRIEFING, *, title: str = "", header: str = "", columns: int = 1, margin: int = 25) -> bytes:
    """The text as PDF, justified, with headings in larger letters, a running header and numbered pages."""
    page = _Printed(header)
    page.set_title(title)
    page.set_margin(margin)
    page.add_page()
    if columns == 1:
        for kind, level, words in blocks_of(text):
            page.block(kind, level, words)
        return bytes(page.output())
    page.set_font("Times", size=9)
    with page.text_columns(ncols=columns, gutter=8, text_align="J") as flow:
        for _kind, _level, words in blocks_of(text):
            flow.paragraph(bottom_margin=3).write(words)
            flow.end_paragraph()
    return bytes(page.output())


class _Printed(FPDF):
    sizes = {1: 20, 2: 14, 3: 12}

    def __init__(self, running: str) -> None:
        super().__init__()
        self.running = running

    def header(self) -> None:
        if self.running:
            self.set_font("Helvetica", size=8)
            self.set_y(10)
            self.cell(w=0, h=5, text=self.running, align="C")
            self.set_y(25)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(w=0, h=5, text=f"Page {self.page_no()} of {{nb}}", align="C")

    def block(self, kind: str, level: int, words: str) -> None:
        left = self.l_margin
        if kind == "h":
            self.set_font("Helvetica", "B", self.sizes[level])
            self.lines(words, self.sizes[level] / 2)
        elif kind == "li":
            self.set_font("Times", size=11)
            self.set_x(left + 5 + 6 * level)
            self.cell(w=5, h=5, text=BULLET)
            self.lines(words, 5)
        else:
            self.set_font("Times", size=11)
            self.lines(words, 5)
        self.ln(2)

    def lines(self, words: str, height: float) -> None:
        self.multi_cell(w=0, h=height, text=words, new_x="LMARGIN", new_y="NEXT")


def drawn_pdf(content: str, *, pages: int = 1, extra: str = "", unicode: Mapping[int, str] | None = None) -> bytes:
    """A PDF by hand, with what is drawn on each page; F1 is Helvetica, F2 has two-byte codes for `unicode`.

    `extra` comes into each page's dictionary.
    """
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(pages))
    fonts = "/Font << /F1 3 0 R /F2 4 0 R >>"
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>",
        5: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 600 >>",
        6: _stream(_to_unicode(unicode or {})),
    }
    for number in range(pages):
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {11 + 2 * number} 0 R "
            f"/Resources << {fonts} >> {extra} >>"
        )
        objects[11 + 2 * number] = _stream(content)
    body, offsets = b"%PDF-1.7\n", {}
    for number, value in sorted(objects.items()):
        offsets[number] = len(body)
        body += f"{number} 0 obj\n{value}\nendobj\n".encode("latin-1")
    rows = "".join(f"{number} 1\n{offset:010} 00000 n \n" for number, offset in offsets.items())
    size = max(offsets) + 1
    return body + f"xref\n{rows}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream"


def _to_unicode(unicode: Mapping[int, str]) -> str:
    rows = "\n".join(f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in unicode.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(unicode)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )


def packed(members: Mapping[str, bytes | str] | Iterable[tuple[str, bytes | str]]) -> bytes:
    """A zip file of those members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(document: bytes, **parts: bytes | str) -> bytes:
    """A .docx with parts changed or added; "__" stands for a slash and "_0_" for a dot in their names."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        members: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    members |= {name.replace("__", "/").replace("_0_", "."): content for name, content in parts.items()}
    return packed(members)
