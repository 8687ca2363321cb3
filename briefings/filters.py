"""What lists of briefings can be narrowed to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from briefings.choices import State
from briefings.models import Briefing
from groundwork.filters import CountryFilter, DayFilter, SearchFilter, WordFilter
from sources.filters import TopicFilter


class BriefingFilter(FilterSet):
    q = SearchFilter("title")
    state = WordFilter("state", label=_("State"), choices=State.choices)
    topic = TopicFilter("article__topics")
    country = CountryFilter("article__countries")
    dated_after = DayFilter("dated_on", "gte", label=_("Dated from"))
    dated_before = DayFilter("dated_on", "lte", label=_("Dated until"))

    class Meta:
        model = Briefing
        fields: list[str] = []
