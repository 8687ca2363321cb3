"""What an analyst should look at before confirming a forecast."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecasts.reading.terms import TermUse

_VAGUE = re.compile(
    r"\b(?:significant|major|modest|substantial|considerable|meaningful|notable|serious|marked|sharp|dramatic"
    r"|material|moderate"
    r"|marginal|severe|slight|minor|noticeable|appreciable|tangible|drastic|profound|radical|decisive)(?:ly)?\b"
    r"|\b(?:sizeable|sizable|large-scale|wide-scale|small-scale|widespread|massive|heavy|extensive|far-reaching"
    r"|large|small|sweeping)\b"
    r"|\blimited\s+(?:\w+\s+)?(?:gains?|progress|advances?|strikes?|impact|effects?|increases?|success|changes?"
    r"|attacks?|territory|losses)\b"
    r"|\b(?:somewhat|greatly|heavily|massively|largely)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:(?:low|moderate|high)\s+(?:to\s+(?:moderate|high)\s+)?confidence|major\s+general|material(?:s|\s+support)|minor\s+party|Major\s+[A-Z])",
    re.IGNORECASE,
)
# A number that measures something: no date, year, model name or chance.
_MEASURE = re.compile(
    r"(?<![\w.,/-])(?:[$€£]\s?)?(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s*[-–]\s*\d+)?\s*"
    r"(?:%|percent\b|per\s?cent\b|km\b|kilomet|miles?\b|met(?:re|er)s?\b|troops\b|soldiers\b|people\b|men\b"
    r"|tonnes?\b|tons?\b|billion\b|million\b"
    r"|thousand\b|barrels?\b|points?\b|seats?\b|attacks?\b|strikes?\b|vessels?\b|aircraft\b|missiles?\b"
    r"|drones?\b|square\b|sq\b|dollars\b|euros\b|hectares\b"
    r"|deaths\b|casualties\b|refugees\b|civilians\b|villages\b|towns\b"
    r"|[a-z]+s\b(?<!months)(?<!years)(?<!weeks)(?<!days))"
)
_JOINED = re.compile(
    r"(?:,|;)?\s\b(?:and|but|while|whereas)\b\s+(?:[\w’'-]+\s+){0,6}?(?:will|won['’]t|(?:is"
    r"|are)\s+(?:\w+ly\s+)?(?:likely|unlikely|probable)|may|might)\b"
    r"|\band\s+to\s+[a-z]+\b|;\s+[^;]{3,200}\b(?:will|may|might|could|likely|unlikely)\b",
    re.IGNORECASE,
)
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
_HEDGED_TERM_BEFORE = re.compile(r"\b(?:may|might|could)\s+(?:\w+\s+){0,1}(?:be\s+)?[*_]*$")


def vague_threshold(sentence: str, chance: tuple[int, int] | None) -> bool:
    """Whether the sentence sizes something with a word ("significant") and measures nothing."""
    if not _VAGUE.search(_NAMES.sub("", sentence)):
        return False
    rest = sentence if chance is None else sentence[: chance[0]] + " " + sentence[chance[1] :]
    return not _MEASURE.search(rest)


def double_hedge(sentence: str, use: TermUse) -> bool:
    """Whether a modal stands next to the term, or is the verb of the clause that the term introduces."""
    if _HEDGED_TERM_BEFORE.search(sentence[max(0, use.start - 40) : use.start]):
        return True
    after = sentence[use.end :]
    clause = _THAT_CLAUSE.match(after)
    if clause is None:
        return bool(re.match(r"[\s*_]*(?:may|might|could)\b", after))
    rest = after[clause.end() :]
    modal = _HEDGE.search(rest)
    return modal is not None and not _opens_subordinate(rest[: modal.start()])


def _opens_subordinate(words: str) -> bool:
    return bool(_SUBORDINATE.search(words) or _THAT.search(words))


def compound(sentence: str, uses: Sequence[TermUse]) -> bool:
    """Whether two judgements share the sentence: two different terms, or one more clause about the future."""
    if len({(use.term.slug if use.term else use.bare_words, use.negated) for use in uses}) > 1:
        return True
    if not uses:
        return bool(_JOINED.search(sentence))
    return len(uses) > 1 or bool(_JOINED.search(sentence, uses[0].end))
