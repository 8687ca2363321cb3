"""The scripts of the desk in a browser: keys, rows, undo, theme and dialog. Without them every page works too."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from tests.plugins.browser import SCHEMES

STATIC = Path(project.BASE_DIR, "static")
DESK = """
{% extends "desk.html" %}
{% block title %}Queue{% endblock %}
{% block heading %}Queue{% endblock %}
{% block content %}
  {% if request.GET.undo %}
    {% include "components/undo.html" with undo_url="/undo/" text="F-1 was graded." %}
  {% endif %}
  <form class="filter-bar"><label for="q">Words</label><input id="q" name="q"></form>
  <button type="button" data-key="s" data-says="page">Snooze</button>
  <a href="/log/" data-key="c">Log a forecast</a>
  <ol class="rows">
    {% for ref in "123" %}
      <li>
        <details class="row" data-row id="row-{{ ref }}">
          <summary><span class="row-ref">F-{{ ref }}</span></summary>
          <button type="button" data-key="s" data-says="F-{{ ref }}">Snooze</button>
        </details>
      </li>
    {% endfor %}
  </ol>
  <output id="said"></output>
{% endblock %}
{% block scripts %}<script type="module" src="/said.js"></script>{% endblock %}
"""
SAID = """
document.addEventListener("click", ({ target }) => {
  if (target.dataset.says) document.getElementById("said").textContent = target.dataset.says;
});
"""


# What each element looks like, with one word in place of every colour.
WITHOUT_COLOURS = r"""() => [...document.querySelectorAll("*")].map(node =>
    Array.from(getComputedStyle(node), name => [name, getComputedStyle(node).getPropertyValue(name)])
        .filter(([name]) => name !== "color-scheme" && !name.startsWith("--"))
        .map(([name, value]) => `${name}: ${value.replace(/\b(rgba?|color|oklab|lab)\([^()]*\)/g, "a colour")}`)
        .join("; "))"""


@login_not_required
def desk(request):
    return HttpResponse(engines["django"].from_string(DESK).render({}, request))


@login_not_required
def said(request):
    return HttpResponse(SAID, content_type="text/javascript")


@login_not_required
def log(request):
    return HttpResponse("<title>Log</title><h1>Log a forecast</h1>")


urlpatterns = [path("desk/", desk), path("log/", log), path("said.js", said)]


@pytest.fixture
def desk_page(live_server, settings, page):
    settings.ROOT_URLCONF = __name__
    page.clock.install()
    page.goto("/desk/", wait_until="load")
    return page


def focused(page):
    return page.evaluate("document.activeElement.closest('[data-row]')?.id ?? document.activeElement.tagName")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_j_and_k_walk_the_rows_and_stop_at_the_ends(desk_page):
    places = []
    for key in "jjjjkkkk":
        press(desk_page, key)
        places.append(focused(desk_page))

    assert places == ["row-1", "row-2", "row-3", "row-3", "row-2", "row-1", "row-1", "row-1"]


def test_enter_opens_the_row_at_hand(desk_page):
    press(desk_page, "j", "j", "Enter")

    assert desk_page.evaluate("[...document.querySelectorAll('[data-row]')].map((row) => row.open)") == [
        False,
        True,
        False,
    ]


def test_a_key_means_the_row_at_hand_before_the_page(desk_page):
    press(desk_page, "s")
    without_row = desk_page.inner_text("#said")
    press(desk_page, "j", "j", "Enter", "s")

    assert (without_row, desk_page.inner_text("#said")) == ("page", "F-2")


def test_keys_rest_while_one_types(desk_page):
    press(desk_page, "/", "j", "s", "c")

    assert desk_page.input_value("#q") == "jsc"
    assert desk_page.inner_text("#said") == ""


def test_keys_with_a_modifier_are_the_browsers(desk_page):
    press(desk_page, "Alt+s", "Control+j")

    assert (desk_page.inner_text("#said"), focused(desk_page)) == ("", "BODY")


def test_single_keys_that_are_turned_off_do_nothing(desk_page):
    desk_page.evaluate("document.body.dataset.keys = 'off'")
    press(desk_page, "j", "s", "?")

    assert (desk_page.inner_text("#said"), focused(desk_page)) == ("", "BODY")
    assert desk_page.locator("#key-help").is_visible() is False


def test_c_logs_a_forecast_from_anywhere(desk_page):
    press(desk_page, "c")
    desk_page.wait_for_url("**/log/")

    assert desk_page.inner_text("h1") == "Log a forecast"


def test_the_question_mark_shows_the_keys_and_escape_leads_back(desk_page):
    press(desk_page, "j", "?")
    shown = desk_page.locator("#key-help").is_visible()
    press(desk_page, "Escape")

    assert (shown, desk_page.locator("#key-help").is_visible(), focused(desk_page)) == (True, False, "row-1")


def test_undo_is_offered_for_ten_seconds_and_says_so_when_it_is_over(desk_page):
    desk_page.goto("/desk/?undo=1")
    undo = desk_page.get_by_role("button", name="Undo")
    undo.focus()
    desk_page.clock.run_for(9_000)
    assert desk_page.inner_text(".undo-left") == "1"
    desk_page.clock.run_for(1_500)

    assert undo.count() == 0
    assert desk_page.inner_text("#announce") == "The time to undo is over."
    assert desk_page.evaluate("document.activeElement.id") == "main"


def test_a_chosen_theme_outlives_the_page(live_server, settings, page):
    settings.ROOT_URLCONF = "config.urls"
    page.goto("/no-such-page/")
    toggle = page.locator("[data-theme-toggle]")
    labels = [toggle.inner_text()]
    for _ in range(2):
        toggle.click()
        labels.append(toggle.inner_text())
    page.reload()

    assert labels == ["Theme: as the system", "Theme: light", "Theme: dark"]
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert toggle.inner_text() == "Theme: dark"


def test_a_theme_changes_colours_alone(desk_page):
    press(desk_page, "j", "Enter")
    looks, papers = [], []
    for scheme in SCHEMES:
        desk_page.emulate_media(color_scheme=scheme)
        looks.append(desk_page.evaluate(WITHOUT_COLOURS))
        papers.append(desk_page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert looks[0] == looks[1]
    assert papers[0] != papers[1]


def test_nothing_but_colours_asks_for_the_theme():
    styles = "\n".join(path.read_text() for path in sorted(STATIC.glob("css/*.css")))
    scripts = "\n".join(path.read_text() for path in sorted(STATIC.glob("js/*.js")))

    assert "prefers-color-scheme" not in styles + scripts
    told = re.findall(r"\[data-theme\b[^{]*\{([^}]*)\}", styles)
    assert [each.strip() for each in told] == ["color-scheme: light;", "color-scheme: dark;"]


def test_the_shell_looks_right(desk_page, looks_right):
    press(desk_page, "j", "Enter")

    looks_right(desk_page)
