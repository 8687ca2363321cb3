"""The pages of the documentation, taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """Its text without the blocks of code."""
        return BLOCK.sub("", self.text)

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Language and content of each block of code."""
        return BLOCK.findall(self.text)

    def table(self, first_heading: str) -> list[list[str]]:
        """The cells of the table whose first column has that heading, without the heading row."""
        lines = iter(self.text.splitlines())
        assert any(line.startswith(f"| {first_heading} |") for line in lines), f"{self.path} has no such table."
        next(lines)
        rows = []
        for line in lines:
            if not line.startswith("|"):
                break
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        return rows


@pytest.fixture(scope="session")
def pages() -> list[Page]:
    """README.md and everything in docs/."""
    return [Page(ROOT / "README.md"), *(Page(path) for path in sorted(ROOT.glob("docs/**/*.md")))]


@pytest.fixture(scope="session")
def read_page() -> Callable[[str], Page]:
    """`read_page("docs/api.md")`."""
    return lambda name: Page(ROOT / name)


@pytest.fixture(scope="session")
def named() -> Callable[[str], list[str]]:
    """`named(text)`: everything in it that stands as code."""
    return lambda text: re.findall(r"`([^`]+)`", text)
