"""A row of a file as a judgement on a forecast, or everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from forecasts.choices import Outcome, Shape
from forecasts.importing import values
from forecasts.importing.columns import NEEDED
from forecasts.importing.values import CellRefused
from forecasts.reading.chances import find_chance
from forecasts.reading.proposing import propose_shape
from forecasts.reading.suggesting import word_uses
from forecasts.reading.terms import TermUse, term_uses, vocabulary_of, without_not
from forecasts.yardsticks.band import Band, Yardstick
from forecasts.yardsticks.scales import DEFAULT, get
from sources.importing.tables import RawRow

T = TypeVar("T")
LONGEST_SENTENCE: Final = 5_000
LONGEST_TERM: Final = 120
# What a file says of a forecast rather than of one judgement; rows that share an external_id have to agree on it.
OF_THE_FORECAST: Final = ("event", "shape", "opens_on", "closes_on")
# What each shape allows before the window has ended, as in services.grading.
_EARLY: Final = {
    Shape.HAPPENS_BY: Outcome.OCCURRED,
    Shape.HOLDS_THROUGHOUT: Outcome.DID_NOT_OCCUR,
    Shape.TRUE_ON: None,
}
_KNOWN_AT_THE_END: Final = frozenset({Outcome.OCCURRED, Outcome.DID_NOT_OCCUR, Outcome.PARTLY})


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a row out: its line, the column to blame ("": the whole row), what stands there, and the reason."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(slots=True, kw_only=True)
class ImportedJudgement:
    """A row that is right. `told` holds what the file itself says of the forecast, as text, without what is derived."""

    line: int
    statement: str
    made_on: date
    external_id: str = ""
    event: str = ""
    shape: str = Shape.HAPPENS_BY
    opens_on: date | None = None
    closes_on: date | None = None
    author: str = ""
    yardstick: str = ""
    term: str = ""
    term_text: str = ""
    negated: bool = False
    probability: float | None = None
    confidence: str = ""
    rationale: str = ""
    outcome: str = ""
    known_on: date | None = None
    evidence_url: str = ""
    topics: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    @property
    def has_chance(self) -> bool:
        return bool(self.term) or self.probability is not None

    @property
    def words(self) -> str:
        return self.term_text

    @property
    def is_quantified(self) -> bool:
        return self.has_chance

    @property
    def band(self) -> Band:
        """The range that its term promises, mirrored where it is negated; without a term none."""
        if not self.term:
            return Band(None, None)
        band = get(self.yardstick).term(self.term).band
        return band.mirrored() if self.negated else band

    @property
    def shape_label(self) -> str:
        return str(Shape(self.shape).label)

    @property
    def key(self) -> str:
        """What tells its forecast apart within the file's source: its external_id, else a digest of what it says."""
        if self.external_id:
            return self.external_id
        parts = (self.statement, self.event, self.shape, self.opens_on, self.closes_on, self.made_on, self.author)
        digest = hashlib.sha256("\x1f".join("" if each is None else str(each) for each in parts).encode())
        return f"sha256:{digest.hexdigest()}"


def read_row(raw: RawRow, *, on: date) -> ImportedJudgement | list[Problem]:
    """The judgement in a row, or its problems; `on` is the last day that counts as past."""
    return _Row(raw, on).read()


class _Row:
    """A row while it is read; problems add up, so that one look at the file finds all of them."""

    def __init__(self, raw: RawRow, on: date) -> None:
        self.raw = raw
        self.on = on
        self.problems: list[Problem] = []
        for column, reason in raw.faults:
            self.blame(column, reason)

    def blame(self, column: str, reason: str) -> None:
        self.problems.append(Problem(self.raw.line, column, self.raw.cells.get(column, "")[:200], reason))

    def is_blamed(self, *columns: str) -> bool:
        return any(problem.column in columns for problem in self.problems)

    def get(self, column: str, read: Callable[[str], T], default: T) -> T:
        """What a cell says; the default where it is empty or wrong."""
        text = self.raw.cells.get(column)
        if text is None or (self.problems and self.is_blamed(column)):
            return default
        try:
            return read(text)
        except CellRefused as refused:
            self.blame(column, refused.reason)
            return default

    def read(self) -> ImportedJudgement | list[Problem]:
        if any(not column for column, _reason in self.raw.faults):
            return self.problems  # its cells may stand under the wrong headings
        for column in NEEDED:
            if column not in self.raw.cells and not self.is_blamed(column):
                self.blame(column, _("It is empty, and every row needs it."))
        found = ImportedJudgement(
            line=self.raw.line,
            statement=self.get("statement", _sentence, ""),
            made_on=self.get("made_on", values.day, values.EARLIEST),
            external_id=self.get("external_id", values.external_id, ""),
            event=self.get("event", _sentence, ""),
            opens_on=self.get("opens_on", values.day, None),
            closes_on=self.get("closes_on", values.day, None),
            author=self.get("author", values.author, ""),
            probability=self.get("probability", values.probability, None),
            confidence=self.get("confidence", values.confidence, ""),
            rationale=self.get("rationale", str, ""),
            outcome=self.get("outcome", values.outcome, ""),
            known_on=self.get("known_on", values.day, None),
            evidence_url=self.get("evidence_url", values.address, ""),
            topics=self.get("topics", values.topics, []),
            countries=self.get("countries", values.countries, []),
        )
        shape = self.get("shape", values.shape, "")
        found.told = _told(found, shape)
        self._complete(found, shape)
        return self.problems or found

    def _complete(self, found: ImportedJudgement, shape: str) -> None:
        self._take_chance(found)
        self._take_event(found)
        found.shape = shape or propose_shape(found.event or found.statement, closes_on=found.closes_on)
        self._check_days(found)
        if found.outcome:
            self._check_outcome(found)
        elif found.known_on or found.evidence_url:
            self.blame("known_on" if found.known_on else "evidence_url", _("There is no outcome to go with it."))

    def _take_chance(self, found: ImportedJudgement) -> None:
        scale = self.get("yardstick", values.yardstick, DEFAULT)
        none: tuple[Any, bool] = (None, False)
        term, negated = self.get("term", lambda text: values.term(text, scale), none)
        text = self.raw.cells.get("term", "")
        if term is None and found.probability is None and not self.is_blamed("term", "probability", "yardstick"):
            use = _only_term(found.statement, scale)
            term, negated, text = (use.term, use.negated, use.words) if use else (None, False, "")
        if term is not None:
            found.yardstick, found.term, found.negated = scale.slug, term.slug, negated
            words = " ".join(text.replace("_", " ").split())[:LONGEST_TERM]
            found.term_text = without_not(words) if negated else words

    def _take_event(self, found: ImportedJudgement) -> None:
        if found.event or self.is_blamed("event", "statement"):
            return
        word = likelihood_in(found.statement)
        if not word:
            found.event = found.statement
        elif found.outcome:
            message = _("The statement says how likely it is (“%s”). Write down the event that has this outcome.")
            self.blame("event", message % word)

    def _check_days(self, found: ImportedJudgement) -> None:
        if found.made_on > self.on:
            self.blame("made_on", _("A forecast is not made in the future."))
        opens_on = found.opens_on or found.made_on
        if found.closes_on and found.closes_on < opens_on and not self.is_blamed("closes_on", "opens_on", "made_on"):
            self.blame("closes_on", _("The window closes before it opens (%s).") % opens_on.isoformat())

    def _check_outcome(self, found: ImportedJudgement) -> None:
        if self.is_blamed("known_on", "closes_on", "opens_on", "made_on"):
            return
        if found.known_on is None:
            found.known_on = found.closes_on + timedelta(days=1) if found.closes_on else None
        if found.known_on is None:
            self.blame("known_on", _("Without a closing date, say on which day the outcome became known."))
        elif found.known_on > self.on:
            self.blame("known_on", _("The outcome lies in the future (%s).") % found.known_on.isoformat())
        elif found.known_on < (found.opens_on or found.made_on):
            self.blame("known_on", _("It lies before the window opens; what happened then does not count."))
        elif found.made_on > found.known_on:
            self.blame("made_on", _("The outcome was known by then (%s).") % found.known_on.isoformat())
        elif _is_too_early(found):
            message = _("By its shape (%(shape)s) this outcome can be known only when the window ends, on %(day)s.")
            self.blame("known_on", message % {"shape": found.shape, "day": found.closes_on})


def _is_too_early(found: ImportedJudgement) -> bool:
    """Whether its outcome was said to be known before the shape allows. The closing day itself counts as the end."""
    if found.closes_on is None or found.known_on is None or found.known_on >= found.closes_on:
        return False
    return found.outcome in _KNOWN_AT_THE_END and _EARLY[Shape(found.shape)] != found.outcome


def likelihood_in(statement: str) -> str:
    """The first words that say how likely a statement holds its event to be; "" where there are none."""
    if (use := next(word_uses(statement), None)) is not None:
        return use.words
    chance = find_chance(statement, (), in_forecast=True)
    return statement[chance.start : chance.end].strip() if chance is not None else ""


def _only_term(statement: str, scale: Yardstick) -> TermUse | None:
    """The term of that yardstick in a statement that uses just one word of likelihood."""
    uses = list(term_uses(statement, vocabulary_of(scale)))
    return uses[0] if len(uses) == 1 and uses[0].term is not None else None


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_SENTENCE:
        raise CellRefused(_("It is longer than %d characters.") % LONGEST_SENTENCE)
    return words


def _told(found: ImportedJudgement, shape: str) -> dict[str, str]:
    said = {"event": found.event, "shape": shape, "opens_on": found.opens_on, "closes_on": found.closes_on}
    return {name: str(said[name]) for name in OF_THE_FORECAST if said[name]}
