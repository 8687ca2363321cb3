"""The letters of a page, where they stand, as stretches on one line: what PDFium knows of a PDF."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import atan2, hypot, radians, tau
from typing import Any, Final

import pypdfium2.raw as pdfium

# A gap of so many heights of a letter parts columns or cells. A blank is a quarter, but where a line is stretched to
# the width of its column, a blank that is written may be wide.
_GAP: Final = 1.1
_WRITTEN_GAP: Final = 2.5
_RAISED: Final = 0.8
_ABOVE: Final = 0.8  # of the size of a letter is above its foot
_BOLD_NAME: Final = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT: Final = 600
_NAME_LENGTH: Final = 128
_HYPHEN: Final = "\u00ad"  # what PDFium's own mark for a hyphen at a line's end becomes
_MARKED_HYPHENS: Final = frozenset({0x2, 0xAD, 0xFFFE})
_HALVES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]|([\udc00-\udfff])([\ud800-\udbff])")
_LINE_ENDS: Final = frozenset({0xA, 0xD})
_LIGATURES: Final = range(0xFB00, 0xFB07)  # "ff" to "st"
_BULLET: Final = "•"
# Dots, squares, arrows and ticks of the fonts Symbol and Wingdings, which have no letters.
_PRIVATE_BULLETS: Final = frozenset({0xF0B7, 0xF0A7, 0xF0A8, 0xF0D8, 0xF0FC, 0xF076, 0xF06C, 0xF06E, 0xF0B0, 0xF02D})
_UPRIGHT: Final = 0.2  # radians
_DOT_AT_LEAST, _DOT_AT_MOST = 1.0, 9.0  # points
_MOST_DRAWINGS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Box:
    """A place on an upright page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words on one line without a wide gap between them; `size` is that of the font, in points."""

    box: Box
    size: float
    bold: bool
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """`dots` are the small drawings that may be bullets."""

    width: float
    height: float
    stretches: tuple[Stretch, ...]
    dots: tuple[Box, ...]


@dataclass(slots=True)
class _Glyph:
    """A letter; `is_written` is False for a blank that PDFium has put between two words."""

    letters: str
    index: int
    box: Box
    size: float
    is_written: bool = True


def read_page(page: Any) -> Page:
    """The stretches of a page of pypdfium2, in the order of the file. Letters that are not upright are left out."""
    text = page.get_textpage()
    place = _placing(page)
    width, height = page.get_size()
    stretches: list[Stretch | None] = []
    glyphs: list[_Glyph] = []
    for glyph in _glyphs(text, place, turned=page.get_rotation()):
        if glyph is None or (glyphs and not _goes_on(glyphs, glyph)):
            stretches.append(_stretch(text, glyphs))
            glyphs = []
        if glyph is not None and not (glyphs and _is_note_mark(glyphs, glyph)):
            glyphs.append(glyph)
    stretches.append(_stretch(text, glyphs))
    return Page(width, height, tuple(each for each in stretches if each), tuple(_dots(page, place)))


def _placing(page: Any) -> Callable[[float, float, float, float], Box]:
    """From PDFium's coordinates (from the bottom left, before the page is turned) to those of `Box`."""
    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation()

    def place(x0: float, y0: float, x1: float, y1: float) -> Box:
        if turned == 90:
            return Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if turned == 180:
            return Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
        if turned == 270:
            return Box(top - y1, right - x1, top - y0, right - x0)
        return Box(x0 - left, top - y1, x1 - left, top - y0)

    return place


def _glyphs(text: Any, place: Callable[[float, float, float, float], Box], *, turned: int) -> Iterator[_Glyph | None]:
    """Every letter, and None where PDFium ends a line."""
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    box, size = Box(0, 0, 0, 0), 0.0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _LINE_ENDS:
            yield None
            continue
        letters = _letters(code)
        if letters == " ":
            yield _Glyph(letters, index, box, size, pdfium.FPDFText_IsGenerated(text, index) == 0)
            continue
        if not letters or not pdfium.FPDFText_GetMatrix(text, index, matrix):
            continue
        if _tilt(atan2(matrix.b, matrix.a), radians(turned)) > _UPRIGHT:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, rect)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        size = pdfium.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d)
        along = place(rect.left, rect.bottom, rect.right, rect.top)
        base = place(x.value, y.value, x.value, y.value).top
        # Fonts differ in how high they say that their letters are; what stands on one line shares its foot.
        box = Box(along.left, base - _ABOVE * size, along.right, base + (1 - _ABOVE) * size)
        yield _Glyph(letters, index, box, size)


def _tilt(angle: float, upright: float) -> float:
    off = (angle - upright) % tau
    return min(off, tau - off)


def _letters(code: int) -> str:
    if code in _MARKED_HYPHENS:
        return _HYPHEN
    if code in _PRIVATE_BULLETS:
        return _BULLET
    if code in _LIGATURES:
        return unicodedata.normalize("NFKC", chr(code))
    if code < 0x20 or code == 0xFFFF or code > 0x10FFFF:
        return " " if code == 0x9 else ""
    return " " if code == 0xA0 else chr(code)


def _goes_on(glyphs: list[_Glyph], glyph: _Glyph) -> bool:
    """Whether a letter stands on one line with those before it in the file, and next to them."""
    if glyph.letters == " ":
        return True
    if all(each.letters == " " for each in glyphs):
        return True
    before, after = glyphs[-1].box, glyph.box  # a blank has the box of the letter before it
    gap = _WRITTEN_GAP if glyphs[-1].letters == " " and glyphs[-1].is_written else _GAP
    overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
    apart = max(after.left - before.right, before.left - after.right)
    return overlap > 0.4 * min(before.height, after.height) and apart < gap * max(before.height, after.height)


def _is_note_mark(glyphs: list[_Glyph], glyph: _Glyph) -> bool:
    """A raised digit behind a word or a full stop; "m²" and "10⁶" are none."""
    before = glyphs[-1]
    if not glyph.letters.isdigit() or glyph.size > _RAISED * before.size or before.letters.isdigit():
        return False
    is_raised = glyph.box.bottom < before.box.bottom - 0.1 * before.size
    tail = "".join(each.letters for each in glyphs[-3:])
    return is_raised and not re.search(r"(?:^|[\s\d])[a-z]{0,2}m\Z", tail)


def _stretch(text: Any, glyphs: list[_Glyph]) -> Stretch | None:
    while glyphs and glyphs[-1].letters == " ":
        glyphs.pop()
    while glyphs and glyphs[0].letters == " ":
        glyphs.pop(0)
    if not glyphs:
        return None
    words = _whole("".join(glyph.letters for glyph in glyphs))
    boxes = [glyph.box for glyph in glyphs if glyph.letters != " "]
    box = Box(
        min(each.left for each in boxes),
        min(each.top for each in boxes),
        max(each.right for each in boxes),
        max(each.bottom for each in boxes),
    )
    sizes = sorted(glyph.size for glyph in glyphs if glyph.letters != " ")
    bold = _is_bold(text, glyphs[0].index) and _is_bold(text, glyphs[-1].index)
    return Stretch(box, round(sizes[len(sizes) // 2], 1), bold, words)


def _whole(letters: str) -> str:
    """Halves of a character joined, which PDFium turns round from right to left; a half that stands alone is lost."""
    ordered = _HALVES.sub(lambda pair: pair[0] if pair[1] is None else pair[2] + pair[1], letters)
    words = ordered.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return " ".join(words.split())


def _is_bold(text: Any, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(_NAME_LENGTH), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, index, name, _NAME_LENGTH, flags)
    return 0 < length <= _NAME_LENGTH and bool(_BOLD_NAME.search(name.value.decode("utf-8", "replace")))


def _dots(page: Any, place: Any) -> Iterator[Box]:
    """Bullets that are drawn, as browsers do when they print."""
    drawings = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    for _number, drawing in zip(range(_MOST_DRAWINGS), drawings, strict=False):
        box = place(*drawing.get_bounds())
        width, height = box.right - box.left, box.height
        is_small = _DOT_AT_LEAST < width < _DOT_AT_MOST and _DOT_AT_LEAST < height < _DOT_AT_MOST
        if is_small and 0.6 < width / height < 1.7:
            yield box
