"""Find the counted claims of a text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise

from claims.reading.clauses import Quote, quotes
from claims.reading.figures import Figure, each_figure
from claims.reading.lexicon import PEOPLE, is_person, words
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor, deaths_alone, find_anchors
from claims.reading.measuring import govern
from claims.reading.nouns import KNOWN, Noun, complete, noun_ending_at, read_noun, unit_of, written
from claims.reading.numbers import may_hold_number
from claims.reading.planning import is_planned
from claims.reading.sharing import with_noun_of_others
from claims.reading.speakers import Frame, find_frames, frame_for, speaker_text
from claims.reading.stances import FINITE_STANCES
from claims.reading.tenses import aggregation_of, as_of_date
from claims.reading.tokens import Tokens, lower_at, tokenise
from sources.reading.document_parts import Sentence, Span

# The rule of what somebody selected in the text, because no rule had found it.
BY_HAND = "by_hand"
# A stretch without a full stop that is longer is no sentence; taking it in pieces keeps the reading linear.
_LONGEST_SENTENCE = 2_000
# A stretch of that length with more figures is a table, and nobody asserts anything in it.
_MOST_FIGURES = 60


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """One counted claim; the fields are those of the reading contract, `rule` the construction that found it."""

    quote: str
    start: int
    end: int
    measure: str
    subject: str | None
    unit: str | None
    value_low: int | float | None
    value_high: int | float | None
    value_point: int | float | None
    approximate: bool
    qualifier: str | None
    as_written: str
    aggregation: str | None
    as_of: date | None
    speaker: str | None
    stance: str
    verb: str | None
    flags: tuple[str, ...]
    rule: str


def find_claims(text: str, sentences: Sequence[Sentence], *, forecasts: Sequence[Span]) -> tuple[FoundClaim, ...]:
    """The claims of those sentences in text order; numbers inside the spans of `forecasts` are none.

    Every offset is a place in `text`, and `text[start:end] == quote`.
    """
    found: list[FoundClaim] = []
    spans = sorted(forecasts, key=lambda span: span.start)
    for sentence in sentences:
        if not _inside(spans, sentence):
            for start, end in _pieces(text, sentence):
                found.extend(_of_sentence(text, start, end))
    taken = [claim for claim in found if not any(span.start < claim.end and claim.start < span.end for span in spans)]
    return tuple(taken)


def _inside(spans: Sequence[Span], sentence: Sentence) -> bool:
    return any(span.start <= sentence.start and sentence.end <= span.end for span in spans)


def _pieces(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    pieces, start = [], sentence.start
    while sentence.end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, sentence.end)]


@dataclass(frozen=True, slots=True)
class _Match:
    count: Counted
    governed: Governed
    frame: Frame | None
    inherited: bool = False


def _of_sentence(text: str, start: int, end: int) -> list[FoundClaim]:
    if not may_hold_number(text, start, end):
        return []
    tokens = tokenise(text, start, end)
    figures = list(islice(each_figure(tokens), _MOST_FIGURES + 1))
    if not 0 < len(figures) <= _MOST_FIGURES:
        return []
    line = _line(tokens, figures)
    frames = find_frames(tokens)
    matches = _matches(line, frames)
    spans = [Quote(match.count, match.governed, match.frame) for match in matches]
    return [_claim(text, line, match, quote) for match, quote in zip(matches, quotes(line, spans, frames), strict=True)]


def _line(tokens: Tokens, figures: Sequence[Figure]) -> Line:
    anchors = find_anchors(tokens)
    counted = {figure.last for figure in figures}
    verbs = frozenset(
        at
        for anchor in anchors
        if _may_be_verb(tokens, anchor) and not (anchor.form == "base" and anchor.first in counted)
        for at in range(anchor.first, anchor.last)
    )
    counts = [Counted(figure, _noun_of(tokens, figure, verbs)) for figure in figures]
    return Line(tokens, _completed(tokens, counts), anchors)


def _completed(tokens: Tokens, counts: Sequence[Counted]) -> list[Counted]:
    """ "eight Indian and four Chinese soldiers": the first count shares the noun of the second."""
    whole = list(counts)
    for place, (count, following) in enumerate(pairwise(counts)):
        joined = following.figure.first == count.noun.end + 1 and lower_at(tokens, count.noun.end) in ("and", ",", "or")
        if joined and count.noun.empty and not following.noun.empty:
            whole[place] = Counted(count.figure, replace(following.noun, end=count.noun.end))
        if joined and not count.noun.empty:
            whole[place] = Counted(count.figure, complete(tokens, count.noun, following.noun))
    return whole


def _may_be_verb(tokens: Tokens, anchor: Anchor) -> bool:
    """ "houses", "ships" and "recruits" behind a figure are what is counted."""
    return anchor.form != "noun" and not (anchor.form == "base" and tokens[anchor.first].lower in KNOWN)


def _noun_of(tokens: Tokens, figure: Figure, verbs: Collection[int]) -> Noun:
    """What is counted: behind the figure, or in "the number of displaced people … 1.2 million"."""
    noun = read_noun(tokens, figure.last, verbs)
    if not noun.empty:
        return noun
    if lower_at(tokens, figure.first - 1) in ("numbering", "totalling", "totaling", "number"):
        named = noun_ending_at(tokens, _before_numbering(tokens, figure.first - 1))
        while not named.empty and lower_at(tokens, named.first - 1) in ("in", "at", "from", "of"):
            named = noun_ending_at(tokens, named.first - 1)
        return replace(named, end=noun.end)
    for at in range(figure.first - 1, max(figure.first - 12, 1), -1):
        if tokens[at].text in (",", ";"):
            break
        if tokens[at].lower == "of" and lower_at(tokens, at - 1) in ("number", "numbers"):
            counted = read_noun(tokens, at, verbs)
            if counted.empty and lower_at(tokens, at + 1) in PEOPLE:
                counted = Noun(at + 1, at + 2, at + 2, lower_at(tokens, at + 1))
            return replace(counted, end=noun.end)
    return noun


def _before_numbering(tokens: Tokens, at: int) -> int:
    """Where the name of a force ends: "the rebels, thought to number some 2,500"."""
    if lower_at(tokens, at - 1) == "to":
        at -= 2
        at -= lower_at(tokens, at - 1) in ("long", "widely", "now", "once", "generally")
    return at - (lower_at(tokens, at - 1) == ",")


def _matches(line: Line, frames: Sequence[Frame]) -> list[_Match]:
    matches: list[_Match] = []
    for count in line.counts:
        frame = frame_for(frames, count.figure.first, count.figure.last)
        if _counts_speakers(line.tokens, frames, count) or (matches and _is_rejected(line.tokens, count, frame)):
            continue
        governed = govern(line, count) or (_part_of_others(line, count) if matches else None)
        if governed and matches and _is_loss_of_the_same(count, governed, matches[-1]):
            lost = Counted(count.figure, replace(matches[-1].count.noun, end=count.noun.end))
            matches.append(_Match(lost, replace(governed, measure="destroyed"), frame))
        elif governed is None or _leans_on_others(line, count, governed, matches):
            inherited = _inherit(line, count, matches, frame)
            if inherited:
                matches.append(inherited)
        else:
            before = (matches[-1].count, matches[-1].governed) if matches else None
            matches.append(_Match(with_noun_of_others(line, count, governed, before), governed, frame))
    return matches


def _is_loss_of_the_same(count: Counted, governed: Governed, before: _Match) -> bool:
    """ "destroyed 30 trucks, while the rebels admit the loss of 11": trucks are lost, not men."""
    lost = governed.anchor is not None and governed.anchor.rule.name == "lost"
    return lost and count.noun.empty and before.governed.measure == "destroyed" and not before.count.noun.empty


def _part_of_others(line: Line, count: Counted) -> Governed | None:
    """ "drove away 18 boats and rammed two of them": a part of those counted before, by no verb of a measure."""
    at, tokens = count.figure.last, line.tokens
    of_them = lower_at(tokens, at) == "of" and lower_at(tokens, at + 1) in ("them", "these", "those")
    if not of_them or not count.noun.empty or lower_at(tokens, count.figure.first - 1) in FINITE_STANCES:
        return None
    return Governed("other", count.figure.first, at + 2, "part_of_others")


def _leans_on_others(line: Line, count: Counted, governed: Governed, matches: Sequence[_Match]) -> bool:
    """Whether only another count can say what "the toll" or a bare number is about."""
    bare_toll = governed.rule == "noun_before" and lower_at(line.tokens, governed.first) == "toll"
    return bool(matches) and bare_toll and count.noun.empty


def _counts_speakers(tokens: Tokens, frames: Sequence[Frame], count: Counted) -> bool:
    """ "…, two diplomats said", "quoting three officials"."""
    if lower_at(tokens, count.figure.first - 1) in ("quoting", "citing") and is_person(count.noun.head):
        return True
    return any(frame.speaker and frame.speaker[0] == count.figure.first for frame in frames)


def _is_rejected(tokens: Tokens, count: Counted, frame: Frame | None) -> bool:
    """ "…, rejecting Moscow's claim of 300,000": an answer to a claim and none itself."""
    before = count.figure.first - 1
    named = lower_at(tokens, before) in ("of", "that") and lower_at(tokens, before - 1) in _FIGURE_WORDS
    return frame is not None and frame.stance == "denies" and named


_FIGURE_WORDS = words("figure number toll total count tally estimate estimates claim it that losses")


def _inherit(line: Line, count: Counted, matches: Sequence[_Match], frame: Frame | None) -> _Match | None:
    """A second figure for what the sentence has counted: "…, though US estimates place the figure closer to 1,200"."""
    if not matches or not count.noun.empty or is_planned(line, count):
        return None
    before, tokens = (
        next((match for match in reversed(matches) if match.governed.rule != "part_of_count"), matches[-1]),
        line.tokens,
    )
    named = any(lower_at(tokens, at) in _FIGURE_WORDS for at in range(before.count.noun.end, count.figure.first))
    spoken = frame is not None and frame is not before.frame
    if not named and not spoken:
        return None
    governed = Governed(before.governed.measure, count.figure.first, count.figure.last, "inherited_figure")
    noun = before.count.noun
    return _Match(Counted(count.figure, noun), governed, frame, inherited=True)


def _claim(text: str, line: Line, match: _Match, span: tuple[int, int]) -> FoundClaim:
    tokens, figure, noun = line.tokens, match.count.figure, match.count.noun
    first, last = tokens[span[0]].start, tokens[span[1] - 1].end
    measure, flags = _measure_and_flags(line, match)
    frame = match.frame
    stance = "denies" if match.governed.denied else frame.stance if frame else "asserts"
    return FoundClaim(
        quote=text[first:last],
        start=first,
        end=last,
        measure=measure,
        subject=written(text, tokens, noun),
        unit=_unit(tokens, noun, measure, by_people=_is_done_by_people(match.governed)),
        value_low=figure.low,
        value_high=figure.high,
        value_point=figure.point,
        approximate=figure.approximate,
        qualifier=figure.qualifier,
        as_written=text[tokens[figure.first].start : tokens[figure.last - 1].end],
        aggregation=aggregation_of(line, match.count, span),
        as_of=as_of_date(tokens),
        speaker=speaker_text(text, tokens, frame) if frame else None,
        stance=stance,
        verb=frame.verb if frame else None,
        flags=flags,
        rule=match.governed.rule,
    )


def _unit(tokens: Tokens, noun: Noun, measure: str, *, by_people: bool) -> str | None:
    """The unit with its capitals: "F-35s"."""
    unit = unit_of(noun, measure, by_people=by_people)
    own = not noun.empty and noun.completed_at is None and tokens[noun.last - 1].lower == unit
    return tokens[noun.last - 1].text if own else unit


def _is_done_by_people(governed: Governed) -> bool:
    """ "Tens of thousands marched", "enlisted 80,000"."""
    anchor = governed.anchor
    if anchor is None:
        return governed.rule in ("aboard", "strong", "strength_before", "brought_to")
    return (
        anchor.rule.name == "strength"
        or anchor.word in _ENROLLING
        or (anchor.form == "intransitive" and anchor.rule.name == "other")
    )


_ENROLLING = words(
    "enlisted recruited mobilised mobilized conscripted drafted called enlist recruit enlisting recruiting "
    "conscripting abducted kidnapped sentenced deported pardoned vaccinated rescued evacuated"
)


def _measure_and_flags(line: Line, match: _Match) -> tuple[str, tuple[str, ...]]:
    measure: str = match.governed.measure
    flags = []
    anchor = match.governed.anchor
    if match.count.figure.vague:
        flags.append("vague_number")
    if anchor and anchor.rule.name in ("casualties", "lost") and measure == "killed_or_wounded":
        if deaths_alone(line.tokens, _tokens_of_counts(line, match)):
            measure = "killed"
        else:
            flags.append("ambiguous_measure")
    if match.inherited:
        flags.append("inherited_measure")
    return measure, tuple(flags)


def _tokens_of_counts(line: Line, match: _Match) -> frozenset[int]:
    """The tokens near the other figures, whose deaths are counted apart."""
    return frozenset(
        at
        for count in line.counts
        if count is not match.count
        for at in range(count.figure.first - 3, count.noun.end + 3)
    )


# --- What somebody selected -----------------------------------------------------------------------------------------


def read_selected(text: str, selected: Span) -> FoundClaim:
    """What somebody selected, taken for one claim whether the rules would find it or not; its rule is BY_HAND.

    The fields are those of the first claim in it; where there is none, they are null but for the quote.
    """
    sentence = Sentence(selected.start, selected.end, "body", None, 0)
    found = next(iter(find_claims(text, [sentence], forecasts=())), None)
    quote = text[selected.start : selected.end]
    if found is not None:
        return replace(found, quote=quote, start=selected.start, end=selected.end, rule=BY_HAND)
    return FoundClaim(
        quote=quote,
        start=selected.start,
        end=selected.end,
        measure="other",
        subject=None,
        unit=None,
        value_low=None,
        value_high=None,
        value_point=None,
        approximate=False,
        qualifier=None,
        as_written="",
        aggregation=None,
        as_of=None,
        speaker=None,
        stance="asserts",
        verb=None,
        flags=(),
        rule=BY_HAND,
    )
