"""Where a forecast's window lies against today: the geometry of the small strip, and the same in one sentence."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .marks import day_text, outcome_word

FIRST, LAST = 4, 172
"""The drawn days run between these two x of the 200 by 24 view box; the outcome's mark stands to their right."""

OPEN_ENDED_DAYS = 365
"""How much of a window without an end is drawn beyond today or its opening, whichever is later."""


@dataclass(frozen=True)
class Strip:
    """Whole x positions and widths in the strip's view box."""

    window_x: int
    window_width: int
    elapsed_width: int
    today_x: int
    open_ended: bool


def strip(opens: date, closes: date | None, today: date) -> Strip:
    """Lay out a window and today on one scale that just holds both."""
    end = closes or date.fromordinal(max(opens, today).toordinal() + OPEN_ENDED_DAYS)
    start = min(opens, today).toordinal()
    days = max(max(end, today).toordinal() - start, 1)

    def x(day: date) -> int:
        return FIRST + round((day.toordinal() - start) * (LAST - FIRST) / days)

    return Strip(
        window_x=x(opens),
        # A window of a few days years ago still has to be seen.
        window_width=max(x(end) - x(opens), 3),
        elapsed_width=max(x(min(end, today)) - x(opens), 0),
        today_x=x(today),
        open_ended=closes is None,
    )


def sentence(opens: date, closes: date | None, today: date, outcome: str | None = None) -> str:
    """The strip in words: the window, how far off its end is, and the outcome."""
    if closes is None:
        window = _("From {opens}, open-ended").format(opens=day_text(opens))
    else:
        window = _("{opens} to {closes}").format(opens=day_text(opens), closes=day_text(closes))
    return _("{window}; {distance}; {outcome}").format(
        window=window, distance=_distance(opens, closes, today), outcome=outcome_word(outcome)
    )


def _distance(opens: date, closes: date | None, today: date) -> str:
    if today < opens:
        days = (opens - today).days
        pattern = ngettext("opens in {days} day", "opens in {days} days", days)
    elif closes is None:
        days = (today - opens).days
        pattern = ngettext("opened {days} day ago", "opened {days} days ago", days) if days else _("opened today")
    elif today <= closes:
        days = (closes - today).days
        pattern = ngettext("closes in {days} day", "closes in {days} days", days) if days else _("closes today")
    else:
        days = (today - closes).days
        pattern = ngettext("closed {days} day ago", "closed {days} days ago", days)
    return pattern.format(days=days)
