"""Which columns of these tables can hold somebody's words."""

from __future__ import annotations

from typing import Final

from groundwork.redaction import Table

TABLES: Final = {
    "sources.Source": Table(content=("name",), free=("country",), dated=True),
    "sources.SourceEvent": Table(content=("name",), free=("country", "pgh_label")),
    "sources.Topic": Table(content=("name", "slug")),
    "sources.Article": Table(
        content=("title", "url", "text"),
        free=("language", "text_sha256", "countries"),
        aligned=("text",),
        dated=True,
    ),
    "sources.ArticleBytes": Table(content=("data", "filename", "media_type"), free=("sha256",)),
}
