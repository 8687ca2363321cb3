"""The admin shows everything to administrators and changes nothing."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from groundwork.admin import ReadOnlyModelAdmin

ADMINS = sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label)


@pytest.fixture
def alice(db) -> User:
    """A superuser even, to whom Django itself would refuse nothing."""
    return User.objects.create_superuser("alice@example.org", "correct horse battery", name="Alice")


@pytest.fixture
def client_of_alice(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def address(model, page: str) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}"


def test_every_models_admin_is_read_only():
    assert [model._meta.label for model, each in ADMINS if not isinstance(each, ReadOnlyModelAdmin)] == []


@pytest.mark.parametrize("model", [model for model, _ in ADMINS], ids=lambda model: model._meta.label)
def test_a_list_opens_and_nothing_can_be_added(model, client_of_alice):
    assert client_of_alice.get(address(model, "")).status_code == 200
    assert client_of_alice.post(address(model, "add/"), {}).status_code == 403


def test_a_row_is_shown_and_neither_changed_nor_deleted(alice, client_of_alice):
    page = client_of_alice.get(address(User, f"{alice.pk}/change/"))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert "pbkdf2" not in page.content.decode()
    form = {"email": "x@example.org", "name": "X", "role": Role.READER}
    assert client_of_alice.post(address(User, f"{alice.pk}/change/"), form).status_code == 403
    assert client_of_alice.post(address(User, f"{alice.pk}/delete/"), {"post": "yes"}).status_code == 403
    assert User.objects.values_list("email", "role").get() == ("alice@example.org", Role.ADMINISTRATOR)


def test_nobodys_grade_is_shown():
    """A grade is another's secret until its round is over."""
    shown = {model._meta.label for model, _ in ADMINS}
    assert shown & {"forecasts.Grade", "forecasts.Evidence", "forecasts.ResolutionGrade"} == set()
