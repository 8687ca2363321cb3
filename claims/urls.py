"""The addresses of series, claims and disputes, below /desk/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "claims"
urlpatterns: list[URLPattern] = []
