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
from accounts.api import notices
from accounts.api.permissions import ReadPublic
from briefings.api import views as briefings
from claims.api import views as claims
from forecasts.api import desk_health, due, grading, life, looking, record, voices
from forecasts.api import views as forecasts
from groundwork.api.views import ApiView
from sources.api import views as sources

app_name = "api"
_FORECAST = "forecasts/<forecast_ref:reference>/"


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
    path("forecasts/<forecast_ref:reference>/", life.ForecastRecord.as_view(), name="forecast"),
    path("track-record/", record.TrackRecordView.as_view(), name="track-record"),
    path(f"{_FORECAST}scores/", record.Scores.as_view(), name="scores"),
    path("forecasts/<forecast_ref:reference>/grades/", grading.Grades.as_view(), name="grades"),
    path("forecasts/<forecast_ref:reference>/decision/", grading.Decision.as_view(), name="decision"),
    path("forecasts/<forecast_ref:reference>/reopening/", grading.Reopening.as_view(), name="reopening"),
    path("grades/<grade_ref:reference>/retraction/", grading.Retraction.as_view(), name="retraction"),
    path("forecasts/<forecast_ref:reference>/clarifications/", life.Clarifications.as_view(), name="clarifications"),
    path("forecasts/<forecast_ref:reference>/corrections/", life.Corrections.as_view(), name="corrections"),
    path("corrections/<int:number>/decision/", life.CorrectionDecision.as_view(), name="correction-decision"),
    path(f"{_FORECAST}judgements/", voices.Judgements.as_view(), name="judgements"),
    path(f"{_FORECAST}judgements/withdraw/", voices.Withdrawal.as_view(), name="withdraw"),
    path(f"{_FORECAST}judgements/release/", voices.Release.as_view(), name="release"),
    path(f"{_FORECAST}desk-line/", voices.DeskLine.as_view(), name="desk-line"),
    path(f"{_FORECAST}links/", voices.Links.as_view(), name="links"),
    path(f"{_FORECAST}links/end/", voices.LinkEnd.as_view(), name="link-end"),
    path(f"{_FORECAST}group/", voices.Group.as_view(), name="group"),
    path(f"{_FORECAST}subjects/", voices.Subjects.as_view(), name="subjects"),
    path(f"{_FORECAST}follow/", voices.Follow.as_view(), name="follow"),
    path(f"{_FORECAST}looks/", looking.Looks.as_view(), name="looks"),
    path(f"{_FORECAST}comments/", voices.Comments.as_view(), name="comments"),
    path(f"{_FORECAST}comments/<int:comment>/retract/", voices.CommentRetraction.as_view(), name="retract-comment"),
    path(f"{_FORECAST}assignment/", due.Assignment.as_view(), name="assignment"),
    path(f"{_FORECAST}snooze/", due.Snooze.as_view(), name="snooze"),
    path("due/", due.DueList.as_view(), name="due"),
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/read/", notices.AllRead.as_view(), name="notices-read"),
    path("notices/<int:number>/read/", notices.OneRead.as_view(), name="notice-read"),
    path("briefings/", briefings.BriefingList.as_view(), name="briefings"),
    path("briefings/<slug:slug>/", briefings.BriefingDetail.as_view(), name="briefing"),
    path("briefings/<slug:slug>/editions/<int:number>/", briefings.EditionDetail.as_view(), name="edition"),
    path("desk-health/", desk_health.DeskHealthView.as_view(), name="desk-health"),
    path("read/", forecasts.Read.as_view(), name="read"),
    re_path(r"^[\s\S]*/$", NoSuchRoute.as_view(), name="no-such-route"),
]
