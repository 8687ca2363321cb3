"""Subjects and their verbs: singular or plural, and the present tense that goes with it."""

from __future__ import annotations

import re
from typing import Literal

from sources.reading.word_sets import word_set

Number = Literal["singular", "plural"]

# Verbs that are seldom nouns: after "and" they go on with the sentence's own verb.
VERBS = word_set(
    "abandon accept achieve acquire adopt agree allow announce apply approve arrest arrive ask avoid ban become",
    "begin break bring build buy call carry cause cease collapse come complete conclude confirm continue convene",
    "cross cut declare decline defeat defend delay demand deny deploy destroy disarm dissolve elect encourage end",
    "endure enter escalate establish evacuate exceed expand expel extend face fail fall fight find flee force",
    "form gain get give go grow happen hold impose improve include increase intensify introduce invade invite",
    "join keep launch lead leave lift lose lower maintain make meet negotiate obtain occupy occur offer open",
    "oppose overtake pass pay persist postpone press prevent prevail prolong provide provoke publish pull push",
    "quit raise ratify reach receive recognise recognize reduce refuse reject rejoin release remain renew reopen",
    "repair repeal replace require resign resist resolve restore resume retain rise run say secure seek seize",
    "sell send settle sign slow spend spread start stay stop strengthen struggle submit succeed suffer surrender",
    "survive suspend take tell tighten turn undergo undermine veto violate weaken win withdraw write",
)
_IRREGULAR = {"have": "has", "be": "is", "do": "does"}

_OPENING = re.compile(
    r"^(?:(?:By|In|On|At|Over|Within|During|After|Before|Until|Under|With|Without|Despite|From|Through|Throughout|Amid|For"
    r"|As|While|Although|Though|Since|When|Once|Because|Given|Following)\b[^,]*,\s+)+",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"^(?:(?:almost|nearly)\s+)?(?:most|some|all|half|many|both|several|(?:a|the)\s+majority|parts?|none|any|much|the\s+rest"
    r"|(?:two|three)[\s-](?:thirds|quarters)|a\s+third)\s+of\s+",
    re.IGNORECASE,
)
_ONE = re.compile(r"^(?:(?:n?either|each|every|one|another|a\s+single)|the\s+number\s+of)\b", re.IGNORECASE)
_MANY = re.compile(
    r"^(?:both|many|few|several|all|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|most"
    r"|a\s+(?:number|handful|couple|dozen)\s+of|\d[\d,.]*)\b",
    re.IGNORECASE,
)
_HEAD_ENDS = re.compile(
    r"\s+(?:of|in|with|to|for|from|on|at|by|between|against|that|which|who|whose|where|near|under|over|after|before|along"
    r"|within|across|such|as|together|including|inside|outside|around|about|into|beyond|towards?|[(\[].*)(?=\s|$)",
    re.IGNORECASE,
)
_FURTHER_SUBJECT = re.compile(r"\band\s+(?:the|an?|its|their|his|her)\b", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&)\s+")
_DETERMINED = re.compile(r"^(?:the|an?|its|their|his|her|our|other|some|all|[A-Z])")
_SINGULAR_NAMES = re.compile(
    r"\b(?:United\s+(?:States|Nations|Arab\s+Emirates)|Emirates|Netherlands|Philippines|Bahamas|Maldives|Seychelles|Comoros"
    r"|(?:Solomon|Marshall|Cook|Faroe)\s+Islands|Athens|Brussels|Paris|Tunis|Algiers|Naples|Wales|Geneva|Los\s+Angeles|Memphis"
    r"|Reuters|Trinidad\s+and\s+Tobago|Bosnia\s+and\s+Herzegovina|Antigua\s+and\s+Barbuda|Davis|Harris|Corps"
    r"|(?:Party|Union|Council|Ministry|Bank|Organi[sz]ation|Agency|Authority|Committee|Front|Movement|Commission|Company"
    r"|Group|Fund|Office|Department|Service|Army|Court|Act|Treaty|Alliance))$"
)
_PLACE_ENDING = re.compile(r"[A-Z]\w*(?:as|os|us)$")
_COMMON_IN_AS = word_set(
    "areas militias quotas visas juntas agendas cameras dilemmas diasporas dramas eras extras formulas ideas",
    "peninsulas plazas villas cargos embargos tornados photos videos memos vetos bonus",
)
_PLURAL_WORDS = word_set(
    "they we you these those people police troops forces men women children taliban both many few several most others",
    "media cattle peoples two three four five",
)
_SINGULAR_S = ("ss", "us", "sis", "ics", "news", "'s")


def number_of(subject: str) -> Number | None:
    """Whether a subject is singular or plural, None where it could be either."""
    words = _OPENING.sub("", subject).strip(" ,")
    if _ONE.match(words):
        return "singular"
    if quantity := _QUANTITY.match(words):
        return number_of(words[quantity.end() :])
    if _MANY.match(words):
        return "plural"
    cut = _HEAD_ENDS.search(words)
    if cut and _FURTHER_SUBJECT.search(words, cut.end()):
        return None
    return _number_of_head((words[: cut.start()] if cut else words).strip(" ,"))


def _number_of_head(head: str) -> Number | None:
    if _SINGULAR_NAMES.search(head.partition(",")[0]):
        return "singular" if not _AND.search(head) or _is_one_name(head) else "plural"
    parts = _AND.split(head)
    if len(parts) == 1:
        return _number_of_noun(head.partition(",")[0].strip())
    if _number_of_noun(parts[-1]) == "plural" or len(parts[-1].split()) == 1 or _DETERMINED.match(parts[-1]):
        return "plural"
    return None


def _is_one_name(head: str) -> bool:
    """ "Union Solidarity and Development Party" is one, "France and the European Union" are two."""
    return bool(_SINGULAR_NAMES.fullmatch(head)) or not re.search(r"\sand\s+(?:the|an?|its|their)\s", head)


def _number_of_noun(noun: str) -> Number | None:
    words = noun.replace("’", "'").rstrip(".").split() or [""]
    last, lowered = words[-1], words[-1].lower()
    if lowered in _PLURAL_WORDS:
        return "plural"
    if not lowered.endswith("s") or lowered.endswith(_SINGULAR_S) or "." in lowered:
        return "singular"
    if _PLACE_ENDING.match(last) and words[0].lower() != "the" and lowered not in _COMMON_IN_AS:
        return "singular"
    named = last[0].isupper() and len(words) > 1 and words[-2][0].isupper()
    return None if named and words[-2].lower() not in {"the", "most"} else "plural"


def is_verb(word: str) -> bool:
    """Whether a word that follows a modal can be its verb: no particle, article or preposition."""
    return word.lower() not in _NO_VERBS


_NO_VERBS = word_set(
    "a an the this that these those its their his her our in on at by for from with to of into over under within",
    "during after before until if unless as than and or but not no only both either neither next last all any",
    "some more most",
)


def finite(verb: str, *, number: Number | None, negated: bool) -> str:
    """The present tense of a base form in the third person; the future where the number is not known."""
    if number is None:
        return ("will not " if negated else "will ") + verb
    plural = number == "plural"
    if verb.lower() == "be":
        return ("are" if plural else "is") + (" not" if negated else "")
    if negated:
        return ("do not " if plural else "does not ") + verb
    return verb if plural else third_person(verb)


def third_person(verb: str) -> str:
    """The form that goes with "it": "pass" → "passes"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def base_of(gerund: str) -> str | None:
    """The verb of an "-ing" form, None where it is none that is known: "taking" → "take"."""
    stem = gerund.lower().removesuffix("ing")
    candidates = (stem, stem + "e", re.sub(r"(.)\1$", r"\1", stem))
    return next((each for each in candidates if each in VERBS), None)


# --- A second verb ------------------------------------------------------------------------------------------------

_FURTHER_VERB = re.compile(
    r"(?P<joint>(?:,\s+)?\b(?:and|or|nor|but|then)\s+(?:then\s+|also\s+)?(?:(?!likely)\w+ly\s+)?)"
    r"(?P<likely>(?:likely\s+)?to\s+)?(?P<verb>[a-z]+)(?P<after>\s+[\w’'\"“]+|)"
)
_SUBORDINATE = re.compile(r"\b(?:which|who|whose|that|because|while|as|if|when|where|after|before|until|whether)\b|;")
_OBJECT = word_set("the a an its their his her it them him this these those all any more new each every")


def with_further_verbs(rest: str, *, number: Number | None, negated: bool) -> str:
    """What follows the verb, the verbs joined to it ("… or to leave", "… and ratify it") brought to its form."""
    end = _SUBORDINATE.search(rest)
    main = rest[: end.start()] if end else rest
    base = number != "singular" or negated
    return _FURTHER_VERB.sub(lambda match: _further(match, base=base), main) + rest[len(main) :]


def _further(match: re.Match[str], *, base: bool) -> str:
    verb = match["verb"]
    if not (match["likely"] or _goes_on(verb, match["after"].strip())) or not is_verb(verb):
        return match.group()
    joint = re.sub(r"\bnor\b", "or", match["joint"])
    return joint + (verb if base else third_person(verb)) + match["after"]


def _goes_on(word: str, following: str) -> bool:
    """Whether a word after "and" is a verb: one that is known as such, or one with an object behind it."""
    if following.lower() in _OBJECT:
        return not word.endswith(("s", "ed", "ing", "ly"))
    return word in VERBS
