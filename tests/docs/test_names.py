"""What the documentation names is there: pages, files, make's targets, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"[\w./-]*\w\.(?:py|md|toml|txt|yml)|\.env\.example|Makefile|Dockerfile")


def anchors(markdown: str) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", markdown, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_link_leads_somewhere(pages):
    broken = []
    for page in pages:
        for link in LINK.findall(page.prose):
            place, _, anchor = link.partition("#")
            target = (page.path.parent / place).resolve() if place else page.path
            if "://" in link:
                continue
            if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
                broken.append(f"{page.path.name}: {link}")
    assert broken == []


def test_every_page_is_linked_to(pages):
    linked = {(page.path.parent / link).resolve() for page in pages for link in LINK.findall(page.prose)}
    assert [page.path.name for page in pages if page.path not in linked and page.path.name != "README.md"] == []


def test_every_file_that_is_named_exists(pages, named):
    found = {(page.path, name) for page in pages for name in filter(FILE.fullmatch, named(page.prose))}
    assert [
        (path, name) for path, name in found if not (ROOT / name).exists() and not any(ROOT.glob(f"*/{name}"))
    ] == []


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (r"(?<![\w-])make ([a-z][a-z-]*)(?=[`\s]|$)", targets),
        (r"manage\.py ([a-z_]+)", lambda: set(get_commands())),
    ],
)
def test_every_command_that_is_named_exists(pages, named, words, known):
    code = [text for page in pages for text in (*named(page.prose), *(content for _, content in page.blocks))]
    found = {name for text in code for name in re.findall(words, text, re.MULTILINE)}
    assert found - known() == set()
