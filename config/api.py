"""The root of the REST API: `/api/v1/`, its schema and its readable docs."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.http import Http404
from django.urls import path, re_path
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request

from accounts.access import public
from accounts.api.permissions import ReadPublic
from briefings.api import views as briefings
from claims.api import views as claims
from forecasts.api import views as forecasts
from groundwork.api.views import ApiView
from sources.api import views as sources

app_name = "api"


class SchemaView(SpectacularAPIView):
    """OpenAPI 3."""

    permission_classes = [ReadPublic]


@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """The schema to read and to try out. Its pictures are data URLs inside its own stylesheet."""

    permission_classes = [ReadPublic]
    template_name = "groundwork/api_docs.html"
    url_name = "api:schema"


class NoSuchRoute(ApiView):
    """Whatever else is asked for below the API’s root: a problem, not a page."""

    permission_classes = [ReadPublic]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


urlpatterns = [
    path("", public(RedirectView.as_view(pattern_name="api:docs")), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    path("topics/", sources.TopicList.as_view(), name="topics"),
    path("topics/<slug:slug>/", sources.TopicDetail.as_view(), name="topic"),
    path("sources/", sources.SourceList.as_view(), name="sources"),
    path("sources/<source_ref:reference>/", sources.SourceDetail.as_view(), name="source"),
    path("articles/", forecasts.ArticleIntake.as_view(), name="articles"),
    path("articles/<article_ref:reference>/", sources.ArticleDetail.as_view(), name="article"),
    path("series/", claims.SeriesList.as_view(), name="series-list"),
    path("series/<series_ref:reference>/", claims.SeriesDetail.as_view(), name="series"),
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path("claims/<claim_ref:reference>/", claims.ClaimDetail.as_view(), name="claim"),
    path("forecasts/", forecasts.ForecastList.as_view(), name="forecasts"),
    path("forecasts/<forecast_ref:reference>/", forecasts.ForecastDetail.as_view(), name="forecast"),
    path("forecasts/<forecast_ref:reference>/judgements/", forecasts.Judgements.as_view(), name="judgements"),
    path("forecasts/<forecast_ref:reference>/grades/", forecasts.Grades.as_view(), name="grades"),
    path("briefings/", briefings.BriefingList.as_view(), name="briefings"),
    path("briefings/<slug:slug>/", briefings.BriefingDetail.as_view(), name="briefing"),
    path("briefings/<slug:slug>/editions/<int:number>/", briefings.EditionDetail.as_view(), name="edition"),
    path("read/", forecasts.Read.as_view(), name="read"),
    re_path(r"^[\s\S]*/$", NoSuchRoute.as_view(), name="no-such-route"),
]
