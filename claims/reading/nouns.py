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
    MACHINES_TOO,
    NUMBERED,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    THINGS,
    WEEKDAYS,
    is_person,
    words,
)
from claims.reading.numbers import read_number
from claims.reading.tokens import Token, Tokens, lower_at

KNOWN = PEOPLE | THINGS | EVENTS
_STOP = (
    ADVERBS
    | AUXILIARIES
    | CONJUNCTIONS
    | PREPOSITIONS
    | PRONOUNS
    | DETERMINERS
    | {"of", "to", "worth", "apiece", "aboard"}
)
_NO_NOUN = _STOP | FINITE
_PEOPLE_THEMSELVES = PEOPLE - {"dead", "wounded", "injured", "missing", "displaced"}
_JOINED = PEOPLE | THINGS | INSTITUTIONS
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
    machine: bool = False

    @property
    def kind(self) -> str:
        """The head by which a measure is settled: machines that are called like people are things."""
        return "jets" if self.machine else self.head

    @property
    def empty(self) -> bool:
        """Whether the figure stands alone ("34 killed")."""
        return self.first == self.last


def read_noun(tokens: Tokens, at: int, verbs: Collection[int]) -> Noun:
    """The noun phrase that a figure before `at` counts; `verbs` are the tokens that may be verbs."""
    if lower_at(tokens, at) == "of":
        at += 1
        if lower_at(tokens, at) in _BACK_REFERENCES:
            of_people = lower_at(tokens, at + 1) in _PEOPLE_THEMSELVES
            return Noun(at + 1, at + 1 + of_people, at + 1 + of_people, lower_at(tokens, at + 1) if of_people else "")
        at = _behind_owner(tokens, at)
    first = at
    while lower_at(tokens, first) in _MORE or (
        (first > at or lower_at(tokens, at - 1) == "of") and _opens(tokens, first)
    ):
        first += 1
    last, head = _chunk(tokens, first, verbs)
    if last == first and first > at and lower_at(tokens, first) in _THE_STRICKEN:
        return Noun(first, first + 1, first + 1, tokens[first].lower)
    if last == first:
        return Noun(first, first, first)
    if (
        lower_at(tokens, last) in ("and", "or")
        and lower_at(tokens, last + 1) in _JOINED
        and (head in KNOWN or _is_plural(tokens, last - 1))
        and (last + 1 not in verbs)
    ):
        last += 2
    if lower_at(tokens, last) == "of" and lower_at(tokens, last + 1) not in _BACK_REFERENCES:
        last = _complement(tokens, last, verbs)
        head = lower_at(tokens, last - 1) if head in _MEASURING else head
    machine = head in MACHINES_TOO and any(_is_model(tokens[here]) for here in range(first, last - 1))
    return Noun(first, last, last, head, machine=machine)


def _is_model(token: Token) -> bool:
    """ "F-16", "Su-35", "stealth" in front of "fighters"."""
    return any(sign.isdecimal() for sign in token.text) or token.lower in ("stealth", "jet", "escort")


def _behind_owner(tokens: Tokens, at: int) -> int:
    """ "23 of Hamas's 24 battalions": behind the name of whose they are, where a number follows it."""
    for here in range(at, min(at + 5, len(tokens))):
        if lower_at(tokens, here).endswith(("'s", "s'")):
            whole = read_number(tokens, here + 1)
            return whole.last if whole else at
    return at


# Those who are named by what befell them: "ten of the dead".
_THE_STRICKEN = words("dead wounded injured missing displaced detained arrested killed captured accused")
# What befalls the counted, named behind them: "49 civilian deaths".
_BEFALLS = words(
    "deaths casualties injuries fatalities losses arrests detentions killings disappearances abductions kidnappings"
)
# Words behind a noun that say when or as what ("took 41 sailors hostage").
_APART = WEEKDAYS | {"hostage", "prisoner", "captive"}
_MEASURING = words("head rounds pieces sets series batches round kinds types pairs")


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
    while first > 0 and tokens[first - 1].kind == "word" and tokens[first - 1].lower not in _NO_NOUN:
        first -= 1
        if lower_at(tokens, first - 1) == "and" and first >= 2 and tokens[first - 2].capitalised:
            first -= 2
    return Noun(first, end, end, lower_at(tokens, end - 1) if first < end else "")


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
        if here > at and _joins_adjectives(tokens, here):
            here, plural = here + 2, 0
        told = here == at and _is_told_of(tokens, here, verbs)
        if not told and not _continues(tokens, here, verbs, after_plural=plural):
            break
        here += 1
        if _is_plural(tokens, here - 1) and not _describes(tokens, here - 1, verbs):
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
        or (word.endswith("is") and tokens[at].capitalised and len(word) > 6)
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
        maker = is_person(word) and at not in verbs and not tokens[at].capitalised
        return after_plural == at and (((known or maker) and word not in _APART) or word in _BEFALLS)
    if token.kind in ("number", "mixed"):
        return next_known or (token.kind == "mixed" and word[-2:] in ("mm", "st", "nd", "rd", "th"))
    if token.kind == "mark":
        return token.text in ("-", "&", "“", '"', "‘") and next_known
    if not known and (at in verbs or word in FINITE or word.endswith(("ed", "ing"))):
        return next_known or _adjective(tokens, at, verbs)
    return known or word not in _STOP


def _adjective(tokens: Tokens, at: int, verbs: Collection[int]) -> bool:
    """A participle in front of its noun, as in "wounded Russian soldiers" or "displaced islanders"."""
    following = lower_at(tokens, at + 1)
    if not following or following in _STOP or tokens[at + 1].kind != "word":
        return False
    if lower_at(tokens, at + 2) in KNOWN:
        return True
    return tokens[at].lower in _DESCRIBING and _is_plural(tokens, at + 1) and at + 1 not in verbs


def _is_told_of(tokens: Tokens, at: int, verbs: Collection[int]) -> bool:
    """ "148 attempted crossings", "14 mining camps": a participle of no measure in front of its noun."""
    if at + 1 >= len(tokens) or at in verbs or tokens[at].kind != "word" or tokens[at].lower in _NO_NOUN:
        return False
    return tokens[at].lower.endswith(("ed", "ing")) and at + 1 not in verbs and _is_plural(tokens, at + 1)


def _describes(tokens: Tokens, at: int, verbs: Collection[int]) -> bool:
    """ "displaced" in "displaced Karabakhis", a participle though it may name people by itself."""
    following = at + 1 < len(tokens) and at + 1 not in verbs and tokens[at + 1].kind == "word"
    return following and tokens[at].lower in _DESCRIBING and _is_plural(tokens, at + 1)


_DESCRIBING = words(
    "displaced injured wounded captured detained arrested armed trained abandoned damaged destroyed burned stranded "
    "trapped kidnapped abducted missing killed unarmed uniformed masked retired sick dead"
)


def _joins_adjectives(tokens: Tokens, at: int) -> bool:
    """ "British and Romanian soldiers", "sick and wounded men": two adjectives of one noun."""
    if lower_at(tokens, at) not in ("and", "or") or lower_at(tokens, at + 2) not in KNOWN:
        return False
    first, second = tokens[at - 1], tokens[at + 1]
    noun = first.lower not in _NATIONS and (first.lower in KNOWN or _is_plural(tokens, at - 1))
    if noun or first.kind != "word" or first.capitalised != second.capitalised:
        return False
    return second.lower not in KNOWN or second.lower in _NATIONS | _DESCRIBING


_NATIONS = words("british french chinese japanese")


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
    if token.kind == "mark" or token.lower in _NO_NOUN or (at in verbs and not _then_noun(tokens, at)):
        return False
    if token.kind == "number":
        return lower_at(tokens, at - 1) in NUMBERED
    deed = token.lower.endswith("ing") and lower_at(tokens, at - 1) == "of"
    return deed or not token.lower.endswith(("ed", "ing")) or _then_noun(tokens, at) or token.capitalised


def _then_noun(tokens: Tokens, at: int) -> bool:
    following = lower_at(tokens, at + 1)
    return bool(following) and following not in _NO_NOUN and tokens[at + 1].kind == "word"


def unit_of(noun: Noun, measure: str, *, by_people: bool = False) -> str | None:
    """What one of the counted is: "people", else the noun counted, else null; `by_people` where only people do that."""
    if noun.head in _CROWDS:
        return "people"
    if noun.head in _GROUPS or noun.machine or (noun.head in MACHINES_TOO and measure in ("destroyed", "delivered")):
        return noun.head
    if is_person(noun.head) or (not noun.head and measure in _OF_PEOPLE):
        return "people"
    if not noun.head and by_people:
        return "people"
    if measure in _OF_PEOPLE | {"reinforced", "arrested"} and noun.head not in _NO_PEOPLE:
        return "people"
    return noun.head or None


_CROWDS = words("crowd crowds turnout attendance gathering membership population")
_GROUPS = words("families households couples crews")
_BEASTS = words("livestock cattle sheep goats horses camels animals cows pigs poultry chickens birds dogs fish")
_NO_PEOPLE = THINGS | _BEASTS
_OF_PEOPLE = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "displaced", "arrested"})
