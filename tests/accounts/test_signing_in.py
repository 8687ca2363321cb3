from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from accounts import tasks
from accounts.models import OutboxMail, User

pytestmark = pytest.mark.django_db


def test_a_password_lets_one_in_and_back_to_where_one_wanted(bob, client, password):
    form = {"login": "Bob@Example.org", "password": password, "next": "/account/keys/"}
    assert client.post("/account/login/", form).headers["Location"] == "/account/keys/"
    assert client.get("/account/keys/").context["user"] == bob


def test_a_wrong_password_says_nothing_about_the_account(bob, client):
    forms = [{"login": login, "password": "wrong"} for login in (bob.email, "nobody@example.org")]
    said = [client.post("/account/login/", form).context["form"].errors for form in forms]
    assert said == [{"__all__": ["The email address and/or password you specified are not correct."]}] * 2


def test_nobody_is_sent_to_another_site_after_signing_in(bob, client, password):
    form = {"login": bob.email, "password": password, "next": "https://evil.example/"}
    assert client.post("/account/login/", form).headers["Location"] == "/account/profile/"


def test_signing_out_ends_the_session(bob, browse):
    client = browse(bob)
    assert client.post("/account/logout/").headers["Location"] == "/"
    assert client.get("/account/profile/").status_code == 302


def test_sign_up_is_closed_politely(client):
    page = client.get("/account/signup/")
    assert page.templates[0].name == "account/signup_closed.html"
    client.post(
        "/account/signup/",
        {"email": "x@example.org", "password1": "a long pass phrase", "password2": "a long pass phrase"},
    )
    assert User.objects.count() == 0


def test_a_forgotten_password_is_set_by_a_mailed_link(bob, client):
    client.post("/account/password/reset/", {"email": bob.email})
    row = OutboxMail.objects.get()
    tasks.send_mail(row.pk)
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    page = client.get(link[1], follow=True)
    answer = client.post(
        page.request["PATH_INFO"], {"password1": "another pass phrase", "password2": "another pass phrase"}
    )
    bob.refresh_from_db()
    assert (answer.status_code, bob.check_password("another pass phrase")) == (302, True)
    assert mail.outbox[0].subject == "The Hindsight desk: Password Reset Email"


def test_nobody_makes_the_desk_write_to_strangers(bob, client):
    said = [client.post("/account/password/reset/", {"email": email}) for email in (bob.email, "x@example.org")]
    assert {answer.headers["Location"] for answer in said} == {"/account/password/reset/done/"}
    assert [row.to for row in OutboxMail.objects.all()] == [bob.email]


def test_a_changed_password_ends_the_other_sessions(bob, browse, password):
    here, elsewhere = browse(bob), browse(bob)
    new = {"oldpassword": password, "password1": "another pass phrase", "password2": "another pass phrase"}
    here.post("/account/password/change/", new)
    assert [client.get("/account/profile/").status_code for client in (here, elsewhere)] == [200, 302]


def test_a_form_from_elsewhere_is_refused(bob, password):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/login/", {"login": bob.email, "password": password})
    assert answer.status_code == 403
    assert client.get("/account/profile/").status_code == 302
