"""Idempotency keys: a POST that is sent again is answered again and done once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from groundwork.api.problems import ParameterError
from groundwork.models import IdempotencyKey

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 100


class KeyReused(APIException):
    """The key came with another request before."""

    status_code = 422
    default_code = "idempotency_key_reused"


def once(request: Request, act: Callable[[], Response]) -> Response:
    """What `act` answers, or what it answered when this key first came. Without the header, `act` simply runs.

    `act` and the memory of its answer are one transaction: where it raises, neither is kept. Raises ParameterError for
    a key that is too long, KeyReused for one that belongs to another request.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return act()
    if not 0 < len(key) <= LONGEST:
        raise ParameterError(HEADER, _("A key has 1 to 100 characters."))
    fingerprint = hashlib.sha256(b"\n".join([_line(request), request.body])).hexdigest()
    owner = request.user.pk
    assert owner is not None  # permissions let nobody else write
    mine = IdempotencyKey.objects.filter(user_id=owner, key=key)
    if (known := mine.first()) is None:
        try:
            with transaction.atomic():
                # Taken first: the same request at the same moment waits here for this one to end.
                taken = mine.create(user_id=owner, key=key, fingerprint=fingerprint, status=0, body={})
                return _remember(taken, act())
        except IntegrityError:
            known = mine.first()
            if known is None:
                raise
    return _again(known, fingerprint)


def _line(request: Request) -> bytes:
    return f"{request.method} {request.get_full_path()}".encode()


def _remember(taken: IdempotencyKey, response: Response) -> Response:
    headers = {name: response[name] for name in ("Location", "ETag") if name in response}
    taken.status = response.status_code
    taken.body = {"headers": headers, "data": json.loads(JSONRenderer().render(response.data))}
    taken.save(update_fields=["status", "body"])
    return response


def _again(known: IdempotencyKey, fingerprint: str) -> Response:
    if known.fingerprint != fingerprint:
        raise KeyReused(_("This idempotency key was used for another request. Use a new one for each."))
    answer: dict[str, Any] = known.body
    headers = {**answer["headers"], "Idempotency-Replayed": "true"}
    return Response(answer["data"], status=known.status, headers=headers)
