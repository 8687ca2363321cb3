"""The pages of accounts in Chromium: both widths, both themes, axe and the content security policy."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Invitation
from accounts.services import invitations, keys, outbox, people

OPEN_PAGES = ["login/", "signup/", "password/reset/", "password/reset/done/", "invitation/nothing/", "inactive/"]
OWN_PAGES = ["profile/", "password/change/", "email/", "logout/", "2fa/"]
ADMINISTRATORS_PAGES = ["people/", "invitations/new/"]


@pytest.fixture
def visit(page: Page, live_server):
    def go(path: str) -> Page:
        page.goto(f"{live_server.url}/account/{path}")
        return page

    return go


@pytest.mark.django_db
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_the_pages_around_signing_in_look_right(visit, looks_right, path):
    looks_right(visit(path))


@pytest.mark.parametrize("path", OWN_PAGES)
def test_ones_own_pages_look_right(visit, looks_right, sign_in, bob, path):
    sign_in(bob)
    looks_right(visit(path))


@pytest.mark.parametrize("path", ADMINISTRATORS_PAGES)
def test_the_administrators_pages_look_right(visit, looks_right, sign_in, alice, path):
    sign_in(alice)
    looks_right(visit(path))


def test_a_person_and_a_refused_change_look_right(visit, looks_right, sign_in, alice):
    sign_in(alice)
    page = visit(f"people/{alice.pk}/")
    looks_right(page)
    page.get_by_label("Role").select_option("reader")
    page.get_by_label("Why").first.fill("moves on")
    page.get_by_role("button", name="Change the role").click()
    expect(page.get_by_role("alert")).to_contain_text("This is the last administrator.")
    looks_right(page)


def test_invitations_in_every_state_look_right(visit, looks_right, sign_in, alice, password):
    now = timezone.now()

    def invite(name: str, at=now) -> invitations.Sent:
        email = f"{name}.with-a-rather-long-address@example.org"
        return invitations.invite(by=alice, email=email, name=name, role="editor", at=at, address_of=str)

    invite("open")
    invite("late", at=now - timedelta(days=8))
    invitations.withdraw(pk=invite("withdrawn").invitation.pk, at=now)
    invitations.accept(token=invite("taken").link, name="Taken", password=password, at=now)
    outbox.start(pk=Invitation.objects.count(), at=now)
    outbox.set_aside_interrupted(at=now + timedelta(hours=1))
    sign_in(alice)
    looks_right(visit("invitations/"))


def test_an_invitation_is_made_and_taken_up_in_the_browser(visit, looks_right, sign_in, alice, password, page):
    sign_in(alice)
    visit("invitations/new/")
    page.get_by_label("Email address").fill("charlie@example.org")
    page.get_by_label("Name", exact=True).fill("Charlie")
    page.get_by_role("button", name="Invite", exact=True).click()
    looks_right(page)
    link = page.locator(".secret").inner_text()
    page.context.clear_cookies()
    assert link.startswith(settings.SITE_URL)
    page.goto(urlsplit(link).path)
    looks_right(page)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Open my account").click()
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Charlie")


def test_a_key_is_made_and_revoked_in_the_browser(visit, looks_right, sign_in, bob, page):
    old = keys.make_key(
        by=bob, name="old", scope="read", at=timezone.now() - timedelta(days=9), lasts=timedelta(days=1)
    )
    sign_in(bob)
    visit("keys/")
    page.get_by_label("Name", exact=True).fill("weekly report")
    page.get_by_role("button", name="Make the key").click()
    assert keys.find_key(page.locator(".secret").inner_text()).user == bob
    looks_right(page)
    page.get_by_role("button", name="Revoke weekly report").click()
    expect(page.locator("[data-flash]")).to_contain_text("The key “weekly report” is revoked.")
    assert old[0].name in page.get_by_role("table").inner_text()
    looks_right(page)


def test_a_second_factor_is_set_up_in_the_browser(visit, looks_right, sign_in, bob, password, page):
    sign_in(bob)
    visit("2fa/totp/activate/")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".qr")).to_be_visible()
    looks_right(page)


def test_a_second_factor_is_shown_and_asked_for(visit, looks_right, bob, password, page):
    TOTP.activate(bob, generate_totp_secret())
    codes = RecoveryCodes.activate(bob).get_unused_codes()
    visit("login/")
    page.get_by_label("Email").fill(bob.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    looks_right(page)
    page.get_by_label("code").first.fill(codes[0])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()
    looks_right(visit("2fa/"))
    looks_right(visit("2fa/recovery-codes/"))


def test_a_closed_account_is_told_so(visit, looks_right, alice, bob, password, page):
    people.deactivate(user=bob, by=alice, why="left")
    visit("login/")
    page.get_by_label("Email").fill(bob.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="This account is closed")).to_be_visible()
