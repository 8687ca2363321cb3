"""Conditions: "If A, …", "… unless A", "provided that A"."""

from __future__ import annotations

import re

_CONJUNCTION = (
    r"(?:(?:but\s+)?only\s+if|if|unless|provided(?:\s+that|\s+(?=[a-z]+))|providing(?:\s+that)?|assuming(?:\s+that)?"
    r"|on\s+condition\s+that|as\s+long\s+as|so\s+long\s+as"
    r"|in\s+the\s+event\s+(?:that|of)|in\s+case\s+of|barring|absent|in\s+the\s+absence\s+of"
    r"|should(?=\s+[^,]{2,120},)|were(?=\s+[^,]{2,120}\s+to\s+[^,]{2,120},))"
)
_OPENING = re.compile(
    rf"(?:[\"'“‘*_]*|(?:\W*(?:But|And|However|Conversely|Equally|Still|Even so"
    rf"|By contrast),?\s+))(?P<condition>{_CONJUNCTION}\b)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?<!\bknow )(?<!\bask )(?<!\basked )(?<!\bunclear )(?<!\bsee )(?<!\bwonder )(?<!\bwhat )"
    r"(?P<condition>\b(?:only\s+if|if(?!\s+(?:not|any|ever|only|anything|at\s+all|necessary|possible)\b)|unless"
    r"|provided(?:\s+that)?(?=\s+(?:the|a|an|that|no|both|it|they|[A-Z]))"
    r"|providing\s+that|assuming|on\s+condition\s+that|as\s+long\s+as|so\s+long\s+as|in\s+the\s+event\s+(?:that"
    r"|of)|in\s+case(?:\s+of)?|barring|absent(?=\s+(?:an?|any|the|some|further|new|no)\b)|in\s+the\s+absence\s+of"
    r"|(?<=\w\s)should(?=\s+(?:(?:the|an?|its|their|any|this|these|both|no)\s+)?[\w’'-]+\s+(?:\w+\s+)?[a-z]+\b))\b)",
    re.IGNORECASE,
)
# One of these is in every conjunction.
_HINTS = ("if", "unless", "provid", "assum", "condition", "long as", "event", "case", "barring", "absen", "should")
_EVEN_BEFORE = re.compile(r"\b(?:even|as|especially|particularly)\s*$", re.IGNORECASE)
_MAIN_VERB = re.compile(
    r"\b(?:will|would|may|might|could|is|are|shall|can|cannot|likely|unlikely|probably|possibility|chance)\b",
    re.IGNORECASE,
)
_THAT_BEFORE = re.compile(r"\bthat,?\s+$", re.IGNORECASE)
_COMMA_BEFORE = re.compile(r",\s+$")
_GOES_ON = re.compile(r"[^,;]{0,160},\s+(?:not\s+)?(?:to|that|will|would|could|may|might|is|are)\b", re.IGNORECASE)
# "…, the army moves, or the river rises, the port …": a member of the condition's own list.
_LAST_MEMBER = re.compile(r"(?P<first>[^,;]{2,100}),\s+(?:or|and)\s+[^,;]{2,100},\s", re.IGNORECASE)
# "Only if talks succeed is the port likely to open."
_INVERTED = re.compile(
    r"(?P<condition>(?i:only)\s+(?:if|when)\s[^,;]{2,160}?)\s+(?:is|are|will|would|can|could|may|might|does|do)\s+(?:the|an?|it|they|its"
    r"|their|this|[A-Z])",
)
# "If talks fail the port is likely to close.": without a comma, before the main clause's article.
_UNMARKED = re.compile(
    r"(?P<condition>(?:if|unless|should)\s(?:[\w’'-]+\s){1,12}?[\w’'-]+)(?=\s+(?:the|an?|it|they|its|their|this|we|there)\s[^,;]{0,80}"
    r"\b(?:will|would|may|might|could|is|are)\b)",
    re.IGNORECASE,
)
# "If, as we expect, …": these two commas close nothing.
_ASIDE = re.compile(r"(?:if|unless|provided\s+that),[^,]{1,80},", re.IGNORECASE)
_LONGEST = 400


def find_condition(sentence: str, term_at: int | None) -> tuple[int, int] | None:
    """Where the condition of a judgement stands in its sentence, conjunction included; None without one.

    `term_at` is where the judgement's term begins: what follows a comma after an opening condition must
    still hold it, so that the commas of a list inside the condition do not end it too early.
    """
    if opening := _OPENING.match(sentence):
        return _opening_condition(sentence, opening.start("condition"))
    lowered = sentence.lower()
    if not any(hint in lowered for hint in _HINTS):
        return None
    for match in _LATER.finditer(sentence):
        if not _EVEN_BEFORE.search(sentence[max(0, match.start() - 12) : match.start()]):
            return _trimmed(sentence, match.start(), _later_end(sentence, match.start(), term_at))
    return None


def has_conjunction(condition: str) -> bool:
    """Whether a condition begins with its own conjunction, as "if A" does and "A" does not."""
    return _OPENING.match(condition) is not None


def _opening_condition(sentence: str, start: int) -> tuple[int, int] | None:
    """It ends at the first comma behind which the main clause begins; in a list, behind the list's last member."""
    inverted = _INVERTED.match(sentence, start)
    if inverted:
        return _trimmed(sentence, start, inverted.end("condition"))
    aside = _ASIDE.match(sentence, start)
    first = aside.end() - start if aside else 0
    for comma in re.finditer(r",\s|;\s|\s[–—]\s|\bthen\b", sentence[start : start + _LONGEST]):
        rest = sentence[start + comma.end() : start + comma.end() + _LONGEST]
        if comma.start() >= first and _opens_main_clause(rest):
            return _trimmed(sentence, start, start + comma.start())
    unmarked = _UNMARKED.match(sentence, start)
    return _trimmed(sentence, start, unmarked.end("condition")) if unmarked else None


def _opens_main_clause(rest: str) -> bool:
    if not _MAIN_VERB.search(rest) or re.match(r"(?:or|and|nor)\s", rest):
        return False
    member = _LAST_MEMBER.match(rest)
    return member is None or bool(_MAIN_VERB.search(member["first"]))


def _later_end(sentence: str, start: int, term_at: int | None) -> int:
    """A condition in the middle ends at its comma, one after the judgement at the sentence's end."""
    if term_at is not None and term_at < start and not _is_inserted(sentence, start):
        stop = re.search(r";\s|\s[–—]\s|,\s+(?:but|although|though|while|and|which)\b|[)\]]", sentence[start:])
    else:
        stop = re.search(r"[,;]\s|\s[–—]\s|[)\]]", sentence[start:])
    return start + stop.start() if stop else len(sentence)


def _is_inserted(sentence: str, start: int) -> bool:
    """Whether the judgement goes on behind the condition: "likely, if it rains, to …", "likely that, if …, …"."""
    before = sentence[max(0, start - 12) : start]
    return bool(_THAT_BEFORE.search(before)) or bool(_COMMA_BEFORE.search(before) and _GOES_ON.match(sentence, start))


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    piece = sentence[start:end].rstrip(' .,;:!?\n"”’*_')
    return start, start + len(piece)
