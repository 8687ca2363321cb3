"""What lists of briefings can be narrowed to."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from briefings.choices import State
from briefings.models import Briefing, Edition
from briefings.querysets import BriefingQuerySet
from groundwork.filters import CONTAINS, CountryFilter, DayFilter, WordFilter
from sources.filters import TopicFilter
from sources.querysets import sees_the_desk


class BriefingFilter(FilterSet):
    q = CharFilter(method="containing", label=CONTAINS, max_length=200)
    state = WordFilter("state", label=_("State"), choices=State.choices)
    topic = TopicFilter("article__topics")
    country = CountryFilter("article__countries")
    dated_after = DayFilter("dated_on", "gte", label=_("Dated from"))
    dated_before = DayFilter("dated_on", "lte", label=_("Dated until"))

    class Meta:
        model = Briefing
        fields: list[str] = []

    def containing(self, rows: BriefingQuerySet, _name: str, value: str) -> BriefingQuerySet:
        """By the titles of its editions; the working title, which may differ, is the desk's to search."""
        published = Q(Exists(Edition.objects.filter(briefing=OuterRef("pk"), title__icontains=value)))
        working = Q(title__icontains=value) if sees_the_desk(self.request.user) else Q()
        return rows.filter(published | working)


class PublishedFilter(FilterSet):
    """The same for readers, to whom every briefing is published."""

    q = CharFilter(method="containing", label=CONTAINS, max_length=200)
    topic = TopicFilter("article__topics")
    dated_after = DayFilter("dated_on", "gte", label=_("Dated from"))
    dated_before = DayFilter("dated_on", "lte", label=_("Dated until"))

    class Meta:
        model = Briefing
        fields: list[str] = []

    def containing(self, rows: BriefingQuerySet, _name: str, value: str) -> BriefingQuerySet:
        """By the titles of its editions; the working title, which may differ, is the desk's to search."""
        published = Q(Exists(Edition.objects.filter(briefing=OuterRef("pk"), title__icontains=value)))
        working = Q(title__icontains=value) if sees_the_desk(self.request.user) else Q()
        return rows.filter(published | working)
