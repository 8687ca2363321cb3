"""How likely: the word of a yardstick, a number in per cent, or a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from forecasts.choices import Confidence
from forecasts.services.entries import Chance
from forecasts.yardsticks.band import Band, Term, Yardstick
from forecasts.yardsticks.scales import DEFAULT, YARDSTICKS, get
from groundwork.marks import band_text, percent_text

_PERCENT: Final = re.compile(r"(?P<number>[+-]?\d{1,6}(?:[.,]\d{1,6})?)\s*(?P<sign>%?)")
# Below this, a bare number may be a share of one as well as a percentage.
_SURELY_PERCENT: Final = 2


class PercentField(forms.CharField):
    """A probability as people write it ("70", "62.5 %"), as a float from 0 to 1; None where it is empty.

    A bare number such as 0.7 or 1.2 could be meant in two ways, so it needs its sign.
    """

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"})
        defaults: dict[str, Any] = {"required": False, "max_length": 20, "widget": widget}
        super().__init__(**(defaults | options))

    def prepare_value(self, value: Any) -> Any:
        return f"{percent_text(value)} %" if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        return _share(text) if text else None


def _share(text: str) -> float:
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise ValidationError(_("“%(text)s” is no number in per cent."), code="no_percentage", params={"text": text})
    number = float(match["number"].replace(",", "."))
    if not 0 <= number <= 100:
        raise ValidationError(_("A probability lies between 0 and 100 %%."), code="out_of_range", params={"text": text})
    if 0 < number < _SURELY_PERCENT and not match["sign"]:
        message = _("“%(text)s” could be meant in two ways. Write it in per cent, with the sign: %(text)s %%.")
        raise ValidationError(message, code="ambiguous", params={"text": text})
    return round(number / 100, 6)


def term_value(yardstick: str, term: str) -> str:
    """What the field of terms holds for that term; "" for none."""
    return f"{yardstick}:{term}" if term else ""


def term_label(term: Term) -> str:
    """A term with its band, as it stands in a list: “likely, 55–75 %”."""
    return f"{term.words[0]}, {band_text(term.low, term.high, low_open=term.low_open, high_open=term.high_open)}"


def term_choices(first: str = DEFAULT.slug) -> Iterator[tuple[Any, Any]]:
    """Every term of every yardstick with its band, the named yardstick's before the others'."""
    yield "", _("no term")
    for yardstick in sorted(YARDSTICKS.values(), key=lambda each: each.slug != first):
        yield yardstick.name, [(term_value(yardstick.slug, term.slug), term_label(term)) for term in yardstick.terms]


def chosen_term(value: str) -> tuple[Yardstick, Term] | None:
    """The yardstick and term that a value of the field names; None where it names none. Raises LookupError."""
    yardstick, _colon, term = value.partition(":")
    if not term:
        return None
    scale = get(yardstick)
    return scale, scale.term(term)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the fields of a chance amount to while somebody fills them in: the band of a word, the word of a number."""

    yardstick: Yardstick
    term: Term | None = None
    negated: bool = False
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    error: str = ""

    @property
    def band(self) -> Band | None:
        if self.term is None:
            return None
        return self.term.band.mirrored() if self.negated else self.term.band

    @property
    def is_outside(self) -> bool:
        """Whether word and number disagree."""
        return self.band is not None and self.probability is not None and self.probability not in self.band

    @property
    def word_for(self) -> Term | None:
        """The word that the number has by itself; None in a gap between the bands."""
        return None if self.probability is None else self.yardstick.term_for(self.probability)


class ChanceForm(forms.Form):
    """The fields of a chance. Everything is optional: without any of it the judgement is unquantified."""

    term = forms.ChoiceField(label=_("Term"), required=False)
    probability = PercentField(label=_("Per cent"))
    negated = forms.BooleanField(label=_("Negated"), required=False)
    low = PercentField(label=_("At least, in per cent"), help_text=_("For a range without a word."))
    high = PercentField(label=_("At most, in per cent"))
    confidence = forms.ChoiceField(
        label=_("Analytic confidence"),
        required=False,
        choices=[("", _("not stated")), *[(value, capfirst(label)) for value, label in Confidence.choices]],
        help_text=_("How good the basis is, not how likely the event."),
    )
    rationale = forms.CharField(
        label=_("Why"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, chance: Chance | None = None, yardstick: str = "", **options: Any) -> None:
        self.proposed = chance or Chance()
        options["initial"] = chance_initial(self.proposed) | options.get("initial", {})
        super().__init__(*args, **options)
        self.yardstick = yardstick or self.proposed.yardstick or DEFAULT.slug
        self.fields["term"].choices = list(term_choices(self.yardstick))  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("low", _("The lower end is above the upper one."))
        beside = next((name for name in ("low", "high") if data.get(name) is not None), None)
        if data.get("term") and beside is not None:
            self.add_error(beside, _("A word has its own range. Leave this one out, or choose “no term”."))
        if data.get("negated") and not data.get("term"):
            self.add_error("negated", _("Only a term can be negated."))
        return data

    @property
    def said(self) -> Said:
        """What its fields hold at the moment, valid or not."""
        shown = {name: self[name].value() for name in ("term", "probability", "low", "high")}
        scale = get(self.yardstick)
        try:
            numbers = {name: self.fields[name].clean(shown[name]) for name in ("probability", "low", "high")}
            picked = chosen_term(shown["term"] or "")
        except ValidationError as error:
            return Said(yardstick=scale, error=error.messages[0])
        except LookupError:
            return Said(yardstick=scale, error=str(_("There is no such term.")))
        if picked is not None:
            scale, numbers["low"], numbers["high"] = picked[0], None, None
        negated = bool(self["negated"].value())
        return Said(yardstick=scale, term=picked[1] if picked else None, negated=negated, **numbers)

    def chance(self) -> Chance:
        """What the valid form says. A term that was left as proposed keeps its wording and band."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("negated", "probability", "confidence", "rationale")}
        picked = chosen_term(data["term"])
        if picked is None:
            return Chance(low=data["low"], high=data["high"], **values)
        scale, term = picked
        values |= {"yardstick": scale.slug, "term": term.slug}
        if (scale.slug, term.slug, data["negated"]) == _identity(self.proposed):
            return Chance(term_text=self.proposed.term_text, low=self.proposed.low, high=self.proposed.high, **values)
        band = term.band.mirrored() if data["negated"] else term.band
        return Chance(low=band.low, high=band.high, **values)


def chance_initial(chance: Chance) -> dict[str, Any]:
    """The form's initial data; the range is left empty where a term stands for it."""
    has_term = bool(chance.term)
    return {
        "term": term_value(chance.yardstick, chance.term),
        "probability": chance.probability,
        "negated": chance.negated,
        "low": None if has_term else chance.low,
        "high": None if has_term else chance.high,
        "confidence": chance.confidence,
    }


def _identity(chance: Chance) -> tuple[str, str, bool]:
    return chance.yardstick, chance.term, chance.negated
