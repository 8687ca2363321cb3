"""What stands on a page without being part of the text: navigation, sharing, footnotes, credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sources.reading.blocks import Block

_NAVIGATION = re.compile(
    r"(?:[←→«»‹›<>]\s*)?(?:previous|next|prev|older|newer)(?:\s+(?:post|article|story|page|entry|briefing))?"
    r"(?:\s*[←→«»‹›<>:])?(?:\s+(?:previous|next))?"
    r"|(?:related|recent|more|other|latest)\s+(?:posts?|articles?|stories|briefings|reading|reports|news)"
    r"|you\s+(?:may|might)\s+also\s+(?:like|enjoy).{0,20}|read\s+(?:more|next)|further\s+reading",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"share(?:\s+(?:this|on|via|article).{0,40})?|tags?\s*:.{0,200}|filed\s+under.{0,100}|categor(?:y|ies)\s*:.{0,200}"
    r"|subscribe.{0,80}|sign\s+up.{0,80}|back\s+to\s+top|skip\s+to\s+(?:main\s+)?content|menu|home|search|advertisement"
    r"|comments?(?:\s*\(\d+\))?|leave\s+a\s+(?:comment|reply)|print|e-?mail|facebook|twitter|linkedin|whatsapp"
    r"|page\s+\d+(?:\s+of\s+\d+)?|\d{1,3}|(?:©|copyright).{0,60}all\s+rights\s+reserved\.?|cookie\s+policy"
    r"|privacy\s+policy"
    r"|download\s+(?:the\s+)?(?:pdf|report).{0,30}|\d+\s+min(?:ute)?s?\s+read|!\[[^\]\n]*\]\([^)\n]*\)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\][:.]?\s|[¹²³⁴⁵⁶⁷⁸⁹]+\s|\^\d{1,3}\s")
_CREDIT = re.compile(
    r"\bCC[\s-]BY\b|\bCC0\b|\bcreative\s+commons\b|\bpublic\s+domain\b|\bwikimedia\b|\bgetty\s+images\b"
    r"|\bshutterstock\b|\bunsplash\b"
    r"|^\W*(?:(?:cover|header|featured|lead)\s+)?(?:image|photo|photograph|picture|map|graphic|illustration|cover)s?"
    r"(?:\s+(?:credits?|source|licen[cs]e|courtesy(?:\s+of)?|by))?\s*[:©]"
    r"|^\W*(?:photo|image|picture|map|graphic|photograph)s?\s+(?:by|credits?|courtesy)\b"
    r"|^\W*(?:credits?|licen[cs]e|licensed)\s*(?::|under\b)|^\W*©|^\W*(?:AP|AFP|EPA|Reuters)(?:\s+photo)?\s*/",
    re.IGNORECASE,
)
_CREDIT_LENGTH = 240
_PROSE_LENGTH = 180


def is_furniture(line: str) -> bool:
    """Whether a line is the page's, not the text's."""
    bare = line.strip("*_ ")
    return bool(_FURNITURE.fullmatch(bare) or _NAVIGATION.fullmatch(bare) or _FOOTNOTE.match(bare))


def is_credit(line: str) -> bool:
    """Whether a line names an image's maker or a licence."""
    return len(line) <= _CREDIT_LENGTH and bool(_CREDIT.search(line))


def without_tail(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks up to the navigation at the end ("Previous", a title, "Next", another title)."""
    cut = len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        words = blocks[index].words
        first_line = text[blocks[index].start : blocks[index].end].split("\n", 1)[0]
        if _NAVIGATION.fullmatch(first_line.strip("*_ ")) and len(words) <= _PROSE_LENGTH:
            cut = index
        elif len(words) > _PROSE_LENGTH:
            break
    return blocks[:cut]
