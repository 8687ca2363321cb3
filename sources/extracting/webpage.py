"""The text of a web page: its article, block by block, without menus and footers."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import trafilatura

_BLOCKS = frozenset({"head", "p", "item", "cell", "quote", "code"})
_NESTED = _BLOCKS | {"list", "table", "row"}


def read_webpage(html: str) -> tuple[str | None, str]:
    """The title (None where the page has none) and the text of a page.

    Headings carry their "#", list items their "-", a blank line parts the blocks. Title, author and date of the page
    come first where the article's own text lacks them. The text is empty where no article is found.
    """
    page = trafilatura.bare_extraction(
        html,
        include_comments=False,
        include_formatting=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = getattr(page, "body", None)
    blocks = [] if body is None else list(_blocks(body))
    if not blocks:
        return None, ""
    title = _one_line(getattr(page, "title", None) or "") or None
    return title, "\n\n".join([*_lacking(page, title, blocks), *blocks]) + "\n"


def _lacking(page: Any, title: str | None, blocks: list[str]) -> Iterator[str]:
    """The lines that stood outside what was taken for the article."""
    opening = "\n".join(blocks[:6])
    if title and title not in opening and not blocks[0].startswith("# "):
        yield f"# {title}"
    elif blocks and blocks[0].startswith("# "):
        yield blocks.pop(0)
    if page.author and page.author not in opening:
        yield f"By {_one_line(page.author)}"
    if page.date and page.date[:4] not in opening:
        yield page.date


def _blocks(body: Any) -> Iterator[str]:
    for element in body.iter():
        if element.tag in _BLOCKS:
            text = _own_text(element)
            if text:
                yield _marked(element, text)


def _own_text(element: Any) -> str:
    """The text of a block without the blocks inside it; a line break stays one."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            pieces.append("\n")
        elif child.tag not in _NESTED:
            pieces.extend(child.itertext())
        pieces.append(child.tail or "")
    lines = (_one_line(line) for line in "".join(pieces).split("\n") if line.strip())
    return "\n\n".join(lines) if element.find("lb") is not None else _one_line(" ".join("".join(pieces).split("\n")))


def _marked(element: Any, text: str) -> str:
    if element.tag == "head":
        level = str(element.get("rend", "h2"))[-1]
        return f"{'#' * int(level) if level.isdigit() else '##'} {text}"
    lists = sum(parent.tag == "list" for parent in islice(element.iterancestors(), 12))
    in_item = element.tag == "item" or getattr(element.getparent(), "tag", "") == "item"
    return f"{'  ' * (lists - 1)}- {text}" if in_item and lists else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
