"""Markdown to HTML that is safe to show: no raw HTML gets in, and what comes out is sanitised all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sources.reading.document_parts import Parts
from sources.reading.furniture import is_credit, is_furniture

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable(["table", "strikethrough"])
_TAGS: Final = frozenset(
    "a b blockquote br code del em h2 h3 h4 h5 h6 hr i li ol p pre s strong table tbody td th thead tr ul".split()
)
_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def to_html(markdown: str) -> SafeString:
    """A Markdown text as HTML; its headings form an outline without gaps, from the second level on."""
    tokens = _MARKDOWN.parse(markdown)
    _outline(tokens)
    return _cleaned(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def inline_html(markdown: str) -> SafeString:
    """One paragraph of Markdown without the paragraph."""
    return _cleaned(_MARKDOWN.renderInline(" ".join(markdown.split())))


def body_markdown(parts: Parts) -> str:
    """The body alone, with its headings: no masthead, summary, credits, page furniture or forecast section."""
    return "".join(_body_lines(parts)).strip()


def _body_lines(parts: Parts) -> Iterator[str]:
    """The lines of the body's sentences, and what stands between two of them: headings, rules, fences."""
    sentences = iter(parts.sentences)
    here, before, waiting, end = next(sentences, None), "", "", 0
    for line in parts.text.splitlines(keepends=True):
        start, end = end, end + len(line)
        while here is not None and here.end <= start:
            before, here = here.section, next(sentences, None)
        in_body = here is not None and here.section == "body"
        if here is not None and here.start < end:
            if in_body:
                yield waiting + line
            waiting = ""
        elif not line.strip() or (in_body and _is_between(line, before=before, title=parts.title)):
            waiting += line


def _is_between(line: str, *, before: str, title: str | None) -> bool:
    """Whether a line without a sentence, above one of the body, is of the body too."""
    if is_credit(line) or is_furniture(line.strip()):
        return False
    return before == "body" or (line.startswith("#") and line.strip("# \n") != title)


def _outline(tokens: Sequence[Token]) -> None:
    """Give each heading the level that it has in the outline: one below the nearest higher one."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, 1 + len(above))}"


def _cleaned(html: str) -> SafeString:
    safe = nh3.clean(
        html, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=set(_SCHEMES), link_rel="noopener nofollow"
    )
    return mark_safe(safe)  # noqa: S308 - sanitised one line above
