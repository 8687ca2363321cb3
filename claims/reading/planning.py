"""Counts of what has not happened: "plans to send 300", "will deliver 40"."""

from claims.reading.lexicon import ADVERBS, BE, CONTRASTS, DETERMINERS, FINITE, MODALS, PREPOSITIONS, PRONOUNS, words
from claims.reading.lines import Counted, Line
from claims.reading.tokens import Tokens, lower_at


def is_planned(line: Line, count: Counted) -> bool:
    """ "plans to send 300", "will deliver 40", "could displace 50,000": nobody has counted them yet."""
    tokens = line.tokens
    if lower_at(tokens, count.figure.first - 1) in _FORESEEN:
        return True
    at = _object_verb(line, count.figure.first)
    if at is not None:
        return _is_future(tokens, at)
    here = count.noun.end
    for here in range(count.noun.end, min(count.noun.end + 6, len(tokens))):
        if tokens[here].lower in MODALS:
            return lower_at(tokens, here + 1) != "have" and not _is_future_free(tokens, here)
        if tokens[here].kind == "mark" or here in line.begins:
            break
        if (
            tokens[here].lower in _EXPECTED
            and lower_at(tokens, here + 1) == "to"
            and lower_at(tokens, here + 2) != "have"
        ):
            return True
    return (lower_at(tokens, here), lower_at(tokens, here - 1)) == ("be", "to") and lower_at(tokens, here - 2) in BE


_FORESEEN = words("expected expects expecting anticipated anticipates anticipate foresee foresees foresaw")
_EXPECTED = words(
    "expected due set scheduled slated planned poised likely projected going supposed meant"
)  # fmt: skip


def _is_future_free(tokens: Tokens, at: int) -> bool:
    return tokens[at].text == "May" or (
        lower_at(tokens, at + 1) in ("not", "no") and lower_at(tokens, at + 2) == "have"
    )


_LIGHT = ADVERBS | {"not", "be"}


def _is_future(tokens: Tokens, verb: int) -> bool:
    """Whether that verb, in its base form, stands behind "to" or a modal."""
    before = verb - 1
    while lower_at(tokens, before) in _LIGHT or lower_at(tokens, before).endswith("ly"):
        before -= 1
    if lower_at(tokens, before) in MODALS:
        return True
    if lower_at(tokens, before) != "to" or lower_at(tokens, before - 1) in _DONE_THINGS | _HELD_TO_BE:
        return False
    held = next((at for at in range(before - 1, max(before - 7, -1), -1) if tokens[at].lower in _HELD_TO_BE), None)
    return held is None or lower_at(tokens, held + 1) != "by"


_HELD_TO_BE = words("claims claim claiming thought believed estimated said reported known reckoned understood claimed")
_DONE_THINGS = words("managed able began helped used continued went proceeded forced")


_NO_OBJECT = (PREPOSITIONS - {"up", "out", "off", "over"}) | CONTRASTS | PRONOUNS | {"and", "or"}


def _object_verb(line: Line, at: int) -> int | None:
    """The verb that takes the figure at `at` as its object: the word before it, articles and adjectives skipped."""
    tokens, here = line.tokens, at - 1
    for _ in range(6):
        if here < 0 or tokens[here].kind == "mark" or lower_at(tokens, here) in MODALS | BE:
            return None
        anchors = [anchor for anchor in line.ends.get(here, ()) if anchor.form in ("past", "base", "ing")]
        if anchors:
            return anchors[0].first
        word = lower_at(tokens, here)
        if word in FINITE or (lower_at(tokens, here - 1) == "to" and word not in DETERMINERS):
            return here
        if word in _NO_OBJECT:
            return None
        here -= 1
    return None
