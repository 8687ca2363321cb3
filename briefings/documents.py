"""From an article to the working Markdown of a briefing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.dateformat import format as format_date

from sources.reading.document_parts import Parts, Sentence

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def to_markdown(parts: Parts) -> str:
    """The document as Markdown, which the readers read alike: masthead, Summary, body, credits, Forecast."""
    return "\n\n".join(block for block in _blocks(parts) if block) + "\n"


def escaped(text: str) -> str:
    """Text in which nothing is Markdown by accident."""
    return _MARKUP.sub(r"\\\1", text)


def plain(text: str) -> str:
    """The words alone, for telling whether two texts say the same: no Markdown marks, white space folded."""
    return " ".join(text.replace("\\", "").replace("*", "").replace("_", " ").split())


def _blocks(parts: Parts) -> Iterator[str]:
    yield f"# {parts.title}" if parts.title else ""
    yield _masthead(parts)
    if parts.summary:
        yield "## Summary"
        yield "\n".join(f"- {item}" for item in parts.summary)
    yield from _section(parts, "body", mark="")
    yield "\n".join(parts.credits)
    if any(sentence.section == "forecast" for sentence in parts.sentences):
        yield "## Forecast"
        yield from _section(parts, "forecast", mark="- ")


def _masthead(parts: Parts) -> str:
    day = format_date(parts.published_on, "j F Y") if parts.published_on else ""
    return " | ".join(part for part in (parts.byline or "", day) if part)


def _section(parts: Parts, section: str, *, mark: str) -> Iterator[str]:
    """Each heading, then what stands under it: paragraphs, or one list."""
    sentences = [sentence for sentence in parts.sentences if sentence.section == section]
    for heading, under in groupby(sentences, key=lambda sentence: sentence.heading):
        yield f"### {heading}" if heading else ""
        blocks = [f"{mark}{block}" for block in _paragraphs(parts.text, under)]
        yield ("\n" if mark else "\n\n").join(blocks)


def _paragraphs(text: str, sentences: Iterable[Sentence]) -> Iterator[str]:
    for _number, block in groupby(sentences, key=lambda sentence: sentence.block):
        first, *rest = block
        last = rest[-1] if rest else first
        yield " ".join(text[first.start : last.end].split())
