from __future__ import annotations

import io
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from accounts.models import Invitation, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.SITE_URL = "https://desk.example"


def test_the_first_administrator_gets_a_link_that_sets_a_password(client):
    link = run("open_account", "Alice@example.org", "--name", "Alice")
    alice = User.objects.get()
    assert (alice.email, alice.role, alice.has_usable_password()) == ("alice@example.org", Role.ADMINISTRATOR, False)
    page = client.get(link.removeprefix("https://desk.example"), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "a long pass phrase", "password2": "a long pass phrase"})
    alice.refresh_from_db()
    assert alice.check_password("a long pass phrase")


def test_the_password_may_come_from_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long pass phrase\n"))
    said = run("open_account", "bob@example.org", "--name", "Bob", "--role", "analyst", "--password-stdin")
    assert (said, User.objects.get().check_password("a long pass phrase")) == ("Opened bob@example.org.", True)


@pytest.mark.parametrize(
    ("email", "line", "message"),
    [
        ("alice", "a long pass phrase", "Enter a valid email address."),
        ("bob@example.org", "a long pass phrase", "User with this Email address already exists."),
        ("amy@example.org", "short", "This password is too short. It must contain at least 12 characters."),
        ("amy@example.org", "", "This password is too short. It must contain at least 12 characters."),
    ],
)
def test_an_account_that_cannot_be_is_exit_code_2_and_one_line(bob, monkeypatch, email, line, message):
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))
    with pytest.raises(CommandError) as error:
        run("open_account", email, "--name", "Amy", "--password-stdin")
    assert (error.value.returncode, str(error.value), User.objects.count()) == (2, message, 1)


def test_an_invitation_is_sent_and_its_link_printed(alice, hurried):
    link = run("invite", "charlie@example.org", "--name", "Charlie", "--role", "editor")
    row = Invitation.objects.get()
    assert (row.email, row.role, row.invited_by, len(hurried)) == ("charlie@example.org", Role.EDITOR, alice, 1)
    assert link.startswith("https://desk.example/account/invitation/")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bob@example.org"], "This address has an account already."),
        (["charlie"], "Enter a valid email address."),
        (["charlie@example.org", "--by", "bob@example.org"], "bob@example.org is no administrator."),
    ],
)
def test_an_invitation_that_cannot_be_is_exit_code_2_and_one_line(alice, bob, arguments, message):
    with pytest.raises(CommandError) as error:
        run("invite", *arguments, "--name", "Charlie")
    assert (error.value.returncode, str(error.value), Invitation.objects.count()) == (2, message, 0)


def test_somebody_has_to_invite():
    with pytest.raises(CommandError) as error:
        run("invite", "charlie@example.org", "--name", "Charlie")
    assert (error.value.returncode, str(error.value)) == (
        2,
        "There is no administrator yet; run open_account first.",
    )


def test_an_unknown_role_is_refused_by_the_command_line_itself():
    command = [sys.executable, "manage.py", "invite", "x@example.org", "--name", "X", "--role", "owner"]
    done = subprocess.run(command, cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "invalid choice: 'owner'" in done.stderr.splitlines()[-1]
