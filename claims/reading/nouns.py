"""Who or what a figure counts: the noun phrase behind it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from claims.reading.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    EVENTS,
    FINITE,
    INSTITUTIONS,
    NUMBERED,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    THINGS,
    WEEKDAYS,
    words,
)
from claims.reading.numbers import read_number
from claims.reading.tokens import Tokens, lower_at

KNOWN = PEOPLE | THINGS | EVENTS
_STOP = ADVERBS | AUXILIARIES | CONJUNCTIONS | PREPOSITIONS | PRONOUNS | DETERMINERS | {"of", "to", "worth", "apiece"}
_MORE = frozenset({"more", "further", "additional", "extra"})
_BACK_REFERENCES = frozenset({"them", "whom", "these", "those", "which", "us"})
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase at tokens `first` to `last` (exclusive), empty where there is none; `end` is what was read over.

    `completed_at` is the token of a noun that it shares with the next count ("eight Indian and four Chinese soldiers").
    """

    first: int
    last: int
    end: int
    head: str = ""
    completed_at: int | None = None

    @property
    def empty(self) -> bool:
        """Whether the figure stands alone ("34 killed")."""
        return self.first == self.last


def read_noun(tokens: Tokens, at: int, verbs: Collection[int]) -> Noun:
    """The noun phrase that a figure before `at` counts; `verbs` are the tokens that may be verbs."""
    if lower_at(tokens, at) == "of":
        at += 1
        if lower_at(tokens, at) in _BACK_REFERENCES:
            of_people = lower_at(tokens, at + 1) in PEOPLE - {"dead", "wounded", "injured", "missing", "displaced"}
            return Noun(at + 1, at + 1 + of_people, at + 1 + of_people, lower_at(tokens, at + 1) if of_people else "")
    first = at
    while lower_at(tokens, first) in _MORE or (
        (first > at or lower_at(tokens, at - 1) == "of") and _opens(tokens, first)
    ):
        first += 1
    last, head = _chunk(tokens, first, verbs)
    if last == first:
        return Noun(first, first, first)
    if (
        lower_at(tokens, last) in ("and", "or")
        and lower_at(tokens, last + 1) in PEOPLE | THINGS | INSTITUTIONS
        and head in KNOWN
        and (last + 1 not in verbs)
    ):
        last += 2
    if lower_at(tokens, last) == "of" and lower_at(tokens, last + 1) not in _BACK_REFERENCES:
        last = _complement(tokens, last, verbs)
        head = lower_at(tokens, last - 1) if head in _MEASURING else head
    return Noun(first, last, last, head)


# What befalls the counted, named behind them: "49 civilian deaths".
_BEFALLS = words(
    "deaths casualties injuries fatalities losses arrests detentions killings disappearances abductions kidnappings"
)
# Words behind a noun that say when or as what ("took 41 sailors hostage").
_APART = WEEKDAYS | {"hostage", "prisoner", "captive"}
_MEASURING = words("rounds pieces sets series batches round kinds types pairs")


def complete(tokens: Tokens, noun: Noun, following: Noun) -> Noun:
    """The noun with the one behind the next count, where it is only its adjective: "eight Indian and four …"."""
    adjective = noun.last - noun.first == 1 and noun.head not in KNOWN and not _is_plural(tokens, noun.first)
    if not adjective or following.head not in KNOWN or following.last - following.first < 2:
        return noun
    return replace(noun, head=following.head, completed_at=following.last - 1)


def written(text: str, tokens: Tokens, noun: Noun) -> str | None:
    """The noun phrase as the text has it, None for an empty one."""
    if noun.empty:
        return None
    own = text[tokens[noun.first].start : tokens[noun.last - 1].end]
    return own if noun.completed_at is None else f"{own} {tokens[noun.completed_at].text}"


def noun_ending_at(tokens: Tokens, end: int) -> Noun:
    """The noun phrase that ends just before `end`, without its article."""
    first = end
    while first > 0 and tokens[first - 1].kind == "word" and tokens[first - 1].lower not in _STOP | FINITE:
        first -= 1
        if lower_at(tokens, first - 1) == "and" and first >= 2 and tokens[first - 2].capitalised:
            first -= 2
    return Noun(first, end, end, lower_at(tokens, end - 1) if first < end else "")


def is_people(head: str) -> bool:
    """Whether a lower-cased head noun names people: a known one, or one like "Armenians", "beekeepers"."""
    return head in PEOPLE or (
        head not in THINGS and head.endswith(("ians", "ans", "ists", "keepers", "workers", "men"))
    )


def _opens(tokens: Tokens, at: int) -> bool:
    """An article, or the whole of which a part is counted ("14 of the 20 drones")."""
    of_them = ("the", "those", "these", "its", "their", "his", "her", "our")
    return (
        (lower_at(tokens, at) in of_them and read_number(tokens, at + 1) is not None)
        or lower_at(tokens, at) in of_them[:3]
        or read_number(tokens, at) is not None
    )


def _chunk(tokens: Tokens, at: int, verbs: Collection[int]) -> tuple[int, str]:
    """Where the phrase ends, and its head in lower case."""
    here, plural = at, 0
    while here < min(len(tokens), at + _LONGEST):
        here += here == at and lower_at(tokens, here) in ("its", "their", "his", "her", "our")
        if not _continues(tokens, here, verbs, after_plural=plural):
            break
        here += 1
        if _is_plural(tokens, here - 1):
            plural = here
    last = plural or here
    return last, (lower_at(tokens, last - 1) if last > at else "")


def _is_plural(tokens: Tokens, at: int) -> bool:
    word = tokens[at].lower
    if "'" in word or word in verbs_that_look_plural or not word[-1:].isalpha():
        return False
    return (
        word in KNOWN
        or (word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3)
        or (word.endswith(("men", "people")))
    )


verbs_that_look_plural = frozenset({"has", "was", "does", "across", "always", "besides", "perhaps"})


def _continues(tokens: Tokens, at: int, verbs: Collection[int], *, after_plural: int) -> bool:
    if at >= len(tokens):
        return False
    token, word = tokens[at], tokens[at].lower
    known = word in KNOWN and at not in verbs
    next_known = lower_at(tokens, at + 1) in KNOWN and (at + 1) not in verbs
    if after_plural:
        return after_plural == at and ((known and word not in _APART) or word in _BEFALLS)
    if token.kind in ("number", "mixed"):
        return next_known or (token.kind == "mixed" and word[-2:] in ("mm", "st", "nd", "rd", "th"))
    if token.kind == "mark":
        return token.text in ("-", "&", "“", '"', "‘") and next_known
    if not known and (at in verbs or word in FINITE or word.endswith(("ed", "ing"))):
        return next_known or (_adjective(tokens, at) and lower_at(tokens, at + 2) in KNOWN)
    return known or word not in _STOP


def _adjective(tokens: Tokens, at: int) -> bool:
    """A participle with one more adjective after it, as in "wounded Russian soldiers"."""
    following = lower_at(tokens, at + 1)
    return bool(following) and following not in _STOP and tokens[at + 1].kind == "word"


def _complement(tokens: Tokens, at: int, verbs: Collection[int]) -> int:
    """The end of "of …" behind a noun: "members of the security forces"."""
    here = at + 1
    while lower_at(tokens, here) in DETERMINERS - {"another"}:
        here += 1
    begin = here
    while here < min(len(tokens), begin + 6) and _inside_complement(tokens, here, verbs):
        here += 1
    return here if here > begin else at


def _inside_complement(tokens: Tokens, at: int, verbs: Collection[int]) -> bool:
    token = tokens[at]
    if token.kind == "mark" or token.lower in _STOP | FINITE or (at in verbs and not _then_noun(tokens, at)):
        return False
    if token.kind == "number":
        return lower_at(tokens, at - 1) in NUMBERED
    return not token.lower.endswith(("ed", "ing")) or _then_noun(tokens, at) or token.capitalised


def _then_noun(tokens: Tokens, at: int) -> bool:
    following = lower_at(tokens, at + 1)
    return bool(following) and following not in _STOP | FINITE and tokens[at + 1].kind == "word"


def unit_of(noun_head: str, measure: str) -> str | None:
    """What one of the counted is: "people", else the noun counted, else null."""
    if (is_people(noun_head) and noun_head not in THINGS) or (not noun_head and measure in _OF_PEOPLE):
        return "people"
    if measure in _OF_PEOPLE | {"reinforced", "arrested"} and noun_head not in THINGS:
        return "people"
    return noun_head or None


_OF_PEOPLE = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "displaced", "arrested"})
