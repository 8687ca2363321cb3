"""Word lists, written as text so that they can be read."""

from __future__ import annotations


def word_list(*lines: str) -> tuple[str, ...]:
    """The words of the lines, in order."""
    return tuple(word for line in lines for word in line.split())


def word_set(*lines: str) -> frozenset[str]:
    """The words of the lines."""
    return frozenset(word_list(*lines))
