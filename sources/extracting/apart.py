"""Documents are taken apart in a process of their own, which is ended where it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

from sources.confining import ENVIRONMENT, ROOT
from sources.errors import UnreadableDocument, UnsupportedType
from sources.extracting.process import SECONDS

# The clock may run on while the machine is busy with something else.
_PATIENCE: Final = SECONDS + 10


def read_apart(kind: str, data: bytes, *, seconds: float = _PATIENCE) -> tuple[str | None, str]:
    """The title and the text of a document of that kind (`process.WORD` or `process.PDF`).

    Raises UnreadableDocument, also where the process took too long or died, and UnsupportedType.
    """
    answer = _answer(kind, data, seconds)
    if "text" in answer:
        return answer["title"], answer["text"]
    if "kind" in answer:
        raise UnsupportedType(answer["kind"])
    raise UnreadableDocument(answer["why"])


def _answer(kind: str, data: bytes, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "sources.extracting.process", kind]
    try:
        done = subprocess.run(  # noqa: S603 - a command of our own; the document is its standard input
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=ENVIRONMENT,
            timeout=seconds,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"why": "too_demanding"}
    return answer
