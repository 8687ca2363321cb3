"""Markdown to HTML that is safe to show: no raw HTML gets in, and what comes out is sanitised all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from sources.reading.document_parts import Parts, Sentence

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
_TAGS: Final = frozenset(
    "a b blockquote br code del em h3 h4 h5 h6 hr i li ol p pre s strong table tbody td th thead tr ul".split()
)
_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}


def to_html(markdown: str) -> SafeString:
    """A Markdown text as HTML; its headings start at the third level, below the page's own."""
    return mark_safe(_cleaned(_MARKDOWN.render(_lowered(markdown))))  # noqa: S308 - sanitised one line above


def inline_html(markdown: str) -> SafeString:
    """One paragraph of Markdown without the paragraph."""
    return mark_safe(_cleaned(_MARKDOWN.renderInline(" ".join(markdown.split()))))  # noqa: S308 - sanitised


def body_markdown(parts: Parts) -> str:
    """The body alone, with its headings: no masthead, summary, credits or forecast section."""
    return "".join(_body_lines(parts.text, [each for each in parts.sentences if each.section == "body"])).strip()


def _body_lines(text: str, sentences: Iterable[Sentence]) -> Iterator[str]:
    spans = iter([(each.start, each.end) for each in sentences])
    span = next(spans, None)
    start, headings = 0, ""
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        while span is not None and span[1] <= start:
            span = next(spans, None)
        if span is not None and span[0] < end:
            yield headings + line
            headings = ""
        elif line.lstrip().startswith("#"):
            headings = f"{line}\n"
        elif not line.strip():
            yield "\n"
        start = end


def _lowered(markdown: str) -> str:
    """Headings moved two levels down, to the sixth at most."""
    return "\n".join(
        "#" * min(6, _level(line) + 1) + line.lstrip("#") if _level(line) else line for line in markdown.split("\n")
    )


def _level(line: str) -> int:
    """How deep a heading that line is; 0 for none."""
    marks = len(line) - len(line.lstrip("#"))
    return max(marks, 2) if 0 < marks <= 6 and line[marks : marks + 1] in (" ", "") else 0


def _cleaned(html: str) -> str:
    return nh3.clean(
        html, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )
