"""How our views describe themselves to OpenAPI: problems, conditions and idempotency keys without a word from them."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from groundwork.api.etags import etag
from groundwork.api.once import HEADER, LONGEST
from groundwork.api.problems import MEDIA_TYPE, ProblemSerializer
from groundwork.api.views import DetailView

_REASONS: Final = {
    400: "Something in the request is not right; `errors` names it",
    401: "The key is wrong, revoked or expired, or there is none where one is needed",
    403: "The key or the role does not include this",
    404: "No such record, or none that you may see",
    409: "The record is no longer in the state that this needs",
    412: "The record has changed since the version that was named",
    413: "The body is over 8 MB",
    415: "The body is not JSON",
    422: "The idempotency key was used for another request",
}
_ANY_READ: Final = (400, 401)
_ANY_WRITE: Final = (400, 401, 403, 409, 412, 413, 415, 422)
_IDEMPOTENCY_KEY: Final = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST},
    OpenApiParameter.HEADER,
    description="Any text of your own. The same request sent again with it is answered again and done once.",
)
_IF_NONE_MATCH: Final = OpenApiParameter(
    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description=f"An ETag, like `{etag({})}`"
)


class Schema(AutoSchema):
    """DEFAULT_SCHEMA_CLASS."""

    @property
    def _reads(self) -> bool:
        return self.method.upper() == "GET"

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Reading is for anybody; a key or a session shows more."""
        known: list[dict[str, list[str]]] = super().get_auth()
        return [*known, {}] if self._reads else known

    def get_override_parameters(self) -> list[Any]:
        own = [_IF_NONE_MATCH] if self._reads and isinstance(self.view, DetailView) else []
        if not self._reads and getattr(self.view, "keeps_answers", False):
            own = [_IDEMPOTENCY_KEY]
        return [*own, *super().get_override_parameters()]

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        if self._reads and isinstance(self.view, DetailView):
            bodies["304"] = {"description": "Unchanged"}
        for status in self._problems():
            problem = OpenApiResponse(ProblemSerializer, _REASONS[status])
            body = self._get_response_for_code(problem, str(status), [MEDIA_TYPE])  # type: ignore[no-untyped-call]  # no types there
            bodies[str(status)] = body
        return bodies

    def _problems(self) -> list[int]:
        further = [404] if "{" in self.path else []
        return sorted([*(_ANY_READ if self._reads else _ANY_WRITE), *further])
