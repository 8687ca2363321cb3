"""What stands above the text: title, byline and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sources.reading.dates import MONTH, WrittenDate, written_dates
from sources.reading.word_sets import word_set

_TITLE_LABEL = re.compile(r"(?:title|headline|subject|re|topic)\s*:\s*", re.IGNORECASE)
_BYLINE_LABEL = re.compile(
    r"(?:(?:(?:written|prepared|compiled|reported|drafted|analysis|report|words|text)\s+)?"
    r"by(?:(?=\s+(?:(?:the|our|a)\s+(?-i:[A-Z*_]|correspondents?\b|staff\b|desk\b|analysts?\b|team\b)|staff\b|(?-i:[A-Z*_])))|\s*:)"
    r"|(?:authors?|analysts?|byline|writers?|from)\s*(?:\(s\))?\s*:)"
    r"\s*:?\s*",
    re.IGNORECASE,
)
# A date after one of these is not the date of publication.
_OTHER_DATE = re.compile(
    r"\b(?:data|information|cut-?off|cut\s+off|updated?|modified|revised|amended|accessed|retrieved|as\s+of"
    r"|expires?|valid|until"
    r"|next|period|cover(?:s|ing|age)|from|since|between|event|events|meeting|embargo(?:ed)?)\b[^|·•;]*$",
    re.IGNORECASE,
)
_RANGE_BEFORE = re.compile(
    rf"(?:\d{{1,2}}\s+{MONTH}|{MONTH}\s+\d{{1,2}}|(?<!\bno\.\s)(?<!\bno\s)(?<!\bissue\s)(?<!\bbriefing\s)(?<![\w#])\d{{1,2}})"
    r"(?:,?\s+\d{4})?\s*(?:[-–—]|to|and)\s*$",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\b(?:published|publication|posted|released|issued|dated?|on|at|mon|tues?|wed|wednes|thu|thurs|fri|sat"
    r"|satur|sun)(?:day)?\b"
    r"\s*:?|\b\d{1,2}:\d\d(?:\s*(?:am|pm|gmt|utc|cet|est|z))?\b",
    re.IGNORECASE,
)
# The series that a briefing belongs to stands above its title.
_SERIES = re.compile(
    r"(?:[\w-]+\s+){0,3}(?:brief|briefing|report|issue|bulletin|monitor|note|paper|update|memo(?:randum)?|series|newsletter)"
    r"(?:\s+(?:no\.?|number|issue|vol\.?)?\s*#?\d[\w/.-]*)?(?:\s*[|·•,–-]\s*(?:issue|no\.?|vol\.?)\s*#?\d[\w/.-]*)?",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:(?:senior|junior|chief|lead|principal|deputy|associate|regional|staff|political|security|risk|research|intelligence|guest"
    r"|visiting|non-?resident|managing|contributing|[A-Z]\w+)\s+){0,3}(?:analysts?|editor|fellow|researcher|correspondent|director|"
    r"writer|reporter|contributor|associate|advis[eo]r|author|economist|strategist|head|lead|columnist)(?:,?\s+(?:of|for|on|at)\s.{1,40})?",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(r"(?:date|published|publication\s+date)\b[^:]{0,20}:", re.IGNORECASE)
# "Title | 2 May 2025" on one line.
_BAR = re.compile(r"\s*[|‖]\s*|\s+[·•]\s+")
_SEPARATOR = re.compile(r"\s*[|·•‖;]\s*|\s+[-–—/]\s+")
_PARTICLES = word_set("de da del della der di dos du el al bin ibn van von la le ter ten")
_NOT_NAMES = word_set(
    "briefing brief report analysis update weekly daily monthly monitor outlook forecast assessment intelligence desk",
    "summary note paper bulletin special issue volume strategic risk security review the a an of in on for to with",
    "classification unclassified internal confidential restricted public draft january february march april may june",
    "july august september october november december war peace north south east west africa europe asia middle sahel",
    "ukraine russia china",
)
_LINE_LENGTH = 160
_REST_WORDS = 8
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the lines near the title say; None where they do not."""

    title: str | None
    byline: str | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line above the text: its own words, and what it can be read as."""

    words: str
    marked: bool
    byline: str | None
    labelled: bool
    day: date | None
    dated: bool


def read_masthead(lines: Sequence[tuple[str, int | None]]) -> Masthead:
    """Title, byline and date of publication from the lines above the text, each with its #-level.

    What the lines do not settle is None: "04/02/2025" is no date, and a line without a label is a byline
    only where it looks like a name.
    """
    read = [_read_line(words.strip("*_ "), level) for line, level in lines for words in _parted(line)]
    title = _title_line(read)
    others = [line for line in read if line is not title]
    return Masthead(
        title=_bare_title(title.words) if title else None,
        byline=_byline(others),
        published_on=next((line.day for line in (*others, *([title] if title else [])) if line.day), None),
    )


def _parted(line: str) -> Sequence[str]:
    """The line, or its parts where a title shares it with date or byline."""
    dates = list(written_dates(line)) if len(line) <= _LINE_LENGTH else []
    if dates and dates[0].start == 0 and (after := re.match(r":\s+", line[dates[0].end :])):
        return line[: dates[0].end], line[dates[0].end + after.end() :]
    parts = [part for part in _BAR.split(line) if part.strip("*_ ")]
    is_title = [
        len(part.split()) >= _TITLE_WORDS and not is_masthead_line(part) and not _is_name(part) for part in parts
    ]
    return parts if len(parts) > 1 and any(is_title) and not all(is_title) else (line,)


def _bare_title(words: str) -> str:
    labelled = _TITLE_LABEL.match(words)
    if labelled is None:
        return words
    bare = words[labelled.end() :].strip("*_ ")
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare


def is_masthead_line(words: str) -> bool:
    """Whether a line can only be a byline or a date line, wherever it stands near the title."""
    line = _read_line(words.strip("*_ "), None)
    return len(words) <= _LINE_LENGTH and (line.labelled or line.dated)


def is_labelled(words: str) -> bool:
    """Whether a line says itself that it names title, author or date."""
    bare = words.strip("*_ ")
    return bool(_TITLE_LABEL.match(bare) or _BYLINE_LABEL.match(bare) or _DATE_LABEL.match(bare))


def reads_as_name(words: str) -> bool:
    """Whether a line could be somebody's name."""
    return _is_name(words.strip("*_ ,"))


def _read_line(words: str, level: int | None) -> _Line:
    dates = list(written_dates(words)) if len(words) <= _LINE_LENGTH else []
    rest = _without_dates(words, dates)
    dated = bool(dates) and len(rest.split()) <= _REST_WORDS and not words.endswith((".", "?", "!"))
    label = _label_in(rest)
    name = label or _name_in(rest)
    day = next((each.day for each in dates if _is_publication(words, each)), None) if dated else None
    return _Line(words, level is not None or bool(_TITLE_LABEL.match(words)), name, label is not None, day, dated)


def _is_publication(words: str, found: WrittenDate) -> bool:
    before = words[: found.start]
    return found.day is not None and not _OTHER_DATE.search(before) and not _RANGE_BEFORE.search(before)


def _without_dates(words: str, dates: Sequence[WrittenDate]) -> str:
    pieces, at = [], 0
    for each in dates:
        pieces.append(words[at : each.start])
        at = each.end
    return _DATE_WORDS.sub(" | ", " | ".join([*pieces, words[at:]]) if dates else words)


def _label_in(rest: str) -> str | None:
    for piece in _SEPARATOR.split(rest):
        if match := _BYLINE_LABEL.match(piece.strip(" ,()*_")):
            return piece.strip(" ,()*_")[match.end() :].strip(" ,:*_") or None
    return None


def _name_in(rest: str) -> str | None:
    for piece in _SEPARATOR.split(rest):
        if _is_name(piece.strip(" ,()*_")):
            return piece.strip(" ,()*_")
    return None


def _is_name(words: str) -> bool:
    """Two to four capitalised words that are none of a title's, or several such names, with or without a role."""
    first, _, role = words.partition(",")
    if role and _ROLE.fullmatch(role.strip()):
        return _is_one_name(first.split())
    names = re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", words)
    return all(_is_one_name(name.split()) for name in names)


def _is_one_name(words: list[str]) -> bool:
    return (
        2 <= len([word for word in words if word not in _PARTICLES]) <= 4
        and all(re.fullmatch(r"[^\W\d_][\w.'’-]*", word) for word in words)
        and all(word[0].isupper() or word in _PARTICLES for word in words)
        and not any(word.lower() in _NOT_NAMES for word in words)
        and words[0][0].isupper()
        and not any(word.isupper() and len(word) > 3 for word in words)
    )


def _title_line(lines: Sequence[_Line]) -> _Line | None:
    free = [line for line in lines if not line.labelled and not line.dated]
    free = [line for line in free if not names_series(line.words)] or free
    dated = [line for line in lines if line.dated and not line.labelled]
    return next((line for line in (*(line for line in free if line.marked), *free, *dated)), None)


def names_series(words: str) -> bool:
    """Whether a line names a series, in capitals, numbered, or by how often it comes ("RISK MONITOR | Issue 27")."""
    set_off = words.upper() == words or bool(re.search(r"\d|\b(?:dai|week|month|quarter)ly\b", words, re.IGNORECASE))
    return set_off and bool(_SERIES.fullmatch(words))


def _byline(lines: Sequence[_Line]) -> str | None:
    ranked = sorted((line for line in lines if line.byline), key=lambda line: (not line.labelled, not line.dated))
    return ranked[0].byline if ranked else None
