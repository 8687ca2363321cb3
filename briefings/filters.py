"""What lists of briefings can be narrowed to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from briefings.choices import State
from briefings.models import Briefing, Edition
from groundwork.filters import CountryFilter, DayFilter, SearchFilter, WordFilter
from sources.filters import TopicFilter
from sources.querysets import sees_the_desk


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
