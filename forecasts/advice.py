"""What a reader says of a forecast, in words: its flags, and its advice to whoever writes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forecasts.reading.wording import Advice
from forecasts.reading.wording_rules import Slug
from forecasts.yardsticks.band import Term, Yardstick
from forecasts.yardsticks.scales import get
from groundwork.marks import band_text, day_text, probability_text

# Flag, what it is called, and what to do about it.
FORECAST_FLAGS: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        "compound": (
            _("two judgements in one"),
            _("It occurs only if all parts do. Where each part has a probability of its own, log them apart."),
        ),
        "vague_threshold": (
            _("vague threshold"),
            _("“Significant” and the like measure nothing. Say in the criteria from where on it counts."),
        ),
        "no_date": (
            _("no date"),
            _("Neither the heading nor the sentence says by when. Give it a window, or it is assessed in three years."),
        ),
        "double_hedge": (
            _("hedged twice"),
            _("A “could” beside the term hedges twice. The event goes without it."),
        ),
        "foreign_term": (
            _("not a term of this yardstick"),
            _("Its word has no band on the yardstick in use. Ask the author for a term or a number; do not guess one."),
        ),
        "out_of_band": (
            _("number outside its word’s band"),
            _("Word and number disagree. The number is what is scored; ask the author which one was meant."),
        ),
        "unquantified": (
            _("no probability"),
            _("It carries neither a term nor a number, so it is published and counted as an assessment, never scored."),
        ),
    }
)


@dataclass(frozen=True)
class Told:
    """An advice in words: what it is called, and a sentence or two that name the words and say how to mend it."""

    name: str | Promise
    text: str


def told(advices: Iterable[Advice], *, yardstick: Yardstick) -> Sequence[Told]:
    """The advices in words, in their order."""
    return [Told(_ADVICE[each.slug][0], _ADVICE[each.slug][1](each, yardstick)) for each in advices]


def _with_band(term: Term) -> str:
    """“likely” (55–75 %)"""
    band = band_text(term.low, term.high, low_open=term.low_open, high_open=term.high_open)
    return gettext("“{word}” ({band})").format(word=term.words[0], band=band)


def _names(slugs: Sequence[str]) -> str:
    return get_text_list([get(slug).name for slug in slugs], gettext("and"))


def _no_term(advice: Advice, _yardstick: Yardstick) -> str:
    mend = gettext("Choose a term, which brings its band, or give a number; without either it is never scored.")
    if not advice.words:
        return gettext("It says neither in a word nor in a number how likely it is.") + " " + mend
    return gettext("“{word}” rules nothing out and promises nothing.").format(word=advice.words) + " " + mend


def _foreign_term(advice: Advice, yardstick: Yardstick) -> str:
    if advice.term is not None:
        return gettext(
            "Negated, “{words}” has no band. Say it with a term that is not negated, or with a number."
        ).format(words=advice.words)
    mend = gettext(
        "“{words}” has no band on the yardstick in use ({yardstick}). Choose one of its terms, or give a number."
    ).format(words=advice.words, yardstick=yardstick.name)
    if not advice.yardsticks:
        return mend
    return mend + " " + gettext("It is a word of: {yardsticks}.").format(yardsticks=_names(advice.yardsticks))


def _mixed_yardsticks(advice: Advice, _yardstick: Yardstick) -> str:
    return gettext(
        "“{words}” is a word of: {yardsticks}. “{other}” is one of: {others}. Take all words from one yardstick, "
        "because each gives them bands of its own."
    ).format(
        words=advice.words,
        yardsticks=_names(advice.yardsticks),
        other=advice.other,
        others=_names(advice.other_yardsticks),
    )


def _mixed_rows(advice: Advice, yardstick: Yardstick) -> str:
    return gettext(
        "“{words}” and “{other}” are of different rows of the {yardstick}. Both have a band; its makers ask to keep to "
        "one row throughout."
    ).format(words=advice.words, other=advice.other, yardstick=yardstick.name)


def _out_of_band(advice: Advice, yardstick: Yardstick) -> str:
    band = advice.band
    says = band_text(band.low, band.high, low_open=band.low_open, high_open=band.high_open) if band else ""
    text = gettext("“{words}” stands for {band}, and the number beside it lies outside.").format(
        words=advice.words, band=says
    )
    term = None if advice.number is None else yardstick.term_for(advice.number)
    if term is not None:
        number = probability_text(advice.number)
        text += " " + gettext("{number} is {term}.").format(number=number, term=_with_band(term))
    return text + " " + gettext("Change the word or the number; the number is what is scored.")


def _gap(advice: Advice, yardstick: Yardstick) -> str:
    number = probability_text(advice.number)
    if advice.below and advice.above:
        place = gettext(
            "{number} stands between {below} and {above}: it has no word on the yardstick in use ({yardstick})."
        )
    elif advice.above:
        place = gettext("{number} stands below {above}: it has no word on the yardstick in use ({yardstick}).")
    else:
        place = gettext("{number} stands above {below}: it has no word on the yardstick in use ({yardstick}).")
    below, above = (_with_band(term) if term else "" for term in (advice.below, advice.above))
    mend = gettext("Keep the number by itself, or decide for one that has a word.")
    return place.format(number=number, below=below, above=above, yardstick=yardstick.name) + " " + mend


def _double_hedge(advice: Advice, _yardstick: Yardstick) -> str:
    return gettext(
        "“{other}” says already how likely it is. Leave out “{words}”, and tell the event as something that happens."
    ).format(words=advice.words, other=advice.other)


def _mixed_confidence(advice: Advice, _yardstick: Yardstick) -> str:
    return gettext(
        "“{words}” is about how good the basis is, “{other}” about the event, and readers take one for the other. "
        "Give the confidence a sentence or a field of its own."
    ).format(words=advice.words, other=advice.other)


def _compound(advice: Advice, _yardstick: Yardstick) -> str:
    mend = gettext(
        "It occurs only if all parts do. Where each part has a probability of its own, make them forecasts of their "
        "own."
    )
    if not advice.words:
        return mend
    return gettext("“{words}” judges a second thing.").format(words=advice.words) + " " + mend


def _vague_threshold(advice: Advice, _yardstick: Yardstick) -> str:
    return gettext(
        "“{words}” measures nothing. Say from where on it counts: a number, a place, a decision that anybody can look "
        "up."
    ).format(words=advice.words)


def _no_date(_advice: Advice, _yardstick: Yardstick) -> str:
    return gettext(
        "Nothing says by when. Name the last day, as in “by 30 June”; without one it is assessed after three years."
    )


def _past_date(advice: Advice, _yardstick: Yardstick) -> str:
    words = f"“{advice.words}”" if advice.words else day_text(advice.day) if advice.day else ""
    return gettext("{words} was over when the forecast was made. Name a day to come.").format(words=words)


def _vague_date(advice: Advice, _yardstick: Yardstick) -> str:
    mend = gettext("Name one; without it the forecast is assessed after three years.")
    if not advice.words:
        return gettext("Its time has no last day.") + " " + mend
    return gettext("“{words}” has no last day.").format(words=advice.words) + " " + mend


def _event_has_term(advice: Advice, _yardstick: Yardstick) -> str:
    return gettext(
        "The event still says “{words}”. Leave it out: an event is what can be seen to happen or not."
    ).format(words=advice.words)


def _other_chance(advice: Advice, _yardstick: Yardstick) -> str:
    said = f"“{advice.words}”" if advice.number is None else probability_text(advice.number)
    return gettext(
        "The sentence says {said}, and the fields do not. Make them agree: the fields are what counts."
    ).format(said=said)


def _other_date(advice: Advice, _yardstick: Yardstick) -> str:
    day = day_text(advice.day) if advice.day else ""
    return gettext(
        "The sentence runs to {day}, and “Closes on” does not. Make them agree: the field is what counts."
    ).format(day=day)


# Advice, what it is called, and how to mend what it is about.
_ADVICE: Final[Mapping[Slug, tuple[str | Promise, Callable[[Advice, Yardstick], str]]]] = MappingProxyType(
    {
        "no_term": (_("no probability"), _no_term),
        "foreign_term": (_("not a term of this yardstick"), _foreign_term),
        "mixed_yardsticks": (_("words of two yardsticks"), _mixed_yardsticks),
        "mixed_rows": (_("words of both rows"), _mixed_rows),
        "out_of_band": (_("number outside its word’s band"), _out_of_band),
        "gap": (_("number without a word"), _gap),
        "double_hedge": (_("hedged twice"), _double_hedge),
        "mixed_confidence": (_("likelihood and confidence in one"), _mixed_confidence),
        "compound": (_("two judgements in one"), _compound),
        "vague_threshold": (_("vague threshold"), _vague_threshold),
        "no_date": (_("no date"), _no_date),
        "past_date": (_("a day that is past"), _past_date),
        "vague_date": (_("no last day"), _vague_date),
        "event_has_term": (_("a likelihood in the event"), _event_has_term),
        "other_chance": (_("sentence and fields differ"), _other_chance),
        "other_date": (_("sentence and fields differ"), _other_date),
    }
)
