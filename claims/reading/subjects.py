"""Looking ahead from a figure for what is said of the counted."""

from claims.reading.governing import REACH, governed_by
from claims.reading.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONTRASTS,
    DETERMINERS,
    FINITE,
    HAVE,
    PEOPLE,
    PREPOSITIONS,
    THINGS,
    words,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor
from claims.reading.tokens import lower_at


def word_after(line: Line, count: Counted) -> Governed | None:
    """ "34 killed", "34 people were killed", "300 troops sent to the north", "34 died", "12 are missing"."""
    at = count.noun.end
    limit = min(len(line.tokens), at + REACH)
    while at < limit:
        for anchor in line.begins.get(at, ()):
            if anchor.form in ("past", "intransitive", "state") and _suffers(line, anchor, count):
                return governed_by(line, count, anchor, f"{_AFTER_NAMES[anchor.form]}_after")
        step = _skip_forward(line, at)
        if step is None:
            return None
        at = step
    return None


_AFTER_NAMES = {"past": "passive", "intransitive": "verb", "state": "state"}


def _suffers(line: Line, anchor: Anchor, count: Counted) -> bool:
    """Whether the word is said of what stands before it: always, but for a verb with an object of its own."""
    tokens = line.tokens
    before = anchor.first - 1
    while lower_at(tokens, before) in ADVERBS | {"not", "either"} or lower_at(tokens, before).endswith("ly"):
        before -= 1
    if anchor.form != "past" or lower_at(tokens, before) in BE | {
        "reported",
        "confirmed",
        "feared",
        "believed",
        "left",
    }:
        return True
    if lower_at(tokens, before) in HAVE and (count.noun.empty or anchor.last == len(tokens)):
        return False
    return not _has_object(line, anchor.last)


_NO_OBJECT = ADVERBS | PREPOSITIONS | CONTRASTS | BE | {"to", "of", "and"}


def _has_object(line: Line, at: int) -> bool:
    tokens, word = line.tokens, lower_at(line.tokens, at)
    if at >= len(tokens) or tokens[at].kind == "mark" or word in _NO_OBJECT:
        return False
    return word not in (
        "or",
        "who",
        "that",
        "which",
        "when",
        "last",
        "this",
        "earlier",
        "every",
        "each",
    ) and not word.endswith("ly")


def _skip_forward(line: Line, at: int) -> int | None:
    """The token to go on from when looking ahead over `at` for a verb, or None where the search must end."""
    word = lower_at(line.tokens, at)
    if word in (",", "(", "–", "—"):
        return _over_insertion(line, at)
    if word in ("and", "or"):
        other = line.count_at(at + 1)
        return other.noun.end if other else (at + 1 if _noun_then_verb(line, at + 1) else None)
    other = line.count_at(at)
    if other:
        return other.noun.end
    return None if _ends_search(line, at) else at + 1


def _ends_search(line: Line, at: int) -> bool:
    """At a mark, a new clause, or the verb of another."""
    token, word = line.tokens[at], line.tokens[at].lower
    if token.kind == "mark":
        return word not in ("'", "’", '"', "”", "“")
    if word in _CLAUSE_OPENERS:
        return True
    if word in _OTHER_VERBS or (at in line.begins and word not in _COUNTABLE):
        return not _transparent(line, at)
    return word.endswith("ed") and word not in _PASSING and not token.capitalised and not _adjectival(line, at)


_CLAUSE_OPENERS = CONTRASTS | words("because after before when if unless")
_OTHER_VERBS = FINITE - {"found", "remain", "remains"}
_COUNTABLE = PEOPLE | THINGS
_PASSING = words(
    "reported confirmed feared believed presumed thought estimated alleged reportedly united red armed "
    "said known listed registered"
)  # fmt: skip


def _adjectival(line: Line, at: int) -> bool:
    """ "in the occupied city": a participle behind an article or a preposition."""
    return lower_at(line.tokens, at - 1) in DETERMINERS | PREPOSITIONS


def _transparent(line: Line, at: int) -> bool:
    word = lower_at(line.tokens, at)
    noun_like = any(anchor.form == "noun" for anchor in line.begins.get(at, ()))
    return (word in ("said", "thought", "held", "left", "known") and lower_at(line.tokens, at - 1) in BE) or (
        noun_like or _adjectival(line, at)
    )


def _noun_then_verb(line: Line, at: int) -> bool:
    """ "34 people and their driver were killed"."""
    return lower_at(line.tokens, at) in DETERMINERS and lower_at(line.tokens, at) not in ("that", "no")


def _over_insertion(line: Line, at: int) -> int | None:
    """Behind ", including six children," or "(12 of them women)"; None where the mark ends the clause."""
    tokens, word = line.tokens, lower_at(line.tokens, at)
    closing = {",": ",", "(": ")"}.get(word, word)
    following = lower_at(tokens, at + 1)
    if following == "or":
        return None
    other = line.count_at(at + 1)
    if word == "," and other and lower_at(tokens, other.noun.end) in (",", "and"):
        return other.noun.end
    end = next((here for here in range(at + 1, min(at + 15, len(tokens))) if lower_at(tokens, here) == closing), None)
    loose = word != "," or following in _INSERTIONS or other or following.endswith("ly")
    return end + 1 if end and (loose or _verb_follows(line, end + 1)) else None


def _verb_follows(line: Line, at: int) -> bool:
    """ "300 trainers, bought in 2009, were destroyed": what stands between the commas is an insertion."""
    verbs = (anchor for anchor in line.begins.get(at, ()) if anchor.form == "intransitive")
    return lower_at(line.tokens, at) in AUXILIARIES or next(verbs, None) is not None


_INSERTIONS = words(
    "perhaps maybe possibly including among most mostly mainly many some who which all one not half largely several "
    "at as"
)  # fmt: skip
