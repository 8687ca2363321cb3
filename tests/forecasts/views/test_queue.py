"""The home of the desk."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from forecasts.models import Due
from forecasts.services import correcting, due, handling, looking, redating
from tests.factories import ArticleFactory

TODAY = date(2026, 3, 1)
LISTS = ("overdue", "week", "known", "waiting", "disputed", "corrections", "dates", "confirm")


@pytest.fixture(autouse=True)
def _at_noon(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def suggest(db):
    """Leave so many finds of a kind in an article, waiting to be decided."""
    from claims.models import ClaimSuggestion
    from forecasts.models import ForecastSuggestion

    def make(article, *, forecasts=0, claims=0):
        for model, number, more in (
            (ForecastSuggestion, forecasts, {"section": "body"}),
            (ClaimSuggestion, claims, {}),
        ):
            for at in range(number):
                values = {"start": at, "end": at + 1, "quote": "x", "rule": "r", "reader_version": "1", "found": {}}
                model.objects.create(article=article, **values, **more)

    return make


def listed(answer, key):
    """The references in one list of the queue, as they stand on the page."""
    section = answer.content.decode().split(f'data-queue="{key}"')[1].split("</section>")[0]
    return re.findall(r'id="row-([A-Z]-\d+)"', section)


def counted(answer):
    return dict(re.findall(r'id="count-(\w+)">([\d,]+)<', answer.content.decode()))


def test_what_is_overdue_stands_oldest_first(browse, bob, overdue):
    august, june, july = (overdue(closes_on=date(2025, month, 2)).reference for month in (8, 6, 7))
    answer = browse(bob).get("/desk/")

    assert listed(answer, "overdue") == [june, july, august]
    assert counted(answer) == {"overdue": "3"} | dict.fromkeys(LISTS[1:], "0")


def test_days_late_are_counted_in_the_forecasts_own_zone(browse, bob, overdue, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    overdue(closes_on=date(2026, 2, 26))
    answer = browse(bob).get("/desk/")

    # It is 2 March in Auckland already, and it was due on 27 February.
    assert re.findall(r"\d+ days? late", answer.content.decode()) == ["3 days late"]


def test_an_empty_queue_says_what_comes_there(browse, bob):
    answer = browse(bob).get("/desk/")

    assert re.findall(r'class="empty-title">(.*?)<', answer.content.decode()) == [
        "Nothing is overdue.",
        "Nothing falls due this week.",
        "Nothing is to be looked at.",
        "Nothing waits for a second grade.",
        "Nothing is disputed.",
        "No correction waits for you.",
        "No date of publication waits for you.",
        "Nothing waits to be confirmed.",
    ]


def test_what_falls_due_within_a_week_is_announced(browse, bob, log):
    due.note_sweep(at=datetime(2026, 3, 1, 11, 55, tzinfo=due.timezone.utc), flagged=0)
    logged = [log(closes_on=TODAY + timedelta(days=days)).reference for days in (-1, 5, 6, 7, 8)]
    log(closes_on=TODAY, triage="assessment")
    answer = browse(bob).get("/desk/")

    # Due on the day after closing: yesterday's closing waits for the sweep, a week ahead is the last.
    assert listed(answer, "week") == logged[:3]
    assert answer.content.decode().count("waits for the sweep") == 1


def test_nothing_is_lost_between_the_sweeps(browse, bob, log, now):
    """Long overdue, but logged after the last sweep: the archive that came in five minutes ago."""
    due.flag_due(at=now)
    due.note_sweep(at=now, flagged=0)
    forecast = log(closes_on=date(2024, 8, 2), made_on=date(2024, 5, 2))
    client = browse(bob)
    before = client.get("/desk/")
    due.flag_due(at=now)
    after = client.get("/desk/")

    assert (listed(before, "overdue"), listed(before, "week")) == ([], [forecast.reference])
    assert (listed(after, "overdue"), listed(after, "week")) == ([forecast.reference], [])


def test_nothing_is_lost_while_the_sweep_never_ran(browse, bob, log):
    forecast = log(closes_on=date(2024, 8, 2), made_on=date(2024, 5, 2))

    assert listed(browse(bob).get("/desk/"), "week") == [forecast.reference]


def test_a_snooze_hides_a_forecast_until_its_day_and_nobody_has_to_bring_it_back(browse, bob, overdue, now):
    snoozed, other = overdue(), overdue()
    Due.objects.filter(forecast=snoozed).update(
        snoozed_on=TODAY, snoozed_until=date(2026, 3, 3), snooze_reason="The vote was moved."
    )
    days = []
    for day in (0, 1, 2):
        with time_machine.travel(now + timedelta(days=day), tick=False):
            answer = browse(bob).get("/desk/")
        days.append((listed(answer, "overdue"), counted(answer)["overdue"]))

    hidden, shown = ([other.reference], "1"), ([snoozed.reference, other.reference], "2")
    assert days == [hidden, hidden, shown]
    assert answer.content.decode().count("The vote was moved.") == 1


def test_what_is_graded_by_one_disputed_or_snoozed_is_counted_once_and_elsewhere(
    browse, bob, dora, overdue, disputed, grade
):
    left = overdue().reference
    half, quarrel = overdue(), disputed()
    grade(half, by=dora)
    Due.objects.filter(forecast__in=[half, quarrel, overdue()]).update(
        snoozed_on=TODAY, snoozed_until=date(2026, 3, 9), snooze_reason="The vote was moved."
    )
    answer = browse(bob).get("/desk/")

    assert (listed(answer, "overdue"), counted(answer)["overdue"]) == ([left], "1")
    assert (counted(answer)["waiting"], counted(answer)["disputed"]) == ("1", "1")


def test_a_snoozed_forecast_leaves_the_queue_until_its_day_and_stands_in_a_list_of_its_own(
    browse, bob, dora, overdue, now
):
    forecast, other = overdue(), overdue()
    handling.snooze(forecast, until=date(2026, 4, 1), reason="The vote was moved.", by=dora, at=now)
    client = browse(bob)
    home, snoozed = client.get("/desk/"), client.get("/desk/?list=snoozed")

    assert (listed(home, "overdue"), counted(home)["overdue"]) == ([other.reference], "1")
    assert (listed(snoozed, "snoozed"), counted(snoozed)) == ([forecast.reference], {"snoozed": "1"})
    closed = re.search(r"<summary>.*?</summary>", snoozed.content.decode(), re.DOTALL)
    assert closed is not None
    assert "Snoozed by Dora: The vote was moved." in closed[0]
    assert snoozed.content.decode().count(f"{forecast.get_absolute_url()}wake/") == 1
    with time_machine.travel(datetime(2026, 4, 1, 0, 1, tzinfo=due.timezone.utc), tick=False):
        client = browse(bob)
        assert listed(client.get("/desk/"), "overdue") == [forecast.reference, other.reference]
        assert listed(client.get("/desk/?list=snoozed"), "snoozed") == []


def test_what_is_ones_own_to_grade_stands_in_a_list_of_its_own(browse, bob, dora, overdue, now):
    mine, hers, _nobodys = (overdue() for _ in range(3))
    handling.assign(mine, to=bob, by=dora, at=now)
    handling.assign(hers, to=dora, by=dora, at=now)
    answer = browse(bob).get("/desk/?list=mine")

    assert (listed(answer, "mine"), counted(answer)) == ([mine.reference], {"mine": "1"})


def test_an_opened_row_leads_to_the_page_of_its_forecast_whoever_reads_it(browse, bob, charlie, log, overdue):
    forecast, early = overdue(), log(closes_on=date(2026, 12, 31))

    for reader in (bob, charlie):
        page = browse(reader).get("/desk/").content.decode()
        for each in (forecast, early):
            assert page.count(f'<a href="{each.get_absolute_url()}">All about {each.reference}</a>') == 1


def test_articles_with_finds_wait_to_be_confirmed(browse, bob, suggest):
    from claims.models import ClaimSuggestion

    two, one, none = ArticleFactory.create_batch(3, recorded_by=bob)
    suggest(two, forecasts=6, claims=4)
    suggest(one, claims=1)
    suggest(none, claims=1)
    ClaimSuggestion.objects.filter(article=none).update(
        decision="dismissed", decided_by=bob, decided_at=datetime(2026, 3, 1, tzinfo=due.timezone.utc)
    )
    answer = browse(bob).get("/desk/")
    counts = re.findall(r"\d+ (?:forecasts?|claims?)(?=<)", answer.content.decode())

    assert listed(answer, "confirm") == [two.reference, one.reference]
    assert counts == ["6 forecasts", "4 claims", "1 claim"]


def _propose(forecast, *, by, at=datetime(2026, 3, 1, 9, tzinfo=UTC)):
    changes = {"event": "It opens.", "condition": "If it rains"}
    return correcting.propose(forecast, changes=changes, by=by, why="misread", at=at)


def _propose_date(article, *, by, at=datetime(2026, 3, 1, 9, tzinfo=UTC)):
    return redating.propose_date(article, new=date(2025, 7, 1), plan=[], by=by, why="misread masthead", at=at)


def test_what_others_propose_to_correct_waits_oldest_first_and_ones_own_does_not(browse, bob, dora, log):
    later, earlier, own = (log(event=f"{name} wins.") for name in ("Red", "Blue", "Green"))
    _propose(later, by=dora)
    _propose(earlier, by=dora, at=datetime(2026, 2, 1, tzinfo=UTC))
    _propose(own, by=bob)
    article, of_bob = ArticleFactory(), ArticleFactory()
    _propose_date(article, by=dora)
    _propose_date(of_bob, by=bob)
    client = browse(bob)
    answer = client.get("/desk/")

    sections = [answer.content.decode().split(f'data-queue="{key}"')[1] for key in ("corrections", "dates")]
    found = [re.findall(r'class="row-ref">([AF]-\d+)<', each.split("</section>")[0]) for each in sections]
    assert found == [[earlier.reference, later.reference], [article.reference]]
    table = csv.DictReader(client.get("/desk/?list=corrections&format=csv").getvalue().decode().splitlines())
    assert [(row["reference"], row["proposed by"], row["reason"]) for row in table] == [
        (earlier.reference, "Dora", "misread"),
        (later.reference, "Dora", "misread"),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_home_has_a_fixed_number_of_queries(
    browse, bob, dora, overdue, disputed, grade, log, suggest, django_assert_num_queries, number
):
    client = browse(bob)
    for _ in range(number):
        _propose(overdue(), by=dora)
        grade(overdue(), by=dora)
        disputed()
        log(closes_on=TODAY)
        looking.look_again(log(closes_on=date(2027, 1, 1)), by=dora, at=datetime(2025, 11, 1, tzinfo=UTC))
        suggest(ArticleFactory(), forecasts=1, claims=1)
        _propose_date(ArticleFactory(), by=dora)
    expected = (
        2  # session and user
        + 2  # the sweep's heartbeat, for the banner and for what it cannot have seen
        + 3  # overdue: count, rows, judgements
        + 5  # this week: count, rows, judgements, resolutions, topics
        + 4  # perhaps known: count, rows, judgements, looks
        + 3  # waiting: count, rows, judgements
        + 3  # disputed: count, rows, judgements
        + 4  # corrections and dates: count and rows of each
        + 3  # to confirm: count, rows, bylines
    )
    with django_assert_num_queries(expected):
        answer = client.get("/desk/")
    assert counted(answer) == dict.fromkeys(LISTS, str(number))


def test_one_list_is_paged_from_end_to_end(browse, bob, overdue, monkeypatch):
    monkeypatch.setattr("forecasts.views.queue.PAGE", 2)
    fifth, fourth, also_fourth, second, first = (
        overdue(closes_on=date(2025, 8, day)).reference for day in (5, 4, 4, 2, 1)
    )
    client = browse(bob)
    pages, address = [], "/desk/?list=overdue"
    while address:
        answer = client.get(address)
        pages.append(listed(answer, "overdue"))
        address = (re.findall(r'rel="next" href="([^"]+)"', answer.content.decode()) or [""])[0].replace("&amp;", "&")

    assert pages == [[first, second], [fourth, also_fourth], [fifth]]
    assert counted(answer) == {"overdue": "5"}


@pytest.mark.parametrize(("query", "status"), [("list=none", 404), ("list=overdue&after=xyz", 400)])
def test_an_address_that_the_queue_never_gave_out_is_refused(browse, bob, query, status):
    answer = browse(bob).get(f"/desk/?{query}")

    assert (answer.status_code, re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL) != []) == (
        status,
        True,
    )


def test_every_list_downloads_whole_as_csv(browse, bob, overdue, log, suggest, monkeypatch):
    monkeypatch.setattr("forecasts.views.queue.PAGE", 1)
    formula, bridge = overdue(event="=A formula").reference, overdue(event="The bridge opens.").reference
    coming = log(closes_on=TODAY).reference
    article = ArticleFactory(recorded_by=bob)
    suggest(article, forecasts=2)
    client = browse(bob)
    tables = {
        key: list(csv.DictReader(client.get(f"/desk/?list={key}&format=csv").getvalue().decode().splitlines()))
        for key in ("overdue", "week", "confirm")
    }

    assert [(row["reference"], row["event"], row["days late"]) for row in tables["overdue"]] == [
        (formula, "'=A formula", "210"),
        (bridge, "The bridge opens.", "210"),
    ]
    assert [(row["reference"], row["due on"]) for row in tables["week"]] == [(coming, "2026-03-02")]
    assert [(row["reference"], row["forecasts to confirm"], row["claims to confirm"]) for row in tables["confirm"]] == [
        (article.reference, "2", "0")
    ]


def test_readers_see_the_queue_without_its_forms(browse, charlie, overdue):
    overdue()
    page = browse(charlie).get("/desk/").content.decode()

    assert (page.count("hx-get"), page.count("/grade/")) == (0, 0)


@pytest.mark.parametrize("address", ["/desk/", "/desk/?list=overdue&format=csv"])
def test_strangers_are_asked_to_sign_in(client, overdue, address):
    overdue()
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/account/login/")


class TestSilenceOfTheSweep:
    @pytest.fixture
    def banner(self, browse, bob):
        def read():
            page = browse(bob).get("/desk/").content.decode()
            return [
                " ".join(re.sub(r"<[^>]+>", "", text).split())
                for text in re.findall(r'role="status">(.*?)</div>', page, re.DOTALL)
            ]

        return read

    @pytest.mark.parametrize("minutes", [0, 15, 60])
    def test_nothing_is_said_within_the_hour(self, banner, now, minutes):
        due.note_sweep(at=now - timedelta(minutes=minutes), flagged=0)

        assert banner() == []

    def test_after_an_hour_the_desk_is_told_since_when(self, banner, now):
        due.note_sweep(at=now - timedelta(minutes=61), flagged=0)

        assert banner() == [
            (
                "The sweep is silent. Nothing has looked for forecasts that fell due since 1 March 2026, 10:59 UTC, "
                "so this queue may be too short. Ask whoever runs Hindsight to see to the worker and beat."
            )
        ]

    def test_a_sweep_that_never_ran_is_told_too(self, banner):
        assert banner() == [
            (
                "The sweep is silent. Nothing has looked yet for forecasts that fell due. "
                "Ask whoever runs Hindsight to see to the worker and beat."
            )
        ]

    def test_public_pages_do_not_ask(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/account/login/")


def test_a_page_of_what_is_overdue_is_read_off_its_index(overdue):
    """However many there are: no sort, and no row of the table beyond those that are shown."""
    from django.db import connection

    from forecasts.models import Due
    from groundwork.keyset import Keyset

    overdue()
    cursor = Keyset.of("due_on").cursor(Due.objects.get())
    rows = Due.objects.waiting().filter(Keyset.of("due_on")._beyond(Due.objects.all(), cursor, backwards=False))
    with connection.cursor() as settings:
        settings.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plans = [page.oldest_first()[:51].explain() for page in (Due.objects.waiting(), rows)]

    assert [("due_oldest_first" in plan, "Sort" in plan) for plan in plans] == [(True, False)] * 2
