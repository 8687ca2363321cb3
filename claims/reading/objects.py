"""Looking back from a figure for the verb that takes it as its object."""

from claims.reading.governing import REACH, governed_by
from claims.reading.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    COLLECTIVES,
    CONTRASTS,
    CURRENCY_SIGNS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    words,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor
from claims.reading.tokens import lower_at


def verb_before(line: Line, count: Counted) -> Governed | None:
    """ "killed 34", "killing 34", "sent a force of 300", "destroyed 40 tanks and 12 trucks"."""
    here = count.figure.first - 1
    for _ in range(REACH):
        if here < 0:
            return None
        for anchor in line.ends.get(here, ()):
            if anchor.form in ("past", "base", "ing") and _takes_object(line, anchor):
                return governed_by(line, count, anchor, "verb_before")
        if lower_at(line.tokens, here) in ("and", ",") and _has_verb_of_its_own(line, count):
            return None
        step = _skip_back(line, here)
        if step is None:
            return None
        here = step
    return None


def _has_verb_of_its_own(line: Line, count: Counted) -> bool:
    """ "killed 40 soldiers, and 12 civilians fled": the second count is no object of the first verb."""
    at = count.noun.end
    own = any(anchor.form == "intransitive" for anchor in line.begins.get(at, ()))
    return own or lower_at(line.tokens, at) in AUXILIARIES


def _takes_object(line: Line, anchor: Anchor) -> bool:
    tokens = line.tokens
    if anchor.form == "past" and lower_at(tokens, anchor.first - 1) in BE - {"got"}:
        return lower_at(tokens, anchor.last) == "with" or anchor.rule.name == "reinforced"
    return lower_at(tokens, anchor.first - 1) not in ("the", "of", "those") or anchor.form == "ing"


def _skip_back(line: Line, at: int) -> int | None:
    """The token to go on from when looking back over `at` for a verb, or None where the object ends."""
    word = lower_at(line.tokens, at)
    if word in _JOINTS:
        return _over_joint(line, at)
    previous = _count_ending_at(line, at)
    if previous:
        return previous.figure.first - 1
    if word == "of":
        return at - 2 if lower_at(line.tokens, at - 1) in _WHOLES else None
    if word == "by" and _is_reinforced(line, at - 1):
        return next(here for here in range(at - 1, -1, -1) if here in line.ends)
    if word in _LIGHT or word.endswith("ly"):
        return at - 1
    return _skip_recipient(line, at)


_JOINTS = words("and or & , as well plus also including")
_WHOLES = COLLECTIVES | words("total estimated lives number fleet")
_LIGHT = (
    (DETERMINERS - {"that"})
    | ADVERBS
    | words('further more total combined mere whopping just only about additional new first " ” “')
)


def _is_reinforced(line: Line, at: int) -> bool:
    """Whether "reinforced" stands there, or a few words of time before: "reinforced last month by 217 officers"."""
    last = next((here for here in range(at, max(at - 4, -1), -1) if here in line.ends), None)
    return last is not None and any(anchor.rule.name == "reinforced" for anchor in line.ends[last])


def _over_joint(line: Line, at: int) -> int | None:
    word = lower_at(line.tokens, at)
    item = _before_item(line, at) if word in ("and", ",", "or") else None
    if item is not None:
        return item
    return at - 1 if _count_ending_at(line, at - 1) or (word != "," and _joins(line, at)) else None


def _before_item(line: Line, at: int) -> int | None:
    """The token before the item of a list that ends at `at`.

    "a major and eight soldiers", "live rounds and 30 grenades", "64 tonnes of petrol, 500 beds", "40 tanks near
    Lyman and 12 lorries".
    """
    tokens, complement = line.tokens, False
    for here in range(at - 1, max(at - 9, -1), -1):
        previous, token = _count_ending_at(line, here), tokens[here]
        if previous:
            return previous.figure.first - 1
        if token.kind == "number":
            return here - 1 - (lower_at(tokens, here - 1) in CURRENCY_SIGNS)
        if here in line.ends and not _names(line, here):
            return here if lower_at(tokens, at) == "and" and here < at - 1 and not complement else None
        if token.kind != "word" or token.lower in _NO_ITEM:
            return None
        if token.lower in _SINGLE and not complement:
            return here - 1 if here < at - 1 else None
        complement = complement or token.lower in PREPOSITIONS
    return None


_SINGLE = frozenset({"a", "an", "its", "their", "his", "her", "the", "one"})
_NO_ITEM = AUXILIARIES | CONTRASTS | PRONOUNS | FINITE


def _names(line: Line, at: int) -> bool:
    return any(anchor.form in ("noun", "base") for anchor in line.ends.get(at, ()))


def _joins(line: Line, at: int) -> bool:
    return _count_ending_at(line, at - 1) is not None or lower_at(line.tokens, at - 1) in (",", "and", "as", "well")


def _skip_recipient(line: Line, at: int) -> int | None:
    """ "supplied Ukraine with 40 tanks", "gave Kyiv 40 tanks", "reinforced the garrison with 400 men"."""
    tokens, here = line.tokens, at
    with_them = lower_at(tokens, at) == "with"
    here -= with_them
    for _ in range(5):
        verbs = [anchor for anchor in line.ends.get(here, ()) if anchor.form != "noun"]
        if verbs:
            named = with_them or tokens[here + 1].capitalised or lower_at(tokens, here + 1) in DETERMINERS
            return here if named and verbs[0].rule.name in _WITH_RECIPIENT else None
        if here < 0 or tokens[here].kind != "word":
            return None
        if lower_at(tokens, here) in PREPOSITIONS | BE | CONTRASTS:
            return None
        here -= 1
    return None


_WITH_RECIPIENT = frozenset({"delivered", "reinforced", "deployed", "cost"})


def _count_ending_at(line: Line, at: int) -> Counted | None:
    return line.by_end.get(at)
