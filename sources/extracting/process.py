"""The process that takes one document apart: bytes on standard input, JSON on standard output, and then it ends.

`python -m sources.extracting.process word|pdf`. It knows nothing of Django, the database or the settings, and holds
itself to limits of time and memory, so that a hostile document can end this process and no other.
"""

from __future__ import annotations

import json
import sys
from typing import Final

from sources.confining import confine
from sources.extracting.refusals import OtherKind, Unreadable

SECONDS: Final = 15
MEMORY: Final = 1_000_000_000  # bytes of address space
WORD, PDF = "word", "pdf"


def main() -> None:
    """Answer with the keys title and text, or with why (see `refusals.Why`) or kind."""
    confine(seconds=SECONDS, memory=MEMORY)
    answer = answer_to(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode())


def answer_to(kind: str, data: bytes) -> dict[str, str | None]:
    """What is said of a document of that kind; whatever goes wrong with it is said too."""
    try:
        title, text = _read(kind, data)
    except Unreadable as refusal:
        return {"why": refusal.why}
    except OtherKind as other:
        return {"kind": other.kind}
    except (MemoryError, RecursionError):
        return {"why": "too_demanding"}
    except Exception:  # noqa: BLE001 - no list of what the libraries raise for broken files would be complete
        return {"why": "broken"}
    return {"title": title, "text": text}


def _read(kind: str, data: bytes) -> tuple[str | None, str]:
    if kind == WORD:
        from sources.extracting.word import read_word  # noqa: PLC0415 - each kind loads its own library

        return read_word(data)
    from sources.extracting.pdf.reading import read_pdf  # noqa: PLC0415

    return read_pdf(data)


if __name__ == "__main__":
    main()
