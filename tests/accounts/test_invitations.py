from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.errors import InvitationClosed, InvitationRefused
from accounts.models import Invitation, OutboxMail, User
from accounts.roles import Role
from accounts.services import invitations

WEEK = timedelta(days=7)


def address_of(token: str) -> str:
    return f"https://desk.example/{token}"


@pytest.fixture
def invite(alice, now):
    """Invite Charlie, as an editor unless said otherwise."""

    def make(**values) -> invitations.Sent:
        given = {"email": "charlie@example.org", "name": "Charlie", "role": Role.EDITOR, "at": now}
        return invitations.invite(by=alice, address_of=address_of, **given | values)

    return make


@pytest.fixture
def take_up(password, now):
    def accept(sent: invitations.Sent, **values) -> User:
        given = {"token": token_of(sent), "name": "Charlie", "password": password, "at": now}
        return invitations.accept(**given | values)

    return accept


def token_of(sent: invitations.Sent) -> str:
    return sent.link.rpartition("/")[2]


def test_an_invitation_lasts_seven_days_and_keeps_only_the_hash_of_its_token(invite, alice, now):
    sent = invite(email=" Charlie@Example.org ")
    row = Invitation.objects.get()
    assert (row.email, row.role, row.invited_by, row.expires_at) == (
        "charlie@example.org",
        Role.EDITOR,
        alice,
        now + WEEK,
    )
    assert token_of(sent) not in str(Invitation.objects.values())


def test_its_mail_is_queued_with_the_link(invite):
    sent = invite()
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == ("charlie@example.org", "Your account at The Hindsight desk")
    assert mail.body.splitlines()[:7] == [
        "Hello Charlie,",
        "",
        "Alice invites you to The Hindsight desk, as Editor.",
        "",
        "Choose a password here:",
        "",
        sent.link,
    ]


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"email": "charlie"}, "email", "Enter a valid email address."),
        ({"email": "ALICE@example.org"}, "email", "This address has an account already."),
        ({"name": " "}, "name", "Say whom you invite."),
        ({"role": "owner"}, "role", "There is no such role."),
    ],
)
def test_what_cannot_be_invited_is_refused_at_its_field(invite, values, field, message):
    with pytest.raises(InvitationRefused) as refused:
        invite(**values)
    assert (refused.value.field, str(refused.value.message)) == (field, message)
    assert (Invitation.objects.count(), OutboxMail.objects.count()) == (0, 0)


def test_one_address_has_one_open_invitation(invite):
    invite()
    with pytest.raises(InvitationRefused) as refused:
        invite(email="CHARLIE@example.org")
    assert refused.value.field == "email"
    assert (Invitation.objects.count(), OutboxMail.objects.count()) == (1, 1)


def test_taking_it_up_opens_the_promised_account(invite, take_up, password, now):
    user = take_up(invite(), name="Charlie Chan")
    row = Invitation.objects.get()
    assert (user.email, user.name, user.role, user.check_password(password)) == (
        "charlie@example.org",
        "Charlie Chan",
        Role.EDITOR,
        True,
    )
    assert (row.accepted_at, row.user) == (now, user)
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [
        ("charlie@example.org", True, True)
    ]


def test_it_is_taken_up_once(invite, take_up):
    sent = invite()
    take_up(sent)
    with pytest.raises(InvitationClosed):
        take_up(sent)
    assert User.objects.filter(email="charlie@example.org").count() == 1


@pytest.mark.parametrize(("after", "is_open"), [(WEEK - timedelta(seconds=1), True), (WEEK, False)])
def test_it_runs_out_after_seven_days(invite, take_up, now, after, is_open):
    sent = invite()
    if is_open:
        take_up(sent, at=now + after)
    else:
        with pytest.raises(InvitationClosed):
            take_up(sent, at=now + after)
    assert User.objects.filter(email="charlie@example.org").exists() == is_open


def test_a_weak_password_leaves_it_open(invite, take_up, now):
    sent = invite()
    with pytest.raises(InvitationRefused) as refused:
        take_up(sent, password="charlie@example.org")
    assert refused.value.field == "password"
    assert Invitation.objects.get().is_open(at=now)


def test_a_withdrawn_one_opens_nothing(invite, take_up, now):
    sent = invite()
    invitations.withdraw(pk=sent.invitation.pk, at=now)
    with pytest.raises(InvitationClosed):
        take_up(sent)
    with pytest.raises(InvitationClosed):
        invitations.withdraw(pk=sent.invitation.pk, at=now)


def test_sending_again_ends_the_old_link_and_begins_another_week(invite, take_up, now):
    old = invite()
    later = now + timedelta(days=10)
    new = invitations.resend(pk=old.invitation.pk, at=later, address_of=address_of)
    with pytest.raises(InvitationClosed):
        take_up(old, at=later)
    assert Invitation.objects.get().expires_at == later + WEEK
    assert take_up(new, at=later).role == Role.EDITOR


def test_one_that_was_taken_up_is_neither_sent_again_nor_withdrawn(invite, take_up, now):
    sent = invite()
    take_up(sent)
    with pytest.raises(InvitationClosed):
        invitations.resend(pk=sent.invitation.pk, at=now, address_of=address_of)
    with pytest.raises(InvitationClosed):
        invitations.withdraw(pk=sent.invitation.pk, at=now)
    assert OutboxMail.objects.count() == 1


def test_the_whole_way_in_from_the_administrators_form_to_a_session(alice, browse, client, password, hurried, settings):
    settings.SITE_URL = "https://desk.example"
    form = {"email": "charlie@example.org", "name": "Charlie", "role": "analyst"}
    sent = browse(alice).post("/account/invitations/new/", form).context["sent"]
    assert hurried == [sent.mail.pk]
    path = sent.link.removeprefix("https://desk.example")
    assert client.get(path).context["form"].initial == {"name": "Charlie"}
    answer = client.post(path, {"name": "Charlie", "password": password})
    assert answer.headers["Location"] == "/account/profile/"
    assert client.get("/account/profile/").context["user"].email == "charlie@example.org"


def test_a_refused_invitation_keeps_what_was_typed(alice, browse):
    form = {"email": "alice@example.org", "name": "Al", "role": "editor"}
    page = browse(alice).post("/account/invitations/new/", form)
    assert page.context["form"].errors == {"email": ["This address has an account already."]}
    assert [page.context["form"][name].value() for name in form] == list(form.values())


@pytest.mark.django_db
def test_a_link_that_opens_nothing_says_so(client):
    answer = client.get("/account/invitation/nothing/")
    assert (answer.status_code, str(answer.context["message"])) == (
        410,
        "This invitation was used, withdrawn or has run out. Ask for another.",
    )


def test_the_list_takes_the_same_queries_for_one_and_for_three(alice, browse, django_assert_num_queries):
    client = browse(alice)
    for number in range(3):
        invitations.invite(
            by=alice, email=f"c{number}@example.org", name="C", role="analyst", at=timezone.now(), address_of=address_of
        )
        if number in {0, 2}:
            with django_assert_num_queries(5):  # session, user, invitations, mail set aside, last sweep
                page = client.get("/account/invitations/")
            assert len(page.context["invitations"]) == number + 1


def test_buttons_send_again_and_withdraw(alice, browse, invite, hurried):
    pk = invite().invitation.pk
    again = browse(alice).post(f"/account/invitations/{pk}/send-again/").context["sent"]
    assert hurried == [again.mail.pk]
    browse(alice).post(f"/account/invitations/{pk}/withdraw/")
    assert Invitation.objects.get().withdrawn_at is not None
    answer = browse(alice).post(f"/account/invitations/{pk}/send-again/", follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["This invitation was withdrawn already."]
