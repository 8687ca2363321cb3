"""Series and claims: lists, details, and recording a claim."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from accounts.api.permissions import ReadPublic, writes
from accounts.models import User
from accounts.roles import Capability
from claims.api.serializers import ClaimInput, ClaimSerializer, SeriesSerializer
from claims.errors import ClaimRefused
from claims.filters import ClaimFilter, SeriesFilter
from claims.models import Claim, Series
from claims.querysets import ClaimQuerySet
from claims.services.recording import Counted, Figure, NewClaim, record_claim
from groundwork.api.views import DetailView, ListView
from groundwork.api.writing import WriteView, pointing
from groundwork.references import reference
from sources.api import inputs
from sources.querysets import Viewer, released_revisions

_OTHERS = ("responds_to", "replaces", "part_of")


def shown_claims(viewer: Viewer) -> ClaimQuerySet:
    """Claims with what their representation needs; what they refer to only where the viewer may see it."""
    rows = Claim.objects.visible_to(viewer).for_lists()
    others = Claim.objects.visible_to(viewer).only("pk")
    return rows.prefetch_related(released_revisions(), *(Prefetch(name, others) for name in _OTHERS))


class SeriesList(ListView):
    """What is counted: figures are compared only inside one series."""

    permission_classes = [ReadPublic]
    serializer_class = SeriesSerializer
    queryset = Series.objects.none()
    filterset_class = SeriesFilter

    def get_queryset(self) -> QuerySet[Series]:
        return Series.objects.visible_to(self.viewer)


class SeriesDetail(DetailView):
    """One series. Its figures are `/claims/?series=M-…`."""

    permission_classes = [ReadPublic]
    serializer_class = SeriesSerializer
    queryset = Series.objects.none()

    def get_queryset(self) -> QuerySet[Series]:
        return Series.objects.visible_to(self.viewer)


class ClaimList(ListView, WriteView):
    """Who said what: one assertion by one speaker, as one article carries it."""

    permission_classes = [writes(Capability.RECORD)]
    serializer_class = ClaimSerializer
    input_class = ClaimInput
    queryset = Claim.objects.none()
    filterset_class = ClaimFilter

    def get_queryset(self) -> QuerySet[Claim]:
        return shown_claims(self.viewer).standing()

    @extend_schema(summary="Record a claim", request=ClaimInput, responses={201: ClaimSerializer})
    def post(self, request: Request) -> Response:
        return self.answer(request, self._record)

    @transaction.atomic  # a speaker who is new is recorded with the claim or not at all
    def _record(self, given: dict[str, Any]) -> Response:
        places = {each.name: f"counted/{each.name}" for each in fields(Counted)}
        with pointing(places):
            claim = record_claim(_new_claim(given, by=self.viewer), by=self.viewer)
        shown = self.get_serializer(shown_claims(self.viewer).get(pk=claim.pk)).data
        address = reverse("api:claim", args=[claim.reference])
        return Response(shown, status=HTTP_201_CREATED, headers={"Location": address})


class ClaimDetail(DetailView):
    """One claim."""

    permission_classes = [ReadPublic]
    serializer_class = ClaimSerializer
    queryset = Claim.objects.none()

    def get_queryset(self) -> QuerySet[Claim]:
        return shown_claims(self.viewer)


def _new_claim(given: dict[str, Any], *, by: User) -> NewClaim:
    article = inputs.article(given["article"], by=by, field="article")
    start = article.text.find(given["quote"])
    if start < 0:
        raise ClaimRefused(_("These words do not stand in the article."), field="quote")
    counted = given["counted"]
    return NewClaim(
        article=article,
        quote=given["quote"],
        start=start,
        end=start + len(given["quote"]),
        counted=Counted(**counted) if counted else None,
        series=_series(given["series"]),
        speaker=inputs.who(given["speaker"], by=by, field="speaker"),
        relayed_by=inputs.who(given["relayed_by"], by=by, field="relayed_by"),
        translation=given["translation"],
        figure=Figure(**{each.name: given[each.name] for each in fields(Figure) if each.name in given}),
        **{name: _claim(given[name], by=by, field=name) for name in _OTHERS},
    )


def _series(key: int | None) -> Series | None:
    if key is None:
        return None
    series = Series.objects.filter(pk=key).first()
    if series is None:
        raise ClaimRefused(_("There is no series %s.") % reference("series", key), field="series")
    return series


def _claim(key: int | None, *, by: User, field: str) -> Claim | None:
    if key is None:
        return None
    claim = Claim.objects.visible_to(by).filter(pk=key).first()
    if claim is None:
        raise ClaimRefused(_("There is no claim %s.") % reference("claim", key), field=field)
    return claim
