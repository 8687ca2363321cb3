"""The sample briefings by themselves: their form, their facts' upkeep, and the mix that the demo shows."""

import calendar
import hashlib
import re
from collections import defaultdict
from datetime import date, timedelta

import pytest

from briefings.samples.plan import briefing_plans, forecasters, speakers

PLANS = briefing_plans()
DEMO_DAY = date(2026, 11, 23)

# The sentences of the published briefing whose form these texts follow, as hashes of their words: the text is not ours
# to keep, and none of it may come back here.
FOREIGN_SENTENCES = """
    04bfe9c24588 0bda60784ed2 19578a7c765b 1bc38206a368 20462a7df2a1 25e7cdb20dbc 26492cf22d9a 275fa8e0e925 2a7e1fb256aa
    2b7551d2f2b3 2c559178cfec 371cb807ec59 4c093a44eaf8 5a202c3fa0d8 5b03e5b7efc7 5c7e65f9f9a2 63ae1a556f51 6a26aade555c
    6d1ac38f6732 72024e0d30d8 798a6563b1e6 85de355e2c11 8607c1d795a6 9883b1ab5785 9c233e0c2969 a1bcece1dd39 b0b63cd7471c
    b82dc0e51e9a b95cddc6eaa5 d3c2ef0d35fa d77e84f159c1 db40e4597eb1 e20db86c2564 fcb6190db98e
"""

each_briefing = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.slug)


def months_after(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(plan, forecast):
    months = {"short": 3, "medium": 12}.get(forecast.read.horizon)
    return forecast.assessment_on if months is None else months_after(plan.published_on, months)


def first_day(plan, forecast):
    months = {"short": 0, "medium": 3, "long": 12}[forecast.read.horizon]
    return months_after(plan.published_on, months)


def own_forecasts():
    """Every planned forecast that becomes a record, with its briefing."""
    return [(plan, forecast) for plan in PLANS for forecast in plan.forecasts if forecast.duplicate_of is None]


def sentence_hashes(text):
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?])[\"”’']?\s+", line):
            words = re.findall(r"[a-z0-9]+", sentence.lower())
            if len(words) >= 6:
                yield hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]


def test_there_are_ten_briefings_and_each_text_has_its_plan():
    assert len(PLANS) == 10
    folder = PLANS[0].path.parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(plan.text for plan in PLANS)


@each_briefing
def test_a_text_has_150_to_600_words(plan):
    assert 150 <= len(plan.path.read_text(encoding="utf-8").split()) <= 600


@each_briefing
def test_a_text_shares_no_sentence_with_the_briefing_whose_form_it_follows(plan):
    assert set(FOREIGN_SENTENCES.split()).intersection(sentence_hashes(plan.path.read_text(encoding="utf-8"))) == set()


@each_briefing
def test_every_planned_quote_stands_in_its_text(plan):
    text = plan.path.read_text(encoding="utf-8")
    assert [forecast.quote for forecast in plan.forecasts if forecast.quote not in text] == []
    assert [claim.in_text for claim in plan.claims if text.count(claim.in_text) != 1] == []


@each_briefing
def test_everybody_named_is_listed_among_the_sources(plan):
    writers = {plan.byline, *(judgement.by for forecast in plan.forecasts for judgement in forecast.judgements)}
    assert writers - set(forecasters()) == set()
    assert {claim.speaker for claim in plan.claims} - set(speakers()) - {None} == set()


def test_every_listed_source_writes_or_speaks():
    heard = {claim.speaker for plan in PLANS for claim in plan.claims}
    assert set(speakers()) - heard == set()
    assert set(forecasters()) - {plan.byline for plan in PLANS} == set()


def test_the_briefings_are_dated_from_2022_to_2026_before_the_day_of_the_demo():
    assert (PLANS[0].published_on.year, PLANS[-1].published_on.year) == (2022, 2026)
    assert [plan.slug for plan in PLANS if plan.published_on > DEMO_DAY] == []


def test_what_is_confirmed_has_an_event_and_what_has_no_end_has_an_assessment_date():
    for plan, forecast in own_forecasts():
        assert forecast.event != "", forecast.quote
        open_ended = forecast.read.horizon == "long" and forecast.triage != "assessment"
        assert (forecast.assessment_on is not None) == open_ended, forecast.quote
        assert (forecast.criteria is not None) == (forecast.triage == "gradable"), forecast.quote
        if open_ended:
            assert forecast.assessment_on >= first_day(plan, forecast), forecast.quote


def test_a_forecast_without_any_probability_is_an_assessment():
    for _, forecast in own_forecasts():
        unquantified = forecast.read.term is None and forecast.read.probability is None
        assert ("unquantified" in forecast.read.flags) == unquantified, forecast.quote
        assert (forecast.triage == "assessment") == unquantified, forecast.quote


def test_grades_come_no_earlier_than_their_shape_allows():
    early = {"happens_by": "occurred", "holds_throughout": "did_not_occur", "true_on": None}
    graded = [(plan, forecast) for plan, forecast in own_forecasts() if forecast.grade is not None]
    for plan, forecast in graded:
        known_on = forecast.grade.known_on
        assert first_day(plan, forecast) <= known_on < DEMO_DAY, forecast.quote
        if known_on <= last_day(plan, forecast):
            assert forecast.grade.outcome == early[forecast.shape], forecast.quote


def test_every_grade_is_reasoned_in_one_sentence_and_shows_its_evidence():
    for _, forecast in own_forecasts():
        if forecast.grade is not None:
            assert re.fullmatch(r"[^.]+\.", forecast.grade.rationale), forecast.grade.rationale
            assert forecast.grade.url.startswith("https://"), forecast.quote


def test_judgements_change_over_about_three_months_and_stay_inside_their_windows():
    changed = [(plan, forecast) for plan, forecast in own_forecasts() if forecast.judgements]
    assert len(changed) == 3
    for plan, forecast in changed:
        days = [judgement.made_on for judgement in forecast.judgements]
        end = DEMO_DAY if forecast.grade is None else forecast.grade.known_on
        assert days == sorted(days)
        assert plan.published_on < days[0]
        assert days[-1] < end
        assert timedelta(days=40) < days[-1] - days[0] < timedelta(days=100)
        assert len({judgement.by for judgement in forecast.judgements}) >= 2


def test_the_demo_has_forecasts_overdue_graded_open_conditional_negated_and_without_a_term():
    count = defaultdict(int)
    for plan, forecast in own_forecasts():
        end = last_day(plan, forecast)
        if forecast.triage == "assessment":
            count["assessment"] += 1
        elif forecast.grade is not None:
            count[forecast.grade.outcome] += 1
        else:
            count["overdue" if end < DEMO_DAY else "open"] += 1
        count["conditional"] += forecast.read.conditional is not None
        count["negated"] += forecast.read.negated
        count["with a percentage"] += forecast.read.probability is not None
    assert dict(count) == {
        "assessment": 8,
        "occurred": 23,
        "did_not_occur": 14,
        "condition_not_met": 1,
        "overdue": 8,
        "open": 11,
        "conditional": 5,
        "negated": 4,
        "with a percentage": 5,
    }


def test_in_at_least_three_series_the_speakers_disagree():
    figures = defaultdict(set)
    for plan in PLANS:
        for claim in plan.claims:
            figures[plan.slug, claim.series].add((claim.speaker, claim.read.low, claim.read.high, claim.read.point))
    disputed = sorted((slug, series.subject) for (slug, series), said in figures.items() if len(said) > 1)
    assert disputed == [
        ("black-sea-grain-corridor", "Russian soldiers"),
        ("black-sea-grain-corridor", "Ukrainian soldiers"),
        ("essequibo-referendum", "voters in the Essequibo referendum"),
        ("gaza-first-phase", "Palestinians since October 2023"),
        ("goma-m23", "people in the battle for Goma"),
        ("sudan-el-fasher", "people in the war in Sudan"),
        ("syria-after-assad", "US troops"),
        ("syria-after-assad", "people in Syria"),
        ("taiwan-strait", "ballistic missiles fired around Taiwan in August 2022"),
    ]
