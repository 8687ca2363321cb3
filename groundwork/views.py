"""What a supervisor asks of this process. Neither page needs a session, and neither is kept by anybody."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groundwork import health


@require_safe
@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """The process answers, whatever else is broken: restarting it would not mend a database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 where requests can be served, 503 where the database or the broker does not answer."""
    found = health.check(at=timezone.now())
    return JsonResponse(found.report(), status=HTTPStatus.OK if found.is_ready else HTTPStatus.SERVICE_UNAVAILABLE)
