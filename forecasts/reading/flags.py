"""What an analyst should look at before confirming a forecast."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecasts.reading.terms import TermUse

_VAGUE = re.compile(
    r"\b(?:significant|major|modest|substanti(?:al|ve)|meaningful|serious|marked|sharp|dramatic|material"
    r"|moderate|marginal|severe|slight|minor|steep|drastic|profound|radical|decisive|extensive|massive|heavi)(?:(?:al)?ly)?\b"
    r"|\b(?:consider|notice|appreci|tangi)abl[ey]\b|\btangibl[ey]\b|\bnotable\b"
    r"|\b(?:sizeable|sizable|large-scale|wide-scale|small-scale|widespread|heavy|far-reaching|wide-ranging|large|small|sweeping)\b"
    r"|\b(?:be|is|are|remains?|stays?|only)\s+(?:very\s+)?limited\b(?!\s+(?:to|by)\b)"
    r"|\blimited\s+(?:[\w-]+\s+)?(?:gains?|progress|advances?|strikes?|impact|effects?|increases?|success|changes?|attacks?"
    r"|territory|losses|offensives?|operations?|incursions?|concessions?|relief|reforms?|cuts?|withdrawals?|truces?|ceasefires?"
    r"|improvements?|damage|raids?|support|aid|exchanges?|escalation|clashes|fighting|unrest|extent|scale|number)\b"
    r"|\b(?:somewhat|greatly|largely)\b",
    re.IGNORECASE,
)
_VAGUE_IN_LOWER = re.compile(_VAGUE.pattern)
# Where such a word is part of a name or sizes nothing.
_SIZES_NOTHING = re.compile(
    r"\b(?:low|moderate|high)\s+(?:to\s+(?:moderate|high)\s+)?confidence\b|\bmajor[\s-]general|\bmaterial(?:s|\s+support)\b"
    r"|\bminor\s+part(?:y|ies)\b|\bsmall\s+(?:arms|boats?)\b|\blarge\s+language\b|\bmarked\s+(?:by|as|on|the|for|with|out)\b"
    r"|\bheavy\s+(?:weapons?|weaponry|water|industry|armou?r|machinery|vehicles?|artillery|fuel|metals?|oil|crude|equipment"
    r"|bombers?)\b"
    r"|\b(?:moderate|radical)\s+(?:candidates?|part(?:y|ies)|politicians?|clerics?|factions?|groups?|wing|islamists?|left|right)\b"
    r"|(?-i:\bMajor\s+[A-Z])|(?-i:(?<=[\w,]\s)[A-Z]\w+\s+[A-Z])",
    re.IGNORECASE,
)
_NUMBER_WORD = (
    r"\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|a\s+dozen)\b"
)
# A number that measures something: no date, year, model name or chance.
_MEASURE = re.compile(
    rf"(?<![\w.,/-])(?:[$€£]\s?)?(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_NUMBER_WORD})(?:\s*[-–]\s*\d+)?\s*"
    r"(?:%|percent\b|per\s?cent\b|km\b|kilomet|miles?\b|met(?:re|er)s?\b|troops\b|soldiers\b|people\b|men\b"
    r"|tonnes?\b|tons?\b|billion\b|million\b"
    r"|thousand\b|barrels?\b|points?\b|seats?\b|attacks?\b|strikes?\b|vessels?\b|aircraft\b|missiles?\b"
    r"|drones?\b|square\b|sq\b|dollars\b|euros\b|hectares\b"
    r"|deaths\b|casualties\b|refugees\b|civilians\b|villages\b|towns\b"
    r"|[a-z]+s\b(?<!months)(?<!years)(?<!weeks)(?<!days))"
)
# What joins two clauses: a conjunction, a subject without a comma in it, and a verb that looks ahead.
_JOINT = re.compile(
    r"[,;]?\s(?:and|but|while|whereas)\s+(?:[\w’'-]+\s+){0,6}?(?:will|won['’]t|(?:is|are)\s+(?:\w+ly\s+)?"
    r"(?:likely|unlikely|probable)|may|might)\b",
    re.IGNORECASE,
)
# A finite verb, but not that of a relative clause.
_PREDICATE = re.compile(
    r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )\b(?:will|won['’]t|would|may|might|can|cannot|could|is|are|was|were|has|have"
    r"|had|do|does|did|(?:sign|hold|fall|fail|collapse|stay|leave|withdraw|resign|win|lose|rise|close|open|end|begin|start"
    r"|continue|remain|become|take|make|get|refuse|agree|accept|reject|return|give|break|keep|reach|come|go(?:e)?)s)\b",
    re.IGNORECASE,
)
_JOINED_INFINITIVES = re.compile(
    r"\band\s+to\s+(?!(?:the|an?|its|their|his|her|all|both|any|this|that|those|these|other)\b)[a-z]+\b", re.IGNORECASE
)
_JOINED_SENTENCES = re.compile(r";\s+[^;]{3,200}\b(?:will|may|might|could|likely|unlikely)\b", re.IGNORECASE)
_CLAUSES_JOINED = re.compile(r"[,;]\s+(?:and|but|while|whereas)\s+(?!(?:will|may|might|could|is|are|has|have|would)\b)")
_MODAL_FIRST = re.compile(r"\b(?:will|won['’]t|may|might)\b")
_HEDGE = re.compile(r"\b(?:may|might|could)\b")
_SUBORDINATE = re.compile(
    r"\b(?:which|who|whose|whom|where|because|as|since|although|though|if|unless|while|when|after|before"
    r"|so\s+that|such\s+that)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
_THAT_CLAUSE = re.compile(
    r"[\s*_]*(?:\([^()]{0,60}\)\s*|\[[^\[\]]{0,60}\]\s*)?(?:,[^,]{0,80},)?\s*that\b", re.IGNORECASE
)
_CONDITION_BETWEEN = re.compile(r"^\s*,?\s*(?:if|unless|should|provided)\b[^,]{1,120},", re.IGNORECASE)
# Where the clause that is judged begins: after "likely that", or "a 60 percent chance that".
_CLAUSE_OPENING = re.compile(r"[^,;]{0,80}?(?:,[^,]{0,80},\s*)?\bthat\b", re.IGNORECASE)
_HEDGED_TERM_BEFORE = re.compile(r"\b(?:may|might|could)\s+(?:\w+\s+){0,1}(?:be\s+)?[*_]*$")


def vague_threshold(sentence: str, chance: tuple[int, int] | None) -> bool:
    """Whether the sentence sizes something with a word ("significant") and measures nothing."""
    return vague_words(sentence, chance) is not None


def vague_words(sentence: str, chance: tuple[int, int] | None) -> tuple[int, int] | None:
    """Where the first word stands that sizes something, None where there is none or where something is measured."""
    if not _VAGUE_IN_LOWER.search(sentence.lower()):  # a third of the time that ignoring the case takes
        return None
    sizing = _VAGUE.search(_SIZES_NOTHING.sub(lambda name: " " * len(name.group()), sentence))
    rest = sentence if chance is None else sentence[: chance[0]] + " " + sentence[chance[1] :]
    return None if sizing is None or _MEASURE.search(rest) else sizing.span()


def double_hedge(sentence: str, use: TermUse) -> bool:
    """Whether a modal stands next to the term, or is the verb of the clause that the term introduces."""
    if _HEDGED_TERM_BEFORE.search(sentence[max(0, use.start - 40) : use.start]):
        return True
    after = sentence[use.end :]
    clause = _THAT_CLAUSE.match(after)
    if clause is None:
        return bool(re.match(r"[\s*_]*(?:may|might|could)\b", after))
    rest = after[clause.end() :]
    rest = _CONDITION_BETWEEN.sub("", rest, count=1)
    modal = _HEDGE.search(rest)
    return modal is not None and not _opens_subordinate(rest[: modal.start()])


def _opens_subordinate(words: str) -> bool:
    return bool(_SUBORDINATE.search(words) or _THAT.search(words))


def compound(sentence: str, uses: Sequence[TermUse], condition: tuple[int, int] | None) -> bool:
    """Whether two judgements share the sentence: two terms, or one more clause about the future.

    Two subjects of one verb ("Moscow and Kyiv will sign") are one judgement: a second one needs a finite verb
    on both sides of the "and". What the sentence says in its condition does not count.
    """
    if len(uses) > 1:
        return True
    if condition:
        sentence = sentence[: condition[0]] + " " * (condition[1] - condition[0]) + sentence[condition[1] :]
    judged_to = uses[0].end if uses else 0
    if _JOINED_SENTENCES.search(sentence, judged_to) or _JOINED_INFINITIVES.search(sentence, judged_to):
        return True
    if uses and _foretold_before(sentence, uses[0].start):
        return True
    clause = _CLAUSE_OPENING.match(sentence, judged_to)
    first = clause.end() if clause else 0
    return any(
        _PREDICATE.search(sentence, max(first, sentence.rfind(",", 0, joint.start()) + 1), joint.start())
        for joint in _JOINT.finditer(sentence, judged_to)
    )


def _foretold_before(sentence: str, term_at: int) -> bool:
    """Whether a clause of its own tells the future before the judged one: "Coal will stay, and … is unlikely"."""
    return any(
        _MODAL_FIRST.search(sentence, 0, joint.start()) and not _SUBORDINATE.search(sentence, 0, joint.start())
        for joint in _CLAUSES_JOINED.finditer(sentence, 0, term_at)
    )
