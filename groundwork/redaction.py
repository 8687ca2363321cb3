"""Redaction: which columns can hold somebody's words, what stands in their place afterwards, and who lets it through.

Each app names its columns in its `content.py`. What finds and replaces them spans all apps and lives in the rightmost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pgtrigger

# The transaction that carries out a redaction sets this to the redaction's key; it ends with the transaction.
VARIABLE: Final = "hindsight.redaction"
_IS_REDACTING: Final = (
    "EXISTS (SELECT FROM groundwork_redaction AS redaction"
    f" WHERE redaction.id = NULLIF(current_setting('{VARIABLE}', true), '')::bigint"
    " AND redaction.state = 'approved' AND redaction.done_at IS NULL)"
)
_UNLESS_REDACTING: Final = (
    f"IF {_IS_REDACTING} THEN RETURN NEW; END IF; RAISE EXCEPTION 'redaction: the words of % stay', TG_TABLE_NAME;"
)
SHORT_MARKER: Final = "Redacted"
_MARKED: Final = re.compile(r"\[?Redacted(?: on \d{4}-\d\d-\d\d(?: for a legal reason\b|\])|\]?$)")
_BLOCK: Final = "█"
_PERIOD: Final = 9

# Parts of a passage: this many words in a row tell it from what everybody says.
TELLING: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")
# What may stand between two words of a passage wherever it is quoted: blanks, Markdown, entities, escapes.
_BETWEEN: Final = r"(?:[\W_]|&#?\w{1,8};|\\[nrtu])+?"
_BETWEEN_IN_POSTGRES: Final = r"([^[:alnum:]]|&#?[[:alnum:]]+;|\\[nrt])+"
# A letter beyond ASCII: one character of a text, or its bytes as `encode(…, 'escape')` writes them.
_LETTER_IN_POSTGRES: Final = r"(.|(\\[0-7][0-7][0-7])+)"


@dataclass(frozen=True, kw_only=True)
class Table:
    """The columns of one table that are text, bytes or JSON.

    `content` can hold somebody's words; of these `aligned` ones keep their length, because places in them are counted.
    `figures` are numbers that go with the words of a record that is redacted whole. `free` holds no words: hashes,
    codes, names of rules. Columns with choices need not be named. `dated` tables have `redacted_at`.
    """

    content: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()
    dated: bool = False

    @property
    def replaced(self) -> tuple[str, ...]:
        """All that a redaction may change."""
        return (*self.content, *self.figures, *(("redacted_at",) if self.dated else ()))


# --- The triggers' way through --------------------------------------------------------------------------------------


def unless_redacting(name: str, condition: pgtrigger.Condition) -> pgtrigger.Trigger:
    """A trigger that refuses an UPDATE under that condition, but for the transaction that carries out a redaction."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=condition,
        func=_UNLESS_REDACTING,
    )


# --- What stands in the place of words ------------------------------------------------------------------------------


def marker(on: date) -> str:
    """What a redacted text says from then on. It is stored, and so the same in every language."""
    return f"Redacted on {on:%Y-%m-%d} for a legal reason."


def fitting(on: date, *, longest: int | None) -> str:
    """The marker, or its first word where there is no room for it."""
    whole = marker(on)
    return whole if longest is None or len(whole) <= longest else SHORT_MARKER


def is_marked(text: str) -> bool:
    """Whether that is what an earlier redaction left."""
    return _MARKED.match(text) is not None


def masked(text: str, *, on: date) -> str:
    """As many characters as `text` and as many lines, so that places counted in it stay where they are."""
    said = (f"[{marker(on)[:-1]}]", f"[{SHORT_MARKER} on {on:%Y-%m-%d}]", f"[{SHORT_MARKER}]", "")
    words = next(each for each in said if len(each) <= len(text))
    blocks = "".join(" " if place % _PERIOD == _PERIOD - 1 else _BLOCK for place in range(len(text)))
    covered = words + blocks[len(words) :]
    return "".join("\n" if was == "\n" else now for was, now in zip(text, covered, strict=True))


# --- Finding words again --------------------------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def is_telling(text: str) -> bool:
    """Whether these words are enough to look for them everywhere: four at least, and none of our own."""
    return not is_marked(text) and len(words_of(text)) >= TELLING


def postgres_pattern(passages: Iterable[str]) -> str:
    """A regular expression of PostgreSQL that finds, in either case, all rows that may hold one of the passages.

    It looks for how each of them begins, and so finds more; `Finder` tells.
    """
    starts = {tuple(words_of(passage)[: TELLING + 1]) for passage in passages}
    return "|".join(sorted(_BETWEEN_IN_POSTGRES.join(map(_in_postgres, words[:TELLING])) for words in starts if words))


def _in_postgres(word: str) -> str:
    return "".join(letter if letter.isascii() else _LETTER_IN_POSTGRES for letter in word)


class Finder:
    """Finds passages however they are spaced, marked up or escaped, and where they were cut short with an ellipsis."""

    def __init__(self, passages: Sequence[str]) -> None:
        patterns = [_pattern(words) for passage in passages if (words := words_of(passage))]
        patterns.sort(key=len, reverse=True)  # the longest passage has the place
        self._pattern = re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)

    def finds(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def replaced(self, text: str, put: Callable[[str], str]) -> str:
        """The text with what `put` gives in the place of each passage."""
        return self._pattern.sub(lambda match: put(match[0]), text)


def _pattern(words: Sequence[str]) -> str:
    escaped = [re.escape(word) for word in words]
    whole = rf"(?<![^\W_]){_BETWEEN.join(escaped)}(?![^\W_])"
    if len(escaped) <= TELLING:
        return whole
    tail = ""
    for word in reversed(escaped[TELLING:]):
        tail = rf"(?:{_BETWEEN}{word}{tail})?"
    cut = rf"(?<![^\W_]){_BETWEEN.join(escaped[:TELLING])}{tail}(?:{_BETWEEN}\w*)?\s?(?:…|\.\.\.)"
    return f"{whole}|{cut}"


# --- Values of any kind ---------------------------------------------------------------------------------------------


def in_strings(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text in it changed, the names of its keys excepted where they stay as they are."""
    match value:
        case str():
            return change(value)
        case list() | tuple():
            return [in_strings(each, change) for each in value]
        case dict():
            return {change(key): in_strings(each, change) for key, each in value.items()}
        case _:
            return value
