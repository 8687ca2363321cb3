"""How a form looks: every field with its label, help and error, and a summary that leads to them."""

import re

from django import forms
from django.test import override_settings

from groundwork.forms import FormRenderer


class EventForm(forms.Form):
    event = forms.CharField(help_text="What can be seen to happen.")
    note = forms.CharField(required=False)
    shape = forms.ChoiceField(choices=[("by", "by the end"), ("on", "on the day")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    ref = forms.CharField(widget=forms.HiddenInput)


def printed(**data):
    form = EventForm(data or None, renderer=FormRenderer())
    return re.sub(r"\s+", " ", str(form))


def test_the_help_is_tied_to_its_field():
    html = printed()

    assert html.count('<div class="hint" id="id_event_helptext">What can be seen to happen.</div>') == 1
    assert html.count('name="event" required aria-describedby="id_event_helptext" id="id_event"') == 1


def test_an_error_keeps_what_was_typed_and_is_tied_to_its_field():
    html = printed(event="", note="Seen at the border", shape="by", ref="F-1")

    assert html.count('<div class="field-error" id="id_event_error"> <p>This field is required.</p> </div>') == 1
    assert html.count('aria-invalid="true" aria-describedby="id_event_helptext id_event_error"') == 1
    assert html.count('value="Seen at the border"') == 1


def test_the_summary_leads_to_every_field_that_wants_something():
    summary = printed(event="", shape="never", ref="").partition('<div class="field')[0]

    assert re.findall(r"<li>(.*?)</li>", summary) == [
        ' <a href="#id_event">Event</a>: This field is required. ',
        ' <a href="#id_shape">Shape</a>: Select a valid choice. never is not one of the available choices. ',
        "Ref: This field is required.",
    ]


def test_a_form_without_errors_has_no_summary():
    assert printed(event="It rains", shape="by", ref="F-1").count("error-summary") == 0


def test_what_may_be_left_out_says_so_except_a_tick():
    assert re.findall(r"([A-Z]\w+) <span class=\"field-optional\">optional</span>", printed()) == ["Note"]


def test_choices_stand_in_a_fieldset_with_a_legend():
    assert printed().count('<legend class="field-label">Shape </legend>') == 1


@override_settings(FORM_RENDERER="groundwork.forms.FormRenderer")
def test_the_renderer_can_be_named_in_the_settings():
    assert re.sub(r"\s+", " ", str(EventForm())) == printed()
