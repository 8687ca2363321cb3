"""The constructions in which a likelihood is told, and the event that is left without it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from forecasts.reading.agreement import Number, base_of, finite, is_verb, number_of, with_further_verbs

# Stands where the words of likelihood stood.
TERM = "\ue000"
_ANY = r"[^\ue000]"
_ADVERB = (
    r"(?:also|still|now|therefore|thus|not|most|both|neither|hardly|scarcely|no\s+longer|only|even"
    r"|considered|judged|deemed|thought|\w+ly)"
)
_BE = (
    r"(?:(?:will|would|may|might|could)\s+(?:not\s+)?)?(?:is|are|remains?|becomes?|seems?|looks?|appears?|be|isn['’]t|aren['’]t"
    r"|(?:does|do)(?:\s+not|n['’]t)\s+(?:seem|look|appear))"
)
_CHANCE = r"(?:(?:chance|probability|possibility|likelihood)\s+)?"
# What may stand between the term and what it is about: "likely, though not certain, to …".
_ASIDE = r"(?:\s*(?:,[^,]{0,80},|[–—][^–—]{0,80}[–—]))?"
# "rely" and its like are verbs, all other words in -ly between modal and verb adverbs.
_BETWEEN = (
    r"(?:(?!(?:rely|apply|supply|fly|reply|comply|ally|multiply|imply|rally)\b)"
    r"(?:\w+ly|also|soon|again|then|now|still|even|just|only|never|always|first|further|both|thus|therefore|jointly)\s+)*"
)


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to tell a likelihood: its pattern, how the event is made, and an example with what it gives."""

    name: str
    pattern: re.Pattern[str]
    event: Callable[[re.Match[str]], str]
    example: str
    gives: str


def event_of(marked: str) -> str:
    """The event of a statement in which TERM stands for the words of likelihood, if it has any.

    What no construction fits comes back as a clause without its likelihood: readable, though it may say "will".
    """
    for construction in CONSTRUCTIONS if TERM in marked else WITHOUT_TERM:
        if match := construction.pattern.match(marked):
            return construction.event(match)
    denied = TERM in marked
    clause = " ".join(marked.replace(TERM, " ").split())
    return indicative(_affirmed(clause) if denied else clause)


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


# --- Clauses ------------------------------------------------------------------------------------------------------

# "May" with a capital is the month.
_MODAL_CLAUSE = _pattern(
    r"^(?P<subject>.+?)(?<!\bwho)(?<!\bwhich)(?<!\bthat)\s+(?P<modal>(?:will|would|could|(?-i:may)|might|can|shall|should)"
    rf"(?:n['’]t)?|cannot|won['’]t)\s+(?:well\s+)?(?P<first>{_BETWEEN})(?P<not>not\s+)?(?P<before>{_BETWEEN})"
    r"(?P<verb>[a-z]+)(?P<rest>.*)$"
)
_NEGATIVE_MODAL = re.compile(r"(?:cannot|n['’]t)$", re.IGNORECASE)
_RULED_OUT = re.compile(r"be\s+(?:ruled\s+out|excluded|discounted)\b", re.IGNORECASE)


def indicative(clause: str) -> str:
    """The clause with its modal taken out: "X could do Y" → "X does Y"."""
    match = _MODAL_CLAUSE.match(clause)
    if not match or not is_verb(match["verb"]):
        return clause
    negated = bool(match["not"] or _NEGATIVE_MODAL.search(match["modal"]))
    if match["modal"].lower() == "cannot" and _RULED_OUT.match(match["verb"] + match["rest"]):
        return happening(match["subject"], "")
    adverbs = match["first"] + match["before"]
    return _told(match["subject"], match["verb"], match["rest"], negated=negated, adverbs=adverbs)


def _told(
    subject: str, verb: str, rest: str, *, negated: bool = False, adverbs: str = "", number: Number | None = None
) -> str:
    """Subject and verb in the present tense."""
    number = number or number_of(subject)
    rest = with_further_verbs(rest, number=number, negated=negated)
    if verb.lower() == "be" or number is None:
        return f"{subject} {finite(verb, number=number, negated=negated)} {adverbs}{rest.lstrip()}".rstrip()
    return f"{subject} {adverbs}{finite(verb, number=number, negated=negated)}{rest}"


# --- Nouns --------------------------------------------------------------------------------------------------------

_NOUN_ENDS = re.compile(
    r"\s+(?:at|in|by|before|within|during|over\s+the|after|this|next|until|if|unless|because|as|near|along|across|throughout"
    r"|amid|under|on\s+(?:\d|[A-Z]))(?=\s|\b).*$",
    re.DOTALL,
)


def happening(noun: str, rest: str) -> str:
    """A noun as an event: "A ceasefire", " before June" → "A ceasefire happens before June"."""
    noun = noun.rstrip(" .")
    closing = "" if "," not in noun or number_of(noun) == "plural" else ","
    closing = closing if re.search(r",\s+(?:which|who|where)\b[^,]*$", noun) else ""
    return f"{noun}{closing} {finite('happen', number=number_of(noun) or 'singular', negated=False)}{rest}"


def _noun_event(words: str) -> str:
    ends = _NOUN_ENDS.search(words)
    return happening(words[: ends.start()], words[ends.start() :]) if ends else happening(words, "")


_NO = re.compile(r"^No\s+(?!(?:more|less|fewer|doubt|longer|matter|later|sooner)\b)", re.IGNORECASE)
_WITHOUT_ARTICLE = re.compile(
    r"\b(?:progress|aid|relief|change|peace|support|help|action|movement|money|trade|evidence|reform)$"
)
_SOMEBODY = (
    (re.compile(r"^Neither\b(.*?)\bnor\b", re.IGNORECASE), r"Either\1or"),
    (re.compile(r"^Neither\b", re.IGNORECASE), "Either"),
    (re.compile(r"^(?:No\s+one|Nobody)\b", re.IGNORECASE), "Somebody"),
    (re.compile(r"^Nothing\b", re.IGNORECASE), "Something"),
    (re.compile(r"^None\b", re.IGNORECASE), "One"),
    (re.compile(r"^No\s+other\b", re.IGNORECASE), "Another"),
    (re.compile(r"^No\s+such\b", re.IGNORECASE), "Such a"),
)


def _affirmed(subject: str) -> str:
    """The subject of what a "no" before the likelihood denies: "No new deal" → "A new deal"."""
    for pattern, words in _SOMEBODY:
        if pattern.match(subject):
            return pattern.sub(words, subject, count=1)
    bare = _NO.sub("", subject, count=1)
    if bare == subject:
        return subject
    noun = re.split(r"\s(?:will|would|can|may|might|could|of|in|on|for|between|with|to)\b", bare, maxsplit=1)[0]
    if number_of(noun) == "plural" or _WITHOUT_ARTICLE.search(noun):
        return bare
    return ("An " if bare[0].lower() in "aeio" else "A ") + bare


# --- How each construction becomes an event -----------------------------------------------------------------------


def _clause(match: re.Match[str]) -> str:
    return indicative(match["clause"])


def _of_noun(match: re.Match[str]) -> str:
    return _noun_event(match["noun"])


def _predicate(match: re.Match[str]) -> str:
    return happening(_affirmed(match["subject"]), match["rest"])


def _number_by(verb: str, subject: str) -> Number | None:
    """The verb that is written tells the number better than the subject's form."""
    first = verb.lower().split()[0]
    if first in {"is", "isn't", "isn’t", "does", "doesn't", "doesn’t"} or first.endswith(("ns", "ms", "ks", "rs")):
        return "singular"
    if first in {"are", "aren't", "aren’t", "do", "don't", "don’t", "remain", "seem", "look", "appear"}:
        return "plural"
    return number_of(subject)


def _infinitive(match: re.Match[str]) -> str:
    subject = _affirmed(match["subject"])
    return _told(
        subject,
        match["verb"],
        match["rest"],
        negated=bool(match["not"]),
        adverbs=match["before"],
        number=_number_by(match["be"], subject),
    )


def _plain_infinitive(match: re.Match[str]) -> str:
    return _told(match["subject"], match["verb"], match["rest"], negated=bool(match["not"]))


def _denied(match: re.Match[str]) -> str:
    return _told(match["subject"], match["verb"], match["rest"])


def _chance_of(match: re.Match[str]) -> str:
    if match["that"].lower() == "that":
        return indicative(match["event"] + match["rest"])
    return happening(match["event"], match["rest"]) if match["rest"].strip(" .") else _noun_event(match["event"])


def _chance_first(match: re.Match[str]) -> str:
    return indicative(match["event"]) if match["that"].lower() == "that" else _noun_event(match["event"])


def _has_chance(match: re.Match[str]) -> str:
    subject = _affirmed(match["subject"])
    if not match["gerund"]:
        return happening(subject, match["rest"])
    verb = base_of(match["gerund"])
    if verb is None:
        return f"{subject} {match['has']} a chance of {match['gerund']}{match['rest']}"
    return _told(subject, verb, match["rest"], number="plural" if match["has"].lower() in {"have", "stand"} else None)


_TO_VERB = rf"(?P<not>not\s+)?to\s+(?P<before>{_BETWEEN})(?P<verb>[a-z]+)(?P<rest>.*)$"
CONSTRUCTIONS = (
    Construction(
        "label",
        _pattern(rf"^{TERM}\s*[:–—-]\s*(?P<clause>.+)$"),
        _clause,
        "Likely: the junta falls.",
        "The junta falls",
    ),
    Construction(
        "that_clause",
        _pattern(
            rf"^(?:{_ANY}{{0,120}}?\b)?(?:there|it|we|analysts?)\b{_ANY}{{0,60}}{TERM}\s*{_CHANCE}{_ASIDE},?\s*"
            r"that\s+(?P<clause>.+)$"
        ),
        _clause,
        "It is likely that talks will resume.",
        "Talks resume",
    ),
    Construction(
        "for_somebody",
        _pattern(rf"^{_ANY}{{0,80}}?\bit\s+{_ANY}{{0,40}}{TERM}\s+for\s+(?P<subject>.+?)\s+(?P<not>not\s+)?to\s+"
                 r"(?P<verb>[a-z]+)(?P<rest>.*)$"),
        _plain_infinitive,
        "It is unlikely for the truce to hold.",
        "The truce holds",
    ),
    Construction(
        "noun_of",
        _pattern(rf"^(?:{_ANY}{{0,120}}?\b)?there\b{_ANY}{{0,60}}{TERM}\s+{_CHANCE}(?:of|for)\s+(?P<noun>.+)$"),
        _of_noun,
        "There is a realistic possibility of a strike at the mill.",
        "A strike happens at the mill",
    ),
    Construction(
        "is_a_chance",
        _pattern(rf"^(?P<subject>.+?)\s+{_BE}\s+(?:{_ADVERB}\s+)*an?\s+{TERM}(?P<rest>.*)$"),
        _predicate,
        "A new deal is a realistic possibility.",
        "A new deal happens",
    ),
    Construction(
        "has_a_chance",
        _pattern(rf"^(?P<subject>.+?)\s+(?P<has>has|have|stands?)\s+(?:an?\s+|only\s+an?\s+)?{TERM}\s*{_CHANCE}"
                 r"(?:of\s+(?P<gerund>\w+ing)\b)?(?P<rest>.*)$"),
        _has_chance,
        "The army has a 30 percent chance of taking the town.",
        "The army takes the town",
    ),
    Construction(
        "chance_of",
        _pattern(rf"^(?:.{{0,80}}?\b)?(?:chances?|probability|likelihood|odds|risk)\s+(?P<that>of|that)\s+(?P<event>.+?)\s+"
                 rf"(?:(?:now\s+)?(?:at|is|are|stands?\s+at|as)\s+)?{TERM}(?P<rest>.*)$"),
        _chance_of,
        "We put the chance of a strike at 20 percent before June.",
        "A strike happens before June",
    ),
    Construction(
        "chance_first",
        _pattern(rf"^.{{0,80}}?{TERM}\s+(?P<that>of|that)\s+(?P<event>.+)$"),
        _chance_first,
        "Markets see a 30 percent chance of a coup.",
        "A coup happens",
    ),
    Construction(
        "is_likely_to",
        _pattern(rf"^(?P<subject>.+?)\s+(?P<be>{_BE})\s+(?:{_ADVERB}\s+)*{TERM}{_ASIDE}\s+(?:going\s+)?{_TO_VERB}"),
        _infinitive,
        "The ban is likely to encourage other states.",
        "The ban encourages other states",
    ),
    Construction(
        "is_likely",
        _pattern(rf"^(?P<subject>.+?)\s+{_BE}\s+(?:{_ADVERB}\s+)*{TERM}(?P<rest>.*)$"),
        _predicate,
        "A ceasefire is unlikely before June.",
        "A ceasefire happens before June",
    ),
    Construction(
        "made_likely",
        _pattern(rf"^.{{0,120}}?\b(?:makes?|making|leaves?|renders?)\s+(?P<subject>.+?)\s+{TERM}(?P<rest>.*)$"),
        _predicate,
        "The raid makes a truce unlikely.",
        "A truce happens",
    ),
    Construction(
        "not_likely",
        _pattern(rf"^(?P<subject>.+?)\s+(?:(?:will|would)\s+not|won['’]t|wouldn['’]t)\s+{TERM}\s+(?P<verb>[a-z]+)(?P<rest>.*)$"),
        _denied,
        "The levy will not likely rise.",
        "The levy rises",
    ),
    Construction(
        "step_likely_to",
        _pattern(rf"^(?P<subject>.+?)\s+{TERM}\s+(?P<not>not\s+)?to\s+(?P<verb>[a-z]+)(?P<rest>.*)$"),
        lambda match: f"{match['subject']} that will {match['not'] or ''}{match['verb']}{match['rest']}",
        "The ban is a step likely to anger the ports.",
        "The ban is a step that will anger the ports",
    ),
)  # fmt: skip
WITHOUT_TERM = (
    Construction(
        "ruled_out_that",
        _pattern(r"^(?:[^.;]{0,60},\s+)?it\s+(?:(?:cannot|can\s+not|can['’]t)\s+(?:\w+\s+)?be\s+(?:ruled\s+out|excluded"
                 r"|discounted)|(?:is|remains)\s+(?:\w+\s+)?(?:possible|conceivable|plausible))\s+that\s+(?P<clause>.+)$"),
        _clause,
        "It cannot be ruled out that the junta falls.",
        "The junta falls",
    ),
    Construction(
        "risk_that",
        _pattern(r"^(?:[^.;]{0,60},\s+)?there\s+(?:is|remains)\s+(?:\w+\s+){0,3}(?:risk|possibility|chance|prospect|danger)\s+"
                 r"that\s+(?P<clause>.+)$"),
        _clause,
        "There is a risk that the dam could break.",
        "The dam breaks",
    ),
    Construction(
        "risk_of",
        _pattern(r"^(?:[^.;]{0,60},\s+)?there\s+(?:is|remains)\s+(?:\w+\s+){0,3}(?:risk|possibility|chance|prospect|danger)\s+"
                 r"of\s+(?P<noun>.+)$"),
        _of_noun,
        "There remains a risk of floods.",
        "Floods happen",
    ),
    Construction(
        "expected_to",
        _pattern(rf"^(?P<subject>.+?)\s+(?P<be>is|are|remains?|looks?|appears?)\s+(?:{_ADVERB}\s+)?(?:expected|set|poised|bound"
                 rf"|about|going|due|on\s+(?:course|track))\s+{_TO_VERB}"),
        _infinitive,
        "The junta is expected to yield.",
        "The junta yields",
    ),
    Construction(
        "expects_to",
        _pattern(r"^(?:we|i|analysts|observers|officials)\s+(?:\w+\s+)?expect\s+(?P<subject>.+?)\s+(?P<not>not\s+)?to\s+"
                 r"(?P<verb>[a-z]+)(?P<rest>.*)$"),
        _plain_infinitive,
        "We expect the junta to yield.",
        "The junta yields",
    ),
    Construction(
        "expects",
        _pattern(r"^(?:we|i|analysts|observers|officials)\s+(?:\w+\s+)?expect\s+(?P<clause>.+)$"),
        _clause,
        "We expect the junta will yield.",
        "The junta yields",
    ),
    Construction(
        "possible",
        _pattern(r"^(?P<subject>.+?)\s+(?:is|are|remains?|seems?)\s+(?:\w+\s+)?(?:possible|conceivable|plausible)(?P<rest>.*)$"),
        _predicate,
        "A second strike remains possible.",
        "A second strike happens",
    ),
)  # fmt: skip
