"""New forecasts that go on with older ones."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.models import Lineage
from forecasts.services.continuing import log_continuation
from forecasts.services.due import flag_due
from forecasts.services.entries import Chance, Wording
from forecasts.services.linking import link

NEXT = Wording(
    statement="The bridge is likely to stay closed until May.",
    event="The bridge stays closed until May.",
    made_on=date(2026, 3, 1),
    closes_on=date(2026, 5, 1),
)


def test_a_forecast_that_continues_another_is_linked_to_it_and_both_stay_due(overdue, bob, now):
    earlier = overdue()
    later = log_continuation(earlier, wording=NEXT, chance=Chance(probability=0.6), by=bob, at=now)

    assert [(row.later, row.earlier, row.relation, row.noted_by) for row in Lineage.objects.all()] == [
        (later, earlier, "continues", bob)
    ]
    assert (later.author.user, earlier.dues.waiting().count(), later.due_on) == (bob, 1, date(2026, 5, 2))
    assert earlier.judgements.get().ended_at is None


def test_a_continuation_that_is_refused_leaves_nothing_behind(overdue, bob, now, refused):
    from dataclasses import replace

    wrong = replace(NEXT, closes_on=date(2026, 2, 1))
    assert refused(log_continuation, overdue(), wording=wrong, chance=Chance(), by=bob, at=now)[0] == "closes_on"


@pytest.mark.parametrize(("relation", "why"), [("supersedes", "superseded by {}"), ("continues", None)])
def test_superseding_ends_its_authors_judgement_and_not_the_forecast(log, alice, bob, now, relation, why):
    earlier, later = log(), log()
    flag_due(at=now)
    link(later, earlier=earlier, relation=relation, by=bob, at=now)

    assert earlier.judgements.get().ended_why == (why and why.format(later.reference))
    assert earlier.dues.waiting().count() == 1


def test_superseding_what_is_resolved_ends_nothing(log, overdue, verdict, bob, now):
    from forecasts.services import grading

    earlier, later = overdue(), log()
    grading.grade(earlier, verdict=verdict(), by=bob, at=now)
    link(later, earlier=earlier, relation="supersedes", by=bob, at=now)

    assert earlier.judgements.get().ended_at is None
