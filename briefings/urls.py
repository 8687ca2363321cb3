"""The addresses of the publication, from / on, and of the editors below /desk/briefings/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "briefings"
urlpatterns: list[URLPattern] = []
