"""Where a sentence uses a word of estimative probability, and what the use amounts to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from forecasts.yardsticks.band import Band, Term, Yardstick
from forecasts.yardsticks.scales import YARDSTICKS

GAP = r"[\s*_>-]{1,40}"
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
    rf"more{GAP}than{GAP}(?:likely|probable|probably|unlikely)",
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
_COMPARED = r"(?:likely|unlikely|probable|probably)"
NO_TERMS = (
    rf"(?:less|more|so|how|equally|(?<!\bat\s)least)\s+{_COMPARED}(?:\s+as)?(?!\s+than\s+not)",
    # "As likely" compares, except after what judges ("seen as likely", "assess a strike as unlikely").
    rf"as\s+{_COMPARED}\s+as(?:\s+not)?",
    rf"(?:is|are|be|seems?|looks?|remains?|just|twice|half|times|nearly|almost|quite|bit|not)\s+as\s+{_COMPARED}",
    r"not\s+(?:only|just|merely)\s+(?:likely|probable)",
    # "Unlikely as it seems", "as is likely".
    rf"{_COMPARED}\s+as\s+(?:it|this|that|they)\b|as\s+(?:is|seems|looks)\s+{_COMPARED}",
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

    @property
    def own_words(self) -> str:
        """As `bare_words`, without the negation that a term without a mirror image is told with."""
        return plain(self.words[-(self.end - self.start) :])


def plain(words: str) -> str:
    """Words in lower case, without emphasis and quotation marks of Markdown, hyphens and extra blanks."""
    return " ".join(re.sub(r"[*_>-]", " ", words).lower().split())


def without_not(words: str) -> str:
    """The words of a term without the “not” before them, as they stand beside the mark that it is negated."""
    return re.sub(r"^not\s+", "", words.strip(), flags=re.IGNORECASE)


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
        rf"(?<![^\W_])(?<!-)(?:(?P<none>{'|'.join(NO_TERMS)})"
        rf"|(?P<known>{'|'.join(long_known) or _NOTHING})"
        rf"|(?P<foreign>{'|'.join([*foreign, *FOREIGN[:-1]])})"
        rf"|(?P<short>{'|'.join(short_known) or _NOTHING})"
        rf"|(?P<bare>{FOREIGN[-1]}))(?![^\W_])(?!-\w)",
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
    r"[*_]*\s*(?:\([^()]{0,40}\)\s*|\[[^\[\]]{0,40}\]\s*)?(?:(?:(?:not|\w+ly|also|now|again|still|soon|then|both|even|ever|just)\s+)?"
    r"to|that|not)\b",
    re.IGNORECASE,
)
# "It is likely (that) …": what follows is a clause, whatever its first word.
IT_IS_BEFORE = re.compile(
    r"\b(?:it|there)(?:['’]s|\s+(?:is|seems|looks|appears|remains|(?:will|may|might|could)\s+be|isn['’]t))\s+"
    r"(?:(?:not|now|still|also|therefore|thus|\w+ly)\s+){0,2}[*_]*$",
    re.IGNORECASE,
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
_CHANCE_NOUN = re.compile(r"\b(?:possibility|chances?|probability|odds)\b", re.IGNORECASE)
# A village is remote by where it lies.
_OF_A_PLACE = re.compile(
    r"\b(?:villages?|areas?|regions?|islands?|towns?|valleys?|(?:out)?posts?|camps?|sites?|districts?|provinces?|communit(?:y|ies)"
    r"|settlements?|bases?|locations?|places?|terrain|mountains?|coasts?|borders?)\s+(?:is|are|remains?|seems?)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
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
        if (
            _OF_A_PLACE.search(before)
            if words == "remote"
            else words == "impossible" and after.lstrip().startswith("to ")
        ):
            return False
        return bool(_COPULA_BEFORE.search(before)) and not _PLURAL_NOUN_AFTER.match(after)
    return _is_predicate(before, after)


def _is_predicate(before: str, after: str) -> bool:
    if _DIRECTLY_PREDICATE.match(after) or _MODAL_BEFORE.search(before) or IT_IS_BEFORE.search(before):
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
    r"|deemed|thought|judged|called|remain|itself|themselves|therefore|even|remotely|in\s+the\s+least|a|an|any|the)\s+)"
)
_NOT_BEFORE = re.compile(
    r"(?P<not>(?<!\bwhether\sor\s)\b(?:not|never|hardly|scarcely|barely|no\s+longer|cannot|nor|by\s+no\s+means"
    rf"|in\s+no\s+way|far\s+from|anything\s+but|nowhere\s+near)|n['’]t)\s+{_FILLER}{{0,3}}[*_]*$",
    re.IGNORECASE,
)
# "We do not think (that) a truce is likely": whoever does not think so thinks it unlikely.
_NOT_THOUGHT = re.compile(
    r"(?:\b(?:do|does|would|can|could)\s+not|\bcannot|(?:do|does|would|ca|could)n['’]t|\bhardly|\bnobody|\bno\s+one)\s+"
    r"(?:\w+ly\s+)?(?:think|believe|consider|judge|assess|see|regard|view|deem|find|rate|expect|foresee|reckon|hold|call)s?\b"
    r"[^;:.,]{0,120}$",
    re.IGNORECASE,
)
# "Without Ankara's consent no faction is likely to …".
_BEFORE_SUBJECT = (
    r"(?<![^.;:])\s*(?:Without|With|In|On|At|After|Before|By|For|Under|Despite|Given|During|Until|Since|Over|From|Amid|This|Next)\b"
    r"[^,;:.]{1,80}?(?<!\bwith)(?<!\bof)(?<!\bin)(?<!\bhas)(?<!\bhave)(?<!\bfor)(?<!\bfrom)(?<!\bto)(?<!\bat)"
)
_NO_SUBJECT = re.compile(
    rf"(?:^|[:–—(]\s*|[,;]\s+(?P<apposed>)|\b(?:that|which|and|but|so|yet|{_BEFORE_SUBJECT}|(?P<subordinate>because|while|where|whereas|if|since|as"
    r"|although|though))\s+|\b(?=neither\b))[\"'“‘*_]*(?:neither|none|nobody|nothing|no\s+one|not\s+(?:one|a\s+single|any)|(?:hardly|scarcely)\s+any"
    r"|no(?!\s+(?:doubt|longer|later|matter|more|question|less|sooner|wonder)\b))\b"
    r"(?P<between>[^;:.]{0,160}?)\s(?:is|are|seems?|looks?|appears?|remains?|will|would|be|considered|deemed|thought)\s+"
    r"(?:\w+ly\s+|now\s+|be\s+)?[*_]*$",
    re.IGNORECASE,
)
# "Nor is X likely", "under no circumstances is X likely".
_INVERTED = re.compile(
    r"\b(?:neither|nor|never|nowhere|(?:under|in|on|at|by)\s+no\s+\w+)\s+(?:is|are|will|would|does|do|seems?|looks?)\s"
    r"(?P<between>[^;:.]{0,120})$",
    re.IGNORECASE,
)
_NO_CHANCE = re.compile(
    r"(?P<not>\b(?:no|without|not|hardly|neither|lacks?)\s+(?:an?\s+|any\s+|even\s+an?\s+)?)[*_]*$", re.IGNORECASE
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|whom|where)\b.*$", re.IGNORECASE | re.DOTALL)
# A verb of its own between the negation and the term: what was negated is another clause's.
_OTHER_CLAUSE = re.compile(
    r"\b(?:has|have|had|is|are|was|were|will|would|can|could|did|does|do|may|might)\b|n['’]t\b"
    r"|[,;]\s+(?:and|but|so|while|whereas|yet)\b",
    re.IGNORECASE,
)
_NEGATION_REACH = 220


def _with_polarity(sentence: str, use: TermUse) -> TermUse:
    before = sentence[max(0, use.start - _NEGATION_REACH) : use.start]
    if not _is_negated(before, use):
        return use
    if use.term is None or use.bare_words not in MIRRORED_WORDS:
        return TermUse(use.start, use.end, _negator(before) + use.words, None)
    return TermUse(use.start, use.end, use.words, use.term, negated=True)


def _negator(before: str) -> str:
    """The words of a negation that stands directly before the term and belongs to its wording ("not highly likely")."""
    match = _NO_CHANCE.search(before) or _NOT_BEFORE.search(before)
    return before[match.start() :] if match and not match["not"].lower().startswith(("n't", "n’t")) else ""


def _is_negated(before: str, use: TermUse) -> bool:
    if _NOT_THOUGHT.search(before):
        return True
    if _CHANCE_NOUN.search(use.bare_words):
        return bool(_NO_CHANCE.search(before) or _NOT_BEFORE.search(before))
    if _NOT_BEFORE.search(before):
        return True
    if inverted := _INVERTED.search(before):
        return not _OTHER_CLAUSE.search(_RELATIVE.sub("", inverted["between"]))
    subject = _NO_SUBJECT.search(before)
    return subject is not None and _is_subject(subject)


def _is_subject(negated: re.Match[str]) -> bool:
    """Whether the "no …" before the copula is what is likely or not, and nothing that stands beside it."""
    between = negated["between"]
    if negated["subordinate"] and "," in between:
        return False
    if negated["apposed"] is not None and between.endswith(","):
        return False
    return not _OTHER_CLAUSE.search(_RELATIVE.sub("", between))
