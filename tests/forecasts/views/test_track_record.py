"""What the desk's words were worth, and a forecaster's own: the numbers, their rows, and who sees them."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from accounts.services import people
from forecasts.models import Score
from forecasts.services import judging, track_record
from forecasts.services.entries import Chance
from forecasts.views.record_groups import DIMENSIONS
from sources.models import Source

RECORD = "/desk/track-record/"
LIKELY = Chance(yardstick="phia-2025", term="likely")
UNLIKELY = Chance(yardstick="phia-2025", term="unlikely")
BEFORE = datetime(2025, 5, 2, 9, tzinfo=UTC)


def words(answer) -> str:
    body = answer.content.decode().partition("<main")[2]
    return " ".join(unescape(strip_tags(body)).split()).replace("\N{NO-BREAK SPACE}", " ")


def sheet(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


@pytest.fixture
def said(log, grade):
    """`said(LIKELY, "occurred")` is a forecast so worded, and graded where an outcome is given."""
    numbers = iter(range(1, 1000))

    def make(chance=LIKELY, outcome=None, *, by=None, known_on=date(2025, 8, 3), **values):
        event = f"Bridge {next(numbers)} stays closed."
        forecast = log(chance=chance, statement=event, event=event, **({"at": BEFORE} | values))
        if outcome is not None:
            grade(forecast, outcome=outcome, known_on=known_on, **({"by": by} if by else {}))
        return forecast

    return make


@pytest.fixture
def recorded(said, settings, alice, dora):
    """A bit of everything that a record tells apart."""
    settings.INVOLVED_MAY_GRADE = True
    return SimpleNamespace(
        scored=[
            said(LIKELY, "occurred", topics=["Bridges"]),
            said(LIKELY, "did_not_occur", topics=["Bridges", "Trade"], horizon="short"),
            said(Chance(yardstick="phia-2025", term="likely", negated=True), "did_not_occur"),
            said(UNLIKELY, "did_not_occur", made_on=date(2024, 5, 2), closes_on=date(2024, 8, 2)),
            said(Chance(probability=0.7), "occurred", by=None),
        ],
        ungradable=said(LIKELY, "ungradable"),
        unquantified=said(Chance(), "occurred"),
        involved=said(UNLIKELY, "occurred", by=alice),
        early=said(LIKELY, "occurred", closes_on=date(2027, 1, 1)),
        overdue=said(LIKELY),
        open=said(UNLIKELY, closes_on=date(2027, 1, 1)),
        assessment=said(LIKELY, triage="assessment"),
    )


@pytest.fixture
def numbers_of():
    """The numbers of a page that open rows: each with its address."""

    def numbers(answer) -> list[tuple[int, str]]:
        links = re.findall(r'<a class="record-rows" href="([^"]+)">\s*(\d+)', answer.content.decode())
        return [(int(number), unescape(url)) for url, number in links]

    return numbers


# --- The page -------------------------------------------------------------------------------------------------------


def test_the_headline_its_parts_and_what_is_not_in_it(browse, alice, recorded):
    page = words(browse(alice).get(RECORD))

    assert "Brier score 0.170 95 % interval" in page  # of 0.35², 0.65², 0.35², 0.3² and 0.3²
    assert "Scored 5 of 9 that are graded Happened 40 %" in page
    assert "Happened 40 % 2 of those that are scored" in page
    assert "Not graded 10 % 1 whose window has ended, beside those that are graded" in page
    # 0.65² of the ungradable besides, or 0.35².
    assert (
        "0.162 to 0.212, had each of those whose outcome is not scored gone the one way or the "
        "other; what nobody has graded is in neither"
    ) in page
    assert "Too few to judge: under 10 scored forecasts, chance decides." in page
    assert "likely PHIA Probability Yardstick 55–75 % 3 2 66.7 % 20.8–93.9 % too few to judge" in page
    assert "graded by somebody involved 1 1 0.490 no interval Count it in" in page
    assert "A score of under 30 forecasts is not taken apart." in page
    assert [page.count(each) for each in ("settled early, its window has not ended", "ungradable")] == [3, 1]


def test_every_number_opens_its_rows(browse, alice, recorded, numbers_of):
    client = browse(alice)
    seen = set()
    for each in ("", "?by=horizon", "?by=topic", "?by=author", "?judgement=final", "?include=involved", "?by=year"):
        for number, url in numbers_of(client.get(f"{RECORD}{each}")):
            rows = sheet(client.get(f"{url}&format=csv"))
            assert (url, len(rows)) == (url, number)
            seen.add(url)
    assert len(seen) > 40
    opened = [f"{name}=" for name in ("record=graded", "in_line", "read_by") if any(name in url for url in seen)]
    assert opened == ["record=graded=", "in_line=", "read_by="]


@pytest.mark.parametrize("query", ["", "?include=involved", "?judgement=first"])
def test_no_number_of_forecasts_stands_there_without_its_rows(browse, alice, recorded, query):
    html = browse(alice).get(f"{RECORD}{query}").content.decode()
    [page] = re.findall(r"<main.*?</main>", html, re.DOTALL)
    for part in ("figure", "form", 'a class="record-rows"'):  # of the chart's words the table under it opens the rows
        page = re.sub(rf"<{part}.*?</{part.split()[0]}>", "", page, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", unescape(page)).replace("0 is best and 1 is worst", "").replace("ICD 203", "")
    left = re.findall(r"(?<![\d.–])[1-9]\d*(?![\d.–]|\s%)", text)
    # The least to be judged, the least to be taken apart, and the years.
    assert set(left) == {"10", "30", "2024", "2025"}


def test_the_scored_number_opens_the_scored_ones(browse, alice, recorded):
    rows = sheet(browse(alice).get("/desk/forecasts/?record=scored&format=csv"))
    assert {row["reference"] for row in rows} == {each.reference for each in recorded.scored}


def test_a_lane_is_switched_into_the_headline_and_out_again(browse, alice, recorded):
    page = browse(alice).get(f"{RECORD}?include=involved")
    assert "Scored 6 of 9 that are graded" in words(page)
    assert "graded by somebody involved 1 counted in the headline Take it out" in words(page)
    assert f'href="{RECORD}"' in page.content.decode()


def test_a_filter_narrows_it(browse, alice, recorded):
    client = browse(alice)
    counts = {
        query: re.search(r"Scored (\d+) of (\d+)", words(client.get(f"{RECORD}?{query}"))).groups()
        for query in ("topic=bridges", "yardstick=phia-2025", "made_after=2025-01-01", "q=Bridge 1", "came_true=no")
    }
    assert counts == {
        "topic=bridges": ("2", "2"),
        "yardstick=phia-2025": ("4", "7"),
        "made_after=2025-01-01": ("4", "8"),
        "q=Bridge 1": ("1", "1"),
        "came_true=no": ("2", "3"),
    }


@pytest.mark.parametrize("judgement", ["final", "first", "average"])
def test_other_judgements_are_scored_for_the_desk(browse, alice, said, judgement, grade):
    said(LIKELY, "occurred")
    page = words(browse(alice).get(f"{RECORD}?judgement={judgement}"))
    assert "Brier score 0.123" in page
    assert ("Averaged over the days on which a judgement stood." in page) == (judgement == "average")


def test_an_empty_page_says_what_comes_there(browse, alice):
    assert "No record yet Once the window of a forecast has ended" in words(browse(alice).get(RECORD))


def test_a_filter_that_fits_nothing_can_be_cleared(browse, alice, said):
    said(LIKELY, "occurred")
    page = browse(alice).get(f"{RECORD}?q=tunnel")
    assert "No forecast fits this filter" in words(page)
    assert f'href="{RECORD}"' in page.content.decode()


def test_a_filter_that_cannot_be_read_says_why_and_shows_no_number(browse, alice, said):
    said(LIKELY, "occurred")
    page = words(browse(alice).get(f"{RECORD}?made_after=soon"))
    assert "This filter cannot be read. Please see to this first: Made from: A day, as YYYY-MM-DD." in page
    assert "Brier score" not in page


def test_a_filter_says_in_words_what_it_asks_for_and_leads_back_to_the_record(browse, alice, recorded):
    query = "topic=bridges&record=scored&outcome=occurred&made_after=2025-01-01&include=involved&said=0.65"
    answer = browse(alice).get(f"/desk/forecasts/?{query}")
    assert (
        "Outcome: it happened; Topic: Bridges; Made from: 1 January 2025; Counted as: scored; Scored probability: 0.65; "
        "Scored with: graded by somebody involved Track record of these"
    ) in words(answer)
    assert f'href="{RECORD}?topic=bridges&amp;made_after=2025-01-01&amp;include=involved"' in answer.content.decode()
    assert "Track record of these" not in words(browse(alice).get("/desk/forecasts/"))


def test_a_part_that_there_is_none_of_is_not_found(browse, alice, recorded):
    assert browse(alice).get(f"{RECORD}?by=weather").status_code == 404


def test_what_gave_a_number_and_no_word_is_said_to_be_in_no_row(browse, alice, recorded):
    page = words(browse(alice).get(f"{RECORD}?by=yardstick"))
    assert "A forecast that gave a number and no word is in none of these rows." in page
    assert "PHIA Probability Yardstick 4 1 25 % 0.181 too few to judge – A forecast" not in page
    assert re.search(r"PHIA Probability Yardstick 4 1 25 % \S+ too few to judge – ", page)


def test_the_score_of_certain_people_stands_nowhere_without_its_interval(browse, alice, bob, said):
    """By the filter that names them no less than in the table of authors; to themselves it is shown."""
    people.show_record_to(user=alice, shown_to="desk")
    for number in range(11):
        said(LIKELY, "occurred" if number % 3 else "did_not_occur", made_on=date(2025, 4, 1 + number))
    source = Source.objects.get(user=alice)
    own, by_filter = f"/desk/sources/{source.reference}/track-record/?", f"{RECORD}?author={source.reference}"
    assert ["Brier score 0.2" in words(browse(bob).get(each)) for each in (own, by_filter)] == [True, True]
    for each in (own, by_filter):
        page = words(browse(bob).get(f"{each}&made_before=2025-04-09"))
        assert "Brier score – of a person no score stands without its interval" in page
        assert [words_ for words_ in ("Log score", "Against references", "Best and worst") if words_ in page] == []
    assert "Brier score 0.2" in words(browse(alice).get(f"{own}&made_before=2025-04-09"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries_however_many_there_are(browse, alice, said, count, django_assert_num_queries):
    for _ in range(count):
        said(LIKELY, "occurred", topics=["Bridges"])
    client = browse(alice)
    client.get(RECORD)
    for query, queries in (("", 15), ("?by=author", 16), ("?by=topic", 16)):
        client.get(RECORD + query)
        with django_assert_num_queries(queries):
            client.get(RECORD + query)


def test_what_a_large_headline_includes_of_a_lane_is_not_counted(browse, alice, recorded, monkeypatch):
    monkeypatch.setattr("forecasts.views.record_page.AT_ONCE", 0)
    page = words(browse(alice).get(f"{RECORD}?include=involved"))
    assert "graded by somebody involved – counted in the headline Take it out" in page


def test_of_so_many_that_it_takes_long_the_page_fetches_a_part_and_leaves_lanes_to_their_rows(
    browse, alice, recorded, monkeypatch
):
    monkeypatch.setattr("forecasts.views.record_page.AT_ONCE", 0)
    client = browse(alice)
    page = client.get(f"{RECORD}?horizon=short")
    assert 'hx-get="/desk/track-record/?horizon=short&amp;by=year"' in page.content.decode()
    assert "graded by somebody involved 1 – – no interval Count it in" in words(page)
    part = client.get(f"{RECORD}?horizon=short&by=year").content.decode()
    assert re.findall(r'id="record-part"[^>]*>', part) == ['id="record-part" aria-labelledby="part-title">']
    assert "By the year in which it was said" in part


def test_a_part_of_which_nothing_has_ended_has_no_row(browse, alice, said):
    said(LIKELY, "occurred", topics=["Bridges"], countries=["SD"])
    said(LIKELY, closes_on=date(2027, 1, 1), topics=["Roads"], countries=["FR"])
    client = browse(alice)
    rows = [sheet(client.get(f"{RECORD}?table={name}&format=csv")) for name in ("topic", "country", "yardstick")]
    assert [
        [row[name] for row in each] for name, each in zip(("topic", "country", "yardstick"), rows, strict=True)
    ] == [
        ["Bridges"],
        ["Sudan"],
        ["PHIA Probability Yardstick"],
    ]


# --- As CSV ---------------------------------------------------------------------------------------------------------


def test_each_table_is_there_as_csv(browse, alice, recorded):
    client = browse(alice)
    found = {
        name: sheet(client.get(f"{RECORD}?table={name}&format=csv"))
        for name in ("terms", "calibration", "references", *(each.name for each in DIMENSIONS))
    }
    assert [(row["word"], row["came true"], row["verdict"]) for row in found["terms"]] == [
        ("unlikely", "0", "too_few"),
        ("likely", "2", "too_few"),
    ]
    assert [(row["said"], row["forecasts"]) for row in found["calibration"]] == [
        ("0.3", "1"),
        ("0.35", "1"),
        ("0.65", "2"),
        ("0.7", "1"),
    ]
    assert [row["says"] for row in found["references"]] == ["0.4", "0.5"]
    assert [(row["year"], row["scored"], row["not graded"]) for row in found["year"]] == [
        ("2024", "1", "0"),
        ("2025", "4", "1"),
    ]
    assert [row["topic"] for row in found["topic"]] == ["Bridges", "Trade"]
    assert [row["author"] for row in found["author"]] == ["Alice"]
    assert [row["horizon"] for row in found["horizon"]] == [
        "Short term (up to 3 months)",
        "Long term (over 12 months)",
    ]


def test_a_table_that_there_is_none_of_is_not_found(browse, alice, said):
    assert browse(alice).get(f"{RECORD}?table=ranking&format=csv").status_code == 404


# --- Whose record, and who sees it ----------------------------------------------------------------------------------


@pytest.fixture
def own_record(alice, said):
    """The address of Alice's own record, in which there is one forecast."""
    said(LIKELY, "occurred")
    return f"/desk/sources/{Source.objects.get(user=alice).reference}/track-record/"


def shows(browse, user, address) -> bool:
    page = browse(user).get(address)
    assert page.status_code == 200
    assert ("Brier score" in words(page)) != ("keeps this to themselves" in words(page))
    return "Brier score" in words(page)


@pytest.mark.parametrize(("shown_to", "seen"), [("nobody", False), ("desk", True), ("public", True)])
def test_nobody_sees_anothers_record_before_they_let_them(
    browse, alice, bob, charlie, erin, person, own_record, shown_to, seen
):
    people.show_record_to(user=alice, shown_to=shown_to)
    others = (bob, charlie, erin, person("ada", "administrator"))
    assert [shows(browse, user, own_record) for user in (alice, *others)] == [True, *[seen] * 4]


def test_it_is_private_until_somebody_says_otherwise(alice):
    alice.refresh_from_db()
    assert alice.record_shown_to == "nobody"


def test_whoever_it_is_decides_on_their_page(browse, alice, own_record):
    client = browse(alice)
    assert "Who sees this: nobody but me" in words(client.get(own_record))
    answer = client.post("/desk/track-record/shown-to/", {"shown_to": "desk"}, follow=True)
    assert answer.redirect_chain == [(own_record, 302)]
    assert "Your track record is now seen by: the desk." in words(answer)
    alice.refresh_from_db()
    assert alice.record_shown_to == "desk"


def test_an_audience_that_is_none_is_refused(browse, alice, own_record):
    answer = browse(alice).post("/desk/track-record/shown-to/", {"shown_to": "the press"}, follow=True)
    assert "Choose who sees it." in words(answer)
    alice.refresh_from_db()
    assert alice.record_shown_to == "nobody"


def test_the_menu_leads_to_ones_own_record(browse, alice, bob, own_record):
    assert browse(alice).get("/desk/track-record/mine/").url == own_record
    assert browse(alice).get("/desk/track-record/mine/?topic=x&by=year").url == f"{own_record}?topic=x&by=year"
    menu = re.findall(r'<a href="([^"]+)"[^>]* aria-current="page"', browse(alice).get(own_record).content.decode())
    assert menu == ["/desk/track-record/"]
    answer = browse(bob).get("/desk/track-record/mine/", follow=True)
    assert "begins with the first forecast that you judge" in words(answer)


def test_what_is_kept_private_cannot_be_asked_for_by_filter(browse, alice, bob, own_record):
    reference = Source.objects.get(user=alice).reference
    assert browse(bob).get(f"{RECORD}?forecaster={reference}&judgement=final").status_code == 404
    by_author = words(browse(bob).get(f"{RECORD}?author={reference}"))
    assert "Who keeps their track record to themselves is left out here." in by_author
    assert "Brier score" not in by_author
    assert sheet(browse(bob).get(f"{RECORD}?table=author&format=csv")) == []
    people.show_record_to(user=alice, shown_to="desk")
    assert [row["author"] for row in sheet(browse(bob).get(f"{RECORD}?table=author&format=csv"))] == ["Alice"]


def test_what_is_remembered_of_an_author_is_seen_by_those_alone_to_whom_they_show_it(
    browse, alice, bob, own_record, monkeypatch
):
    monkeypatch.setattr(track_record, "AT_ONCE", 0)
    address = f"{RECORD}?author={Source.objects.get(user=alice).reference}"

    def seen(user) -> bool:
        return "Brier score" in words(browse(user).get(address))

    assert (seen(alice), seen(bob)) == (True, False)
    people.show_record_to(user=alice, shown_to="desk")
    assert (seen(alice), seen(bob)) == (True, True)
    with CaptureQueriesContext(connection) as queries:
        assert seen(bob)
    assert not [query for query in queries if 'FROM "forecasts_score" ' in query["sql"]]
    people.show_record_to(user=alice, shown_to="nobody")
    assert (seen(alice), seen(bob)) == (True, False)


def test_an_own_record_scores_own_judgements(browse, alice, own_record, log, grade, bob):
    forecast = log(chance=LIKELY, event="The tunnel opens.", at=BEFORE)
    judging.judge(forecast, chance=Chance(probability=0.2), by=bob, at=datetime(2025, 6, 1, tzinfo=UTC))
    grade(forecast, outcome="did_not_occur")
    page = words(browse(bob).get(f"/desk/sources/{Source.objects.get(user=bob).reference}/track-record/"))
    assert "Brier score 0.040 no interval" in page
    assert "Scored 1 of 1 that are graded" in page


def test_nobody_comes_in_without_an_account(client, own_record):
    for address in (RECORD, own_record):
        answer = client.get(address)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/login/")


def test_the_page_of_a_person_leads_to_their_record(browse, bob, own_record, alice):
    page = browse(bob).get(Source.objects.get(user=alice).get_absolute_url()).content.decode()
    assert f'href="{own_record}"' in page


# --- On a forecast --------------------------------------------------------------------------------------------------


def test_a_resolved_forecast_says_where_it_stands_among_its_kind(browse, alice, said):
    for outcome in ("occurred", "occurred", "did_not_occur"):
        forecast = said(LIKELY, outcome)
    page = words(browse(alice).get(forecast.get_absolute_url()))
    assert "Its kind: “likely” (55–75 %), said of 3 that are scored. 2 came true, 66.7 % (20.8 %–93.9 %)" in page
    assert "averaged over" not in page


def test_a_judgement_that_changed_is_averaged_too(browse, alice, log, grade):
    forecast = log(chance=Chance(probability=0.5), at=BEFORE)
    judging.judge(forecast, chance=Chance(probability=0.9), by=alice, at=datetime(2025, 6, 2, 9, tzinfo=UTC))
    grade(forecast, outcome="occurred", known_on=date(2025, 8, 3))
    # For 31 days and for 62.
    average = (31 * 0.25 + 62 * 0.01) / 93
    page = words(browse(alice).get(forecast.get_absolute_url()))
    assert f"Alice averaged over the 93 days on which it stood: Brier score {average:.3f}" in page


def test_a_negated_word_is_of_its_own_kind(browse, alice, said):
    forecast = said(Chance(yardstick="phia-2025", term="likely", negated=True), "did_not_occur")
    assert "“likely” (55–75 %), said of 1 that are scored. 1 came true" in words(
        browse(alice).get(forecast.get_absolute_url())
    )


def test_what_is_left_out_says_why(browse, alice, said):
    forecast = said(LIKELY, "occurred", closes_on=date(2027, 1, 1))
    page = words(browse(alice).get(forecast.get_absolute_url()))
    assert "Not in the headline of the track record: settled early, its window has not ended." in page


def test_an_open_forecast_stands_nowhere(browse, alice, said):
    said(LIKELY, "occurred")
    page = words(browse(alice).get(said(LIKELY).get_absolute_url()))
    assert "Its kind" not in page
    assert Score.objects.count() == 1


# --- In the browser -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_page_looks_right_and_its_numbers_open_by_keyboard(
    page, live_server, sign_in, looks_right, alice, recorded
):
    sign_in(alice)
    page.goto(f"{live_server.url}{RECORD}")
    looks_right(page)
    page.locator("summary", has_text="Each probability").press("Enter")
    number = page.get_by_role("table", name="Each probability").get_by_role("link").first
    number.press("Enter")
    page.wait_for_url("**/desk/forecasts/?record=scored&said=0.3")


@pytest.mark.django_db(transaction=True)
def test_with_a_line_of_its_own_counted_in_it_fits_a_small_telephone(
    page, live_server, sign_in, looks_right, alice, recorded
):
    sign_in(alice)
    page.goto(f"{live_server.url}{RECORD}?include=involved&by=author")
    looks_right(page)


@pytest.mark.django_db(transaction=True)
def test_on_a_telephone_the_rows_of_a_number_come_before_the_filter_is_opened(
    page, live_server, sign_in, alice, recorded
):
    sign_in(alice)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/desk/forecasts/?record=scored")
    first = page.get_by_role("table").locator("tbody tr").first
    assert first.bounding_box()["y"] < 500
    counted_as = page.locator("[name=record]")
    assert not counted_as.is_visible()
    page.locator("summary", has_text="Change the filter").press("Enter")
    assert counted_as.is_visible()


@pytest.mark.django_db(transaction=True)
def test_the_key_for_searching_opens_what_the_field_is_folded_into(page, live_server, sign_in, alice, recorded):
    sign_in(alice)
    page.goto(f"{live_server.url}{RECORD}")
    page.keyboard.press("/")
    page.keyboard.type("Bridge 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/track-record/?q=Bridge+1")


@pytest.mark.django_db(transaction=True)
def test_where_there_is_room_the_filter_stands_open(page, live_server, sign_in, alice, recorded):
    sign_in(alice)
    page.goto(f"{live_server.url}/desk/forecasts/")
    assert page.get_by_label("Horizon").is_visible()
    assert not page.locator("summary", has_text="Filter").is_visible()
    page.get_by_label("Horizon").focus()
    assert page.evaluate("document.activeElement.name") == "horizon"
