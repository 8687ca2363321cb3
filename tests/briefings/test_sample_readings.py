"""The reader on the sample briefings: it finds what the plan says, all of it and nothing else."""

from types import SimpleNamespace

import pytest

from briefings.samples.plan import ClaimRead, ForecastRead, briefing_plans
from forecasts.reading.document import read

PLANS = briefing_plans()


@pytest.fixture(params=PLANS, ids=lambda plan: plan.slug, scope="module")
def sample(request):
    return SimpleNamespace(plan=request.param, reading=read(request.param.path.read_text(encoding="utf-8")))


def as_planned(found):
    return ForecastRead(
        section=found.section,
        horizon=found.horizon,
        term=found.term,
        negated=found.negated,
        probability=found.probability,
        conditional=found.conditional,
        scenario=found.scenario_group is not None,
        flags=tuple(sorted(found.flags)),
    )


def as_counted(found):
    return ClaimRead(
        measure=found.measure,
        stance=found.stance,
        approximate=found.approximate,
        low=found.value_low,
        high=found.value_high,
        point=found.value_point,
        qualifier=found.qualifier,
        flags=tuple(sorted(found.flags)),
    )


def test_the_masthead_is_read(sample):
    parts = sample.reading.parts
    assert (parts.title, parts.byline, parts.published_on, parts.language) == (
        sample.plan.title,
        sample.plan.byline,
        sample.plan.published_on,
        "en",
    )


def test_summary_body_and_credit_are_told_apart(sample):
    parts = sample.reading.parts
    assert len(parts.summary) == 3
    assert 3 <= len(parts.body) <= 6
    assert len(parts.credits) == 1


def test_the_forecasts_are_those_of_the_plan(sample):
    found = [(each.quote, as_planned(each), each.duplicate_of) for each in sample.reading.forecasts]
    assert found == [(each.quote, each.read, each.duplicate_of) for each in sample.plan.forecasts]


def test_the_claims_are_those_of_the_plan(sample):
    assert [as_counted(each) for each in sample.reading.claims] == [each.read for each in sample.plan.claims]


def test_a_claim_that_has_a_speaker_is_read_with_one(sample):
    read_with = [each.speaker is not None for each in sample.reading.claims]
    assert read_with == [each.speaker is not None for each in sample.plan.claims]


def test_every_claim_stands_where_the_plan_has_it(sample):
    text = sample.reading.parts.text
    planned = [(text.index(each.in_text), text.index(each.in_text) + len(each.in_text)) for each in sample.plan.claims]
    found = [(each.start, each.end) for each in sample.reading.claims]
    apart = [
        text[start:end]
        for (start, end), (first, last) in zip(found, planned, strict=True)
        if end <= first or last <= start
    ]
    assert apart == []
