"""Conditions: "If A, …", "… unless A", "provided that A"."""

from __future__ import annotations

import re

_CONJUNCTION = (
    r"(?:(?:but\s+)?only\s+if|if|unless|provided(?:\s+that|\s+(?=[a-z]+))|providing\s+that|assuming(?:\s+that)?"
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
    r"|of)|barring|in\s+the\s+absence\s+of)\b)",
    re.IGNORECASE,
)
_EVEN_BEFORE = re.compile(r"\b(?:even|as|especially|particularly)\s*$", re.IGNORECASE)
_MAIN_VERB = re.compile(
    r"\b(?:will|would|may|might|could|is|are|shall|can|cannot|likely|unlikely|probably|possibility|chance)\b",
    re.IGNORECASE,
)
_THAT_BEFORE = re.compile(r"\bthat,?\s+$", re.IGNORECASE)
_COMMA_BEFORE = re.compile(r",\s+$")
_GOES_ON = re.compile(r"[^,;]{0,160},\s+(?:not\s+)?(?:to|that|will|would|could|may|might|is|are)\b", re.IGNORECASE)
_LONGEST = 400


def find_condition(sentence: str, term_at: int | None) -> tuple[int, int] | None:
    """Where the condition of a judgement stands in its sentence, conjunction included; None without one.

    `term_at` is where the judgement's term begins: what follows a comma after an opening condition must
    still hold it, so that the commas of a list inside the condition do not end it too early.
    """
    if opening := _OPENING.match(sentence):
        return _opening_condition(sentence, opening.start("condition"))
    for match in _LATER.finditer(sentence):
        if not _EVEN_BEFORE.search(sentence[max(0, match.start() - 12) : match.start()]):
            return _trimmed(sentence, match.start(), _later_end(sentence, match.start(), term_at))
    return None


def _opening_condition(sentence: str, start: int) -> tuple[int, int] | None:
    for comma in re.finditer(r",\s|;\s|\s[–—]\s|\bthen\b", sentence[start : start + _LONGEST]):
        rest = sentence[start + comma.end() : start + comma.end() + _LONGEST]
        if _MAIN_VERB.search(rest) and not re.match(r"(?:or|and|nor)\s", rest):
            return _trimmed(sentence, start, start + comma.start())
    return None


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
