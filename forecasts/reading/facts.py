"""Judgements that look back or at the present, and are therefore no forecasts; and signs of the future."""

from __future__ import annotations

import re

from forecasts.reading.terms import IT_IS_BEFORE, TermUse

_REACH = 160
_PAST_COPULA = re.compile(
    r"\b(?:was|were|wasn['’]t|weren['’]t|had\s+(?:\w+\s+)?been|has\s+(?:\w+\s+)?been|have\s+(?:\w+\s+)?been"
    r"|seemed|appeared|looked|became|remained|made|felt|sounded"
    r"|did\s+not\s+(?:seem|look|appear)|didn['’]t\s+(?:seem|look|appear))\s+(?:\w+\s+){0,2}(?:an?\s+|no\s+)?[*_]*$",
    re.IGNORECASE,
)
_PAST_JUDGING = re.compile(
    r"(?:(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeing )\b(?:judged|deemed|considered|thought|rated|called"
    r"|believed|reckoned"
    r"|regarded|described|dismissed|labelled|made|saw|viewed|assessed|found|held)\b)"
    r"\s+(?:[\w’'-]+\s+){0,10}(?:as\s+)?[*_]*$",
    re.IGNORECASE,
)
_PRESENT_JUDGING = re.compile(
    r"\b(?:is|are|be|being|still|now|widely|generally)\s+(?:(?:not|now|still|\w+ly)\s+){0,2}(?:judged|deemed|considered|thought"
    r"|rated|believed|regarded|seen|viewed|assessed|reckoned|called)\b[^.;]*$",
    re.IGNORECASE,
)
_IRREGULAR = (
    "been|had|gone|done|made|taken|seen|known|given|lost|won|sent|begun|become|come|left|fled|held|built|shot|struck|fallen"
    "|led|met|paid|put|risen|run|said|set|sold|told|written|spent|broken|caught|brought|bought|fought|found|got|gotten|grown"
    "|hit|kept|laid|cut|overrun|withdrawn|driven|drawn|sunk|stolen|chosen|hidden|flown|thrown|shut|split|sought|taught|thought"
)
_ADJECTIVES_IN_ED = (
    "limited|mixed|continued|unprecedented|renewed|reduced|increased|heightened|detailed|marked|sustained|added|prolonged"
    "|restricted|accelerated|unintended|armed|united|indeed|need|feed|seed|speed|bleed|shed|sped|exceed|succeed|proceed"
)
_PERFECT = re.compile(
    rf"(?:not\s+)?to\s+(?:not\s+)?have\s+(?:(?:already|since|also|only"
    rf"|\w+ly)\s+)?(?!(?:{_ADJECTIVES_IN_ED})\b)(?:{_IRREGULAR}|[a-z]+ed)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\bby\s+(?:the\s+(?:end|time|close|summer|spring|autumn|winter)|mid|late|early|end|year|\d|next|then|[A-Z])"
)
FUTURE_MODAL = re.compile(
    r"(?:\b(?:will|would|shall|won|wouldn|could|may|might|can|cannot|couldn|mightn|going\s+to|(?:is"
    r"|are)\s+(?:\w+\s+)?(?:to|set\s+to|about\s+to|poised\s+to))\b|['’]ll\b)"
)
_MODAL_PERFECT = re.compile(
    r"\b(?:would|could|may|might)\s+(?:not\s+)?(?:(?:well|already|also|\w+ly)\s+)?have\s+(?:\w+ly\s+)?(?:"
    + _IRREGULAR
    + r"|[a-z]+ed)\b",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(
    rf"\b(?:was|were|had|has|have|did|didn|hasn|haven|hadn|wasn|weren)\b"
    rf"|(?<=[\w,]\s)(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bof\s)(?<!\bby\s)(?<!\bno\s)(?<!\bits\s)"
    rf"(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?<!\bbeing\s)(?!(?:{_ADJECTIVES_IN_ED})\b)[a-z]{{2,}}ed\b"
    r"|\b(?:fell|took|went|came|gave|sent|lost|won|began|became|left|fled|held|built|struck|led|met|paid|rose"
    r"|ran|said|sold|told|wrote"
    r"|spent|broke|brought|fought|found|grew|kept|drove|knew|saw|sank|stole|chose|hid|flew|shot)\b"
)
# "Whether X is likely is unclear" asks, and commits to nothing.
_ASKED = re.compile(r"\bwhether\b[^,;.]*$", re.IGNORECASE)
_THAT = re.compile(r"[*_]*\s*(?:\([^()]{0,60}\)\s*|\[[^\[\]]{0,60}\]\s*|,\s*)?that\b", re.IGNORECASE)
_TO = re.compile(
    r"[*_]*\s*(?:\([^()]{0,60}\)\s*|\[[^\[\]]{0,60}\]\s*|,[^,]{1,60},\s*)?"
    r"(?:(?:not|also|now|again|still|soon|then|both|even|ever|just|\w+ly)\s+){0,2}to\b",
    re.IGNORECASE,
)
_MODAL_NEAR_BEFORE = re.compile(
    r"(?:\b(?:will|would|shall|won['’]t|wouldn['’]t|may|might|could|can|cannot|going\s+to)|['’]ll)(?:,[^,]{1,60},)?\s+(?:(?:not"
    r"|also|then|now|still|most|even|soon|eventually|both|all|\w+ly)\s+){0,2}[*_]*$",
    re.IGNORECASE,
)
_MODAL_NEAR_AFTER = re.compile(
    r"[*_,]*\s*(?:\([^()]{0,60}\)\s*)?(?:not\s+|n['’]t\s+)?(?:will|would|shall|won['’]t|may|might|could|be\b"
    r"|going\s+to)\b",
    re.IGNORECASE,
)
_BE_BEFORE = re.compile(
    r"(?:\b(?:is|are|am|isn['’]t|aren['’]t|it['’]s|seems?|looks?|appears?|remains?|be|becomes?|becoming)|['’]s"
    r"|['’]re)\s+(?:(?:not|now|still|also|both|all|only|therefore|yet|by\s+no\s+means|far\s+from|no\s+longer|considered|deemed"
    r"|judged|thought|rated|called|\w+ly)\s+){0,3}[*_]*$",
    re.IGNORECASE,
)
# "Nor is a truce likely", "only then is a truce likely": the subject stands between the two.
_INVERTED_BE = re.compile(
    r"\b(?:neither|nor|never|nowhere|only\s+\w+|(?:under|in|on|at|by)\s+no\s+\w+|so|also|especially|particularly)\s+"
    r"(?:is|are|seems?|looks?|does|do)\s[^,;:.]{1,100}\s[*_]*$",
    re.IGNORECASE,
)
_JUDGED_AS = re.compile(
    r"\b(?:assess|judge|regard|see|view|rate|consider|describe|treat|count|deem|believe|reckon|hold|call|think|find|expect"
    r"|assessed|judged|regarded|seen|viewed|rated|considered|described|deemed|believed|reckoned)(?:e?s)?\s"
    r"[^,;:.]{0,100}?(?:\b(?:as|to\s+be)\s+)(?:\w+ly\s+)?[*_]*$",
    re.IGNORECASE,
)
# After "it is likely": a clause without its "that" begins with a subject and has its modal soon.
_BARE_CLAUSE = re.compile(
    r"[*_]*\s+(?!(?:in|by|before|within|over|if|unless|after|during|because|due|a|an)\b)[\w’'-]+(?:\s+[\w’'-]+){0,8}?\s+"
    r"(?:will|would|won['’]t|may|might|could)\b",
    re.IGNORECASE,
)
_FUTURE_PHRASE = re.compile(r"\bgoing\s+to\b", re.IGNORECASE)
# After "is likely": what still lets it be about an event to come ("A ceasefire is likely by June").
_OPEN_AFTER = re.compile(
    r"""[*_"'”’]*\s*(?:$|[.,;:)\]–—(\[-]|(?:in|by|before|within|over|if|unless|after|during|this|next|while|but|and|or|as|given|because"""
    r"""|until|on|at|for|through|throughout|when|once|provided|should|only|either|under|without|despite|although|though|even|from|soon|again|there|either|here|since|so|with|amid|across|between|beyond|where)\b)""",
    re.IGNORECASE,
)
_PRESENT_VERB_AFTER = re.compile(r"[*_,]*\s*(?:also\s+|still\s+|already\s+|not\s+)?[a-z]+", re.IGNORECASE)
_CHANCE_NOUN = re.compile(r"\b(?:possibility|chances?|probability|odds)\b", re.IGNORECASE)


def looks_ahead(sentence: str, use: TermUse, *, in_forecast: bool, dated: bool) -> bool:
    """Whether the use of a term judges something still to come.

    `in_forecast` says that it stands in the forecast section, `dated` that the sentence names a coming date:
    both let a present tense speak of the future.
    """
    before = sentence[max(0, use.start - _REACH) : use.start]
    after = sentence[use.end : use.end + 3 * _REACH]
    if _is_past_judgement(before) or _ASKED.search(before):
        return False
    if to := _TO.match(after):
        return not _PERFECT.match(after[to.end() - 2 :]) or bool(_DEADLINE.search(after))
    if that := _THAT.match(after):
        open_present = in_forecast or dated or bool(_CHANCE_NOUN.search(use.bare_words))
        return _clause_looks_ahead(after[that.end() :], open_present=open_present)
    if _CHANCE_NOUN.search(use.bare_words):
        return True
    return _predicate_looks_ahead(before, after, use, open_present=in_forecast or dated)


def _is_past_judgement(before: str) -> bool:
    if _PAST_COPULA.search(before):
        return True
    return bool(_PAST_JUDGING.search(before)) and not _PRESENT_JUDGING.search(before)


def _clause_looks_ahead(clause: str, *, open_present: bool) -> bool:
    if _MODAL_PERFECT.search(clause):
        return False
    if FUTURE_MODAL.search(clause):
        return True
    return open_present and not _PAST_VERB.search(clause)


def _predicate_looks_ahead(before: str, after: str, use: TermUse, *, open_present: bool) -> bool:
    if _MODAL_NEAR_BEFORE.search(before):
        return not re.match(r"\s+have\s+", after) or "will" in before[-20:].lower()
    if _MODAL_NEAR_AFTER.match(after):
        return True
    if IT_IS_BEFORE.search(before) and _BARE_CLAUSE.match(after):
        return _clause_looks_ahead(after, open_present=False)
    if any(pattern.search(before) for pattern in (_BE_BEFORE, _INVERTED_BE, _JUDGED_AS)):
        return _after_copula(before, after, use)
    if not before.strip(" *_\"'“‘([-–—"):
        return _opening(after)
    return _stands_aside(before, after, use, open_present=open_present)


def _stands_aside(before: str, after: str, use: TermUse, *, open_present: bool) -> bool:
    """A term without its verb: "…, probably in June", "which makes a truce unlikely"."""
    apart = before.rstrip().endswith(("(", "[", ",", "–", "—", ":", "-"))
    if not apart and use.bare_words.endswith(("probably", "certainly")):
        return False
    return bool(_OPEN_AFTER.match(after)) and (
        open_present or bool(FUTURE_MODAL.search(before)) or "unlikely" in use.bare_words or _is_made(before)
    )


def _is_made(before: str) -> bool:
    return bool(
        re.search(
            r"\b(?:makes?|making|leaves|leaving|renders?|keeps?|consider|judge|deem|assess"
            r"|find)\s+(?:[\w’'-]+\s+){1,12}[*_]*$",
            before,
        )
    )


# Where somebody is, not what will happen.
_PLACED = re.compile(r"\b(?:he|she|they|i|we)(?:\s+(?:is|are|am)|['’](?:s|re|m))\s+(?:\w+ly\s+)?[*_]*$", re.IGNORECASE)
_PLACE = re.compile(r"[*_]*\s+(?:in|at|on|there|here|with|from|under|behind)\b", re.IGNORECASE)


def _after_copula(before: str, after: str, use: TermUse) -> bool:
    if _PLACED.search(before) and _PLACE.match(after):
        return False
    if use.bare_words.endswith(("probably", "certainly")):
        return bool(_FUTURE_PHRASE.match(after.strip()))
    return bool(_OPEN_AFTER.match(after))


def _opening(after: str) -> bool:
    """A term that opens its sentence: a label ("Likely: …"), or an adverb to a verb further on."""
    if re.match(r"[*_]*\s*(?:\([^()]{0,60}\)\s*|\[[^\[\]]{0,60}\]\s*)?[*_]*\s*[:–—-]", after):
        return True
    return bool(FUTURE_MODAL.search(after)) and not _MODAL_PERFECT.search(after)


# --- The future without a term ------------------------------------------------------------------------------------

_WILL = re.compile(
    r"(?<!\bthe )(?<!\bof )(?<!\bpolitical )(?<!\btheir )(?<!\bits )(?<!\bat )(?<!\bgood )(?<!\bfree )(?<!\bno )"
    r"\b(?:will|won['’]t|shall)\b(?!\s+(?:of|was|is|has|had)\b)|(?<=\w)['’]ll\b"
)
_MAY = re.compile(r"\b(?:may|might|could)\b(?!\s+(?:\w+\s+){0,2}have\s+(?:been|(?:" + _IRREGULAR + r"|[a-z]+ed)\b))")
_MARKERS = re.compile(
    r"\b(?:can(?:not|\s+not|['’]t)\s+(?:\w+ly\s+)?(?:rule\s+out|exclude|discount)\b|can(?:not|\s*not|['’]t)?\s+(?:\w+\s+)?be\s+(?:ruled\s+out|excluded|discounted|dismissed|expected|assumed)"
    r"|(?:is|are|remains?|seems?|looks?|appears?)\s+(?:\w+ly\s+|also\s+|still\s+|now\s+)?(?:expected|set|poised"
    r"|bound|certain|sure|destined|on\s+(?:course|track)|about|going|headed)\s+(?:to|for)\b"
    r"|(?:is|are)\s+(?:\w+ly\s+|also\s+|still\s+|now\s+)?(?:expected|anticipated|projected|forecast|predicted)\b"
    r"|(?:is|are)\s+due\s+(?:(?:in|on|by|for)\b|to\s+(?!(?:the|an?|its|their|his|her|this|that|these|lack|poor|high|low)\b)[a-z]+\b)"
    r"|(?:is|are|remains?|seems?|looks?)\s+(?:also\s+|still\s+|therefore\s+)?(?:possible|conceivable|plausible"
    r"|imaginable|foreseeable|doubtful|questionable)\b"
    r"|(?:we|analysts?|i)\s+(?:\w+ly\s+|still\s+|also\s+)?(?:expect|anticipate|forecast|predict|foresee|project"
    r"|assess|judge)\b(?!\s+that\s+\w+\s+(?:was|were|had|has))"
    r"|(?:expect|watch\s+for)\s+(?:\w+\s+)+to\b"
    r"|there\s+(?:is|remains)\s+(?:also\s+|still\s+)?(?:a|the|some|no)\s+(?:\w+\s+){0,2}(?:risk|possibility"
    r"|chance|prospect|danger)\b"
    r"|(?:a|the)\s+(?:risk|possibility|prospect|danger)\s+(?:of|that)\b[^.;]{0,120}\b(?:remains?|persists?"
    r"|grows?|exists?|rises?)\b"
    r"|threatens?\s+to\b|risks?\s+\w+ing\b|looms?\b)",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\b(?:would|should)\b(?!\s+(?:\w+\s+){0,2}have\b)")


def speaks_of_future(sentence: str, *, conditional: bool) -> bool:
    """Whether a sentence without a term is about what has not happened yet.

    "would" and "should" speak of it only under a condition; without one they comment or advise.
    """
    if _WILL.search(sentence) or _MAY.search(sentence) or _MARKERS.search(sentence):
        return True
    return conditional and bool(_WOULD.search(sentence))
