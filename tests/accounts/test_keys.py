from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.errors import KeyRefused
from accounts.models import ApiKey, Scope
from accounts.services import keys

DAY = timedelta(days=1)
FORM = {"name": "report", "scope": "write", "days": "30"}


@pytest.fixture
def key(bob, now) -> tuple[ApiKey, str]:
    return keys.make_key(by=bob, name="report", scope=Scope.READ, at=now, lasts=30 * DAY)


def test_a_key_is_found_by_its_secret_and_stored_as_its_hash(key):
    made, secret = key
    assert keys.find_key(secret) == made
    assert keys.find_key(secret + "x") is None
    assert secret not in str(ApiKey.objects.values())
    assert secret.startswith(made.prefix)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "all"}, "scope"),
        ({"lasts": timedelta(0)}, "expires"),
        ({"lasts": 367 * DAY}, "expires"),
    ],
)
def test_a_key_that_cannot_be_is_refused_at_its_field(bob, now, values, field):
    given = {"name": "report", "scope": Scope.READ, "at": now, "lasts": DAY}
    with pytest.raises(KeyRefused) as refused:
        keys.make_key(by=bob, **given | values)
    assert (refused.value.field, ApiKey.objects.count()) == (field, 0)


def test_a_key_is_valid_until_it_expires_or_is_revoked(key, now):
    made, _ = key
    moments = [now, now + 30 * DAY - timedelta(seconds=1), now + 30 * DAY]
    assert [made.is_valid(at=at) for at in moments] == [True, True, False]
    keys.revoke_key(key=made, at=now)
    keys.revoke_key(key=made, at=now + DAY)
    made.refresh_from_db()
    assert (made.revoked_at, made.is_valid(at=now)) == (now, False)


def test_the_day_of_its_last_use_is_noted_once(key, now, django_assert_num_queries):
    made, _ = key
    for at in (now, now + timedelta(hours=1), now + DAY):
        keys.note_use(made, at=at)
    made.refresh_from_db()
    assert made.last_used_on == (now + DAY).date()


def test_the_page_shows_a_secret_once(bob, browse):
    client = browse(bob)
    page = client.post("/account/keys/", FORM)
    secret = page.context["secret"]
    made = keys.find_key(secret)
    assert (made.name, made.scope, made.user) == ("report", "write", bob)
    assert timedelta(days=30) == made.expires_at - made.created_at
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert [secret in page.content.decode(), secret in client.get("/account/keys/").content.decode()] == [True, False]


def test_a_key_without_a_name_is_refused_at_the_form(bob, browse):
    page = browse(bob).post("/account/keys/", FORM | {"name": ""})
    assert page.context["form"].errors == {"name": ["This field is required."]}
    assert page.context["form"]["days"].value() == "30"
    assert ApiKey.objects.count() == 0


def test_people_see_and_revoke_their_own_keys_alone(key, bob, person, browse):
    made, _ = key
    charlie = browse(person("charlie"))
    assert list(charlie.get("/account/keys/").context["keys"]) == []
    assert charlie.post(f"/account/keys/{made.pk}/revoke/").status_code == 404
    made.refresh_from_db()
    assert made.revoked_at is None
    browse(bob).post(f"/account/keys/{made.pk}/revoke/")
    made.refresh_from_db()
    assert made.revoked_at <= timezone.now()


def test_the_list_takes_the_same_queries_for_one_and_for_three(key, bob, now, browse, django_assert_num_queries):
    client = browse(bob)
    with django_assert_num_queries(4):  # session, user, keys, last sweep
        assert len(client.get("/account/keys/").context["keys"]) == 1
    for name in ("second", "third"):
        keys.make_key(by=bob, name=name, scope=Scope.READ, at=now, lasts=DAY)
    with django_assert_num_queries(4):
        assert len(client.get("/account/keys/").context["keys"]) == 3
