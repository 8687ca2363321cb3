"""Statements that are planned otherwise, and those after them that are not."""

from __future__ import annotations

import pytest
from django.db import connection

from groundwork.planning import without_nested_loops

pytestmark = pytest.mark.django_db


def setting() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return str(cursor.fetchone()[0])


def test_nested_loops_are_off_inside_and_on_again_after():
    before = setting()
    with without_nested_loops():
        inside = setting()
    assert (before, inside, setting()) == ("on", "off", "on")
