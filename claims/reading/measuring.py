"""Which measure word governs a figure. One table of constructions, tried in order."""

from collections.abc import Callable
from dataclasses import dataclass

from claims.reading.counting import (
    aboard,
    counted_object,
    forced,
    in_custody,
    left_home,
    placed_at,
    plain_count,
    taken_as,
    volley,
)
from claims.reading.governing import REACH
from claims.reading.lexicon import (
    ABSTRACT,
    BE,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.objects import verb_before
from claims.reading.planning import is_planned
from claims.reading.subjects import word_after
from claims.reading.tokens import lower_at
from claims.reading.totals import among, brought_to, noun_before, noun_itself, strength


@dataclass(frozen=True, slots=True)
class Construction:
    """A way in which a sentence says what a figure measures, with a sentence in which it does."""

    name: str
    example: str
    find: Callable[[Line, Counted], Governed | None]


def govern(line: Line, count: Counted) -> Governed | None:
    """What that figure measures by the first construction that fits, or None."""
    if count.noun.head in ABSTRACT or is_planned(line, count) or _is_definite(line, count):
        return None
    return next((found for rule in CONSTRUCTIONS if (found := rule.find(line, count))), None)


def _is_definite(line: Line, count: Counted) -> bool:
    """ "the two sides", "his two sons", "all 27 members": known beforehand, not counted here."""
    before = lower_at(line.tokens, count.figure.first - 1)
    small = (count.figure.value or 99) <= 3 and count.figure.qualifier is None
    return before in ("the", "these", "those", "all", "both", "his", "her", "other") and small


def _count_before(line: Line, at: int) -> Counted | None:
    starts = (line.by_start.get(here) for here in range(at - 1, max(at - REACH, -1), -1))
    return next((count for count in starts if count), None)


def _is_among_them(line: Line, count: Counted) -> bool:
    """ "among whom were 15 medics"."""
    words = [lower_at(line.tokens, count.figure.first - step) for step in (3, 2, 1)]
    return words[0] == "among" and words[1] in ("whom", "them", "these") and words[2] in BE


def _part_of_count(line: Line, count: Counted) -> Governed | None:
    """ "34 people were killed, including six children": the part has the measure of its whole."""
    before = [lower_at(line.tokens, count.figure.first - step) for step in (1, 2)]
    of_them = before[0] in (",", "(", "–", "—") and lower_at(line.tokens, count.figure.last) == "of"
    of_them = of_them and lower_at(line.tokens, count.figure.last + 1) in ("them", "whom", "which", "those")
    if (
        not of_them
        and before[0] not in ("including", "them", "include", "included")
        and before[1] != "including"
        and not (before[1] == "of" and before[0] in ("whom", "which", "these", "them", "the"))
        and not _is_among_them(line, count)
    ):
        return None
    whole = _count_before(line, count.figure.first)
    if whole is None or before[0] == "of":
        return None
    found = next(
        (found for rule in CONSTRUCTIONS if rule.find is not _part_of_count and (found := rule.find(line, whole))), None
    )
    if found is None:
        return None
    return Governed(found.measure, count.figure.first, count.noun.end, "part_of_count", None, found.denied)


CONSTRUCTIONS = (
    Construction("strength", "The army keeps a 3,000-strong garrison there.", strength),
    Construction("left_home", "Some 300 people left their homes.", left_home),
    Construction("brought_to", "The transfer raised the garrison to 600 men.", brought_to),
    Construction("taken_as", "The rebels took 57 soldiers prisoner.", taken_as),
    Construction("in_custody", "Some 20 nurses remain in the group's custody.", in_custody),
    Construction("forced", "The floods forced 300 families to leave.", forced),
    Construction("verb_before", "The raid destroyed 14 tanks.", verb_before),
    Construction("word_after", "Some 34 villagers were killed.", word_after),
    Construction("noun_itself", "The army suffered 300 casualties.", noun_itself),
    Construction("part_of_count", "Some 34 villagers, including 6 children, were killed.", _part_of_count),
    Construction("among", "Among the dead were 34 children.", among),
    Construction("noun_before", "The death toll rose to 34.", noun_before),
    Construction("volley", "The navy attacked the port with 40 missiles.", volley),
    Construction("counted_object", "The commission registered 57 parties.", counted_object),
    Construction("placed_at", "Organisers put the crowd at 300,000.", placed_at),
    Construction("aboard", "The ferry sank with 317 aboard.", aboard),
    Construction("plain_count", "Some 300 miners walked to the capital.", plain_count),
)
