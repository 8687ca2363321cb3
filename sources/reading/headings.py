"""Headings: what a line that names a part of the document names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sources.reading.dates import MONTH, YEAR

Kind = Literal["summary", "forecast", "body", "apart", "horizon", "scenario", "other"]

SUMMARY_NAMES = (
    r"(?:executive\s+)?summary|key\s+take-?aways?|key\s+points?|key\s+judge?ments?"
    r"|bluf|bottom\s+line\s+up\s+front"
)
FORECAST_NAMES = r"forecasts?(?:\s+scenarios)?|outlook|assessments?|scenarios"
FORECAST_LONG_NAMES = (
    r"(?:our|the)\s+(?:forecasts?|outlook|assessment|scenarios)"
    r"|(?:forecasts?|outlook)(?:\s+(?:for|to|through|until|over)\s|,\s|\s[-–—]\s).{1,60}"
    r"|(?:forecasts?|outlook|assessment|scenarios)\s+(?:and|&)\s+(?:forecasts?|outlook|assessment|scenarios)"
    r"|(?:strategic|security|regional|political|economic|military|risk|conflict|country|overall|general|short|near|medium"
    r"|long)[\s-]+(?:term\s+)?(?:forecasts?|outlook)"
)
BODY_NAMES = (
    r"analysis|background|context|body|details?|discussion|developments?|key\s+developments"
    r"|recent\s+developments|the\s+facts"
    r"|situation|overview|introduction|implications|what\s+happened|why\s+it\s+matters|conclusions?|recommendations"
    r"|current\s+situation|(?:policy\s+)?implications(?:\s+for\s+.{1,40})?|drivers|(?:policy\s+)?recommendations?|what\s+it\s+means"
    r"|policy\s+options"
)
APART_NAMES = (
    r"sources?|references|notes?|footnotes|endnotes|bibliography|further\s+reading|methodology|method"
    r"|about(?:\s+(?:the\s+|our\s+)?(?:authors?|us|writer|analysts?|series|desk|this\s+(?:report|briefing|product|series|note)))?"
    r"|disclaimer|acknowledge?ments|annex(?:es)?(?:\s+\w{1,3})?|appendi(?:x|ces)(?:\s+\w{1,3})?|glossary|definitions|contacts?"
    r"|(?:data|sources)\s+and\s+(?:sources|methods|methodology|notes|references|caveats)|caveats|limitations|terms|key\s+to\s+terms"
    r"|(?:probability\s+)?yardstick|(?:an?\s+)?notes?\s+on\s+[\w\s]{1,40}|(?:language|terms|words)\s+of\s+probability"
    r"|confidence(?:\s+(?:levels?|statement))?|how\s+(?:we\s+(?:forecast|work|assess)|to\s+read\s+.{1,40})"
)
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty-four|few"
    r"|several|coming|next)"
)
_UNIT = r"(?:days?|weeks?|months?|quarters?|years?|decades?|hours?|mths?|yrs?|[dmy])"
_SPAN = (
    r"(?:(?:now|today|present|immediate|publication)\s*(?:to|[-–—])\s*)?"
    r"(?:(?:over|in|within|for|during)\s+)?(?:the\s+)?(?:(?:next|coming|under|over|up\s+to|more\s+than"
    r"|less\s+than|beyond"
    r"|after|within|first)\s+)?[<>≤≥+~]?\s*"
    rf"{_COUNT}(?:\s*{_UNIT})?\s*\+?(?:\s*(?:to|[-–—])\s*{_COUNT})?\s*\+?[\s-]*{_UNIT}\s*\+?"
    r"(?:\s+(?:and|or)\s+(?:beyond|more|longer|over))?(?:\s+(?:out|ahead))?"
)
_TERM = (
    r"(?:(?:immediate|very\s+short|short|near|medium|mid|long|longer|shorter|short-to-medium|medium-to-long)[\s-]*"
    r"(?:term|run|range)|immediate)(?:\s+(?:forecasts?|outlook|horizon|scenarios?|assessment))?"
)
HORIZON_NAME = (
    rf"(?:the\s+|in\s+the\s+|over\s+the\s+)?{_TERM}"
    rf"(?:\s*[(\[][^()\[\]\n]{{1,60}}[)\]]|\s*[-–—:,]\s*{_SPAN}|\s*[-–—:,]?\s*(?:to|by|through"
    rf"|until)\s[^.:;\n]{{1,40}})?"
    rf"|{_SPAN}(?:\s*[(\[][^()\[\]\n]{{1,60}}[)\]])?"
)
# Any words with a window in brackets: "Summer and autumn (3-9 months)".
_NAMED_WINDOW = rf"[^.:;()\[\]\n]{{1,60}}\s*[(\[](?:{_SPAN}|[<>≤≥+]\s*{_COUNT}[\s-]*{_UNIT})[)\]]"
SCENARIO_NAME = (
    r"(?:(?:the\s+)?(?:(?:likely|probable)(?=[\s-]+(?:case|scenario|outcome))|base|best|worst|central|reference|alternative"
    r"|most\s+likely|least\s+likely|down-?side|up-?side|bull|bear|optimistic|pessimistic|baseline|status[\s-]quo|(?:de-?)?escalation|stalemate|tail[\s-]risk)"
    r"(?:[\s-]+(?:case|scenario|risk|outcome))?"
    r"|(?:scenario|case|option)\s+(?:\d{1,2}|[A-Z]|one|two|three|four|five)\b(?:\s*[-–—:,]\s*[^.:;()\[\]\n]{1,60}?)?)"
)
CHANCE_MARK = (
    r"[(\[]\s*(?:~|c\.\s?|about\s+|around\s+|roughly\s+)?\d{1,3}(?:\.\d+)?(?:\s*[-–—]\s*\d{1,3})?\s*"
    r"(?:%|per\s?cent|percent|/\s*\d{1,3})[^()\[\]\n]{0,30}[)\]]"
)

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("summary", rf"(?:{SUMMARY_NAMES})(?:\s*[(\[][^()\[\]\n]{{1,60}}[)\]])?"),
    ("horizon", HORIZON_NAME),
    ("scenario", rf"{SCENARIO_NAME}\s*(?:{CHANCE_MARK}|[-–—:,]\s*\d{{1,3}}\s*(?:%|percent|per\s?cent))?"),
    (
        "forecast",
        rf"(?:{FORECAST_NAMES}|{FORECAST_LONG_NAMES})(?:\s*[(\[][^()\[\]\n]{{1,60}}[)\]]|\s*:\s*[^.:;\n]{{1,60}})?",
    ),
    ("body", BODY_NAMES),
    ("apart", APART_NAMES),
    ("horizon", _NAMED_WINDOW),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_EXACT = {
    "summary": re.compile(SUMMARY_NAMES, re.IGNORECASE),
    "forecast": re.compile(FORECAST_NAMES, re.IGNORECASE),
}
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)]|[A-Z][.)])\s+(?=\D)")
# A named period that leads its line: "By the end of 2025: …".
_PERIOD_NAME = (
    r"(?:(?:by|before|through|until|to|in|during|after|beyond)\s+)?(?:(?:the\s+)?(?:end|rest|remainder|start|middle)\s+(?:of\s+)?"
    rf"|(?:early|mid|late)[\s-]+)?(?:the\s+year|(?:{MONTH}\s+)?{YEAR}(?:\s*[-–]\s*\d{{2,4}})?|(?:Q[1-4]|H[12])(?:\s+{YEAR})?)"
    r"(?:\s+(?:and|or)\s+(?:beyond|after|later)|\s+onwards?)?"
)
_RANK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+[.)]?|\d{1,2}[.)]|[IVX]{1,5}[.)])\s+(?=\S)")
_INLINE = re.compile(
    rf"""[*_]{{0,3}}(?P<name>(?i:{SUMMARY_NAMES}|{FORECAST_NAMES}|{APART_NAMES}|{HORIZON_NAME}|(?P<period>{_PERIOD_NAME})))"""
    r"""(?:[*_]{1,3}\s*[:.–—-]|\s*[:.][*_]{1,3}|\s*:(?!\S)|\s+[–—](?=\s))[*_]*\s+(?=\S)"""
)
_ASIDE = re.compile(
    r"notes?|terms|confidence.*|caveats|limitations|definitions|contacts?|method|an?\s.*|notes?\s+on.*", re.IGNORECASE
)
_PLAIN_WORDS = 12
_PLAIN_LENGTH = 90
_NAME_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its marks; `level` counts #-marks, None where there are none.

    `style` is how it is set off (bold, capitals, number, bullet): headings of one style are of one rank.
    """

    kind: Kind
    name: str
    level: int | None
    style: str = ""


def name_heading(name: str, *, level: int | None = None) -> Heading | None:
    """The heading that a bare name is, None where the name is not one of those that every briefing uses."""
    if len(name) > _NAME_LENGTH:
        return None
    bare = name.strip().rstrip(":").strip("*_ ")
    number = _NUMBER.match(bare)
    bare = (bare[number.end() :] if number else bare).rstrip(":").strip("*_ ").rstrip(":").strip()
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(bare):
            return Heading(kind, bare, level)
    return None


def unnumbered(name: str) -> str:
    """A heading's words without the number that only its rank has ("2.1 The mills")."""
    bare = name.strip("*_: ")
    number = _RANK.match(bare)
    return bare[number.end() :] if number else bare


def is_exact_section(name: str) -> bool:
    """Whether this is the bare name of a summary or forecast section, and so no title even on the first line."""
    bare = name.strip("#*_: ")
    return any(pattern.fullmatch(bare) for pattern in _EXACT.values())


def inline_heading(line: str) -> tuple[Heading, int] | None:
    """A heading that shares its line with text ("BLUF: …"), with the position where the text begins."""
    match = _INLINE.match(line)
    if not match:
        return None
    heading = Heading("horizon", match["name"], None) if match["period"] else name_heading(match["name"])
    return (heading, match.end()) if heading else None


def is_aside(heading: Heading) -> bool:
    """Whether a heading that shares its line with text sets only that text apart ("Note: …", "Confidence: high")."""
    return heading.kind == "apart" and bool(_ASIDE.fullmatch(heading.name))


def looks_like_heading(line: str) -> bool:
    """Whether a line that stands alone could be a heading of the text's own ("Fighting around the dam")."""
    bare = line.strip("*_ ")
    return (
        0 < len(bare) <= _PLAIN_LENGTH
        and len(bare.split()) <= _PLAIN_WORDS
        and (bare[0].isupper() or bare[0].isdigit())
        and not bare.endswith((".", "!", "?", ";", ",", "…", ".”", '."', "]", "%"))
        and not (bare.endswith(":") and len(bare.split()) > 5)
    )
