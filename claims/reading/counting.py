"""Counts by other verbs than those of the measures, or by none."""

from claims.reading.lexicon import (
    ADVERBS,
    BE,
    DETERMINERS,
    EVENTS,
    FINITE,
    HAVE,
    INSTITUTIONS,
    MILITARY,
    MONTHS,
    PLACES,
    PREPOSITIONS,
    THINGS,
    WEEKDAYS,
    is_person,
    words,
)
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Measure
from claims.reading.tokens import lower_at

_THINGS_AND_EVENTS = THINGS | EVENTS


def plain_count(line: Line, count: Counted) -> Governed | None:
    """Any other count of people or things: "300 miners gathered", "the port has 40 cranes"."""
    head, figure = count.noun.kind, count.figure
    if not (is_person(head) or head in _THINGS_AND_EVENTS or _are_many(line, count)) or (
        figure.vague and figure.value is None
    ):
        return None
    before = lower_at(line.tokens, figure.first - 1)
    opens = before in ("after", "before", "as", "until", "since", "because") and _verb_at(line, count.noun.end)
    behind = before in _NOT_COUNTED_BEHIND and not opens and not _may_stand_behind(line, count)
    if behind or _is_mere_company(line, count) or (head == "rounds" and count.noun.last - count.noun.first == 1):
        return None
    return Governed("other", figure.first, count.noun.end, "plain_count")


def _is_mere_company(line: Line, count: Counted) -> bool:
    """ "came with two friends", which counts nobody; "armed with eight missiles" does."""
    before, two_before = (lower_at(line.tokens, count.figure.first - step) for step in (1, 2))
    armed = two_before in ("armed", "equipped", "fitted", "loaded")
    return before == "with" and not armed and count.figure.qualifier is None and (count.figure.value or 0) < 10


_SIZED = words(
    "number figure total count crowd crowds turnout attendance membership population fleet stockpile arsenal strength "
    "size"
)
_NOT_COUNTED_BEHIND = PREPOSITIONS - {"with", "like", "including"} | words(
    "the these those all its their his her every"
)


def _may_stand_behind(line: Line, count: Counted) -> bool:
    """Whether that preposition or article may stand in front of a count."""
    before, two_before = (lower_at(line.tokens, count.figure.first - step) for step in (1, 2))
    in_all = before == "all" and two_before == "in"
    is_put_at = before == "at" and (two_before in _SIZED or count.noun.first < count.figure.first)
    particle = _is_particle(line, count.figure.first - 1)
    return in_all or is_put_at or particle or _is_part(line, count) or _is_counted_behind(line, count)


def _is_particle(line: Line, at: int) -> bool:
    """ "let in 180,000 workers", "set up 14 checkpoints", "shut down three stations"."""
    return lower_at(line.tokens, at) in _PARTICLES and lower_at(line.tokens, at - 1) in _WITH_PARTICLE


_PARTICLES = words("in up out down off over on away back")
_WITH_PARTICLE = words(
    "let set sets setting shut shuts shutting carried carry carrying pulled pulling tore torn tearing called calling "
    "broke broken breaking cut cutting laid built put putting turned turning kicked threw thrown waved picked closed "
    "opened thrown chased fended towed hauled dug rolled lined"
)


def _is_counted_behind(line: Line, count: Counted) -> bool:
    """ "a camp for 2,500 people", "aid to 300 families", "guarded by six soldiers"."""
    before, figure = lower_at(line.tokens, count.figure.first - 1), count.figure
    many = (figure.value or 0) >= 10 or figure.qualifier is not None
    if figure.vague or count.noun.kind in PLACES or not (is_person(count.noun.kind) or count.noun.kind in THINGS):
        return False
    on_many = before == "on" and (figure.value or 0) >= 100
    return before == "by" or on_many or (many and before in ("for", "to", "among", "against", "of"))


def volley(line: Line, count: Counted) -> Governed | None:
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
    counted = (figure.value or 0) >= 10 or (figure.qualifier is not None and not figure.vague) or _is_part(line, count)
    named = head not in MONTHS | WEEKDAYS and not count.noun.empty and line.tokens[count.noun.last - 1].capitalised
    return counted and not figure.vague and (named or head in INSTITUTIONS or head.endswith("s"))


_VERBS = FINITE | BE | HAVE


def _is_part(line: Line, count: Counted) -> bool:
    """ "four of 18 districts", "16 of Sudan's 18 states"."""
    at = count.figure.last
    return lower_at(line.tokens, at) == "of" and any(
        at + step < len(line.tokens) and line.tokens[at + step].kind == "number" for step in range(1, 5)
    )


def _verb_at(line: Line, at: int) -> bool:
    word = lower_at(line.tokens, at)
    return word in _VERBS or word.endswith("ed")


def counted_object(line: Line, count: Counted) -> Governed | None:
    """ "registered 57 parties", "logged 24 balloons": whatever a verb of counting takes."""
    before = count.figure.first - 1
    if count.noun.empty or lower_at(line.tokens, before) not in _COUNTING or lower_at(line.tokens, before - 1) in BE:
        return None
    return Governed("other", before, count.noun.end, "counted_object")


_COUNTING = words("registered recorded counted logged documented identified verified tallied listed spotted tracked")


def taken_as(line: Line, count: Counted) -> Governed | None:
    """ "took 57 soldiers prisoner", "holds 12 villagers captive", "taking 40 guests hostage"."""
    tokens, at = line.tokens, count.noun.end
    measure = _TAKEN_AS.get(lower_at(tokens, at))
    if count.noun.head in ("prisoners", "captives") and lower_at(tokens, count.figure.first - 1).startswith("t"):
        measure = "captured"
    verb = lower_at(tokens, count.figure.first - 1)
    if (lower_at(tokens, at), lower_at(tokens, at + 1)) in (("to", "rubble"), ("to", "ashes"), ("to", "ruins")):
        return Governed("destroyed", count.figure.first - 1, at + 2, "taken_as")
    if verb not in _CONDEMNING and (lower_at(tokens, at), lower_at(tokens, at + 1)) == ("to", "death"):
        return Governed("killed", count.figure.first - 1, at + 2, "taken_as")
    if measure is None or verb not in _TAKING:
        return None
    return Governed(measure, count.figure.first - 1, at + 1, "taken_as")


def in_custody(line: Line, count: Counted) -> Governed | None:
    """ "20 UN staff remain in the group's custody", "300 men are in Russian captivity"."""
    tokens, at = line.tokens, count.noun.end
    while lower_at(tokens, at) in _REMAINING:
        at += 1
    if at == count.noun.end or lower_at(tokens, at) != "in":
        return None
    place = next((here for here in range(at + 1, at + 5) if lower_at(tokens, here) in _CELLS), None)
    if place is None or any(tokens[here].kind == "mark" for here in range(at, place)):
        return None
    return Governed(_CELLS[tokens[place].lower], count.noun.end, place + 1, "in_custody")


_REMAINING = words("remain remains remained are is were was still now being held have been")
_CELLS: dict[str, Measure] = {"custody": "arrested", "detention": "arrested", "captivity": "captured"}


def aboard(line: Line, count: Counted) -> Governed | None:
    """ "with 317 aboard", "she had 40 people on board"."""
    at = count.noun.end
    on_board = (lower_at(line.tokens, at), lower_at(line.tokens, at + 1)) == ("on", "board")
    if count.figure.vague or not (on_board or lower_at(line.tokens, at) == "aboard"):
        return None
    return Governed("other", count.figure.first, at + 1 + on_board, "aboard")


_CONDEMNING = words("sentenced sentences sentencing condemned condemns condemning")
_TAKEN_AS: dict[str, Measure] = {"prisoner": "captured", "captive": "captured", "hostage": "other"}
_TAKING = words("took take takes taking taken held hold holds holding")


def placed_at(line: Line, count: Counted) -> Governed | None:
    """ "put the crowd at 300,000", "estimate turnout at 40,000"."""
    tokens, at = line.tokens, count.figure.first - 1
    if lower_at(tokens, at) != "at" or not count.noun.empty or lower_at(tokens, at - 1) not in _CROWDS:
        return None
    return Governed("other", at - 1, count.figure.last, "placed_at")


_CROWDS = words("crowd crowds turnout attendance gathering membership population fleet stockpile arsenal")


def left_home(line: Line, count: Counted) -> Governed | None:
    """ "300 people left their homes", "have left the country": unless soldiers do."""
    tokens, at = line.tokens, count.noun.end
    if not is_person(count.noun.head) or count.noun.head in MILITARY:
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


def forced(line: Line, count: Counted) -> Governed | None:
    """ "forced 300 people to flee", "drove 300 families from their homes"."""
    tokens, before, after = line.tokens, count.figure.first - 1, count.noun.end
    if lower_at(tokens, before) not in ("forced", "forcing", "drove", "driving", "driven", "forces", "pushed", "sent"):
        return None
    fleeing = lower_at(tokens, after) == "to" and lower_at(tokens, after + 1) in _FLIGHT
    sent = lower_at(tokens, before) == "sent" and lower_at(tokens, after) != "fleeing"
    if not fleeing and (sent or lower_at(tokens, after) not in ("from", "out", "fleeing")):
        into = lower_at(tokens, after) == "into" and lower_at(tokens, before).startswith("forc")
        if not into or not is_person(count.noun.head):
            return None
    return Governed("displaced", before, after, "forced")


_FLIGHT = words("flee leave evacuate abandon escape seek move relocate")
