"""Words and shapes for what a forecast says and how it turned out, the same on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final, Literal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Number = float | Decimal
Shape = Literal["tick", "cross", "half", "dash", "ring"]


@dataclass(frozen=True)
class OutcomeMark:
    """How one outcome is drawn and named; `key` is the outcome's value, "open" or "overdue" where there is none yet."""

    key: str
    shape: Shape
    word: str | Promise


OPEN = OutcomeMark("open", "ring", gettext_lazy("open"))
OVERDUE = OutcomeMark("overdue", "ring", gettext_lazy("overdue"))

OUTCOMES: Mapping[str, OutcomeMark] = MappingProxyType(
    {
        mark.key: mark
        for mark in (
            OutcomeMark("occurred", "tick", gettext_lazy("occurred")),
            OutcomeMark("did_not_occur", "cross", gettext_lazy("did not occur")),
            OutcomeMark("partly", "half", gettext_lazy("partly")),
            OutcomeMark("condition_not_met", "dash", gettext_lazy("condition not met")),
            OutcomeMark("overtaken", "dash", gettext_lazy("overtaken")),
            OutcomeMark("ungradable", "dash", gettext_lazy("ungradable")),
            OutcomeMark("void", "dash", gettext_lazy("void")),
        )
    }
)


def outcome_mark(outcome: str | None, *, overdue: bool = False) -> OutcomeMark:
    """The mark of an outcome; of none (or ""), a ring, named open or overdue.

    Raises KeyError for an outcome nobody has drawn.
    """
    if outcome:
        return OUTCOMES[str(outcome)]
    return OVERDUE if overdue else OPEN


def outcome_word(outcome: str | None) -> str:
    """The outcome in words, "open" while there is none."""
    return str(outcome_mark(outcome).word)


def day_text(day: date) -> str:
    """A day as it stands in text: 2 May 2025."""
    return date_format(day, "j F Y")


def percent_text(probability: Number) -> str:
    """A probability in per cent without its sign, to at most two decimals: 0.125 gives 12.5."""
    # str first: 0.55 * 100 is 55.00000000000001 in binary.
    hundredths = (Decimal(str(probability)) * 100).quantize(Decimal("0.01"))
    return number_format(f"{hundredths:f}".rstrip("0").rstrip("."))


def score_text(score: Number) -> str:
    """A score to three decimals, half of the last one up: 0.180."""
    # Rounded and written out first: 0.35² and 0.4225 are a little less in binary.
    return number_format(f"{Decimal(str(round(score, 10))).quantize(Decimal('0.001'), ROUND_HALF_UP):f}")


def probability_text(probability: Number | None) -> str:
    """A probability with its sign, "no number" for None."""
    return _("no number") if probability is None else _with_sign(probability)


# By whether the low end is open, and the high one.
_BETWEEN: Final = {
    (False, False): gettext_lazy("{low}–{high}"),
    (True, False): gettext_lazy("over {low} to {high}"),
    (False, True): gettext_lazy("{low} to under {high}"),
    (True, True): gettext_lazy("over {low} to under {high}"),
}


def band_text(low: Number | None, high: Number | None, *, low_open: bool = False, high_open: bool = False) -> str:
    """A band in words: 55–75 %, at least 20 %, 40 to under 50 %, or "no number".

    None means that nothing bounds that side; an open end does not belong to the band.
    """
    if low is None:
        return _at_most(high, is_open=high_open)
    if high is None:
        return (_("more than {low}") if low_open else _("at least {low}")).format(low=_with_sign(low))
    if low == high:
        return _with_sign(low)
    return str(_BETWEEN[low_open, high_open]).format(low=percent_text(low), high=_with_sign(high))


def _at_most(high: Number | None, *, is_open: bool) -> str:
    if high is None:
        return _("no number")
    return (_("under {high}") if is_open else _("at most {high}")).format(high=_with_sign(high))


def _with_sign(probability: Number) -> str:
    # The space does not break, so that the sign never opens a line.
    return _("{number}\N{NO-BREAK SPACE}%").format(number=percent_text(probability))
