"""Outcomes that exclude each other: who is in the group, what it says, and grading all by the one that occurred."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Outcome
from forecasts.errors import GradeRefused, GroupRefused, Stale
from forecasts.models import Forecast, Grade, Resolution, ScenarioGroup
from forecasts.services import grading, resolving
from forecasts.services.entries import check_lengths
from forecasts.services.exclusion import others_of
from forecasts.services.unsettling import pair_of


@dataclass(frozen=True, kw_only=True)
class GroupGraded:
    """What grading one forecast came to: its grade, the resolution that it made, if any, the grades of those that it
    excludes, and those of them that still wait, each with why."""

    grade: Grade
    resolution: Resolution | None
    others: Sequence[Grade] = ()
    left: Sequence[tuple[Forecast, str]] = ()


# --- Who is in it ---------------------------------------------------------------------------------------------------


@transaction.atomic
def exclude_each_other(forecast: Forecast, *, other: Forecast, by: User, version: int | None = None) -> str:
    """Put two forecasts into one group, with whoever is in it already; returns its key.

    Raises GroupRefused, or Stale where the first one is past `version`.
    """
    if forecast.pk == other.pk:
        raise GroupRefused(_("A forecast does not exclude itself."), field="other")
    groups = {each.scenario_group for each in (forecast, other)} - {""}
    locked = _lock([forecast.pk, other.pk], groups)
    one, two = locked[forecast.pk], locked[other.pk]
    _check_version(one, version)
    groups = {one.scenario_group, two.scenario_group} - {""}
    if len(groups) == 2:
        message = _("%s is in another group. Take it out of that one first.")
        raise GroupRefused(message % two.reference, field="other")
    if groups and one.scenario_group == two.scenario_group:
        raise GroupRefused(_("The two exclude each other already."), field="other")
    _refuse_where_said(locked.values())
    key = groups.pop() if groups else _new_key(two)
    joining = [each for each in (one, two) if each.scenario_group != key]
    _put(joining, key, by=by, why="put into a group of scenarios")
    return key


@transaction.atomic
def leave_group(forecast: Forecast, *, by: User, version: int | None = None) -> None:
    """Take a forecast out of its group; a group of one is none. Raises GroupRefused or Stale."""
    locked = _lock([forecast.pk], {forecast.scenario_group} - {""})
    forecast = locked[forecast.pk]
    _check_version(forecast, version)
    if not forecast.scenario_group:
        raise GroupRefused(_("It is in no group."))
    _refuse_where_said(locked.values())
    left = [each for each in locked.values() if each.pk != forecast.pk and each.retracted_at is None]
    _put([forecast, *left] if len(left) == 1 else [forecast], "", by=by, why="taken out of a group of scenarios")


@transaction.atomic
def describe_group(key: str, *, title: str, exhaustive: bool, by: User, at: datetime) -> ScenarioGroup:
    """What the group is about, and whether one of its outcomes has to happen. Raises GroupRefused."""
    members = Forecast.objects.kept().filter(scenario_group=key) if key else Forecast.objects.none()
    if not members.exists():
        raise GroupRefused(_("There is no such group."))
    values = {"title": " ".join(title.split()), "exhaustive": exhaustive, "noted_by": by, "noted_at": at}
    check_lengths(ScenarioGroup, values, GroupRefused)
    return ScenarioGroup.objects.update_or_create(key=key, defaults=values)[0]


# --- Grading it -----------------------------------------------------------------------------------------------------


@transaction.atomic
def grade_group(
    forecast: Forecast, *, verdict: grading.Verdict, by: User, at: datetime, version: int | None = None
) -> GroupGraded:
    """Record a verdict; once the desk holds that the outcome occurred, those of its graders on what it excludes too.

    They did not occur, known on the same day and on the same evidence. That waits for the resolution, as otherwise the
    grades on the others would tell what a first grader has said. Those that `by` cannot grade, because they wrote them
    for example, are left in the queue. Raises as `grading.grade`, and GradeRefused where another one of the group has
    occurred.
    """
    given, resolution = grading.grade(forecast, verdict=verdict, by=by, at=at, version=version)
    if resolution is None or resolution.outcome != Outcome.OCCURRED or not forecast.scenario_group:
        return GroupGraded(grade=given, resolution=resolution)
    graders = resolution.grades.values("grader")
    along = Grade.objects.filter(forecast__in=others_of(forecast), grader__in=graders, graded_at=at)
    others = list(along.select_related("grader").order_by("grader", "pk"))
    left = resolving.left_open(resolution, by=by, at=at)
    return GroupGraded(grade=given, resolution=resolution, others=others, left=left)


@transaction.atomic
def undo_group(given: Grade, *, by: User, at: datetime, why: str = "") -> list[Grade]:
    """Take back a grade with those that were given along with it; returns all of them. Raises as `undo_grade`.

    What an editor has decided since, or a round that is over, stays as it is.
    """
    group = given.forecast.scenario_group
    locked = _lock([given.forecast_id], {group} - {""})
    along = _given_along_with(given)
    taken_back = [given]
    if pair_of(locked.get(given.forecast_id, given.forecast)):
        # They go with what the two settled together.
        grading.undo_grade(given, by=by, at=at, why=why)
        return [given, *along]
    # Before it, as they go with it.
    for each in along:
        try:
            grading.undo_grade(each, by=by, at=at, why=why)
        except GradeRefused:
            continue
        taken_back.append(each)
    grading.undo_grade(given, by=by, at=at, why=why)
    return taken_back


def _given_along_with(given: Grade) -> list[Grade]:
    """The same grader's grades of the group's others that came of that one: at the moments of its resolutions."""
    group = given.forecast.scenario_group
    if not group or given.outcome != Outcome.OCCURRED:
        return []
    moments = given.resolutions.values("resolved_at")
    along = Grade.objects.standing().filter(grader=given.grader_id, graded_at__in=moments)
    return list(along.filter(forecast__scenario_group=group).exclude(pk=given.pk).order_by("pk"))


# --- Helping --------------------------------------------------------------------------------------------------------


def _lock(keys: Iterable[int], groups: set[str]) -> dict[int, Forecast]:
    """These forecasts and all of these groups, locked in one order, so that two graders wait rather than deadlock."""
    rows = Forecast.objects.kept().select_for_update(no_key=True, of=("self",))
    named = rows.filter(pk__in=list(keys)) | rows.filter(scenario_group__in=groups)
    return {each.pk: each for each in named.order_by("pk")}


def _check_version(forecast: Forecast, version: int | None) -> None:
    if version is not None and version != forecast.version:
        raise Stale(_("Somebody has changed this forecast meanwhile. Look at it again before you save."))


def _refuse_where_said(forecasts: Iterable[Forecast]) -> None:
    """A group is what its members are graded by, so it stays once one of them has been. Raises GroupRefused."""
    keys = [each.pk for each in forecasts]
    graded = Grade.objects.filter(forecast__in=keys, retracted_at__isnull=True, round=F("forecast__grading_round"))
    resolved = Resolution.objects.standing().filter(forecast__in=keys)
    if graded.exists() or resolved.exists():
        raise GroupRefused(_("One of them has been graded; the group stays as it was."), code="graded")


def _new_key(forecast: Forecast) -> str:
    for number in count():
        key = f"{forecast.reference}/{number}" if number else forecast.reference
        if not Forecast.objects.filter(scenario_group=key).exists():
            return key
    raise AssertionError  # there is no last number


def _put(forecasts: Iterable[Forecast], key: str, *, by: User, why: str) -> None:
    with pghistory.context(user=by.pk, why=why):
        rows = Forecast.objects.filter(pk__in=[each.pk for each in forecasts])
        rows.update(scenario_group=key, version=F("version") + 1)
