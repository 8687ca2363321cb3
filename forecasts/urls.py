"""The addresses of the desk, below /desk/; the queue is /desk/ itself."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "forecasts"
urlpatterns: list[URLPattern] = []
