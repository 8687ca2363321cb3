"""The order in which the stretches of a page are read: column after column, not across the gutter."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from sources.extracting.pdf.glyphs import Stretch

_ROWS_AT_LEAST: Final = 4
_SIDE_AT_LEAST: Final = 0.18  # of the width of the text
_GUTTER_AT_LEAST: Final = 6  # points
_STRAY: Final = 2  # lines that may reach into the gutter: a title, a running header
_MOST_COLUMNS: Final = 4
_WIDE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page where text runs in one column, which ends at `bound` at the latest."""

    stretches: tuple[Stretch, ...]
    bound: float


def in_reading_order(stretches: Sequence[Stretch], *, bound: float = inf, columns: int = _MOST_COLUMNS) -> list[Region]:
    """The regions of a page, from first to last.

    What crosses the gutter (a title, a picture's caption) ends the columns above it and stands between them and those
    below. The cells of a table are no columns: see `_side_by_side`.
    """
    gutter = _gutter(stretches) if columns > 1 else None
    if gutter is None:
        return [Region(tuple(stretches), bound)] if stretches else []

    def sides(left: Sequence[Stretch], right: Sequence[Stretch]) -> list[Region]:
        return [
            *in_reading_order(left, bound=gutter, columns=columns - 1),
            *in_reading_order(right, bound=bound, columns=columns - 1),
        ]

    regions: list[Region] = []
    left: list[Stretch] = []
    right: list[Stretch] = []
    across: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: each.box.top):
        crosses = stretch.box.left < gutter < stretch.box.right
        if crosses and (left or right):
            regions += sides(left, right)
            left, right = [], []
        elif not crosses and across:
            regions.append(Region(tuple(across), bound))
            across = []
        (across if crosses else left if stretch.box.right <= gutter else right).append(stretch)
    return [*regions, *([Region(tuple(across), bound)] if across else []), *sides(left, right)]


def _gutter(stretches: Sequence[Stretch]) -> float | None:
    """Where a gap runs down between two columns, None where none does."""
    if len(stretches) < 2 * _ROWS_AT_LEAST:
        return None
    start = min(each.box.left for each in stretches)
    width = max(each.box.right for each in stretches) - start
    crossing = _crossing(stretches, start, width)
    low, high = int(width * _SIDE_AT_LEAST), int(width * (1 - _SIDE_AT_LEAST))
    fewest = min(crossing[low : high + 1], default=len(stretches))
    if fewest > len(stretches) // 3:
        return None
    gap = _widest([each <= fewest + _STRAY for each in crossing[: high + 1]], low)
    if gap[1] - gap[0] < _GUTTER_AT_LEAST:
        return None
    # A title may reach into the gap: what the fewest cross is its narrowest part.
    least = min(crossing[gap[0] : gap[1]])
    narrow = _widest([each == least for each in crossing[: gap[1]]], gap[0])
    gutter = start + (narrow[0] + narrow[1]) / 2
    return gutter if _side_by_side(stretches, gutter) else None


def _widest(marks: Sequence[bool], at: int) -> tuple[int, int]:
    """Where the longest run of marks begins and ends, from a place on."""
    best = (at, at)
    while at < len(marks):
        end = at
        while end < len(marks) and marks[end]:
            end += 1
        best = max(best, (at, end), key=lambda each: each[1] - each[0])
        at = end + 1
    return best


def _crossing(stretches: Sequence[Stretch], start: float, width: float) -> list[int]:
    """For each point of the width, how many stretches lie over it."""
    changes = [0] * (int(width) + 3)
    for stretch in stretches:
        changes[max(int(stretch.box.left - start), 0)] += 1
        changes[int(stretch.box.right - start) + 1] -= 1
    crossing, count = [], 0
    for change in changes:
        count += change
        crossing.append(count)
    return crossing


def _side_by_side(stretches: Sequence[Stretch], gutter: float) -> bool:
    """Whether both sides are columns of prose rather than cells of a table.

    A table is written row by row, so that the file goes from side to side; columns one after the other. Where the file
    says nothing, lines that fill their side make a column.
    """
    sides = [each.box.left > gutter for each in stretches if not each.box.left < gutter < each.box.right]
    left = [each for each in stretches if each.box.right <= gutter]
    right = [each for each in stretches if each.box.left >= gutter]
    fewer = min(len(left), len(right))
    if fewer < _ROWS_AT_LEAST or not _overlap(left, right):
        return False
    switches = sum(before != after for before, after in itertools.pairwise(sides))
    return switches <= 2 or switches < 0.34 * fewer or (_fills(left) and _fills(right))


def _overlap(left: Sequence[Stretch], right: Sequence[Stretch]) -> bool:
    """Whether the two stand beside each other and not one above the other."""
    top = max(min(each.box.top for each in side) for side in (left, right))
    bottom = min(max(each.box.bottom for each in side) for side in (left, right))
    return bottom - top > 2 * left[0].size


def _fills(side: Sequence[Stretch]) -> bool:
    width = max(each.box.right for each in side) - min(each.box.left for each in side)
    return sum(each.box.right - each.box.left > 0.8 * width for each in side) > _WIDE * len(side)
