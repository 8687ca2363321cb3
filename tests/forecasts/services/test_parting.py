"""Splitting a compound forecast that is recorded already."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forecasts.models import Forecast, Lineage
from forecasts.services import following, grading, judging, linking, parting
from forecasts.services.entries import Chance, Criteria
from forecasts.services.undoing import undo_forecast

LIKELY = Chance(yardstick="phia-2025", term="likely")
AT = datetime(2025, 5, 9, 12, tzinfo=UTC)
PARTS = [
    parting.Part(event="The bridge stays closed.", chance=LIKELY),
    parting.Part(event="The ferry stops.", chance=Chance(probability=0.2)),
]


def shown() -> list[tuple[str, date, str, str]]:
    kept = Forecast.objects.kept().order_by("pk")
    return [(each.event, each.made_on, each.author.name, each.triage) for each in kept]


def test_where_nobody_relies_on_it_the_parts_take_its_place(log, bob, now):
    forecast = log(
        topics=("bridges",), countries=("UA",), condition="If it rains", criteria=Criteria(observable="Traffic")
    )
    earlier = log(event="The bridge is closed.", at=AT)
    linking.link(forecast, earlier=earlier, relation="continues", by=bob, at=now)
    following.follow(forecast, by=bob, at=now)
    parts = parting.split_recorded(forecast, parts=PARTS, by=bob, at=now)
    kept = {"made_on": date(2025, 5, 2), "closes_on": date(2025, 8, 2), "condition": "If it rains", "countries": ["UA"]}
    for part in parts:
        assert {name: getattr(part, name) for name in kept} == kept
        assert (part.author.name, part.triage, part.statement) == ("Alice", "needs_criteria", forecast.statement)
        assert ([topic.name for topic in part.topics.all()], following.follows(bob, part)) == (["bridges"], True)
        assert [each.earlier for each in part.earlier_links.filter(ended_at=None)] == [earlier]
    assert [part.judgements.get().probability for part in parts] == [None, 0.2]
    forecast.refresh_from_db()
    assert (forecast.retracted_by, forecast.retracted_why) == (bob, "split into its parts")
    assert (list(parting.parts_of(forecast)), list(parting.parts_of(earlier))) == (parts, [])
    assert not forecast.judgements.standing().exists()
    assert not Lineage.objects.filter(later=forecast, ended_at=None).exists()


@pytest.mark.parametrize("reason", ["published", "judged", "continued"])
def test_where_somebody_relies_on_it_the_parts_supersede_it_and_all_stay_due(log, bob, now, reason):
    forecast = log()
    if reason == "published":
        Forecast.objects.filter(pk=forecast.pk).update(released_at=AT)
    elif reason == "judged":
        judging.judge(forecast, chance=LIKELY, by=bob, at=AT)
    else:
        linking.link(log(event="On it goes."), earlier=forecast, relation="continues", by=bob, at=AT)
    parts = parting.split_recorded(forecast, parts=PARTS, by=bob, at=AT)
    forecast.refresh_from_db()
    assert forecast.retracted_at is None
    for part in parts:
        assert (part.made_on, part.opens_on, part.closes_on) == (date(2025, 5, 9), date(2025, 5, 9), date(2025, 8, 2))
        assert part.author.user == bob
        assert [(each.earlier, each.relation) for each in part.earlier_links.all()] == [(forecast, "supersedes")]
        assert part.due_on == forecast.due_on


def test_parts_of_what_is_over_would_foretell_nothing(log, bob, now, refused):
    forecast = log()
    Forecast.objects.update(released_at=AT)
    assert refused(parting.split_recorded, forecast, parts=PARTS, by=bob, at=now)[1] == "ended"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (PARTS[:1], None),
        ([PARTS[0], parting.Part(event=" ", chance=LIKELY)], "event"),
        ([PARTS[0], parting.Part(event="the bridge stays closed. ", chance=LIKELY)], "event"),
        ([PARTS[0], parting.Part(event="The ferry stops.", chance=Chance())], "term"),
    ],
)
def test_what_is_no_splitting(log, bob, now, refused, parts, field):
    assert refused(parting.split_recorded, log(), parts=parts, by=bob, at=now)[:2] == (field, "split_refused")


def test_what_is_graded_is_not_split(overdue, bob, now, verdict, refused):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=now)
    assert refused(parting.split_recorded, forecast, parts=PARTS, by=bob, at=now)[1] == "graded"
    assert refused(parting.split_recorded, forecast, parts=PARTS, by=bob, at=now, version=9)[1] == "stale"


def test_a_find_that_was_confirmed_whole_is_one_that_was_split(finds, accept, bob, alice, now):
    find = finds[1]
    forecast = accept(find)
    parts = parting.split_recorded(forecast, parts=PARTS, by=bob, at=now)
    find.refresh_from_db()
    assert (find.decision, find.forecast) == ("split", None)
    assert [(each.part, each.decision, each.forecast) for each in find.parts.order_by("part")] == [
        (1, "edited", parts[0]), (2, "edited", parts[1]),
    ]  # fmt: skip
    assert {(each.article, each.quote_start, each.quote_end) for each in parts} == {
        (forecast.article, forecast.quote_start, forecast.quote_end)
    }
    for part in find.parts.all():
        undo_forecast(part, by=bob, at=now)
    undo_forecast(find, by=bob, at=now)
    assert not Forecast.objects.kept().exists()
