"""Who asserts a count, and how: "Ukrainian officials estimate that …", "…, the ministry said"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from claims.reading.figures import read_start
from claims.reading.lexicon import AUXILIARIES, BE, CONTRASTS, FINITE, PERCENT, PREPOSITIONS, WEEKDAYS, words
from claims.reading.names import back_over_adverbs, cut_noun, name_after, name_before
from claims.reading.numbers import read_number
from claims.reading.stances import (
    FINITE_STANCES,
    ING_STANCES,
    NEEDS_AT,
    NOUN_STANCES,
    Stance,
    figure_placed,
    speaks,
    trails,
)
from claims.reading.tokens import Tokens, lower_at


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
        if tokens[at].lower in _TRIGGERS and (not frames or at >= frames[-1].last):
            frame = next((found for rule in FRAME_RULES if (found := rule.find(tokens, at))), None)
            if frame:
                frames.append(_same_speaker(tokens, frame, frames))
    return [_bounded(tokens, frame, frames[:place]) for place, frame in enumerate(frames)]


_FRAMING_NOUNS = words("estimate estimates reports claim claims count tally figure toll assessment")
# The words that a frame can be found by: those of saying, and what leads in a name.
_TRIGGERS = (
    FINITE_STANCES.keys()
    | ING_STANCES.keys()
    | _FRAMING_NOUNS
    | words("according as per by on at reportedly allegedly")
)


def frame_for(frames: Sequence[Frame], first: int, last: int) -> Frame | None:
    """The frame that covers those tokens: a denial before others, a name before none, the nearest first."""
    covering = [frame for frame in frames if frame.scope[0] <= first and last <= frame.scope[1]]
    leading = [frame for frame in covering if frame.leading]
    denial = next((frame for frame in leading if frame.stance == "denies"), None)
    named = [frame for frame in reversed(leading) if frame.speaker] or [
        frame for frame in covering if frame.speaker and not frame.leading
    ]
    return denial or next(iter(named), None) or next(iter(reversed(covering)), None)


def _same_speaker(tokens: Tokens, frame: Frame, earlier: Sequence[Frame]) -> Frame:
    """ "the ministry said, adding that 12 …", "said that it had counted 12": the speaker stands before."""
    if earlier and frame.speaker and frame.rule == "subject_verb_before" and _is_pronoun(tokens, frame.speaker):
        return replace(frame, speaker=earlier[-1].speaker or frame.speaker)
    if frame.rule != "participle" or not earlier or _with_subject(tokens, frame.first):
        return frame
    return replace(frame, speaker=earlier[-1].speaker or frame.speaker)


def _is_pronoun(tokens: Tokens, name: tuple[int, int]) -> bool:
    return name[1] - name[0] == 1 and tokens[name[0]].lower in ("it", "they", "he", "she")


def _bounded(tokens: Tokens, frame: Frame, earlier: Sequence[Frame]) -> Frame:
    first, last = frame.scope
    if frame.leading:
        fronted = frame.rule == "according_to"
        return replace(frame, scope=(first, _contrast_after(tokens, frame.last, hard=fronted)))
    begin = max(
        [other.scope[1] for other in earlier if other.speaker and not other.leading]
        + [_break_before(tokens, frame.first)]
    )
    return replace(frame, scope=(min(begin, frame.first), last))


def _contrast_after(tokens: Tokens, at: int, *, hard: bool) -> int:
    """Where a leading speaker's words end: at a semicolon, or at a comma with "while", "but", "although"."""
    for here in range(at, len(tokens)):
        if tokens[here].text == ";" or (tokens[here].lower == "but" and lower_at(tokens, here + 1) in FINITE_STANCES):
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
        lower_at(tokens, here) in FINITE_STANCES and speaks(tokens, here)
        for here in range(at, min(at + 8, len(tokens)))
    ) and not read_start(tokens, at)


def _break_before(tokens: Tokens, at: int) -> int:
    return next((here + 1 for here in range(at - 1, -1, -1) if tokens[here].text == ";"), 0)


def _according_to(tokens: Tokens, at: int) -> Frame | None:
    pairs = (("according", "to"), ("as", "per"))
    if (tokens[at].lower, lower_at(tokens, at + 1)) not in pairs and tokens[at].lower != "per":
        return None
    start = at + (1 if tokens[at].lower == "per" else 2)
    name = name_after(tokens, start)
    if name is None or (
        tokens[at].lower == "per" and not tokens[name[0]].capitalised and tokens[name[0]].lower != "the"
    ):
        return None
    speaker, stance = cut_noun(tokens, name)
    stance = stance if stance in ("estimates", "reports") else "asserts"
    leading = at == 0 or tokens[at - 1].text == ";" or _fronted(tokens, at, name[1])
    scope = (name[1], len(tokens)) if leading else (0, len(tokens))
    verb = " ".join(token.lower for token in tokens[at:start])
    return Frame(at, name[1], stance, verb, speaker, scope, leading, "according_to")


def _fronted(tokens: Tokens, at: int, end: int) -> bool:
    """ ", while according to Kyiv, 40 …": in front of its clause though not of its sentence."""
    return lower_at(tokens, at - 1) in CONTRASTS | {"and"} and lower_at(tokens, end) == ","


def _by_count(tokens: Tokens, at: int) -> Frame | None:
    """ "by Kyiv's count", "by UN estimates", "on official figures"."""
    named = at > 0 and tokens[at].lower == "on" and tokens[at - 1].capitalised
    if tokens[at].lower not in ("by", "on") or named:
        return None
    name = name_after(tokens, at + 1)
    if name is None or name[1] - name[0] < 2:
        return None
    of_somebody = lower_at(tokens, at + 2) in _COUNTS and lower_at(tokens, at + 3) == "of"
    if not of_somebody and tokens[name[1] - 1].lower not in _COUNTS:
        return None
    speaker, stance = cut_noun(tokens, name)
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


_COUNTS = words("count estimates estimate tally reckoning calculations figures assessment assessments")


_RECORDING = words("found recorded registered listed placed posted charged counted documented tracked detected spotted")


def _passive(tokens: Tokens, at: int) -> Frame | None:
    """ "were reported killed", "it is estimated that", "is believed to have", "were confirmed by the ministry"."""
    stance = FINITE_STANCES.get(tokens[at].lower)
    before = back_over_adverbs(tokens, at)
    fits = stance and tokens[at].lower.endswith(("ed", "said", "thought")) and lower_at(tokens, before - 1) in BE
    if not stance or not fits or tokens[at].lower in _RECORDING:
        return None
    by = lower_at(tokens, at + 1) == "by"
    name = name_after(tokens, at + 2) if by else None
    if stance == "denies" and name is None:
        return None
    return Frame(at, name[1] if name else at + 1, stance, tokens[at].lower, name, (0, len(tokens)), False, "passive")


def _reported_by(tokens: Tokens, at: int) -> Frame | None:
    """ ", as reported by Reuters", "a toll confirmed by the UN"."""
    stance = FINITE_STANCES.get(tokens[at].lower)
    if stance is None or stance == "denies" or lower_at(tokens, at + 1) != "by" or not tokens[at].lower.endswith("ed"):
        return None
    name = name_after(tokens, at + 2)
    if name is None:
        return None
    return Frame(at, name[1], stance, tokens[at].lower, name, (0, len(tokens)), False, "reported_by")


def _adverb(tokens: Tokens, at: int) -> Frame | None:
    stances: dict[str, Stance] = {"reportedly": "reports", "allegedly": "asserts"}
    stance = stances.get(tokens[at].lower)
    if stance is None:
        return None
    return Frame(at, at + 1, stance, tokens[at].lower, None, (0, len(tokens)), False, "adverb")


def _inverted(tokens: Tokens, at: int) -> Frame | None:
    """ "…, said Governor Berg."""
    stance = FINITE_STANCES.get(tokens[at].lower)
    before = tokens[at - 1].text if at else ""
    if (
        not stance
        or not tokens[at].lower.endswith(("ed", "said", "says", "wrote"))
        or before not in (",", '"', "”", "'", "’")
        or _opens_clause(tokens, at + 1)
    ):
        return None
    name = name_after(tokens, at + 1)
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
    if lower_at(tokens, name[0]) in PREPOSITIONS:
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
    stance = FINITE_STANCES.get(word)
    if not stance or not speaks(tokens, at):
        return None
    joined = _is_joined(tokens, at)
    name = _main_subject(tokens, at) if joined else name_before(tokens, at)
    if name is None or not _can_speak(tokens, name):
        return None
    stance = "reports" if _is_relayed(tokens, at) else stance
    relative = lower_at(tokens, at - 1) in ("which", "who")
    speaker, noun_stance = cut_noun(tokens, name)
    if noun_stance in ("estimates", "reports") and stance == "asserts":
        stance = noun_stance
    elif noun_stance is None:
        speaker = name
    trailing = trails(tokens, at + 1, word)
    if trailing and (stance == "denies" or relative):
        return None
    begin = at if joined else name[0]
    if trailing:
        return Frame(begin, at + 1, stance, word, speaker, (0, len(tokens)), False, "subject_verb_after")
    last = at + 1
    return Frame(begin, last, stance, word, speaker, (last, len(tokens)), True, "subject_verb_before")


def _is_relayed(tokens: Tokens, at: int) -> bool:
    """ "intelligence reportedly believes that …": what is said of a speaker is a report."""
    return lower_at(tokens, at - 1) == "reportedly"


def _is_joined(tokens: Tokens, at: int) -> bool:
    """ "… and estimates that 300 died", "denied it but said 12 died": the subject stands before the first verb."""
    before = lower_at(tokens, at - 1)
    goes_on = lower_at(tokens, at + 1) in ("that", "it", "they", "he", "she")
    return before == "but" or (before == "and" and goes_on)


def _can_speak(tokens: Tokens, name: tuple[int, int]) -> bool:
    """No pronoun of place speaks, such as "there", nor those whom a figure counts."""
    if tokens[name[0]].lower in ("there", "which", "what", "this", "to", "is", "neither", "nobody", "none"):
        return False
    if any(tokens[at].lower in PERCENT for at in range(*name)):
        return False
    if tokens[name[1] - 1].lower in ("we", "i"):
        return False
    return not read_start(tokens, name[0]) or are_speakers(tokens, name)


def are_speakers(tokens: Tokens, name: tuple[int, int]) -> bool:
    """ "two Western diplomats", "three officials in Baghdad": a few who speak, not people counted."""
    number = read_number(tokens, name[0])
    if number is None or number.vague or (number.value or 0) > 20:
        return False
    return any(tokens[at].lower in _SPEAKERS for at in range(number.last, min(name[1], number.last + 4)))


_SPEAKERS = words(
    "officials diplomats sources lawmakers experts analysts witnesses ministers officers groups agencies organisations "
    "organizations senators commanders doctors monitors ministries networks outlets residents medics survivors "
    "activists "
    "researchers aides advisers governors charities ngos media newspapers journalists economists executives generals"
)


def _participle(tokens: Tokens, at: int) -> Frame | None:
    """ "…, saying that 300 …", "with Kyiv putting the toll at 34": the participle of a speaker."""
    stance = ING_STANCES.get(tokens[at].lower)
    if not stance or (tokens[at].lower in NEEDS_AT and not figure_placed(tokens, at)):
        return None
    if lower_at(tokens, at - 1) in ("is", "was", "are", "were", "of", "by", "for", "without"):
        return None
    if tokens[at].lower in _OF_THINGS_TOO and lower_at(tokens, at - 1) not in (",", "") and not _says_that(tokens, at):
        return None
    name = _with_subject(tokens, at) or _main_subject(tokens, at) if lower_at(tokens, at - 1) != "with" else None
    if name is None or not _can_speak(tokens, name):
        name = None
    return Frame(at, at + 1, stance, tokens[at].lower, name, (at + 1, len(tokens)), True, "participle")


_OF_THINGS_TOO = words("warning showing noting counting recording writing telling reporting")


def _says_that(tokens: Tokens, at: int) -> bool:
    return lower_at(tokens, at + 1) == "that" or bool(read_start(tokens, at + 1))


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
        if word in FINITE_STANCES or word in FINITE or word in AUXILIARIES - {"'s"} or past:
            return name_before(tokens, at)
    return None


def _noun_frame(tokens: Tokens, at: int) -> Frame | None:
    """ "Kyiv's estimate of 300", "reports of 34 dead", "an estimate by the UN of 300"."""
    word = tokens[at].lower
    if word not in _FRAMING_NOUNS:
        return None
    if (
        lower_at(tokens, at + 1) not in ("of", "that")
        or at == 0
        or (lower_at(tokens, at + 1) == "that" and word not in ("claim", "claims", "estimate"))
    ):
        return None
    name = name_before(tokens, at)
    possessive = name and tokens[name[1] - 1].lower.endswith(("'s", "s'"))
    if word == "reports":
        return Frame(at, at + 1, "reports", word, None, (at + 1, len(tokens)), True, "noun_frame")
    if not name or not possessive or name[1] - name[0] > 6:
        return None
    stance: Stance = "estimates" if NOUN_STANCES.get(word) == "estimates" else "asserts"
    return Frame(name[0], at + 1, stance, word, name, (at + 1, len(tokens)), True, "noun_frame")


def _gapped(tokens: Tokens, at: int) -> Frame | None:
    """ "Organisers put the crowd at 300,000, police at 80,000": the second speaker shares the verb of the first."""
    joints = (",", ";", "and")
    comma = next((here for here in range(at - 1, max(at - 7, -1), -1) if tokens[here].text in joints), None)
    if tokens[at].lower != "at" or comma is None or not read_start(tokens, at + 1):
        return None
    verb = next((here for here in range(comma - 1, max(comma - 20, -1), -1) if tokens[here].lower in NEEDS_AT), None)
    first = comma + 1 + (lower_at(tokens, comma + 1) in ("and", "but", "while"))
    name = name_before(tokens, at)
    if (
        verb is None
        or name is None
        or name[0] != first
        or not figure_placed(tokens, verb)
        or not _can_speak(tokens, name)
    ):
        return None
    return Frame(first, at, "asserts", tokens[verb].lower, name, (at, len(tokens)), True, "gapped")


FRAME_RULES = (
    FrameRule("according_to", "According to the UN, 300 soldiers were killed.", _according_to),
    FrameRule("by_count", "By Kyiv's count, 300 soldiers were killed.", _by_count),
    FrameRule("passive", "300 soldiers were reported killed.", _passive),
    FrameRule("reported_by", "300 soldiers were killed, a toll confirmed by the UN.", _reported_by),
    FrameRule("adverb", "300 soldiers were reportedly killed.", _adverb),
    FrameRule("inverted", "300 soldiers were killed, said Governor Berg.", _inverted),
    FrameRule("subject_verb", "The ministry said 300 soldiers were killed.", _subject_verb),
    FrameRule("gapped", "Organisers put the crowd at 300, police at 80 people.", _gapped),
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
