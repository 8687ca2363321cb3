"""The types that the readers exchange: the parts of a document and its sentences.

Offsets are 0-based code points in the normalised text, the end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Section = Literal["summary", "body", "forecast"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the normalised text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, where it stands, and what it stands under.

    `heading` is the nearest heading above it as written ("Short-term (Now - 3 months)"), `under` all of
    them from the outermost on, `block` the number of the paragraph or bullet that holds it.
    """

    start: int
    end: int
    section: Section
    heading: str | None
    block: int
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A document taken apart.

    `language` is an ISO 639-1 code, or "und" where it cannot be told. `sentences` are those of summary,
    body and forecast section in text order; title, byline, credits and page furniture have none.
    """

    text: str
    title: str | None
    byline: str | None
    published_on: date | None
    language: str
    summary: tuple[str, ...]
    body: tuple[str, ...]
    credits: tuple[str, ...]
    sentences: tuple[Sentence, ...]
