"""What stands on a page without being part of the text: navigation, sharing, footnotes, credits."""

from __future__ import annotations

import re
from functools import lru_cache

_NAVIGATION = re.compile(
    r"(?:[←→«»‹›<>]\s*)?(?:previous|next|prev|older|newer)(?:\s+(?:post|article|story|page|entry|briefing))?"
    r"(?:\s*[←→«»‹›<>:])?(?:\s+(?:previous|next))?"
    r"|(?:related|recent|more|other|latest)\s+(?:posts?|articles?|stories|briefings|reading|reports|news|topics)|related"
    r"|more\s+from\s.{1,60}|view\s+all(?:\s+\w+){0,3}"
    r"|you\s+(?:may|might)\s+also\s+(?:like|enjoy).{0,20}|read\s+(?:more|next)(?:\s*[:→»].{0,120})?|further\s+reading",
    re.IGNORECASE,
)
_SERVICE = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|bluesky|mastodon|e-?mail|print|instagram|youtube|rss|pdf"
    r"|copy\s+link)"
)
_FURNITURE = re.compile(
    r"share(?:\s+(?:this|on|via|article).{0,40})?|tags?(?:\s*:.{0,200})?|filed\s+under.{0,100}|posted\s+in.{0,100}"
    r"|(?:categor(?:y|ies)|topics?|keywords?)\s*:.{0,200}"
    r"|subscribe.{0,80}|unsubscribe.{0,80}|sign\s+up.{0,80}|follow\s+us.{0,80}|log\s?in|sign\s+in|register"
    r"|back\s+to\s+top|skip\s+to\s+(?:main\s+)?content|menu|search|advertisement|sponsored"
    r"|(?:table\s+of\s+)?contents|comments?(?:\s*\(\d+\))?|\d+\s+comments?|leave\s+a\s+(?:comment|reply)"
    rf"|{_SERVICE}(?:\s*[|/,·•]?\s*{_SERVICE}){{0,8}}"
    r"|[-–—]?\s*(?:page\s+)?\d{1,3}(?:\s+(?:of|/)\s+\d+)?\s*[-–—]?|home(?:\s*[>›»/|].{0,120})?"
    r"|(?:©|\(c\)|copyright).{0,80}all\s+rights\s+reserved\.?|copyright\s+(?:©\s*)?\d{4}.{0,60}|all\s+rights\s+reserved\.?"
    r"|(?:cookie|privacy)\s+(?:policy|settings|preferences|notice)|terms\s+(?:of\s+(?:use|service)|and\s+conditions)"
    r"|(?:accept|reject|manage)\s+(?:all\s+)?cookies|[^.]{0,80}\b(?:uses?|using)\s+(?:of\s+)?cookies\b.{0,200}"
    r"|listen\s+to\s+this.{0,40}|download\s+(?:the\s+|this\s+)?(?:pdf|report|article).{0,30}|(?:estimated\s+)?(?:reading\s+time.{0,20}"
    r"|\d+[\s-]+min(?:ute)?s?\s+read)|-?ends?-?|!\[[^\]\n]*\]\([^)\n]*\)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\][:.]?\s|[¹²³⁴⁵⁶⁷⁸⁹]+\s|\^\d{1,3}\s")
_PICTURE = (
    r"(?:image|photo|photograph|picture|map|graphic|illustration|cover|chart|foto|infographic|video"
    r"|satellite\s+image(?:ry)?)s?"
)
_LABEL = (
    rf"\W*(?:(?:cover|header|featured|lead)\s+)?{_PICTURE}"
    r"(?:\s+(?:credits?|source|data|licen[cs]e|courtesy(?:\s+of)?|by))?\s*[:©]"
)
_CREDIT = re.compile(
    rf"{_LABEL}|\W*{_PICTURE}\s+(?:by|credits?|courtesy)\b"
    r"|\W*(?:credits?|courtesy|licen[cs]e|licensed)\s*(?::|under\b)|\W*©(?!.*all\s+rights)"
    r"|\W*(?:AP|AFP|EPA|Reuters)(?:\s+photo)?\s*/|[\w.\s’'-]{2,40}/\s?(?:AP|AFP|EPA|Reuters)$",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"\b(?:CC[\s-]BY|CC0|ODbL)\b", re.IGNORECASE)
# In a line of few words; a sentence may speak of these.
_CREDIT_SHORT = re.compile(
    r"\bcreative\s+commons\b|\bpublic\s+domain\b|\bwikimedia\b|\bgetty\s+images\b|\bshutterstock\b|\bunsplash\b"
    r"|\bopen\s+government\s+licen[cs]e\b",
    re.IGNORECASE,
)
_CREDIT_WORDS = 14
_CREDIT_LABEL = re.compile(_LABEL, re.IGNORECASE)
_CREDIT_LENGTH = 240
_FURNITURE_LENGTH = 320
_PROSE_LENGTH = 180
# A block is asked about up to four times on its way through a document.
_ASKED_AGAIN = 256


@lru_cache(maxsize=_ASKED_AGAIN)
def is_furniture(line: str) -> bool:
    """Whether a line is the page's, not the text's."""
    bare = line.strip("*_ ")
    if len(bare) > _FURNITURE_LENGTH:
        return bool(_FOOTNOTE.match(bare))
    return bool(_FURNITURE.fullmatch(bare) or _NAVIGATION.fullmatch(bare) or _FOOTNOTE.match(bare))


@lru_cache(maxsize=_ASKED_AGAIN)
def is_credit(line: str) -> bool:
    """Whether a line names an image's maker or a licence."""
    if len(line) > _CREDIT_LENGTH:
        return False
    if _CREDIT.match(line) or _LICENCE.search(line):
        return True
    return len(line.split()) <= _CREDIT_WORDS and bool(_CREDIT_SHORT.search(line))


def is_navigation(line: str) -> bool:
    """Whether a line only leads to another page ("Previous", "Next", "Related articles")."""
    return len(line) <= _PROSE_LENGTH and bool(_NAVIGATION.fullmatch(line.strip("*_ ")))


def opens_credit(line: str) -> bool:
    """Whether a line begins with the label of a credit ("Image: …")."""
    return len(line) <= _CREDIT_LENGTH and bool(_CREDIT_LABEL.match(line))
