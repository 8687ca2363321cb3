"""Logging a forecast by hand, judging one again, writing down criteria."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from forecasts.models import Forecast
from forecasts.services import grading, recording
from forecasts.services.entries import Chance, Wording

LOG = "/desk/forecasts/log/"
LIKELY = Chance(yardstick="phia-2025", term="likely")
OPEN = date(2099, 8, 2)  # a last day to come


@pytest.fixture
def logged(alice, now):
    """`logged(event="…")` is a forecast of Alice's."""

    def log(**wording: object) -> Forecast:
        values = {
            "statement": "The port is likely to reopen.",
            "event": "The port reopens",
            "made_on": date(2025, 5, 2),
        }
        values |= {"closes_on": date(2025, 8, 2)} | wording
        return recording.log_forecast(wording=Wording(**values), chance=LIKELY, by=alice, at=now)

    return log


@pytest.fixture
def entry():
    """`entry(event="…")` is what the form for logging sends."""
    today = timezone.localdate()

    def fields(**changes: str) -> dict[str, str]:
        given = {
            "statement": "The port of Zenda is likely to reopen.", "event": "The port of Zenda reopens",
            "made_on": today.isoformat(), "closes_on": (today + timedelta(days=30)).isoformat(),
            "shape": "happens_by", "triage": "gradable", "term": "phia-2025:likely",
        }  # fmt: skip
        return given | changes

    return fields


def test_a_forecast_is_logged_as_ones_own(client_of_alice, alice, entry):
    response = client_of_alice.post(LOG, entry(topics="ports", countries="UA", observable="A ship unloads grain"))
    forecast = Forecast.objects.get()
    assert response.headers["Location"] == f"/desk/forecasts/{forecast.reference}/"
    assert (forecast.author.user, forecast.article, forecast.horizon) == (alice, None, "short")
    assert ([topic.name for topic in forecast.topics.all()], forecast.countries) == (["ports"], ["UA"])
    assert forecast.criteria_by == alice
    assert forecast.judgements.get().term == "likely"


def test_one_line_fills_the_fields(client_of_alice):
    page = client_of_alice.get(LOG, {"line": "Ceasefire in Sudan holds to 30 June 2099, likely #sudan #peace_talks"})
    form = page.context["form"]
    shown = {
        name: form[name].value() for name in ("statement", "event", "shape", "term", "topics", "made_on", "closes_on")
    }
    assert shown == {
        "statement": "Ceasefire in Sudan holds to 30 June 2099, likely",
        "event": "Ceasefire in Sudan holds until 30 June 2099",
        "shape": "holds_throughout",
        "term": "phia-2025:likely",
        "topics": "sudan, peace talks",
        "made_on": timezone.localdate(),
        "closes_on": date(2099, 6, 30),
    }


@pytest.mark.parametrize(
    ("line", "probability", "closes_on"),
    [
        ("The port reopens by the end of 2098: 70 %", 0.7, date(2098, 12, 31)),
        ("The port will reopen by the end of 2098 (20%)", 0.2, date(2098, 12, 31)),
        ("The port reopens by the end of 2098, 100 %", 1, date(2098, 12, 31)),
        ("The port reopens, 130 %", None, None),
        ("The port reopens", None, None),
        ("", None, None),
    ],
)
def test_a_line_gives_what_it_says_and_nothing_more(client_of_alice, line, probability, closes_on):
    form = client_of_alice.get(LOG, {"line": line}).context["form"]
    assert (form.proposed.probability, form.base.closes_on, form.base.statement) == (probability, closes_on, line)


@pytest.mark.parametrize(
    ("line", "is_said"),
    [
        ("The port opens by 31 February 2099, likely", True),
        ("The port opens by 1 May 2020, likely", True),
        ("The port opens, likely", True),
        ("The port opens by 1 May 2099, likely", False),
        ("", False),
    ],
)
def test_a_line_without_a_day_that_can_close_is_told_so(client_of_alice, line, is_said):
    page = client_of_alice.get(LOG, {"line": line})
    assert ("No closing day was found in that line" in page.content.decode()) is is_said


def test_topics_are_carried_from_ones_last_entry(client_of_alice, entry):
    client_of_alice.post(LOG, entry(topics="ports, grain"))
    assert client_of_alice.get(LOG).context["form"]["topics"].value() == "grain, ports"


def test_what_is_carried_into_the_fold_opens_it(client_of_alice, entry):
    def is_open(page):
        fold = page.content.decode().split("More: condition, range, confidence, topics")[0].rpartition("<details")[2]
        return " open>" in fold

    before = is_open(client_of_alice.get(LOG))
    client_of_alice.post(LOG, entry(topics="ports"))
    assert (before, is_open(client_of_alice.get(LOG))) == (False, True)


@pytest.mark.parametrize("field", ["topics", "countries", "assessment_on", "condition"])
def test_the_fold_is_open_whatever_in_it_is_filled_in(client_of_alice, entry, field):
    value = {"countries": "UA", "assessment_on": "2099-01-01"}.get(field, "rain")
    answers = [client_of_alice.post(LOG, entry(statement="", **filled)) for filled in ({}, {field: value})]
    assert [answer.context["form"].more_open for answer in answers] == [False, True]


def test_words_selected_in_an_article_are_logged_where_they_stand(client_of_alice, briefing, entry):
    start = briefing.text.index("It is highly likely")
    end = briefing.text.index(".", start) + 1
    address = f"{LOG}?article={briefing.reference}&start={start}&end={end}"
    form = client_of_alice.get(address).context["form"]
    assert form["event"].value() == "Ruritania builds a second port"
    response = client_of_alice.post(address, entry(statement=briefing.text[start:end]))
    forecast = Forecast.objects.get()
    assert response.headers["Location"] == f"/desk/articles/{briefing.reference}/confirm/"
    assert (forecast.article, forecast.quote_start, forecast.quote_end) == (briefing, start, end)
    assert forecast.author.name == "Anna Lindqvist"


@pytest.mark.parametrize(
    "query",
    [
        "article=A-x",
        "article=A-{pk}&start=5&end=2",
        "article=A-{pk}&start=0&end=99999999",
        "article=A-{pk}&start=a&end=b",
    ],
)
def test_an_address_that_names_no_place_is_refused(client_of_alice, briefing, query):
    assert client_of_alice.get(f"{LOG}?{query.format(pk=briefing.pk)}").status_code == 400


def test_much_the_same_forecast_is_logged_only_if_that_is_meant(client_of_alice, entry, words_of):
    client_of_alice.post(LOG, entry())
    first = Forecast.objects.get()
    again = client_of_alice.post(LOG, entry())
    assert f"Much the same is open already. Nothing was saved yet. {first.reference}" in words_of(again)
    assert Forecast.objects.count() == 1
    client_of_alice.post(LOG, entry(anyway="on"))
    assert Forecast.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"statement": ""}, "statement", "This field is required."),
        ({"closes_on": "2020-01-01"}, "closes_on", "The window closes before it opens."),
        ({"made_on": "2999-01-01", "closes_on": ""}, "made_on", "A forecast is not made in the future."),
        ({"low": "10", "high": "20"}, "low", "A word has its own range. Leave this one out, or choose “no term”."),
        ({"made_on": "2025-13-01"}, "made_on", "“2025-13-01” is no day of the calendar. Write it as YYYY-MM-DD."),
        ({"probability": "120"}, "probability", "A probability lies between 0 and 100 %."),
        ({"term": "phia-2025:maybe"}, "term", "Select a valid choice. phia-2025:maybe is not one of the available choices."),
        ({"topics": "t" * 61}, "topics", f"“{'t' * 61}” is longer than a topic may be (60 characters)."),
    ],
)  # fmt: skip
def test_bad_input_is_blamed_on_its_field_and_keeps_what_was_typed(client_of_alice, entry, changes, field, message):
    response = client_of_alice.post(LOG, entry(**changes))
    assert response.context["form"].errors == {field: [message]}
    assert "The port of Zenda reopens" in response.content.decode()
    assert Forecast.objects.count() == 0


def test_a_judgement_is_revised_and_the_one_before_stays(client_of_alice, logged):
    forecast = logged(closes_on=OPEN)
    page = client_of_alice.get(f"/desk/forecasts/{forecast.reference}/judge/")
    assert page.context["form"]["term"].value() == "phia-2025:likely"
    response = client_of_alice.post(
        f"/desk/forecasts/{forecast.reference}/judge/",
        {"term": "phia-2025:highly_likely", "rationale": "Ships are back"},
    )
    assert response.headers["Location"] == f"/desk/forecasts/{forecast.reference}/"
    first, second = forecast.judgements.order_by("made_at")
    assert (first.term, first.ended_at) == ("likely", second.made_at)
    assert (second.term, second.rationale, second.ended_at) == ("highly_likely", "Ships are back", None)


def test_an_empty_judgement_is_none(client_of_alice, logged):
    response = client_of_alice.post(f"/desk/forecasts/{logged().reference}/judge/", {})
    assert response.context["form"].errors == {"term": ["Choose a word, or give a number."]}


@pytest.fixture
def resolved(logged, person, now):
    forecast = logged()
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2025, 5, 20), rationale="A ship came.", no_evidence_reason="seen"
    )
    grading.grade(forecast, verdict=verdict, by=person("dora", "analyst"), at=now)
    return forecast


def test_nobody_judges_what_is_known(client_of_alice, resolved):
    response = client_of_alice.post(f"/desk/forecasts/{resolved.reference}/judge/", {"term": "phia-2025:likely"})
    assert response.context["form"].non_field_errors() == [
        "The outcome is known. A judgement made now would foretell nothing."
    ]


def criteria_of(forecast: Forecast, **changes: str) -> dict[str, str]:
    return {"event": forecast.event, "observable": "A ship unloads", "version": str(forecast.version)} | changes


def test_criteria_and_event_are_written_down(client_of_alice, logged, alice):
    forecast = logged(triage="needs_criteria", event="")
    address = f"/desk/forecasts/{forecast.reference}/criteria/write/"
    data = criteria_of(forecast, event="The port of Zenda reopens", threshold="one ship", combination="all")
    assert client_of_alice.post(address, data).headers["Location"] == f"/desk/forecasts/{forecast.reference}/"
    forecast.refresh_from_db()
    assert (forecast.event, forecast.observable, forecast.threshold, forecast.criteria_by) == (
        "The port of Zenda reopens", "A ship unloads", "one ship", alice
    )  # fmt: skip


def test_an_event_that_others_may_rely_on_is_shown_and_stays(client_of_alice, logged):
    forecast = logged(triage="needs_criteria")
    client_of_alice.post(f"/desk/forecasts/{forecast.reference}/criteria/write/", criteria_of(forecast, event="Rain"))
    forecast.refresh_from_db()
    assert (forecast.event, forecast.observable) == ("The port reopens", "A ship unloads")


def test_criteria_written_on_an_older_page_are_not_saved(client_of_alice, logged):
    forecast = logged()
    response = client_of_alice.post(
        f"/desk/forecasts/{forecast.reference}/criteria/write/", criteria_of(forecast, version="0")
    )
    assert response.context["form"].non_field_errors() == [
        "Somebody has changed this forecast meanwhile. Look at it again before you save."
    ]
    assert Forecast.objects.get().observable == ""


def test_criteria_say_what_is_observed(client_of_alice, logged):
    forecast = logged()
    response = client_of_alice.post(
        f"/desk/forecasts/{forecast.reference}/criteria/write/", criteria_of(forecast, observable=" ")
    )
    assert response.context["form"].errors == {"observable": ["This field is required."]}


@pytest.mark.parametrize("path", ["log/", "F-{pk}/judge/", "F-{pk}/criteria/write/"])
def test_readers_may_not_enter_anything(charlie, browse, logged, path):
    address = "/desk/forecasts/" + path.format(pk=logged().pk)
    assert browse(charlie).get(address).status_code == 403


def test_the_page_of_a_forecast_shows_all_that_belongs_to_it(client_of_alice, logged, words_of):
    forecast = logged(closes_on=OPEN, triage="needs_criteria", topics=("ports",), condition="If the strike ends")
    client_of_alice.post(
        f"/desk/forecasts/{forecast.reference}/criteria/write/", criteria_of(forecast, threshold="one ship")
    )
    client_of_alice.post(f"/desk/forecasts/{forecast.reference}/judge/", {"probability": "50", "confidence": "low"})
    page = words_of(client_of_alice.get(f"/desk/forecasts/{forecast.reference}/"))
    for words in (
        f"Forecast {forecast.reference}",
        "The port reopens",
        "Closes 2 August 2099 UTC",
        "Condition If the strike ends",
        "Observed A ship unloads Threshold one ship",
        "likely 55–75\N{NO-BREAK SPACE}%",
        "50\N{NO-BREAK SPACE}%",
        "low confidence",
        "The port is likely to reopen.",
        "criteria set",
    ):
        assert " ".join(words.split()) in page


def test_the_page_of_a_resolved_forecast_shows_outcome_and_score(client_of_alice, resolved, words_of):
    page = words_of(client_of_alice.get(f"/desk/forecasts/{resolved.reference}/"))
    assert "A ship came." in page
    assert "Brier score 0.122 over the band 0.063 to 0.202; 0 is best, 1 is worst" in page
    assert "No evidence: seen" in page


def test_a_forecast_that_repeats_elsewhere_names_the_place(client_of_alice, briefing, words_of):
    client_of_alice.post(f"/desk/articles/{briefing.reference}/confirm/plain/")
    forecast = Forecast.objects.get(event="The port of Zenda reopens to grain ships")
    page = words_of(client_of_alice.get(f"/desk/forecasts/{forecast.reference}/"))
    assert "Also in the summary of Harbour talks in Ruritania" in page


def test_readers_see_a_forecast_and_no_way_to_change_it(charlie, browse, logged):
    page = browse(charlie).get(f"/desk/forecasts/{logged(closes_on=OPEN).reference}/").content.decode()
    assert "The port reopens" in page
    assert "/judge/" not in page


@pytest.mark.parametrize(("closes_on", "offered"), [(OPEN, True), (date(2025, 8, 2), False)])
def test_a_judgement_is_asked_for_only_while_the_window_lasts(
    client_of_alice, erin, browse, logged, closes_on, offered
):
    path = f"/desk/forecasts/{logged(closes_on=closes_on).reference}/"
    assert ("/judge/" in client_of_alice.get(path).content.decode()) is offered
    assert ("/desk-line/" in browse(erin).get(path).content.decode()) is offered


def test_nor_of_whoever_has_graded_it(browse, bob, dora, logged, verdict, now, settings):
    settings.GRADERS = 2
    forecast = logged(closes_on=OPEN, shape="happens_by")
    path = f"/desk/forecasts/{forecast.reference}/"
    assert "/judge/" in browse(bob).get(path).content.decode()
    grading.grade(forecast, verdict=verdict(known_on=date(2025, 5, 20)), by=bob, at=now)
    assert "/judge/" not in browse(bob).get(path).content.decode()
    assert "/judge/" in browse(dora).get(path).content.decode()


@pytest.mark.parametrize("judgements", [1, 3])
def test_the_page_of_a_forecast_takes_the_same_queries_however_often_it_was_judged(
    client_of_alice, logged, django_assert_num_queries, judgements
):
    forecast = logged(closes_on=OPEN)
    for number in range(judgements):
        client_of_alice.post(f"/desk/forecasts/{forecast.reference}/judge/", {"probability": str(60 + number)})
    with django_assert_num_queries(29):
        client_of_alice.get(f"/desk/forecasts/{forecast.reference}/")


def test_a_judgement_made_after_the_outcome_was_known_scores_nothing(client_of_alice, logged, person, words_of):
    forecast = logged(closes_on=OPEN, shape="happens_by")
    client_of_alice.post(f"/desk/forecasts/{forecast.reference}/judge/", {"term": "phia-2025:likely", "negated": "on"})
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2025, 8, 3), rationale="A ship came.", no_evidence_reason="seen"
    )
    grading.grade(forecast, verdict=verdict, by=person("dora", "analyst"), at=timezone.now())
    page = words_of(client_of_alice.get(f"/desk/forecasts/{forecast.reference}/"))
    assert "not likely 25–45\N{NO-BREAK SPACE}%".replace("\N{NO-BREAK SPACE}", " ") in page
    assert "made after the outcome was known" in page


def test_one_that_was_split_leads_to_its_parts_and_keeps_its_comments(client_of_alice, logged, alice, now, words_of):
    from forecasts.services import commenting, parting

    forecast = logged()
    commenting.comment(forecast, text="Two things in one.", by=alice, at=now)
    named = [parting.Part(event=event, chance=LIKELY) for event in ("The port opens", "The ferry sails")]
    parts = parting.split_recorded(forecast, parts=named, by=alice, at=now)
    answer = client_of_alice.get(f"/desk/forecasts/{forecast.reference}/")

    assert answer.status_code == 410
    for part in parts:
        assert f'href="{part.get_absolute_url()}"' in answer.content.decode()
    page = answer.content.decode()
    assert page.index("Its parts") < page.index("Two things in one.")
