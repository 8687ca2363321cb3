"""Find the counted claims of a text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise

from claims.reading.clauses import Quote, quotes
from claims.reading.figures import Figure, each_figure
from claims.reading.lexicon import CONTRASTS, PEOPLE, words
from claims.reading.lines import Counted, Governed, Line
from claims.reading.measures import Anchor, deaths_alone, find_anchors
from claims.reading.measuring import govern
from claims.reading.nouns import KNOWN, Noun, complete, noun_ending_at, read_noun, unit_of, written
from claims.reading.numbers import may_hold_number
from claims.reading.planning import is_planned
from claims.reading.speakers import Frame, find_frames, frame_for, speaker_text
from claims.reading.tenses import aggregation_of, as_of_date
from claims.reading.tokens import Tokens, lower_at, tokenise
from sources.reading.document_parts import Sentence, Span

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
        return replace(noun_ending_at(tokens, _before_numbering(tokens, figure.first - 1)), end=noun.end)
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
    return at - (lower_at(tokens, at - 1) == ",")


def _matches(line: Line, frames: Sequence[Frame]) -> list[_Match]:
    matches: list[_Match] = []
    for count in line.counts:
        frame = frame_for(frames, count.figure.first, count.figure.last)
        if _counts_speakers(frames, count) or (matches and _is_rejected(line.tokens, count, frame)):
            continue
        governed = govern(line, count)
        if governed is None or _leans_on_others(line, count, governed, matches):
            inherited = _inherit(line, count, matches, frame)
            if inherited:
                matches.append(inherited)
        else:
            matches.append(_Match(_with_shared_noun(line, count, governed, matches), governed, frame))
    return matches


def _leans_on_others(line: Line, count: Counted, governed: Governed, matches: Sequence[_Match]) -> bool:
    """Whether only another count can say what "the toll" or a bare number is about."""
    bare_toll = governed.rule == "noun_before" and lower_at(line.tokens, governed.first) == "toll"
    return bool(matches) and bare_toll and count.noun.empty


def _counts_speakers(frames: Sequence[Frame], count: Counted) -> bool:
    """ "…, two diplomats said"."""
    return any(frame.speaker and frame.speaker[0] == count.figure.first for frame in frames)


def _is_rejected(tokens: Tokens, count: Counted, frame: Frame | None) -> bool:
    """ "…, rejecting Moscow's claim of 300,000": an answer to a claim and none itself."""
    before = count.figure.first - 1
    named = lower_at(tokens, before) in ("of", "that") and lower_at(tokens, before - 1) in _FIGURE_WORDS
    return frame is not None and frame.stance == "denies" and named


_OF_PEOPLE = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "captured", "arrested"})


def _befalls_people(line: Line, governed: Governed) -> bool:
    return any(
        lower_at(line.tokens, at)
        in ("hostage", "abducted", "kidnapped", "rescued", "freed", "evacuated", "fled", "displaced")
        for at in range(governed.first, governed.last)
    )


def _with_shared_noun(line: Line, count: Counted, governed: Governed, matches: Sequence[_Match]) -> Counted:
    """ "34 people were killed and 94 wounded": the second count shares the noun of the first."""
    before = matches[-1] if matches else None
    if before is None or not count.noun.empty or before.governed.measure not in _OF_PEOPLE:
        return count
    if governed.measure not in _OF_PEOPLE and not _befalls_people(line, governed):
        return count
    between = range(before.count.figure.last, count.figure.first)
    if any(lower_at(line.tokens, at) in CONTRASTS | {";", ":"} for at in between):
        return count
    return Counted(count.figure, replace(before.count.noun, end=count.noun.end))


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
        unit=unit_of(noun.head, measure),
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
        at for count in line.counts if count is not match.count for at in range(count.figure.first, count.noun.end + 3)
    )
