"""One line into the fields of a forecast: “Ceasefire in Sudan holds to 30 June 2027, likely #sudan”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from forecasts.reading import document, proposing
from forecasts.reading.finding import FoundForecast
from forecasts.reading.notes import written_out
from forecasts.services.entries import Chance, Wording

LONGEST_LINE: Final = 400  # it travels in an address, whose letters may take nine characters each
_TOPIC: Final = re.compile(r"(?<!\S)#(?P<topic>[^\s#,.;]{1,60})")


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What a form for logging starts with."""

    wording: Wording
    chance: Chance


def read_line(line: str, *, made_on: date, yardstick: str, topics: Sequence[str] = ()) -> Proposed:
    """The forecast that a line amounts to; what it does not say is left empty. `topics` count where it names none."""
    named = tuple(dict.fromkeys(match["topic"].replace("_", " ") for match in _TOPIC.finditer(line)))
    statement = " ".join(_TOPIC.sub("", line[:LONGEST_LINE]).split())
    wording = Wording(statement=statement, made_on=made_on, opens_on=made_on, topics=named or tuple(topics))
    reading = document.read(f"Forecast\n\n- {written_out(statement)}", dated_on=made_on, yardstick=yardstick)
    if not statement or not reading.forecasts:
        return Proposed(wording=wording, chance=Chance())
    found = reading.forecasts[0]
    return Proposed(wording=_filled(wording, found, reading), chance=_chance(found))


def _filled(wording: Wording, found: FoundForecast, reading: document.Reading) -> Wording:
    event = proposing.propose_event(found, reading.parts)
    return Wording(
        statement=wording.statement,
        event=event,
        made_on=wording.made_on,
        opens_on=found.opens_on or wording.made_on,
        closes_on=found.closes_on,
        shape=proposing.propose_shape(event, closes_on=found.closes_on),
        triage=proposing.propose_triage(found),
        condition=found.conditional or "",
        topics=wording.topics,
    )


def _chance(found: FoundForecast) -> Chance:
    return Chance(
        yardstick=found.yardstick if found.term else "",
        term=found.term or "",
        term_text=found.term_text or "" if found.term else "",
        negated=found.negated,
        low=found.low,
        high=found.high,
        probability=found.probability,
    )
