from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import include, path, reverse
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.permissions import ReadPublic
from accounts.middleware import WITHOUT_SECOND_FACTOR
from accounts.roles import Role
from accounts.services import keys
from config import urls
from config.routes import routes

PUBLISHERS = [Role.EDITOR, Role.ADMINISTRATOR]
SET_UP = "/account/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _demanded(settings) -> None:
    settings.MFA_DEMANDED = True


@pytest.mark.parametrize("role", PUBLISHERS)
@pytest.mark.parametrize("page", ["/account/profile/", "/account/keys/", "/account/password/change/", "/admin/"])
def test_who_may_publish_gets_nowhere_without_a_second_factor(person, browse, role, page):
    answer = browse(person("amy", role)).get(page)
    assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)


@pytest.mark.parametrize("role", PUBLISHERS)
def test_with_a_second_factor_everything_opens(person, browse, role):
    amy = person("amy", role)
    TOTP.activate(amy, generate_totp_secret())
    assert browse(amy).get("/account/profile/").status_code == 200


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST])
def test_it_is_not_demanded_of_others(person, browse, role):
    assert browse(person("bob", role)).get("/account/profile/").status_code == 200


def test_it_is_not_demanded_where_the_installation_does_not(alice, browse, settings):
    settings.MFA_DEMANDED = False
    assert browse(alice).get("/account/profile/").status_code == 200


def test_the_pages_that_set_it_up_are_open(alice, browse, password):
    client = browse(alice)
    client.post("/account/reauthenticate/", {"password": password})
    assert client.get(SET_UP).status_code == 200
    assert client.get("/account/2fa/").status_code == 200
    assert client.post("/account/logout/").headers["Location"] == "/"


def test_every_page_that_needs_no_second_factor_exists():
    assert {route.name for route in routes()} >= WITHOUT_SECOND_FACTOR


def test_the_api_refuses_a_session_without_a_second_factor(alice, browse, settings):
    class Things(APIView):
        permission_classes = [ReadPublic]

        def get(self, request):
            return Response({"user": str(request.user)})

    urlconf = ModuleType("with_an_api")
    urlconf.urlpatterns = [path("api/things/", Things.as_view()), path("", include(urls.urlpatterns))]
    settings.ROOT_URLCONF = urlconf
    assert browse(alice).get("/api/things/").status_code == 403
    TOTP.activate(alice, generate_totp_secret())
    assert browse(alice).get("/api/things/").json() == {"user": "Alice"}


def test_who_has_one_cannot_sign_in_with_the_password_alone(alice, client, password):
    TOTP.activate(alice, generate_totp_secret())
    answer = client.post(reverse("account_login"), {"login": alice.email, "password": password})
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/profile/").status_code == 302
    code = RecoveryCodes.activate(alice).get_unused_codes()[0]
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/account/profile/").context["user"] == alice


def test_a_key_made_with_it_keeps_working(alice, browse, settings):
    """The key was made behind the second factor; a program has none to give."""
    _, secret = keys.make_key(by=alice, name="report", scope="read", at=timezone.now(), lasts=timedelta(days=1))
    assert keys.find_key(secret).user == alice
