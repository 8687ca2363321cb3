"""The pages in Chromium: both widths, both themes, empty, full and with long names; by keyboard; on paper."""

import pytest

from briefings.models import Briefing
from briefings.services import publishing
from briefings.services.images import encode
from forecasts.models import Forecast
from forecasts.services import grading

ADDRESS = "/briefings/the-river-alma-runs-dry/"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def full(begin, publish, save, picture, person, text, now):
    """Two editions with an image, long names, an outcome, and a second briefing beside it."""
    publish(begin(text.dated.replace("2 May", "1 May").replace("Alma", f"Beta {LONG}")))
    briefing = save(
        begin(),
        picture=encode(picture(size=(1600, 900))),
        image_alt="A lock",
        image_credit="A. Person",
        image_licence="CC0",
    )
    first = publish(briefing)
    lock = Forecast.objects.filter(statement=text.lock).order_by("-pk")[0]
    Forecast.objects.filter(pk=lock.pk, triage="needs_criteria").update(observable="Ships pass.")
    verdict = grading.Verdict(
        outcome="occurred", known_on=now.date(), rationale=f"{LONG} said so.", urls=[f"https://news.example/{LONG}"]
    )
    grading.grade(lock, verdict=verdict, by=person("greta", "analyst"), at=now)
    body = first.markdown.replace(
        "The drought", f"## {LONG}\n\n| a | b |\n|---|---|\n| {LONG} | {LONG} |\n\nThe drought"
    )
    save(
        Briefing.objects.get(pk=briefing.pk), title=f"The River {LONG}", byline=f"Dana {LONG}, Sam Hill", markdown=body
    )
    publish(briefing, note=f"It is the {LONG}.")
    return Briefing.objects.get(pk=briefing.pk)


@pytest.mark.parametrize("address", ["/", ADDRESS, f"{ADDRESS}editions/1/"])
@pytest.mark.usefixtures("full")
def test_public_pages_look_right(page, live_server, looks_right, address):
    page.goto(address)

    looks_right(page)


def test_a_withdrawn_page_looks_right(full, alice, now, page, live_server, looks_right):
    publishing.withdraw(full, by=alice, at=now, why=f"{LONG} was wrong.")
    page.goto(ADDRESS)

    looks_right(page)


def test_the_empty_list_looks_right(transaction_database, page, live_server, looks_right):
    page.goto("/")

    looks_right(page)


@pytest.mark.parametrize("where", ["/desk/briefings/", "/desk/briefings/{}/", "/desk/briefings/{}/preview/"])
def test_the_editors_pages_look_right(full, alice, page, live_server, sign_in, looks_right, where):
    sign_in(alice)
    page.goto(where.format(full.pk))

    looks_right(page)


def test_advice_on_the_wording_looks_right(begin, save, text, alice, page, live_server, sign_in, looks_right):
    hedged = f"It is very likely that the {LONG} could see significant changes."
    briefing = save(begin(), markdown=text.dated.replace(text.lock, hedged).replace(text.rail, f"The {LONG} may burn."))
    sign_in(alice)
    page.goto(f"/desk/briefings/{briefing.pk}/preview/")
    page.get_by_text("2 forecasts could be worded better").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Leave out “could”").wait_for()

    looks_right(page)


def test_an_address_with_a_forecast_points_at_it(full, page, live_server, text):
    lock = Forecast.objects.filter(statement=text.lock).order_by("-pk")[0]
    page.goto(f"{ADDRESS}#{lock.reference}")
    marked = page.locator(":target")

    assert marked.get_attribute("id") == lock.reference
    plum = page.evaluate("getComputedStyle(document.querySelector(':target')).borderInlineStartColor")
    assert plum == "rgb(128, 22, 80)"


def test_an_editor_publishes_by_keyboard_without_a_script(begin, alice, browser, new_context, live_server, browse):
    briefing = begin()
    context = new_context(java_script_enabled=False)
    client = browse(alice)
    cookie = next(iter(client.cookies.values()))
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/briefings/{briefing.pk}/")
    page.get_by_label("Title").fill("The Alma Is Dry")
    page.get_by_label("Title").press("Enter")
    page.get_by_role("button", name="Publish").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ADDRESS}")

    assert page.inner_text("h1") == "The Alma Is Dry"


def test_on_paper_stands_the_publication_alone(full, page, live_server):
    page.goto(ADDRESS)
    page.emulate_media(media="print")
    shown = [
        each
        for each in (".public-nav", ".prev-next", ".public-footer", ".publication", ".forecast-list")
        if page.locator(each).first.is_visible()
    ]

    assert shown == [".publication", ".forecast-list"]
