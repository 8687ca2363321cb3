"""The addresses of series, claims and their sources, below /desk/."""

from __future__ import annotations

from django.urls import URLPattern, path

import groundwork.references  # noqa: F401 - registers the converters
from claims import views

app_name = "claims"
urlpatterns: list[URLPattern] = [
    path("claims/", views.claim_list, name="claim_list"),
    path("claims/<claim_ref:claim_id>/", views.claim, name="claim"),
    path("series/", views.series_list, name="series_list"),
    path("series/<series_ref:series_id>/", views.series, name="series"),
    path("sources/", views.source_list, name="source_list"),
    path("sources/<source_ref:source_id>/", views.source, name="source"),
]
