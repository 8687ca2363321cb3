"""The names of speakers: the noun phrase before a verb of saying, or behind "according to"."""

from claims.reading.figures import read_start
from claims.reading.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONTRASTS,
    DETERMINERS,
    FINITE,
    HAVE,
    MODALS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    WEEKDAYS,
    words,
)
from claims.reading.stances import FINITE_STANCES, NEEDS_AT, NOUN_STANCES, Stance
from claims.reading.tokens import Tokens, lower_at

_VAGUE_SPEAKERS = words(
    "some several early initial unconfirmed other various many multiple earlier later latest recent new "
    "these those such independent conflicting official the"
)
_ADVERBIALS = words(
    "meanwhile however but and yet still also earlier later officially separately moreover then "
    "nevertheless so though additionally nonetheless overall afterwards recently since subsequently when "
    "while whereas although as after before because if both"
)
_BEFORE_A_VERB = ADVERBS - WEEKDAYS | HAVE | MODALS | {"did", "officially"}
_VERBS = AUXILIARIES | FINITE | {"fled"}
_AFTER_A_NAME = PREPOSITIONS | {"and", ".", "reached", "contacted", "published", "released", "issued"} | ADVERBS
_NO_NAME = FINITE | NEEDS_AT
_MARKS_WITHIN = frozenset(["'", "’", "&", "-", "/", "."])
_LONGEST_NAME = 25


def name_before(tokens: Tokens, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends just before `end`: the subject of a verb."""
    end = back_over_adverbs(tokens, end)
    if lower_at(tokens, end - 1) in ("who", "which", "that"):
        return _antecedent(tokens, end - 1 - (lower_at(tokens, end - 2) == ","))
    if lower_at(tokens, end - 1) == ",":
        end = _before_insertion(tokens, end - 1)
    return _stripped(tokens, _name_start(tokens, end), end)


def _name_start(tokens: Tokens, end: int) -> int:
    first = end
    while first > 0 and end - first < _LONGEST_NAME and _in_name(tokens, first - 1):
        first = acronym_start(tokens, first - 1)
    return first


def _antecedent(tokens: Tokens, end: int) -> tuple[int, int] | None:
    """Whom "which" and "who" mean: "lost 14 bases to the Arakan Army, which …" is that army."""
    first = _name_start(tokens, end)
    links = [at for at in range(first, end) if tokens[at].lower in ("to", "by", "with", "from", "against")]
    return _stripped(tokens, links[-1] + 1 if links else first, end)


def back_over_adverbs(tokens: Tokens, end: int) -> int:
    while end > 0 and (
        lower_at(tokens, end - 1) in _BEFORE_A_VERB
        or (lower_at(tokens, end - 1).endswith("ly") and not tokens[end - 1].capitalised)
    ):
        end -= 1
    return end


def _before_insertion(tokens: Tokens, comma: int) -> int:
    """The end of the name before ", Ukraine's commander," or ", who visited Kyiv,"."""
    for here in range(comma - 1, max(comma - 20, 0), -1):
        if tokens[here].text == ",":
            return here
    return 0


def acronym_start(tokens: Tokens, at: int) -> int:
    """Where the brackets open that close at that token ("the United States (US)"), or the token itself."""
    return at - 2 if at >= 2 and tokens[at].text == ")" and tokens[at - 2].text == "(" else at


def _in_name(tokens: Tokens, at: int) -> bool:
    token, word = tokens[at], tokens[at].lower
    if token.kind == "mark":
        return token.text in _MARKS_WITHIN or acronym_start(tokens, at) < at
    if (
        word
        in CONTRASTS
        | {"that", "because", "when", "if", "unless", "as", "which", "who", "after", "or", "than"}
        | AUXILIARIES
    ):
        return token.text == "May"
    if word in FINITE_STANCES and not token.capitalised and word.endswith(("ed", "said", "says", "told", "wrote")):
        return lower_at(tokens, at - 1).endswith(("ly", "'s"))
    return word != "and" or not _has_verb(tokens, at)


def _has_verb(tokens: Tokens, end: int) -> bool:
    """Whether a clause ends at `end`: "…the strike hit a depot and officials said"."""
    for at in range(end - 1, max(end - 15, -1), -1):
        word = tokens[at].lower
        if tokens[at].text in (",", ";"):
            return at == end - 1
        past = word.endswith("ed") and word not in ("united", "armed") and not tokens[at].capitalised
        if word in _VERBS or past or word in FINITE_STANCES:
            return True
    return False


def _stripped(tokens: Tokens, first: int, end: int) -> tuple[int, int] | None:
    """The phrase without what leads in: "Meanwhile", "On Tuesday", "In Kyiv"."""
    while first < end:
        word = tokens[first].lower
        if word in _ADVERBIALS or tokens[first].kind == "mark" or (word in ADVERBS and first + 1 < end):
            first += 1
        elif word in ("last", "this", "earlier") and lower_at(tokens, first + 1) in ("week", "month", "year"):
            first += 2
        elif word in PREPOSITIONS and word not in ("like", "inside"):
            first = _after_phrase(tokens, first + 1, end)
        else:
            break
    while end > first and tokens[end - 1].lower in (",", ".", "own"):
        end -= 1
    return (first, end) if first < end else None


def _after_phrase(tokens: Tokens, at: int, end: int) -> int:
    """Behind "Tuesday", "2 May 2025", "a statement", "Kyiv" after a preposition."""
    date_like = False
    while at < end and (tokens[at].lower in MONTHS | WEEKDAYS | {"early", "late", "mid"} or tokens[at].kind != "word"):
        at, date_like = at + 1, True
    if date_like:
        return at
    at += lower_at(tokens, at) in DETERMINERS
    return at + 1


def name_after(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `first`: after "according to", "said", "by"."""
    end = first
    while end < len(tokens) and end - first < _LONGEST_NAME and _goes_on(tokens, end, first):
        if tokens[end].text == "(":
            end = next((at for at in range(end, min(end + 6, len(tokens))) if tokens[at].text == ")"), end)
        end += 1
    while end > first and tokens[end - 1].lower in _AFTER_A_NAME:
        end -= 1
    return (first, end) if end > first and lower_at(tokens, first) not in ("name", "hand") else None


def _goes_on(tokens: Tokens, at: int, first: int) -> bool:
    token, word = tokens[at], tokens[at].lower
    if token.kind == "mark":
        name_dot = token.text == "." and at + 1 < len(tokens) and at > first and len(tokens[at - 1].text) <= 4
        acronym = token.text == "(" and at + 2 < len(tokens) and tokens[at + 2].text == ")" and at > first
        return token.text in _MARKS_WITHIN - {"."} or (name_dot and tokens[at - 1].capitalised) or acronym
    if word in AUXILIARIES - {"'s"} and token.text != "May":
        return False
    if word in CONTRASTS | {
        "that",
        "which",
        "who",
        "whose",
        "to",
        "because",
        "when",
        "since",
        "after",
        "as",
        "during",
        "via",
    }:
        return False
    if word in ("on", "in", "at", "by", "from") and at > first:
        return not _is_time_or_medium(tokens, at + 1)
    if word in WEEKDAYS | {"earlier", "today", "yesterday", "late", "early", "last", "this"} and at > first:
        return False
    return (
        token.kind == "word"
        and not (word in _NO_NAME and at > first and not token.capitalised)
        and not _clause_follows(tokens, at, first)
    )


def _clause_follows(tokens: Tokens, at: int, first: int) -> bool:
    return (
        at > first
        and tokens[at].lower == "and"
        and (read_start(tokens, at + 1) or lower_at(tokens, at + 1) in PRONOUNS)
    )


def _is_time_or_medium(tokens: Tokens, at: int) -> bool:
    here = at + (lower_at(tokens, at) in DETERMINERS | {"early", "late"})
    media = (
        "statement",
        "report",
        "interview",
        "post",
        "briefing",
        "letter",
        "message",
        "speech",
        "video",
        "time",
        "same",
        "week",
        "month",
        "year",
        "weekend",
        "day",
        "phone",
        "televised",
        "telegram",
        "twitter",
        "x",
        "facebook",
    )
    return (
        lower_at(tokens, here) in MONTHS | WEEKDAYS
        or lower_at(tokens, here) in media
        or (here < len(tokens) and tokens[here].kind in ("number", "mixed"))
    )


def cut_noun(tokens: Tokens, name: tuple[int, int]) -> tuple[tuple[int, int] | None, Stance | None]:
    """ "the United States (US) estimates", "reports by KCNA": the speaker, and the noun's stance."""
    first, end = name
    for at in range(first, end):
        by = at + 1 + (lower_at(tokens, at + 1) in ("released", "published", "compiled", "issued", "provided"))
        if tokens[at].lower in NOUN_STANCES and lower_at(tokens, by) in ("by", "from", "of") and by + 1 < end:
            return (by + 1, end), NOUN_STANCES[tokens[at].lower]
    stance = NOUN_STANCES.get(tokens[end - 1].lower)
    if stance is None or tokens[end - 1].lower in ("report", "statement", "claim", "numbers", "toll"):
        return name, None
    end -= 1 + (end - 2 > first and tokens[end - 2].lower in ("own", "latest", "official", "intelligence-based"))
    if all(tokens[at].lower in _VAGUE_SPEAKERS for at in range(first, end)):
        return None, stance
    if (
        not any(tokens[at].capitalised for at in range(max(first, 1), end))
        and tokens[first].lower not in DETERMINERS
        and not (tokens[first].text.isupper())
    ):
        end += 0 if tokens[first].capitalised and first > 0 else 1
    return (first, _without_possessive(tokens, end)), stance


def _without_possessive(tokens: Tokens, end: int) -> int:
    return end - (tokens[end - 1].lower in ("'s", "'", "’"))
