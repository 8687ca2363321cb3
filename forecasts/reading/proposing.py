"""Proposals for the analyst who confirms a forecast: its event, its shape, its triage."""

from __future__ import annotations

import re
from typing import Literal

from forecasts.reading.chances import find_chance
from forecasts.reading.finding import FoundForecast
from sources.reading.document_parts import Parts
from sources.reading.word_sets import word_set

Shape = Literal["happens_by", "holds_throughout", "true_on"]
Triage = Literal["gradable", "needs_criteria", "assessment"]

_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_NUMBER_MARK = re.compile(r"\s*[(\[][^()\[\]]{0,30}(?:%|percent|per cent|\d/\d|\d\.\d)[^()\[\]]{0,20}[)\]]")
_TERM = "\ue000"
_BE = r"(?:is|are|remains?|seems?|looks?|appears?|be)"
_ADVERB = r"(?:also|still|now|therefore|thus|not|most|both|\w+ly)"
# "May" with a capital is the month.
_MODAL = r"(?:will|would|could|(?-i:may)|might|can|shall|should)"

_THAT_CLAUSE = re.compile(
    rf"^(?:[^{_TERM}]{{0,120}}?\b)?(?:there|it|we"
    rf"|analysts?)\b[^{_TERM}]{{0,60}}{_TERM}\s*(?:,\s*)?that\s+(?P<clause>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_NOUN_OF = re.compile(
    rf"^(?:[^{_TERM}]{{0,120}}?\b)?there\b[^{_TERM}]{{0,60}}{_TERM}\s+(?:chance\s+|probability\s+"
    rf"|possibility\s+)?(?:of|for)\s+(?P<noun>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_IS_TERM_TO = re.compile(
    rf"^(?P<subject>.+?)\s+(?P<be>{_BE}|isn['’]t|aren['’]t"
    rf"|will)\s+(?:{_ADVERB}\s+)*{_TERM}\s+(?P<not>not\s+)?to\s+(?P<verb>\w+)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_IS_TERM = re.compile(
    rf"^(?P<subject>.+?)\s+(?P<be>{_BE}|isn['’]t|aren['’]t)\s+(?:{_ADVERB}\s+)*{_TERM}(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_IS_A_TERM = re.compile(
    rf"^(?P<subject>.+?)\s+(?:{_BE})\s+(?:{_ADVERB}\s+)*an?\s+{_TERM}(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_RULED_OUT = re.compile(
    r"^(?:[^.;]{0,60},\s+)?it\s+(?:cannot|can\s+not|can['’]t)\s+(?:\w+\s+)?be\s+(?:ruled\s+out|excluded"
    r"|discounted)\s+that\s+(?P<clause>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_CHANCE_OF = re.compile(
    rf"^(?:.{{0,80}}?\b)?(?:chances?|probability|likelihood|odds|risk)\s+(?P<that>of"
    rf"|that)\s+(?P<event>.+?)\s+(?:(?:now\s+)?(?:at|is|are|stands?\s+at|as)\s+)?{_TERM}(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CHANCE_FIRST = re.compile(rf"^.{{0,80}}?{_TERM}\s+(?P<that>of|that)\s+(?P<event>.+)$", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(rf"^{_TERM}\s*[:–—-]\s*(?P<clause>.+)$", re.DOTALL)
_MODAL_CLAUSE = re.compile(
    rf"^(?P<subject>.+?)\s+(?P<modal>{_MODAL}|cannot|won['’]t)\s+(?P<before>(?:(?!not\b)\w+ly\s+|also\s+"
    rf"|well\s+|soon\s+|again\s+)*)(?P<not>not\s+)?(?P<verb>\w+)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OPENERS = re.compile(
    r"^(?:(?:However|Moreover|Furthermore|Meanwhile|Overall|Finally|Firstly|Secondly|In addition|Nevertheless"
    r"|Equally|Conversely|Still|But|And)\b,?\s+"
    r"|(?:we|i)\s+(?:\w+\s+)?(?:assess|judge|expect|believe|forecast|estimate)\s+(?:with\s+(?:\w+\s+){1,3}confidence\s+)?(?:that\s+)?"
    r"|(?:analysts|observers|officials)\s+(?:say|believe|expect|think)\s+(?:that\s+)?|it\s+is\s+expected\s+that\s+)",
    re.IGNORECASE,
)
_SCENARIO = re.compile(
    r"^[^.:]{0,60}[(\[][^()\[\]]{0,30}(?:%|percent|per cent)[^()\[\]]{0,20}[)\]]\s*[:.–—-]?\s*", re.IGNORECASE
)
_IRREGULAR = {"have": "has", "be": "is", "do": "does", "go": "goes"}
_SINGULAR_S = ("ss", "us", "is", "ics", "news")
_HEAD_ENDS = re.compile(
    r"\s+(?:of|in|with|to|for|from|on|at|by|between|against|that|which|who|near|under|over|after|before|along"
    r"|within|across|such)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PLURAL_HEADS = word_set("they we you these those people police both forces troops")


def propose_event(found: FoundForecast, parts: Parts) -> str:
    """The statement without its likelihood and its condition, as something that happens or does not.

    The event keeps its own "not"; a negated judgement ("not likely to fall") proposes what it denies
    ("falls"). `parts` is the document that the forecast was found in. What no rule fits comes back with
    only its words of likelihood taken out.
    """
    words = _without_condition(parts.text[found.start : found.end], found.conditional)
    words = _SCENARIO.sub("", words) if found.scenario_group is not None else words
    words = " ".join(_NUMBER_MARK.sub("", _MARKS.sub("", words)).split())
    words = _OPENERS.sub("", words, count=1)
    return _sentence(_event(_with_term_marked(words, found), words))


def _without_condition(words: str, condition: str | None) -> str:
    if condition is None:
        return words
    before, _, after = words.partition(condition)
    after = re.sub(r"^\s*[,;–—]?\s*(?:then\s+)?", "", after) if not before.strip() else after
    return f"{before.rstrip(' ,;')} {after}".strip() if after.strip(" .") else before.rstrip(" ,;")


def _with_term_marked(words: str, found: FoundForecast) -> str:
    if found.term_text is None:
        chance = find_chance(words, (), in_forecast=True)
        if chance is None:
            return words
        after = re.sub(r"^[)\]\s-]*(?:chance|probability|likelihood|possibility|odds|risk)\b", "", words[chance.end :])
        return words[: chance.start].rstrip("([ ") + " " + _TERM + after
    plain = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s*_-]+", found.term_text) if word)
    return re.sub(rf"(?<!\w){plain}(?!\w)", _TERM, words, count=1, flags=re.IGNORECASE)


def _event(marked: str, words: str) -> str:
    if match := _RULED_OUT.match(words):
        return _indicative(match["clause"])
    if _TERM not in marked:
        return _indicative(words)
    for pattern, shape in (
        (_LABEL, lambda match: _indicative(match["clause"])),
        (_THAT_CLAUSE, lambda match: _indicative(match["clause"])),
        (_NOUN_OF, lambda match: _noun_event(match["noun"])),
        (_IS_A_TERM, lambda match: _noun_event(match["subject"] + match["rest"], match["subject"])),
        (_CHANCE_OF, _chance_event),
        (_CHANCE_FIRST, _chance_event),
        (_IS_TERM_TO, _infinitive_event),
        (_IS_TERM, lambda match: _noun_event(match["subject"] + match["rest"], match["subject"])),
    ):
        if match := pattern.match(marked):
            return shape(match)
    return _indicative(" ".join(marked.replace(_TERM, "").split()))


def _infinitive_event(match: re.Match[str]) -> str:
    be = match["be"].lower()
    plural = be.startswith("are") or (not be.endswith("s") and not be.startswith("is") and _is_plural(match["subject"]))
    subject = re.sub(r"^No\b", "Any", re.sub(r"^Neither\b", "Either", match["subject"]).replace(" nor ", " or "))
    return subject + " " + _finite(match["verb"], plural=plural, negated=bool(match["not"])) + match["rest"]


def _noun_event(words: str, subject: str | None = None) -> str:
    """ "A ceasefire before June" → "A ceasefire happens before June"."""
    head = subject if subject is not None else _HEAD_ENDS.sub("", words.rstrip("."))
    verb = " happen" if _is_plural(head) else " happens"
    return head + verb + words[len(head) :]


def _chance_event(match: re.Match[str]) -> str:
    rest = match.groupdict().get("rest") or ""
    event = match["event"] + rest
    if match["that"].lower() == "that":
        return _indicative(event)
    return _noun_event(event, match["event"] if rest else None)


def _indicative(clause: str) -> str:
    """The clause with its modal taken out: "X could do Y" → "X does Y"."""
    match = _MODAL_CLAUSE.match(clause)
    if not match:
        return clause
    negated = bool(match["not"]) or match["modal"].lower() in {"cannot", "won't", "won’t"}
    if match["modal"].lower() == "cannot" and re.match(
        r"be\s+(?:ruled out|excluded|discounted)", match["verb"] + match["rest"]
    ):
        return _noun_event(match["subject"])
    verb = _finite(match["verb"], plural=_is_plural(match["subject"]), negated=negated)
    return f"{match['subject']} {match['before']}{verb}{match['rest']}"


def _finite(verb: str, *, plural: bool, negated: bool) -> str:
    """The present tense of a base form, third person."""
    if verb.lower() == "be":
        return ("are" if plural else "is") + (" not" if negated else "")
    if negated:
        return ("do not " if plural else "does not ") + verb
    return verb if plural else _third_person(verb)


def _third_person(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"(?:s|x|z|ch|sh)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def _is_plural(subject: str) -> bool:
    """A guess by the head of the subject: its last word before a preposition, or an "and"."""
    head = _HEAD_ENDS.sub("", subject.rsplit(", ", maxsplit=1)[-1] if subject[:3] in {"By ", "In "} else subject).strip(
        " ,"
    )
    if re.search(r"\s(?:and|&)\s", head) and not re.match(r"(?:a|an|each|every)\b", head, re.IGNORECASE):
        return True
    last = (head.split() or [""])[-1].lower().replace("’", "'")
    if last in _PLURAL_HEADS:
        return True
    return last.endswith("s") and not last.endswith((*_SINGULAR_S, "'s"))


def _sentence(words: str) -> str:
    words = " ".join(words.replace(_TERM, "").split()).strip(" ,;.")
    return words[:1].upper() + words[1:]


_HOLDS = re.compile(
    r"\b(?:holds?|remains?|continues?|stays?|persists?|keeps?|endures?|lasts?|maintains?|survives?|retains?)\b"
    r"|\bdo(?:es)?\s+not\s+change\b",
    re.IGNORECASE,
)
_TRUE_ON = re.compile(
    r"^\W*(?:on|as\s+of|at\s+the\s+end\s+of)\b|\b(?:on\s+\d{1,2}\s+[A-Z]\w+|as\s+of|at\s+the\s+end\s+of"
    r"|at\s+year[\s-]end)\b"
)


def propose_shape(event: str) -> Shape:
    """How the event comes true: within the window, all through it, or on its closing day."""
    if _TRUE_ON.search(event):
        return "true_on"
    return "holds_throughout" if _HOLDS.search(event) else "happens_by"


_NOT_OBSERVABLE = re.compile(
    r"\b(?:taboos?|stigma|precedents?|norms?|legitimacy|credibility|prestige|morale|trust|confidence|reputation"
    r"|perceptions?|realignment"
    r"|world\s+order|global\s+order|balance\s+of\s+power|mindset|narratives?|trajectory|soft\s+power|posture"
    r"|sense\s+of|attitudes?)\b",
    re.IGNORECASE,
)
# How sure the analysts are says nothing about what they foresee.
_CONFIDENCE = re.compile(r"\bwith\s+(?:\w+\s+){1,3}confidence\b", re.IGNORECASE)
# What a trailing participle adds ("…, diminishing the stigma") is a remark on the event, which can be seen without it.
_REMARK = re.compile(r",\s+\w{2,30}ing\s[^,;]{1,200}[.\s]*$")
_WANTS_CRITERIA = frozenset({"vague_threshold", "compound", "no_date"})


def propose_triage(found: FoundForecast) -> Triage:
    """What can be done with the forecast once its window has ended.

    Without a probability, or with nothing that can be observed, it is an assessment; with a vague
    threshold, two judgements in one or no date it needs criteria; all others can be graded.
    """
    if found.low is None and found.high is None and found.probability is None:
        return "assessment"
    if _NOT_OBSERVABLE.search(_REMARK.sub("", _CONFIDENCE.sub("", found.quote))):
        return "assessment"
    return "needs_criteria" if _WANTS_CRITERIA & set(found.flags) else "gradable"
