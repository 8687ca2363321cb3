"""How far graders agree beyond what chance would make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient and the number of items that it rests on.

    `value` is 1 where all agree, 0 where they do as chance would have it, below 0 where less; None where it is not
    defined: only one category was used, or no item was graded twice.
    """

    n: int
    value: float | None


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]] | Mapping[tuple[Hashable, Hashable], int]) -> Agreement:
    """Cohen's kappa of two graders, unweighted, −1 to 1 (Cohen 1960).

    `pairs` has both verdicts on each item, or says of each pair of verdicts how many items had it.
    """
    counts = Counter(pairs)
    n = counts.total()
    one: Counter[Hashable] = Counter()
    other: Counter[Hashable] = Counter()
    for (first, second), count in counts.items():
        one[first] += count
        other[second] += count
    same = sum(count for (first, second), count in counts.items() if first == second)
    # Both times n², as whole numbers, which do not round.
    by_chance = sum(count * other[category] for category, count in one.items())
    return Agreement(n, (n * same - by_chance) / (n * n - by_chance) if n * n > by_chance else None)


def krippendorff_alpha(
    items: Iterable[tuple[Hashable | None, ...]] | Mapping[tuple[Hashable | None, ...], int],
) -> Agreement:
    """Krippendorff's alpha for nominal categories, at most 1 (Krippendorff 2011).

    `items` has the verdicts on each item, in any number, None where a grader gave none; or says of each such tuple how
    many items had it. Items with fewer than two verdicts do not count.
    """
    totals: Counter[Hashable] = Counter()
    differing, units = [], 0
    for verdicts, count in Counter(items).items():
        given = Counter(each for each in verdicts if each is not None)
        size = given.total()
        if size < 2:
            continue
        units += count
        for category, times in given.items():
            totals[category] += count * times
        differing.append(count * sum(times * (size - times) for times in given.values()) / (size - 1))
    n = totals.total()
    by_chance = sum(times * (n - times) for times in totals.values())
    return Agreement(units, 1 - (n - 1) * fsum(differing) / by_chance if by_chance else None)
