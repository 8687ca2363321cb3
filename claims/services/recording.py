"""Recording a claim in its series."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from claims.choices import Aggregation, Basis, Credibility, Measure, Stance
from claims.errors import ClaimRefused
from claims.models import Claim, Series
from sources.models import Article, Source


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a series counts: the fields that make two figures comparable."""

    measure: str
    subject: str
    place: str = ""
    unit: str = "people"
    item_class: str = ""
    loss_state: str = ""
    aggregation: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What is said of it. Counts are in the series' unit; all three None for a statement without figures."""

    value_low: Decimal | None = None
    value_high: Decimal | None = None
    value_point: Decimal | None = None
    approximate: bool = False
    qualifier: str = ""
    as_written: str = ""
    basis: str = Basis.UNKNOWN
    as_of: date | None = None
    said_on: date | None = None
    stance: str = Stance.ASSERTS
    verb: str = ""
    credibility: int = Credibility.UNJUDGED


@dataclass(frozen=True, kw_only=True)
class NewClaim:
    """One assertion with its speaker and its place in an article."""

    article: Article
    quote: str
    figure: Figure = field(default_factory=Figure)
    counted: Counted | None = None
    series: Series | None = None
    speaker: Source | None = None
    relayed_by: Source | None = None
    start: int | None = None
    end: int | None = None
    translation: str = ""
    responds_to: Claim | None = None
    replaces: Claim | None = None
    part_of: Claim | None = None


@transaction.atomic
def series_for(counted: Counted, *, by: User) -> Series:
    """The series that counts exactly this, made where there is none. Raises ClaimRefused."""
    _check_counted(counted)
    values = {each.name: getattr(counted, each.name) for each in fields(counted)}
    known = Series.objects.filter(
        subject__iexact=counted.subject, **{name: value for name, value in values.items() if name != "subject"}
    )
    return known.order_by("pk").first() or Series.objects.get_or_create(**values, defaults={"recorded_by": by})[0]


@transaction.atomic
def record_claim(new: NewClaim, *, by: User) -> Claim:
    """A new claim. Raises ClaimRefused, with the field to blame."""
    _check_figure(new.figure)
    quote = new.quote.strip()
    if not quote:
        raise ClaimRefused(_("Quote the words that make the claim."), field="quote")
    if new.start is not None and new.article.text[new.start : new.end] != new.quote:
        raise ClaimRefused(_("The quote does not stand there in the article."), field="quote")
    series = new.series or (series_for(new.counted, by=by) if new.counted is not None else None)
    if series is None and not _is_statement(new.figure):
        raise ClaimRefused(_("Say what the figure counts."), field="measure")
    return Claim.objects.create(
        series=series,
        speaker=new.speaker,
        relayed_by=new.relayed_by,
        article=new.article,
        quote=quote,
        start=new.start,
        end=new.end,
        quote_language=new.article.language,
        translation=new.translation,
        responds_to=new.responds_to,
        replaces=new.replaces,
        part_of=new.part_of,
        recorded_by=by,
        **{each.name: getattr(new.figure, each.name) for each in fields(new.figure)},
    )


@transaction.atomic
def retract_claim(claim: Claim, *, by: User, why: str, at: datetime) -> None:
    """Close a claim that was recorded by mistake; it stays readable. Raises ClaimRefused without a reason."""
    if not why.strip():
        raise ClaimRefused(_("Say why the claim is retracted."), field="why")
    Claim.objects.filter(pk=claim.pk, retracted_at__isnull=True).update(
        retracted_at=at, retracted_by=by, retracted_why=why.strip()
    )


def _is_statement(figure: Figure) -> bool:
    return figure.value_low is None and figure.value_high is None and figure.value_point is None


def _check_counted(counted: Counted) -> None:
    if counted.measure not in Measure.values:
        raise ClaimRefused(_("“%s” is no measure.") % counted.measure, field="measure")
    if not counted.subject.strip():
        raise ClaimRefused(_("Say who or what is counted."), field="subject")
    if counted.aggregation and counted.aggregation not in Aggregation.values:
        raise ClaimRefused(_("Figures are counted in total so far, as new, or at one moment."), field="aggregation")


def _check_figure(figure: Figure) -> None:
    for name in ("value_low", "value_point", "value_high"):
        value = getattr(figure, name)
        if value is not None and value < 0:
            raise ClaimRefused(_("A count is not negative."), field=name)
    if figure.value_low is not None and figure.value_high is not None and figure.value_low > figure.value_high:
        raise ClaimRefused(_("The lower bound is above the upper one."), field="value_low")
    _check_point(figure)
    if figure.stance not in Stance.values:
        raise ClaimRefused(_("“%s” is no stance.") % figure.stance, field="stance")
    if figure.basis not in Basis.values:
        raise ClaimRefused(_("“%s” is no basis.") % figure.basis, field="basis")
    if figure.credibility not in Credibility.values:
        raise ClaimRefused(_("Credibility is a number from 1 to 6."), field="credibility")


def _check_point(figure: Figure) -> None:
    point, low, high = figure.value_point, figure.value_low, figure.value_high
    if point is not None and ((low is not None and point < low) or (high is not None and point > high)):
        raise ClaimRefused(_("The figure lies outside its own bounds."), field="value_point")
