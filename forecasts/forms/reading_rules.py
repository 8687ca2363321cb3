"""Which finds the page of the readers' rules counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forecasts.choices import FindKind
from forecasts.services.reading_stats import Limits, versions
from groundwork.fields import DayField


class RulesFilterForm(forms.Form):
    """Limits that live in the address; `limits` has them once it is valid."""

    kind = forms.ChoiceField(label=_("Finds"), required=False, choices=[("", _("any")), *FindKind.choices])
    version = forms.ChoiceField(
        label=_("Reader version"),
        required=False,
        error_messages={"invalid_choice": _("No reader of version %(value)s has found anything.")},
    )
    since = DayField(label=_("In texts since"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["version"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("any")), *((version, version) for version in versions())]

    @property
    def limits(self) -> Limits:
        return Limits(**self.cleaned_data)
