"""Bands of probability and the terms that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class UnknownYardstick(LookupError):
    """No yardstick has this slug."""


class UnknownTerm(LookupError):
    """The yardstick has no term with this slug."""


@dataclass(frozen=True, slots=True)
class Band:
    """A range of probability, 0 to 1; a bound is None where the band has only one side.

    `low_open` and `high_open` say that the bound itself lies outside ("less than 50 %").
    """

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, probability: float) -> bool:
        above = self.low is None or probability > self.low or (probability == self.low and not self.low_open)
        below = self.high is None or probability < self.high or (probability == self.high and not self.high_open)
        return above and below

    @property
    def midpoint(self) -> float | None:
        """The middle of a two-sided band, None where one side is missing: a midpoint would then be ours."""
        if self.low is None or self.high is None:
            return None
        return round((self.low + self.high) / 2, 10)

    def mirrored(self) -> Band:
        """The band of the negation: (1 − high, 1 − low), open where its counterpart was."""
        return Band(_complement(self.high), _complement(self.low), self.high_open, self.low_open)


def _complement(bound: float | None) -> float | None:
    return None if bound is None else round(1 - bound, 10)


@dataclass(frozen=True, slots=True)
class Term:
    """One rung of a yardstick: its slug, the words that mean it, the first of them its name, and its band."""

    slug: str
    words: tuple[str, ...]
    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False

    @property
    def band(self) -> Band:
        """The term's range of probability."""
        return Band(self.low, self.high, self.low_open, self.high_open)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A versioned scale of verbal probability. `advice` is what its makers ask of those who use it."""

    slug: str
    version: str
    name: str
    source: str
    url: str
    terms: tuple[Term, ...]
    advice: str = ""
    _by_slug: Mapping[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_slug", {term.slug: term for term in self.terms})

    def term(self, slug: str) -> Term:
        """The term with this slug; raises UnknownTerm."""
        try:
            return self._by_slug[slug]
        except KeyError:
            raise UnknownTerm(f"{self.slug} has no term {slug!r}") from None

    def term_for(self, probability: float) -> Term | None:
        """The term whose band holds the probability; None in a gap, which is never snapped to a neighbour.

        Where bands overlap, the narrowest; where they meet, the higher.
        """
        holding = [term for term in self.terms if probability in term.band]
        return min(holding, key=_width, default=None)


def _width(term: Term) -> tuple[float, float]:
    low = 0.0 if term.low is None else term.low
    high = 1.0 if term.high is None else term.high
    return round(high - low, 10), -low
