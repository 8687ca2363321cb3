"""The page of a forecast: who says what, what it is linked to, comments; and what can be done there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from forecasts.models import Comment, Forecast, Judgement, Lineage
from forecasts.services import commenting, following, judging, linking, scenarios
from forecasts.services.entries import Chance
from sources.services import people

UNLIKELY = Chance(yardstick="phia-2025", term="unlikely")


@pytest.fixture
def future(log, now):
    """A forecast that is still open on the day on which the tests run."""

    def make(**values):
        today = timezone.localdate()
        days = {"made_on": today - timedelta(days=40), "closes_on": today + timedelta(days=40)}
        return log(**(days | {"at": timezone.now()} | values))

    return make


@pytest.fixture
def show(browse):
    """`show(user, forecast)` is the page in words, without tags."""

    def words(user, forecast):
        response = browse(user).get(forecast.get_absolute_url())
        assert response.status_code == 200
        parted = re.sub(r"(?=</(?:dt|dd|p|li|td|th|h\d|option|button|summary)>)", " ", response.content.decode())
        return " ".join(strip_tags(parted).split()).replace("\N{NO-BREAK SPACE}", " ")

    return words


# --- Judgements -------------------------------------------------------------------------------------------------------


def test_the_desk_s_line_and_the_forecasters_stand_apart_with_who_entered_them(future, show, alice, bob, erin):
    forecast = future()
    now = timezone.now()
    judging.judge(forecast, chance=UNLIKELY, by=bob, at=now)
    judging.set_line_by_editor(forecast, chance=UNLIKELY, by=erin, at=now, why="So we agreed.")
    page = show(alice, forecast)
    assert page.index("entered by Erin") < page.index("Forecasters Judgements over time")
    assert "So we agreed." in page
    assert "2 forecasters together: median 47.5 %, geometric mean of odds 47.1 %" in page


def test_a_negated_word_that_was_stored_with_its_not_is_negated_once(future, show, alice, bob):
    forecast = future()
    Judgement.objects.create(
        forecast=forecast,
        forecaster=people.person_for(bob),
        yardstick="phia-2025",
        term="likely",
        term_text="not likely",
        negated=True,
        low=0.25,
        high=0.45,
        made_at=timezone.now(),
        recorded_by=bob,
    )
    page = show(alice, forecast)
    assert "not likely 25–45 %" in page
    assert "not not" not in page


def test_what_was_recorded_long_after_it_was_made_says_when(future, show, alice):
    forecast = future()
    recorded = f"{timezone.localdate():%-d %B %Y}"
    assert f"recorded on {recorded}" in show(alice, forecast)
    assert "recorded on" not in show(alice, future(made_on=timezone.localdate()))


def test_one_forecaster_is_no_crowd(future, show, alice, erin):
    forecast = future()
    judging.set_line_by_editor(forecast, chance=UNLIKELY, by=erin, at=timezone.now(), why="So we agreed.")
    assert "together" not in show(alice, forecast)


def test_the_chart_stands_with_its_words_and_its_csv(future, browse, alice):
    forecast = future()
    client = browse(alice)
    page = client.get(forecast.get_absolute_url()).content.decode()
    assert [page.count(each) for each in ("<svg width=", "chart-picture--narrow", "judgements.csv")] == [2, 1, 1]
    assert "Alice: likely, 55–75" in page
    sheet = b"".join(client.get(f"{forecast.get_absolute_url()}judgements.csv").streaming_content).decode()
    assert [line.split(",")[:5] for line in sheet.splitlines()][1] == [
        forecast.reference,
        "Alice",
        "personal",
        "phia-2025",
        "likely",
    ]


def test_ones_own_is_withdrawn_on_the_page(future, browse, show, alice, bob):
    forecast = future()
    assert "Withdraw your judgement" in show(alice, forecast)
    assert "Withdraw your judgement" not in show(bob, forecast)
    answer = browse(alice).post(f"{forecast.get_absolute_url()}withdraw/", {"why": "I had misread it."}, follow=True)
    assert "I had misread it." in answer.content.decode()
    assert not forecast.judgements.standing().exists()
    again = browse(alice).post(f"{forecast.get_absolute_url()}withdraw/", {"why": "Again."}, follow=True)
    assert "You have no judgement of it that stands." in again.content.decode()


def test_ones_own_is_released_on_the_page(future, browse, show, alice):
    forecast = future()
    answer = browse(alice).post(f"{forecast.get_absolute_url()}release/", follow=True)
    assert "What you have judged so far is released." in answer.content.decode()
    assert "Release what you have judged" not in show(alice, forecast)


def test_an_editor_sets_the_desk_s_line_on_its_page(future, browse, alice, erin):
    forecast = future()
    address = f"{forecast.get_absolute_url()}desk-line/"
    assert browse(alice).get(address).status_code == 403
    without = browse(erin).post(address, {"term": "phia-2025:likely"})
    assert without.context["form"].errors == {"rationale": ["This field is required."]}
    browse(erin).post(address, {"term": "phia-2025:likely", "rationale": "So we agreed."})
    assert forecast.judgements.of_the_desk().get().rationale == "So we agreed."


def test_one_follows_and_finds_it_again(future, browse, alice, charlie):
    forecast, _other = future(), future()
    client = browse(charlie)
    client.post(f"{forecast.get_absolute_url()}follow/", {"follow": "yes"})
    assert following.follows(charlie, forecast)
    assert [each.pk for each in client.get("/desk/forecasts/?followed=me").context["rows"]] == [forecast.pk]
    assert list(browse(alice).get("/desk/forecasts/?followed=me").context["rows"]) == []
    client.post(f"{forecast.get_absolute_url()}follow/", {"follow": "no"})
    assert not following.follows(charlie, forecast)


# --- Links, groups, parts, subjects -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tie", "here", "there"),
    [
        ("continues", "continues", "is continued by"),
        ("repeated_by", "is repeated by", "repeats"),
        ("supersedes", "supersedes", "is superseded by"),
        ("related", "is related to", "is related to"),
    ],
)
def test_a_link_is_made_and_shown_on_both_sides(future, browse, show, alice, tie, here, there):
    one, other = future(event="One."), future(event="Other.")
    browse(alice).post(f"{one.get_absolute_url()}links/", {"tie": tie, "other": other.reference})
    assert f"{here} {other.reference} Other." in show(alice, one)
    assert f"{there} {one.reference} One." in show(alice, other)


def test_the_other_one_is_found_by_its_words(future, browse, alice):
    one, other = future(event="The bridge closes."), future(event="Bridges are closed in Zenda.")
    future(event="The port reopens.")
    page = browse(alice).get(f"{one.get_absolute_url()}links/?q=bridge+closing")
    assert page.context["found"] == [other]
    assert f"?q=bridge%20closing&amp;other={other.reference}#tie" in page.content.decode()
    chosen = browse(alice).get(f"{one.get_absolute_url()}links/?other={other.reference}")
    assert f'value="{other.reference}"' in chosen.content.decode()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ("F-999", "There is no such forecast."),
        ("nonsense", "“nonsense” is no reference; it would look like F-1042."),
        ("itself", "A forecast does not continue itself."),
    ],
)
def test_what_cannot_be_linked(future, browse, alice, other, message):
    forecast = future()
    given = {"tie": "continues", "other": forecast.reference if other == "itself" else other}
    answer = browse(alice).post(f"{forecast.get_absolute_url()}links/", given)
    assert answer.context["form"].errors == {"other": [message]}


def test_a_link_is_taken_back_with_a_reason_and_stays_readable(future, browse, show, alice, bob):
    one, other = future(event="One."), future(event="Other.")
    noted = linking.link(one, earlier=other, relation="repeats", by=alice, at=timezone.now())
    client = browse(bob)
    assert (
        "Say why"
        in client.post(f"{other.get_absolute_url()}links/{noted.pk}/end/", {"why": " "}, follow=True).content.decode()
    )
    client.post(f"{other.get_absolute_url()}links/{noted.pk}/end/", {"why": "Not the same."})
    assert Lineage.objects.get().ended_by == bob
    assert f"repeats {other.reference} taken back Not the same. (Bob" in show(alice, one)
    assert client.post(f"{future().get_absolute_url()}links/{noted.pk}/end/", {"why": "No."}).status_code == 404


def test_a_group_shows_its_members_and_what_is_off_about_their_sum(future, browse, show, alice):
    red, blue = future(event="Red wins."), future(event="Blue wins.")
    address = red.get_absolute_url()
    browse(alice).post(f"{address}links/", {"tie": "excludes", "other": blue.reference})
    page = show(alice, red)
    assert "Together 130 %: what excludes each other adds up to 100 % at most." in page
    assert f"Blue wins. {blue.reference} likely 55–75 % 65 %" in page
    assert "None of these what is left 0 %" in page
    browse(alice).post(f"{address}group/", {"title": "Who wins", "exhaustive": "on"})
    for forecast, probability in ((red, 0.2), (blue, 0.3)):
        judging.judge(forecast, chance=Chance(probability=probability), by=alice, at=timezone.now())
    page = show(alice, blue)
    assert "Who wins Together 50 %, though one of them has to happen: that would be 100 %." in page
    assert "None of these" not in page
    browse(alice).post(f"{address}group/", {"leave": "1"})
    assert set(Forecast.objects.values_list("scenario_group", flat=True)) == {""}


def test_without_a_number_there_is_no_sum(future, show, alice):
    red, blue = future(event="Red wins."), future(event="Blue wins.", chance=Chance(term_text="may"))
    scenarios.exclude_each_other(red, other=blue, by=alice)
    page = show(alice, red)
    assert "Not all have a number, so there is no sum." in page
    assert "Together" not in page


def test_grading_one_grades_the_others_and_says_so(overdue, browse, bob):
    red, blue = overdue(event="Red wins."), overdue(event="Blue wins.")
    scenarios.exclude_each_other(red, other=blue, by=bob)
    red.refresh_from_db()
    address = f"{red.get_absolute_url()}grade/"
    assert "It is one of several that exclude each other" in browse(bob).get(address).content.decode()
    given = {
        "outcome": "occurred",
        "known_on": "2025-08-03",
        "rationale": "Red did.",
        "no_evidence_reason": "seen",
        "version": red.version,
    }
    answer = browse(bob).post(address, given, follow=True)
    assert f"Graded along, as not having happened: {blue.reference}." in answer.content.decode()
    browse(bob).post(f"/desk/grades/G-{red.grades.get().pk}/undo/")
    assert not Forecast.objects.resolved().exists()


def test_a_compound_is_split_on_its_page(future, browse, alice):
    forecast = future(statement="The bridge is likely to close, and the ferry is unlikely to sail.")
    client = browse(alice)
    page = client.get(f"{forecast.get_absolute_url()}split/")
    assert [form["event"].value() for form in page.context["forms"]] == ["The bridge closes", "The ferry sails"]
    given = {
        "version": "1",
        "part1-event": "The bridge closes",
        "part1-term": "phia-2025:likely",
        "part2-event": "The ferry sails",
        "part2-probability": "",
    }
    grown = client.post(f"{forecast.get_absolute_url()}split/", given | {"more": "1"})
    assert len(grown.context["forms"]) == 3
    refused = client.post(f"{forecast.get_absolute_url()}split/", given)
    assert refused.context["errors"] == [
        "Each part needs a probability of its own. Where the text gives one to the whole, it stays one."
    ]
    done = client.post(
        f"{forecast.get_absolute_url()}split/",
        given | {"part2-probability": "20", "part3-event": "", "part3-term": ""},
        follow=True,
    )
    assert "Split into" in done.content.decode()
    assert [each.event for each in Forecast.objects.kept().order_by("pk")] == ["The bridge closes", "The ferry sails"]
    assert client.get(forecast.get_absolute_url()).status_code == 410


def test_topics_and_countries_are_changed_and_nobody_is_overwritten(future, browse, alice):
    forecast = future(topics=("bridges",))
    address = f"{forecast.get_absolute_url()}subjects/"
    browse(alice).post(address, {"topics": "ferries, ports", "countries": "Sudan", "version": "1"})
    forecast.refresh_from_db()
    assert ([topic.name for topic in forecast.topics.all()], forecast.countries, forecast.version) == (
        ["ferries", "ports"],
        ["SD"],
        2,
    )
    beaten = browse(alice).post(address, {"topics": "", "countries": "", "version": "1"})
    assert beaten.context["form"].non_field_errors() == [
        "Somebody has changed this forecast meanwhile. Look at it again before you save."
    ]


def test_a_condition_stands_wherever_the_event_does(future, browse, alice):
    forecast = future(event="The port reopens.", condition="the strike ends")
    client = browse(alice)
    pages = [
        client.get(address).content.decode()
        for address in ("/desk/forecasts/", forecast.get_absolute_url(), f"{forecast.get_absolute_url()}judge/")
    ]
    assert ["If the strike ends: The port reopens." in page for page in pages] == [True, True, True]
    assert str(future(event="The port reopens.", condition="unless it rains,")) == "Unless it rains: The port reopens."


# --- Comments ---------------------------------------------------------------------------------------------------------


def test_a_comment_is_plain_text_with_links_and_names(future, browse, alice, bob):
    forecast, other = future(), future()
    text = f"See <b>https://zenda.example/a?b=1&c=2</b>, {other.reference} and @Bob."
    client = browse(alice)
    answer = client.post(f"{forecast.get_absolute_url()}comments/", {"text": text})
    assert answer["Location"] == f"{forecast.get_absolute_url()}#comment-{Comment.objects.get().pk}"
    page = client.get(forecast.get_absolute_url()).content.decode()
    assert (
        'See &lt;b&gt;<a href="https://zenda.example/a?b=1&amp;c=2" rel="noreferrer nofollow">'
        "https://zenda.example/a?b=1&amp;c=2</a>&lt;/b&gt;, "
        f'<a href="{other.get_absolute_url()}">{other.reference}</a> and <b>@Bob</b>.'
    ) in page


def test_the_browser_completes_whom_to_tell(future, browse, alice, bob):
    forecast = future()
    client = browse(alice)
    assert '<option value="Bob">' in client.get(forecast.get_absolute_url()).content.decode()
    client.post(f"{forecast.get_absolute_url()}comments/", {"text": "Yours?", "mention": "bob"})
    assert (Comment.objects.get().text, following.follows(bob, forecast)) == ("@bob Yours?", True)
    nobody = client.post(f"{forecast.get_absolute_url()}comments/", {"text": "Yours?", "mention": "Zed"})
    assert nobody.context["comment_form"].errors == {"mention": ["Nobody of that name has an account here."]}
    assert "Yours?" in nobody.content.decode()


def test_a_comment_is_taken_back_and_its_words_are_gone(future, browse, show, alice, bob):
    forecast = future()
    said = commenting.comment(forecast, text="Wrong words.", by=alice, at=timezone.now())
    address = f"{forecast.get_absolute_url()}comments/{said.pk}/retract/"
    assert "Only who wrote it" in browse(bob).post(address, {"why": "No."}, follow=True).content.decode()
    browse(alice).post(address, {"why": "Too fast."})
    page = show(bob, forecast)
    assert ("Taken back by Alice: Too fast." in page, "Wrong words." in page) == (True, False)


# --- For whom ---------------------------------------------------------------------------------------------------------


def test_a_reader_reads_all_of_it_and_changes_nothing(future, browse, charlie, alice):
    forecast = future()
    commenting.comment(forecast, text="For the desk.", by=alice, at=timezone.now())
    page = browse(charlie).get(forecast.get_absolute_url()).content.decode()
    assert "For the desk." in page
    assert re.findall(r"/(?:links|split|subjects|comments|withdraw|release)/\"", page) == []
    posts = ("withdraw", "release", "comments", "links", "subjects", "split", "group")
    assert [browse(charlie).post(f"{forecast.get_absolute_url()}{each}/").status_code for each in posts] == [403] * 7


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_is_said(future, browse, person, alice, django_assert_num_queries, rows):
    forecast = future()
    for number in range(rows):
        other = person(f"other {number}")
        now = timezone.now()
        judging.judge(forecast, chance=UNLIKELY, by=other, at=now)
        commenting.comment(forecast, text="Hm.", by=other, at=now)
        linking.link(forecast, earlier=future(event=f"E{number}"), relation="related", by=other, at=now)
        linking.link(future(event=f"L{number}"), earlier=forecast, relation="continues", by=other, at=now)
        scenarios.exclude_each_other(future(event=f"G{number}"), other=forecast, by=other)
    client = browse(alice)
    client.get(forecast.get_absolute_url())
    with django_assert_num_queries(33):
        client.get(forecast.get_absolute_url())
