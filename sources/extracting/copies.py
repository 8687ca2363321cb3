"""What can be read out of the copy of a file: its kind, its title and its text."""

from contextlib import suppress
from dataclasses import dataclass

from sources.errors import TextRefused
from sources.extracting.extracting import extract
from sources.extracting.sniffing import PDF, media_type_of


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes to be kept, their kind, and what they say; title and text are empty where nothing can be read."""

    data: bytes
    media_type: str
    title: str = ""
    text: str = ""


def read_copy(data: bytes, *, declared: str = "") -> Copy | None:
    """The copy of those bytes; None where they are neither PDF, image, HTML nor text.

    `declared` is the media type that came with them, whose charset is believed and nothing else.
    """
    kind = media_type_of(data, declared=declared)
    if kind is None:
        return None
    title, text = _read(data, kind, declared)
    return Copy(data, kind, " ".join((title or "").split())[:300], text)


def _read(data: bytes, kind: str, declared: str) -> tuple[str | None, str]:
    if kind == PDF or kind.startswith("text/"):
        with suppress(TextRefused):
            charset = declared.partition(";")[2]
            read = extract(data, media_type=f"{kind};{charset}")
            return read.title, read.text
    return None, ""
