"""How people note a forecast down, and how the reader knows it: “… holds to 30 June: 70 %”."""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
_TO_A_DAY = re.compile(rf"\bto (?=(?:the )?(?:end of|mid-|\d{{1,2}} {_MONTH}|{_MONTH}|20\d\d\b))")
_CHANCE_LAST = re.compile(r"[,:;–-]?\s*(?<![\d.,])(?P<chance>\d{1,3}(?:\.\d+)?\s*(?:%|percent|per cent))\s*\.?$")


def written_out(note: str) -> str:
    """The note with "until" for a "to" before a day, and with the chance at its end in brackets."""
    words = _TO_A_DAY.sub("until ", note)
    return _CHANCE_LAST.sub(lambda match: f" ({match['chance']})", words)
