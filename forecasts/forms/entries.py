"""Logging a forecast by hand, and judging one."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forecasts.advice import Told, told
from forecasts.forms.chances import ChanceForm
from forecasts.forms.presets import PresetFields
from forecasts.forms.wordings import LONGEST_SENTENCE, ForecastForm
from forecasts.reading.wording import advise
from forecasts.reading.wording_rules import Fields
from forecasts.services.entries import Wording
from groundwork.once import TokenField


class LogForm(PresetFields, ForecastForm):
    """A forecast of one's own."""

    statement = forms.CharField(
        label=_("Forecast"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The sentence as you would publish it, with its probability word."),
    )
    token = TokenField()
    anyway = forms.BooleanField(label=_("It is another one: log it all the same"), required=False)

    def __init__(self, *args: Any, wording: Wording, **options: Any) -> None:
        options["initial"] = {"statement": wording.statement} | options.get("initial", {})
        super().__init__(*args, wording=wording, **options)
        self.fields["made_on"].required = True

    @property
    def more_open(self) -> bool:
        """Topics that are carried along are to be seen too."""
        folded = ("topics", "countries") if self.is_open_ended else ("topics", "countries", "assessment_on")
        return super().more_open or self._holds(*folded)

    def entry(self) -> Wording:
        """The forecast as the valid form says it."""
        return self.wording(self.cleaned_data["statement"])

    @cached_property
    def advice(self) -> Sequence[Told]:
        """What could be worded better in what its fields hold now, valid or not; it keeps nobody from saving."""
        said = self.said
        fields = Fields(
            event=self._text("event"),
            closes_on=self._day("closes_on"),
            term=said.term,
            negated=said.negated,
            probability=said.probability,
            low=said.low,
            high=said.high,
        )
        advices = advise(self._text("statement"), yardstick=said.yardstick, made_on=self._day("made_on"), fields=fields)
        return told(advices, yardstick=said.yardstick)

    @property
    def advice_key(self) -> str:
        """Another one for other advice, so that a page is told only what it does not show."""
        return f"{zlib.crc32(repr([each.text for each in self.advice]).encode()):08x}"

    def _text(self, name: str) -> str:
        return str(self[name].value() or "")[:LONGEST_SENTENCE]

    def _day(self, name: str) -> date | None:
        try:
            return self.fields[name].clean(self[name].value() or None)  # type: ignore[no-any-return]  # a DayField
        except ValidationError:
            return None


class JudgementForm(ChanceForm):
    """One's own judgement, now."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(name) not in (None, "") for name in ("term", "probability", "low", "high")):
            self.add_error("term", _("Choose a word, or give a number."))
        return data
