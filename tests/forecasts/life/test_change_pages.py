"""The pages on which a forecast is changed, settled, clarified, corrected and continued."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from forecasts.models import Clarification, Correction, Due, Forecast, Lineage
from forecasts.services import correcting, grading, judging, recording
from forecasts.services.entries import Chance

TODAY = timezone.localdate()


@pytest.fixture
def words_of():
    """`words_of(response)` is its text without tags, on one line."""

    def words(response) -> str:
        assert response.status_code == 200
        parted = re.sub(r"(?=</(?:dt|dd|p|li|td|th|div|h\d|option|button|summary)>)", " ", response.content.decode())
        return " ".join(strip_tags(parted).split())

    return words


@pytest.fixture
def open_forecast(log):
    """A forecast of Alice's that closes a month from now."""

    def make(**values):
        usual = {"made_on": TODAY, "closes_on": TODAY + timedelta(days=30), "at": timezone.now() - timedelta(hours=1)}
        return log(**(usual | values))

    return make


@pytest.fixture
def read(open_forecast, make_article):
    """One that was read out of an article, whose text calls it likely."""
    article = make_article(published_on=TODAY)
    return open_forecast(place=recording.Place(article=article, start=20, end=82))


def address(forecast, page=""):
    return f"/desk/forecasts/{forecast.reference}/{page}"


def fields_of(forecast, **changes):
    """What the form for changing sends of a forecast."""
    names = ("event", "shape", "condition", "opens_on", "closes_on", "version")
    given = {name: getattr(forecast, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in given.items()} | {"why": "a slip"} | changes


def errors_of(response):
    assert response.status_code == 200
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_the_wording_is_changed_with_a_reason(alice, browse, open_forecast):
    forecast = open_forecast()
    data = fields_of(forecast, event="The bridge is shut.", observable="Traffic")
    assert browse(alice).post(address(forecast, "change/"), data).headers["Location"] == address(forecast)
    forecast.refresh_from_db()

    assert (forecast.event, forecast.observable, forecast.criteria_by) == ("The bridge is shut.", "Traffic", alice)


@pytest.mark.parametrize(
    ("preset", "opens", "closes"), [("short", 0, 3), ("medium", 3, 12), ("long", 12, None), ("own", None, None)]
)
def test_a_window_is_chosen_by_its_name_without_a_script(alice, browse, open_forecast, preset, opens, closes):
    from forecasts.reading.calendars import add_months

    forecast = open_forecast()
    was = (forecast.opens_on, forecast.closes_on)
    browse(alice).post(address(forecast, "change/"), fields_of(forecast, preset=preset, shape="true_on"))
    forecast.refresh_from_db()
    chosen = was if opens is None else (add_months(TODAY, opens), closes and add_months(TODAY, closes))

    assert (forecast.opens_on, forecast.closes_on) == chosen


def test_the_same_choice_is_there_when_logging(alice, browse):
    data = {
        "statement": "The port is likely to reopen.", "made_on": str(TODAY), "preset": "medium", "closes_on": "nonsense",
        "shape": "happens_by", "triage": "gradable", "term": "phia-2025:likely",
    }  # fmt: skip
    browse(alice).post("/desk/forecasts/log/", data)

    assert Forecast.objects.get().horizon == "medium"


def test_once_others_rely_on_it_the_page_says_so_and_what_can_be_done(alice, bob, browse, open_forecast, words_of):
    forecast = open_forecast()
    judging.judge(forecast, chance=Chance(probability=0.3), by=bob, at=timezone.now())
    page = browse(alice).get(address(forecast, "change/"))

    assert "Others have judged it as it is; another wording would be a new forecast." in words_of(page)
    assert [
        link in page.content.decode() for link in (address(forecast, "clarify/"), address(forecast, "continue/"))
    ] == [
        True,
        True,
    ]
    assert errors_of(browse(alice).post(address(forecast, "change/"), fields_of(forecast, event="Rain"))) == {
        "__all__": ["Others have judged it as it is; another wording would be a new forecast."]
    }


def test_whoever_was_slower_can_send_it_again(alice, browse, open_forecast):
    forecast = open_forecast()
    data = fields_of(forecast, event="The bridge is shut.")
    Forecast.objects.update(version=5)
    form = browse(alice).post(address(forecast, "change/"), data).context["form"]

    assert (form["version"].value(), form["event"].value()) == (5, "The bridge is shut.")


@pytest.mark.parametrize(
    ("page", "data", "column", "value"),
    [
        ("triage/", {"triage": "needs_criteria", "why": "vague"}, "triage", "needs_criteria"),
        ("visibility/", {"visibility": "internal", "why": "by agreement"}, "visibility", "internal"),
    ],
)
def test_triage_and_visibility_are_changed_with_a_reason(alice, browse, open_forecast, page, data, column, value):
    forecast = open_forecast()
    refused = browse(alice).post(address(forecast, page), data | {"version": "1", "why": ""})
    assert errors_of(refused) == {"why": ["This field is required."]}

    browse(alice).post(address(forecast, page), data | {"version": "1"})
    forecast.refresh_from_db()
    assert getattr(forecast, column) == value


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("visibility", "internal", "It is internal already."), ("triage", "gradable", "It is gradable already.")],
)
def test_what_it_is_already_is_not_said_to_be_saved(alice, browse, open_forecast, field, value, said):
    forecast = open_forecast(visibility="internal")
    data = {field: value, "why": "by agreement", "version": "1"}

    assert errors_of(browse(alice).post(address(forecast, f"{field}/"), data)) == {field: [said]}


def test_an_editor_moves_the_assessment_date_and_the_page_shows_both(erin, browse, open_forecast, words_of):
    forecast = open_forecast(closes_on=None, assessment_on=TODAY + timedelta(days=100))
    later = TODAY + timedelta(days=200)
    data = {"assessment_on": str(later), "why": "nothing yet", "version": "1"}
    browse(erin).post(address(forecast, "assessment/"), data)
    forecast.refresh_from_db()

    assert forecast.assessment_on == later
    assert "Moved from" in words_of(browse(erin).get(address(forecast)))


def test_a_clarification_stands_on_the_page_and_before_whoever_grades(alice, bob, browse, overdue, words_of):
    forecast = overdue()
    browse(alice).post(address(forecast, "clarify/"), {"text": "Closed to lorries, that is.", "version": "1"})
    said = Clarification.objects.get()

    assert (said.text, said.by) == ("Closed to lorries, that is.", alice)
    for page in ("", "grade/"):
        assert "Closed to lorries, that is." in words_of(browse(bob).get(address(forecast, page)))


def test_a_new_forecast_continues_an_old_one(bob, browse, overdue):
    forecast = overdue(topics=("bridges",), countries=("UA",))
    page = browse(bob).get(address(forecast, "continue/"))
    form = page.context["form"]
    assert (form["statement"].value(), form["made_on"].value(), form["closes_on"].value()) == (
        forecast.statement,
        TODAY,
        None,
    )
    data = {
        "statement": forecast.statement, "event": forecast.event, "made_on": str(TODAY), "preset": "short",
        "shape": "happens_by", "triage": "gradable", "term": "phia-2025:unlikely", "topics": "bridges",
    }  # fmt: skip
    browse(bob).post(address(forecast, "continue/"), data)
    later = Forecast.objects.latest("pk")

    assert [(row.later, row.earlier, row.relation) for row in Lineage.objects.all()] == [(later, forecast, "continues")]
    assert later.author.user == bob


# --- Correcting -------------------------------------------------------------------------------------------------------


def test_a_correction_is_proposed_beside_the_quote_and_confirmed_by_somebody_else(alice, bob, browse, read, words_of):
    data = fields_of(read, closes_on=str(TODAY + timedelta(days=60)), why="“until August”")
    data |= {"said-term": "phia-2025:unlikely"}
    assert browse(alice).post(address(read, "correct/"), data).headers["Location"] == address(read)
    proposal = Correction.objects.order_by("pk").first()
    own, others = (words_of(browse(who).get(address(read))) for who in (alice, bob))
    assert ("Somebody else confirms or declines it." in own, "Confirm Decline" in own) == (True, False)
    assert "before: likely, 55–75 % after: unlikely, 25–35 %" in others

    browse(bob).post(f"/desk/corrections/{proposal.pk}/decide/", {"decision": "confirm"})
    read.refresh_from_db()
    assert (read.closes_on, read.judgements.standing().get().term) == (TODAY + timedelta(days=60), "unlikely")
    assert "Accepted: Bob" in words_of(browse(alice).get(address(read)))


def test_whoever_proposed_it_is_told_that_somebody_else_decides(alice, browse, open_forecast, words_of):
    forecast = open_forecast()
    (row,) = correcting.propose(forecast, changes={"event": "Rain"}, by=alice, why="x", at=timezone.now())
    answer = browse(alice).post(f"/desk/corrections/{row.pk}/decide/", {"decision": "confirm"}, follow=True)

    assert "You proposed it; somebody else looks at it." in words_of(answer)
    assert Correction.objects.get().state == "proposed"


def test_a_decision_is_one_of_two(bob, alice, browse, open_forecast):
    (row,) = correcting.propose(open_forecast(), changes={"event": "Rain"}, by=alice, why="x", at=timezone.now())

    assert browse(bob).post(f"/desk/corrections/{row.pk}/decide/", {"decision": "?"}).status_code == 400


def test_a_word_that_is_none_and_a_correction_of_nothing_are_refused(alice, browse, read):
    wrong = browse(alice).post(address(read, "correct/"), fields_of(read) | {"said-low": "80", "said-high": "20"})
    assert wrong.context["said"].errors["low"] == ["The lower end is above the upper one."]

    nothing = browse(alice).post(address(read, "correct/"), fields_of(read) | {"said-term": "phia-2025:likely"})
    assert errors_of(nothing) == {"__all__": ["That is what stands there already."]}


# --- Versions ---------------------------------------------------------------------------------------------------------


def test_any_two_versions_are_compared_word_by_word(alice, browse, open_forecast):
    forecast = open_forecast()
    for number, event in enumerate(("The bridge is shut.", "The old bridge is shut."), 1):
        browse(alice).post(address(forecast, "change/"), fields_of(forecast, event=event, version=str(number)))
    last = browse(alice).get(address(forecast, "versions/")).content.decode()
    first = browse(alice).get(address(forecast, "versions/"), {"from": "1", "to": "3"}).content.decode()

    assert (re.findall(r"added: </span>([^<]*)<", last), re.findall(r"removed: </span>([^<]*)<", last)) == (
        [" old"],
        [],
    )
    assert "stays closed until August" in "".join(re.findall(r"removed: </span>([^<]*)<", first))


def test_a_version_that_is_none_is_not_there(alice, browse, open_forecast):
    assert browse(alice).get(address(open_forecast(), "versions/"), {"from": "9"}).status_code == 404


# --- The page of a forecast ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_much_has_happened(
    bob, alice, browse, read, django_assert_num_queries, count
):
    from forecasts.services.clarifying import clarify

    client = browse(bob)
    for number in range(count):
        at = timezone.now() + timedelta(minutes=number)
        clarify(read, text=f"Remark {number}", by=alice, at=at)
        rows = correcting.propose(read, changes={"event": f"Event {number}"}, by=alice, why="x", at=at)
        correcting.confirm(rows[0], by=bob, at=at)
    correcting.propose(read, changes={"condition": "it rains"}, by=alice, why="x", at=timezone.now())
    with django_assert_num_queries(30):
        client.get(address(read))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"visibility": "internal"}, "Seen by the desk alone Horizon"),
        ({"released_at": None}, "Seen by the desk alone, until an edition carries it; then everybody"),
        ({"released_at": datetime(2026, 3, 1, 12, tzinfo=UTC)}, "Seen by everybody, since 1 March 2026"),
    ],
)
def test_the_page_says_who_sees_it(charlie, browse, open_forecast, words_of, values, said):
    forecast = open_forecast()
    Forecast.objects.update(**values)

    assert said in words_of(browse(charlie).get(address(forecast)))


def test_made_public_too_late_is_said_on_the_page(alice, bob, browse, overdue, verdict, words_of):
    forecast = overdue()
    grading.grade(forecast, verdict=verdict(), by=bob, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    Forecast.objects.update(released_at=datetime(2026, 3, 1, 12, tzinfo=UTC))

    assert "so it stays out of the public score" in words_of(browse(alice).get(address(forecast)))


@pytest.mark.parametrize(
    "page", ["change/", "triage/", "visibility/", "assessment/", "clarify/", "continue/", "correct/"]
)
def test_readers_change_nothing(charlie, browse, open_forecast, page):
    assert browse(charlie).get(address(open_forecast(), page)).status_code == 403
    assert browse(charlie).get(address(open_forecast(), "versions/")).status_code == 200


def test_what_a_reader_sees_offers_no_change(charlie, alice, browse, open_forecast, words_of):
    forecast = open_forecast()
    correcting.propose(forecast, changes={"event": "Rain"}, by=alice, why="x", at=timezone.now())
    words = words_of(browse(charlie).get(address(forecast)))

    assert ("Correction to confirm" in words, "Confirm Decline" in words, "Wording and window" in words) == (
        True,
        False,
        False,
    )


# --- The date of publication ------------------------------------------------------------------------------------------


@pytest.fixture
def article(alice, now):
    from forecasts.services import intake
    from forecasts.services.confirming import accept_forecast, proposed_chance, proposed_wording
    from tests.factories import BRIEFING

    found = intake.bring_in(intake.NewText(text=BRIEFING, origin="pasted"), by=alice, at=now).article
    for find in found.forecastsuggestions.filter(duplicate_of=None).exclude(section="summary"):
        accept_forecast(find, wording=proposed_wording(find), chance=proposed_chance(find), by=alice, at=now)
    return found


def test_a_date_is_looked_at_proposed_and_confirmed(alice, bob, browse, article, words_of):
    page = f"/desk/articles/{article.reference}/date/"
    data = {"new": "2025-05-12", "why": "the masthead has it"}
    preview = words_of(browse(alice).post(page, data | {"preview": "1"}))
    assert "before: 2 May 2025 after: 12 May 2025" in preview

    browse(alice).post(page, data | {"propose": "1"})
    assert "Somebody else confirms or declines it." in words_of(browse(alice).get(page))
    assert "Confirm all of it" in words_of(browse(bob).get(page))

    browse(bob).post(page, {"decision": "confirm"})
    article.refresh_from_db()
    assert article.published_on == date(2025, 5, 12)
    assert set(Forecast.objects.values_list("made_on", flat=True)) == {date(2025, 5, 12)}
    assert "2 May 2025 → 12 May 2025, accepted" in words_of(browse(bob).get(page))


def test_a_date_that_cannot_be_is_refused_at_its_field(alice, browse, article):
    page = f"/desk/articles/{article.reference}/date/"
    answer = browse(alice).post(page, {"new": "2025-05-02", "why": "x", "propose": "1"})

    assert errors_of(answer) == {"new": ["That is its date of publication already."]}


def test_a_date_that_was_decided_already_says_so(alice, bob, browse, article, words_of):
    page = f"/desk/articles/{article.reference}/date/"
    answer = browse(bob).post(page, {"decision": "confirm"}, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert "Somebody has decided on this date already." in words_of(answer)
    assert "required" not in words_of(answer)


def test_an_article_says_that_its_date_waits_and_its_authors_are_told(alice, bob, browse, article, words_of):
    from accounts.models import Notification
    from forecasts.services.redating import propose_date, redated

    plan = redated(article, new=date(2025, 5, 12))
    propose_date(article, new=date(2025, 5, 12), plan=plan, by=bob, why="x", at=timezone.now())

    page = words_of(browse(alice).get(article.get_absolute_url()))
    assert "Another date of publication waits to be confirmed: 12 May 2025 See what it changes" in page
    text = f"A correction of {article.reference} waits for a second person."
    assert list(Notification.objects.values_list("user__name", "text", "url")) == [
        ("Alice", text, article.get_absolute_url())
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_review_takes_the_same_queries_however_many_forecasts(
    alice, bob, browse, article, django_assert_num_queries, count
):
    from forecasts.services.redating import propose_date, redated

    plan = redated(article, new=date(2025, 5, 12))[:count]
    propose_date(article, new=date(2025, 5, 12), plan=plan, by=alice, why="x", at=timezone.now())
    client = browse(bob)
    with django_assert_num_queries(9):
        client.get(f"/desk/articles/{article.reference}/date/")


# --- Leaving ----------------------------------------------------------------------------------------------------------


def test_an_administrator_lets_an_analyst_leave(alice, bob, person, browse, overdue, words_of):
    ada = person("ada", "administrator")
    overdue()
    Due.objects.update(assignee=alice)
    page = f"/desk/people/{alice.pk}/leaving/"
    client = browse(ada)
    assert page in client.get(f"/account/people/{alice.pk}/").content.decode()
    words = words_of(client.get(page))
    assert "1 judgement of an open forecast ends 1 overdue forecast is handed on" in words

    client.post(page, {"hand_to": bob.pk, "why": "moved on"})
    alice.refresh_from_db()
    assert (alice.is_active, Due.objects.get().assignee) == (False, bob)
    assert "This account is closed already." in words_of(client.get(page))
    forecast = Forecast.objects.get()
    assert "by the desk; its author has left" in words_of(client.get(address(forecast)))


def test_nobody_leaves_without_a_reason_or_by_themselves(person, browse, alice):
    ada = person("ada", "administrator")
    assert errors_of(browse(ada).post(f"/desk/people/{alice.pk}/leaving/", {})) == {"why": ["This field is required."]}
    assert errors_of(browse(ada).post(f"/desk/people/{ada.pk}/leaving/", {"why": "x"})) == {
        "__all__": ["Another administrator does this for you."]
    }
