"""The working copy: begun from an article, saved by one editor at a time."""

import pytest
from django.db import IntegrityError, transaction

from briefings.errors import BriefingRefused, Stale
from briefings.models import Briefing
from briefings.services.drafting import begin_briefing
from sources.services import people


def test_a_briefing_begins_with_the_articles_title_byline_and_text(begin):
    briefing = begin()

    assert (briefing.title, briefing.byline, briefing.slug, briefing.state, briefing.dated_on) == (
        "The River Alma Runs Dry", "Dana Reed", "the-river-alma-runs-dry", "draft", None,
    )  # fmt: skip
    assert briefing.markdown.startswith(
        "# The River Alma Runs Dry\n\nDana Reed | 2 May 2025\n\n## Summary\n\n- The river"
    )


def test_beginning_twice_leads_to_the_same_briefing(begin, alice, now):
    briefing = begin()

    assert begin_briefing(briefing.article, by=alice, at=now) == briefing
    assert Briefing.objects.count() == 1


def test_an_article_that_an_edition_published_leads_to_its_briefing(begin, publish, alice, now):
    edition = publish(begin())

    assert begin_briefing(edition.article, by=alice, at=now) == edition.briefing


def test_another_publishers_text_makes_no_briefing(bring_in, alice, bob, now):
    article = bring_in(source=people.named("The Courier", by=bob))

    with pytest.raises(BriefingRefused, match=r"This text is another publisher’s. The desk publishes its own."):
        begin_briefing(article, by=alice, at=now)


def test_a_text_that_is_too_long_for_a_page_makes_no_briefing(bring_in, alice, now, text):
    article = bring_in(text.dated + "\nMore of this is said.\n" * 5_000)

    with pytest.raises(BriefingRefused, match=r"The text is too long for a page: it may have 100 kB."):
        begin_briefing(article, by=alice, at=now)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Feed", "feed-2"),
        ("Images", "images-2"),
        ("Ürümqi – a «report»", "urumqi-a-report"),
        ("朝鮮", "briefing"),
        ("x" * 290, "x" * 100),
        ("../../etc/passwd?<script>", "etcpasswdscript"),
    ],
)
def test_every_title_makes_an_address(bring_in, alice, now, text, title, slug):
    article = bring_in(text.undated, title=title)

    assert begin_briefing(article, by=alice, at=now).slug == slug


def test_a_taken_address_gets_a_number(bring_in, alice, now, text):
    slugs = [
        begin_briefing(bring_in(f"{text.undated}\n{number}. More.\n", title="The River"), by=alice, at=now).slug
        for number in range(1, 4)
    ]

    assert slugs == ["the-river", "the-river-2", "the-river-3"]


def test_long_names_and_credits_fit(begin, text):
    names = ", ".join(f"Nathaniel Featherstonehaugh the {number}th" for number in range(12))
    briefing = begin(
        text.undated.replace("Forecast\n", f"Photo: {'agency ' * 30}, CC-BY 4.0\n\nForecast\n"), byline=names
    )

    assert (len(briefing.byline), briefing.byline) == (300, names[:300])
    assert briefing.image_credit.startswith("Photo: agency agency")


def test_a_saved_copy_counts_its_version(begin, save):
    briefing = save(begin(), title="  The Alma Dries Up ", markdown="# The Alma Dries Up\r\n\r\nIt does so.  \r\n\r\n")

    assert (briefing.version, briefing.title, briefing.markdown) == (
        2, "The Alma Dries Up", "# The Alma Dries Up\n\nIt does so.\n",
    )  # fmt: skip


def test_whoever_saves_second_is_told_and_nothing_is_overwritten(begin, save):
    briefing = begin()
    save(briefing, title="First")

    with pytest.raises(Stale):
        save(briefing, title="Second")
    assert Briefing.objects.get().title == "First"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": " "}, "title", "A briefing needs a title."),
        ({"markdown": "\n "}, "markdown", "There is no text."),
        ({"markdown": "é" * 50_001}, "markdown", "The text is too long for a page: it may have 100 kB."),
        ({"title": "A \x08 bell"}, "title", "There is a control character in it, which no reader would see."),
        ({"byline": "\x1b[31mRed"}, "byline", "There is a control character in it, which no reader would see."),
        ({"slug": ""}, "slug", "An address is made of small letters, digits and hyphens."),
        ({"slug": "A b"}, "slug", "An address is made of small letters, digits and hyphens."),
        ({"slug": "feed"}, "slug", "Another page has this address."),
    ],
)
def test_what_cannot_be_published_is_not_saved(begin, save, changes, field, message):
    with pytest.raises(BriefingRefused) as refused:
        save(begin(), **changes)

    assert (refused.value.field, str(refused.value)) == (field, message)
    assert Briefing.objects.values_list("version", flat=True).get() == 1


def test_an_address_of_another_briefing_is_refused(begin, save, text):
    first = begin()
    second = begin(text.undated.replace("River Alma", "River Beta"))

    with pytest.raises(BriefingRefused) as refused:
        save(second, slug=first.slug)
    assert (refused.value.field, str(refused.value)) == ("slug", "Another briefing has this address.")


def test_a_public_address_stays(begin, save, publish):
    briefing = publish(begin()).briefing

    with pytest.raises(BriefingRefused) as refused:
        save(briefing, slug="elsewhere")
    assert (refused.value.field, str(refused.value)) == ("slug", "Its address is public already and stays.")


def test_an_image_is_described_kept_and_dropped(begin, save, picture):
    from briefings.services.images import encode

    briefing = begin()
    with pytest.raises(BriefingRefused) as refused:
        save(briefing, picture=encode(picture()))
    with_image = save(briefing, picture=encode(picture()), image_alt="A lock")
    kept = save(with_image, title="Other")
    dropped = save(kept, drops_image=True)

    assert refused.value.field == "image_alt"
    assert (with_image.image_id, kept.image_id, dropped.image_id) == (with_image.image_id, with_image.image_id, None)
    assert with_image.image.sha256 != ""


def test_a_refused_save_leaves_no_image_behind(begin, save, picture):
    from briefings.models import Image
    from briefings.services.images import encode

    with pytest.raises(BriefingRefused):
        save(begin(), picture=encode(picture()))
    assert Image.objects.count() == 0


def test_a_published_briefing_bears_a_day_and_a_withdrawn_one_a_reason(begin):
    briefing = begin()

    for state in ("published", "withdrawn"):
        briefing.state = state
        with pytest.raises(IntegrityError), transaction.atomic():
            briefing.save()
