"""What can be redacted as a record, and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from briefings.errors import RedactionRefused
from groundwork.references import LETTERS, parse

# By the letter of their reference, or by a word and their number: “comment 7”.
_BY_LETTER: Final = {
    "forecast": "forecasts.Forecast",
    "claim": "claims.Claim",
    "series": "claims.Series",
    "article": "sources.Article",
    "source": "sources.Source",
    "grade": "forecasts.Grade",
}
_BY_WORD: Final = {
    "judgement": "forecasts.Judgement",
    "resolution": "forecasts.Resolution",
    "evidence": "forecasts.Evidence",
    "clarification": "forecasts.Clarification",
    "correction": "forecasts.Correction",
    "comment": "forecasts.Comment",
    "import": "forecasts.ImportBatch",
    "edition": "briefings.Edition",
    "briefing": "briefings.Briefing",
    "image": "briefings.Image",
    "topic": "sources.Topic",
    "person": "accounts.User",
}
WORDS: Final = tuple(_BY_WORD)
# The rows whose words go with those of a row of that model, by the lookup that leads from them to it.
_GOES_WITH: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "accounts.User": (("account.EmailAddress", "user"), ("accounts.Invitation", "user")),
    "sources.Source": (("accounts.User", "source"),),
    "sources.Article": (
        ("sources.ArticleBytes", "article"),
        ("sources.Article", "revises"),
        ("claims.Claim", "article"),
        ("claims.ClaimSuggestion", "article"),
        ("forecasts.Forecast", "article"),
        ("forecasts.ForecastSuggestion", "article"),
        ("forecasts.DateCorrection", "article"),
        ("briefings.Edition", "article"),
        ("briefings.Briefing", "article"),
    ),
    "claims.Claim": (("claims.ClaimSuggestion", "claim"),),
    "forecasts.Forecast": (
        ("forecasts.Judgement", "forecast"),
        ("forecasts.Due", "forecast"),
        ("forecasts.Grade", "forecast"),
        ("forecasts.Resolution", "forecast"),
        ("forecasts.Clarification", "forecast"),
        ("forecasts.Correction", "forecast"),
        ("forecasts.Comment", "forecast"),
        ("forecasts.Lineage", "later"),
        ("forecasts.Lineage", "earlier"),
        ("forecasts.ForecastSuggestion", "forecast"),
        ("forecasts.ImportRow", "forecast"),
    ),
    "forecasts.Due": (("forecasts.DueChange", "due"),),
    "forecasts.Grade": (("forecasts.Resolution", "grades"),),
    "forecasts.Evidence": (("forecasts.EvidenceCopy", "evidence"), ("forecasts.EvidenceFetch", "evidence")),
    "forecasts.ImportBatch": (
        ("forecasts.ImportPiece", "batch"),
        ("forecasts.ImportRow", "batch"),
        ("forecasts.ImportProblem", "batch"),
    ),
    "briefings.Edition": (("sources.Article", "editions"), ("briefings.Briefing", "editions")),
    "briefings.Briefing": (("briefings.Edition", "briefing"), ("sources.Article", "briefings")),
}
Rows = dict[str, set[int]]


@dataclass(frozen=True)
class Target:
    """A record by what people call it (`F-12`, `comment 7`)."""

    name: str
    model: str
    pk: int

    @property
    def record(self) -> Model | None:
        """The row itself; None where there is none."""
        found: Model | None = manager_of(self.model).filter(pk=self.pk).first()
        return found


def manager_of(model: str) -> Any:
    """All rows of a model, whatever its own manager leaves out."""
    return apps.get_model(model)._base_manager  # noqa: SLF001 - Django's documented name


def options_of(model: str) -> Any:
    """What Django knows of a model: its table, key and fields."""
    return apps.get_model(model)._meta  # noqa: SLF001 - Django's documented name


def label_of(row: Model | type[Model]) -> str:
    """The name of a row's model: `forecasts.Forecast`."""
    return row._meta.label  # noqa: SLF001 - Django's documented name


def target_of(text: str) -> Target:
    """The record that is meant. Raises RedactionRefused for words that name none."""
    target = _named(" ".join(text.split()))
    if target.record is None:
        raise RedactionRefused(_("There is no such record."), field="target")
    return target


def _named(text: str) -> Target:
    for kind, model in _BY_LETTER.items():
        if text.upper().startswith(f"{LETTERS[kind]}-"):
            try:
                return Target(text.upper(), model, parse(kind, text))
            except ValueError as error:
                raise RedactionRefused(str(error), field="target") from error
    match = re.fullmatch(r"([a-z]+) ([1-9]\d{0,17})", text.lower())
    if match is None or match[1] not in _BY_WORD:
        names = ", ".join(WORDS)
        message = _("Name a record: by its reference (F-1042), or by a word and its number (%s).") % names
        raise RedactionRefused(message, field="target")
    return Target(text.lower(), _BY_WORD[match[1]], int(match[2]))


def with_all_that_goes(target: Target) -> Rows:
    """The rows that are redacted as a whole, by model: the target and what repeats its words by their nature.

    One statement for each kind of thing that goes with another, however many there are.
    """
    rows: Rows = {}
    waiting: list[tuple[str, set[int]]] = [(target.model, {target.pk})]
    while waiting:
        model, found = waiting.pop()
        fresh = found - rows.setdefault(model, set())
        if fresh:
            rows[model] |= fresh
            waiting.extend(_beside(model, fresh))
    return {model: found for model, found in rows.items() if found}


def _beside(model: str, pks: set[int]) -> Iterator[tuple[str, set[int]]]:
    for other, lookup in _GOES_WITH.get(model, ()):
        yield other, set(manager_of(other).filter(**{f"{lookup}__in": pks}).values_list("pk", flat=True))


@dataclass(frozen=True)
class Part:
    """A record that can be redacted by itself, and what it is: whose, and from when."""

    name: str
    about: str


_PARTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "forecasts.Forecast": (
        ("forecasts.Judgement", "forecast"),
        ("forecasts.Clarification", "forecast"),
        ("forecasts.Correction", "forecast"),
        ("forecasts.Comment", "forecast"),
        ("forecasts.Grade", "forecast"),
        ("forecasts.Resolution", "forecast"),
        ("forecasts.Evidence", "grade__forecast"),
        ("forecasts.Evidence", "resolution__forecast"),
    ),
    "sources.Article": (
        ("claims.Claim", "article"),
        ("forecasts.Forecast", "article"),
        ("briefings.Edition", "article"),
    ),
    "briefings.Briefing": (("briefings.Edition", "briefing"),),
}
_MOST_PARTS: Final = 50


def parts_of(target: Target, *, viewer: User) -> list[Part]:
    """What stands under a record and can be redacted by itself, at most fifty of a kind: one statement a kind.

    Of grades and evidence only what that user may see.
    """
    return [part for model, lookup in _PARTS.get(target.model, ()) for part in _parts(target, model, lookup, viewer)]


def _parts(target: Target, model: str, lookup: str, viewer: User) -> Iterator[Part]:
    rows = manager_of(model).filter(**{lookup: target.pk})
    if model in {"forecasts.Grade", "forecasts.Evidence"}:
        rows = rows.filter(pk__in=apps.get_model(model).objects.visible_to(viewer).values("pk"))
    if model == "forecasts.Resolution":
        rows = rows.filter(pk__in=apps.get_model(model).objects.told().values("pk"))
    for row in rows.order_by("pk")[:_MOST_PARTS]:
        yield Part(name_of(row), str(row))


def name_of(row: Model) -> str:
    """What people call a record: `F-12`, `comment 7`."""
    words = {model: word for word, model in _BY_WORD.items()}
    return getattr(row, "reference", None) or f"{words[label_of(row)]} {row.pk}"


def may_look_at(target: Target, *, viewer: User) -> bool:
    """Whether that user may see what it says: of a grade only its grader does before its round is over.

    Nobody does of what was held in a round that goes on since its settling was undone.
    """
    if target.model == "forecasts.Resolution":
        return bool(apps.get_model(target.model).objects.told().filter(pk=target.pk).exists())
    if target.model not in {"forecasts.Grade", "forecasts.Evidence"}:
        return True
    return bool(apps.get_model(target.model).objects.visible_to(viewer).filter(pk=target.pk).exists())
