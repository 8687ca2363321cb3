"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def desk(_request: HttpRequest) -> dict[str, Any]:
    """The desk's name and zone, and whether all of this is sample data."""
    return {"desk_name": settings.DESK_NAME, "desk_zone": settings.TIME_ZONE, "sample_data": settings.IS_DEMO}
