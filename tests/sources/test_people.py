"""Sources by name, and the persons that accounts are."""

from __future__ import annotations

import pytest

from sources.choices import SourceKind
from sources.models import Source
from sources.services import people
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_account_is_one_person():
    alice = UserFactory(name="Alice Moor")

    assert people.person_for(alice) == people.person_for(alice)
    assert people.person_for(alice).name == "Alice Moor"


def test_an_account_is_the_person_of_its_name_that_was_recorded_before():
    alice = UserFactory(name="Alice Moor")
    recorded = people.named("alice moor", by=alice, kind=SourceKind.PERSON)

    assert people.person_for(alice) == recorded


def test_an_account_is_never_the_person_of_another_account_with_its_name():
    alice, other = UserFactory(name="Alice Moor"), UserFactory(name="alice moor", email="other@example.org")
    hers, theirs = people.person_for(alice), people.person_for(other)

    assert [hers.user, theirs.user] == [alice, other]
    assert [hers.name, theirs.name] == ["Alice Moor", f"alice moor ({other.pk})"]
    assert (people.person_for(other), Source.objects.count()) == (theirs, 2)
