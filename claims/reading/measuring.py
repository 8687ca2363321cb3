"""Which measure word governs a figure. One table of constructions, tried in order."""

from collections.abc import Callable
from dataclasses import dataclass

from claims.reading.lexicon import (
    ABSTRACT,
    ADVERBS,
    BE,
    COLLECTIVES,
    CONTRASTS,
    DETERMINERS,
    EVENTS,
    FINITE,
    HAVE,
    INSTITUTIONS,
    MILITARY,
    MONTHS,
    NEGATIONS,
    PEOPLE,
    PREPOSITIONS,
    THINGS,
    WEEKDAYS,
    words,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor, settle
from claims.reading.nouns import is_people
from claims.reading.planning import is_planned
from claims.reading.tokens import Tokens, lower_at

_REACH = 30  # words between a figure and its verb; beyond that nobody reads them together


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


def _governed(line: Line, count: Counted, anchor: Anchor, rule: str) -> Governed | None:
    measure = settle(anchor, count.noun.head)
    if measure is None:
        return None
    return Governed(measure, anchor.first, anchor.last, rule, anchor, denied=_negated(line.tokens, anchor.first))


def _negated(tokens: Tokens, at: int) -> bool:
    return any(lower_at(tokens, step) in NEGATIONS for step in range(max(at - 3, 0), at)) and (
        lower_at(tokens, at - 1) in NEGATIONS | BE | HAVE | ADVERBS
    )


def _is_definite(line: Line, count: Counted) -> bool:
    """ "the two sides", "his two sons", "all 27 members": known beforehand, not counted here."""
    before = lower_at(line.tokens, count.figure.first - 1)
    small = (count.figure.value or 99) <= 3 and count.figure.qualifier is None
    return before in ("the", "these", "those", "all", "both", "his", "her", "other") and small


def _verb_before(line: Line, count: Counted) -> Governed | None:
    """ "killed 34", "killing 34", "sent a force of 300", "destroyed 40 tanks and 12 trucks"."""
    here = count.figure.first - 1
    for _ in range(_REACH):
        if here < 0:
            return None
        for anchor in line.ends.get(here, ()):
            if anchor.form in ("past", "base", "ing") and _takes_object(line, anchor):
                return _governed(line, count, anchor, "verb_before")
        step = _skip_back(line, here)
        if step is None:
            return None
        here = step
    return None


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
    if word in _LIGHT or word.endswith("ly") or (word == "by" and _is_reinforced(line, at - 1)):
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
    return any(anchor.rule.name == "reinforced" for anchor in line.ends.get(at, ()))


def _over_joint(line: Line, at: int) -> int | None:
    word = lower_at(line.tokens, at)
    single = _before_single(line.tokens, at) if word == "and" else None
    if single is not None:
        return single
    return at - 1 if _count_ending_at(line, at - 1) or (word != "," and _joins(line, at)) else None


def _before_single(tokens: Tokens, at: int) -> int | None:
    """ "killing a major and eight soldiers": the token before the one who is named first."""
    for here in range(at - 1, max(at - 6, -1), -1):
        if tokens[here].kind != "word" or tokens[here].lower in PREPOSITIONS | BE | CONTRASTS:
            return None
        if tokens[here].lower in ("a", "an", "its", "their", "his", "her", "the"):
            return here - 1 if here < at - 1 else None
    return None


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


def _word_after(line: Line, count: Counted) -> Governed | None:
    """ "34 killed", "34 people were killed", "300 troops sent to the north", "34 died", "12 are missing"."""
    at = count.noun.end
    limit = min(len(line.tokens), at + _REACH)
    while at < limit:
        for anchor in line.begins.get(at, ()):
            if anchor.form in ("past", "intransitive", "state") and _suffers(line, anchor):
                return _governed(line, count, anchor, f"{_AFTER_NAMES[anchor.form]}_after")
        step = _skip_forward(line, at)
        if step is None:
            return None
        at = step
    return None


_AFTER_NAMES = {"past": "passive", "intransitive": "verb", "state": "state"}


def _suffers(line: Line, anchor: Anchor) -> bool:
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
    if lower_at(tokens, before) in HAVE:
        return False
    return not _has_object(line, anchor.last)


def _has_object(line: Line, at: int) -> bool:
    tokens, word = line.tokens, lower_at(line.tokens, at)
    if (
        at >= len(tokens)
        or tokens[at].kind == "mark"
        or word in ADVERBS | PREPOSITIONS | CONTRASTS | BE | {"to", "of", "and"}
    ):
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
_OTHER_VERBS = FINITE - {"found"}
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
    return lower_at(line.tokens, at) in DETERMINERS


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
    if word == "," and not (following in _INSERTIONS or other or following.endswith("ly")):
        return None
    for here in range(at + 1, min(at + 15, len(tokens))):
        if lower_at(tokens, here) == closing:
            return here + 1
    return None


_INSERTIONS = words(
    "including among most mostly mainly many some who which all one not half largely several at as"
)  # fmt: skip


def _noun_itself(line: Line, count: Counted) -> Governed | None:
    """ "300 casualties", "34 deaths", "900 prisoners of war"."""
    for at in range(count.noun.first, max(count.noun.last, count.noun.first + 1)):
        for anchor in line.begins.get(at, ()):
            fits = anchor.form == "noun" and anchor.rule.name not in ("strength", "lost")
            if fits or (anchor.form == "noun" and anchor.rule.name == "lost"):
                return _governed(line, count, anchor, "noun_itself")
            if anchor.form in ("past", "state") and anchor.rule.name != "other" and at < count.noun.last - 1:
                return _governed(line, count, anchor, "participle_of_noun")
    return None


def _noun_before(line: Line, count: Counted) -> Governed | None:
    """ "the deaths of 34 people", "the death toll rose to 34", "casualties stand at 300", "a force of 3,000"."""
    tokens, here = line.tokens, count.figure.first - 1
    if lower_at(tokens, here) not in _LINKS:
        return None
    for _ in range(12):
        if here < 0 or tokens[here].text in (";", "(") or lower_at(tokens, here) in CONTRASTS:
            return None
        apart = any(lower_at(tokens, at) == "," for at in range(here, count.figure.first))
        for anchor in line.ends.get(here, ()):
            if _names_a_total(line, anchor, count) and not (apart and anchor.rule.name == "strength"):
                return _governed(line, count, _order_for(line, anchor) or anchor, "noun_before")
        here -= 1
    return None


_LINKS = words(
    "of at to reached reaches was were is are stood passed exceeded exceeds topped surpassed : hit past "
    "be reaching exceeding for totalled totaled total totals numbered numbers numbering"
)  # fmt: skip


def _order_for(line: Line, noun: Anchor) -> Anchor | None:
    """ "ordered the deployment of 2,000 guards" counts an order."""
    for at in range(noun.first - 1, max(noun.first - 4, -1), -1):
        if lower_at(line.tokens, at) in ("ordered", "orders", "ordering"):
            return line.ends[at][0]
    return None


def _names_a_total(line: Line, anchor: Anchor, count: Counted) -> bool:
    linked_by_of = anchor.last == count.figure.first - 1 and lower_at(line.tokens, anchor.last) == "of"
    directly = linked_by_of or all(
        lower_at(line.tokens, at) in DETERMINERS | {"of", "some"} or lower_at(line.tokens, at).endswith("ly")
        for at in range(anchor.last, count.figure.first)
    )
    if lower_at(line.tokens, count.figure.first - 1) == "for":
        return directly
    if anchor.form == "noun":
        return directly or anchor.measure in _TOTALS or anchor.rule.name == "strength"
    number_of = any(
        lower_at(line.tokens, at) in ("number", "numbers", "toll")
        for at in range(max(0, anchor.first - 6), anchor.first)
    )
    return anchor.form in ("past", "state") and number_of


_TOTALS = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "displaced", "arrested", "destroyed"})


def _among(line: Line, count: Counted) -> Governed | None:
    """ "Among the dead were 34 children"."""
    tokens, be = line.tokens, count.figure.first - 1
    if lower_at(tokens, be) not in BE:
        return None
    for at in range(max(0, be - 8), be):
        if lower_at(tokens, at) in ("among", "of"):
            found = [anchor for here in range(at, be) for anchor in line.ends.get(here, ()) if anchor.form != "base"]
            return _governed(line, count, found[-1], "among") if found else None
    return None


def _count_before(line: Line, at: int) -> Counted | None:
    starts = (line.by_start.get(here) for here in range(at - 1, max(at - _REACH, -1), -1))
    return next((count for count in starts if count), None)


def _part_of_count(line: Line, count: Counted) -> Governed | None:
    """ "34 people were killed, including six children": the part has the measure of its whole."""
    before = [lower_at(line.tokens, count.figure.first - step) for step in (1, 2)]
    of_them = before[0] in (",", "(", "–", "—") and lower_at(line.tokens, count.figure.last) == "of"
    of_them = of_them and lower_at(line.tokens, count.figure.last + 1) in ("them", "whom", "which", "those")
    if (
        not of_them
        and before[0] not in ("including", "them", "include", "included")
        and before[1] not in ("including", "of")
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


def _strength(line: Line, count: Counted) -> Governed | None:
    """ "a 3,000-strong force", "a force of 3,000", "has 3,000 soldiers in Kursk", "3,000 troops are in Kursk"."""
    tokens, figure, noun = line.tokens, count.figure, count.noun
    if figure.strong:
        return Governed("strength", figure.first, max(noun.last, figure.last), "strong")
    before, after = lower_at(tokens, figure.first - 1), lower_at(tokens, noun.end)
    has = before in HAVE - {"been"} | {
        "comprises",
        "comprised",
        "numbers",
        "numbered",
        "totals",
        "keeps",
        "kept",
        "commands",
    }
    consists = before == "of" and lower_at(tokens, figure.first - 2) in (
        "consists",
        "consisted",
        "consisting",
        "composed",
        "made",
    )
    has = has or (before == "number" and lower_at(tokens, figure.first - 2) == "to")
    if (has or consists) and (noun.head in MILITARY or before.startswith("number")):
        return Governed("strength", figure.first - 1, noun.end, "strength_before")
    if noun.head in MILITARY and after in BE - {"been", "being"} and lower_at(tokens, noun.end + 1) in _PLACED:
        return Governed("strength", noun.end, noun.end + 1, "strength_after")
    return None


_PLACED = words(
    "left in at on near along inside fighting operating active present currently now still serving training"
)  # fmt: skip


def _plain_count(line: Line, count: Counted) -> Governed | None:
    """Any other count of people or things: "300 miners gathered", "the port has 40 cranes"."""
    head, figure = count.noun.head, count.figure
    if not (is_people(head) or head in THINGS | EVENTS or _are_many(line, count)) or (
        figure.vague and figure.value is None
    ):
        return None
    before = lower_at(line.tokens, figure.first - 1)
    if before in ("after", "before", "as", "until", "since", "because") and _verb_at(line, count.noun.end):
        return Governed("other", figure.first, count.noun.end, "plain_count")
    in_all = before == "all" and lower_at(line.tokens, figure.first - 2) == "in"
    if not in_all and before in PREPOSITIONS - {"with", "like", "including"} | {
        "the",
        "these",
        "those",
        "all",
        "its",
        "their",
        "his",
        "her",
        "every",
    }:
        return None
    if before == "with" and figure.qualifier is None and (figure.value or 0) < 10:
        return None
    return Governed("other", figure.first, count.noun.end, "plain_count")


def _volley(line: Line, count: Counted) -> Governed | None:
    """ "attacked Odesa with 40 drones"."""
    tokens, before = line.tokens, count.figure.first - 1
    if lower_at(tokens, before) != "with" or count.noun.head not in _PROJECTILES:
        return None
    strikes = (at for at in range(max(before - 8, 0), before) if lower_at(tokens, at) in _STRIKES)
    first = next(strikes, None)
    return None if first is None else Governed("fired", first, count.noun.end, "volley")


_PROJECTILES = words("missiles missile drones drone rockets rocket shells bombs mortars projectiles uavs")
_STRIKES = words(
    "attacked struck hit targeted bombarded pounded shelled attacking striking hitting targeting pounding "
    "attack attacks"
)


def _are_many(line: Line, count: Counted) -> bool:
    """ "57 parties", "at least 9 sites": institutions and unknown nouns, where they are more than a handful."""
    figure, head = count.figure, count.noun.head
    counted = (figure.value or 0) >= 10 or (figure.qualifier is not None and not figure.vague)
    named = head not in MONTHS | WEEKDAYS and not count.noun.empty and line.tokens[count.noun.last - 1].capitalised
    return counted and not figure.vague and (named or head in INSTITUTIONS or head.endswith("s"))


def _verb_at(line: Line, at: int) -> bool:
    word = lower_at(line.tokens, at)
    return word in FINITE | BE | HAVE or word.endswith("ed")


def _counted_object(line: Line, count: Counted) -> Governed | None:
    """ "registered 57 parties", "logged 24 balloons": whatever a verb of counting takes."""
    before = count.figure.first - 1
    if count.noun.empty or lower_at(line.tokens, before) not in _COUNTING or lower_at(line.tokens, before - 1) in BE:
        return None
    return Governed("other", before, count.noun.end, "counted_object")


_COUNTING = words("registered recorded counted logged documented identified verified tallied listed spotted tracked")


def _left_home(line: Line, count: Counted) -> Governed | None:
    """ "300 people left their homes", "have left the country": unless soldiers do."""
    tokens, at = line.tokens, count.noun.end
    if not is_people(count.noun.head) or count.noun.head in MILITARY:
        return None
    while lower_at(tokens, at) in HAVE | ADVERBS:
        at += 1
    if lower_at(tokens, at) not in ("left", "leave", "leaving", "deserted", "abandoned") or at + 1 >= len(tokens):
        return None
    place = at + 1 + (lower_at(tokens, at + 1) in DETERMINERS)
    home = any(lower_at(tokens, here) in _HOMES for here in (place, place + 1))
    if not home and (not tokens[at + 1].capitalised or lower_at(tokens, at + 1) in WEEKDAYS | MONTHS):
        return None
    return Governed("displaced", at, place + 1, "left_home")


_HOMES = words(
    "home homes house houses country homeland city town village villages region area enclave province territory island "
    "capital district neighbourhood camp"
)


def _forced(line: Line, count: Counted) -> Governed | None:
    """ "forced 300 people to flee", "drove 300 families from their homes"."""
    tokens, before, after = line.tokens, count.figure.first - 1, count.noun.end
    if lower_at(tokens, before) not in ("forced", "forcing", "drove", "driving", "driven", "forces", "pushed", "sent"):
        return None
    fleeing = lower_at(tokens, after) == "to" and lower_at(tokens, after + 1) in _FLIGHT
    if not fleeing and lower_at(tokens, after) not in ("from", "out", "fleeing"):
        into = lower_at(tokens, after) == "into" and lower_at(tokens, before).startswith("forc")
        if not into or not is_people(count.noun.head):
            return None
    return Governed("displaced", before, after, "forced")


_FLIGHT = words("flee leave evacuate abandon escape seek move relocate")


CONSTRUCTIONS = (
    Construction("strength", "The army keeps a 3,000-strong garrison there.", _strength),
    Construction("left_home", "Some 300 people left their homes.", _left_home),
    Construction("forced", "The floods forced 300 families to leave.", _forced),
    Construction("verb_before", "The raid destroyed 14 tanks.", _verb_before),
    Construction("word_after", "Some 34 villagers were killed.", _word_after),
    Construction("noun_itself", "The army suffered 300 casualties.", _noun_itself),
    Construction("part_of_count", "Some 34 villagers, including 6 children, were killed.", _part_of_count),
    Construction("among", "Among the dead were 34 children.", _among),
    Construction("noun_before", "The death toll rose to 34.", _noun_before),
    Construction("volley", "The navy attacked the port with 40 missiles.", _volley),
    Construction("counted_object", "The commission registered 57 parties.", _counted_object),
    Construction("plain_count", "Some 300 miners walked to the capital.", _plain_count),
)
