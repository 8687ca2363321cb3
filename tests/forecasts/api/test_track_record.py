"""The track record and the scores of a forecast as clients get them; nobody learns what is not public."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.services import people
from forecasts.services import judging, track_record
from forecasts.services.entries import Chance
from forecasts.services.releasing import release_forecasts
from sources.models import Source

JUNE = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def api(db, browse):
    """`api(user)` is a client that is signed in, `api()` one that is not."""
    return lambda user=None: Client() if user is None else browse(user)


@pytest.fixture
def published(log, bob, dora, erin, make_article, grade):
    """Public, the desk said unlikely, Alice likely, Bob 10 %; it happened."""
    forecast = log(topics=["Bridges"])
    unlikely = Chance(yardstick="phia-2025", term="unlikely")
    judging.set_desk_line(forecast, chance=unlikely, by=erin, at=JUNE, article=make_article())
    judging.judge(forecast, chance=Chance(probability=0.1), by=bob, at=JUNE)
    release_forecasts([forecast], at=JUNE)
    grade(forecast, by=dora)
    return forecast


@pytest.fixture
def internal(log, dora, grade):
    forecast = log()
    grade(forecast, by=dora, outcome="did_not_occur")
    return forecast


def test_the_public_record(api, golden, published, internal):
    golden(api().get("/api/v1/track-record/?by=topic"), "track_record")


def test_the_public_record_is_the_same_with_and_without_what_is_internal(api, published, log, dora, grade):
    before = api().get("/api/v1/track-record/").json()
    grade(log(), by=dora)
    log()
    assert api().get("/api/v1/track-record/").json() == before


def test_the_desk_sees_its_own_record(api, charlie, published, internal):
    said = api(charlie).get("/api/v1/track-record/?by=term").json()
    assert (said["n_scored"], [(group["key"], group["n_scored"]) for group in said["groups"]]) == (
        2,
        [("phia-2025:unlikely", 1), ("phia-2025:likely", 1)],
    )


def test_a_desk_may_keep_its_record_to_itself(api, charlie, published, settings):
    settings.PUBLIC_TRACK_RECORD = False
    assert api().get("/api/v1/track-record/").status_code == 404
    assert api(charlie).get("/api/v1/track-record/").json()["n_scored"] == 1


@pytest.mark.parametrize("judgement", ["final", "first", "average"])
def test_personal_views_need_a_key(api, charlie, published, judgement):
    assert api().get(f"/api/v1/track-record/?judgement={judgement}").status_code == 401
    assert api(charlie).get(f"/api/v1/track-record/?judgement={judgement}").json()["n_scored"] == 1


def test_of_an_author_nobody_is_told_what_they_do_not_show(api, alice, charlie, published, monkeypatch):
    monkeypatch.setattr(track_record, "AT_ONCE", 0)

    def scored(*users):
        address = f"/api/v1/track-record/?author={published.author.reference}"
        return [api(user).get(address).json()["n_scored"] for user in users]

    assert scored(alice, charlie) == [1, 0]
    people.show_record_to(user=alice, shown_to="desk")
    assert scored(alice, charlie) == [1, 1]
    people.show_record_to(user=alice, shown_to="nobody")
    assert scored(alice, charlie) == [1, 0]


def test_people_are_not_to_be_ranked_by_scores_without_intervals(api, charlie, alice, log, grade):
    people.show_record_to(user=alice, shown_to="desk")
    made = [log(made_on=date(2025, 4, 1 + number)) for number in range(11)]
    for number, forecast in enumerate(made):
        grade(forecast, outcome="occurred" if number % 3 else "did_not_occur")

    def asked(query):
        return api(charlie).get(f"/api/v1/track-record/?{query}").json()

    author = Source.objects.get(user=alice).reference
    [enough] = asked("by=author")["groups"]
    [few] = asked("by=author&to=2025-04-09")["groups"]
    assert (enough["brier"] is None, enough["interval"] is None) == (False, False)
    assert {name: few[name] for name in ("n_scored", "brier", "log", "skill", "missing", "other_readings")} == {
        "n_scored": 9, "brier": None, "log": None, "skill": None, "missing": None, "other_readings": []
    }  # fmt: skip
    assert asked(f"author={author}&to=2025-04-09")["brier"] is None
    assert asked("by=year&to=2025-04-09")["groups"][0]["brier"] is not None


def test_by_term_what_is_not_graded_is_not_told(api, charlie, published):
    assert {
        (each["n_open"], each["n_overdue"])
        for each in api(charlie).get("/api/v1/track-record/?by=term").json()["groups"]
    } == {(None, None)}


def test_it_is_narrowed_as_forecasts_are_and_by_days_and_lanes(api, charlie, published, internal):
    def scored(query):
        return api(charlie).get(f"/api/v1/track-record/?{query}").json()["n_scored"]

    assert scored("topic=bridges") == 1
    assert scored("from=2025-05-02&to=2025-05-02&include=imported,involved") == 2
    assert scored("to=2025-05-01") == 0
    assert scored("q=bridge&status=resolved") == 2


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("by=colour", "by"), ("include=outcast", "include"), ("from=May", "made_after"), ("colour=red", "colour")],
)
def test_what_cannot_be_asked_is_an_error(api, charlie, query, parameter):
    answer = api(charlie).get(f"/api/v1/track-record/?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, parameter)


def test_what_each_judgement_scored(api, charlie, published):
    said = api(charlie).get(f"/api/v1/forecasts/{published.reference}/scores/").json()["scores"]

    assert [each.pop("forecaster")["name"] for each in said] == ["The Hindsight desk", "Alice", "Bob"]
    assert said[0] == {
        "line": "desk",
        "headline": True,
        "first": True,
        "final": True,
        "withdrawn": False,
        "outcome": "occurred",
        "yardstick": "phia-2025",
        "term": "unlikely",
        "negated": False,
        "low": 0.25,
        "high": 0.35,
        "p": 0.3,
        "brier": pytest.approx(0.49),
        "brier_band": pytest.approx([0.4225, 0.5625]),
        "log": pytest.approx(1.203973, abs=1e-6),
        "days": 63,
        "average": pytest.approx(0.49),
    }
    assert [(each["p"], each["headline"], each["brier_band"] is None) for each in said[1:]] == [
        (0.65, False, False),
        (0.1, False, True),
    ]


def test_without_a_key_scores_are_those_of_the_desks_line_and_of_what_was_released(api, published, bob, now):
    def lines():
        rows = api().get(f"/api/v1/forecasts/{published.reference}/scores/").json()["scores"]
        return [(row["line"], round(row["brier"], 4)) for row in rows]

    assert lines() == [("desk", 0.49)]
    judging.release_own(published, by=bob, at=now)
    assert lines() == [("desk", 0.49), ("personal", 0.81)]


def test_scores_of_what_is_not_public_are_nobodys_business(api, internal):
    assert api().get(f"/api/v1/forecasts/{internal.reference}/scores/").status_code == 404


def test_while_two_graders_differ_there_are_no_scores(api, charlie, disputed):
    assert api(charlie).get(f"/api/v1/forecasts/{disputed().reference}/scores/").json()["scores"] == []
