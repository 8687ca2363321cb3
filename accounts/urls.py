"""The addresses of accounts, below /account/ and beside those of allauth."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
