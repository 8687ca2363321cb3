"""What every page knows."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from groundwork import health


def desk(_request: HttpRequest) -> dict[str, Any]:
    """The desk's name and zone, whether its track record is public, and whether all of this is sample data."""
    return {
        "desk_name": settings.DESK_NAME,
        "desk_zone": settings.TIME_ZONE,
        "has_public_record": settings.PUBLIC_TRACK_RECORD,
        "sample_data": settings.IS_DEMO,
    }


def sweep(_request: HttpRequest) -> dict[str, Any]:
    """`silent_sweep`: how long nothing has looked for what fell due. One statement, where a template asks for it."""
    return {"silent_sweep": cache(lambda: health.silent_sweep(at=timezone.now()))}
