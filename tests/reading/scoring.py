"""How well a reading agrees with the gold: finds paired by place, fields compared pair by pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.reading.gold import Gold, Item

Fields = dict[str, Any]
FORECAST_FIELDS = (
    "section term term_text negated probability low high horizon horizon_text opens_on closes_on conditional "
    "scenario_group duplicate_of flags event shape"
).split()
CLAIM_FIELDS = (
    "measure subject unit value_low value_high value_point approximate qualifier as_written aggregation as_of speaker "
    "stance flags"
).split()
PART_FIELDS = "title byline published_on language summary credits".split()
# What the aims are set for: all of these fields right at once.
TOGETHER = {
    "forecasts": {
        "term, negation, probability": ("term", "negated", "probability"),
        "horizon and dates": ("horizon", "opens_on", "closes_on"),
    },
    "claims": {
        "values and qualifier": ("value_low", "value_high", "value_point", "approximate", "qualifier"),
        "measure": ("measure",),
        "speaker": ("speaker",),
    },
    "parts": {"title, byline, date": ("title", "byline", "published_on")},
}


@dataclass
class Tally:
    """What was found, missed and made up, and how often each field of the found was right."""

    matched: int = 0
    missed: int = 0
    spurious: int = 0
    right: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return _share(self.matched, self.matched + self.spurious)

    @property
    def recall(self) -> float:
        return _share(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.matched, 2 * self.matched + self.missed + self.spurious)

    def accuracy(self, name: str) -> float:
        """The share of the found items in which a field, or a group of fields, is right."""
        return _share(self.right[name], self.matched)


@dataclass(frozen=True)
class Miss:
    """One disagreement: `weight` orders them, a find missed or made up before a field that is wrong."""

    weight: int
    briefing: str
    what: str
    quote: str


@dataclass
class Score:
    """The tallies of one half of the corpus, and all that went wrong in it."""

    forecasts: Tally = field(default_factory=Tally)
    claims: Tally = field(default_factory=Tally)
    parts: Tally = field(default_factory=Tally)
    misses: list[Miss] = field(default_factory=list)

    def worst(self, number: int) -> list[Miss]:
        """The gravest misses, from as many briefings as possible."""
        seen: Counter[str] = Counter()
        ranked = []
        for miss in sorted(self.misses, key=lambda each: -each.weight):
            ranked.append((seen[miss.briefing], -miss.weight, miss))
            seen[miss.briefing] += 1
        return [miss for _, _, miss in sorted(ranked, key=lambda each: each[:2])[:number]]


def score(readings: Iterable[tuple[Gold, Fields]]) -> Score:
    """Compare each briefing with its reading, which is the object that `manage.py read` prints (and `event`, `shape`)."""
    total = Score()
    for gold, reading in readings:
        _add(total, total.parts, gold, "parts", [(Item(0, 0, gold.parts), reading)], PART_FIELDS)
        for kind, names, overlap in (
            ("forecasts", FORECAST_FIELDS, _shared_words),
            ("claims", CLAIM_FIELDS, _shared_number),
        ):
            tally: Tally = getattr(total, kind)
            wanted, found = getattr(gold, kind), reading[kind]
            pairs = _pairs(wanted, found, overlap)
            _note_unpaired(total, tally, gold.name, kind, wanted, found, pairs)
            _add(total, tally, gold, kind, [(wanted[a], found[b]) for a, b in pairs], names, pairs)
    return total


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


# --- Pairing --------------------------------------------------------------------------------------------------------


def _pairs(
    wanted: Sequence[Item], found: Sequence[Fields], overlap: Callable[[Item, Fields], float]
) -> list[tuple[int, int]]:
    """Which of the gold is which of the found, the closest first, each at most once."""
    likeness = [
        (overlap(item, each), a, b)
        for a, item in enumerate(wanted)
        for b, each in enumerate(found)
        if item.start < each["end"] and each["start"] < item.end
    ]
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    pairs = []
    for alike, a, b in sorted(likeness, key=lambda each: (-each[0], each[1:])):
        if alike > 0 and a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            pairs.append((a, b))
    return sorted(pairs)


def _shared_words(item: Item, found: Fields) -> float:
    """The part of both spans that they share; less than half is another sentence."""
    shared = min(item.end, found["end"]) - max(item.start, found["start"])
    part = shared / (max(item.end, found["end"]) - min(item.start, found["start"]))
    return part if part >= 0.5 else 0.0


def _shared_number(item: Item, found: Fields) -> float:
    """How far the two figures are the same characters of the text, whatever the clause around them."""
    start, end = _number_at(item.start, item.fields)
    other_start, other_end = _number_at(found["start"], found)
    shared = min(end, other_end) - max(start, other_start)
    return max(shared, 0) / max(end, other_end, 1)


def _number_at(start: int, fields: Fields) -> tuple[int, int]:
    first = start + max(fields["quote"].find(fields["as_written"]), 0)
    return first, first + len(fields["as_written"])


# --- Comparing ------------------------------------------------------------------------------------------------------


def _note_unpaired(
    total: Score,
    tally: Tally,
    name: str,
    kind: str,
    wanted: Sequence[Item],
    found: Sequence[Fields],
    pairs: Sequence[tuple[int, int]],
) -> None:
    missed = [item.fields for a, item in enumerate(wanted) if a not in {pair[0] for pair in pairs}]
    spurious = [each for b, each in enumerate(found) if b not in {pair[1] for pair in pairs}]
    tally.missed += len(missed)
    tally.spurious += len(spurious)
    total.misses += [Miss(10, name, f"{kind}: not found", each["quote"]) for each in missed]
    total.misses += [Miss(9, name, f"{kind}: found by {each['rule']}, is none", each["quote"]) for each in spurious]


def _add(
    total: Score,
    tally: Tally,
    gold: Gold,
    kind: str,
    items: Sequence[tuple[Item, Fields]],
    names: Sequence[str],
    pairs: Sequence[tuple[int, int]] = (),
) -> None:
    gold_index = {b: a for a, b in pairs}
    for item, found in items:
        right = {name for name in names if _is_right(name, item.fields[name], found[name], gold_index)}
        together = {name for name, members in TOGETHER[kind].items() if right.issuperset(members)}
        tally.matched += 1
        tally.right.update(right | together)
        total.misses += list(_wrong_fields(gold.name, kind, item.fields, found, [n for n in names if n not in right]))


def _wrong_fields(name: str, kind: str, wanted: Fields, found: Fields, wrong: Sequence[str]) -> Iterator[Miss]:
    core = {each for members in TOGETHER[kind].values() for each in members}
    for each in wrong:
        what = f"{kind}: {each} is {wanted[each]!r}, read as {found[each]!r}"
        yield Miss(5 if each in core else 1, name, what, wanted.get("quote", ""))


def _is_right(name: str, wanted: Any, found: Any, gold_index: dict[int, int]) -> bool:
    if name == "duplicate_of":
        return wanted == (None if found is None else gold_index.get(found, -1))
    if name == "flags":
        return sorted(wanted) == sorted(found)
    if name in ("low", "high", "probability"):
        return (wanted is None) == (found is None) and (wanted is None or abs(wanted - found) < 1e-9)
    if name == "event":
        return _alike(wanted or "", found or "")
    if name in ("speaker", "subject", "qualifier", "conditional"):
        return _bare(wanted) == _bare(found)
    return _folded(wanted) == _folded(found)


def _folded(value: Any) -> Any:
    """Words on one line, in lists too."""
    if isinstance(value, list):
        return [_folded(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _alike(wanted: str, found: str) -> bool:
    """Two wordings of one event share most of their words, whatever their form ("is reopened", "reopens")."""
    stems, others = ({word[:5] for word in words.lower().split()} for words in (wanted, found))
    return len(stems & others) >= 0.6 * len(stems | others)


def _bare(value: str | None) -> str | None:
    """Words without case, leading article and closing mark."""
    return None if value is None else " ".join(value.split()).rstrip(" .,").lower().removeprefix("the ")
