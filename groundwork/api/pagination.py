"""Cursor pages: a keyset under the hood, so that page 1,000 costs what page 1 does."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """Newest first; `page_size` up to 200."""

    ordering = ("-recorded_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
