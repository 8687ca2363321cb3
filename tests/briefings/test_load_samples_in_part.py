"""Loading the sample briefings by halves: on an earlier day, by whom, and not at all."""

from datetime import UTC, date, datetime
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from briefings.models import Briefing
from briefings.samples.loading import find_cast, load_briefing, load_sources
from briefings.samples.plan import briefing_plans
from forecasts.models import Forecast, Judgement, Resolution
from sources.models import Article

FIRST = briefing_plans()[0]


def test_what_lies_ahead_of_the_day_is_left_out(db):
    out = StringIO()
    call_command("load_samples", on=date(2025, 1, 31), stdout=out, stderr=StringIO())
    assert max(Article.objects.values_list("published_on", flat=True)) == date(2025, 1, 20)
    assert max(Resolution.objects.values_list("known_on", flat=True)) <= date(2025, 1, 31)


def test_accounts_that_exist_are_used(db):
    people = [
        User.objects.create_user(f"{role}-{number}@example.org", "a pass phrase", name=f"{role} {number}", role=role)
        for role, number in ((Role.ANALYST, 1), (Role.ANALYST, 2), (Role.EDITOR, 1))
    ]
    cast = find_cast()
    assert [cast.analyst, cast.second_analyst, cast.editor] == people
    assert User.objects.count() == 3


def test_a_briefing_that_fails_half_way_leaves_nothing(db, monkeypatch):
    cast = find_cast()
    load_sources(by=cast.analyst)

    def refuse(*_args, **_kwargs):
        raise RuntimeError("the editor is out")

    monkeypatch.setattr("briefings.samples.loading.publish", refuse)
    with pytest.raises(RuntimeError, match="the editor is out"):
        load_briefing(FIRST, cast=cast, at=datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert [model.objects.count() for model in (Article, Forecast, Judgement, Briefing)] == [0, 0, 0, 0]


def test_the_production_profile_refuses_sample_data(db, settings):
    settings.PROFILE = SimpleNamespace(is_production=True)
    with pytest.raises(CommandError) as refusal:
        call_command("load_samples", stdout=StringIO(), stderr=StringIO())
    assert str(refusal.value) == "Sample data is for the demo; the production profile refuses it."
    assert refusal.value.returncode == 2
    assert User.objects.count() == 0


def test_where_two_grade_the_editor_grades_too(db, settings):
    settings.GRADERS = 2
    cast = find_cast()
    load_sources(by=cast.analyst)
    loaded = load_briefing(FIRST, cast=cast, at=datetime(2026, 11, 23, 12, tzinfo=UTC))

    assert loaded.grades == Resolution.objects.filter(how="agreed").count() > 0
    assert set(Resolution.objects.values_list("independence", flat=True)) == {"involved"}
