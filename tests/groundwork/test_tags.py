"""The template tags, rendered."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import include, path, reverse

NBSP = "\N{NO-BREAK SPACE}"


def render(source, **context):
    return Template("{% load hindsight %}" + source).render(Context(context))


def page(request):
    raise AssertionError("no test opens it")


urlpatterns = [
    path("", page, name="home"),
    path("desk/", include(([path("queue/", page, name="queue")], "forecasts"))),
]


def test_a_band_without_an_upper_end_says_at_least():
    assert render("{% band low None %}", low=0.2) == f"at least 20{NBSP}%"


def test_a_band_says_that_its_end_does_not_belong_to_it():
    assert render("{% band 0.4 0.5 False True %}") == f"40 to under 50{NBSP}%"


def test_a_probability_of_nought_is_shown_as_a_number():
    assert render("{% probability p %}", p=0.0) == f"0{NBSP}%"


@pytest.mark.parametrize(
    ("address", "shown"), [("ada@example.org", "ada<wbr>@example.org"), ("<b>@x", "&lt;b&gt;<wbr>@x")]
)
def test_an_address_breaks_before_its_at(address, shown):
    assert render("{{ address|breakable }}", address=address) == shown


def test_a_day_is_a_time_element():
    assert render("{% day d %}", d=date(2025, 5, 2)) == '<time datetime="2025-05-02">2 May 2025</time>'


def test_no_day_shows_nothing():
    assert render("{% day d %}{% instant d %}", d=None) == ""


def test_a_moment_falls_on_its_day_in_the_zone_which_is_named():
    moment = datetime(2025, 5, 1, 20, 30, tzinfo=UTC)

    assert render('{% day d tz="Asia/Seoul" %}', d=moment) == (
        '<time datetime="2025-05-02">2 May 2025</time> <span class="zone">Asia/Seoul</span>'
    )


def test_a_moment_is_shown_to_the_minute_with_its_zone():
    html = render("{% instant d %}", d=datetime(2025, 5, 2, 14, 5, 59, tzinfo=UTC))

    assert html == '<time datetime="2025-05-02T14:05:59+00:00">2 May 2025, 14:05 UTC</time>'


@pytest.mark.parametrize(("n", "text"), [(14000, "14,000"), (0, "0"), (999, "999"), (None, "–")])
def test_thousands_stand_apart(n, text):
    assert render("{% number n %}", n=n) == text


def test_an_outcome_is_a_hidden_drawing_and_a_word():
    html = render("{% outcome_mark outcome %}", outcome="did_not_occur")

    assert html.count('<svg class="mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">') == 1
    assert html.count('<span class="outcome-word">did not occur</span>') == 1
    assert html.count("outcome--did_not_occur") == 1


def test_a_mark_without_its_word_still_tells_those_who_cannot_see_it():
    html = render("{% outcome_mark None word=False %}")

    assert html.count('<span class="visually-hidden">open</span>') == 1


def test_the_strip_has_its_sentence_as_its_name():
    html = render(
        "{% horizon_strip opens closes today %}",
        opens=date(2025, 5, 2),
        closes=date(2025, 8, 2),
        today=date(2025, 7, 31),
    )

    assert html.count('role="img" aria-label="2 May 2025 to 2 August 2025; closes in 2 days; open"') == 1
    assert html.count("style=") == 0


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("at", "html"),
    [
        ("/desk/queue/", '<a href="/desk/queue/" class="button" data-key="q" aria-current="page">Queue</a>'),
        ("/desk/queue/overdue/", '<a href="/desk/queue/" class="button" data-key="q" aria-current="page">Queue</a>'),
        ("/desk/", '<a href="/desk/queue/" class="button" data-key="q">Queue</a>'),
    ],
)
def test_a_link_of_the_navigation_knows_where_one_is(at, html):
    source = '{% nav_link "forecasts:queue" "Queue" css_class="button" key="q" %}'

    assert render(source, request=SimpleNamespace(path=at)) == html


@override_settings(ROOT_URLCONF=__name__)
def test_the_home_page_is_not_above_everything():
    assert render('{% nav_link "home" "Home" %}', request=SimpleNamespace(path="/desk/")) == '<a href="/">Home</a>'


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_above_all_others_may_be_current_by_itself_alone():
    source = '{% nav_link "forecasts:queue" "Queue" exact=True %}'
    assert "aria-current" not in render(source, request=SimpleNamespace(path=reverse("forecasts:queue") + "articles/"))
    assert "aria-current" in render(source, request=SimpleNamespace(path=reverse("forecasts:queue")))


@override_settings(ROOT_URLCONF=__name__)
def test_a_link_to_a_route_that_is_not_installed_is_left_out():
    assert render('{% nav_link "feeds:changes" "Changes" %}') == ""


def test_a_page_that_lies_elsewhere_marks_its_section():
    source = '{% nav_link "forecasts:track_record" "Track record" %}'
    request = SimpleNamespace(path="/desk/sources/S-1/")
    assert "aria-current" in render(source, request=request, section="forecasts:track_record")
    assert "aria-current" not in render(source, request=request, section="forecasts:queue")
