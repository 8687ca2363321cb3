"""What lists of briefings can be narrowed to."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet

from briefings.choices import State
from briefings.models import Briefing, Edition
from forecasts.filters import ForecastFilter
from groundwork.filters import CountryFilter, DayFilter, SearchFilter, WordFilter
from groundwork.models import Redaction, RedactionReason, RedactionState
from sources.filters import TopicFilter
from sources.querysets import Viewer, sees_the_desk


class BriefingTitleFilter(SearchFilter):
    """Briefings by a part of the newest title that was published; for the desk, of the working title too."""

    parent: FilterSet

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        published = Edition.objects.newest_of_each().filter(title__icontains=value)
        found = Q(pk__in=published.values("briefing"))
        return qs.filter(found | Q(title__icontains=value) if sees_the_desk(self.parent.request.user) else found)


class BriefingFilter(FilterSet):
    q = BriefingTitleFilter("title")
    state = WordFilter("state", label=_("State"), choices=State.choices)
    topic = TopicFilter("article__topics")
    country = CountryFilter("article__countries")
    dated_after = DayFilter("dated_on", "gte", label=_("Dated from"))
    dated_before = DayFilter("dated_on", "lte", label=_("Dated until"))

    class Meta:
        model = Briefing
        fields: list[str] = []


class PublishedFilter(FilterSet):
    """For readers, whose list is of the newest editions."""

    q = SearchFilter("title")
    topic = TopicFilter("article__topics")
    dated_after = DayFilter("briefing__dated_on", "gte", label=_("Dated from"))
    dated_before = DayFilter("briefing__dated_on", "lte", label=_("Dated until"))

    class Meta:
        model = Edition
        fields: list[str] = []


class RedactionFilter(FilterSet):
    state = WordFilter("state", label=_("State"), choices=RedactionState.choices)
    reason = WordFilter("reason", label=_("Legal reason"), choices=RedactionReason.choices)

    class Meta:
        model = Redaction
        fields: list[str] = []


class PublicForecastFilter(ForecastFilter):
    """For readers: what anybody may see, and the desk's line alone, whoever looks."""

    OF_THE_DESK: Final = frozenset({"triage", "article", "followed", "judgement", "forecaster"})

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        found = super().get_filters()  # type: ignore[no-untyped-call]  # django-filter's stubs leave it so
        return {name: each for name, each in found.items() if name not in cls.OF_THE_DESK}

    @property
    def viewer(self) -> Viewer:
        return AnonymousUser()
