"""What becomes of the rows of a file, alone, together, and after an earlier file of the same source."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.choices import ImportState
from forecasts.models import Due, Forecast, ImportRow, Judgement, Resolution
from forecasts.services.due import flag_due
from forecasts.services.imports import taking_over
from forecasts.services.imports.inserting import blank
from forecasts.services.judging import start_of_day
from groundwork.errors import Refusal
from sources.models import Source, Topic

pytestmark = pytest.mark.django_db


def counts(batch) -> dict[str, int]:
    names = ("total", "refused", "done", "known", "forecasts", "judgements", "resolutions")
    return {name: getattr(batch, name) for name in names if getattr(batch, name)}


def day(text: str) -> datetime:
    return start_of_day(date.fromisoformat(text), "UTC")


def test_a_row_becomes_a_forecast_with_its_judgement_and_its_outcome(bring, row, erin, now):
    batch = bring(
        row(
            term="likely",
            confidence="high",
            rationale="Everybody says so.",
            outcome="occurred",
            known_on="2025-07-01",
            evidence_url="https://example.org/bridge",
            topics="Bridges; traffic",
            countries="GB; FR",
        )
    )
    assert batch.state == ImportState.DONE
    assert counts(batch) == {"total": 1, "done": 1, "forecasts": 1, "judgements": 1, "resolutions": 1}
    forecast = Forecast.objects.get()
    assert (forecast.statement, forecast.event) == ("The bridge opens to traffic.", "The bridge opens to traffic.")
    assert (forecast.made_on, forecast.opens_on, forecast.closes_on) == (
        date(2025, 5, 2),
        date(2025, 5, 2),
        date(2025, 8, 2),
    )
    assert (forecast.author.name, forecast.author.kind, forecast.recorded_by) == ("Ada Writer", "person", erin)
    assert (forecast.horizon, forecast.triage, forecast.visibility) == ("short", "gradable", "internal")
    assert (forecast.time_zone, forecast.countries, forecast.recorded_at) == ("UTC", ["GB", "FR"], now)
    assert [topic.name for topic in forecast.topics.order_by("name")] == ["Bridges", "traffic"]
    judgement = forecast.judgements.get()
    assert (judgement.forecaster, judgement.line, judgement.imported) == (forecast.author, "personal", True)
    assert (judgement.made_at, judgement.ended_at) == (day("2025-05-02"), None)
    assert (judgement.yardstick, judgement.term, judgement.low, judgement.high, judgement.probability) == (
        "phia-2025",
        "likely",
        0.55,
        0.75,
        0.6,
    )
    assert (judgement.confidence, judgement.rationale) == ("high", "Everybody says so.")
    resolution = forecast.resolutions.get()
    assert (resolution.outcome, resolution.known_on, resolution.how, resolution.independence) == (
        "occurred",
        date(2025, 7, 1),
        "imported",
        "imported",
    )
    assert resolution.rationale == "Imported."
    evidence = resolution.evidence.get()
    assert (evidence.url, evidence.grade, evidence.forecast_id) == ("https://example.org/bridge", None, forecast.pk)
    assert (evidence.fetch.asked_at, evidence.fetch.attempts, evidence.fetch.done_at) == (now, 0, None)


def test_the_history_knows_who_imported_it(bring, row, erin):
    from forecasts.models import ForecastEvent

    batch = bring(row())
    event = ForecastEvent.objects.select_related("pgh_context").get()
    assert (event.pgh_context.metadata["user"], event.pgh_context.metadata["why"]) == (erin.pk, f"import {batch.pk}")


def test_a_row_without_an_author_is_its_sources(bring, row):
    bring(row(author=""))
    bring(row(author="", external_id="X1"), source="Rivers Institute")
    assert list(Forecast.objects.order_by("pk").values_list("author__name", "author__kind")) == [
        ("The Hindsight desk", "desk"),
        ("Rivers Institute", "other"),
    ]


def test_an_author_is_found_by_name_whatever_the_case(bring, row, alice):
    from sources.services import people

    own = people.person_for(alice)
    bring(row(author="ALICE"), row(external_id="X2", author="alice"), row(external_id="X3", author="Bob Ö"))
    assert list(Forecast.objects.order_by("pk").values_list("author", flat=True))[:2] == [own.pk, own.pk]
    assert Source.objects.filter(kind="person").count() == 2


def test_without_a_probability_it_is_an_assessment_and_with_an_outcome_it_can_be_graded(bring, row):
    bring(
        row(probability=""),
        row(external_id="X2", probability="", outcome="occurred"),
        row(external_id="X3", probability="", made_on="2025-05-01"),
        row(external_id="X3", probability="60%"),
    )
    assert list(Forecast.objects.order_by("import_rows__key").distinct().values_list("triage", flat=True)) == [
        "assessment",
        "gradable",
        "gradable",
    ]


def test_an_open_end_gets_the_desks_day(bring, row):
    bring(row(closes_on=""))
    forecast = Forecast.objects.get()
    assert (forecast.closes_on, forecast.assessment_on, forecast.horizon) == (None, date(2028, 5, 2), "long")


def test_what_is_overdue_is_flagged_as_any_other(bring, row, now):
    bring(row(), row(external_id="X2", outcome="occurred"), row(external_id="X3", probability=""))
    assert flag_due(at=now) == 1
    assert Due.objects.get().forecast.import_rows.get().key == "X1"


# --- Rows that belong together --------------------------------------------------------------------------------------


def test_rows_that_share_an_id_are_judgements_on_one_forecast(bring, row, problems):
    batch = bring(
        row(made_on="2025-06-01", probability="80%"),
        row(),
        row(made_on="2025-05-20", author="Ben Clerk", probability="10%"),
        row(made_on="2025-05-03", probability="70%", outcome="occurred"),
    )
    assert problems(batch) == []
    forecast = Forecast.objects.get()
    assert (forecast.made_on, forecast.author.name) == (date(2025, 5, 2), "Ada Writer")
    assert list(
        forecast.judgements.order_by("forecaster__name", "made_at").values_list(
            "forecaster__name", "probability", "made_at", "ended_at", "ended_why"
        )
    ) == [
        ("Ada Writer", 0.6, day("2025-05-02"), day("2025-05-03"), "revised"),
        ("Ada Writer", 0.7, day("2025-05-03"), day("2025-06-01"), "revised"),
        ("Ada Writer", 0.8, day("2025-06-01"), None, None),
        ("Ben Clerk", 0.1, day("2025-05-20"), None, None),
    ]
    assert forecast.resolutions.count() == 1


def test_a_forecast_goes_on_from_one_slice_to_the_next(bring, row, monkeypatch, problems):
    monkeypatch.setattr(taking_over, "SLICE", 2)
    days = [f"2025-05-{number:02}" for number in range(2, 9)]
    batch = bring(*(row(made_on=each, probability="" if each < "2025-05-06" else "70%") for each in days))
    assert problems(batch) == []
    forecast = Forecast.objects.get()
    assert forecast.triage == "gradable"
    spells = list(forecast.judgements.values_list("made_at", "ended_at"))
    assert spells == [
        (day(began), day(ended) if ended else None) for began, ended in zip(days, [*days[1:], ""], strict=True)
    ]


@pytest.mark.parametrize(
    ("second", "column", "reason"),
    [
        ({"author": "ada writer"}, "", "It repeats line 1."),
        (
            {"made_on": "2025-06-01", "statement": "The tunnel opens."},
            "statement",
            "It shares its external_id with line 1, whose statement is another. For one event, write that in both.",
        ),
        (
            {"made_on": "2025-06-01", "closes_on": "2025-09-02"},
            "closes_on",
            "It shares its external_id with line 1, which says something else.",
        ),
        (
            {"made_on": "2025-06-01", "shape": "true_on"},
            "shape",
            "It shares its external_id with line 1, which says something else.",
        ),
        (
            {"made_on": "2025-06-01", "outcome": "did_not_occur"},
            "outcome",
            "It shares its external_id with line 1, which says something else.",
        ),
        ({"made_on": "2025-07-02"}, "made_on", "By then the outcome was known, as line 1 says."),
    ],
)
def test_rows_at_odds_with_the_first_of_their_forecast_are_refused(bring, row, problems, second, column, reason):
    first = row(shape="happens_by", outcome="occurred", known_on="2025-07-01")
    batch = bring(first, row(shape="happens_by") | second)
    assert (1 + 1, column, reason) in problems(batch)
    assert counts(batch) == {
        "total": 2,
        "refused": 1,
        "done": 1,
        "forecasts": 1,
        "judgements": 1,
        "resolutions": 1,
    }


def test_one_event_may_be_worded_in_several_ways(bring, row, problems):
    event = "The bridge opens"
    batch = bring(
        row(event=event, statement="The bridge is likely to open."),
        row(event=event, statement="The bridge is now unlikely to open.", made_on="2025-06-01"),
    )
    assert problems(batch) == []
    assert Judgement.objects.count() == 2


def test_rows_without_an_id_are_forecasts_of_their_own(bring, row, problems):
    batch = bring(row(external_id=""), row(external_id="", author="Ben"), row(external_id=""))
    assert problems(batch) == [(3, "", "It repeats line 1.")]
    assert Forecast.objects.count() == 2


# --- Files that come in again ---------------------------------------------------------------------------------------


def test_the_same_rows_change_nothing_twice(bring, row, stored):
    rows = [row(outcome="occurred"), row(made_on="2025-05-09"), row(external_id="", statement="The tunnel opens.")]
    bring(*rows)
    before = stored()
    again = bring(*rows)
    assert counts(again) == {"total": 3, "done": 3, "known": 3}
    new = {name for name, count in stored().items() if count != before[name]}
    assert {name.split(".")[-1].lower() for name in new} == {"importbatch", "importrow"}


def test_a_preview_says_how_many_are_there_already(bring, row):
    bring(row())
    batch = bring(row(), row(made_on="2025-05-09"), goes_on=False)
    assert (batch.state, batch.right, batch.known) == (ImportState.READY, 2, 1)


def test_a_row_that_brings_an_outcome_is_new_until_there_is_one(bring, row):
    bring(row())
    batch = bring(row(outcome="occurred"), goes_on=False)
    assert (batch.right, batch.known, batch.new) == (1, 0, 1)
    bring(row(outcome="occurred", topics="bridges"))
    batch = bring(row(outcome="occurred", place="Zenda"), goes_on=False)
    assert (batch.right, batch.known, batch.new) == (1, 1, 0)


def test_an_id_means_another_forecast_in_another_source(bring, row):
    bring(row())
    batch = bring(row(statement="The tunnel opens."), source="Rivers Institute")
    assert counts(batch) == {"total": 1, "done": 1, "forecasts": 1, "judgements": 1}


def test_a_later_file_adds_judgements_and_the_outcome(bring, row, now):
    bring(row(), row(made_on="2025-06-01", probability="70%"))
    flag_due(at=now)
    batch = bring(row(outcome="occurred"), row(made_on="2025-06-15", probability="90%"), row(made_on="2025-05-01"))
    assert counts(batch) == {"total": 3, "done": 3, "known": 1, "judgements": 2, "resolutions": 1}
    assert list(Judgement.objects.order_by("made_at").values_list("made_at", "ended_at")) == [
        (day("2025-05-01"), day("2025-05-02")),
        (day("2025-05-02"), day("2025-06-01")),
        (day("2025-06-01"), day("2025-06-15")),
        (day("2025-06-15"), None),
    ]
    assert Due.objects.get().cleared_why == "resolved"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (
            {"made_on": "2025-05-10"},
            "made_on",
            "Another judgement of the same author stood at that time, from before to after it.",
        ),
        (
            {"probability": "10%"},
            "probability",
            "{} has another judgement of that day and author. A new one needs its own made_on.",
        ),
        (
            {"made_on": "2025-06-15", "statement": "The tunnel opens."},
            "statement",
            "Its external_id is that of {}, which says something else.",
        ),
        (
            {"made_on": "2025-06-15", "closes_on": "2025-09-02"},
            "closes_on",
            "Its external_id is that of {}, which closes on another day.",
        ),
    ],
)
def test_what_an_earlier_file_brought_stays_as_it_is(bring, row, problems, cells, column, reason):
    bring(row(), row(made_on="2025-06-01"))
    batch = bring(row(**cells))
    assert problems(batch) == [(1, column, reason.format(Forecast.objects.get().reference))]
    assert counts(batch) == {"total": 1, "refused": 1}
    assert ImportRow.objects.get(batch=batch).state == "refused"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"made_on": "2025-07-02"}, "made_on", "By then the outcome was known (2025-07-01)."),
        (
            {"made_on": "2025-06-01", "outcome": "did_not_occur"},
            "outcome",
            "{} is resolved with another outcome (occurred), which stays.",
        ),
    ],
)
def test_a_resolved_forecast_keeps_its_outcome(bring, row, problems, cells, column, reason):
    bring(row(outcome="occurred", known_on="2025-07-01"))
    batch = bring(row(**cells))
    assert problems(batch) == [(1, column, reason.format(Forecast.objects.get().reference))]
    assert (Judgement.objects.count(), Resolution.objects.count()) == (1, 1)


# --- How it is stored -----------------------------------------------------------------------------------------------


def test_a_slice_takes_the_same_queries_however_many_rows_it_has(bring, row):
    def queries(*names: str) -> int:
        batch = bring(
            *(row(external_id=name, author=f"Author {name}", topics=name, outcome="occurred") for name in names),
            goes_on=False,
        )
        with CaptureQueriesContext(
            connection,
        ) as captured:
            taking_over.take_over_slice(batch, by=batch.asked_by, at=batch.asked_at)
        return len(captured)

    assert queries("a") == queries("b", "c", "d")


def test_the_defaults_of_a_model_are_those_of_an_imported_row(log, bring, row):
    log()
    bring(row())
    by_hand, imported = Forecast.objects.order_by("pk")
    theirs = {"id", "statement", "event", "author_id", "recorded_by_id", "recorded_at", "time_zone", "shape", "horizon"}
    theirs |= {"made_on", "opens_on", "closes_on", "due_on", "visibility"}
    names = [field.attname for field in Forecast._meta.concrete_fields if field.attname not in theirs]
    assert {name: getattr(imported, name) for name in names} == {name: getattr(by_hand, name) for name in names}


def test_a_new_row_has_every_column_but_its_key_and_what_the_database_makes():
    assert set(blank(Topic, name="Water")) == {"slug", "name"}
    assert "due_on" not in blank(Forecast)


def test_a_name_that_is_too_long_cannot_come_this_far():
    with pytest.raises(Refusal):
        raise_from_people()


def raise_from_people() -> None:
    from accounts.models import User
    from sources.services import people

    people.all_named(["x" * 201], by=User.objects.create(email="e@example.org", name="E"), kind="person")


def test_names_in_letters_that_databases_write_small_in_their_own_way_are_found(erin):
    from sources.services import people

    first = people.all_named(["İpek Şahin", "Ada"], by=erin, kind="person")
    again = people.all_named(["İpek Şahin", "ada"], by=erin, kind="person")
    assert {name.lower(): source.pk for name, source in first.items()} == {
        name.lower(): source.pk for name, source in again.items()
    }


def test_instants_are_those_of_the_forecasts_own_zone(bring, row, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    bring(row())
    assert Judgement.objects.get().made_at == datetime(2025, 5, 1, 22, tzinfo=UTC)
