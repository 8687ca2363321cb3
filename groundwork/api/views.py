"""What the API's views have in common: strict parameters, keyset pages and ETags."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_304_NOT_MODIFIED

from groundwork.api.etags import etag, names
from groundwork.api.pagination import PARAMETERS, KeysetPagination
from groundwork.api.problems import ParameterError


class ApiView(GenericAPIView[Any]):
    """Refuses query parameters that it does not know, naming the first, and tells caches whose answer it is."""

    filter_backends = []
    http_method_names = ["get", "head", "post"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)  # before anybody is refused what is not there
        super().initial(request, *args, **kwargs)
        known = self.known_parameters()
        for name, values in request.query_params.lists():
            if name not in known:
                raise ParameterError(name, _("There is no such parameter here."), code="unknown_parameter")
            if len(values) > 1:
                raise ParameterError(name, _("Give it once."), code="repeated")
            if not values[0]:
                raise ParameterError(name, _("Give it a value, or leave it out."), code="blank")

    def known_parameters(self) -> frozenset[str]:
        return frozenset()

    @property
    def viewer(self) -> Any:
        """Who asks: what querysets are `visible_to`."""
        return self.request.user

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


class ListView(ListModelMixin, ApiView):
    """Rows of the queryset under the filters of `filterset_class`, in keyset pages."""

    filterset_class: ClassVar[type[FilterSet] | None] = None
    filter_backends = [DjangoFilterBackend]
    pagination_class = KeysetPagination
    ordering: ClassVar[str] = "-recorded_at"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    def known_parameters(self) -> frozenset[str]:
        if self.request.method not in SAFE_METHODS:
            return frozenset()
        filters = getattr(self.filterset_class, "base_filters", {})
        return frozenset(PARAMETERS) | frozenset(filters)


class DetailView(ApiView):
    """One row of the queryset, with a weak ETag over all that is shown of it."""

    lookup_url_kwarg = "reference"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        data = self.get_serializer(row).data
        tag = etag(data, version=getattr(row, "version", None))
        if names(request.headers.get("If-None-Match", ""), tag):
            return Response(status=HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return Response(data, headers={"ETag": tag})
