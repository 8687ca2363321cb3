"""The noun of a figure that stands alone, where the sentence has named it elsewhere."""

from dataclasses import replace

from claims.reading.lexicon import CONTRASTS, is_person, words
from claims.reading.lines import Counted, Governed, Line
from claims.reading.nouns import noun_ending_at, read_noun
from claims.reading.numbers import read_number
from claims.reading.stances import FINITE_STANCES
from claims.reading.tokens import lower_at

_OF_PEOPLE = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "captured", "arrested"})


_OF_OBJECTS = frozenset({"strength", "deployed", "destroyed", "delivered", "fired"})


def _befalls_people(line: Line, governed: Governed) -> bool:
    return any(
        lower_at(line.tokens, at)
        in ("hostage", "abducted", "kidnapped", "rescued", "freed", "evacuated", "fled", "displaced")
        for at in range(governed.first, governed.last)
    )


def with_noun_of_others(
    line: Line, count: Counted, governed: Governed, before: tuple[Counted, Governed] | None
) -> Counted:
    """The count with the noun it has elsewhere, where it stands alone; `before` is the count in front of it.

    "Russian casualties stood at 300", "Of the 19 crew, four died", "34 people were killed and 94 wounded".
    """
    if not count.noun.empty:
        return count
    named = _with_named_total(line, count, governed)
    if not named.noun.empty:
        return named
    if before and not before[0].noun.empty and _is_part(line, count):
        return Counted(count.figure, replace(before[0].noun, end=count.noun.end))
    if before is None or before[0].noun.empty:
        return _with_whole(line, count)
    if not _shares(line, count, governed, before) or _parted(line, before[0].figure.last, count.figure.first):
        return count
    return Counted(count.figure, replace(before[0].noun, end=count.noun.end))


def _is_part(line: Line, count: Counted) -> bool:
    """ "three of them", "of which 231", "14 of whom"."""
    after = (lower_at(line.tokens, count.figure.last), lower_at(line.tokens, count.figure.last + 1))
    before = (lower_at(line.tokens, count.figure.first - 2), lower_at(line.tokens, count.figure.first - 1))
    return any(pair[0] == "of" and pair[1] in _BACK for pair in (after, before))


_BACK = frozenset({"them", "whom", "which", "these", "those"})


def _adds(line: Line, count: Counted) -> bool:
    """ "shot 9 looters and detained a hundred more"."""
    before = lower_at(line.tokens, count.figure.first - 1)
    return lower_at(line.tokens, count.figure.last) in ("more", "others") or before in (
        "another",
        "further",
        "additional",
    )


def _shares(line: Line, count: Counted, governed: Governed, before: tuple[Counted, Governed]) -> bool:
    """ "34 people were killed and 94 wounded": the second count shares the noun of the first."""
    noun, measure = before[0].noun, before[1].measure
    if noun.head in _OUTCOMES:
        return False
    if is_person(noun.head) and _adds(line, count):
        return True
    if measure == governed.measure:
        verbs = governed.anchor is not None and before[1].anchor is not None
        return measure in _OF_PEOPLE | _OF_OBJECTS or (verbs and is_person(noun.head))
    return measure in _OF_PEOPLE and (governed.measure in _OF_PEOPLE or _befalls_people(line, governed))


def _parted(line: Line, first: int, last: int) -> bool:
    """Whether another clause begins between; "of which 31" is still of the same."""
    return any(
        word in _PARTING or (word in _RELATIVE and lower_at(line.tokens, at - 1) != "of")
        for at in range(first, last)
        for word in (line.tokens[at].lower,)
    )


_PARTING = CONTRASTS | {";", ":"}
_RELATIVE = frozenset({"which", "who", "where"})


def _with_named_total(line: Line, count: Counted, governed: Governed) -> Counted:
    """ "Russian casualties stood at 300": the total is named in front of its figure."""
    anchor = governed.anchor
    if governed.rule == "placed_at":
        return Counted(count.figure, replace(noun_ending_at(line.tokens, governed.first + 1), end=count.noun.end))
    if anchor is None or governed.rule != "noun_before" or not count.noun.empty or anchor.word not in _TOTALS:
        return count
    noun, tokens = noun_ending_at(line.tokens, anchor.last), line.tokens
    behind = (at + 1 for at in range(noun.last - 1, noun.first - 1, -1) if _is_whose(tokens[at].lower))
    return Counted(count.figure, replace(noun, first=next(behind, noun.first), end=count.noun.end))


_TOTALS = words("casualties deaths fatalities injuries losses arrests detentions disappearances killings")


def _is_whose(word: str) -> bool:
    return word.endswith(("'s", "s'")) or word in FINITE_STANCES or word in ("own", "total", "putting")


def _with_whole(line: Line, count: Counted) -> Counted:
    """ "Of the 19 crew, four died": a part is counted of what stands at the head of the sentence."""
    if lower_at(line.tokens, 0) != "of":
        return count
    at = next((at for at in range(1, 5) if read_number(line.tokens, at)), None)
    number = read_number(line.tokens, at) if at else None
    whole = read_noun(line.tokens, number.last, frozenset()) if number else None
    if whole is None or whole.empty or lower_at(line.tokens, whole.end) != ",":
        return count
    return Counted(count.figure, replace(whole, end=count.noun.end))


# What became of people is no name for others.
_OUTCOMES = words("bodies corpses deaths fatalities casualties injuries losses arrests detentions disappearances lives")
