"""Figures of one series beside each other: what kind each is, and how far apart they lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Stance
from claims.models import Claim


class Kind(StrEnum):
    """What a figure says. Only figures of the same kind can contradict each other outright."""

    UPPER = "upper"
    LOWER = "lower"
    RANGE = "range"
    ESTIMATE = "estimate"
    EXACT = "exact"
    STATEMENT = "statement"


KIND_WORDS = {
    Kind.UPPER: gettext_lazy("an upper bound"),
    Kind.LOWER: gettext_lazy("a lower bound"),
    Kind.RANGE: gettext_lazy("a range"),
    Kind.ESTIMATE: gettext_lazy("an estimate"),
    Kind.EXACT: gettext_lazy("an exact figure"),
    Kind.STATEMENT: gettext_lazy("a statement without a figure"),
}


@dataclass(frozen=True, kw_only=True)
class Distance:
    """The two figures furthest apart, each its speaker's latest. `ratio` is None where the lower one is nought."""

    lowest: Claim
    highest: Claim
    ratio: Decimal | None

    @property
    def sentence(self) -> str:
        """“3.3 times apart: an upper bound against an estimate, which are not the same kind of figure.”"""
        if self.ratio is None:
            apart = _("From nought to %s") % number_format(_greatest(self.highest) or 0, force_grouping=True)
        elif self.ratio == 1:
            apart = _("No distance between them")
        else:
            apart = _("%s times apart") % number_format(self.ratio, 1)
        kinds = {"high": KIND_WORDS[kind_of(self.highest)], "low": KIND_WORDS[kind_of(self.lowest)]}
        if kind_of(self.highest) == kind_of(self.lowest):
            return _("%s.") % apart
        against = _("%(high)s against %(low)s, which are not the same kind of figure") % kinds
        return _("%(apart)s: %(against)s.") % {"apart": apart, "against": against}


def kind_of(claim: Claim) -> Kind:
    """What kind of figure a claim gives."""
    low, high, point = claim.value_low, claim.value_high, claim.value_point
    if point is not None:
        return Kind.EXACT if low == high == point and not claim.approximate else Kind.ESTIMATE
    if low is not None and high is not None:
        return Kind.RANGE
    if low is not None:
        return Kind.LOWER
    return Kind.STATEMENT if high is None else Kind.UPPER


def kind_words(claim: Claim) -> str:
    return str(KIND_WORDS[kind_of(claim)])


def figure_text(claim: Claim) -> str:
    """A claim's figure in words: “up to 4,000”, “at least 200”, “about 1,200”, “1,000–2,000”; "" for a statement."""
    values = {
        name: number_format(value.normalize() + 0, force_grouping=True)
        for name, value in (("low", claim.value_low), ("high", claim.value_high), ("point", claim.value_point))
        if value is not None
    }
    pattern = {
        Kind.UPPER: _("up to %(high)s"),
        Kind.LOWER: _("at least %(low)s"),
        Kind.RANGE: _("%(low)s–%(high)s"),
        Kind.ESTIMATE: _("about %(point)s"),
        Kind.EXACT: _("%(point)s"),
        Kind.STATEMENT: "",
    }[kind_of(claim)]
    return pattern % values


def distance(claims: Iterable[Claim]) -> Distance | None:
    """How far apart the speakers of a series are; None where fewer than two of them give a figure.

    A denial asserts no figure, and an earlier figure of a speaker is not at odds with the later one.
    """
    figures = [claim for claim in latest(claims) if _least(claim) is not None and claim.stance != Stance.DENIES]
    if len(figures) < 2:
        return None
    lowest = min(figures, key=lambda claim: _least(claim) or 0)
    highest = max(figures, key=lambda claim: _greatest(claim) or 0)
    if lowest is highest:
        return None
    low, high = _least(lowest) or Decimal(0), _greatest(highest) or Decimal(0)
    return Distance(lowest=lowest, highest=highest, ratio=round(high / low, 1) if low else None)


def latest(claims: Iterable[Claim]) -> list[Claim]:
    """Each speaker's latest claim; unknown speakers stand for themselves."""
    by_speaker: dict[tuple[str, int], Claim] = {}
    for claim in sorted(claims, key=_when):
        by_speaker["speaker" if claim.speaker_id else "claim", claim.speaker_id or claim.pk] = claim
    return list(by_speaker.values())


def _when(claim: Claim) -> tuple[date, int]:
    return claim.as_of or claim.said_on or claim.recorded_at.date(), claim.pk


def _least(claim: Claim) -> Decimal | None:
    return next((v for v in (claim.value_point, claim.value_low, claim.value_high) if v is not None), None)


def _greatest(claim: Claim) -> Decimal | None:
    return next((v for v in (claim.value_point, claim.value_high, claim.value_low) if v is not None), None)
