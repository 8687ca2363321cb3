"""Who asserts a count, and how: "Ukrainian officials estimate that …", "…, the ministry said", "according to the UN"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from claims.reading.figures import read_start
from claims.reading.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
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
        "estimate estimates estimated reckon reckons reckoned believe believes believed assess assesses "
        "assessed calculate "
        "calculates calculated guess guesses guessed suspect suspects suspected think thinks thought "
        "presume presumes "
        "presumed feared fear fears extrapolated",
        "estimating believing reckoning assessing calculating",
        "estimate estimates assessment assessments calculation calculations reckoning projections",
        "The ministry estimates that 300 soldiers were killed.",
    ),
    StanceRule(
        "confirms",
        "confirm confirms confirmed acknowledge acknowledges acknowledged admit admits admitted concede "
        "concedes conceded "
        "verify verifies verified corroborate corroborates corroborated recognised authenticated",
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
        "deny denies denied reject rejects rejected dispute disputes disputed refute refutes refuted "
        "dismiss dismisses "
        "dismissed rebutted contradicted",
        "denying rejecting disputing refuting dismissing",
        "denial",
        "The ministry denied that 300 soldiers were killed.",
    ),
    StanceRule(
        "asserts",
        "say says said state states stated claim claims claimed announce announces announced declare "
        "declares declared tell "
        "tells told add adds added insist insists insisted argue argues argued warn warns warned allege "
        "alleges alleged "
        "accuse accuses accused maintain maintains maintained boast boasts boasted note notes noted write "
        "writes wrote tweeted "
        "posted explained testified show shows showed shown indicate indicates indicated suggest suggests "
        "suggested found "
        "finds reveal reveals revealed document documents documented record records recorded register "
        "registers registered "
        "count counts counted list listed put puts place places placed specified disclosed stressed "
        "recalled replied "
        "responded remarked reiterated briefed lists concluded concludes observed tallied logged attributed "
        "blamed blames "
        "contends contended asserts asserted charges quoted emphasised underlined complained mentioned",
        "saying stating claiming announcing adding insisting putting placing alleging accusing showing "
        "indicating warning "
        "noting suggesting telling declaring boasting documenting recording counting writing",
        "figures data count tally statement claim claims records statistics numbers toll",
        "The ministry said that 300 soldiers were killed.",
    ),
)
_FINITE_STANCES: dict[str, Stance] = {word: rule.stance for rule in STANCES for word in rule.finite.split()}
_ING_STANCES: dict[str, Stance] = {word: rule.stance for rule in STANCES for word in rule.ing.split()}
_NOUN_STANCES: dict[str, Stance] = {word: rule.stance for rule in STANCES for word in rule.nouns.split()}
# Verbs that also mean something else: they speak only before "that", a figure, or (put, place) "… at".
_NEEDS_THAT = words(
    "state states found finds list show shows shown note notes count counts argue think thought suspect "
    "suspected observed recalled charges fear fears placed quoted maintain maintains maintained posted "
    "fear feared attributed blamed blames suggests dispute disputes reject rejects rejected dismiss "
    "dismisses dismissed list lists"
)
_NEEDS_AT = frozenset(["put", "puts", "place", "places", "placed", "putting", "placing"])
_TAKES_FIGURE = words(
    "show shows showed record records recorded register registers registered count counts counted "
    "document documents documented list lists listed tallied logged report reports reported confirm "
    "confirms confirmed verify verified acknowledge acknowledged admit admitted estimate estimates "
    "estimated claim claims claimed announce announced"
)  # fmt: skip
_NOUN_FOLLOWERS = words(
    "of put puts place places placed suggest suggests suggested show shows showed say says said are were "
    "is was range ranged from by vary differ indicate indicated indicates have has had and on point stand "
    "stands gave give gives about for in agree which"
)  # fmt: skip
_VAGUE_SPEAKERS = words(
    "some several early initial unconfirmed other various many multiple earlier later latest recent new "
    "these those such independent conflicting official the"
)  # fmt: skip
_ADVERBIALS = words(
    "meanwhile however but and yet still also earlier later officially separately moreover then "
    "nevertheless so though additionally nonetheless overall afterwards recently since subsequently when "
    "while whereas although as after before because if both"
)  # fmt: skip
_MARKS_WITHIN = frozenset(["'", "’", "&", "-", "/", "."])
_LONGEST_NAME = 25


@dataclass(frozen=True, slots=True)
class Frame:
    """A speaker's words about what they say, at tokens `first` to `last`.

    It covers what stands in `scope` (tokens, end exclusive); `speaker` are the tokens of the name, None for nobody.
    """

    first: int
    last: int
    stance: Stance
    verb: str
    speaker: tuple[int, int] | None
    scope: tuple[int, int]
    leading: bool
    rule: str


@dataclass(frozen=True, slots=True)
class FrameRule:
    """A way of naming a speaker, with a sentence that does."""

    name: str
    example: str
    find: Callable[[Tokens, int], Frame | None]


def find_frames(tokens: Tokens) -> list[Frame]:
    """The frames of a sentence in order; their scopes end where another speaker or a contrast begins."""
    frames: list[Frame] = []
    for at in range(len(tokens)):
        if tokens[at].kind == "word" and (not frames or at >= frames[-1].last):
            frame = next((found for rule in FRAME_RULES if (found := rule.find(tokens, at))), None)
            if frame:
                frames.append(_same_speaker(tokens, frame, frames))
    return [_bounded(tokens, frame, frames[:place]) for place, frame in enumerate(frames)]


def frame_for(frames: Sequence[Frame], first: int, last: int) -> Frame | None:
    """The frame that covers the count at those tokens: a denial before others, a name before none, the nearest first."""
    covering = [frame for frame in frames if frame.scope[0] <= first and last <= frame.scope[1]]
    leading = [frame for frame in covering if frame.leading]
    denial = next((frame for frame in leading if frame.stance == "denies"), None)
    named = [frame for frame in reversed(leading) if frame.speaker] or [
        frame for frame in covering if frame.speaker and not frame.leading
    ]
    return denial or next(iter(named), None) or next(iter(reversed(covering)), None)


def _same_speaker(tokens: Tokens, frame: Frame, earlier: Sequence[Frame]) -> Frame:
    """ "…, the ministry said, adding that 12 …": the participle has the speaker before it."""
    if frame.rule != "participle" or not earlier or _with_subject(tokens, frame.first):
        return frame
    return replace(frame, speaker=earlier[-1].speaker or frame.speaker)


def _bounded(tokens: Tokens, frame: Frame, earlier: Sequence[Frame]) -> Frame:
    first, last = frame.scope
    if frame.leading:
        fronted = frame.rule == "according_to"
        return replace(frame, scope=(first, _contrast_after(tokens, frame.last, hard=fronted)))
    begin = max([other.scope[1] for other in earlier if not other.leading] + [_break_before(tokens, frame.first)])
    return replace(frame, scope=(min(begin, frame.first), last))


def _contrast_after(tokens: Tokens, at: int, *, hard: bool) -> int:
    """Where a leading speaker's words end: at a semicolon, or at a comma with "while", "but", "although"."""
    for here in range(at, len(tokens)):
        if tokens[here].text == ";":
            return here
        contrast = lower_at(tokens, here + 1) in CONTRASTS | {"however", "and"}
        if (
            not hard
            and tokens[here].text == ","
            and contrast
            and (lower_at(tokens, here + 1) != "and" or _new_subject(tokens, here + 2))
        ):
            return here
    return len(tokens)


def _new_subject(tokens: Tokens, at: int) -> bool:
    """ ", and Kyiv acknowledged 40": another speaker begins; ", and 40 were wounded" goes on."""
    return any(
        lower_at(tokens, here) in _FINITE_STANCES and _speaks(tokens, here)
        for here in range(at, min(at + 8, len(tokens)))
    ) and not read_start(tokens, at)


def _break_before(tokens: Tokens, at: int) -> int:
    return next((here + 1 for here in range(at - 1, -1, -1) if tokens[here].text == ";"), 0)


# --- names -------------------------------------------------------------------


def _name_before(tokens: Tokens, end: int) -> tuple[int, int] | None:
    """The noun phrase that ends just before `end`: the subject of a verb."""
    end = _back_over_adverbs(tokens, end)
    if lower_at(tokens, end - 1) in ("who", "which", "that"):
        end -= 1
    if lower_at(tokens, end - 1) == ",":
        end = _before_insertion(tokens, end - 1)
    first = end
    while first > 0 and end - first < _LONGEST_NAME and _in_name(tokens, first - 1):
        first = acronym_start(tokens, first - 1)
    return _stripped(tokens, first, end)


def _back_over_adverbs(tokens: Tokens, end: int) -> int:
    while end > 0 and (
        lower_at(tokens, end - 1) in ADVERBS - WEEKDAYS | HAVE | MODALS | {"did", "officially"}
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
        return token.text in ("US", "May")
    if word in _FINITE_STANCES and not token.capitalised and word.endswith(("ed", "said", "says", "told", "wrote")):
        return False
    return word != "and" or not _has_verb(tokens, at)


def _has_verb(tokens: Tokens, end: int) -> bool:
    """Whether a clause ends at `end`: "…the strike hit a depot and officials said"."""
    for at in range(end - 1, max(end - 15, -1), -1):
        word = tokens[at].lower
        if tokens[at].text in (",", ";"):
            return at == end - 1
        past = word.endswith("ed") and word not in ("united", "armed") and not tokens[at].capitalised
        if word in AUXILIARIES | FINITE | {"fled"} or past or word in _FINITE_STANCES:
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
    while end > first and (tokens[end - 1].text in (",", ".") and tokens[end - 1].kind == "mark"):
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


def _name_after(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `first`: after "according to", "said", "by"."""
    end = first
    while end < len(tokens) and end - first < _LONGEST_NAME and _goes_on(tokens, end, first):
        if tokens[end].text == "(":
            end = next((at for at in range(end, min(end + 6, len(tokens))) if tokens[at].text == ")"), end)
        end += 1
    while end > first and tokens[end - 1].lower in PREPOSITIONS | {"and", "."} | ADVERBS:
        end -= 1
    return (first, end) if end > first else None


def _goes_on(tokens: Tokens, at: int, first: int) -> bool:
    token, word = tokens[at], tokens[at].lower
    if token.kind == "mark":
        name_dot = token.text == "." and at + 1 < len(tokens) and at > first and len(tokens[at - 1].text) <= 4
        acronym = token.text == "(" and at + 2 < len(tokens) and tokens[at + 2].text == ")" and at > first
        return token.text in _MARKS_WITHIN - {"."} or (name_dot and tokens[at - 1].capitalised) or acronym
    if word in AUXILIARIES - {"'s"} and token.text not in ("US", "May"):
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
        and not (word in FINITE | _NEEDS_AT and at > first)
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


# --- frames ------------------------------------------------------------------


def _cut_noun(tokens: Tokens, name: tuple[int, int] | None) -> tuple[tuple[int, int] | None, Stance | None]:
    """ "the United States (US) estimates", "reports by KCNA", "figures from the UN": the speaker, and the noun's stance."""
    if name is None:
        return None, None
    first, end = name
    for at in range(first, end):
        if tokens[at].lower in _NOUN_STANCES and lower_at(tokens, at + 1) in ("by", "from", "of") and at + 2 < end:
            return (at + 2, end), _NOUN_STANCES[tokens[at].lower]
    stance = _NOUN_STANCES.get(tokens[end - 1].lower)
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


def _according_to(tokens: Tokens, at: int) -> Frame | None:
    pairs = (("according", "to"), ("as", "per"))
    if (tokens[at].lower, lower_at(tokens, at + 1)) not in pairs and tokens[at].lower != "per":
        return None
    start = at + (1 if tokens[at].lower == "per" else 2)
    name = _name_after(tokens, start)
    if name is None or (
        tokens[at].lower == "per" and not tokens[name[0]].capitalised and tokens[name[0]].lower != "the"
    ):
        return None
    speaker, stance = _cut_noun(tokens, name)
    stance = stance if stance in ("estimates", "reports") else "asserts"
    leading = at == 0 or tokens[at - 1].text in (";",) or _fronted(tokens, at, name[1])
    scope = (name[1], len(tokens)) if leading else (0, len(tokens))
    verb = " ".join(token.lower for token in tokens[at:start])
    return Frame(at, name[1], stance, verb, speaker, scope, leading, "according_to")


def _fronted(tokens: Tokens, at: int, end: int) -> bool:
    """ ", while according to Kyiv, 40 …": in front of its clause though not of its sentence."""
    return lower_at(tokens, at - 1) in CONTRASTS | {"and"} and lower_at(tokens, end) == ","


def _by_count(tokens: Tokens, at: int) -> Frame | None:
    """ "by Kyiv's count", "by UN estimates", "on official figures"."""
    if tokens[at].lower not in ("by", "on"):
        return None
    name = _name_after(tokens, at + 1)
    if (
        name is None
        or name[1] - name[0] < 2
        or tokens[name[1] - 1].lower
        not in (
            "count",
            "estimates",
            "estimate",
            "tally",
            "reckoning",
            "calculations",
            "figures",
            "assessment",
            "assessments",
        )
    ):
        return None
    speaker, stance = _cut_noun(tokens, name)
    leading = at == 0
    scope = (name[1], len(tokens)) if leading else (0, len(tokens))
    return Frame(
        at,
        name[1],
        "estimates" if stance == "estimates" else "asserts",
        tokens[name[1] - 1].lower,
        speaker,
        scope,
        leading,
        "by_count",
    )


def _passive(tokens: Tokens, at: int) -> Frame | None:
    """ "were reported killed", "it is estimated that", "is believed to have", "were confirmed by the ministry"."""
    stance = _FINITE_STANCES.get(tokens[at].lower)
    before = _back_over_adverbs(tokens, at)
    fits = stance and tokens[at].lower.endswith(("ed", "said", "thought")) and lower_at(tokens, before - 1) in BE
    if (
        not stance
        or not fits
        or tokens[at].lower in ("found", "recorded", "registered", "listed", "placed", "posted", "charged")
    ):
        return None
    by = lower_at(tokens, at + 1) == "by"
    name = _name_after(tokens, at + 2) if by else None
    if stance == "denies" and name is None:
        return None
    return Frame(at, name[1] if name else at + 1, stance, tokens[at].lower, name, (0, len(tokens)), False, "passive")


def _reported_by(tokens: Tokens, at: int) -> Frame | None:
    """ ", as reported by Reuters", "a toll confirmed by the UN"."""
    stance = _FINITE_STANCES.get(tokens[at].lower)
    if stance in (None, "denies") or lower_at(tokens, at + 1) != "by" or not tokens[at].lower.endswith("ed"):
        return None
    name = _name_after(tokens, at + 2)
    if name is None:
        return None
    return Frame(at, name[1], stance or "asserts", tokens[at].lower, name, (0, len(tokens)), False, "reported_by")


def _adverb(tokens: Tokens, at: int) -> Frame | None:
    stances: dict[str, Stance] = {"reportedly": "reports", "allegedly": "asserts"}
    stance = stances.get(tokens[at].lower)
    return stance and Frame(at, at + 1, stance, tokens[at].lower, None, (0, len(tokens)), False, "adverb")


def _inverted(tokens: Tokens, at: int) -> Frame | None:
    """ "…, said Governor Berg."""
    stance = _FINITE_STANCES.get(tokens[at].lower)
    before = tokens[at - 1].text if at else ""
    if (
        not stance
        or not tokens[at].lower.endswith(("ed", "said", "says", "wrote"))
        or before not in (",", '"', "”", "'", "’")
        or _opens_clause(tokens, at + 1)
    ):
        return None
    name = _name_after(tokens, at + 1)
    if name is None or lower_at(tokens, name[1]) not in (
        "",
        ".",
        ",",
        "on",
        "in",
        "at",
        "who",
        "as",
        "during",
        "via",
        *WEEKDAYS,
    ):
        return None
    if read_start(tokens, name[0]):
        return None
    return Frame(at, name[1], stance, tokens[at].lower, name, (0, len(tokens)), False, "inverted")


def _opens_clause(tokens: Tokens, at: int) -> bool:
    return (
        at >= len(tokens)
        or lower_at(tokens, at) in {"that", "it", "they", "he", "she", "there", "to", "of"}
        or bool(read_start(tokens, at))
    )


def _subject_verb(tokens: Tokens, at: int) -> Frame | None:
    """ "Officials say that …", "…, the ministry said on Tuesday"."""
    word = tokens[at].lower
    stance = _FINITE_STANCES.get(word)
    if not stance or not _speaks(tokens, at):
        return None
    name = _name_before(tokens, at)
    if name is None or not _can_speak(tokens, name):
        return None
    relative = lower_at(tokens, at - 1) in ("which", "who")
    speaker, noun_stance = _cut_noun(tokens, name)
    if noun_stance in ("estimates", "reports") and stance == "asserts":
        stance = noun_stance
    elif noun_stance is None:
        speaker = name
    trailing = _trails(tokens, at + 1, word)
    if trailing and (stance == "denies" or relative):
        return None
    begin = name[0]
    if trailing:
        return Frame(begin, at + 1, stance, word, speaker, (0, len(tokens)), False, "subject_verb_after")
    last = at + 1
    return Frame(begin, last, stance, word, speaker, (last, len(tokens)), True, "subject_verb_before")


def _can_speak(tokens: Tokens, name: tuple[int, int]) -> bool:
    """No pronoun of place or number speaks: "there", "this"; nor does a phrase that begins with a figure."""
    return tokens[name[0]].lower not in ("there", "which", "what", "this", "to", "is") and not read_start(
        tokens, name[0]
    )


def _speaks(tokens: Tokens, at: int) -> bool:
    """Whether a word that may be a verb of saying is one here."""
    word, following, before = tokens[at].lower, lower_at(tokens, at + 1), lower_at(tokens, at - 1)
    if word in _NEEDS_AT:
        return _figure_placed(tokens, at)
    if word in _NOUN_STANCES and not word.endswith("ed"):
        noun = (
            following in _NOUN_FOLLOWERS
            or at == 0
            or before in DETERMINERS | {"unverified", "official", "such"} | PREPOSITIONS
        )
        if noun and following != "that":
            return False
        if before in _FINITE_STANCES or (at == 0) or before in DETERMINERS | PREPOSITIONS:
            return False
    if before in ("to", "by", "of", "the", "a", "an") or before in BE or (before in MODALS and word not in ("say",)):
        return False
    if word in ("claimed", "claims") and _then_lives(tokens, at + 1):
        return False
    if word in _NEEDS_THAT:
        return (
            following == "that"
            or (word in _TAKES_FIGURE and bool(read_start(tokens, at + 1)))
            or _claim_that(tokens, at)
        )
    if word in (
        "record",
        "recorded",
        "records",
        "register",
        "registered",
        "registers",
        "documented",
        "counted",
        "listed",
    ):
        return following == "that" or bool(read_start(tokens, at + 1))
    return True


def _claim_that(tokens: Tokens, at: int) -> bool:
    """ "rejected a UN report that …", "shows that", "dismissed claims that"."""
    return (
        _FINITE_STANCES.get(tokens[at].lower) == "denies"
        and any(lower_at(tokens, here) == "that" for here in range(at + 1, min(at + 8, len(tokens))))
    ) or lower_at(tokens, at + 1) == "that"


def _then_lives(tokens: Tokens, at: int) -> bool:
    return any(lower_at(tokens, here) == "lives" for here in range(at, min(at + 6, len(tokens))))


def _figure_placed(tokens: Tokens, at: int) -> bool:
    """ "put the toll at 34", "place the figure closer to 1,200"."""
    words = [lower_at(tokens, here) for here in range(at + 1, min(at + 14, len(tokens)))]
    nouns = (
        "figure",
        "number",
        "toll",
        "total",
        "count",
        "tally",
        "losses",
        "casualties",
        "deaths",
        "it",
        "that",
        "dead",
        "strength",
        "size",
        "numbers",
        "estimate",
        "this",
    )
    placed = next((place for place, word in enumerate(words) if word in nouns), None)
    return placed is not None and any(
        word in ("at", "closer", "nearer", "near", "around", "above", "over") for word in words[placed:]
    )


def _trails(tokens: Tokens, at: int, word: str) -> bool:
    """Whether nothing is said after the verb: it ends its sentence or clause, times and addressees left out."""
    if word in ("told", "tells"):
        at = _over_addressee(tokens, at)
    for _ in range(4):
        if at >= len(tokens) or tokens[at].text in (".", ",", ";", "—", "–", "(", '"', "”"):
            return at >= len(tokens) or tokens[at].text not in ('"', "”") or at + 2 >= len(tokens)
        if lower_at(tokens, at) in ADVERBS - {"some", "only", "almost", "just"} or lower_at(tokens, at).endswith("ly"):
            at += 1
        elif lower_at(tokens, at) in (
            "on",
            "in",
            "at",
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
    while (
        at < len(tokens)
        and tokens[at].kind == "word"
        and (
            tokens[at].capitalised
            or tokens[at].lower
            in DETERMINERS
            | {
                "reporters",
                "journalists",
                "news",
                "press",
                "conference",
                "parliament",
                "agency",
                "of",
                "and",
                "state",
                "media",
                "council",
                "newspaper",
                "broadcaster",
                "television",
                "lawmakers",
            }
        )
    ):
        at += 1
    return at


def _participle(tokens: Tokens, at: int) -> Frame | None:
    """ "…, saying that 300 …", "with Kyiv putting the toll at 34": the participle of a speaker."""
    stance = _ING_STANCES.get(tokens[at].lower)
    if not stance or (tokens[at].lower in _NEEDS_AT and not _figure_placed(tokens, at)):
        return None
    if lower_at(tokens, at - 1) in ("is", "was", "are", "were", "of", "by", "for", "without"):
        return None
    name = _with_subject(tokens, at) or _main_subject(tokens, at) if lower_at(tokens, at - 1) != "with" else None
    if name is None or not _can_speak(tokens, name):
        name = None
    return Frame(at, at + 1, stance, tokens[at].lower, name, (at + 1, len(tokens)), True, "participle")


def _with_subject(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "with leaders claiming": the words between."""
    for here in range(at - 1, max(at - 10, -1), -1):
        if tokens[here].text == ",":
            return None
        if tokens[here].lower == "with":
            return (here + 1, at) if here + 1 < at else None
    return None


def _main_subject(tokens: Tokens, before: int) -> tuple[int, int] | None:
    """The subject of the sentence: what stands before its first finite verb."""
    for at in range(1, before):
        word = tokens[at].lower
        past = word.endswith("ed") and not tokens[at].capitalised
        if word in _FINITE_STANCES or word in FINITE or word in AUXILIARIES - {"'s"} or past:
            return _name_before(tokens, at)
    return None


def _noun_frame(tokens: Tokens, at: int) -> Frame | None:
    """ "Kyiv's estimate of 300", "reports of 34 dead", "an estimate by the UN of 300"."""
    word = tokens[at].lower
    if word not in (
        "estimate",
        "estimates",
        "reports",
        "claim",
        "claims",
        "count",
        "tally",
        "figure",
        "toll",
        "assessment",
    ):
        return None
    if (
        lower_at(tokens, at + 1) not in ("of", "that")
        or at == 0
        or (lower_at(tokens, at + 1) == "that" and word not in ("claim", "claims", "estimate"))
    ):
        return None
    name = _name_before(tokens, at)
    possessive = name and tokens[name[1] - 1].lower.endswith(("'s", "s'"))
    if word == "reports":
        return Frame(at, at + 1, "reports", word, None, (at + 1, len(tokens)), True, "noun_frame")
    if not name or not possessive or name[1] - name[0] > 6:
        return None
    stance: Stance = "estimates" if _NOUN_STANCES.get(word) == "estimates" else "asserts"
    return Frame(name[0], at + 1, stance, word, name, (at + 1, len(tokens)), True, "noun_frame")


FRAME_RULES = (
    FrameRule("according_to", "According to the UN, 300 soldiers were killed.", _according_to),
    FrameRule("by_count", "By Kyiv's count, 300 soldiers were killed.", _by_count),
    FrameRule("passive", "300 soldiers were reported killed.", _passive),
    FrameRule("reported_by", "300 soldiers were killed, a toll confirmed by the UN.", _reported_by),
    FrameRule("adverb", "300 soldiers were reportedly killed.", _adverb),
    FrameRule("inverted", "300 soldiers were killed, said Governor Berg.", _inverted),
    FrameRule("subject_verb", "The ministry said 300 soldiers were killed.", _subject_verb),
    FrameRule("participle", "The ministry issued a note, saying 300 soldiers were killed.", _participle),
    FrameRule("noun_frame", "The paper cites Kyiv's estimate of 300 soldiers killed.", _noun_frame),
)


def speaker_text(text: str, tokens: Tokens, frame: Frame) -> str | None:
    """The speaker as written, without a closing possessive; None for nobody."""
    if frame.speaker is None:
        return None
    first, end = frame.speaker
    written = text[tokens[first].start : tokens[end - 1].end]
    return written.removesuffix("'s").removesuffix("’s").rstrip("'’") or None
