"""Deny by default: no address without a rule, and every rule holds for every role."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ViewSet

from accounts.access import PUBLIC, SIGNED_IN, needs
from accounts.api.permissions import ReadPublic, Refuse, writes
from accounts.models import User
from accounts.roles import CAPABILITIES, Capability, Role
from config.routes import LIBRARY_ROUTES, Route, routes

KNOWN_RULES = {PUBLIC, SIGNED_IN, *(capability.value for capability in Capability)}
EXAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}
EXAMPLES |= {"source_ref": "S-1", "article_ref": "A-1", "series_ref": "M-1", "claim_ref": "C-1", "forecast_ref": "F-1"}
EXAMPLES |= {"grade_ref": "G-1"}


def pages(*rules: str) -> list[Route]:
    """Our own pages, neither of libraries nor of the API, with one of these rules."""
    return [
        route
        for route in routes()
        if not (route.library_row or hasattr(route.view, "cls")) and route.rules & set(rules)
    ]


def example_address(route: Route) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda part: EXAMPLES[part[1] or "str"], route.path)


def ask(client: Client, address: str) -> int:
    """The status of a GET, or of a POST where that is all there is."""
    status = client.get(address).status_code
    return client.post(address).status_code if status == 405 else status


def account(role: Role) -> User:
    return User.objects.create_user(f"{role}@example.org", "correct horse battery", name=role.label, role=role)


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def test_every_route_names_a_known_rule():
    assert [(route.path, route.rules - KNOWN_RULES) for route in routes() if not route.rules <= KNOWN_RULES] == []


def test_every_row_of_the_table_has_its_route():
    assert set(LIBRARY_ROUTES) - {route.library_row for route in routes()} == set()


def test_no_row_of_the_table_speaks_for_a_view_that_names_its_own_rule():
    doubled = [route.name for route in routes() if route.library_row and hasattr(route.view, "access_rule")]
    assert doubled == []


def test_only_public_routes_let_strangers_past_the_login_middleware():
    """The middleware sees a mark on the view, the table is what we think of it: both have to say the same."""
    views = [route for route in routes() if not hasattr(route.view, "cls")]
    open_to_all = {route.name for route in views if not getattr(route.view, "login_required", True)}
    assert open_to_all == {route.name for route in views if PUBLIC in route.rules}


@pytest.mark.parametrize(
    ("permissions", "rules"),
    [
        ([ReadPublic], {"public"}),
        ([writes(Capability.GRADE)], {"grade"}),
        ([AllowAny], {None}),
        ([Refuse], {None}),
        ([], {None}),
    ],
)
def test_an_api_route_has_the_rule_of_its_permission_classes(permissions, rules):
    viewset = type("Views", (ViewSet,), {"permission_classes": permissions})
    assert Route("api:things", "/api/v1/things/", viewset.as_view({"get": "list"})).rules == rules


def test_each_action_of_an_api_route_counts():
    class Views(ViewSet):
        def get_permissions(self):
            return [ReadPublic()] if self.action == "list" else []

    assert Route("api:things", "/things/", Views.as_view({"get": "list", "post": "create"})).rules == {"public", None}


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in_wherever_it_is_not_public():
    closed = [example_address(route) for route in pages(SIGNED_IN, *Capability)]
    answers = {address: Client().get(address) for address in closed}
    wrong = {address: answer.status_code for address, answer in answers.items() if answer.status_code != 302}
    assert wrong == {}
    assert {answer["Location"].partition("?")[0] for answer in answers.values()} <= {"/account/login/"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_no_role_sees_a_page_beyond_its_capabilities(role: Role):
    beyond = [capability.value for capability in Capability if capability not in CAPABILITIES[role]]
    client = signed_in(role)
    answers = {(address := example_address(route)): ask(client, address) for route in pages(*beyond)}
    assert {address: status for address, status in answers.items() if status != 403} == {}


@pytest.fixture
def a_page_for_each_capability(settings) -> None:
    """One page a capability, so that the rule is tested for those too that no page asks for yet."""

    def page_for(capability: Capability):
        return needs(capability)(lambda _request: HttpResponse(capability.value))

    urlconf = ModuleType("pages")
    urlconf.urlpatterns = [path(f"{capability}/", page_for(capability)) for capability in Capability]
    settings.ROOT_URLCONF = urlconf
    settings.LOGIN_URL = "/sign-in/"


@pytest.mark.django_db
@pytest.mark.usefixtures("a_page_for_each_capability")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("capability", Capability)
def test_a_page_opens_for_the_roles_that_carry_its_capability(role: Role, capability: Capability):
    answer = signed_in(role).get(f"/{capability}/")
    if capability in CAPABILITIES[role]:
        assert (answer.status_code, answer.content.decode()) == (200, capability.value)
    else:
        assert answer.status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("a_page_for_each_capability")
def test_a_closed_account_is_nobody():
    bob = account(Role.ADMINISTRATOR)
    client = Client()
    client.force_login(bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert client.get("/administer/").headers["Location"] == "/sign-in/?next=/administer/"


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [(Role.EDITOR, 403), (Role.ADMINISTRATOR, 200)])
def test_the_admin_is_for_administrators(role: Role, status: int):
    answer = signed_in(role).get("/admin/", follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (
        status,
        "/admin/" if status == 200 else "/admin/login/",
    )


def test_the_admin_signs_in_through_allauth():
    answer = Client().get("/admin/login/?next=/admin/")
    assert answer.headers["Location"] == "/account/login/?next=%2Fadmin%2F"
