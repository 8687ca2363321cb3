"""The windows that the desk uses over and over, to be chosen in place of two days."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from forecasts.choices import Horizon
from forecasts.services.entries import MONTHS_MEDIUM, MONTHS_SHORT, preset_window

OWN: Final = "own"
CHOICES: Final = (
    (OWN, _("as the days say")),
    (Horizon.SHORT.value, _("0–3 months")),
    (Horizon.MEDIUM.value, _("3–12 months")),
    (Horizon.LONG.value, _("over 12 months")),
)
# In months after the day on which the forecast was made; for the script that fills the days in.
_MONTHS: Final = {
    Horizon.SHORT: (0, MONTHS_SHORT),
    Horizon.MEDIUM: (MONTHS_SHORT, MONTHS_MEDIUM),
    Horizon.LONG: (MONTHS_MEDIUM, ""),
}


class PresetRadios(forms.RadioSelect):
    """Radio buttons that carry the months of their window."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if value in Horizon.values:
            opens, closes = _MONTHS[Horizon(value)]
            option["attrs"] |= {"data-opens": str(opens), "data-closes": str(closes)}
        return option


class PresetFields(forms.Form):
    """A window by its name. Without a script it counts when the form is sent, before what the days say."""

    preset = forms.ChoiceField(
        label=_("Window"), required=False, choices=CHOICES, initial=OWN, widget=PresetRadios(attrs={"data-preset": ""})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        preset = data.get("preset")
        made_on = self.day_made(data)
        if preset in Horizon.values and made_on is not None:
            data["opens_on"], data["closes_on"] = preset_window(preset, made_on)
            if data["closes_on"] is not None or "assessment_on" not in self.changed_data:
                data["assessment_on"] = None
            for name in ("opens_on", "closes_on"):
                self.errors.pop(name, None)
        return data

    def day_made(self, data: dict[str, Any]) -> Any:
        """The day that a named window counts from; None where there is none."""
        return data.get("made_on")
