"""A sentence taken apart: its words, its counts and the words that measure them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.reading.figures import Figure
from claims.reading.measures import Anchor, Measure
from claims.reading.nouns import Noun
from claims.reading.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it counts."""

    figure: Figure
    noun: Noun


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence taken apart: its words, its figures and its measure words by where they begin and end."""

    tokens: Tokens
    counts: Sequence[Counted]
    anchors: Sequence[Anchor]
    begins: dict[int, list[Anchor]] = field(default_factory=dict)
    ends: dict[int, list[Anchor]] = field(default_factory=dict)
    by_start: dict[int, Counted] = field(default_factory=dict)
    by_end: dict[int, Counted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the four indexes, so that a look at a word costs the same in a sentence of any length."""
        for anchor in self.anchors:
            self.begins.setdefault(anchor.first, []).append(anchor)
            self.ends.setdefault(anchor.last - 1, []).append(anchor)
        for count in self.counts:
            self.by_start[count.figure.first] = count
            self.by_end.setdefault(count.figure.last - 1, count)
            self.by_end.setdefault(count.noun.end - 1, count)

    def count_at(self, at: int) -> Counted | None:
        """The figure that begins at that token."""
        return self.by_start.get(at)


@dataclass(frozen=True, slots=True)
class Governed:
    """A figure's measure, the tokens that give it, and the name of the construction."""

    measure: Measure
    first: int
    last: int
    rule: str
    anchor: Anchor | None = None
    denied: bool = False
