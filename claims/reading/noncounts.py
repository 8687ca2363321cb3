"""Numbers that count nothing: dates, money, distances, names with a number in them.

One table. A rule is asked about one number in its sentence and says whether that number is of its kind.
"""

from collections.abc import Callable
from dataclasses import dataclass

from claims.reading.lexicon import (
    AUXILIARIES,
    CURRENCIES,
    CURRENCY_SIGNS,
    EVENTS,
    FINITE,
    MEASURING_UNITS,
    MONTHS,
    NUMBERED,
    PEOPLE,
    PERCENT,
    PREPOSITIONS,
    THINGS,
    TIME_UNITS,
    words,
)
from claims.reading.numbers import NUMBER_WORDS, UNITS, Number
from claims.reading.tokens import Tokens, lower_at

_PEOPLE_AND_THINGS = PEOPLE | THINGS
_COUNTABLE = _PEOPLE_AND_THINGS | EVENTS
_NO_NOUN = FINITE | PREPOSITIONS | AUXILIARIES


@dataclass(frozen=True, slots=True)
class NonCount:
    """A kind of number that is no count, with a sentence in which every number is of that kind."""

    name: str
    example: str
    matches: Callable[[Tokens, Number], bool]


def non_count(tokens: Tokens, number: Number) -> NonCount | None:
    """The rule by which that number counts nothing, or None where it may count."""
    return next((rule for rule in NON_COUNTS if rule.matches(tokens, number)), None)


def _before(tokens: Tokens, number: Number) -> str:
    return lower_at(tokens, number.first - 1)


def _after(tokens: Tokens, number: Number) -> str:
    return lower_at(tokens, number.last)


def _digits_only(tokens: Tokens, number: Number) -> bool:
    return number.last - number.first == 1 and tokens[number.first].kind == "number"


def _month_at(tokens: Tokens, at: int) -> bool:
    """ "may" and "march" are months only with a capital letter."""
    return lower_at(tokens, at) in MONTHS and tokens[at].capitalised


def _is_percentage(tokens: Tokens, number: Number) -> bool:
    after = _after(tokens, number)
    return after in PERCENT or (after == "per" and lower_at(tokens, number.last + 1) == "cent")


def _is_money(tokens: Tokens, number: Number) -> bool:
    at = number.last
    at += lower_at(tokens, at) in ("u.s.", "canadian", "australian", "swiss", "turkish", "russian", "worth")
    at += lower_at(tokens, at) == "of"
    return _before(tokens, number) in CURRENCY_SIGNS or lower_at(tokens, at) in CURRENCIES


def _is_date(tokens: Tokens, number: Number) -> bool:
    if not _digits_only(tokens, number) or not number.value or number.value > 31:
        return False
    if _month_at(tokens, number.last) or _month_at(tokens, number.first - 1):
        return True
    # "3 and 4 May", "3–4 May", "May 3 to 4"
    follows = _after(tokens, number) in ("and", "to", "–", "-", "or") and _month_at(tokens, number.last + 2)
    return follows or (_before(tokens, number) in ("to", "–", "-", "and") and _month_at(tokens, number.first - 3))


def _is_year(tokens: Tokens, number: Number) -> bool:
    if (
        not _digits_only(tokens, number)
        or len(tokens[number.first].text) != 4
        or not 1500 <= (number.value or 0) <= 2200
    ):
        return False
    if _month_at(tokens, number.first - 1) or _before(tokens, number) in _BEFORE_A_YEAR:
        return True
    return not _counted_soon(tokens, number.last)


_BEFORE_A_YEAR = words(
    "in since by until till from during before after through early late mid spring summer autumn winter "
    "fall the of this – - / ,"
)


def _counted_soon(tokens: Tokens, at: int) -> bool:
    """Whether people or things follow within three words, as in "1500 North Korean soldiers"."""
    return any(lower_at(tokens, at + step) in _COUNTABLE for step in range(3)) or lower_at(tokens, at) in (
        "were",
        "have",
        "are",
        "killed",
        "of",
    )


def _is_time(tokens: Tokens, number: Number) -> bool:
    """Hours, days, years: with their unit, alone or at the end of a range ("3 to 12 months")."""
    at = number.last
    if lower_at(tokens, at) in ("–", "-", "to", "or", "and") and lower_at(tokens, at + 1) not in ("a", "the"):
        at += 2 if lower_at(tokens, at + 2) in TIME_UNITS else 0
    at += lower_at(tokens, at) in (
        "more",
        "full",
        "long",
        "consecutive",
        "straight",
        "calendar",
        "further",
        "additional",
    )
    return lower_at(tokens, at) in TIME_UNITS


def _is_quantity(tokens: Tokens, number: Number) -> bool:
    at = number.last
    if lower_at(tokens, at) in ("–", "-", "to", "or") and lower_at(tokens, at + 2) in MEASURING_UNITS:
        return True
    at += lower_at(tokens, at) in ("metric", "long", "short", "imperial")
    return lower_at(tokens, at) in MEASURING_UNITS


def _is_age(tokens: Tokens, number: Number) -> bool:
    before, two_before = _before(tokens, number), lower_at(tokens, number.first - 2)
    if before in ("under", "over") and (two_before in _OF_AN_AGE or two_before in PEOPLE):
        return not _counted_soon(tokens, number.last) and 10 <= (number.value or 0) < 110
    if before in ("aged", "age", "ages") or (two_before in ("aged", "ages") and before in ("under", "over", "between")):
        return True
    if before in ("and", "to", "–", "-") and lower_at(tokens, number.first - 3) in ("aged", "ages", "between"):
        return (
            lower_at(tokens, number.first - 4) in ("aged", "ages", "age")
            or lower_at(tokens, number.first - 3) == "aged"
        )
    between_commas = before == "," and _after(tokens, number) in (",", ".", "")
    name = number.first >= 2 and tokens[number.first - 2].capitalised
    return between_commas and name and _digits_only(tokens, number) and (number.value or 0) < 110


_OF_AN_AGE = words("them are were people those children men women everyone")


def _is_fraction(tokens: Tokens, number: Number) -> bool:
    """ "one in four", "3 out of 5", "two thirds": a share, no count."""
    after, next_but_one = _after(tokens, number), lower_at(tokens, number.last + 1)
    if after == "of" and number.value == 1 and (next_but_one in UNITS or next_but_one.isdecimal()):
        return True
    if after in ("third", "thirds", "quarter", "quarters", "fifth", "fifths", "half", "halves", "tenths", "tenth"):
        return True
    if after in ("in", "out") and (number.value or 0) < 10:
        at = number.last + (2 if (after, next_but_one) == ("out", "of") else 1)
        return lower_at(tokens, at) in UNITS or (at < len(tokens) and tokens[at].kind == "number")
    if _before(tokens, number) == "in" and number.first >= 2 and tokens[number.first - 2].kind == "number":
        return _plain_share(tokens[number.first - 2].text)
    before_in = _before(tokens, number) in ("in", "of") and lower_at(tokens, number.first - 2) in (*UNITS, "out")
    return before_in and lower_at(tokens, number.first - 3) in ("", *UNITS)


def _plain_share(digits: str) -> bool:
    """ "8 in 10": a small first number."""
    return digits.isdecimal() and len(digits) < 3


def _is_decimal(_: Tokens, number: Number) -> bool:
    return not number.whole or (number.value == 0 and not number.vague)


def _is_numbered_name(tokens: Tokens, number: Number) -> bool:
    """ "Article 5", "Resolutions 2254 and 2401", "CC-BY 3", "the 93 Brigade"."""
    if number.vague or not _digits_only(tokens, number):
        spelt_name = _before(tokens, number) in (
            "phase",
            "article",
            "chapter",
            "stage",
            "tier",
            "level",
            "number",
            "part",
        )
        return spelt_name and not number.vague
    at = number.first - 1
    at -= lower_at(tokens, at) in (".", "#", "№")
    if lower_at(tokens, at) in ("and", "to", ",", "–", "-", "or") and at >= 1 and tokens[at - 1].kind == "number":
        at -= 2
    name = lower_at(tokens, at)
    if name not in NUMBERED and lower_at(tokens, number.first - 1) not in ("#", "№"):
        return False
    if name == "number" and _is_verb_of_size(tokens, at):
        return False
    return name in ("no", "nr", "p", "pp") or at < 0 or tokens[at].capitalised or not _counted_soon(tokens, number.last)


def _is_verb_of_size(tokens: Tokens, at: int) -> bool:
    """ "the doctors in Angola number 800", "thought to number 300"."""
    before = lower_at(tokens, at - 1)
    return before == "to" or before.endswith("s") or (at > 1 and lower_at(tokens, at - 2) in PREPOSITIONS)


def _is_group_of(tokens: Tokens, number: Number) -> bool:
    """ "the Group of 20", "the Group of Seven"."""
    named = _before(tokens, number) == "of" and lower_at(tokens, number.first - 2) in ("group", "club", "council")
    return named and tokens[number.first - 2].capitalised and number.first > 2


# "twice as many as the 4,100 of 2021" compares and counts nothing.
COMPARING = frozenset({"twice", "thrice", "half", "times"})


def _is_compared(tokens: Tokens, number: Number) -> bool:
    at = number.first - 1 - (_before(tokens, number) in ("the", "its", "their"))
    phrase = [lower_at(tokens, here) for here in range(at - 2, at + 1)]
    return phrase in (["as", "many", "as"], ["as", "large", "as"]) and lower_at(tokens, at - 3) in COMPARING


def _is_last_word_of_name(tokens: Tokens, number: Number) -> bool:
    """ "Nord Stream 2", "Power of Siberia 2 exists on paper": a small number behind a name, with nothing to count."""
    at = number.first - 1
    if at < 1 or not _digits_only(tokens, number) or not (number.value or 0) < 10:
        return False
    after = _after(tokens, number)
    ends = after in _NO_NOUN or not after[:1].isalpha()
    verb = after.endswith("s") and after not in _COUNTABLE
    return tokens[at].kind == "word" and tokens[at].capitalised and not _month_at(tokens, at) and (ends or verb)


def _is_proper_name(tokens: Tokens, number: Number) -> bool:
    """ "the Five Eyes", "the Permanent Five": a capital letter inside a sentence."""
    first = tokens[number.first]
    if number.first == 0 or number.vague or first.kind != "word" or not first.capitalised:
        return False
    before = tokens[number.first - 1]
    follows = number.last < len(tokens) and tokens[number.last].capitalised
    return before.kind == "word" and (follows or before.capitalised or _before(tokens, number) == "the")


def _is_footnote(tokens: Tokens, number: Number) -> bool:
    brackets = (_before(tokens, number), _after(tokens, number)) in (("[", "]"), ("(", ")"))
    return brackets and _digits_only(tokens, number)


def _is_enumerator(tokens: Tokens, number: Number) -> bool:
    """ "3. Russia …", "(2) …", "Firstly" never: the number of an item at the head of its line."""
    return number.first == 0 and _digits_only(tokens, number) and _after(tokens, number) in (".", ")", ":")


def _is_glued(tokens: Tokens, number: Number) -> bool:
    """A number that touches a letter, a slash or another mark: "5G", "24/7", "52-48" votes, "3-1"."""
    token = tokens[number.first]
    before = tokens[number.first - 1] if number.first else None
    if before and before.end == token.start and before.text in ("/", "#", "@", "_", "№", "^", "°", "."):
        return True
    last = tokens[number.last] if number.last < len(tokens) else None
    return bool(last and last.start == tokens[number.last - 1].end and last.text in ("/", "°", "_", "@", "′", "″"))


def _is_pronoun(tokens: Tokens, number: Number) -> bool:
    """ "one of", "no one", "one day", "one another": the word, not the number."""
    if number.last - number.first != 1 or lower_at(tokens, number.first) != "one":
        return False
    return not _names_one(_after(tokens, number)) and not _participle_follows(tokens, number.last)


def _names_one(word: str) -> bool:
    """ "one policeman", "one tank"."""
    return word in _PEOPLE_AND_THINGS or f"{word}s" in _PEOPLE_AND_THINGS or word.endswith(("man", "woman"))


def _participle_follows(tokens: Tokens, at: int) -> bool:
    ends = ("ed", "dead", "missing", "shot", "sunk")
    next_but_one = lower_at(tokens, at + 1)
    return lower_at(tokens, at).endswith(ends) or (
        (lower_at(tokens, at) in ("was", "is") and next_but_one.endswith(ends)) or next_but_one in _PEOPLE_AND_THINGS
    )


def _is_vote(tokens: Tokens, number: Number) -> bool:
    """The result of a ballot, as in "by 14 votes"; votes cast or counted are things."""
    after = _after(tokens, number)
    if any(lower_at(tokens, at) == "voted" for at in range(max(number.first - 4, 0), number.first)):
        return after in ("to", "in", "for", "against", ",", "–", "-")
    if after in ("votes", "vote"):
        return (number.value or 0) < 1_000 and not {"cast", "counted"} & {
            lower_at(tokens, at) for at in range(number.last + 1, number.last + 5)
        }
    return after in ("seats", "seat", "abstentions", "goals")


def _is_denominator(tokens: Tokens, number: Number) -> bool:
    """The whole of which a part is counted: "14 of the 20 drones", "Of the 19 crew, four died"."""
    at = number.first - 1
    while at > number.first - 4 and lower_at(tokens, at) in _OF_THE_WHOLE:
        at -= 1
    if lower_at(tokens, at).endswith(("'s", "s'")):
        at -= 1
        while at > number.first - 8 and (tokens[at].capitalised or lower_at(tokens, at) == "the"):
            at -= 1
    if lower_at(tokens, at) != "of":
        return False
    if at == 0:
        return at < number.first - 1 and _ends_its_phrase(tokens, number.last)
    at -= 1 + (lower_at(tokens, at - 1) == "out")
    share = lower_at(tokens, at)
    return at >= 0 and (
        tokens[at].kind == "number" or share in _PARTS or share.endswith(("thirds", "quarters", "fifths"))
    )


_PARTS = (NUMBER_WORDS - {"a", "an", "many"}) | words("most majority thirds all none")
_OF_THE_WHOLE = words("the our my its their these those some about all nearly almost more than over")


def _ends_its_phrase(tokens: Tokens, at: int) -> bool:
    """Whether nothing but a noun follows before a comma: "Of the 19 crew,"."""
    return any(lower_at(tokens, here) == "," for here in range(at + 1, at + 4))


NON_COUNTS = (
    NonCount("percentage", "Output fell by 40 percent and exports by 12%.", _is_percentage),
    NonCount("money", "Berlin pledged €300 million and 40 million dollars.", _is_money),
    NonCount("date", "The talks of 2 May and March 14 failed.", _is_date),
    NonCount("year", "The treaty of 1972 lapsed in 2021.", _is_year),
    NonCount("time", "Fighting went on for 12 days and three to four nights.", _is_time),
    NonCount("quantity", "The army advanced 40 km with 12 tonnes of fuel.", _is_quantity),
    NonCount("age", "The victim, aged 34, was arrested with Anna Berg, 51, in Riga.", _is_age),
    NonCount("fraction", "One in four homes lies empty and two thirds of them are damaged.", _is_fraction),
    NonCount("decimal", "The index of soldiers rose to 3.4 last year.", _is_decimal),
    NonCount("numbered_name", "Article 5 and Resolution 2254 bind all soldiers.", _is_numbered_name),
    NonCount("proper_name", "Soldiers of the Five Eyes partners met.", _is_proper_name),
    NonCount("compared", "The army has twice as many as the 4,100 soldiers of its neighbour.", _is_compared),
    NonCount("group_of", "The guards of the Group of 20 were soldiers.", _is_group_of),
    NonCount("last_word_of_name", "The guards of Nord Stream 2 were soldiers.", _is_last_word_of_name),
    NonCount("footnote", "The strike killed soldiers [12] and officers (3).", _is_footnote),
    NonCount("enumerator", "3. Soldiers were killed in the north.", _is_enumerator),
    NonCount("glued", "Guards were killed at 38° north.", _is_glued),
    NonCount("pronoun", "One of the soldiers was killed and no one else hurt.", _is_pronoun),
    NonCount("vote", "The motion passed with 14 votes and cost the party 12 seats.", _is_vote),
    NonCount("denominator", "One of the 20 officers resigned.", _is_denominator),
)
