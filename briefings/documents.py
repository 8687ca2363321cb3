"""From an article to the working Markdown of a briefing, and back to the words that two texts share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import Final

from django.utils.dateformat import format as format_date

from sources.reading.document_parts import Parts, Sentence

_HEADING: Final = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_BULLETS: Final = frozenset("•‣◦⁃∙·-–*+")


# --- An article's text as a working text ----------------------------------------------------------------------------


def to_markdown(parts: Parts) -> str:
    """The document as Markdown, which the readers read alike: masthead, Summary, body, credits, Forecast.

    A text that is Markdown already stays as it is.
    """
    if _HEADING.search(parts.text):
        return parts.text.strip() + "\n"
    return "\n\n".join(block for block in _blocks(parts) if block) + "\n"


def _blocks(parts: Parts) -> Iterator[str]:
    yield f"# {parts.title}" if parts.title else ""
    yield _masthead(parts)
    if parts.summary:
        yield "## Summary"
        yield "\n".join(f"- {' '.join(item.split())}" for item in parts.summary)
    yield from _section(parts, "body")
    yield "\n\n".join(parts.credits)
    if any(sentence.section == "forecast" for sentence in parts.sentences):
        yield "## Forecast"
        yield from _section(parts, "forecast")


def _masthead(parts: Parts) -> str:
    day = format_date(parts.published_on, "j F Y") if parts.published_on else ""
    return " | ".join(part for part in (parts.byline or "", day) if part)


def _section(parts: Parts, section: str) -> Iterator[str]:
    """Each heading, then what stands under it; in the forecast section that is always a list."""
    sentences = [sentence for sentence in parts.sentences if sentence.section == section]
    for heading, under in groupby(sentences, key=lambda sentence: sentence.heading):
        yield f"### {heading}" if heading else ""
        for listed, blocks in groupby(_paragraphs(parts.text, under, listed=section == "forecast"), key=_is_listed):
            yield ("\n" if listed else "\n\n").join(blocks)


def _is_listed(block: str) -> bool:
    return block.startswith("- ")


def _paragraphs(text: str, sentences: Iterable[Sentence], *, listed: bool) -> Iterator[str]:
    for _number, block in groupby(sentences, key=lambda sentence: sentence.block):
        first, *rest = block
        last = rest[-1] if rest else first
        mark = "- " if listed or _sign_before(text, first.start) in _BULLETS else ""
        yield mark + " ".join(text[first.start : last.end].split())


def _sign_before(text: str, start: int) -> str:
    """What stands on the line before that place."""
    return text[text.rfind("\n", 0, start) + 1 : start].strip()


# --- Which words of one text stand in another -----------------------------------------------------------------------


def plain(text: str) -> str:
    """The words alone, for telling whether two texts say the same: no Markdown marks, white space folded."""
    unlinked = _LINK.sub(r"\1", text)
    return " ".join(unlinked.replace("\\", "").replace("*", "").replace("_", " ").split())


class Words:
    """The words of a text's summary, body and forecast section, sentence by sentence."""

    def __init__(self, parts: Parts) -> None:
        self._sentences = parts.sentences
        said = [plain(parts.text[each.start : each.end]) for each in parts.sentences]
        self._ends = list(accumulate(len(each) + 1 for each in said))
        self._joined = " ".join(said)

    def place(self, words: str, *, origin: str) -> int | None:
        """Where words that stand in `origin` stand here too; both plain. The offset of the first sentence they touch.

        Sentences that they touch have to be whole, or the same in `origin`: "It will rain" does not stand in "Nobody
        says that it will rain". None where they do not stand here.
        """
        at = self._joined.find(words) if words else -1
        while at >= 0:
            first, last = bisect_right(self._ends, at), bisect_right(self._ends, at + len(words) - 1)
            touched = self._joined[self._start(first) : self._ends[last] - 1]
            if touched == words or touched in origin:
                return self._sentences[first].start
            at = self._joined.find(words, at + 1)
        return None

    def _start(self, sentence: int) -> int:
        return self._ends[sentence - 1] if sentence else 0
