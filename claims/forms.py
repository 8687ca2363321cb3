"""Confirming a claim that the reader found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from claims.choices import Aggregation, Basis, Credibility, Measure, Stance
from claims.models import ClaimSuggestion
from claims.services import confirming
from groundwork.fields import DayField

# What lies behind a fold that opens by itself only where something is in it.
MORE = ("place", "aggregation", "basis", "credibility")


def _choices(words: Any, empty: Any = None) -> list[tuple[Any, Any]]:
    first = [] if empty is None else [("", empty)]
    return first + [(value, capfirst(label)) for value, label in words.choices]


def _count(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 9, "autocomplete": "off"}),
    )


class ConfirmClaimForm(forms.Form):
    """A find as the reader would record it: what is counted, how many, and who says so."""

    measure = forms.ChoiceField(label=_("Measure"), choices=_choices(Measure))
    subject = forms.CharField(label=_("Subject"), max_length=200)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=60)
    aggregation = forms.ChoiceField(
        label=_("Counted as"), required=False, choices=_choices(Aggregation, _("not stated"))
    )
    value_low = _count(_("At least"))
    value_point = _count(_("Figure"))
    value_high = _count(_("At most"))
    qualifier = forms.CharField(label=_("Qualifier"), required=False, max_length=60)
    approximate = forms.BooleanField(label=_("About"), required=False)
    speaker = forms.CharField(label=_("Speaker"), required=False, max_length=200)
    stance = forms.ChoiceField(label=_("Stance"), choices=_choices(Stance))
    basis = forms.ChoiceField(label=_("Basis"), choices=_choices(Basis), initial=Basis.UNKNOWN)
    credibility = forms.TypedChoiceField(
        label=_("Credibility"), choices=Credibility.choices, coerce=int, initial=Credibility.UNJUDGED
    )
    as_of = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, find: ClaimSuggestion, **options: Any) -> None:
        self.find = find
        self.proposed = confirming.proposal(find)
        options |= {"initial": dict(self.proposed), "prefix": f"c{find.pk}"}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, point, high = (data.get(name) for name in ("value_low", "value_point", "value_high"))
        if low is not None and high is not None and low > high:
            self.add_error("value_low", _("The lower bound is above the upper one."))
        elif point is not None and ((low is not None and point < low) or (high is not None and point > high)):
            self.add_error("value_point", _("The figure lies outside its own bounds."))
        return data

    @property
    def more_open(self) -> bool:
        """Whether something stands in the fields that lie behind the fold."""
        return any(self[name].errors for name in MORE) or bool(self["place"].value() or self["aggregation"].value())

    def values(self) -> dict[str, Any]:
        """What the valid form says, with the keys that `accept_claim` takes."""
        return self.proposed | self.cleaned_data
