"""What a cell says, column by column. Every function raises CellRefused with a reason for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from forecasts.choices import Confidence, Outcome, Shape
from forecasts.reading.terms import MIRRORED_WORDS, plain
from forecasts.yardsticks.band import Term, Yardstick
from forecasts.yardsticks.scales import YARDSTICKS
from sources.importing.countries import UnknownCountry, country_codes
from sources.reading.dates import written_dates

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)
LONGEST_NAME: Final = 200
LONGEST_TOPIC: Final = 60
LONGEST_ADDRESS: Final = 1_000
_SHAPES: Final = tuple(Shape.values)
_CONFIDENCES: Final = tuple(Confidence.values)
_OUTCOMES: Final = tuple(Outcome.values)
_MIDNIGHT: Final = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?")
_SHARE: Final = re.compile(r"(?P<number>\d{1,6}(?:[.,]\d{1,9})?)\s*(?P<sign>%|per ?cent)?", re.IGNORECASE | re.ASCII)
_address_check: Final = URLValidator(schemes=["http", "https"])


class CellRefused(Exception):
    """A cell says nothing that could be taken over."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def day(text: str) -> date:
    """A day: in ISO form, or in any other that can only mean one ("2 May 2025", "31/12/2025")."""
    if midnight := _MIDNIGHT.fullmatch(text):
        text = midnight["day"]
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = _written_day(text)
    if not EARLIEST <= found <= LATEST:
        raise CellRefused(_("“%s” lies outside the years 1900 to 2199.") % text)
    return found


def _written_day(text: str) -> date:
    written = [each for each in written_dates(text) if (each.start, each.end) == (0, len(text))]
    if not written:
        raise CellRefused(_("“%s” is no day. Write it as YYYY-MM-DD.") % text)
    if written[0].day is None:
        raise CellRefused(_("“%s” may mean more than one day, or none. Write it as YYYY-MM-DD.") % text)
    return written[0].day


def probability(text: str) -> float:
    """A chance from 0 to 1: "0.6", "60%", "62,5 %". A bare number above 1, or a bare 1, could be meant in two ways."""
    match = _SHARE.fullmatch(text)
    if match is None:
        raise CellRefused(_("“%s” is no single probability. Write it as 0.6 or 60%%.") % text)
    number = float(match["number"].replace(",", "."))
    if match["sign"]:
        number /= 100
    elif number > 1 or match["number"] == "1":
        message = _("“%(text)s” could be meant in two ways. Write it as a share (0.6) or with its sign (%(text)s%%).")
        raise CellRefused(message % {"text": text})
    if number > 1:
        raise CellRefused(_("A probability lies between 0 and 1 (0 % and 100 %)."))
    return round(number, 9)


@lru_cache(maxsize=100)
def yardstick(text: str) -> Yardstick:
    """The yardstick of that slug or name."""
    for each in YARDSTICKS.values():
        if text.lower() in (each.slug, each.name.lower()):
            return each
    raise CellRefused(_("“%(text)s” is no yardstick here; there are: %(known)s.") % _named(text, tuple(YARDSTICKS)))


@lru_cache(maxsize=1_000)
def term(text: str, scale: Yardstick) -> tuple[Term, bool]:
    """The term of that slug or those words, and whether it is negated ("not likely")."""
    words = plain(text)
    if (found := _term_of(words, scale)) is not None:
        return found, False
    bare = words.removeprefix("not ")
    if bare != words and bare in MIRRORED_WORDS and (found := _term_of(bare, scale)) is not None:
        return found, True
    named = {"text": text, "scale": scale.slug, "known": ", ".join(each.words[0] for each in scale.terms)}
    message = _("“%(text)s” is no term of %(scale)s. Its terms are: %(known)s.") % named
    others = [each.slug for each in YARDSTICKS.values() if _term_of(words, each) is not None]
    if others:
        message += " " + _("It is one of %s; name that in the column yardstick.") % ", ".join(others)
    raise CellRefused(message)


def _term_of(words: str, scale: Yardstick) -> Term | None:
    return next((each for each in scale.terms if words in each.words or words == plain(each.slug)), None)


def shape(text: str) -> str:
    """One of the shapes, by its slug or in words ("holds throughout")."""
    return _choice(text, _SHAPES)


def confidence(text: str) -> str:
    """One of the levels of confidence ("high", "high confidence")."""
    return _choice(plain(text).removesuffix(" confidence"), _CONFIDENCES)


def outcome(text: str) -> str:
    """One of the outcomes, by its slug, in its words or in those of its label ("it happened")."""
    if text in _OUTCOMES:
        return text
    by_label = {plain(str(each.label)): each.value for each in Outcome}
    return by_label.get(plain(text)) or _choice(text, _OUTCOMES)


def _choice(text: str, known: Sequence[str]) -> str:
    slug = text if text in known else plain(text).replace(" ", "_")
    if slug not in known:
        raise CellRefused(_("“%(text)s” is none of: %(known)s.") % _named(text, known))
    return slug


def _named(text: str, known: Sequence[str]) -> dict[str, str]:
    return {"text": text, "known": ", ".join(known)}


def author(text: str) -> str:
    """One name, with single blanks."""
    name = " ".join(text.split())
    if ";" in name:
        raise CellRefused(_("Name one author. Each further one has a row of their own, with the same external_id."))
    if len(name) > LONGEST_NAME:
        raise CellRefused(_("A name has at most %d characters.") % LONGEST_NAME)
    return name


def external_id(text: str) -> str:
    """The forecast's name elsewhere."""
    if len(text) > LONGEST_NAME:
        raise CellRefused(_("An external_id has at most %d characters.") % LONGEST_NAME)
    return text


def address(text: str) -> str:
    """A web address."""
    if len(text) > LONGEST_ADDRESS:
        raise CellRefused(_("An address has at most %d characters.") % LONGEST_ADDRESS)
    try:
        _address_check(text)
    except ValidationError as error:
        raise CellRefused(_("“%s” is no web address.") % text) from error
    return text


def topics(text: str) -> list[str]:
    """Topics by name, each once."""
    names = [" ".join(each.strip().lstrip("#").split()) for each in text.split(";")]
    for name in names:
        if len(name) > LONGEST_TOPIC:
            raise CellRefused(_("“%s” is longer than a topic may be (60 characters).") % name)
    return list(dict.fromkeys(filter(None, names)))


def countries(text: str) -> list[str]:
    """Countries as ISO 3166 codes of two letters, each once."""
    try:
        return country_codes(text)
    except UnknownCountry as error:
        message = _("“%s” is no country in ISO 3166. Write its English name or its two letters.")
        raise CellRefused(message % error.name) from error
