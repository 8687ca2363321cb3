"""The addresses of the publication, from / on, and of the editors below /desk/briefings/."""

from __future__ import annotations

from django.urls import path

import groundwork.references  # noqa: F401 - registers the converters
from accounts.access import public
from briefings.feeds import BriefingsFeed
from briefings.views import desk, record, redactions
from briefings.views import public as publication

app_name = "briefings"

public_patterns = [
    path("", publication.briefing_list, name="list"),
    path("robots.txt", publication.robots, name="robots"),
    path("sitemap.xml", publication.sitemap, name="sitemap"),
    path("briefings/feed/", public(BriefingsFeed()), name="feed"),
    path("briefings/images/<slug:digest>/", publication.image, name="image"),
    path("track-record/", record.track_record, name="track_record"),
    path("track-record/forecasts/", record.record_rows, name="record_rows"),
    path("briefings/<slug:slug>/", publication.briefing, name="briefing"),
    path("briefings/<slug:slug>/editions/<int:number>/", publication.edition, name="edition"),
]
desk_patterns = [
    path("desk/briefings/", desk.briefing_list, name="desk_list"),
    path("desk/articles/<article_ref:article_id>/briefing/", desk.begin, name="begin"),
    path("desk/briefings/<int:pk>/", desk.edit, name="edit"),
    path("desk/briefings/<int:pk>/preview/", desk.preview, name="preview"),
    path("desk/briefings/<int:pk>/publish/", desk.publish, name="publish"),
    path("desk/briefings/<int:pk>/withdraw/", desk.withdraw, name="withdraw"),
    path("desk/redactions/", redactions.redaction_list, name="redactions"),
    path("desk/redactions/new/", redactions.ask, name="ask_redaction"),
    path("desk/redactions/<int:pk>/", redactions.redaction, name="redaction"),
]
urlpatterns = public_patterns + desk_patterns
