"""Which words of a record are looked for everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from groundwork.redaction import is_marked, is_telling, words_of
from sources.reading.sentences import split_sentences

_NAMES: Final = frozenset({("sources.Source", "name"), ("accounts.User", "name"), ("claims.Series", "subject")})
# Headings and set phrases, which other records share.
_SHARED: Final = frozenset(
    "horizon_text triage_reason qualifier ended_why retracted_why superseded_why last_error refused_why reason".split()
)
_ADDRESSES: Final = frozenset({"email", "url", "final_url"})


def passages_of(model: str, name: str, value: Any) -> Iterator[str]:
    """The sentences of a text that four or more words tell from others, and names of two words or more."""
    if not isinstance(value, str) or name in _SHARED or is_marked(value):
        return
    if (model, name) in _NAMES or name in _ADDRESSES:
        if len(words_of(value)) > 1:
            yield value
        return
    for line in value.splitlines():
        yield from (line[span.start : span.end] for span in split_sentences(line, 0, len(line)) if _tells(line, span))
    if is_telling(value) and len(value.splitlines()) == 1:
        yield value


def _tells(line: str, span: Any) -> bool:
    return is_telling(line[span.start : span.end])
