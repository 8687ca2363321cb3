"""What a zip file holds and whether it is safe to unpack: the outside of a Word document."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from sources.extracting.refusals import OtherKind, Unreadable

CONTENT_TYPES: Final = "[Content_Types].xml"
MOST_MEMBERS: Final = 2_000
LARGEST_XML: Final = 30_000_000  # bytes unpacked, all parts of XML together
LARGEST_UNPACKED: Final = 100_000_000  # bytes, pictures included
# Prose in XML shrinks to a tenth, a table of nothing to a fiftieth; a bomb to a thousandth.
HIGHEST_RATIO: Final = 200
_RATIO_COUNTS_FROM: Final = 1_000_000

_OFFICE: Final = b"application/vnd.openxmlformats-officedocument."
_WORD: Final = (_OFFICE + b"wordprocessingml.document.main+xml", _OFFICE + b"wordprocessingml.template.main+xml")
_OTHERS: Final = (
    (_OFFICE + b"spreadsheetml", "An Excel file"),
    (b"application/vnd.ms-excel", "An Excel file"),
    (_OFFICE + b"presentationml", "A PowerPoint file"),
    (b"application/vnd.ms-powerpoint", "A PowerPoint file"),
)
_MACROS: Final = b"macroEnabled"
_BY_MIMETYPE: Final = (
    (b"application/vnd.oasis.opendocument", "An OpenDocument file"),
    (b"application/epub", "An e-book"),
)


def safe_parts(data: bytes) -> dict[str, bytes]:
    """The parts of XML of a Word document, by name, all checked: limits of size and ratio, no encryption, no DTD.

    Raises Unreadable, and OtherKind for a zip file that is no Word document.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members)
            parts = dict(_xml_parts(archive, members))
    except (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Unreadable("broken") from None
    _check_kind(parts, {member.filename for member in members})
    if any(_declares_types(part) for part in parts.values()):
        raise Unreadable("broken")
    return parts


def _check_members(members: list[ZipInfo]) -> None:
    """Refuse by the directory, before anything is unpacked."""
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable("encrypted")
    unpacked, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED:
        raise Unreadable("swollen")
    if unpacked > _RATIO_COUNTS_FROM and unpacked > HIGHEST_RATIO * max(packed, 1):
        raise Unreadable("swollen")


def _xml_parts(archive: ZipFile, members: list[ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Unpack with a limit of our own: the directory may lie about the sizes."""
    left = LARGEST_XML
    for member in members:
        if not (member.filename.endswith((".xml", ".rels")) or member.filename == "mimetype"):
            continue
        with archive.open(member) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise Unreadable("swollen")
        yield member.filename, part


def _check_kind(parts: dict[str, bytes], names: set[str]) -> None:
    types = parts.get(CONTENT_TYPES, b"")
    if _MACROS in types or any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("macros")
    if any(each in types for each in _WORD):
        return
    for sign, kind in _OTHERS:
        if sign in types:
            raise OtherKind(kind)
    mimetype = parts.get("mimetype", b"")
    raise OtherKind(next((kind for sign, kind in _BY_MIMETYPE if sign in mimetype), "A zip file"))


def _declares_types(part: bytes) -> bool:
    """Office documents have no DTD; without one there are no entities to expand or to fetch."""
    return b"<!DOCTYPE" in part or (b"\x00" in part and b"<!DOCTYPE" in part.replace(b"\x00", b""))
