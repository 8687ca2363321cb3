"""The editors' pages, without a script."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from briefings.models import Briefing, Edition, Image
from briefings.services import publishing
from sources.services import people


def words(answer):
    return " ".join(strip_tags(answer.content.decode().partition("<body")[2].partition(">")[2]).split())


def address(briefing, page=""):
    return f"/desk/briefings/{briefing.pk}/{page}"


def filled(briefing, **changes):
    names = ("title", "byline", "slug", "markdown", "image_alt", "image_credit", "image_licence", "version")
    return {name: getattr(briefing, name) for name in names} | changes


@pytest.fixture
def client(alice, browse):
    """Alice's, the editor."""
    return browse(alice)


def test_beginning_leads_to_the_text(bring_in, client):
    article = bring_in()
    answer = client.post(f"/desk/articles/{article.reference}/briefing/")

    assert answer["Location"] == address(Briefing.objects.get())


def test_beginning_on_anothers_text_says_why_not(bring_in, client, bob):
    article = bring_in(source=people.named("The Courier", by=bob))
    answer = client.post(f"/desk/articles/{article.reference}/briefing/", follow=True)

    assert words(answer).count("This text is another publisher’s. The desk publishes its own.") == 1
    assert Briefing.objects.count() == 0


@pytest.mark.parametrize("page", ["", "preview/"])
def test_analysts_and_strangers_do_not_edit(begin, browse, bob, page):
    where = address(begin(), page)

    assert [browse(bob).get(where).status_code, browse().get(where).status_code] == [403, 302]


@pytest.mark.parametrize("act", ["publish/", "withdraw/"])
def test_analysts_and_strangers_neither_publish_nor_withdraw(begin, browse, bob, act):
    briefing = begin()
    statuses = [
        browse(user).post(address(briefing, act), {"version": 1, "why": "x"}).status_code for user in (bob, None)
    ]

    assert (statuses, Briefing.objects.get().state) == ([403, 302], "draft")


def test_acts_are_posts(begin, client):
    briefing = begin()

    assert [client.get(address(briefing, act)).status_code for act in ("publish/", "withdraw/")] == [405, 405]


def test_saving_leads_to_the_preview(begin, client, picture):
    briefing = begin()
    upload = SimpleUploadedFile("x.exe", picture("JPEG"), content_type="application/pdf")
    answer = client.post(address(briefing), filled(briefing, title="New", image_file=upload, image_alt="A lock"))

    assert answer["Location"] == address(briefing, "preview/")
    saved = Briefing.objects.get()
    assert (saved.title, saved.version, saved.image.media_type) == ("New", 2, "image/webp")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": ["This field is required."]}),
        ({"slug": "a b"}, {"slug": ["Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."]}),
        ({"slug": "images"}, {"slug": ["Another page has this address."]}),
        ({"markdown": ""}, {"markdown": ["This field is required."]}),
        ({"title": "x" * 301}, {"title": ["Ensure this value has at most 300 characters (it has 301)."]}),
        (
            {"image_file": SimpleUploadedFile("lock.png", b"<svg onload=alert(1)>")},
            {"image_file": ["This is no JPEG, PNG or WebP image that can be read."]},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(begin, client, changes, errors):
    briefing = begin()
    answer = client.post(address(briefing), filled(briefing, **{"byline": "Typed before", **changes}))

    assert answer.context["form"].errors == errors
    assert answer.content.decode().count('value="Typed before"') == 1
    assert (Briefing.objects.get().version, Image.objects.count()) == (1, 0)


def test_whoever_saves_second_sees_both_texts(begin, save, client):
    briefing = begin()
    save(briefing, title="Theirs", markdown="Their words.")
    answer = client.post(address(briefing), filled(briefing, title="Mine", markdown="My words."))
    html = answer.content.decode()

    assert words(answer).count("Somebody else has saved this briefing meanwhile.") == 1
    assert re.findall(r'<pre class="theirs" tabindex="0">([^<]*)</pre>', html) == ["Their words.\n"]
    assert re.findall(r'name="version" value="(\d+)"', html) == ["2"]
    assert (Briefing.objects.get().title, answer.context["form"]["title"].value()) == ("Theirs", "Mine")

    client.post(address(briefing), filled(briefing, title="Both", markdown="All words.", version=2))
    assert Briefing.objects.get().title == "Both"


def test_the_preview_says_what_publishing_does(begin, client):
    page = words(client.get(address(begin(), "preview/")))

    assert page.count("Nothing of this is public yet.") == 1
    assert page.count("Day it bears2 May 2025 Forecasts it carries3 Figures it carries2") == 1
    assert page.count("unlikely, 25–35") == 1
    assert page.count("This change is") == 0


def test_the_preview_warns_of_what_is_not_carried(begin, publish, save, client, text):
    first = publish(begin())
    changed = first.markdown.replace(text.lock, "The mill is likely to close.")
    page = words(client.get(address(save(Briefing.objects.get(), markdown=changed), "preview/")))

    assert page.count("Edition 1 is out. This would be the next one.") == 1
    assert page.count("1 find in the text is not confirmed and would not be carried.") == 1
    assert page.count(f"{text.lock} The desk’s line on it ends; it stays due.") == 1


def test_the_preview_of_what_is_out_offers_no_button(begin, publish, client):
    answer = client.get(address(publish(begin()).briefing, "preview/"))

    assert words(answer).count("Edition 1 says just this.") == 1
    assert answer.content.decode().count("/publish/") == 0


def test_the_preview_has_advice_on_the_wording_and_publishes_all_the_same(begin, save, client, text):
    hedged = "There is a realistic possibility that the *lock* could reopen."
    briefing = save(begin(), markdown=text.dated.replace(text.lock, hedged))
    answer = client.get(address(briefing, "preview/"))

    assert [each.html for each in answer.context["worded"]] == [
        "There is a realistic possibility that the <em>lock</em> could reopen."
    ]
    assert (
        words(answer).count("1 forecast could be worded better Advice alone: it keeps nothing from being published.")
        == 1
    )
    assert (
        words(answer).count("hedged twice “realistic possibility” says already how likely it is. Leave out “could”")
        == 1
    )
    client.post(address(briefing, "publish/"), {"version": briefing.version})
    assert Edition.objects.count() == 1


def test_a_text_that_is_worded_well_gets_no_advice(begin, client):
    answer = client.get(address(begin(), "preview/"))

    assert answer.context["worded"] == []
    assert words(answer).count("worded better") == 0


def test_publishing_leads_to_the_page(begin, client):
    briefing = begin()
    answer = client.post(address(briefing, "publish/"), {"version": 1}, follow=True)

    assert answer.redirect_chain == [("/briefings/the-river-alma-runs-dry/", 302)]
    assert words(answer).count("Edition 1 is published.") == 1


def test_a_major_change_without_a_note_is_asked_for_one(begin, publish, save, client):
    publish(begin())
    briefing = save(Briefing.objects.get(), title="New")
    form = {"version": briefing.version, "weight": "major", "note": ""}
    answer = client.post(address(briefing, "publish/"), form)
    client.post(address(briefing, "publish/"), form | {"note": "A new title."})

    assert answer.context["form"].errors == {"note": ["Tell readers what has changed."]}
    assert list(Edition.objects.order_by("number").values_list("note", flat=True)) == ["", "A new title."]


@pytest.mark.parametrize("version", ["1", "x", ""])
def test_publishing_an_old_version_is_refused(begin, save, client, version):
    briefing = save(begin(), title="New")
    answer = client.post(address(briefing, "publish/"), {"version": version})

    assert answer.context["form"].is_valid() is False
    assert Edition.objects.count() == 0


def test_withdrawing_asks_why(begin, publish, client):
    briefing = publish(begin()).briefing
    asked = client.post(address(briefing, "withdraw/"), {"why": " "})
    done = client.post(address(briefing, "withdraw/"), {"why": "It was wrong."}, follow=True)

    assert asked.context["withdraw_form"].errors == {"why": ["This field is required."]}
    assert words(done).count("It is withdrawn; its address says so.") == 1
    assert Briefing.objects.get().state == "withdrawn"


def test_the_list_shows_drafts_and_what_is_out(begin, publish, save, client, text):
    publish(begin())
    save(Briefing.objects.get(), title="A working title")
    begin(text.undated.replace("Alma", "Beta"))
    page = words(client.get("/desk/briefings/"))

    assert page.count("A working title published 2 May 2025 1 of The River Alma Runs Dry, 2 June 2025 Alice") == 1
    assert page.count("The River Beta Runs Dry draft – – Alice") == 1


@pytest.mark.parametrize(
    ("query", "count"), [("?q=working", 1), ("?q=runs", 2), ("?state=draft", 1), ("?state=published", 1)]
)
def test_the_desk_searches_working_titles_too(begin, publish, save, client, text, query, count):
    publish(begin())
    save(Briefing.objects.get(), title="A working title")
    begin(text.undated.replace("Alma", "Beta"))

    assert len(client.get(f"/desk/briefings/{query}").context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(begin, publish, client, text, django_assert_num_queries, count):
    for number in range(count):
        publish(begin(text.undated.replace("Alma", f"Alma {number}")))
    client.get("/desk/briefings/")

    with django_assert_num_queries(7):  # session, user, sweep, topics, rows, count, newest editions
        client.get("/desk/briefings/")


@pytest.mark.parametrize("count", [1, 6])
def test_a_preview_costs_the_same_for_one_record_and_for_six(begin, client, text, django_assert_num_queries, count):
    towns = "".join(f"- Town {number} is likely to flood.\n" for number in range(count))
    briefing = begin(text.undated.replace("- The lock", f"{towns}- The lock"))
    client.get(address(briefing, "preview/"))

    with django_assert_num_queries(14):
        client.get(address(briefing, "preview/"))


def test_the_button_stands_on_the_desks_own_texts_for_editors(bring_in, alice, bob, rf):
    from django.template.loader import render_to_string

    own = bring_in()
    others = bring_in(
        "The Courier Says\n\nAnother text stands here, and it is long enough.\n",
        source=people.named("The Courier", by=bob),
    )

    def button(user, article):
        return render_to_string("briefings/_begin_button.html", {"user": user, "article": article}, rf.get("/")).count(
            "<button"
        )

    assert [button(alice, own), button(bob, own), button(alice, others)] == [1, 0, 0]


def test_a_withdrawn_briefing_offers_no_second_withdrawal(begin, publish, alice, client, now):
    briefing = publish(begin()).briefing
    publishing.withdraw(briefing, by=alice, at=now, why="It was wrong.")

    assert client.get(address(briefing)).content.decode().count("/withdraw/") == 0
