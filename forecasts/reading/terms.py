"""Where a sentence uses a word of estimative probability, and what the use amounts to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from forecasts.yardsticks.band import Band, Term, Yardstick
from forecasts.yardsticks.scales import YARDSTICKS

GAP = r"[\s*_]*[\s*_-][\s*_]*"
# Only these keep a band, mirrored, when they are negated.
MIRRORED_WORDS = frozenset({"likely", "probable", "probably", "unlikely"})
ADVERBS = frozenset({"probably", "improbably", "almost certainly"})

_BASE = r"(?:likely|unlikely|probable|probably|improbable|improbably)"
_MODIFIER = (
    r"(?:very|highly|extremely|most|quite|fairly|rather|exceptionally|somewhat|reasonably|overwhelmingly|particularly"
    r"|especially|increasingly|pretty|really|hugely|vanishingly|moderately|relatively|exceedingly|decidedly|vastly)"
)
_NEARLY = r"(?:almost|nearly|virtually|practically|all\s+but|close\s+to|near)"
_SIZE = (
    r"(?:remote|realistic|real|distinct|strong|good|slim|small|slight|serious|high|low|fair|outside|reasonable|minimal"
    r"|negligible|considerable|significant|substantial|better\s+than\s+even|(?:(?:roughly|about)\s+)?even"
    r"|decent|credible)"
)
FOREIGN = (
    rf"more{GAP}likely{GAP}than{GAP}not",
    rf"(?:{_MODIFIER}{GAP}){{1,2}}{_BASE}",
    rf"{_NEARLY}{GAP}(?:certain|certainly|impossible)",
    rf"{_SIZE}{GAP}(?:possibility|chances?|probability|odds)",
    rf"(?:almost|virtually|practically){GAP}no{GAP}chance",
    _BASE,
)
# Matches nowhere.
_NOTHING = "(?!)"
# Of these, or of the yardstick's own words, one is in every term.
_CORES = frozenset({"likel", "probab", "certain", "possib", "chance", "odds"})
# Words that look like terms and are none; they are read first so that nothing inside them is found.
NO_TERMS = (
    r"(?:less|more|as|so|how|equally|least)\s+(?:likely|unlikely|probable|probably)(?:\s+as)?(?!\s+than\s+not)",
    r"not\s+(?:only|just|merely)\s+(?:likely|probable)",
)
# Single words that say a likelihood only as a predicate or before a noun of chance ("remote areas" does not).
SHY_WORDS = frozenset({"remote", "certain", "impossible"})


@dataclass(frozen=True, slots=True)
class TermUse:
    """One use in a sentence; offsets count from the sentence's start. `term` is None for a foreign term."""

    start: int
    end: int
    words: str
    term: Term | None
    negated: bool = False

    @property
    def band(self) -> Band | None:
        """The band that the use stands for, mirrored where it is negated."""
        if self.term is None:
            return None
        return self.term.band.mirrored() if self.negated else self.term.band

    @property
    def bare_words(self) -> str:
        """The words in lower case with single blanks."""
        return plain(self.words)


def plain(words: str) -> str:
    """Words in lower case, without emphasis marks, hyphens and extra blanks."""
    return " ".join(re.sub(r"[*_-]", " ", words).lower().split())


def _pattern(words: str) -> str:
    return GAP.join(re.escape(word) for word in words.split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A yardstick made ready for reading: in every sentence that holds a term stands one of the hints."""

    hints: tuple[str, ...]
    scanner: re.Pattern[str]
    terms: Mapping[str, Term]


@lru_cache(maxsize=16)
def vocabulary_of(yardstick: Yardstick) -> Vocabulary:
    """What `term_uses` needs to read with a yardstick."""
    terms = {words: term for term in yardstick.terms for words in term.words}
    own = {max(words.split(), key=len).lower() for words in terms}
    hints = {word for word in own if not any(core in word for core in _CORES)} | _CORES
    return Vocabulary(tuple(sorted(hints)), _scanner(yardstick), terms)


def _scanner(yardstick: Yardstick) -> re.Pattern[str]:
    known = sorted((words for term in yardstick.terms for words in term.words), key=len, reverse=True)
    long_known = [_pattern(words) for words in known if " " in words]
    short_known = [_pattern(words) for words in known if " " not in words]
    foreign = [_pattern(words) for words in _foreign_words(yardstick)]
    return re.compile(
        rf"(?<![\w-])(?:(?P<none>{'|'.join(NO_TERMS)})"
        rf"|(?P<known>{'|'.join(long_known) or _NOTHING})"
        rf"|(?P<foreign>{'|'.join([*foreign, *FOREIGN[:-1]])})"
        rf"|(?P<short>{'|'.join(short_known) or _NOTHING})"
        rf"|(?P<bare>{FOREIGN[-1]}))(?![\w])(?!-\w)",
        re.IGNORECASE,
    )


def _foreign_words(yardstick: Yardstick) -> list[str]:
    """The longer words of all other yardsticks, except negations, which are built of words that may be known."""
    own = {words for term in yardstick.terms for words in term.words}
    others = {words for each in YARDSTICKS.values() for term in each.terms for words in term.words}
    return sorted(
        (words for words in others - own if " " in words and not words.endswith(" not")), key=len, reverse=True
    )


def term_uses(sentence: str, vocabulary: Vocabulary) -> Iterator[TermUse]:
    """The uses of likelihood words in a sentence, the longest at each place, attributive ones left out."""
    lowered = sentence.lower()
    if not any(hint in lowered for hint in vocabulary.hints):
        return
    for match in vocabulary.scanner.finditer(sentence):
        if match["none"] or not _is_used(sentence, match):
            continue
        term = vocabulary.terms.get(plain(match.group()))
        yield _with_polarity(sentence, TermUse(match.start(), match.end(), match.group(), term))


# --- Predicate or attribute ---------------------------------------------------------------------------------------

_BE = (
    r"(?:is|are|be|been|being|was|were|am|seems?|seemed|looks?|looked|appears?|appeared|remains?|remained"
    r"|becomes?|became"
    r"|becoming|considered|deemed|judged|thought|assessed|rated|isn['’]t|aren['’]t|it['’]s|['’]s|['’]re|not)"
)
_ATTRIBUTING = re.compile(
    r"(?:\b(?:an?|the|this|that|these|those|any|some|its|his|her|their|our|whose|such|another|every|each|of|in"
    r"|with|by|for"
    r"|from|against|between|among|under|into|via|through|other|many|several|two|three|four)|['’]s)\s+[*_]*$",
    re.IGNORECASE,
)
_DIRECTLY_PREDICATE = re.compile(
    r"[*_]*\s*(?:\([^()]{0,40}\)\s*|\[[^\[\]]{0,40}\]\s*)?(?:(?:not\s+)?to|that|not)\b", re.IGNORECASE
)
_COPULA_BEFORE = re.compile(rf"\b{_BE}\s+(?:[a-z]+ly\s+|now\s+|still\s+|also\s+|not\s+|all\s+)?[*_]*$", re.IGNORECASE)
_PLURAL_NOUN_AFTER = re.compile(
    r"[*_]*\s+(?!(?:this|as|has|does|was|is|across|towards|unless|perhaps|besides|always|less|versus|years?"
    r"|months|weeks"
    r"|days|his|its|us)\b)[a-z]{3,}[^s\W]s\b",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"[*_]*\s+(?:ally|partner|coalition|candidate|alliance|pair|hero|cause|scenario|outcome|source|culprit"
    r"|target|explanation"
    r"|reason|motive|successor|event|location|perpetrator|suspect|case|consequence|result|place|friend|choice"
    r"|mediator)\b",
    re.IGNORECASE,
)
_DEFINITION_AFTER = re.compile(
    r"""["'”’»*_]*\s*(?:\([^()]{0,40}\)\s*)?(?:,?\s*(?:which\s+)?(?:means|mean|meaning|refers?\s+to|denotes?|stands?\s+for"""
    r"""|corresponds?\s+to|equals?|translates?\s+(?:in)?to|is\s+defined)\b|\s*=)""",
    re.IGNORECASE,
)
_QUOTED_BEFORE = re.compile(r"""\b(?:word|words|term|terms|phrase|expression)\s+["'“‘«]?$""", re.IGNORECASE)
_CHANCE_NOUN = re.compile(r"(?:possibility|chances?|probability|odds)$", re.IGNORECASE)
_REACH = 60


def _is_used(sentence: str, match: re.Match[str]) -> bool:
    before, after = (
        sentence[max(0, match.start() - _REACH) : match.start()],
        sentence[match.end() : match.end() + _REACH],
    )
    words = plain(match.group())
    if _DEFINITION_AFTER.match(after) or _QUOTED_BEFORE.search(before):
        return False
    if _CHANCE_NOUN.search(words) or words in ADVERBS:
        return True
    if words in SHY_WORDS:
        return bool(_COPULA_BEFORE.search(before)) and not _PLURAL_NOUN_AFTER.match(after)
    return _is_predicate(before, after)


def _is_predicate(before: str, after: str) -> bool:
    if _DIRECTLY_PREDICATE.match(after) or _MODAL_BEFORE.search(before):
        return True
    if _ATTRIBUTING.search(before) or _NOUN_AFTER.match(after):
        return False
    return not _PLURAL_NOUN_AFTER.match(after)


_MODAL_BEFORE = re.compile(
    r"(?:\b(?:will|would|shall|may|might|could|can|should|must)|['’]ll|n['’]t)\s+(?:\w+\s+)?[*_]*$", re.IGNORECASE
)

# --- Negation -----------------------------------------------------------------------------------------------------

_FILLER = (
    r"(?:(?:now|yet|currently|presently|at\s+all|all\s+that|all|seem|look|appear|be|been|considered"
    r"|deemed|thought|judged|remain|itself|themselves|therefore|a|an|any|the)\s+)"
)
_NOT_BEFORE = re.compile(
    rf"(?:\b(?:not|never|hardly|scarcely|no\s+longer|cannot|nor)|n['’]t)\s+{_FILLER}{{0,3}}[*_]*$", re.IGNORECASE
)
_NO_SUBJECT = re.compile(
    r"(?:^|[,;:–—]\s+|\b(?:that|and|but|so|because|while|where)\s+)[\"'“‘*_]*"
    r"(?:neither|none|nobody|nothing|no\s+one|no(?!\s+(?:doubt|longer|later|matter|more|question|less|sooner)))\b"
    r"[^;:.]{0,160}\s(?:is|are|seems?|looks?|appears?|remains?|will|would|be|considered|deemed"
    r"|thought)\s+(?:\w+ly\s+|now\s+)?[*_]*$",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"\b(?:neither|nor\s+(?:is|are|will|does|do))\b[^;:.]{0,160}$", re.IGNORECASE)
_NO_CHANCE = re.compile(r"\b(?:no|without|not|hardly|neither)\s+(?:an?\s+|any\s+|even\s+an?\s+)?[*_]*$", re.IGNORECASE)
_NEGATION_REACH = 220


def _with_polarity(sentence: str, use: TermUse) -> TermUse:
    before = sentence[max(0, use.start - _NEGATION_REACH) : use.start]
    if not _is_negated(before, use):
        return use
    if use.term is None or use.bare_words not in MIRRORED_WORDS:
        return TermUse(use.start, use.end, use.words, None)
    return TermUse(use.start, use.end, use.words, use.term, negated=True)


def _is_negated(before: str, use: TermUse) -> bool:
    if _CHANCE_NOUN.search(use.bare_words):
        return bool(_NO_CHANCE.search(before) or _NOT_BEFORE.search(before))
    return bool(_NOT_BEFORE.search(before) or _NO_SUBJECT.search(before) or _NEITHER.search(before))
