"""What lists of claims and series can be narrowed to."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from claims.choices import Basis, Measure, Stance
from claims.models import Claim, Series
from groundwork.filters import CountryFilter, DayFilter, ReferenceFilter, SearchFilter, WordFilter
from sources.filters import ArticleRefFilter, TopicFilter, WhoFilter
from sources.querysets import Viewer


def _visible_series(viewer: Viewer) -> QuerySet[Series]:
    return Series.objects.visible_to(viewer)


class SeriesFilter(FilterSet):
    q = SearchFilter("subject", "place")
    measure = WordFilter("measure", label=_("Measure"), choices=Measure.choices)

    class Meta:
        model = Series
        fields: list[str] = []


class ClaimFilter(FilterSet):
    q = SearchFilter("quote")
    series = ReferenceFilter("series", kind="series", visible=_visible_series, label=_("Series"))
    measure = WordFilter("series__measure", label=_("Measure"), choices=Measure.choices)
    speaker = WhoFilter("speaker", label=_("Speaker"))
    article = ArticleRefFilter()
    topic = TopicFilter("article__topics")
    country = CountryFilter("article__countries")
    basis = WordFilter("basis", label=_("Basis"), choices=Basis.choices)
    stance = WordFilter("stance", label=_("Stance"), choices=Stance.choices)
    said_after = DayFilter("said_on", "gte", label=_("Said from"))
    said_before = DayFilter("said_on", "lte", label=_("Said until"))
    as_of_after = DayFilter("as_of", "gte", label=_("As of, from"))
    as_of_before = DayFilter("as_of", "lte", label=_("As of, until"))

    class Meta:
        model = Claim
        fields: list[str] = []
