"""How reading grows with the text's length, and how many briefings one core reads in a second."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

from config.profile import BASE_DIR
from forecasts.reading.document import read
from tests.bench.measuring import Measure, medians

SIZES = (5, 10, 20, 40, 80)  # thousands of bytes
WORDS_OF_A_BRIEFING, BRIEFINGS_A_SECOND = 700, 150
# What a desk writes, and texts that are full of traps and hold two to three times as many finds.
TEXTS = {
    "sample briefings": BASE_DIR / "briefings" / "samples",
    "the corpus": BASE_DIR / "tests" / "reading" / "corpus",
}
PLACES = ("Alma", "Bera", "Calla", "Dorn", "Esk", "Farrow", "Gant", "Holm")
MASTHEAD = "Talks on the strait drag on\n\nBy Dana Example | 4 March 2025\n\nSummary\n- No text was signed.\n\n"
BODY = (
    "The harbour master of {place} said that {number} lorries waited at the gates on {day} March.",
    "According to the ministry, at least {number} people have left {place} since the ferries stopped.",
    "The union denied that {number} of its members had gone back to work in {place}.",
    "A spokesman in {place} put the losses at about {number} million crowns, and called them bearable.",
    "Since then the two sides have met in {place} every week, without a word to the press.",
    "Observers counted {number} vessels off {place}, of which between {day} and {number} carried grain.",
    "Rule 12 of the port of {place} has been in force since 2019 and allows berth 4B for no longer than six hours.",
    "In the town of {place} itself the shops are open, and nobody speaks of leaving.",
)
FORECASTS = (
    "It is likely that the ferries to {place} will sail again, with at least {number} crossings a week.",
    "The parliament in {place} is unlikely to pass the bill on its {day} clauses.",
    "There is a realistic possibility that {number} more lorries will be let through at {place}.",
    "Highly likely to remain closed: berth {day} in {place}.",
)
HORIZONS = "\nForecast\n\nShort-term (Now - 3 months)\n"


def measure(*, rounds: int) -> Iterator[Measure]:
    """Milliseconds for a thousand bytes at each length, beside those at the shortest: where they do not grow, reading is
    linear. Then how many real texts are read in a second."""
    texts = [make_text(size * 1000) for size in SIZES]
    times = medians(*(partial(read, text) for text in texts), rounds=rounds)
    each = [time / (len(text.encode()) / 1000) for time, text in zip(times, texts, strict=True)]
    shortest = f"each of {SIZES[0]} kB"
    for size, time in zip(SIZES, each, strict=True):
        yield Measure("reading", f"{size} kB, each", "ms", time, shortest, each[0])
    for kind, folder in TEXTS.items():
        read_a_second = _words_a_second(folder, rounds=rounds) / WORDS_OF_A_BRIEFING
        name = f"{kind}, {WORDS_OF_A_BRIEFING} words each"
        yield Measure("reading", name, "a second", read_a_second, "aim", BRIEFINGS_A_SECOND)


def _words_a_second(folder: Path, *, rounds: int) -> float:
    """How many words of the texts below a folder are read in a second, one text after the other."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".md")]
    [time] = medians(lambda: [read(text) for text in texts], rounds=rounds)
    return sum(len(text.split()) for text in texts) / time * 1000


def make_text(size: int) -> str:
    """A briefing of about so many bytes, a quarter of which are forecasts; no two of its sentences are alike."""
    body = _sentences(BODY, size * 3 // 4 - len(MASTHEAD))
    paragraphs = [" ".join(body[start : start + 5]) for start in range(0, len(body), 5)]
    bullets = [f"- {sentence}\n" for sentence in _sentences(FORECASTS, size // 4 - len(HORIZONS))]
    return MASTHEAD + "\n\n".join(paragraphs) + "\n" + HORIZONS + "".join(bullets)


def _sentences(patterns: tuple[str, ...], size: int) -> list[str]:
    made: list[str] = []
    for number, pattern in enumerate(cycle(patterns)):
        place = PLACES[number // len(patterns) % len(PLACES)]
        made.append(pattern.format(place=place, number=f"{1000 + number * 7:,}", day=2 + number % 27))
        size -= len(made[-1]) + 2
        if size <= 0:
            return made
    raise AssertionError("a cycle has no end")
