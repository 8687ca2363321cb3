"""What lists of forecasts can be narrowed to."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from forecasts.choices import Horizon, Outcome, Triage
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.querysets import ForecastQuerySet
from forecasts.yardsticks.scales import YARDSTICKS
from groundwork.filters import CountryFilter, DayFilter, SearchFilter, WordFilter
from sources.filters import ArticleRefFilter, TopicFilter, WhoFilter

# The terms of all yardsticks; those of different yardsticks that share a slug share a filter too.
TERMS: Final = list({term.slug: term.words[0] for scale in YARDSTICKS.values() for term in scale.terms}.items())


class Status(models.TextChoices):
    """Where a forecast stands today; each stands in exactly one of these."""

    OPEN = "open", _("open")
    OVERDUE = "overdue", _("overdue")
    RESOLVED = "resolved", _("resolved")
    ASSESSMENT = "assessment", _("assessment, never due")


class ForecastFilter(FilterSet):
    q = SearchFilter("event", "statement")
    status = WordFilter(method="with_status", label=_("Status"), choices=Status.choices)
    outcome = WordFilter(method="with_outcome", label=_("Outcome"), choices=Outcome.choices)
    horizon = WordFilter("horizon", label=_("Horizon"), choices=Horizon.choices)
    triage = WordFilter("triage", label=_("Triage"), choices=Triage.choices)
    term = WordFilter(method="with_term", label=_("Term"), choices=TERMS)
    topic = TopicFilter()
    country = CountryFilter()
    author = WhoFilter("author", label=_("Author"))
    article = ArticleRefFilter()
    made_after = DayFilter("made_on", "gte", label=_("Made from"))
    made_before = DayFilter("made_on", "lte", label=_("Made until"))
    closes_after = DayFilter("closes_on", "gte", label=_("Closes from"))
    closes_before = DayFilter("closes_on", "lte", label=_("Closes until"))

    class Meta:
        model = Forecast
        fields: list[str] = []

    def with_status(self, rows: ForecastQuerySet, _name: str, value: str) -> ForecastQuerySet:
        on = timezone.localdate()
        match Status(value):
            case Status.OPEN:
                return rows.open(on=on).exclude(triage=Triage.ASSESSMENT)
            case Status.OVERDUE:
                return rows.overdue(on=on)
            case Status.RESOLVED:
                return rows.resolved()
            case Status.ASSESSMENT:
                return rows.unresolved().filter(triage=Triage.ASSESSMENT)

    def with_outcome(self, rows: ForecastQuerySet, _name: str, value: str) -> ForecastQuerySet:
        held = Resolution.objects.standing().filter(forecast=OuterRef("pk"), outcome=value)
        return rows.filter(Exists(held))

    def with_term(self, rows: ForecastQuerySet, _name: str, value: str) -> ForecastQuerySet:
        """By the term of a standing judgement that the viewer may see."""
        judged = Judgement.objects.visible_to(self.request.user).standing()
        return rows.filter(Exists(judged.filter(forecast=OuterRef("pk"), term=value)))
