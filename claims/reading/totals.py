"""Nouns that say what is counted: "300 casualties", "the death toll rose to 34", "a force of 3,000"."""

from claims.reading.governing import governed_by
from claims.reading.lexicon import (
    ADVERBS,
    BE,
    CONTRASTS,
    DETERMINERS,
    FINITE,
    HAVE,
    MILITARY,
    PREPOSITIONS,
    words,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor
from claims.reading.tokens import lower_at


def noun_itself(line: Line, count: Counted) -> Governed | None:
    """ "300 casualties", "34 deaths", "900 prisoners of war"."""
    for at in range(count.noun.first, max(count.noun.last, count.noun.first + 1)):
        for anchor in line.begins.get(at, ()):
            if anchor.form == "noun" and anchor.rule.name != "strength" and _is_said(line, count, anchor):
                return governed_by(line, count, anchor, "noun_itself")
            if anchor.form in ("past", "state") and anchor.rule.name != "other" and at < count.noun.last - 1:
                return governed_by(line, count, anchor, "participle_of_noun")
    return None


def _is_said(line: Line, count: Counted, anchor: Anchor) -> bool:
    """Whether the noun is all that is said; "680,000 refugees live in tents", "three UN bodies" say something else."""
    tokens = line.tokens
    if anchor.word == "bodies":
        return count.noun.first == anchor.first or lower_at(tokens, anchor.first - 1) in _OF_BODIES
    if anchor.rule.name != "displaced":
        return True
    at = count.noun.end
    while lower_at(tokens, at) in PREPOSITIONS and at not in line.begins:
        at += 2 + (lower_at(tokens, at + 1) in DETERMINERS)
    while lower_at(tokens, at) in ADVERBS:
        at += 1
    return lower_at(tokens, at) not in FINITE - BE


_OF_BODIES = words("more dead charred unidentified decomposed burned mutilated lifeless bullet-riddled decapitated")


def noun_before(line: Line, count: Counted) -> Governed | None:
    """ "the deaths of 34 people", "the death toll rose to 34", "casualties stand at 300", "a force of 3,000"."""
    tokens, here = line.tokens, count.figure.first - 1
    while (
        lower_at(tokens, here) in ("and", ",") and (previous := line.by_end.get(here - 1)) and not previous.noun.empty
    ):
        here = previous.figure.first - 1
    if lower_at(tokens, here) not in _LINKS:
        return None
    if tokens[here].lower == "from" and lower_at(tokens, here - 1) not in _SPREAD:
        return None
    for _ in range(18):
        if here < 0 or tokens[here].text in (";", "(") or lower_at(tokens, here) in CONTRASTS:
            return None
        apart = sum(lower_at(tokens, at) == "," for at in range(here, count.figure.first)) % 2
        for anchor in line.ends.get(here, ()):
            if _names_a_total(line, anchor, count) and not (apart and anchor.rule.name == "strength"):
                return governed_by(line, count, _order_for(line, anchor) or anchor, "noun_before")
        here -= 1
    return None


_SPREAD = words("vary varies varied range ranges ranged ranging anywhere")
_LINKS = words(
    "of at to reached reaches was were is are stood passed exceeded exceeds topped surpassed : hit past be "
    "reaching exceeding for vary varies range ranges ranged from totalled totaled total totals numbered numbers "
    "numbering"
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
        of_ranks = anchor.rule.name == "strength" and (count.noun.empty or count.noun.head in _RANKS)
        return directly or anchor.measure in _TOTALS or of_ranks
    number_of = any(
        lower_at(line.tokens, at) in ("number", "numbers", "toll")
        for at in range(max(0, anchor.first - 6), anchor.first)
    )
    return anchor.form in ("past", "state") and number_of


_TOTALS = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "displaced", "arrested", "destroyed"})


def among(line: Line, count: Counted) -> Governed | None:
    """ "Among the dead were 34 children", "Of the dead, 14 were children"."""
    tokens, be = line.tokens, count.figure.first - 1
    if (
        lower_at(tokens, be) == ","
        and lower_at(tokens, 0) == "of"
        and be <= 4
        and lower_at(tokens, be - 1) in _STRICKEN
    ):
        return governed_by(line, count, line.ends[be - 1][-1], "among") if be - 1 in line.ends else None
    if lower_at(tokens, be) not in BE:
        return None
    for at in range(max(0, be - 8), be):
        if lower_at(tokens, at) in ("among", "of"):
            found = [anchor for here in range(at, be) for anchor in line.ends.get(here, ()) if anchor.form != "base"]
            return governed_by(line, count, found[-1], "among") if found else None
    return None


_STRICKEN = words("dead wounded injured missing displaced detained captured killed")


def strength(line: Line, count: Counted) -> Governed | None:
    """ "a 3,000-strong force", "has 3,000 soldiers in Kursk", "3,000 troops are in Kursk", "the doctors number 800"."""
    tokens, figure, noun = line.tokens, count.figure, count.noun
    if figure.strong:
        return Governed("strength", figure.first, max(noun.last, figure.last), "strong")
    before, two_before = lower_at(tokens, figure.first - 1), lower_at(tokens, figure.first - 2)
    consists = before == "of" and two_before in ("consists", "consisted", "consisting", "composed", "made", "up")
    numbers = before.startswith("number") and two_before not in DETERMINERS | {"of"}
    if numbers or ((before in _HAVING or consists) and noun.head in _RANKS):
        return Governed("strength", figure.first - 1, noun.end, "strength_before")
    if noun.head in MILITARY and lower_at(tokens, noun.end) in BE - {"been", "being"}:
        placed = _over_adverbs(line, noun.end + 1)
        if lower_at(tokens, placed) in _PLACED:
            return Governed("strength", noun.end, placed + 1, "strength_after")
    return None


_HAVING = HAVE - {"been"} | words(
    "comprises comprised totals keep keeps kept keeping commands commanded command lead leads led retains "
    "retained boasts"
)
_RANKS = MILITARY | {"members", "operatives", "adherents"}
_PLACED = words("left in at on near along inside fighting operating active present serving training across around with")
_STILL = words("still now currently presently also already")


def _over_adverbs(line: Line, at: int) -> int:
    while lower_at(line.tokens, at) in _STILL:
        at += 1
    return at


def brought_to(line: Line, count: Counted) -> Governed | None:
    """ "bringing the mission to 4,800 soldiers", "raised the garrison to about 600 men"."""
    tokens, to = line.tokens, count.figure.first - 1
    if lower_at(tokens, to) not in ("to", "from") or not (count.noun.head in _RANKS or _names_a_force(line, to - 1)):
        return None
    for at in range(to - 1, max(to - 8, -1), -1):
        if lower_at(tokens, at) in _CHANGING:
            return Governed("strength", at, count.noun.end, "brought_to")
        if tokens[at].kind != "word" or lower_at(tokens, at) in PREPOSITIONS - {"of", "in"}:
            return None
    return None


def _names_a_force(line: Line, at: int) -> bool:
    return any(anchor.rule.name == "strength" for anchor in line.ends.get(at, ()))


_CHANGING = words(
    "bring brings brought bringing raise raises raised raising take takes took taking swell swells swelled swelling "
    "increase increases increased increasing cut cuts cutting reduce reduces reduced reducing expand expanded grow "
    "expanding lifts lifted lifting pushes pushed pushing trimmed shrunk shrank grew grown fell dropped rose risen"
)
