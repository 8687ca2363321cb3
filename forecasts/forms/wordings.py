"""What is foretold: event, window, shape, triage and criteria."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from forecasts.choices import Combination, Shape, Triage
from forecasts.forms.chances import ChanceForm
from forecasts.models import ForecastSuggestion
from forecasts.reading.calendars import add_months
from forecasts.services import confirming
from forecasts.services.entries import YEARS_TO_ASSESSMENT, Criteria, Wording
from groundwork.fields import DayField
from sources.forms import CountriesField, TopicsField

LONGEST_SENTENCE = 5_000
CRITERIA = tuple(each.name for each in fields(Criteria))
WINDOW = ("made_on", "opens_on", "closes_on")
# What lies behind a fold that opens by itself only where something is in it.
MORE = ("condition", "triage_reason", "low", "high", "confidence", "rationale")


def _choices(words: Any, empty: Any = None) -> list[tuple[str, Any]]:
    first = [] if empty is None else [("", empty)]
    return first + [(value, capfirst(label)) for value, label in words.choices]


def _lines(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class CriteriaFields(forms.Form):
    """How the outcome will be told."""

    observable = forms.CharField(
        label=_("What is observed"),
        max_length=LONGEST_SENTENCE,
        widget=_lines(2),
        help_text=_("Something that anybody can look up."),
    )
    threshold = forms.CharField(label=_("Threshold"), required=False, max_length=300)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    combination = forms.ChoiceField(
        label=_("Parts needed"), required=False, choices=_choices(Combination, _("it has one part"))
    )
    source_of_record = forms.CharField(label=_("Source of record"), required=False, max_length=300)
    fallback = forms.CharField(label=_("Fallback source"), required=False, max_length=300)
    degrees = forms.CharField(
        label=_("Degrees"),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=_lines(2),
        help_text=_("What would count as “in part”. Empty: nothing would."),
    )

    def criteria(self) -> Criteria:
        return Criteria(**{name: self.cleaned_data[name] for name in CRITERIA})


class ForecastForm(ChanceForm, CriteriaFields):
    """A forecast with its first chance; criteria may come later."""

    event = forms.CharField(
        label=_("Event"),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=_lines(2),
        help_text=_("Without its probability word: something that can be seen to happen or not."),
    )
    shape = forms.ChoiceField(label=_("Shape"), choices=_choices(Shape))
    triage = forms.ChoiceField(label=_("Triage"), choices=_choices(Triage))
    triage_reason = forms.CharField(label=_("Reason for the triage"), required=False, max_length=300)
    made_on = DayField(label=_("Made on"), required=False)
    opens_on = DayField(label=_("Opens on"), required=False)
    closes_on = DayField(label=_("Closes on (included)"), required=False)
    assessment_on = DayField(
        label=_("Assessed on"),
        required=False,
        help_text=_("The desk’s own day for grading what has no end: after three years, unless you say otherwise."),
    )
    condition = forms.CharField(
        label=_("Condition"), required=False, max_length=LONGEST_SENTENCE, help_text=_("“If …”, where there is one.")
    )
    topics = TopicsField()
    countries = CountriesField()

    def __init__(self, *args: Any, wording: Wording | None = None, **options: Any) -> None:
        self.base = wording
        if wording is not None:
            options["initial"] = wording_initial(wording) | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["observable"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        opens, closes = data.get("opens_on") or data.get("made_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The window closes before it opens."))
        if closes and data.get("assessment_on"):
            data["assessment_on"] = None
        return data

    @property
    def is_open_ended(self) -> bool:
        """Whether it has no closing day at the moment, so that the desk's own day matters."""
        return not self["closes_on"].value() or bool(self["assessment_on"].errors)

    @property
    def criteria_open(self) -> bool:
        return self._holds(*CRITERIA)

    @property
    def more_open(self) -> bool:
        return self._holds(*MORE) or bool(self["topics"].errors or self["countries"].errors)

    def _holds(self, *names: str) -> bool:
        return any(self[name].errors or self[name].value() not in (None, "") for name in names)

    def wording(self, statement: str) -> Wording:
        """What the valid form says of that sentence."""
        data = self.cleaned_data
        base = self.base or Wording(statement=statement)
        names = ("event", "shape", "triage", "triage_reason", "condition", "topics", "countries", *WINDOW)
        wording = replace(base, statement=statement, criteria=self.criteria(), **{name: data[name] for name in names})
        if any(getattr(base, name) != data[name] for name in WINDOW):
            wording = replace(wording, horizon="", horizon_text=base.horizon_text)
        chosen = data["assessment_on"]
        return replace(wording, assessment_on=None if chosen == proposed_assessment(wording) else chosen)


class ConfirmForecastForm(ForecastForm):
    """A find, as the reader would log it."""

    def __init__(self, *args: Any, find: ForecastSuggestion, **options: Any) -> None:
        super().__init__(
            *args,
            wording=confirming.proposed_wording(find),
            chance=confirming.proposed_chance(find),
            yardstick=find.found["yardstick"],
            prefix=f"f{find.pk}",
            **options,
        )
        self.find = find
        # The day of publication is the article's, and no field to fill in.
        if find.article.published_on is not None:
            self.fields["made_on"].disabled = True
            self.fields["made_on"].widget = forms.HiddenInput()


def wording_initial(wording: Wording) -> dict[str, Any]:
    """The form's initial data, with the assessment date that an open-ended forecast would get."""
    names = ("event", "shape", "triage", "triage_reason", "condition", "topics", "countries", *WINDOW)
    initial = {name: getattr(wording, name) for name in names}
    initial |= {name: getattr(wording.criteria, name) for name in CRITERIA}
    initial["assessment_on"] = wording.assessment_on or proposed_assessment(wording)
    return initial


def proposed_assessment(wording: Wording) -> date | None:
    """Three years after an open-ended window opens; None where there is an end, or no day to count from."""
    opens = wording.opens_on or wording.made_on
    if opens is None or wording.closes_on is not None:
        return None
    return add_months(opens, 12 * YEARS_TO_ASSESSMENT)
