"""The addresses of the desk, below /desk/; the queue is /desk/ itself."""

from __future__ import annotations

from django.urls import URLPattern, path

import groundwork.references  # noqa: F401 - registers the converters
from forecasts.views import grading, queue

app_name = "forecasts"

_forecast = "forecasts/<forecast_ref:forecast_id>/"

queue_patterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path(f"{_forecast}grade/", grading.grade, name="grade"),
    path(f"{_forecast}criteria/", grading.criteria, name="criteria"),
    path("grades/<grade_ref:grade_id>/undo/", grading.undo_grade, name="undo_grade"),
]

urlpatterns: list[URLPattern] = [*queue_patterns]
