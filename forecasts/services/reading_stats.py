"""How often what each rule of the readers found was accepted, edited or dismissed. It only reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from claims.models import ClaimSuggestion
from claims.reading.rules import RULES as CLAIM_RULES
from forecasts.choices import FindKind
from forecasts.models import ForecastSuggestion
from forecasts.reading.rules import BY_HAND
from forecasts.reading.rules import RULES as FORECAST_RULES
from sources.choices import Decision

MODELS: Final[dict[FindKind, type[ForecastSuggestion | ClaimSuggestion]]] = {
    FindKind.FORECAST: ForecastSuggestion,
    FindKind.CLAIM: ClaimSuggestion,
}
FEWEST: Final = 10  # of fewer decisions a share says nothing
# Of each rule, what it means and an example, in the order in which the readers list them.
TOLD: Final[dict[FindKind, dict[str, tuple[str, str]]]] = {
    FindKind.FORECAST: {rule.name: (rule.means, rule.example) for rule in FORECAST_RULES},
    FindKind.CLAIM: {rule.name: (rule.means, rule.example) for rule in CLAIM_RULES},
}
COUNTS: Final = {decision.value: Count("pk", filter=Q(decision=decision)) for decision in Decision}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Which finds count: of a kind, by a version of the readers, in texts that came in on a day or later."""

    kind: str = ""
    version: str = ""
    since: date | None = None

    @property
    def since_at(self) -> datetime | None:
        """When that day begins at the desk."""
        return None if self.since is None else timezone.make_aware(datetime.combine(self.since, time.min))


NO_LIMITS: Final = Limits()


@dataclass(frozen=True, kw_only=True)
class RuleStats:
    """What became of the finds of a rule. A sentence that was split counts once, as a find that was kept.

    `means` and `example` are empty for a rule that the readers no longer have.
    """

    kind: FindKind
    rule: str
    means: str = ""
    example: str = ""
    pending: int = 0
    accepted: int = 0
    edited: int = 0
    folded: int = 0
    split: int = 0
    dismissed: int = 0

    @property
    def found(self) -> int:
        return self.pending + self.decided

    @property
    def decided(self) -> int:
        return self.kept + self.dismissed

    @property
    def kept(self) -> int:
        return self.accepted + self.edited + self.folded + self.split

    @property
    def kept_as_found(self) -> int:
        return self.accepted + self.folded

    @property
    def kept_share(self) -> float | None:
        """Of those decided, 0 to 1; None where nothing is."""
        return _share(self.kept, self.decided)

    @property
    def as_found_share(self) -> float | None:
        """How many of those decided were kept without a change, 0 to 1; None where nothing is decided."""
        return _share(self.kept_as_found, self.decided)

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few decisions to judge the rule by."""
        return self.decided < FEWEST

    @property
    def is_by_hand(self) -> bool:
        return self.rule == BY_HAND


@dataclass(frozen=True, kw_only=True)
class KindStats:
    """The rules of one reader in the order of its table, then those that it no longer has, and what they missed."""

    kind: FindKind
    rules: Sequence[RuleStats]
    by_hand: RuleStats

    def __iter__(self) -> Iterator[RuleStats]:
        yield from self.rules
        yield self.by_hand

    @property
    def found(self) -> int:
        return sum(each.found for each in self)

    @property
    def kept(self) -> int:
        """By rules and by hand."""
        return sum(each.kept for each in self)

    @property
    def missed_share(self) -> float | None:
        """How much of what was kept no rule had found, 0 to 1; None where nothing was kept."""
        return _share(self.by_hand.kept, self.kept)

    @property
    def is_too_few(self) -> bool:
        return self.kept < FEWEST


def reading_stats(limits: Limits = NO_LIMITS) -> list[KindStats]:
    """The rules of each kind of find within the limits, those too that found nothing. One statement a kind."""
    return [_of_kind(kind, limits) for kind in FindKind if limits.kind in ("", kind)]


def versions() -> list[str]:
    """The versions of the readers that have found anything, the oldest first. One statement."""
    forecasts: Any = ForecastSuggestion.objects.order_by().values_list("reader_version", flat=True)
    claims: Any = ClaimSuggestion.objects.order_by().values_list("reader_version", flat=True)
    return sorted(forecasts.union(claims), key=_in_order)


def _of_kind(kind: FindKind, limits: Limits) -> KindStats:
    counts, told = _counts(kind, limits), TOLD[kind]

    def row(rule: str) -> RuleStats:
        means, example = told.get(rule, ("", ""))
        return replace(counts.get(rule) or RuleStats(kind=kind, rule=rule), means=means, example=example)

    names = [*told, *sorted(counts.keys() - told.keys() - {BY_HAND})]
    return KindStats(kind=kind, rules=[row(name) for name in names], by_hand=row(BY_HAND))


def _counts(kind: FindKind, limits: Limits) -> dict[str, RuleStats]:
    """By rule, how many finds are under each decision; the parts of a split one are no finds of the rule."""
    rows = MODELS[kind]._default_manager.filter(part=0)  # noqa: SLF001 - Django's documented name
    if limits.version:
        rows = rows.filter(reader_version=limits.version)
    if limits.since_at is not None:
        rows = rows.filter(article__recorded_at__gte=limits.since_at)
    grouped: Any = rows.order_by().values("rule").annotate(**COUNTS)
    return {row["rule"]: RuleStats(kind=kind, **row) for row in grouped}


def _share(part: int, whole: int) -> float | None:
    """To a thousandth."""
    return round(part / whole, 3) if whole else None


def _in_order(version: str) -> tuple[int, str]:
    """Versions count upwards: 10 comes after 9."""
    return (int(version) if version.isdecimal() else 0, version)
