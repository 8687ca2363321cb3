"""What finds the publication without a reader: the feed, the sitemap, robots.txt."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from briefings.models import Briefing
from briefings.services import publishing

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://hindsight.example"


def read(client, **headers):
    answer = client.get("/briefings/feed/", **headers)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def texts(node, *names):
    return tuple(node.findtext(f"{ATOM}{name}") for name in names)


def test_the_feed_says_what_is_published(begin, publish, browse, now):
    publish(begin())
    feed = read(browse())
    (entry,) = feed.findall(f"{ATOM}entry")

    assert texts(feed, "title", "subtitle", "id", "updated") == (
        "The Hindsight desk",
        "What we said was likely, and how it turned out.",
        "https://hindsight.example/briefings/feed/",
        "2025-06-02T12:00:00+00:00",
    )
    assert [(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")] == [
        ("alternate", "http://testserver/"), ("self", "http://testserver/briefings/feed/"),
    ]  # fmt: skip
    assert texts(entry, "title", "id", "published", "updated", "summary") == (
        "The River Alma Runs Dry",
        "https://hindsight.example/briefings/the-river-alma-runs-dry/",
        "2025-05-02T00:00:00+00:00",
        "2025-06-02T12:00:00+00:00",
        "<ul><li>The river is at its lowest since 1990.</li><li>Ships wait at the lock.</li></ul>",
    )
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/briefings/the-river-alma-runs-dry/"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Dana Reed"


def test_a_new_edition_updates_its_entry_and_keeps_its_id(begin, publish, save, browse, now):
    briefing = publish(begin()).briefing
    before = read(browse()).findtext(f"{ATOM}entry/{ATOM}id")
    save(
        Briefing.objects.get(), title="The Alma & its <lock>", markdown=briefing.markdown.replace("is at", "**was** at")
    )
    publish(briefing, at=now + timedelta(days=3))
    (entry,) = read(browse(), headers={"host": "localhost"}).findall(f"{ATOM}entry")

    assert texts(entry, "id", "title", "updated") == (before, "The Alma & its <lock>", "2025-06-05T12:00:00+00:00")
    assert "<li>The river <strong>was</strong> at its lowest since 1990.</li>" in entry.findtext(f"{ATOM}summary")


def test_drafts_and_withdrawn_briefings_are_in_neither(begin, publish, save, browse, alice, text, now):
    begin(text.undated.replace("Alma", "Beta"))
    gone = publish(begin(text.undated.replace("Alma", "Gamma"))).briefing
    publishing.withdraw(gone, by=alice, at=now, why="It was wrong.")
    shown = publish(begin()).briefing
    save(Briefing.objects.get(pk=shown.pk), title="A working title")

    assert [entry.findtext(f"{ATOM}title") for entry in read(browse()).findall(f"{ATOM}entry")] == [
        "The River Alma Runs Dry"
    ]
    sitemap = ElementTree.fromstring(browse().get("/sitemap.xml").content)
    assert [url.text for url in sitemap.iter(f"{SITEMAP}loc")] == [
        "http://testserver/briefings/the-river-alma-runs-dry/"
    ]
    assert [day.text for day in sitemap.iter(f"{SITEMAP}lastmod")] == ["2025-06-02"]


def test_an_empty_feed_is_a_feed(browse, db):
    assert read(browse()).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("address", ["/briefings/feed/", "/sitemap.xml"])
@pytest.mark.parametrize("count", [1, 3])
def test_they_cost_what_they_cost(begin, publish, browse, text, django_assert_num_queries, address, count):
    for number in range(count):
        publish(begin(text.undated.replace("Alma", f"Alma {number}")))
    client = browse()

    with django_assert_num_queries(1 if "feed" in address else 2):
        client.get(address)


def test_robots_stay_out_of_the_desk(browse, db):
    answer = browse().get("/robots.txt")

    assert (answer["Content-Type"], answer.content.decode().split("\n")) == (
        "text/plain; charset=utf-8",
        [
            "User-agent: *",
            "Disallow: /desk/",
            "Disallow: /account/",
            "Disallow: /admin/",
            "",
            "Sitemap: http://testserver/sitemap.xml",
            "",
        ],
    )


def test_pages_lead_to_the_feed(begin, publish, browse):
    publish(begin())
    link = '<link rel="alternate" type="application/atom+xml" title="The Hindsight desk" href="/briefings/feed/">'

    for address in ("/", "/briefings/the-river-alma-runs-dry/"):
        assert browse().get(address).content.decode().count(link) == 1
