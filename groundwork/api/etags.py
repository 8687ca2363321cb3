"""Weak ETags over representations, and the conditions that name them."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.http import parse_etags
from rest_framework.renderers import JSONRenderer


def etag(data: Any, *, version: int | None = None) -> str:
    """`W/"7-…"`: the version of the record where it has one, then a digest of what is shown of it."""
    digest = hashlib.sha256(JSONRenderer().render(data)).hexdigest()[:24]
    return f'W/"{digest}"' if version is None else f'W/"{version}-{digest}"'


def names(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names that tag."""
    tags = [each.removeprefix("W/") for each in parse_etags(header)]
    return "*" in tags or tag.removeprefix("W/") in tags


def version_in(header: str) -> int | None:
    """The version of the record that an If-Match header names; None for `*`. Raises ValueError for no such tag."""
    tags = [each.removeprefix("W/").strip('"') for each in parse_etags(header)]
    if tags == ["*"]:
        return None
    version, _dash, _digest = tags[0].partition("-") if len(tags) == 1 else ("", "", "")
    return int(version)
