"""The filter's form, whose empty fields are rendered once and shown on every page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from forecasts.filters import ForecastFilter
from forecasts.models import Forecast
from sources.models import Topic


@pytest.fixture
def form(bob):
    """`form(…)` is Bob's, filled in with that."""

    def make(**given):
        request = RequestFactory().get("/", given)
        request.user = bob
        made = ForecastFilter(request.GET, Forecast.objects.visible_to(bob), request=request).form
        made.is_valid()
        return made

    return make


def shown(form):
    return [field.as_field_group for field in (*form.plain_fields, *form.folded_fields)]


def rendered(form):
    parts = [[field for field in form if (field.name in form.FOLDED) is folded] for folded in (False, True)]
    return [field.as_field_group() for part in parts for field in part]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"horizon": "short", "said": "0", "include": ["imported"], "word": "likely"},
        {"made_after": "tomorrow", "author": "<b>", "topic": "nowhere", "said": "7"},
    ],
)
def test_every_field_is_shown_as_it_would_be_rendered_anew(form, given):
    for _ in range(2):
        assert shown(form(**given)) == rendered(form(**given))


def test_an_empty_field_is_rendered_once_unless_its_choices_are_in_the_database(form, monkeypatch):
    shown(form())
    made = []
    render = type(form()["q"]).render
    monkeypatch.setattr(
        "django.forms.boundfield.BoundField.render", lambda self: made.append(self.name) or render(self)
    )

    shown(form(horizon="short"))
    assert made == ["horizon", "topic"]


def test_a_new_topic_can_be_chosen_at_once(form):
    shown(form())
    Topic.objects.create(slug="weather", name="Weather")
    assert any("Weather" in each for each in shown(form()))
