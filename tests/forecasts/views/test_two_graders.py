"""Two graders on the desk's pages: what each sees, what the queue lists, and how an editor decides."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from forecasts.models import Forecast
from forecasts.services import grading, resolving
from forecasts.services.entries import Criteria
from forecasts.services.verdicts import Decided

pytestmark = pytest.mark.usefixtures("two_graders")
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.4 nothing in it"


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def entry():
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


def address(forecast, page="grade"):
    return f"/desk/forecasts/{forecast.reference}/{page}/"


def text(answer):
    blocks = re.sub(
        r"</?(?:div|p|dt|dd|li|td|th|h\d|label|legend|option|summary)\b[^>]*>", " ", answer.content.decode()
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", "", blocks)).split())


def listed(answer, key):
    section = answer.content.decode().split(f'data-queue="{key}"')[1].split("</section>")[0]
    return re.findall(r'id="row-([A-Z]-\d+)"', section)


def errors(answer):
    found = re.findall(r'class="error-summary".*?</ul>', answer.content.decode(), re.DOTALL)
    return [
        " ".join(re.sub(r"<[^>]+>", "", item).split()) for item in re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL)
    ]


# --- The queue --------------------------------------------------------------------------------------------------------


def test_each_forecast_stands_in_one_list_and_never_waits_for_whoever_graded_it(
    browse, bob, dora, charlie, overdue, grade, disputed
):
    untouched, graded, differing = overdue(), overdue(), disputed()
    grade(graded, by=bob)
    lists = {
        user.name: [listed(browse(user).get("/desk/"), key) for key in ("overdue", "waiting", "disputed")]
        for user in (bob, dora, charlie)
    }

    others = [[untouched.reference], [graded.reference], [differing.reference]]
    assert lists == {"Bob": [others[0], [], others[2]], "Dora": others, "Charlie": others}


def test_the_lists_are_downloaded_without_saying_who_graded_or_what(browse, erin, bob, overdue, grade, disputed):
    graded, differing = overdue(), disputed()
    grade(graded, by=bob)
    client, rows = browse(erin), {}
    for key in ("waiting", "disputed"):
        content = b"".join(client.get(f"/desk/?list={key}&format=csv").streaming_content).decode()
        rows[key] = list(csv.DictReader(content.splitlines()))

    assert [row["reference"] for row in rows["waiting"]] == [graded.reference]
    assert [row["reference"] for row in rows["disputed"]] == [differing.reference]
    assert rows["waiting"][0]["graded at"] == "2026-03-01T12:00:00Z"
    assert "Bob" not in str(rows)


def test_in_the_queue_a_first_grade_says_that_it_waits_and_the_second_that_it_is_held(
    browse, bob, dora, overdue, entry
):
    forecast, _other = overdue(), overdue()
    first = browse(bob).post(address(forecast), entry(), headers=HTMX)
    second = browse(dora).post(address(forecast), entry(), headers=HTMX)

    assert "It waits for a second person, who does not see what you said." in text(first)
    assert f"{forecast.reference} is graded. 1 left." in text(first)
    assert "Brier" not in text(first)
    assert f"{forecast.reference} is graded. 0 left." in text(second)
    assert text(second).count("Brier score") == 1
    counts = re.findall(r'id="count-(\w+)" hx-swap-oob="true">(\d+)', second.content.decode())
    assert counts == [("overdue", "1"), ("known", "0"), ("waiting", "0")]


def test_in_the_queue_a_second_grade_that_differs_says_so(browse, bob, dora, overdue, entry):
    forecast = overdue()
    browse(bob).post(address(forecast), entry(), headers=HTMX)
    answer = browse(dora).post(address(forecast), entry(outcome="did_not_occur"), headers=HTMX)

    assert "The other grade differs, so an editor decides." in text(answer)


# --- The page of one forecast -----------------------------------------------------------------------------------------


def test_the_second_person_is_told_that_somebody_has_graded_and_gets_the_form(browse, bob, dora, overdue, grade):
    forecast = overdue()
    grade(forecast, by=bob, outcome="did_not_occur", rationale="Bob says so.")
    page = browse(dora).get(address(forecast))

    assert text(page).count("Somebody has graded this. What they said is shown once both grades are in.") == 1
    assert page.content.decode().count('name="outcome"') == 7
    assert "Bob says so." not in text(page)


def test_whoever_has_graded_sees_their_own_grade_and_can_take_it_back(browse, bob, overdue, entry, clock):
    forecast = overdue()
    client = browse(bob)
    page = client.post(address(forecast), entry(), follow=True)
    clock.shift(timedelta(days=1))
    later = client.get(address(forecast))
    taken = client.post(f"/desk/grades/{forecast.grades.get().reference}/undo/", {"why": "I misread it."}, follow=True)

    assert text(page).count("Your grade occurred known on 3 August 2025 The ministry kept it shut.") == 1
    assert [each.content.decode().count("data-countdown=") for each in (page, later)] == [1, 0]
    assert [text(each).count("Take this grade back") for each in (page, later)] == [0, 1]
    assert taken.content.decode().count('name="outcome"') == 7
    assert forecast.grades.get().retracted_why == "I misread it."


@pytest.mark.parametrize("outcome", ["occurred", "did_not_occur"])
def test_the_button_says_that_somebody_else_will_grade_it_and_after_the_seconds_it_stays(
    browse, bob, dora, overdue, entry, clock, outcome
):
    forecast = overdue()
    browse(bob).post(address(forecast), entry())
    clock.shift(timedelta(minutes=1))
    client = browse(dora)
    first = text(browse(bob).get(address(forecast)))
    page = client.post(address(forecast), entry(outcome=outcome), follow=True)
    clock.shift(timedelta(seconds=14))
    later = client.get(address(forecast))
    undo = f"/desk/grades/{forecast.grades.get(grader=dora).reference}/undo/"
    refused = [client.post(undo, sent).status_code for sent in ({}, {"why": "So."})]

    assert "somebody else will grade it then" not in first
    assert text(page).count("Undo: somebody else will grade it then") == 1
    assert [later.content.decode().count(each) for each in (undo, "Take this grade back")] == [0, 0]
    assert refused == [403, 403]


def test_after_the_undo_whoever_did_it_reads_why_they_do_not_grade(browse, bob, dora, erin, overdue, entry):
    forecast = overdue()
    browse(bob).post(address(forecast), entry(rationale="Bob says so."))
    client = browse(dora)
    client.post(address(forecast), entry(rationale="Dora says so."))
    undone = client.post(f"/desk/grades/{forecast.grades.get(grader=dora).reference}/undo/", follow=True)
    others = [text(browse(erin).get(where)) for where in (address(forecast), forecast.get_absolute_url())]

    assert f"The grade of {forecast.reference} is taken back. Somebody else grades it now." in text(undone)
    assert "so somebody else grades it. It stays in the queue for your colleagues." in text(undone)
    assert ("Bob says so." in text(undone), 'name="outcome"' in undone.content.decode()) == (False, False)
    assert [page.count("says so.") for page in others] == [0, 0]
    assert ["Somebody has graded this." in page for page in others] == [True, True]
    lists = {user.name: listed(browse(user).get("/desk/"), "waiting") for user in (bob, dora, erin)}
    assert lists == {"Bob": [], "Dora": [], "Erin": [forecast.reference]}


def test_in_the_queue_the_button_and_the_row_say_that_it_is_left_to_others(browse, bob, dora, overdue, entry):
    forecast = overdue()
    browse(bob).post(address(forecast), entry(), headers=HTMX)
    client = browse(dora)
    graded = client.post(address(forecast), entry(), headers=HTMX)
    undo = f"/desk/grades/{forecast.grades.get(grader=dora).reference}/undo/"
    undone = client.post(undo, headers=HTMX)

    assert "Undo: somebody else will grade it then" in text(graded)
    assert f"The grade of {forecast.reference} is taken back. Somebody else grades it now." in text(undone)
    assert "<details" not in undone.content.decode()


def test_agreement_shows_both_graders_and_what_it_scores(browse, bob, dora, overdue, grade, erin):
    forecast = overdue()
    grade(forecast, by=bob)
    grade(forecast, by=dora)
    page = text(browse(erin).get(address(forecast)))

    assert "known on 3 August 2025; two graders agreed, colleague: Bob, Dora" in page
    assert page.count("Brier score") == 1


def test_what_is_held_for_now_can_still_be_graded_by_a_second_person(browse, bob, dora, overdue, grade, clock, entry):
    forecast = overdue()
    grade(forecast, by=bob)
    clock.shift(timedelta(days=14))
    [waiting] = resolving.alone_too_long(at=datetime.now(UTC), limit=1)
    resolving.hold_for_now(waiting, at=datetime.now(UTC))
    client = browse(dora)
    page = client.get(address(forecast))
    client.post(address(forecast), entry())

    assert text(page).count("One person alone has said that. Your grade is the second one") == 1
    assert listed(client.get("/desk/"), "waiting") == []
    assert forecast.resolutions.get(superseded_at=None).how == "agreed"


def test_a_grade_that_waits_beside_an_imported_outcome_is_shown_to_whoever_gave_it_alone(
    browse, alice, bob, dora, overdue, grade, now
):
    forecast = overdue()
    finding = Decided(outcome="did_not_occur", known_on=date(2025, 8, 3), rationale="As it came in.")
    resolving.hold(forecast, finding, how="imported", independence="imported", grades=[], by=alice, at=now)
    grade(forecast, by=bob, rationale="Bob says so.")
    pages = {
        user.name: [text(browse(user).get(where)) for where in (address(forecast), forecast.get_absolute_url())]
        for user in (bob, dora)
    }

    assert [page.count("Bob says so.") for page in pages["Bob"]] == [1, 1]
    assert [page.count("Bob says so.") for page in pages["Dora"]] == [0, 0]
    assert [page.count("As it came in.") for page in pages["Dora"]] == [1, 1]


def test_the_page_has_a_fixed_number_of_queries_in_every_state(
    browse, erin, bob, dora, overdue, disputed, grade, django_assert_max_num_queries
):
    waiting, agreed = overdue(), overdue()
    grade(waiting, by=bob)
    for grader in (bob, dora):
        grade(agreed, by=grader, urls=[f"https://example.org/{number}" for number in range(3)])
    client = browse(erin)
    for forecast in (waiting, agreed, disputed()):
        with django_assert_max_num_queries(24):
            client.get(address(forecast))


# --- In part, and evidence --------------------------------------------------------------------------------------------


def test_what_happened_in_part_asks_for_both_parts(browse, bob, dora, overdue, entry):
    forecast = overdue(criteria=Criteria(observable="Traffic", degrees="One lane"))
    client = browse(bob)
    offered = client.get(address(forecast)).content.decode()
    half = client.post(address(forecast), entry(outcome="partly", happened="One lane."))
    for user in (bob, dora):
        browse(user).post(address(forecast), entry(outcome="partly", happened="One lane.", not_happened="The other."))
    shown = text(client.get(address(forecast)))

    assert (offered.count('name="happened"'), offered.count('name="not_happened"')) == (1, 1)
    assert (half.status_code, errors(half)) == (
        422,
        ["What did not happen: Say what of it happened, and what did not."],
    )
    assert "What happened One lane. What did not happen The other." in shown


def test_a_file_is_evidence_and_is_served_to_the_desk_as_a_download(browse, client, bob, dora, charlie, overdue, entry):
    from forecasts.models import Evidence

    forecast = overdue()
    sent = entry(evidence="", file=SimpleUploadedFile("report.exe", PDF, content_type="application/x-msdownload"))
    browse(bob).post(address(forecast), sent)
    item = Evidence.objects.get()
    where = f"/desk/evidence/{item.pk}/copy/"
    before = [each.get(where).status_code for each in (browse(bob), browse(dora), browse(charlie), client)]
    browse(dora).post(address(forecast), entry())
    answer = browse(charlie).get(where)

    assert before == [200, 404, 404, 302]
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, PDF, "application/pdf")
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="{forecast.reference}-evidence-{item.pk}.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_that_is_not_kept_says_why_and_keeps_what_was_typed(browse, bob, overdue, entry):
    from forecasts.models import Grade

    forecast = overdue()
    sent = entry(evidence="", file=SimpleUploadedFile("report.pdf", b"MZ\x00\x00"))
    answer = browse(bob).post(address(forecast), sent)

    assert (answer.status_code, errors(answer)) == (
        422,
        ["A file: This is neither a PDF nor an image, a page or a text. Save it as a PDF."],
    )
    assert Grade.objects.count() == 0


def test_what_became_of_fetching_is_said_at_the_evidence(browse, bob, overdue, entry, web_site):
    from forecasts import tasks
    from forecasts.models import Evidence

    forecast = overdue()
    client = browse(bob)
    client.post(address(forecast), entry(evidence=web_site.url("/")))
    before = text(client.get(address(forecast)))
    tasks.fetch_evidence(Evidence.objects.get().pk)
    after = text(client.get(address(forecast)))

    assert before.count("A copy is being fetched.") == 1
    assert after.count("No copy is kept. It leads into a private network, where nothing is fetched from.") == 1


def test_a_copy_shows_its_title_its_hash_and_its_time(browse, bob, overdue, entry, web_site, loopback_allowed):
    from forecasts import tasks
    from forecasts.models import Evidence

    web_site.pages["/"] = (200, {"Content-Type": "text/html"}, b"<html><title>Shut</title><p>It is shut.</p></html>")
    forecast = overdue()
    client = browse(bob)
    client.post(address(forecast), entry(evidence=web_site.url("/")))
    item = Evidence.objects.get()
    tasks.fetch_evidence(item.pk)
    page = client.get(address(forecast))

    assert f"SHA-256 {item.copy.sha256[:12]}…" in text(page)
    assert f'href="/desk/evidence/{item.pk}/copy/"' in page.content.decode()


# --- Disputes ---------------------------------------------------------------------------------------------------------


def test_the_editor_sees_both_verdicts_side_by_side_and_decides(browse, erin, disputed):
    forecast = disputed()
    client = browse(erin)
    page = text(client.get(address(forecast, "decide")))
    answer = client.post(
        address(forecast, "decide"),
        {"version": 1, "outcome": "did_not_occur", "rationale": "The log says open.", "known_on": "2025-08-03"},
        follow=True,
    )

    assert "Bob says occurred known on 3 August 2025 Bob saw it shut." in page
    assert "Dora says did not occur known on 3 August 2025 Dora saw it open." in page
    assert answer.redirect_chain == [(address(forecast), 302)]
    assert "decided by an editor, colleague: Erin" in text(answer)


def test_the_editor_names_evidence_and_the_forecast_shows_it(browse, erin, bob, charlie, disputed, make_article):
    forecast = disputed()
    article = make_article(title="The port’s log")
    client = browse(erin)
    answer = client.post(
        address(forecast, "decide"),
        {
            "version": 1,
            "outcome": "did_not_occur",
            "rationale": "The log says open.",
            "known_on": "2025-08-03",
            "evidence": f"{article.reference} https://example.org/log",
            "file": SimpleUploadedFile("log.txt", b"The log says open, in plain words."),
        },
        follow=True,
    )
    assert answer.redirect_chain == [(address(forecast), 302)]
    assert f"{article.reference} The port’s log https://example.org/log" in text(answer)
    page = text(browse(charlie).get(forecast.get_absolute_url()))
    assert "What the editor went by, besides the graders’ evidence:" in page
    file = forecast.resolutions.get().evidence.get(filename="log.txt")
    download = browse(charlie).get(f"/desk/evidence/{file.pk}/copy/")
    assert (download.status_code, download.content) == (200, b"The log says open, in plain words.")
    assert download["Content-Disposition"] == f'attachment; filename="F-{forecast.pk}-evidence-{file.pk}.txt"'


def test_the_form_of_a_decision_says_what_it_does_to_the_group(browse, erin, disputed):
    told = "once it is held to have happened, the others are graded along with it"
    forecast = disputed()
    assert told not in text(browse(erin).get(address(forecast, "decide")))
    Forecast.objects.filter(pk=forecast.pk).update(scenario_group="G-1")
    assert told in text(browse(erin).get(address(forecast, "decide")))


def test_who_may_not_decide_is_told_who_can(browse, person, erin, bob, overdue, grade, two_graders):
    forecast = overdue()
    fritz = person("fritz", "editor")
    grade(forecast, by=bob)
    grade(forecast, by=fritz, outcome="did_not_occur")
    told = text(browse(fritz).get(address(forecast, "decide")))
    erin.is_active = False
    erin.save()
    alone = browse(fritz).get(address(forecast, "decide"))

    assert "You are one of its graders; another editor decides. Who can: Erin." in told
    assert "There is no other editor, so it stands as disputed." in text(alone)
    assert alone.content.decode().count('name="outcome"') == 0


def test_analysts_see_the_dispute_and_do_not_decide(browse, dora, disputed):
    forecast = disputed()
    page = text(browse(dora).get(address(forecast)))

    assert "The two graders differ" in page
    assert "Bob saw it shut." in page
    assert browse(dora).get(address(forecast, "decide")).status_code == 403


def test_the_page_of_a_disputed_forecast_is_not_headed_overdue(browse, charlie, disputed):
    page = browse(charlie).get(disputed().get_absolute_url()).content.decode()

    assert ('class="outcome outcome--overdue"' in page, "disputed</span>" in page) == (False, True)


def test_a_decision_that_cannot_be_stands_at_its_field(browse, erin, disputed):
    forecast = disputed()
    sent = {"version": 1, "outcome": "partly", "rationale": "So.", "known_on": "2025-08-03"}
    answer = browse(erin).post(address(forecast, "decide"), sent)

    assert (answer.status_code, errors(answer)) == (
        422,
        ["What became of the event: The criteria define no degrees, so it happened or it did not."],
    )


def test_who_decides_too_late_is_told_and_keeps_what_they_typed(browse, erin, bob, disputed):
    forecast = disputed()
    grading.undo_grade(forecast.grades.get(grader=bob), by=bob, at=datetime.now(UTC))
    sent = {"version": 1, "outcome": "occurred", "rationale": "What I typed.", "known_on": "2025-08-03"}
    answer = browse(erin).post(address(forecast, "decide"), sent)

    assert answer.status_code == 409
    assert "There is no dispute about this forecast any more. Your entry was not saved." in text(answer)
    assert "What I typed." in answer.content.decode()


def test_a_decision_names_what_it_decides_along(browse, erin, bob, dora, overdue, disputed):
    from forecasts.models import Forecast
    from forecasts.services import scenarios

    other, forecast = overdue(event="Blue wins."), overdue(event="Red wins.")
    scenarios.exclude_each_other(forecast, other=other, by=erin)
    forecast = Forecast.objects.get(pk=forecast.pk)
    for grader, outcome in ((bob, "occurred"), (dora, "did_not_occur")):
        verdict = grading.Verdict(
            outcome=outcome, known_on=date(2025, 8, 3), rationale="So it was.", no_evidence_reason="Seen."
        )
        grading.grade(forecast, verdict=verdict, by=grader, at=datetime.now(UTC))
    sent = {"version": forecast.version, "outcome": "occurred", "rationale": "Counted.", "known_on": "2025-08-03"}
    answer = browse(erin).post(address(forecast, "decide"), sent, follow=True)

    assert f"Decided along, as not having happened: {other.reference}." in text(answer)


def test_of_two_graders_the_one_who_was_involved_is_named(browse, alice, bob, dora, overdue, grade, settings):
    settings.INVOLVED_MAY_GRADE = True
    forecast = overdue()
    for grader in (alice, bob):
        grade(forecast, by=grader)
    page = text(browse(dora).get(forecast.get_absolute_url()))

    assert "greed, involved: Alice (involved), Bob" in page


# --- Reopening --------------------------------------------------------------------------------------------------------


def test_an_editor_reopens_with_a_reason_and_the_old_resolution_stays_readable(browse, erin, bob, dora, overdue, grade):
    forecast = overdue()
    for grader in (bob, dora):
        grade(forecast, by=grader)
    client = browse(erin)
    refused = client.post(address(forecast, "reopen"), {"version": 1, "why": " "})
    answer = client.post(address(forecast, "reopen"), {"version": 1, "why": "The log was forged."}, follow=True)
    page = text(client.get(forecast.get_absolute_url()))

    assert (refused.status_code, errors(refused)) == (422, ["Why it is reopened: Say why it is reopened."])
    assert answer.redirect_chain == [(address(forecast), 302)]
    assert listed(client.get("/desk/"), "overdue") == [forecast.reference]
    assert "The log was forged." in page
    assert browse(bob).post(address(forecast, "reopen"), {"version": 1, "why": "x"}).status_code == 403


def test_reopening_what_was_reopened_meanwhile_is_told(browse, erin, overdue):
    forecast = overdue()
    answer = browse(erin).post(address(forecast, "reopen"), {"version": 1, "why": "Why not."})

    assert answer.status_code == 409
    assert "Nothing is held of this forecast that could be reopened." in text(answer)
    assert answer.context["form"].errors == {}  # nobody has sent a grade


def test_the_day_of_the_earlier_grade_counts_and_both_are_shown(browse, bob, dora, charlie, overdue, grade):
    forecast = overdue()
    grade(forecast, by=bob, known_on=date(2025, 8, 9))
    grade(forecast, by=dora, known_on=date(2025, 8, 4))
    page = text(browse(charlie).get(forecast.get_absolute_url()))

    assert "Of the two days the earlier one counts." in page
    assert (page.count("known on 9 August 2025"), "known on 4 August 2025" in page) == (1, True)


def test_what_was_graded_early_waits_and_is_not_announced_for_the_week(browse, dora, bob, log, grade, now):
    from forecasts.services import due

    due.note_sweep(at=now, flagged=0)
    forecast = log(closes_on=date(2026, 3, 4))
    grade(forecast, by=bob, known_on=date(2026, 2, 20))
    home = browse(dora).get("/desk/")

    assert (listed(home, "week"), listed(home, "waiting")) == ([], [forecast.reference])
