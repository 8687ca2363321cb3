"""The corpus: briefings of our own, each beside what a perfect reader of the contract would find in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from sources.reading.normalising import normalise

Half = Literal["tuned", "held_out"]
HALVES: tuple[Half, ...] = ("tuned", "held_out")
CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Item:
    """A forecast or claim of the gold: where it stands in the normalised text, and its fields by the contract's names."""

    start: int
    end: int
    fields: dict[str, Any]


@dataclass(frozen=True)
class Gold:
    """One briefing with its annotations. `published` is the day that the reader is told, None where the text has its own."""

    name: str
    half: Half
    text: str
    yardstick: str
    published: date | None
    parts: dict[str, Any]
    forecasts: tuple[Item, ...]
    claims: tuple[Item, ...]


def load(half: Half) -> list[Gold]:
    """The briefings of one half, by name. Raises ValueError where a quote does not stand in its text."""
    return [_briefing(path, half) for path in sorted((CORPUS / half).glob("*.json"))]


def _briefing(path: Path, half: Half) -> Gold:
    gold = json.loads(path.read_text(encoding="utf-8"))
    (source,) = (each for each in path.parent.glob(f"{path.stem}.*") if each.suffix != ".json")
    text = normalise(source.read_text(encoding="utf-8"))
    return Gold(
        name=path.stem,
        half=half,
        text=text,
        yardstick=gold["yardstick"],
        published=date.fromisoformat(gold["published"]) if gold["published"] else None,
        parts={name: gold[name] for name in ("title", "byline", "published_on", "language", "summary", "credits")},
        forecasts=tuple(_item(text, each) for each in gold["forecasts"]),
        claims=tuple(_item(text, each) for each in gold["claims"]),
    )


def _item(text: str, fields: dict[str, Any]) -> Item:
    start = -1
    for _ in range(fields.get("nth", 1)):
        start = text.index(fields["quote"], start + 1)
    return Item(start, start + len(fields["quote"]), fields)
