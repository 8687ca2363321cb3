"""Signing in to the API with a key, in the header alone."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.services import keys


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer hs_…`; a wrong, ended or expired key is 401 and says which of these it is."""

    keyword = b"bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != self.keyword:
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("The header is “Authorization: Bearer” and the key, one space between them."))
        key = keys.find_key(words[1].decode("latin-1"))
        now = timezone.now()
        if key is None:
            raise AuthenticationFailed(_("No such API key."), code="key_unknown")
        if key.revoked_at is not None:
            raise AuthenticationFailed(_("This API key was revoked."), code="key_revoked")
        if key.expires_at <= now:
            raise AuthenticationFailed(_("This API key has expired."), code="key_expired")
        if not key.user.is_active:
            raise AuthenticationFailed(_("The account of this API key is closed."), code="key_unknown")
        keys.note_use(key, at=now)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Hindsight"'


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself on definition
    target_class = ApiKeyAuthentication
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key: `Authorization: Bearer hs_…`"}
