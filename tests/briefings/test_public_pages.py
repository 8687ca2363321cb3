"""What anybody may read, and what nobody outside may."""

import re
from datetime import date, timedelta

import pytest
from django.utils.html import strip_tags

from briefings.models import Briefing
from briefings.services import publishing
from claims.models import Claim
from claims.services.recording import Figure, NewClaim, record_claim
from forecasts.models import Forecast
from forecasts.services import correcting, grading
from forecasts.services.entries import Chance
from forecasts.services.judging import judge
from groundwork.marks import day_text
from sources.services import people

ADDRESS = "/briefings/the-river-alma-runs-dry/"


def words(answer):
    """The page as it reads, without its head."""
    html = answer.content.decode()
    return " ".join(strip_tags(html.partition("<body")[2].partition(">")[2]).split()).replace("\N{NO-BREAK SPACE}", " ")


def grade(statement, by, *, now, outcome="did_not_occur", **given):
    forecast = Forecast.objects.get(statement=statement)
    Forecast.objects.filter(pk=forecast.pk, triage="needs_criteria").update(observable="Ships pass.")
    evidence = {"urls": ["https://news.example/lock"]} if "articles" not in given else {}
    values = {"known_on": date(2025, 8, 3), "rationale": "The lock stayed shut."} | evidence | given
    grading.grade(forecast, verdict=grading.Verdict(outcome=outcome, **values), by=by, at=now + timedelta(days=90))
    return forecast


# --- What a page says -----------------------------------------------------------------------------------------------


def test_a_page_has_its_masthead_text_and_records_in_order(begin, publish, browse):
    publish(begin())
    page = words(browse().get(ADDRESS))
    said = [
        "The River Alma Runs Dry", "Dana Reed", "Published 2 May 2025", "Permanent link",
        "The river is at its lowest since 1990.", "Ships wait at the lock.", "The drought has lasted for three summers.",
        "Forecasts", "Short-term (Now - 3 months)", "The lock at Alma is unlikely to reopen.", "unlikely, 25–35 %",
        "2 May 2025 – 2 August 2025 UTC", "It is highly likely that the ferry stops", "highly likely, 80–90 %",
        "Long-term (>1 year)", "Rail is likely to take over half of the freight.", "2 May 2026 onwards, with no end",
        "Who says which figures", "workers: displaced", "Harbour officials", "up to 4,000", "an upper bound",
        "rail union", "about 1,200", "an estimate",
    ]  # fmt: skip
    places = [page.find(each.replace(">", "&gt;")) for each in said]

    assert -1 not in places, said[places.index(-1)]
    assert places[4:7] == sorted(places[4:7])
    assert (
        page.count("3.3 times apart: an upper bound against an estimate, which are not the same kind of figure.") == 1
    )
    assert page.count("Dana Reed | 2 May 2025") == 0


def test_once_known_a_page_says_what_became_of_a_forecast(begin, publish, browse, person, text, now):
    publish(begin())
    grade(text.lock, person("greta", "analyst"), now=now)
    html = browse().get(ADDRESS)

    assert words(html).count("Said unlikely, 25–35 %; it did not happen. The lock stayed shut.") == 1
    assert words(html).count("Known on 3 August 2025 · one grader, colleague · evidence 1") == 1
    assert html.content.decode().count('href="https://news.example/lock"') == 1


def test_a_line_that_was_misread_is_shown_as_corrected(begin, publish, browse, alice, bob, text, now):
    publish(begin())
    forecast = Forecast.objects.get(statement=text.lock)
    line = forecast.judgements.of_the_desk().get()
    misread = correcting.Misread(judgement=line, chance=Chance(yardstick="phia-2025", term="almost_certain"))
    (row,) = correcting.propose(forecast, changes={}, misread=misread, by=alice, why="as it says", at=now)
    correcting.confirm(row, by=bob, at=now)
    page = words(browse().get(ADDRESS))

    said = ("almost certain, 95 to under 100 %", "unlikely, 25–35 %")
    # The right one stands, and once more in what was corrected, after what had been read.
    assert [page.count(each) for each in said] == [2, 1]
    assert "Corrected 2 June 2025 UTC: judgement" in page


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("overtaken", "Overtaken by events. It is moot."), ("ungradable", "It cannot be graded. It is moot.")],
)
def test_an_outcome_that_is_not_scored_is_said_too(begin, publish, browse, person, text, now, outcome, said):
    publish(begin())
    grade(text.lock, person("erin", "editor"), now=now, outcome=outcome, rationale="It is moot.")
    page = words(browse().get(ADDRESS))

    assert page.count(f"Said unlikely, 25–35 %; {said[0].lower()}{said[1:]}") == 1


def test_a_page_of_which_everything_is_known(begin, publish, browse, person, text, now):
    publish(begin())
    greta = person("greta", "analyst")
    Forecast.objects.filter(statement=text.rail).update(triage="gradable")
    for statement, outcome in ((text.lock, "did_not_occur"), (text.ferry, "occurred")):
        grade(statement, greta, now=now, outcome=outcome)
    grading.grade(
        Forecast.objects.get(statement=text.rail), by=greta, at=now + timedelta(days=2000),
        verdict=grading.Verdict(outcome="occurred", known_on=date(2030, 1, 1), rationale="Rail did.", no_evidence_reason="Seen."),
    )  # fmt: skip

    assert words(browse().get(ADDRESS)).count("Known on") == 3


def test_a_page_without_forecasts_or_figures(begin, publish, browse):
    source = "A Quiet Week\n\nDana Reed | 2 May 2025\n\nNothing happened at the lock this week, and nobody minded it at all.\n"
    publish(begin(source))
    page = words(browse().get("/briefings/a-quiet-week/"))

    assert page.count("Nothing happened at the lock this week") == 1
    assert [page.count(heading) for heading in ("Forecasts", "Who says which figures")] == [0, 0]


def test_a_forecast_has_an_anchor(begin, publish, browse, text):
    publish(begin())
    lock = Forecast.objects.get(statement=text.lock)
    html = browse().get(ADDRESS).content.decode()

    assert (html.count(f'id="{lock.reference}"'), html.count(f'href="#{lock.reference}"')) == (1, 1)


def test_parts_of_a_sentence_stand_under_it(begin, publish, browse):
    source = (
        "# The Alma\n\nDana Reed | 2 May 2025\n\nThe drought has lasted for three summers, and it will not end.\n\n## Forecast\n\n"
        "### Short-term (Now - 3 months)\n\n- Best case (20%): the lock will reopen; worst case (80%): the lock will be shut.\n"
    )
    edition = publish(begin(source))
    statements = [each.forecast.statement for each in edition.carried.select_related("forecast")]
    html = browse().get("/briefings/the-alma/").content.decode()

    assert len(statements) == 2
    assert re.findall(r'class="forecast-(statement|part)"', html) == ["statement", "part", "part"]


def test_previous_and_next_go_by_the_day_and_by_what_was_published(begin, publish, save, browse, text):
    for day in (1, 2, 3):
        publish(begin(text.dated.replace("2 May", f"{day} May").replace("Alma", f"Alma {day}")))
    first = Briefing.objects.get(dated_on=date(2025, 5, 1))
    save(first, title="A working title")
    html = browse().get("/briefings/the-river-alma-2-runs-dry/").content.decode()

    links = re.findall(r'rel="(prev|next)" href="([^"]+)"><span>[^<]+</span> ([^<]+)<', html)
    assert links == [
        ("prev", "/briefings/the-river-alma-1-runs-dry/", "The River Alma 1 Runs Dry"),
        ("next", "/briefings/the-river-alma-3-runs-dry/", "The River Alma 3 Runs Dry"),
    ]


def test_the_card_for_whoever_links_to_it(begin, publish, save, browse, picture):
    from briefings.services.images import encode

    briefing = save(begin(), picture=encode(picture()), image_alt='A "lock" & a gate', title='The "Alma" & <its> lock')
    edition = publish(briefing)
    html = browse().get(ADDRESS).content.decode()
    card = dict(
        re.findall(r'<meta (?:name|property)="((?:og|twitter|article):[^"]+|description)" content="([^"]*)">', html)
    )

    assert card == {
        "description": "The river is at its lowest since 1990.",
        "og:type": "article",
        "og:site_name": "The Hindsight desk",
        "og:title": "The &quot;Alma&quot; &amp; &lt;its&gt; lock",
        "og:description": "The river is at its lowest since 1990.",
        "og:url": f"http://testserver{ADDRESS}",
        "article:published_time": "2025-05-02",
        "article:modified_time": "2025-06-02T12:00:00+00:00",
        "twitter:card": "summary_large_image",
        "og:image": f"http://testserver{edition.image.get_absolute_url()}",
        "og:image:alt": "A &quot;lock&quot; &amp; a gate",
        "og:image:width": "30",
        "og:image:height": "20",
    }
    assert html.count(f'<link rel="canonical" href="http://testserver{ADDRESS}">') == 1


# --- Editions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_editions(begin, publish, save, text, now):
    first = publish(begin())
    markdown = first.markdown.replace("three summers", "four summers").replace(f"- {text.lock}\n", "")
    save(Briefing.objects.get(), title="The Alma Is Dry", markdown=markdown)
    return first, publish(first.briefing, at=now + timedelta(days=1), note="It was four <summers>.")


def test_the_newest_edition_is_the_page_and_says_what_has_changed(two_editions, browse, text):
    page = words(browse().get(ADDRESS))

    assert [page.count(each) for each in ("The Alma Is Dry", "four summers.", "three summers", text.lock)] == [
        1,
        1,
        0,
        0,
    ]
    assert page.count("What has changed 3 June 2025: It was four &lt;summers&gt;.") == 1
    assert page.count("Published 2 May 2025 Updated 3 June 2025 Editions 2 1") == 1
    assert page.count("kept as it was") == 0


def test_an_old_edition_stays_at_its_address_as_it_was(two_editions, browse, text):
    first, second = two_editions
    page = words(browse().get(first.get_absolute_url()))

    assert [page.count(each) for each in ("The River Alma Runs Dry", "three summers", text.lock)] == [1, 1, 1]
    assert page.count("This is edition 1, kept as it was. Read the newest one") == 1
    assert page.count("What has changed") == 0
    assert words(browse().get(second.get_absolute_url())).count("kept as it was") == 0


def test_a_minor_change_is_not_announced(begin, publish, save, browse):
    publish(begin())
    save(Briefing.objects.get(), byline="Dana Reed and Sam Hill")
    publish(Briefing.objects.get(), weight="minor", note="A name was added.")

    assert words(browse().get(ADDRESS)).count("What has changed") == 0


def test_a_withdrawn_page_says_so_and_nothing_else(two_editions, browse, alice, now, text):
    first, _second = two_editions
    publishing.withdraw(Briefing.objects.get(), by=alice, at=now, why="A source was invented.")

    for address in (ADDRESS, first.get_absolute_url()):
        answer = browse().get(address)
        assert (answer.status_code, words(answer).count("This briefing is withdrawn. A source was invented.")) == (
            410,
            1,
        )
        assert words(answer).count("The drought") == 0
    assert words(browse().get("/")).count("Nothing is published yet") == 1


# --- What does not leak ---------------------------------------------------------------------------------------------


def test_nothing_of_a_draft_is_public(begin, browse):
    briefing = begin()

    assert [browse().get(address).status_code for address in (ADDRESS, f"{ADDRESS}editions/1/")] == [404, 404]
    assert words(browse().get("/")).count(briefing.title) == 0


SECRETS = ("A working title", "Secret Editor", "Working credit", "Nobody knows this yet")


@pytest.fixture
def working_copy(begin, publish, save):
    """A published page whose working copy has moved on."""
    first = publish(begin())
    title, byline, credit, sentence = SECRETS
    return save(
        Briefing.objects.get(),
        title=title,
        byline=byline,
        image_credit=credit,
        markdown=f"{first.markdown}\n{sentence}.\n",
    )


@pytest.mark.parametrize(
    "address", ["/", "/?format=csv", ADDRESS, f"{ADDRESS}editions/1/", "/briefings/feed/", "/sitemap.xml"]
)
@pytest.mark.usefixtures("working_copy")
def test_the_working_copy_stays_on_the_desk(browse, address):
    answer = browse().get(address)
    html = b"".join(answer).decode()

    assert [secret for secret in SECRETS if secret in html] == []


@pytest.mark.usefixtures("working_copy")
def test_searching_does_not_tell_what_the_working_copy_says(browse):
    assert words(browse().get("/?q=working")).count("Nothing fits this filter") == 1
    assert words(browse().get("/?q=alma")).count("The River Alma Runs Dry") == 1


@pytest.fixture
def secrets(begin, publish, browse, alice, bob, person, text, now, bring_in):
    """A published page, and round it everything that is internal."""
    briefing = begin()
    ferry = Forecast.objects.get(statement=text.ferry)
    Forecast.objects.filter(pk=ferry.pk).update(visibility="internal", event="INTERNAL EVENT")
    publish(briefing)
    lock = Forecast.objects.get(statement=text.lock)
    judge(lock, chance=Chance(probability=0.8731, rationale="PERSONAL RATIONALE"), by=bob, at=now + timedelta(hours=1))
    courier = people.named("The Courier of Elsewhere", by=bob, kind="outlet")
    type(courier).objects.filter(pk=courier.pk).update(reliability="E")
    article = bring_in(
        "The Courier Says\n\nOTHER PUBLISHERS TEXT stands here, and it is long enough to be one.\n", source=courier
    )
    officials = people.named("Harbour officials", by=bob)
    type(officials).objects.filter(pk=officials.pk).update(reliability="D")
    counted = Claim.objects.filter(speaker=officials).get()
    record_claim(
        NewClaim(article=article, quote="OTHER PUBLISHERS TEXT", series=counted.series, speaker=courier,
                 figure=Figure(as_written="UNPUBLISHED FIGURE", value_point=7)),
        by=bob,
    )  # fmt: skip
    grade(text.lock, person("gunhild", "analyst"), now=now, articles=[article])
    return (
        "INTERNAL EVENT", ferry.reference, "87.31", "PERSONAL RATIONALE", "Courier", "OTHER PUBLISHERS", "UNPUBLISHED", "Gunhild",
        "not usually reliable", "Bob", "Alice", "example.org", "criteria",
    )  # fmt: skip


def test_nothing_internal_leaks(secrets, browse):
    for address in (ADDRESS, f"{ADDRESS}editions/1/", "/", "/briefings/feed/"):
        html = browse().get(address).content.decode()
        assert [secret for secret in secrets if secret in html] == [], address


def test_the_desk_sees_the_page_that_everybody_sees(secrets, browse, bob):
    def article(client):
        return re.search(r"<article.*</article>", client.get(ADDRESS).content.decode(), re.DOTALL)[0]

    assert article(browse(bob)) == article(browse())


def test_a_claim_that_was_taken_back_is_gone(begin, publish, browse, bob, now):
    from claims.services.recording import retract_claim

    publish(begin())
    retract_claim(Claim.objects.get(speaker__name="rail union"), by=bob, why="Misread.", at=now)
    page = words(browse().get(ADDRESS))

    assert (page.count("Harbour officials up") + page.count("about 1,200"), page.count("times apart")) == (0, 0)


@pytest.mark.parametrize("field", ["title", "byline", "image_alt", "image_credit", "image_licence", "note", "why"])
def test_what_editors_type_is_text_everywhere(begin, publish, save, browse, alice, picture, now, field):
    from briefings.services.images import encode

    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
    briefing = publish(begin()).briefing
    drafted = {"image_alt": "x", "picture": encode(picture())} | (
        {field: hostile} if field not in {"note", "why"} else {}
    )
    save(Briefing.objects.get(), **drafted)
    publish(briefing, note=hostile if field == "note" else "x")
    if field == "why":
        publishing.withdraw(briefing, by=alice, at=now, why=hostile)

    for address in (ADDRESS, "/", "/briefings/feed/"):
        html = browse().get(address).content.decode()
        assert re.findall(r"<script>|<img src=x|onerror=alert\(1\)>\"'", html) == []


# --- What it costs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(begin, publish, browse, text, django_assert_num_queries, count):
    for number in range(count):
        publish(begin(text.undated.replace("Alma", f"Alma {number}"), topics=[f"River {number}"]))
    client = browse()

    with django_assert_num_queries(3):  # rows, count, topics to choose from
        answer = client.get("/")
    assert len(answer.context["rows"]) == count


def long(text, forecasts, figures):
    """The sample text with that many of each."""
    return text.replace("The drought", " ".join(
        f"Officials of Port {number} said that {number}00 workers were displaced." for number in range(2, figures + 1)
    ) + " The drought").replace(
        "- The lock", "".join(f"- Town {number} is likely to flood.\n" for number in range(2, forecasts + 1)) + "- The lock"
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 6])
def test_a_page_costs_the_same_for_one_record_and_for_six(
    begin, publish, browse, person, text, now, django_assert_num_queries, count
):
    publish(begin(long(text.dated, count, count)))
    greta = person("greta", "analyst")
    for forecast in Forecast.objects.filter(statement__startswith="Town"):
        grade(forecast.statement, greta, now=now)
    grade(text.lock, greta, now=now)
    client = browse()

    with django_assert_num_queries(13):
        answer = client.get(ADDRESS)
    shown = answer.context["page"]
    assert sum(len(group.items) for group in shown.groups) == count + 2
    assert sum(len(figures.claims) for figures in shown.figures) == count + 1


def test_the_number_of_editions_does_not_cost_either(two_editions, browse, django_assert_num_queries):
    client = browse()

    with django_assert_num_queries(10):  # nothing is graded here
        client.get(ADDRESS)


def test_the_list_downloads_as_csv(begin, publish, browse, text):
    publish(begin(text.dated.replace("The River", "=The River")))
    lines = b"".join(browse().get("/?format=csv")).decode().split("\r\n")

    assert lines == [
        "date,title,byline,editions,address",
        "2025-05-02,'=The River Alma Runs Dry,Dana Reed,1,/briefings/the-river-alma-runs-dry/",
        "",
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?q=beta", 1),
        ("?topic=rivers", 1),
        ("?dated_after=2025-05-03", 0),
        ("?dated_before=2025-05-02", 2),
        ("?dated_after=x", 0),
    ],
)
def test_the_list_can_be_narrowed(begin, publish, browse, text, query, count):
    publish(begin(topics=["Rivers"]))
    publish(begin(text.dated.replace("Alma", "Beta")))

    assert len(browse().get(f"/{query}").context["rows"]) == count


def test_addresses_that_lead_nowhere(browse, begin, publish):
    publish(begin())

    for address in (f"{ADDRESS}editions/2/", f"{ADDRESS}editions/99999999999999999999/", "/briefings/none/"):
        assert browse().get(address).status_code == 404


def test_clarifications_stand_beside_their_forecast_dated_and_signed(begin, publish, browse, alice, bob, now, text):
    from forecasts.services.clarifying import clarify

    edition = publish(begin())
    forecast = Forecast.objects.get(statement=text.lock)
    clarify(forecast, text="The lock is the upper one.", by=bob, at=now)
    clarify(forecast, text="Reopening is for ships.", by=alice, at=now + timedelta(days=1))

    page = words(browse().get(edition.get_absolute_url()))
    assert "Clarified 2 June 2025 UTC, Bob: The lock is the upper one." in page
    assert "Clarified 3 June 2025 UTC, Alice: Reopening is for ships." in page
    assert page.index("upper one") < page.index("for ships") < page.index("ferry stops for a week")


def test_a_correction_stands_beside_its_forecast_and_on_top_of_the_page(begin, publish, browse, alice, bob, now, text):
    from forecasts.services import correcting

    edition = publish(begin())
    forecast = Forecast.objects.get(statement=text.lock)
    old, new = forecast.closes_on, forecast.closes_on + timedelta(days=1)
    proposed = correcting.propose(forecast, changes={"closes_on": new}, by=bob, why="misread", at=now)
    assert "Corrected" not in words(browse().get(edition.get_absolute_url()))
    correcting.confirm(proposed[0], by=alice, at=now)

    page = words(browse().get(edition.get_absolute_url()))
    assert f"Corrected on 2 June 2025 UTC: {forecast.reference}" in page
    assert f"Corrected 2 June 2025 UTC: closes on {day_text(old)} → {day_text(new)}" in page
