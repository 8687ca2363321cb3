"""Briefings and their editions: lists and details."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.api.permissions import ReadPublic
from briefings.api.serializers import BriefingDetailSerializer, BriefingSerializer, EditionSerializer
from briefings.filters import BriefingFilter
from briefings.models import Briefing, Edition, EditionForecast
from forecasts.models import Forecast
from groundwork.api.views import DetailView, ListView
from sources.querysets import Viewer


def shown_briefings(viewer: Viewer, *, whole: bool = False) -> QuerySet[Briefing]:
    """Briefings with their editions, newest first; `whole` brings the editions' texts and forecasts along."""
    editions = Edition.objects.order_by("-number")
    editions = editions.prefetch_related(carried(viewer)) if whole else editions.defer("markdown")
    rows = Briefing.objects.visible_to(viewer).defer("markdown")
    # Drafts bear no day yet; the desk sees them first.
    listed_on = Coalesce("dated_on", Value(date.max), output_field=DateField())
    return rows.annotate(listed_on=listed_on).prefetch_related(Prefetch("editions", editions, to_attr="shown_editions"))  # type: ignore[no-redef]  # the model declares it


def carried(viewer: Viewer) -> Prefetch[Any]:
    """The forecasts of editions that the viewer may see, with the lines that were published."""
    rows = EditionForecast.objects.select_related("forecast", "judgement__forecaster", "judgement__article__source")
    return Prefetch("carried", rows.order_by("position").filter(forecast__in=Forecast.objects.visible_to(viewer)))


class BriefingList(ListView):
    """What the desk has published."""

    permission_classes = [ReadPublic]
    serializer_class = BriefingSerializer
    queryset = Briefing.objects.none()
    filterset_class = BriefingFilter
    ordering = "-listed_on"

    def get_queryset(self) -> QuerySet[Briefing]:
        return shown_briefings(self.viewer)


class BriefingDetail(DetailView):
    """One briefing, with its newest edition."""

    permission_classes = [ReadPublic]
    serializer_class = BriefingDetailSerializer
    queryset = Briefing.objects.none()
    lookup_field = lookup_url_kwarg = "slug"

    def get_queryset(self) -> QuerySet[Briefing]:
        return shown_briefings(self.viewer, whole=True)


class EditionDetail(DetailView):
    """One edition, as it was published and will stay."""

    permission_classes = [ReadPublic]
    serializer_class = EditionSerializer
    queryset = Edition.objects.none()
    lookup_field = lookup_url_kwarg = "number"

    def get_queryset(self) -> QuerySet[Edition]:
        rows = Edition.objects.visible_to(self.viewer).filter(briefing__slug=self.kwargs["slug"])
        return rows.prefetch_related(carried(self.viewer))
