"""Pictures of charts: drawn once, safe in a page, seen by whom they were drawn for, and never a reason to fail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from config.profile import BASE_DIR
from forecasts.charts.chart import PALETTE, Chart, colour, draw, with_look
from forecasts.errors import ChartNotDrawn
from forecasts.models import ChartImage
from forecasts.services import drawing

pytestmark = pytest.mark.django_db


def dots(width: int = 200, words: str = "a") -> dict:
    """The specification of one dot with a word beside it."""
    return {
        "data": {"values": [{"x": 1, "word": words}]},
        "mark": {"type": "text", "color": colour("series-1")},
        "encoding": {"x": {"field": "x", "type": "quantitative"}, "text": {"field": "word"}},
        "width": width,
    }


@pytest.fixture
def chart():
    def make(spec=dots) -> Chart:
        return Chart(title="Dots", words="One dot.", spec=spec, csv_url="/dots.csv")

    return make


def test_the_same_chart_is_drawn_once(chart, now, django_assert_num_queries):
    first = draw(chart(), public=False, at=now)
    with django_assert_num_queries(1):
        again = draw(chart(), public=False, at=now + timedelta(days=1))
    assert [each.digest for each in again.images] == [each.digest for each in first.images]
    assert ChartImage.objects.count() == 2  # wide and narrow


def test_other_data_or_another_audience_is_another_picture(now):
    digests = {drawing.digest_of(spec, public=public) for spec in (dots(), dots(words="b")) for public in (True, False)}
    assert len(digests) == 4


def test_a_picture_holds_shapes_and_escaped_words_and_the_page_s_colours():
    svg = drawing.svg_of(with_look(dots(words="<script>alert(1)</script>"), width=200))
    assert re.findall(r"<(\w+)", svg.replace("&lt;", "")) == re.findall(r"<(svg|g|path|line|rect|text)\b", svg)
    assert re.findall(r"\b(style|class|on\w+|href)=", svg) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in svg
    assert 'fill="var(--series-1)"' in svg


@pytest.mark.parametrize("data", [{"url": "http://127.0.0.1:9/x.csv"}, {"url": "file:///etc/hosts"}])
def test_nothing_is_fetched(data):
    with pytest.raises(ChartNotDrawn):
        drawing.svg_of(dots() | {"data": data})


def test_what_cannot_be_drawn_leaves_the_words(chart, now):
    drawn = draw(chart(lambda _width: {"mark": "no such mark"}), public=False, at=now)
    assert (drawn.pictures, drawn.png_url, drawn.chart.words) == ([], "", "One dot.")


def test_the_palette_is_that_of_the_light_theme():
    sheet = (BASE_DIR / "static/css/hindsight.css").read_text(encoding="utf-8")
    light = dict(reversed(re.findall(r"--([\w-]+): light-dark\((#\w+),", sheet)))  # the first, if the desk has its own
    assert {name: light[name] for name in PALETTE} == dict(PALETTE)


def test_what_the_desk_drew_is_not_for_outsiders(chart, now, client, browse, charlie):
    internal = draw(chart(), public=False, at=now).images[0]
    public = draw(chart(), public=True, at=now).images[0]
    asked = [
        (viewer, image, kind)
        for viewer in (client, browse(charlie))
        for image in (internal, public)
        for kind in ("svg", "png", "json")
    ]
    answers = [viewer.get(f"/charts/{image.digest}.{kind}").status_code for viewer, image, kind in asked]
    assert answers == [404] * 3 + [200] * 9
    assert client.get(f"/charts/{public.digest}.gif").status_code == 404


def test_a_picture_on_its_own_has_literal_colours_and_never_changes(chart, now, client):
    image = draw(chart(), public=True, at=now).images[0]
    svg, png = (client.get(f"/charts/{image.digest}.{kind}") for kind in ("svg", "png"))
    assert "var(" not in svg.content.decode()
    assert PALETTE["series-1"] in svg.content.decode()
    assert [each["Cache-Control"] for each in (svg, png)] == ["public, max-age=31536000, immutable"] * 2
    assert png.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_its_specification_draws_the_same_elsewhere(chart, now, client):
    image = draw(chart(), public=True, at=now).images[0]
    answer = client.get(f"/charts/{image.digest}.json")
    spec = answer.json()
    assert spec.pop("$schema") == "https://vega.github.io/schema/vega-lite/v6.json"
    assert spec["mark"]["color"] == PALETTE["series-1"]
    assert (spec["data"], "var(" in answer.content.decode()) == (image.spec["data"], False)


def test_old_pictures_are_forgotten(chart, now):
    draw(chart(), public=False, at=now - timedelta(days=31))
    assert drawing.forget_pictures(before=now - drawing.KEPT) == 2
    assert ChartImage.objects.count() == 0
