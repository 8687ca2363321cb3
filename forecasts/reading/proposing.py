"""Proposals for the analyst who confirms a forecast: its event, its shape, its triage."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from forecasts.reading.chances import find_chance
from forecasts.reading.events import TERM, event_of
from forecasts.reading.finding import FoundForecast
from sources.reading.dates import MONTHS
from sources.reading.document_parts import Parts

Shape = Literal["happens_by", "holds_throughout", "true_on"]
Triage = Literal["gradable", "needs_criteria", "assessment"]

_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")
_NUMBER_MARK = re.compile(r"\s*[(\[][^()\[\]]{0,30}(?:%|percent|per cent|\d/\d|\d\.\d)[^()\[\]]{0,20}[)\]]")
_IN_ALL_LIKELIHOOD = re.compile(r",?\s*\bin\s+all\s+(?:likelihood|probability)\b,?", re.IGNORECASE)
_OPENERS = re.compile(
    r"^(?:(?:However|Moreover|Furthermore|Meanwhile|Overall|Finally|Firstly|Secondly|In addition|Nevertheless"
    r"|Equally|Conversely|Still|Even so|That said|As a result|Consequently|Therefore|Thus|Nonetheless|But|And)\b,?\s+"
    r"|(?:we|i)\s+(?:\w+\s+)?(?:assess|judge|believe|forecast|estimate)\s+(?:with\s+(?:\w+\s+){1,3}confidence\s+)?(?:that\s+)?"
    r"|(?:analysts|observers|officials)\s+(?:say|believe|think)\s+(?:that\s+)?|it\s+is\s+expected\s+that\s+)",
    re.IGNORECASE,
)
_SCENARIO = re.compile(
    r"^[^.:]{0,60}[(\[][^()\[\]]{0,30}(?:%|percent|per cent)[^()\[\]]{0,20}[)\]]\s*[:.–—-]?\s*", re.IGNORECASE
)


def propose_event(found: FoundForecast, parts: Parts) -> str:
    """The statement without its likelihood and its condition, as something that happens or does not.

    The event keeps its own "not"; a negated judgement ("not likely to fall") proposes what it denies
    ("falls"). `parts` is the document that the forecast was found in. What no rule fits comes back with
    only its words of likelihood taken out.
    """
    words = " ".join(parts.text[found.start : found.end].split())
    words = _without_condition(words, " ".join(found.conditional.split()) if found.conditional else None)
    words = _SCENARIO.sub("", words) if found.scenario_group is not None else words
    words = " ".join(_IN_ALL_LIKELIHOOD.sub(" ", _NUMBER_MARK.sub("", _MARKS.sub("", words))).split())
    words = _OPENERS.sub("", words, count=1)
    return _sentence(event_of(_with_term_marked(words, found)))


def _without_condition(words: str, condition: str | None) -> str:
    if condition is None:
        return words
    before, _, after = words.partition(condition)
    if not before.strip() or before.rstrip().endswith((",", "–", "—", "(")):
        after = re.sub(r"^\s*[,;–—)]?\s*(?:then\s+)?", "", after)
    before = before.rstrip(" ,;–—(")
    return f"{before} {after}".strip() if after.strip(" .") else before


def _with_term_marked(words: str, found: FoundForecast) -> str:
    if found.term_text is None:
        return _with_chance_marked(words)
    plain = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s*_-]+", found.term_text) if word)
    term = re.search(rf"(?<!\w){plain}(?!\w)", words, re.IGNORECASE)
    if term is None:
        return words
    marked = words[: term.start()] + TERM + words[term.end() :]
    at = (term.start(), term.start() + len(TERM))
    chance = find_chance(marked, (at,), in_forecast=True)
    if chance is None:
        return marked
    before, after = marked[: chance.start].rstrip(" ,([–—"), marked[chance.end :].lstrip(" ,)]–—")
    return f"{before} {after}"


def _with_chance_marked(words: str) -> str:
    chance = find_chance(words, (), in_forecast=True)
    if chance is None:
        return words
    after = re.sub(r"^[)\]\s-]*(?:chance|probability|likelihood|possibility|odds|risk)\b", "", words[chance.end :])
    return words[: chance.start].rstrip("([ ") + " " + TERM + after


def _sentence(words: str) -> str:
    words = " ".join(words.replace(TERM, "").split()).strip(" ,;.")
    return words[:1].upper() + words[1:]


# --- Shape --------------------------------------------------------------------------------------------------------

_OPENING = re.compile(r"^(?:By|In|On|At|Over|Within|During|Through|Throughout|From|For|Until|As\s+of)\b[^,]*,\s+")
_ASIDE = re.compile(r"(?:,\s+)?\b(?:which|who|whose|that|because|while|whereas|unless|if|so\s+that)\b.*$", re.DOTALL)
_HOLDS = re.compile(
    r"\b(?:remains?|continues?|stays?|persists?|keeps?|endures?|lasts?|maintains?|survives?|retains?)\b"
    r"|\bholds?\b(?!\s+(?:[\w’'-]+\s+){0,5}?(?:elections?|talks?|sessions?|meetings?|summits?|votes?|referendums?|exercises|drills"
    r"|rall(?:y|ies)|hearings?|conferences?|negotiations|consultations|ceremon(?:y|ies)|congress|trials?|primar(?:y|ies))\b)",
    re.IGNORECASE,
)
_NOT_HOLDING = re.compile(r"\b(?:(?:does|do|will)\s+not|never)\b|\b(?:is|are)\s+not\b", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:holds?|remains?|stays?|stands?|exceeds?|controls?|has|have|(?:is|are)\s+(?:still|not)"
    r"|(?:is|are)(?!\s+(?:[a-z]+ed|built|sent|held|begun|opened|shut|sold|struck|signed|made|taken|given|won|lost|found|put|met"
    r"|paid|set|cut|hit|shown|known|born|read|told|due|to)\b))\b",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(
    r"\b(?:on|as\s+of|at)\s+(?:the\s+)?(?:(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]+)|(?P<month_first>[A-Z][a-z]+)\s+"
    r"(?P<day_after>\d{1,2})\b|end\s+of\s+(?P<end_month>[A-Z][a-z]+)|(?P<year_end>year[\s-]end|end\s+of\s+(?:the\s+)?(?:year|20\d\d)))"
)


def propose_shape(event: str, *, closes_on: date | None = None) -> Shape:
    """How the event comes true: within the window, all through it, or on its closing day.

    It is true on that day only where the event is a state ("is open on 30 June") and the day it names is
    `closes_on`, where that is known. Not to do something holds throughout, and not to hold happens by the end.
    """
    main = _ASIDE.sub("", _OPENING.sub("", event)) or event
    day = _ON_A_DAY.search(event)
    if day and _STATE.search(main) and not _is_session(main) and _closes(day, closes_on):
        return "true_on"
    holds = bool(_HOLDS.search(main))
    negated = bool(_NOT_HOLDING.search(main))
    return "holds_throughout" if holds != negated else "happens_by"


def _is_session(main: str) -> bool:
    return bool(re.search(r"\bholds?\b", main)) and not _HOLDS.search(main)


def _closes(day: re.Match[str], closes_on: date | None) -> bool:
    if closes_on is None:
        return True
    if day["year_end"]:
        return (closes_on.month, closes_on.day) == (12, 31)
    if day["end_month"]:
        return MONTHS.get(day["end_month"].lower()) == closes_on.month and closes_on.day >= 28
    month = MONTHS.get((day["month"] or day["month_first"]).lower())
    return (month, int(day["day"] or day["day_after"])) == (closes_on.month, closes_on.day)


# --- Triage -------------------------------------------------------------------------------------------------------

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


def proposal(found: FoundForecast, parts: Parts) -> dict[str, str]:
    """Event, shape and triage of a find, by these names."""
    event = propose_event(found, parts)
    return {
        "event": event,
        "shape": propose_shape(event, closes_on=found.closes_on),
        "triage": propose_triage(found),
    }
