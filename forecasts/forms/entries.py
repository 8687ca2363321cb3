"""Logging a forecast by hand, and judging one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forecasts.forms.chances import ChanceForm
from forecasts.forms.wordings import LONGEST_SENTENCE, ForecastForm
from forecasts.services.entries import Wording


class LogForm(ForecastForm):
    """A forecast of one's own."""

    statement = forms.CharField(
        label=_("Forecast"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The sentence as you would publish it, with its probability word."),
    )
    anyway = forms.BooleanField(label=_("It is another one: log it all the same"), required=False)

    def __init__(self, *args: Any, wording: Wording, **options: Any) -> None:
        options["initial"] = {"statement": wording.statement} | options.get("initial", {})
        super().__init__(*args, wording=wording, **options)
        self.fields["made_on"].required = True

    def entry(self) -> Wording:
        """The forecast as the valid form says it."""
        return self.wording(self.cleaned_data["statement"])


class JudgementForm(ChanceForm):
    """One's own judgement, now."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(name) not in (None, "") for name in ("term", "probability", "low", "high")):
            self.add_error("term", _("Choose a word, or give a number."))
        return data
