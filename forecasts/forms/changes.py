"""What becomes of a forecast after it was logged: changed, settled, clarified, corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from forecasts.choices import Shape, Triage, Visibility
from forecasts.forms.chances import ChanceForm
from forecasts.forms.presets import PresetFields
from forecasts.forms.wordings import CRITERIA, LONGEST_SENTENCE, CriteriaFields
from forecasts.models import Forecast, Judgement
from forecasts.services import clarifying
from forecasts.services.changing import LONGEST_REASON, Revision
from forecasts.services.correcting import FIELDS, Misread
from forecasts.services.judging import chance_of
from groundwork.fields import DayField


class Why(forms.CharField):
    """A reason, which is kept."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": _("Why"),
            "max_length": LONGEST_REASON,
            "help_text": _("It is kept with the history."),
        }
        super().__init__(**(usual | options))


class VersionedForm(forms.Form):
    """A form that says which version of the forecast its sender saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, forecast: Forecast, **options: Any) -> None:
        initial = {"version": forecast.version} | options.pop("initial", {})
        super().__init__(data, initial=initial, **options)
        self.forecast = forecast


def _sentence(label: Any, *, required: bool = False, rows: int = 2, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST_SENTENCE, widget=widget, **options)


class SaidFields(forms.Form):
    """Event, window, shape and condition."""

    event = _sentence(_("Event"), help_text=_("Without its probability word: something that can be seen to happen."))
    opens_on = DayField(label=_("Opens on"), required=False)
    closes_on = DayField(label=_("Closes on (included)"), required=False, help_text=_("Empty: it has no end."))
    shape = forms.ChoiceField(label=_("Shape"), choices=[(value, capfirst(label)) for value, label in Shape.choices])
    condition = _sentence(_("Condition"), rows=1, help_text=_("“If …”, where there is one."))


class ChangeForm(PresetFields, SaidFields, CriteriaFields, VersionedForm):
    """What the forecast says, as long as it may change."""

    why = Why()

    def __init__(self, data: Mapping[str, Any] | None = None, *, forecast: Forecast) -> None:
        initial = {name: getattr(forecast, name) for name in (*FIELDS, *CRITERIA)}
        super().__init__(data, forecast=forecast, initial=initial)
        self.fields["observable"].required = False
        if forecast.made_on is None:
            for name in ("preset", "opens_on", "closes_on"):
                del self.fields[name]

    def day_made(self, data: dict[str, Any]) -> Any:
        return self.forecast.made_on

    def revision(self) -> Revision:
        """What the valid form says."""
        data = self.cleaned_data
        values = {name: data.get(name) for name in FIELDS}
        return Revision(criteria=self.criteria(), **values)  # type: ignore[arg-type]  # each field has its own type


class TriageForm(VersionedForm):
    triage = forms.ChoiceField(
        label=_("Triage"),
        choices=[(value, capfirst(label)) for value, label in Triage.choices],
        widget=forms.RadioSelect,
        help_text=_("What needs criteria comes due all the same. An assessment is published, and never due or scored."),
    )
    why = Why()

    def clean_triage(self) -> str:
        return _another(self, "triage")


class VisibilityForm(VersionedForm):
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[(value, capfirst(label)) for value, label in Visibility.choices],
        widget=forms.RadioSelect,
        help_text=_("What is public is seen outside once an edition carries it."),
    )
    why = Why()

    def clean_visibility(self) -> str:
        return _another(self, "visibility")


def _another(form: VersionedForm, name: str) -> str:
    """What was chosen for a field of the forecast; refused where it is that already."""
    chosen: str = form.cleaned_data[name]
    if chosen == getattr(form.forecast, name):
        message = _("It is %s already.")
        raise forms.ValidationError(message % getattr(form.forecast, f"get_{name}_display")())
    return chosen


class AssessmentForm(VersionedForm):
    assessment_on = DayField(
        label=_("Assessed on"), help_text=_("The desk’s own day for grading what has no end. It lies ahead.")
    )
    why = Why()


class ClarificationForm(VersionedForm):
    text = forms.CharField(
        label=_("Clarification"),
        max_length=clarifying.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How it is to be understood. It stays, with your name and the day, beside words that stay too."),
    )


class CorrectionForm(SaidFields, VersionedForm):
    """A forecast as its quote and the date of publication have it."""

    why = Why(label=_("What shows it"), help_text=_("What in the quote, or about its date. A second person checks it."))

    def __init__(self, data: Mapping[str, Any] | None = None, *, forecast: Forecast) -> None:
        super().__init__(data, forecast=forecast, initial={name: getattr(forecast, name) for name in FIELDS})
        if forecast.made_on is None:
            for name in ("opens_on", "closes_on"):
                del self.fields[name]

    def changes(self) -> dict[str, Any]:
        """What differs from the forecast, by name."""
        given = {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}
        return {name: value for name, value in given.items() if value != getattr(self.forecast, name)}


class MisreadForm(ChanceForm):
    """A judgement as its quote has it; confidence and reasons are not read out of a text."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, judgement: Judgement) -> None:
        super().__init__(data, chance=chance_of(judgement), prefix="said")
        self.judgement = judgement
        del self.fields["confidence"], self.fields["rationale"]

    def misread(self) -> Misread:
        """What the valid form says of the judgement."""
        self.cleaned_data |= {"confidence": "", "rationale": ""}
        return Misread(judgement=self.judgement, chance=self.chance())


class DateForm(forms.Form):
    """Another date of publication."""

    new = DayField(label=_("Published on"))
    why = Why(label=_("What shows it"), help_text=_("Where the right date stands. A second person checks it."))
