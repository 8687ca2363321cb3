"""What was found in an article, as the confirming page shows it: one card for each find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.forms import Form

from accounts.models import User
from claims.advice import CLAIM_FLAGS
from claims.forms import ConfirmClaimForm
from claims.models import Claim, ClaimSuggestion, Series
from forecasts.advice import FORECAST_FLAGS
from forecasts.forms.wordings import ConfirmForecastForm
from forecasts.models import Forecast, ForecastSuggestion
from forecasts.reading.rules import BY_HAND
from forecasts.services.confirming import proposed_window
from forecasts.services.likeness import Asked, Near, nearest
from sources.choices import Decision
from sources.models import Article

Kind = Literal["forecast", "claim"]
State = Literal["pending", "accepted", "dismissed", "split"]
STATES: Final[dict[str, State]] = {
    Decision.PENDING: "pending",
    Decision.DISMISSED: "dismissed",
    Decision.SPLIT: "split",
}


@dataclass(kw_only=True, eq=False)
class Find:
    """A suggestion with its form while it is pending, its repeats, and its number on the page."""

    kind: Kind
    row: ForecastSuggestion | ClaimSuggestion
    form: Form | None = None
    number: int = 0
    repeats: list[Find] = field(default_factory=list)
    series: Series | None = None
    near: list[Near] = field(default_factory=list)
    notice: str = ""

    @property
    def key(self) -> str:
        """Its name in addresses of the page: f12, c3."""
        return f"{self.kind[0]}{self.row.pk}"

    @property
    def mark_key(self) -> str:
        """The key of its mark in the text; the parts of a compound share the mark of the whole."""
        whole = self.row.split_from_id if isinstance(self.row, ForecastSuggestion) else None
        return self.key if whole is None else f"f{whole}"

    @property
    def clause(self) -> str:
        """What of the sentence a part is about; "" for a whole."""
        clause: str = self.row.found.get("clause", "")
        return clause

    @property
    def may_be_split(self) -> bool:
        return self.kind == "forecast" and self.row.is_pending and not self.row.part

    @property
    def start(self) -> int:
        return self.row.start

    @property
    def end(self) -> int:
        return self.row.end

    @property
    def state(self) -> State:
        return STATES.get(self.row.decision, "accepted")

    @property
    def flags(self) -> list[tuple[Any, Any]]:
        """The reader's flags: what each is called and what to do about it."""
        known = FORECAST_FLAGS if self.kind == "forecast" else CLAIM_FLAGS
        return [known.get(flag, (flag, "")) for flag in self.row.found["flags"]]

    @property
    def is_plain(self) -> bool:
        """Whether it is pending and nothing about it asks for a look, so that it can be accepted together with others.

        A flag asks for one, an older forecast that is near, words selected by hand, and a claim of nothing named.
        """
        looked_at = self.row.found["flags"] or self.near or self.row.rule == BY_HAND or self.row.part
        return self.row.is_pending and not looked_at and bool(self.row.found.get("subject", True))

    @property
    def record(self) -> Forecast | Claim | None:
        """What it became."""
        return self.row.forecast if isinstance(self.row, ForecastSuggestion) else self.row.claim


@dataclass(frozen=True)
class Progress:
    """How far the confirming of an article has come."""

    total: int
    left: int
    plain: int

    @property
    def decided(self) -> int:
        return self.total - self.left


def pending_counts() -> dict[str, Coalesce]:
    """Annotations of articles: how many finds of each kind nobody has decided."""
    return {
        "pending_forecasts": _pending(ForecastSuggestion.objects.all()),
        "pending_claims": _pending(ClaimSuggestion.objects.all()),
    }


def _pending(finds: QuerySet[Any]) -> Coalesce:
    own = finds.filter(article=OuterRef("pk"), decision=Decision.PENDING).order_by().values("article")
    return Coalesce(Subquery(own.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)


def finds_in(article: Article) -> list[Find]:
    """Every find in the order of the text, repeats under the find that they repeat. Three queries, however many."""
    forecasts = [Find(kind="forecast", row=row) for row in _forecast_rows(article)]
    claims = [Find(kind="claim", row=row) for row in _claim_rows(article)]
    finds = sorted([*_folded(forecasts), *claims], key=lambda find: (find.start, find.end, find.row.part))
    for number, find in enumerate(finds, start=1):
        find.number = number
    _set_series(find for find in claims if find.row.is_pending)
    return finds


def with_forms(finds: Iterable[Find]) -> None:
    """Give each pending find its form, unless it has one (what somebody has just sent)."""
    for find in finds:
        if find.row.is_pending and find.form is None:
            find.form = form_for(find.row)


def with_near(article: Article, finds: Iterable[Find]) -> None:
    """Tell each pending forecast which older ones it is near to; as many queries for one as for all."""
    pending = {find.row.pk: find for find in finds if find.kind == "forecast" and find.row.is_pending}
    asked = []
    for key, find in pending.items():
        assert isinstance(find.row, ForecastSuggestion)
        opens_on, closes_on = proposed_window(find.row)
        event = find.row.found["proposal"]["event"]
        asked.append(Asked(number=key, event=event, opens_on=opens_on, closes_on=closes_on))
    for key, near in nearest(article, asked).items():
        pending[key].near = near


def form_for(row: ForecastSuggestion | ClaimSuggestion, data: Any = None) -> Form:
    """The form that confirms a find, filled as the reader proposes or with what was sent."""
    if isinstance(row, ForecastSuggestion):
        return ConfirmForecastForm(data, find=row)
    return ConfirmClaimForm(data, find=row)


def proposed_data(form: Form) -> dict[str, Any]:
    """A form's initial data as a browser would send it, to accept a find as it stands."""
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def progress_of(finds: Sequence[Find]) -> Progress:
    every = [each for find in finds for each in (find, *find.repeats)]
    left = sum(each.row.is_pending for each in every)
    return Progress(total=len(every), left=left, plain=sum(find.is_plain for find in finds))


def last_decision(finds: Sequence[Find], *, by: User) -> Find | None:
    """The find that this person decided last, repeats that were folded with it left aside."""
    own = [find for find in finds if not find.row.is_pending and find.row.decided_by_id == by.pk]
    return max(own, key=lambda find: (find.row.decided_at, find.row.pk), default=None)


def _forecast_rows(article: Article) -> list[ForecastSuggestion]:
    rows = ForecastSuggestion.objects.filter(article=article).select_related("forecast", "decided_by", "split_from")
    return _of(article, list(rows))


def _claim_rows(article: Article) -> list[ClaimSuggestion]:
    rows = ClaimSuggestion.objects.filter(article=article).select_related("claim__series", "decided_by")
    return _of(article, list(rows))


def _of(article: Article, rows: list[Any]) -> list[Any]:
    for row in rows:
        row.article = article  # with what is prefetched on it
    return rows


def _folded(finds: Sequence[Find]) -> list[Find]:
    """The finds that stand for themselves; a repeat goes under its original, unless that was dismissed or split."""
    by_key = {find.row.pk: find for find in finds}
    alone = []
    for find in finds:
        original = by_key.get(getattr(find.row, "duplicate_of_id", None) or 0)
        if original is None or original.state in ("dismissed", "split"):
            alone.append(find)
        else:
            original.repeats.append(find)
    return alone


def _set_series(claims: Iterable[Find]) -> None:
    """Tell each pending claim the series that it would join as it stands."""
    pending = list(claims)
    subjects = {(find.row.found["subject"] or "").lower() for find in pending}
    if not subjects:
        return
    rows = Series.objects.alias(lower=Lower("subject")).filter(
        lower__in=subjects, place="", item_class="", loss_state=""
    )
    counted = rows.annotate(claim_count=Count("claims", filter=Q(claims__retracted_at=None))).order_by("-pk")
    known = {(row.measure, row.subject.lower(), row.unit, row.aggregation): row for row in counted}
    for find in pending:
        found = find.row.found
        subject, unit = (found["subject"] or "").lower(), found["unit"] or "people"
        find.series = known.get((found["measure"], subject, unit, found["aggregation"] or ""))
