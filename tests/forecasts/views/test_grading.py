"""The page that grades one forecast, and the same as a part of the queue."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine

from forecasts.errors import GradeRefused
from forecasts.services import grading, judging, recording
from forecasts.services.entries import Chance, Criteria
from forecasts.services.recording import Place
from tests.factories import QUOTE, TEXT, ArticleFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def entry():
    """What the form sends where nothing is wrong; keywords change it."""

    def make(**values):
        usual = {
            "version": 1,
            "outcome": "occurred",
            "rationale": "The ministry kept it shut.",
            "evidence": "https://example.org/bridge",
            "known_on": "2025-08-03",
            "no_evidence_reason": "",
        }
        return usual | values

    return make


def address(forecast):
    return f"/desk/forecasts/{forecast.reference}/grade/"


def words(html):
    """The text of some HTML, as one reads it."""
    blocks = re.sub(r"</?(?:div|p|dt|dd|li|td|th|h\d|label|legend|option|summary)\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", blocks)).split())


def text(answer):
    return words(answer.content.decode())


def errors(answer):
    """The messages of the error summary."""
    found = re.findall(r'class="error-summary".*?</ul>', answer.content.decode(), re.DOTALL)
    return [words(item) for item in re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL)] if found else []


def notices(answer):
    found = re.findall(r'<div class="notice[^"]*"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL)
    return [words(notice) for notice in found if "sweep" not in notice]


def values(answer):
    """What stands in the form's fields."""
    page = answer.content.decode()
    inputs = re.findall(r'<input type="(?:text|hidden|date)" name="(\w+)"(?: value="([^"]*)")?', page)
    chosen = re.findall(r'<input type="radio" name="outcome" value="(\w+)"[^>]* checked', page)
    return {name: unescape(value) for name, value in inputs if name != "csrfmiddlewaretoken"} | {"outcome": chosen}


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_event_large_and_what_it_came_from(browse, bob, alice, overdue):
    article = ArticleFactory(recorded_by=alice)
    place = Place(article=article, start=TEXT.index(QUOTE), end=TEXT.index(QUOTE) + len(QUOTE))
    forecast = overdue(
        place=place,
        statement=QUOTE,
        condition="the river freezes",
        criteria=Criteria(observable="Traffic on the bridge", source_of_record="The ministry", fallback="Reuters"),
    )
    page = text(browse(bob).get(address(forecast)))
    facts = [
        "The bridge stays closed until August. Statement",
        f"Statement {QUOTE} Alice, 2 May 2025 Window",
        "2 May 2025 to 2 August 2025 UTC It happens by the end of the window.",
        "Condition the river freezes",
        "Criteria Traffic on the bridge Source of record: The ministry; else Reuters Alice, 2 May 2025 UTC",
        "Judgements Alice: likely 55–75 % since 2 May 2025 UTC",
        f"The quote in “The river crossing” … The river crossing {QUOTE} Traders complain. …",
    ]

    assert [fact for fact in facts if fact not in page] == []


@pytest.mark.parametrize(
    ("closes_on", "known_on"),
    [(date(2025, 8, 2), "2025-08-03"), (date(2026, 2, 28), "2026-03-01"), (date(2026, 8, 2), "2026-03-01")],
)
def test_the_day_known_is_the_day_after_closing_or_today(browse, bob, log, closes_on, known_on):
    forecast = log(closes_on=closes_on)

    assert values(browse(bob).get(address(forecast)))["known_on"] == known_on


def test_outcomes_that_cannot_be_given_are_greyed_with_the_reason(browse, bob, log):
    forecast = log(closes_on=date(2026, 8, 2), shape="happens_by")
    page = browse(bob).get(address(forecast)).content.decode()
    options = re.findall(r'<div class="outcome-option">(.*?)</div>', page, re.DOTALL)
    refused = {words(option) for option in options if " disabled" in option}

    assert refused == {
        (
            "It did not happen 2 By its shape (“happens by the end of the window”) this can be known only after "
            "2 August 2026. That it can no longer happen is for an editor to say."
        ),
        "It happened in part 3 The criteria define no degrees, so it happened or it did not.",
        "The condition was not met 4 This forecast has no condition.",
        "Overtaken by events 5 Only an editor can say that.",
        "It cannot be graded 6 Before the window has ended, only an editor can say that.",
        "Void 7 Only an editor can say that.",
    }


def test_an_editor_may_choose_every_outcome_that_the_forecast_has(browse, erin, overdue):
    forecast = overdue(condition="the river freezes", criteria=Criteria(observable="Traffic", degrees="One lane"))

    assert browse(erin).get(address(forecast)).content.decode().count(" disabled") == 0


def test_nobody_is_asked_whether_we_were_right_or_shown_what_a_grade_would_score(browse, bob, overdue):
    page = text(browse(bob).get(address(overdue()))).lower()

    assert [word for word in ("right", "wrong", "correct", "brier", "score") if word in page.split()] == []


# --- Saving -----------------------------------------------------------------------------------------------------------


def test_a_saved_grade_shows_the_resolution_and_its_score(browse, bob, overdue, entry):
    forecast = overdue()
    answer = browse(bob).post(address(forecast), entry(outcome="did_not_occur"), follow=True)
    table = re.findall(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)

    assert answer.redirect_chain == [(address(forecast), 302)]
    assert [words(row) for row in table] == ["Alice likely 55–75 % 65 % 0.423 0.303–0.563"]
    assert text(answer).count("Brier score: 0 is best, 1 is worst, one-sided") == 1
    assert text(answer).count("did not occur known on 3 August 2025; one grader, colleague: Bob") == 1


@pytest.mark.parametrize(
    ("chance", "outcome", "reason"),
    [
        (Chance(), "occurred", "not scored: it gives no probability"),
        (
            Chance(yardstick="ipcc-ar5", term="likely"),
            "occurred",
            "not scored: its band has only one end, and it gives no number",
        ),
        (Chance(probability=0.0), "ungradable", "not scored: this outcome is not scored"),
    ],
)
def test_what_is_not_scored_says_why(browse, bob, overdue, entry, chance, outcome, reason):
    answer = browse(bob).post(address(overdue(chance=chance)), entry(outcome=outcome), follow=True)

    assert re.findall(r"not scored: [^<]+", unescape(answer.content.decode())) == [reason]


def test_a_probability_of_zero_is_scored(browse, bob, overdue, entry):
    answer = browse(bob).post(address(overdue(chance=Chance(probability=0.0))), entry(), follow=True)

    assert words(re.findall(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)[0]) == "Alice 0 % 0 % 1.000 –"


def test_evidence_is_articles_and_addresses(browse, bob, overdue, entry):
    from forecasts.models import Evidence

    article = ArticleFactory()
    both = f"{article.reference.lower()}, https://example.org/a https://example.org/a"
    browse(bob).post(address(overdue()), entry(evidence=both))

    assert list(Evidence.objects.order_by("pk").values_list("article_id", "url")) == [
        (article.pk, ""),
        (None, "https://example.org/a"),
    ]


def test_without_evidence_a_reason_is_enough(browse, bob, overdue, entry):
    from forecasts.models import Grade

    browse(bob).post(address(overdue()), entry(evidence="", no_evidence_reason="Everybody saw it."))

    assert list(Grade.objects.values_list("no_evidence_reason", flat=True)) == ["Everybody saw it."]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"outcome": ""}, "What became of the event: Say whether it happened."),
        ({"rationale": " "}, "In one sentence: Say in one sentence what happened."),
        (
            {"evidence": ""},
            "Evidence: Name an article, an address or a file as evidence, or say why there is none.",
        ),
        ({"evidence": "A-999999"}, "Evidence: There is no article A-999999."),
        ({"evidence": "Reuters"}, "Evidence: “Reuters” is neither an article (A-12) nor an address (https://…)."),
        ({"evidence": "ftp://x.example"}, "Evidence: “ftp://x.example” is no web address."),
        (
            {"known_on": "2025-02-30"},
            "Known on: “2025-02-30” is no day of the calendar. Write it as YYYY-MM-DD.",
        ),
        ({"known_on": "2026-03-02"}, "Known on: That day lies in the future."),
        (
            {"known_on": "2025-05-01"},
            "Known on: The window opens on 2 May 2025. What happened before it does not count.",
        ),
        (
            {"known_on": "2025-07-01", "outcome": "did_not_occur"},
            (
                "Known on: By its shape (“happens by the end of the window”) this can be known only after 2 August 2025. "
                "That it can no longer happen is for an editor to say."
            ),
        ),
        ({"outcome": "void"}, "What became of the event: Only an editor can say that."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in the queue"])
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(
    browse, bob, overdue, entry, wrong, message, headers
):
    from forecasts.models import Evidence, Grade

    sent = entry(**wrong)
    answer = browse(bob).post(address(overdue()), sent, headers=headers)

    assert (answer.status_code, errors(answer)) == (422, [message])
    kept = values(answer)
    assert kept == {name: str(value) for name, value in sent.items()} | {
        "outcome": [sent["outcome"]] * bool(sent["outcome"])
    }
    assert (Grade.objects.count(), Evidence.objects.count()) == (0, 0)


# --- What comes first -------------------------------------------------------------------------------------------------


def test_missing_criteria_are_asked_for_first_and_their_author_leaves_the_grading_to_others(
    browse, bob, erin, overdue, entry
):
    forecast = overdue(triage="needs_criteria")
    client = browse(bob)
    asked = client.get(address(forecast))
    written = client.post(
        f"/desk/forecasts/{forecast.reference}/criteria/",
        {"version": 1, "event": forecast.event, "observable": "Traffic on the bridge"},
        follow=True,
    )
    refused = client.post(address(forecast), entry(version=2))

    assert notices(asked)[0].startswith("Write down the criteria first: how the outcome is told.")
    assert notices(asked)[0].endswith(
        "so they are marked as retroactive, and the forecast is scored in a line of its own."
    )
    assert notices(written)[-1] == (
        "You wrote its criteria; somebody else grades it. It stays in the queue for your colleagues."
    )
    assert errors(refused) == ["You wrote its criteria; somebody else grades it."]
    assert browse(erin).post(address(forecast), entry(version=2)).status_code == 302
    forecast.refresh_from_db()
    assert (forecast.criteria_by, forecast.criteria_retroactive) == (bob, True)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_too_vague_for_criteria_is_graded_without_them(browse, bob, overdue, entry, headers):
    forecast = overdue(triage="needs_criteria")
    client = browse(bob)
    asked = client.get(address(forecast), headers=headers).content.decode()
    without = f"{address(forecast)}?without_criteria"
    offered = client.get(without, headers=headers).content.decode()
    open_to_choose = re.findall(r'<input type="radio" name="outcome" value="(\w+)"(?![^>]* disabled)', offered)
    client.post(address(forecast), entry(outcome="ungradable"), headers=headers)

    assert asked.count(f'="{without}"') == (2 if headers else 1)
    assert open_to_choose == ["ungradable"]
    assert forecast.resolutions.get().outcome == "ungradable"


def test_without_an_event_nothing_is_too_vague_for_criteria(browse, bob, overdue):
    answer = browse(bob).get(f"{address(overdue(event='', triage='needs_criteria'))}?without_criteria")

    assert notices(answer)[0].startswith("Write down the event first: what would be seen to happen.")
    assert answer.content.decode().count("without_criteria") == 0


def test_a_missing_event_is_asked_for_first(browse, bob, overdue):
    forecast = overdue(event="")
    answer = browse(bob).get(address(forecast))

    assert text(answer).count("That is the statement; its event is not written down yet.") == 1
    assert notices(answer)[0].startswith("Write down the event first: what would be seen to happen.")


@pytest.mark.parametrize("missing", ["event", "observable"])
def test_criteria_say_what_is_missing_and_keep_the_rest(browse, bob, overdue, missing):
    forecast = overdue(triage="needs_criteria", event="")
    sent = {"version": 1, "event": "The bridge opens.", "observable": "Traffic", "threshold": "Ten lorries"}
    answer = browse(bob).post(f"/desk/forecasts/{forecast.reference}/criteria/", sent | {missing: ""})
    forecast.refresh_from_db()

    assert (answer.status_code, len(errors(answer)), values(answer)["threshold"]) == (422, 1, "Ten lorries")
    assert (forecast.observable, forecast.version) == ("", 1)


def test_criteria_that_somebody_else_changed_meanwhile_are_not_overwritten(browse, bob, erin, overdue):
    forecast = overdue(triage="needs_criteria")
    recording.set_criteria(forecast, criteria=Criteria(observable="Lorries"), by=erin, at=datetime.now(UTC))
    client, sent = browse(bob), {"version": 1, "event": forecast.event, "observable": "Trains"}
    answer = client.post(f"/desk/forecasts/{forecast.reference}/criteria/", sent)
    forecast.refresh_from_db()

    assert (answer.status_code, forecast.observable) == (409, "Lorries")
    assert (values(answer)["version"], answer.content.decode().count("Trains")) == ("2", 1)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ({"triage": "assessment"}, "This is an assessment: it is published and counted, never graded."),
        (
            {"mine": True},
            "You wrote this forecast; somebody else grades it. It stays in the queue for your colleagues.",
        ),
    ],
)
def test_what_one_cannot_grade_says_so_without_a_form(browse, alice, bob, log, case, message):
    mine = case.pop("mine", False)
    forecast = log(**case)
    answer = browse(alice if mine else bob).get(address(forecast))

    assert (notices(answer), answer.content.decode().count('name="outcome"')) == ([message], 0)


# --- Others -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "in the queue"])
def test_who_is_slower_hears_that_somebody_has_graded_but_not_what_and_keeps_what_they_typed(
    browse, bob, erin, overdue, verdict, entry, headers
):
    from forecasts.models import Grade

    forecast = overdue()
    slower = browse(bob)
    slower.get(address(forecast))
    grading.grade(
        forecast, verdict=verdict(outcome="did_not_occur", rationale="Erin says"), by=erin, at=datetime.now(UTC)
    )
    sent = entry(rationale="Bob says")
    answer = slower.post(address(forecast), sent, headers=headers)

    assert (answer.status_code, notices(answer)) == (
        409,
        [
            "Somebody has graded this forecast already. Your entry was not saved. What you typed stands below.",
        ],
    )
    assert values(answer) == {name: str(value) for name, value in sent.items()} | {"outcome": ["occurred"]}
    page = text(answer)
    assert [leak for leak in ("Erin says", "did not occur") if leak in page] == []
    assert answer.content.decode().count("Save the grade") == 0
    assert list(Grade.objects.values_list("rationale", flat=True)) == ["Erin says"]


def test_a_forecast_that_changed_meanwhile_is_shown_again_before_it_is_graded(browse, bob, erin, overdue, entry):
    forecast = overdue()
    recording.set_criteria(forecast, criteria=Criteria(observable="Lorries"), by=erin, at=datetime.now(UTC))
    client = browse(bob)
    first = client.post(address(forecast), entry())
    second = client.post(address(forecast), entry(version=values(first)["version"]))

    assert (first.status_code, text(first).count("Lorries"), second.status_code) == (409, 1, 302)


def test_a_graded_forecast_shows_what_became_of_it(browse, bob, charlie, erin, overdue, verdict):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=erin, at=datetime.now(UTC))
    page = browse(bob).get(address(forecast)).content.decode()

    assert (page.count("Brier score"), page.count("Undo"), page.count('name="outcome"')) == (1, 0, 0)
    assert browse(charlie).get(address(forecast)).status_code == 403


# --- Undo -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "offered"), [(0, 1), (9, 1), (10, 0)])
def test_undo_is_offered_for_ten_seconds(browse, bob, overdue, entry, clock, seconds, offered):
    forecast = overdue()
    client = browse(bob)
    client.post(address(forecast), entry())
    clock.shift(timedelta(seconds=seconds))
    page = client.get(address(forecast)).content.decode()

    assert page.count(f'data-countdown="{10 - seconds}"') == offered
    assert page.count("data-countdown=") == offered


def test_undo_leaves_the_grade_on_the_record_and_the_forecast_in_the_queue(browse, bob, overdue, entry):
    from forecasts.models import Due, Grade, Resolution

    forecast = overdue()
    client = browse(bob)
    client.post(address(forecast), entry())
    given = Grade.objects.get()
    answer = client.post(f"/desk/grades/G-{given.pk}/undo/", follow=True)

    assert answer.redirect_chain == [(address(forecast), 302)]
    assert notices(answer)[0] == f"The grade of {forecast.reference} is taken back."
    assert values(answer)["outcome"] == []
    assert list(Grade.objects.values_list("outcome", "retracted_by")) == [("occurred", bob.pk)]
    assert list(Resolution.objects.values_list("outcome", "superseded_by")) == [("occurred", bob.pk)]
    assert Due.objects.waiting().filter(forecast=forecast).count() == 1


def test_only_the_grader_or_an_editor_takes_a_grade_back(browse, person, bob, erin, overdue, verdict):
    forecast = overdue()
    given, _resolution = grading.grade(forecast, verdict=verdict(), by=bob, at=datetime.now(UTC))
    undo, why = f"/desk/grades/G-{given.pk}/undo/", {"why": "He meant another one."}
    tried = ((person("dora"), why), (erin, {}), (erin, why))
    answers = [browse(user).post(undo, sent).status_code for user, sent in tried]

    assert answers == [403, 403, 302]


def test_later_a_grade_is_taken_back_with_the_reason(browse, bob, overdue, verdict, clock):
    forecast = overdue()
    given, resolution = grading.grade(forecast, verdict=verdict(), by=bob, at=datetime.now(UTC))
    clock.shift(timedelta(days=3))
    client, undo = browse(bob), f"/desk/grades/G-{given.pk}/undo/"
    offered = client.get(address(forecast)).content.decode().count(f'action="{undo}"')
    refused = client.post(undo, {"why": " "})
    resolution.refresh_from_db()
    held = resolution.superseded_at is None
    client.post(undo, {"why": "The ministry corrected itself."})
    resolution.refresh_from_db()

    assert (offered, refused.status_code, held) == (1, 422, True)
    assert errors(refused) == ["Why it does not hold: Say why the grade is taken back."]
    assert (resolution.superseded_by, resolution.superseded_why) == (bob, "The ministry corrected itself.")


def test_who_undoes_too_late_is_asked_for_the_reason(browse, bob, overdue, verdict, clock):
    forecast = overdue()
    given, resolution = grading.grade(forecast, verdict=verdict(), by=bob, at=datetime.now(UTC))
    clock.shift(timedelta(seconds=14))
    answer = browse(bob).post(f"/desk/grades/G-{given.pk}/undo/")
    in_place = browse(bob).post(f"/desk/grades/G-{given.pk}/undo/", headers=HTMX)
    resolution.refresh_from_db()

    assert (answer.status_code, in_place.status_code, resolution.superseded_at) == (422, 403, None)
    assert errors(answer) == ["Why it does not hold: The time to undo is over. Say why the grade is taken back."]


def test_a_way_to_take_a_grade_back_is_shown_to_its_grader_and_to_editors(
    browse, person, bob, erin, overdue, verdict, clock
):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=datetime.now(UTC))
    clock.shift(timedelta(days=3))
    shown = [
        browse(user).get(address(forecast)).content.decode().count("Take this grade back")
        for user in (bob, person("dora"), erin)
    ]

    assert shown == [1, 0, 1]


# --- In the queue -----------------------------------------------------------------------------------------------------


def test_in_the_queue_only_the_part_that_opens_is_sent(browse, bob, overdue):
    page = browse(bob).get(address(overdue()), headers=HTMX).content.decode()

    assert (page.count("<html"), page.count('hx-target="closest .row-body"')) == (0, 1)


def test_in_the_queue_the_row_is_replaced_and_the_count_goes_down(browse, bob, overdue, entry):
    forecast, _other = overdue(), overdue()
    answer = browse(bob).post(address(forecast), entry(), headers=HTMX)
    page = answer.content.decode()

    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (f"#row-{forecast.reference}", "outerHTML")
    assert text(answer).count(f"{forecast.reference} is graded. 1 left.") == 1
    assert re.findall(r'id="count-overdue" hx-swap-oob="true">(\d+)', page) == ["1"]


def test_in_the_queue_undo_brings_the_row_back(browse, bob, overdue, entry):
    from forecasts.models import Grade

    forecast = overdue()
    client = browse(bob)
    client.post(address(forecast), entry(), headers=HTMX)
    page = client.post(f"/desk/grades/G-{Grade.objects.get().pk}/undo/", headers=HTMX).content.decode()

    assert re.findall(r'<li id="([\w-]+)" data-focus="self" data-says="([^"]+)"', page) == [
        (f"row-{forecast.reference}", f"The grade of {forecast.reference} is taken back. 1 left.")
    ]


def test_undoing_an_early_grade_says_that_it_is_not_due_yet(browse, bob, log, entry, now):
    from forecasts.models import Grade

    client = browse(bob)
    new = log(made_on=date(2026, 1, 2), closes_on=date(2026, 8, 2), at=now)
    client.post(address(new), entry(known_on="2026-02-01"), headers=HTMX)
    answer = client.post(f"/desk/grades/G-{Grade.objects.get().pk}/undo/", headers=HTMX)

    assert text(answer).endswith("is taken back. It is not due yet. 0 0 0")


def test_undoing_an_early_grade_brings_back_the_row_that_asked_whether_it_is_known(browse, bob, log, entry):
    from forecasts.models import Grade

    client = browse(bob)
    old, _other = log(closes_on=date(2026, 8, 2)), log(closes_on=date(2026, 8, 2))
    graded = client.post(address(old), entry(known_on="2026-02-01"), headers=HTMX)
    page = client.post(f"/desk/grades/G-{Grade.objects.get().pk}/undo/", headers=HTMX).content.decode()

    assert f"{old.reference} is graded. 1 left." in text(graded)
    assert re.findall(r'<li id="([\w-]+)" data-focus="self" data-says="([^"]+)"', page) == [
        (f"row-{old.reference}", f"The grade of {old.reference} is taken back. 2 left.")
    ]
    assert page.count("Not known yet: look again in 90 days") == 1


# --- The next one -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("allowed", "skipped"), [(False, 3), (True, 1)])
def test_the_next_one_is_the_oldest_that_this_person_may_grade(
    browse, alice, bob, overdue, make_article, settings, allowed, skipped
):
    """Not their own, nor one whose byline they share, nor one whose criteria they wrote."""
    from forecasts.services.entries import Criteria
    from forecasts.services.recording import Place
    from sources.services import people

    settings.INVOLVED_MAY_GRADE = allowed
    article = make_article()
    article.bylines.add(people.person_for(bob))
    rows = [
        overdue(closes_on=date(2025, 6, 1), by=bob, author=people.person_for(alice), criteria=Criteria(observable="x")),
        overdue(closes_on=date(2025, 6, 2), author=people.person_for(bob)),
        overdue(closes_on=date(2025, 6, 3), place=Place(article=article)),
        overdue(closes_on=date(2025, 6, 4)),
    ]
    page = browse(bob).get(address(overdue())).content.decode()

    assert re.findall(r"Next in the queue: (F-\d+)", page) == [rows[skipped].reference]


def test_what_a_snooze_hides_is_not_the_next_one(browse, bob, overdue):
    from forecasts.models import Due

    snoozed, second, here = overdue(), overdue(), overdue()
    Due.objects.filter(forecast=snoozed).update(
        snoozed_on=date(2098, 12, 1), snoozed_until=date(2099, 1, 1), snooze_reason="The vote was moved."
    )
    page = browse(bob).get(address(here)).content.decode()

    assert re.findall(r"Next in the queue: (F-\d+)", page) == [second.reference]


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["grade/", "criteria/"])
def test_readers_and_strangers_change_nothing(browse, client, charlie, overdue, entry, path):
    from forecasts.models import Grade

    where = f"/desk/forecasts/{overdue().reference}/{path}"
    statuses = [each.post(where, entry()).status_code for each in (browse(charlie), client)]

    assert (statuses, Grade.objects.count()) == ([403, 302], 0)


def test_the_page_has_a_fixed_number_of_queries(browse, bob, overdue, django_assert_max_num_queries, log, person):
    """However many judged: session, user, heartbeat; the forecast, its judgements, resolutions and topics; who is
    involved; the evidence; the next one."""
    forecast = overdue()
    client = browse(bob)
    counts = []
    for name in ("x", "y", "z"):
        with django_assert_max_num_queries(20) as captured:
            client.get(address(forecast))
        counts.append(len(captured))
        judging.judge(forecast, chance=Chance(probability=0.4), by=person(name), at=datetime(2025, 6, 1, tzinfo=UTC))

    assert counts == [counts[0]] * 3


def test_the_hindrance_names_what_a_form_can_mend(bob, overdue):
    found = grading.hindrance(overdue(event=""), by=bob)

    assert isinstance(found, GradeRefused)
    assert found.field == "event"
