"""The verbs of saying: which stance each takes, and whether it speaks where it stands."""

from dataclasses import dataclass
from typing import Literal

from claims.reading.figures import read_start
from claims.reading.lexicon import ADVERBS, BE, CONTRASTS, DETERMINERS, MODALS, PREPOSITIONS, WEEKDAYS, words
from claims.reading.numbers import small_number
from claims.reading.tokens import Tokens, lower_at

Stance = Literal["asserts", "estimates", "confirms", "reports", "denies"]


@dataclass(frozen=True, slots=True)
class StanceRule:
    """The verbs of one stance: finite forms, -ing forms, and the nouns ("estimates") that speak like verbs."""

    stance: Stance
    finite: str
    ing: str
    nouns: str
    example: str


STANCES = (
    StanceRule(
        "estimates",
        "estimate estimates estimated reckon reckons reckoned believe believes believed assess assesses assessed "
        "calculate calculates calculated guess guesses guessed suspect suspects suspected think thinks thought "
        "presume presumes presumed feared fear fears extrapolated",
        "estimating believing reckoning assessing calculating",
        "estimate estimates assessment assessments calculation calculations reckoning projections",
        "The ministry estimates that 300 soldiers were killed.",
    ),
    StanceRule(
        "confirms",
        "confirm confirms confirmed acknowledge acknowledges acknowledged admit admits admitted concede concedes "
        "conceded verify verifies verified corroborate corroborates corroborated recognised authenticated",
        "confirming acknowledging admitting conceding verifying",
        "confirmation admission acknowledgement",
        "The ministry confirmed that 300 soldiers were killed.",
    ),
    StanceRule(
        "reports",
        "report reports reported",
        "reporting",
        "reports report",
        "The ministry reported that 300 soldiers were killed.",
    ),
    StanceRule(
        "denies",
        "deny denies denied reject rejects rejected dispute disputes disputed refute refutes refuted dismiss "
        "dismisses dismissed rebutted contradicted",
        "denying rejecting disputing refuting dismissing",
        "denial",
        "The ministry denied that 300 soldiers were killed.",
    ),
    StanceRule(
        "asserts",
        "say says said state states stated claim claims claimed announce announces announced declare declares "
        "declared tell tells told add adds added insist insists insisted argue argues argued warn warns warned "
        "allege alleges alleged accuse accuses accused maintain maintains maintained boast boasts boasted note notes "
        "noted write writes wrote tweeted posted explained testified show shows showed shown indicate indicates "
        "indicated suggest suggests suggested found finds reveal reveals revealed document documents documented "
        "record records recorded register registers registered identified count counts counted list listed put puts "
        "place places placed specified disclosed stressed recalled replied responded remarked reiterated briefed "
        "tracked detected spotted lists concluded concludes observed tallied logged attributed blamed blames "
        "recounted recount recounts spoke speak speaks contends contended asserts asserted charges quoted know knows "
        "knew talk talks talked complain complains established cautioned cautions disclose discloses lament laments "
        "stress stresses related emphasised underlined complained mentioned",
        "saying stating claiming announcing adding insisting putting placing alleging accusing showing indicating "
        "warning noting suggesting telling declaring boasting documenting recording counting writing",
        "figures data count tally statement claim claims records statistics numbers toll",
        "The ministry said that 300 soldiers were killed.",
    ),
)
FINITE_STANCES: dict[str, Stance] = {word: rule.stance for rule in STANCES for word in rule.finite.split()}
ING_STANCES: dict[str, Stance] = {word: rule.stance for rule in STANCES for word in rule.ing.split()}
NOUN_STANCES: dict[str, Stance] = {word: rule.stance for rule in STANCES for word in rule.nouns.split()}
# Verbs that also mean something else: they speak only before "that", a figure, or (put, place) "… at".
_NEEDS_THAT = words(
    "state states found finds list show shows shown note notes count counts argue think thought suspect suspected "
    "observed recalled charges fear fears placed quoted maintain maintains maintained posted suspects feared "
    "attributed blamed blames suggests dispute disputes reject rejects rejected dismiss dismisses dismissed lists"
)
NEEDS_AT = frozenset(["put", "puts", "place", "places", "placed", "putting", "placing"])
_TAKES_FIGURE = words(
    "identified tracked detected spotted show shows showed record records recorded register registers registered "
    "count counts counted document documents documented list lists listed tallied logged report reports reported "
    "confirm confirms confirmed verify verified acknowledge acknowledged admit admitted estimate estimates estimated "
    "claim claims claimed announce announced"
)
_NOUN_FOLLOWERS = words(
    "of put puts place places placed suggest suggests suggested show shows showed say says said are were is was "
    "range ranged from by vary differ indicate indicated indicates have has had and on point stand stands gave give "
    "gives about for in agree which"
)


_ENDING = words(
    "note notes show shows suggest suggests found finds argue think thought suspect noted observed recalled maintain "
    "maintains"
)


def _comma_before(tokens: Tokens, at: int) -> bool:
    return any(tokens[here].text == "," for here in range(max(at - 12, 0), at))


_WITH_OF = words("speak speaks spoke know knows knew talk talks talked")


def speaks(tokens: Tokens, at: int) -> bool:
    """Whether a word that may be a verb of saying is one here."""
    word, following = tokens[at].lower, lower_at(tokens, at + 1)
    if word in NEEDS_AT:
        return figure_placed(tokens, at)
    if word in _WITH_OF:
        return following == "of"
    if _is_noun(tokens, at) or _is_governed(tokens, at) or _takes_lives(tokens, at) or _has_object(tokens, at):
        return False
    if word in _NEEDS_THAT:
        return following == "that" or _stands_alone(tokens, at)
    return word not in _COUNTING or following == "that" or _takes_figure(tokens, at + 1) or _of_figure(tokens, at + 1)


_COUNTING = words(
    "tracked detected spotted record recorded records register registered registers documented counted listed "
    "identified"
)
_BEFORE_NOUN = DETERMINERS | PREPOSITIONS
_DESCRIBED = _BEFORE_NOUN | words("unverified official such")


def _is_noun(tokens: Tokens, at: int) -> bool:
    """ "19 suspects", "reports of", "the claims": the noun that looks like the verb."""
    word, following, before = tokens[at].lower, lower_at(tokens, at + 1), lower_at(tokens, at - 1)
    if word.endswith("s") and at and (tokens[at - 1].kind == "number" or small_number(before) is not None):
        return True
    if word not in NOUN_STANCES or word.endswith("ed"):
        return False
    if following != "that" and (following in _NOUN_FOLLOWERS or at == 0 or before in _DESCRIBED):
        return True
    return at == 0 or before in FINITE_STANCES or before in _BEFORE_NOUN


def _is_governed(tokens: Tokens, at: int) -> bool:
    """ "to say", "was said", "could claim": no assertion by itself."""
    before = lower_at(tokens, at - 1)
    return before in _GOVERNORS or (before in MODALS and tokens[at].lower != "say")


_GOVERNORS = BE | words("to by of the a an")


def _stands_alone(tokens: Tokens, at: int) -> bool:
    """Whether a verb that needs "that" speaks without it: before a figure, a claim, or at the end of its sentence."""
    word, following = tokens[at].lower, lower_at(tokens, at + 1)
    if word in _ENDING and following in ("", "."):
        return _comma_before(tokens, at)
    return (word in _TAKES_FIGURE and _takes_figure(tokens, at + 1)) or _claim_that(tokens, at)


def _of_figure(tokens: Tokens, at: int) -> bool:
    """ "documented the disappearance of 1,850 people"."""
    for here in range(at, min(at + 6, len(tokens))):
        if tokens[here].kind != "word":
            return False
        if tokens[here].lower == "of":
            return bool(read_start(tokens, here + 1))
    return False


def _claim_that(tokens: Tokens, at: int) -> bool:
    """ "rejected a UN report that …", "dismissed claims that …"."""
    following = (lower_at(tokens, here) for here in range(at + 1, min(at + 8, len(tokens))))
    return FINITE_STANCES.get(tokens[at].lower) == "denies" and "that" in following


# "declared an emergency", "announced a curfew": nothing is said of what follows in the sentence.
_TAKES_OBJECTS = words("announced announces announce declared declares declare")


def _has_object(tokens: Tokens, at: int) -> bool:
    """ "admitted 2,400 refugees", "declared an emergency": no word of saying, but something done to its object."""
    word, following = tokens[at].lower, lower_at(tokens, at + 1)
    if word in _TAKES_IN:
        return _takes_figure(tokens, at + 1) and not _of_outcome(tokens, at + 1)
    return word in _TAKES_OBJECTS and following in _ARTICLES and not _object_speaks(tokens, at + 1)


_ARTICLES = DETERMINERS - {"that", "it"}


def _object_speaks(tokens: Tokens, at: int) -> bool:
    """ "announced the arrest of 19 people", "announced another 300 had died"."""
    if _takes_figure(tokens, at):
        return True
    for here in range(at, min(at + 9, len(tokens))):
        if tokens[here].kind != "word" or tokens[here].lower == "and":
            return False
        if tokens[here].lower in ("that", "had", "were", "was", "have", "has", "would"):
            return True
        if tokens[here].lower == "of" and _takes_figure(tokens, here + 1):
            return True
    return False


# Verbs that take things and people as well as words: "admitted 2,400 refugees", "added 28 firms to the list".
_TAKES_IN = words("admitted admits admit added adds add")
_OUTCOMES = words(
    "deaths dead losses casualties killed wounded injured missing fatalities injuries arrests victims lost died had "
    "were have was"
)


def _takes_figure(tokens: Tokens, at: int) -> bool:
    """Whether a figure follows, "another" and the like before it or not."""
    while lower_at(tokens, at) in ("a", "an", "another", "additional", "further", "its", "their", "only", "just"):
        if read_start(tokens, at):
            return True
        at += 1
    return read_start(tokens, at)


def _of_outcome(tokens: Tokens, at: int) -> bool:
    """ "admitted 40 deaths", "added 12 people had died"."""
    for here in range(at, min(at + 7, len(tokens))):
        if tokens[here].kind == "mark":
            return False
        if tokens[here].lower in _OUTCOMES:
            return True
    return False


def _takes_lives(tokens: Tokens, at: int) -> bool:
    """ "claimed 40 lives"."""
    following = (lower_at(tokens, here) for here in range(at + 1, min(at + 7, len(tokens))))
    return tokens[at].lower in ("claimed", "claims") and "lives" in following


def figure_placed(tokens: Tokens, at: int) -> bool:
    """ "put the toll at 34", "place the figure closer to 1,200", "puts the number under 2,000"."""
    placed = next((here for here in range(at + 1, at + 14) if lower_at(tokens, here) in _PLACED), None)
    if placed is None:
        return False
    if any(lower_at(tokens, here) in _AT for here in range(placed, at + 14)):
        return True
    return bool(read_start(tokens, placed + 1)) and lower_at(tokens, placed + 1) != "to"


_PLACED = words(
    "figure number toll total count tally losses casualties deaths it that dead strength size numbers estimate this "
    "crowd turnout attendance fatalities wounded missing displaced arrests injured"
)
_AT = words("at closer nearer near around above over")


def trails(tokens: Tokens, at: int, word: str) -> bool:
    """Whether nothing is said after the verb: it ends its sentence or clause, times and addressees left out."""
    if word in ("told", "tells"):
        at = _over_addressee(tokens, at)
    for _ in range(4):
        if at >= len(tokens) or tokens[at].text in (".", ",", ";", "—", "–", "(", '"', "”"):
            return at >= len(tokens) or tokens[at].text not in ('"', "”") or at + 2 >= len(tokens)
        if lower_at(tokens, at) in ADVERBS - {"some", "only", "almost", "just"} or lower_at(tokens, at).endswith("ly"):
            at += 1
        elif lower_at(tokens, at) == "at" and read_start(tokens, at + 1):
            return False
        elif lower_at(tokens, at) in (
            "on",
            "in",
            "at",
            "by",
            "over",
            "from",
            "during",
            "via",
            "through",
            "late",
            "early",
            "last",
            "this",
            "to",
        ):
            at = _over_phrase(tokens, at)
        else:
            return lower_at(tokens, at) in CONTRASTS | {"and", "as", "adding", "citing", "after"}
    return False


def _over_phrase(tokens: Tokens, at: int) -> int:
    for here in range(at + 1, min(at + 9, len(tokens))):
        if (
            tokens[here].text in (",", ".", ";")
            or tokens[here].lower in ("that", "and", "as")
            or (tokens[here].lower in WEEKDAYS | {"week", "month", "statement"})
        ):
            return here + (tokens[here].lower in WEEKDAYS | {"week", "month", "statement"})
    return min(at + 9, len(tokens))


def _over_addressee(tokens: Tokens, at: int) -> int:
    """The end of "the board", "Reuters", "a news conference"; the same token where something is said instead."""
    for here in range(at, min(at + 9, len(tokens))):
        if tokens[here].text in (",", ".", ";") or tokens[here].lower in PREPOSITIONS:
            return here
        if tokens[here].kind != "word" or tokens[here].lower in _SAYING or read_start(tokens, here):
            return at
    return min(at + 9, len(tokens))


_SAYING = words("that it they he she there has have had was were is are")
