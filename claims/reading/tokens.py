"""Words, numbers and marks of a sentence, with their places in the text."""

import re
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

Kind = Literal["word", "number", "mixed", "mark"]

_GROUPED = r"\d{1,3}(?:[,'’\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:\.\d+)?"
_PATTERN = re.compile(
    rf"""
      (?P<mixed> \d+[:/]\d[\d:/]* (?:[^\W\d_]+)? | (?:{_GROUPED}|\d+(?:\.\d+)?) (?:[^\W\d_]+ | (?:[-‑][^\W\d_]\w*)+)
                 (?:[-‑]\w+)* | \d+(?:\.\d+){{2,}} )
    | (?P<number> {_GROUPED} | \d+(?:\.\d+)? )
    | (?P<word> (?:[^\W\d_]\.){{2,}} | [^\W\d_] (?: \w | ['’&‑-](?=\w) )* )
    | (?P<mark> [^\w\s] | _ )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One word, number or mark; `start` and `end` are places in the whole text, end exclusive."""

    text: str
    lower: str
    start: int
    end: int
    kind: Kind

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


Tokens = Sequence[Token]


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in order.

    "14,000", "14 000" and "3.5" are numbers; "30-year", "4k" and "10:30" are mixed; "KN-23" and "U.S." are words.
    """
    lowered = text[start:end].lower().replace("’", "'")  # all at once, for every sentence has dozens of tokens
    if len(lowered) != end - start:  # "İ" becomes two letters
        lowered = "".join(letter.lower()[0] for letter in text[start:end]).replace("’", "'")
    tokens = []
    for match in _PATTERN.finditer(text, start, end):
        first, last = match.span()
        written = text[first:last]
        lower = _NAMES.get(written) or lowered[first - start : last - start]
        tokens.append(Token(written, lower, first, last, match.lastgroup))  # type: ignore[arg-type]  # one of the kinds
    return tokens


# Names that would read as pronouns and verbs without their capitals.
_NAMES = {"US": "u.s.", "WHO": "w.h.o.", "IS": "i.s."}


def lower_at(tokens: Tokens, at: int) -> str:
    """The lower-cased token there, or an empty string outside the sentence."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def phrase_at(tokens: Tokens, at: int, phrase: Sequence[str]) -> bool:
    """Whether the words of `phrase` stand at that place."""
    if at < 0 or at + len(phrase) > len(tokens):
        return False
    for offset, word in enumerate(phrase):  # noqa: SIM110 - a generator costs twice the time, for every token
        if tokens[at + offset].lower != word:
            return False
    return True


def longest_phrase_at(tokens: Tokens, at: int, phrases: dict[str, list[tuple[str, ...]]]) -> tuple[str, ...]:
    """The longest phrase that begins there, or (); `phrases` is an index by first word, longest first."""
    for phrase in phrases.get(lower_at(tokens, at), ()):
        if len(phrase) == 1 or phrase_at(tokens, at, phrase):
            return phrase
    return ()


def index_phrases(phrases: Collection[str]) -> dict[str, list[tuple[str, ...]]]:
    """An index by first word for `longest_phrase_at`."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True):
        index.setdefault(phrase[0], []).append(phrase)
    return index
