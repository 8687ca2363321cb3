"""Pulling forecasts, with their judgements and resolutions."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from forecasts.models import Judgement

pytestmark = pytest.mark.django_db
LIST = "/api/v1/forecasts/"


def references(response):
    return [row["reference"] for row in response.json()["results"]]


def test_anybody_sees_the_public_forecasts_with_the_desks_line_alone(outsider, record, golden):
    golden(outsider.get(LIST), "public_forecasts")


def test_the_desk_sees_a_forecast_with_every_judgement_and_a_probability_of_zero_as_a_number(analyst, record, golden):
    golden(analyst.get(f"{LIST}{record.open.reference}/"), "desk_forecast")


def test_an_internal_forecast_is_not_found_by_outsiders(outsider, record, golden):
    golden(outsider.get(f"{LIST}{record.internal.reference}/"), "hidden_forecast")


def test_nobody_outside_learns_who_graded_or_recorded(outsider, record, owner, member):
    text = outsider.get(LIST).content.decode()
    assert [name in text for name in (owner.name, member.name, owner.email, member.email, "Own view")] == [False] * 5


def test_a_released_judgement_is_public_without_its_rationale(outsider, record, owner, at_noon):
    from sources.services import people

    own = Judgement.objects.get(forecast=record.open, rationale="Own view")
    values = {"forecast": record.open, "line": "personal", "probability": 0.25, "rationale": "Thought better of it"}
    other = people.named("Eve Forecaster", by=owner)
    Judgement.objects.create(forecaster=other, made_at=at_noon, released_at=at_noon, recorded_by=owner, **values)
    shown = outsider.get(f"{LIST}{record.open.reference}/").json()["judgements"]
    assert [(each["line"], each["forecaster"], each["probability"], each["rationale"]) for each in shown] == [
        ("desk", {"reference": "S-1", "name": "The Hindsight desk"}, None, None),
        ("personal", None, 0.25, None),
    ]
    assert own.released_at is None


def test_a_line_that_the_desk_drew_once_the_outcome_was_known_is_not_scored(outsider, record):
    forecast = record.resolved
    (resolution,) = forecast.resolutions.all()
    (line,) = Judgement.objects.filter(forecast=forecast, line="desk")
    scored = outsider.get(f"{LIST}{forecast.reference}/").json()["score"]
    values = {"forecaster": line.forecaster, "line": "desk", "probability": 1.0, "recorded_by": line.recorded_by}
    later = {"made_at": resolution.resolved_at, "ended_by": line.recorded_by, "ended_why": "revised"}
    Judgement.objects.filter(pk=line.pk).update(
        ended_at=later["made_at"], ended_by=later["ended_by"], ended_why=later["ended_why"]
    )
    Judgement.objects.create(forecast=forecast, made_at=later["made_at"], **values)

    shown = outsider.get(f"{LIST}{forecast.reference}/").json()
    assert [each["probability"] for each in shown["judgements"]][-1] == 1.0
    assert (shown["score"], scored is None) == (scored, False)


def test_a_forecast_that_was_published_once_its_outcome_was_known_has_no_public_score(outsider, record):
    forecast = record.resolved
    (resolution,) = forecast.resolutions.all()
    address = f"{LIST}{forecast.reference}/"
    on_the_day = datetime.combine(resolution.known_on, time(23), UTC)
    scores = []
    for released_at in (on_the_day, on_the_day + timedelta(hours=1)):
        type(forecast).objects.filter(pk=forecast.pk).update(released_at=released_at)
        scores.append(outsider.get(address).json()["score"])
    assert (scores[0] is None, scores[1]) == (False, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["F-3", "F-2", "F-1"]),
        ("status=open", ["F-2"]),
        ("status=overdue", ["F-3"]),
        ("status=resolved", ["F-1"]),
        ("status=assessment", []),
        ("outcome=occurred", ["F-1"]),
        ("outcome=void", []),
        ("horizon=short", ["F-1"]),
        ("horizon=medium", ["F-3", "F-2"]),
        ("triage=gradable&term=highly_unlikely", ["F-2"]),
        ("topic=shipping&country=gb&q=harbour", ["F-2"]),
        ("author=dana&closes_before=2026-04-10", ["F-1"]),
        ("author=S-2&closes_after=2026-05-02", ["F-2"]),
        ("article=A-1&made_after=2026-01-10&made_before=2026-01-10", ["F-2", "F-1"]),
    ],
)
def test_forecasts_are_filtered(analyst, record, query, found):
    assert references(analyst.get(f"{LIST}?{query}")) == found


def test_the_status_that_is_shown_is_the_one_that_is_filtered_by(analyst, record):
    shown = {row["reference"]: row["status"] for row in analyst.get(LIST).json()["results"]}
    filtered = {
        reference: status
        for status in ("open", "overdue", "resolved", "assessment")
        for reference in references(analyst.get(f"{LIST}?status={status}"))
    }
    assert shown == filtered


def test_an_outsider_learns_nothing_by_filtering_on_a_personal_judgement(outsider, analyst, record, owner, at_noon):
    values = {"forecaster": record.agency, "line": "personal", "yardstick": "phia-2025", "term": "almost_certain"}
    Judgement.objects.create(forecast=record.open, made_at=at_noon, recorded_by=owner, **values)
    address = f"{LIST}?term=almost_certain"
    assert [references(client.get(address)) for client in (outsider, analyst)] == [[], ["F-2"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("colour=red", "unknown_parameter"),
        ("status=", "blank_parameter"),
        ("status=open&status=resolved", "repeated_parameter"),
        ("status=late&made_after=2026-02-30", "invalid_filters"),
        ("author=%00", "nul_filter"),
        ("article=F-1", "no_reference_filter"),
        ("topic=cheese", "unknown_topic"),
        ("term=perhaps", "unknown_term_filter"),
        ("page_size=0", "bad_page_size"),
        ("after=nonsense", "bad_cursor"),
        ("after=a&before=b", "both_cursors"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(outsider, record, golden, query, name):
    golden(outsider.get(f"{LIST}?{query}"), name)


def test_a_detail_takes_no_parameters(outsider, record, golden):
    golden(outsider.get(f"{LIST}F-1/?fields=event"), "unknown_parameter_of_a_detail")


def test_following_next_walks_through_every_row_and_previous_back(analyst, record):
    pages, address = [], f"{LIST}?page_size=2&author=dana"
    while address:
        page = analyst.get(address).json()
        pages.append(page)
        address = page["next"]
    assert [[row["reference"] for row in page["results"]] for page in pages] == [["F-3", "F-2"], ["F-1"]]
    assert [page["previous"] is None for page in pages] == [True, False]
    assert references(analyst.get(pages[1]["previous"])) == ["F-3", "F-2"]
    assert "author=dana" in pages[0]["next"]
