"""The addresses of the desk, below /desk/; the queue is /desk/ itself."""

from __future__ import annotations

from django.urls import URLPattern, path

import groundwork.references  # noqa: F401 - registers the converters
from forecasts.views import articles, chances, confirming, entries, forecasts, grading, intake, queue

app_name = "forecasts"

_article = "articles/<article_ref:article_id>/"
_find = f"{_article}confirm/<str:key>/"
_forecast = "forecasts/<forecast_ref:forecast_id>/"

queue_patterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path(f"{_forecast}grade/", grading.grade, name="grade"),
    path(f"{_forecast}criteria/", grading.criteria, name="criteria"),
    path("grades/<grade_ref:grade_id>/undo/", grading.undo_grade, name="undo_grade"),
]

text_patterns: list[URLPattern] = [
    path("paste/", intake.paste, name="paste"),
    path("articles/", articles.article_list, name="article_list"),
    path(_article, articles.article, name="article"),
    path(f"{_article}reading/", intake.reading_state, name="reading_state"),
    path(f"{_article}confirm/", confirming.confirm, name="confirm"),
    path(f"{_article}confirm/plain/", confirming.accept_plain, name="accept_plain"),
    path(f"{_find}accept/", confirming.accept, name="accept_find"),
    path(f"{_find}dismiss/", confirming.dismiss, name="dismiss_find"),
    path(f"{_find}restore/", confirming.restore, name="restore_find"),
    path(f"{_find}fold/", confirming.fold, name="fold_find"),
]

forecast_patterns: list[URLPattern] = [
    path("chance/", chances.chance, name="chance"),
    path("forecasts/", forecasts.forecast_list, name="forecast_list"),
    path("forecasts/log/", entries.log, name="log"),
    path(_forecast, forecasts.forecast, name="forecast"),
    path(f"{_forecast}judge/", entries.judge, name="judge"),
    path(f"{_forecast}criteria/write/", entries.criteria, name="write_criteria"),
]

urlpatterns: list[URLPattern] = [*queue_patterns, *text_patterns, *forecast_patterns]
