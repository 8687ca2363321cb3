"""The page on the readers says what their tables of rules say."""

from __future__ import annotations

import os

from tests.reading.page import page


def test_the_tables_are_those_of_the_code(read_page):
    shown = read_page("docs/reading.md")
    if os.environ.get("GOLDEN") == "write":
        shown.path.write_text(page(), encoding="utf-8")
    assert shown.text == page()
