"""Small workbooks for tests: the least that a spreadsheet's program would call an .xlsx file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DAY_ZERO = date(1899, 12, 30)
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


def workbook(rows: Sequence[Sequence[Any]], *, more_sheets: Sequence[str] = ()) -> bytes:
    """A workbook whose first sheet holds these rows; texts, numbers and days stay what they are."""
    names = ["Forecasts", *more_sheets]
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    links = [f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers]
    links.append(f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>')
    parts = [
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>' for n in numbers
    ]
    parts.append(f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>')
    parts.append(f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/>')
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{_defaults()}{"".join(parts)}</Types>',
        "_rels/.rels": _links(f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links("".join(links)),
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": _sheet(rows),
    } | {f"xl/worksheets/sheet{number}.xml": _sheet([]) for number in numbers[1:]}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return packed.getvalue()


def _defaults() -> str:
    types = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    return "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in types.items())


def _links(inner: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _sheet(rows: Sequence[Sequence[Any]]) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(f"{_letters(place)}{number}", value) for place, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _letters(place: int) -> str:
    return chr(ord("A") + place)


def _cell(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f'<c r="{name}" s="1"><v>{(value - DAY_ZERO).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
