from __future__ import annotations

import pytest
from pghistory.models import Events

from accounts.errors import InvitationRefused, PersonRefused
from accounts.models import User
from accounts.roles import Role
from accounts.services import people

WHY = "left the desk"


def state(user: User) -> tuple[str, bool]:
    return User.objects.values_list("role", "is_active").get(pk=user.pk)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "bob"}, "email"),
        ({"email": "BOB@example.org"}, "email"),
        ({"email": "new@example.org", "name": " "}, "name"),
        ({"email": "new@example.org", "role": "owner"}, "role"),
        ({"email": "new@example.org", "password": "short"}, "password"),
    ],
)
def test_an_account_that_cannot_be_is_refused_at_its_field(bob, password, values, field):
    given = {"name": "New", "role": Role.READER, "password": password, "why": "test"}
    with pytest.raises(InvitationRefused) as refused:
        people.open_account(**given | values)
    assert (refused.value.field, User.objects.count()) == (field, 1)


def test_a_change_of_role_is_kept_with_who_and_why(alice, bob):
    people.change_role(user=bob, role=Role.EDITOR, by=alice, why=WHY)
    event = Events.objects.tracks(bob).get(pgh_label="update")
    assert state(bob) == (Role.EDITOR, True)
    assert (event.pgh_data["role"], event.pgh_context) == (Role.EDITOR, {"user": alice.pk, "why": WHY})


def test_the_last_administrator_keeps_the_role_and_the_account(alice, bob):
    with pytest.raises(PersonRefused):
        people.change_role(user=alice, role=Role.EDITOR, by=alice, why=WHY)
    with pytest.raises(PersonRefused):
        people.deactivate(user=alice, by=alice, why=WHY)
    assert state(alice) == (Role.ADMINISTRATOR, True)


def test_with_a_second_administrator_the_first_may_go(alice, person):
    people.deactivate(user=alice, by=person("amy", Role.ADMINISTRATOR), why=WHY)
    assert state(alice) == (Role.ADMINISTRATOR, False)


def test_a_closed_administrator_does_not_count_as_one(alice, person):
    amy = person("amy", Role.ADMINISTRATOR)
    people.deactivate(user=amy, by=alice, why=WHY)
    with pytest.raises(PersonRefused):
        people.change_role(user=alice, role=Role.READER, by=alice, why=WHY)


@pytest.mark.parametrize("act", [people.deactivate, people.reactivate])
def test_a_reason_is_needed(alice, bob, act):
    with pytest.raises(PersonRefused) as refused:
        act(user=bob, by=alice, why=" ")
    assert (refused.value.field, state(bob)) == ("why", (Role.ANALYST, True))


def test_a_closed_account_ends_its_session_and_comes_back_as_it_was(alice, bob, browse):
    client = browse(bob)
    assert client.get("/account/profile/").status_code == 200
    people.deactivate(user=bob, by=alice, why=WHY)
    assert client.get("/account/profile/").headers["Location"] == "/account/login/?next=/account/profile/"
    people.reactivate(user=bob, by=alice, why="is back")
    assert client.get("/account/profile/").status_code == 200


def test_an_administrator_changes_a_role_in_the_browser(alice, bob, browse):
    answer = browse(alice).post(f"/account/people/{bob.pk}/role/", {"role": "editor", "why": WHY}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["Bob’s role is now: Editor."]
    assert state(bob) == (Role.EDITOR, True)


def test_an_administrator_closes_and_opens_an_account_in_the_browser(alice, bob, browse):
    client = browse(alice)
    client.post(f"/account/people/{bob.pk}/deactivate/", {"activity-why": WHY})
    assert state(bob) == (Role.ANALYST, False)
    client.post(f"/account/people/{bob.pk}/reactivate/", {"activity-why": "is back"})
    assert state(bob) == (Role.ANALYST, True)


def test_a_refused_change_is_shown_at_its_form_and_keeps_what_was_typed(alice, browse):
    page = browse(alice).post(f"/account/people/{alice.pk}/role/", {"role": "reader", "why": WHY})
    form = page.context["role_form"]
    assert form.errors == {"__all__": ["This is the last administrator. Make somebody else one first."]}
    assert [form[name].value() for name in ("role", "why")] == ["reader", WHY]
    page = browse(alice).post(f"/account/people/{alice.pk}/deactivate/", {"activity-why": ""})
    assert page.context["activity_form"].errors == {"why": ["This field is required."]}
    assert state(alice) == (Role.ADMINISTRATOR, True)


def test_the_list_takes_the_same_queries_for_one_and_for_three(alice, person, browse, django_assert_num_queries):
    client = browse(alice)
    with django_assert_num_queries(4):  # session, user, people, last sweep
        assert len(client.get("/account/people/").context["people"]) == 1
    person("bob"), person("charlie")
    with django_assert_num_queries(4):
        names = [user.name for user in client.get("/account/people/").context["people"]]
    assert names == ["Alice", "Bob", "Charlie"]


def test_people_set_their_own_name_and_keys(bob, browse):
    client = browse(bob)
    client.post("/account/profile/", {"name": " Bobby "})
    bob.refresh_from_db()
    assert (bob.name, bob.single_keys) == ("Bobby", False)
    assert 'data-keys="off"' in client.get("/account/profile/").content.decode()


def test_a_profile_without_a_name_is_refused(bob, browse):
    page = browse(bob).post("/account/profile/", {"name": " ", "single_keys": "on"})
    assert page.context["form"].errors == {"name": ["This field is required."]}
    bob.refresh_from_db()
    assert bob.name == "Bob"


def test_people_choose_their_desk_partner_and_whether_a_digest_is_mailed(alice, bob, browse):
    page = browse(bob).post("/account/profile/", {"name": "Bob", "desk_partner": alice.pk})
    bob.refresh_from_db()

    assert (page.status_code, bob.desk_partner, bob.digest_by_mail, bob.single_keys) == (302, alice, False, False)


def test_an_administrator_sets_the_partner_of_anybody(alice, bob, person, browse):
    amy = person("amy")
    browse(alice).post(f"/account/people/{bob.pk}/partner/", {"desk_partner": amy.pk})
    assert User.objects.get(pk=bob.pk).desk_partner == amy

    assert browse(amy).post(f"/account/people/{bob.pk}/partner/", {"desk_partner": ""}).status_code == 403
    browse(alice).post(f"/account/people/{bob.pk}/partner/", {"desk_partner": ""})
    assert User.objects.get(pk=bob.pk).desk_partner is None


@pytest.mark.parametrize("who", ["themselves", "a reader", "a closed account"])
def test_a_partner_is_somebody_else_who_may_grade(alice, bob, person, who):
    partner = {"themselves": bob, "a reader": person("rae", "reader"), "a closed account": person("amy")}[who]
    if who == "a closed account":
        people.deactivate(user=partner, by=alice, why=WHY)
    with pytest.raises(PersonRefused) as refused:
        people.set_partner(user=bob, partner=partner)
    assert (refused.value.field, User.objects.get(pk=bob.pk).desk_partner) == ("desk_partner", None)


def test_a_partner_who_has_left_may_stay_until_another_is_chosen(alice, bob, person, browse):
    amy = person("amy")
    people.set_partner(user=bob, partner=amy)
    people.deactivate(user=amy, by=alice, why=WHY)

    assert browse(bob).post("/account/profile/", {"name": "Bob", "desk_partner": amy.pk}).status_code == 302
