"""From what the reader found to a claim: accepted, edited or dismissed by an analyst."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from claims.models import Claim, ClaimSuggestion
from claims.reading.finding import FoundClaim, read_selected
from claims.services.recording import Counted, Figure, NewClaim, record_claim, retract_claim
from sources.choices import Decision
from sources.errors import RestsOnIt
from sources.models import Article
from sources.reading.document_parts import Span
from sources.reading.json_form import json_fields
from sources.reading.spans import Covered
from sources.services import people
from sources.services.deciding import add_find, decide, decided, reopen, undecided

_ARTICLE: Final = re.compile(r"^the\s+", re.IGNORECASE)
_ABBREVIATION: Final = re.compile(r"\s+\([A-Z.]{2,10}\)$")


def keep_finds(article: Article, found: Iterable[tuple[FoundClaim, dict[str, Any]]], *, version: str) -> int:
    """Store as suggestions the figures that no suggestion has yet; what is there stays. Returns how many are new.

    `found` pairs each find with its JSON form, the keys of READING.md.
    """
    known = ClaimSuggestion.objects.filter(article=article).values_list("start", "quote", "found__as_written")
    covered = Covered(_figure_span(*each) for each in known)
    rows = [
        ClaimSuggestion(
            article=article,
            start=find.start,
            end=find.end,
            quote=find.quote,
            rule=find.rule,
            reader_version=version,
            found=as_dict,
        )
        for find, as_dict in found
        if not covered.touches(*_figure_span(find.start, find.quote, find.as_written))
    ]
    return len(ClaimSuggestion.objects.bulk_create(rows))


def _figure_span(start: int, quote: str, as_written: str | None) -> tuple[int, int]:
    """Where the figure of a claim stands; clauses may overlap, figures do not."""
    at = start + max(quote.find(as_written or ""), 0)
    return at, at + len(as_written or quote)


def proposal(suggestion: ClaimSuggestion) -> dict[str, Any]:
    """The fields of a claim as the reader would fill them: initial data of the form that confirms it."""
    found = suggestion.found
    return {
        "quote": suggestion.quote,
        "measure": found["measure"],
        "subject": found["subject"] or "",
        "place": "",
        "unit": found["unit"] or "people",
        "aggregation": found["aggregation"] or "",
        "value_low": found["value_low"],
        "value_high": found["value_high"],
        "value_point": found["value_point"],
        "approximate": found["approximate"],
        "qualifier": found["qualifier"] or "",
        "as_written": found["as_written"] or "",
        "as_of": found["as_of"],
        "speaker": speaker_name(found["speaker"] or ""),
        "stance": found["stance"],
        "verb": found["verb"] or "",
    }


def speaker_name(as_written: str) -> str:
    """A speaker's name for the records: without its article and its abbreviation ("the United Nations (UN)")."""
    return _ABBREVIATION.sub("", _ARTICLE.sub("", as_written.strip())) or as_written


@transaction.atomic
def accept_claim(suggestion: ClaimSuggestion, *, values: dict[str, Any], by: User, at: datetime) -> Claim:
    """Make a claim of a find. `values` has the keys of `proposal`; where they differ, the find counts as edited.

    Raises AlreadyDecided or ClaimRefused.
    """
    suggestion = undecided(suggestion)
    speaker = people.named(values["speaker"], by=by) if values["speaker"].strip() else None
    claim = record_claim(
        NewClaim(
            article=suggestion.article,
            quote=suggestion.quote,
            start=suggestion.start,
            end=suggestion.end,
            speaker=speaker,
            counted=Counted(
                measure=values["measure"],
                subject=values["subject"],
                place=values["place"],
                unit=values["unit"],
                aggregation=values["aggregation"],
            ),
            figure=Figure(
                value_low=_decimal(values["value_low"]),
                value_high=_decimal(values["value_high"]),
                value_point=_decimal(values["value_point"]),
                approximate=values["approximate"],
                qualifier=values["qualifier"],
                as_written=values["as_written"],
                as_of=values["as_of"] or None,
                said_on=values.get("said_on") or suggestion.article.published_on,
                stance=values["stance"],
                verb=values["verb"],
                basis=values.get("basis", Figure.basis),
                credibility=values.get("credibility", Figure.credibility),
            ),
        ),
        by=by,
    )
    as_found = all(_same(values[name], proposed) for name, proposed in proposal(suggestion).items())
    decide(suggestion, Decision.ACCEPTED if as_found else Decision.EDITED, claim=claim, by=by, at=at)
    return claim


@transaction.atomic
def fold_claim(suggestion: ClaimSuggestion, *, into: Claim, by: User, at: datetime) -> None:
    """Note that this find is the same claim standing in another text. Raises AlreadyDecided."""
    decide(undecided(suggestion), Decision.FOLDED, claim=into, by=by, at=at)


@transaction.atomic
def add_by_hand(article: Article, selected: Span, *, version: str) -> ClaimSuggestion:
    """A find at a place that somebody selected, for the confirming of it like any other. Raises AlreadyFound."""
    found = read_selected(article.text, selected)
    return add_find(
        ClaimSuggestion,
        article=article,
        start=found.start,
        end=found.end,
        quote=found.quote,
        rule=found.rule,
        reader_version=version,
        found=json_fields(found),
    )


@transaction.atomic
def undo_claim(suggestion: ClaimSuggestion, *, by: User, at: datetime) -> None:
    """Let a find wait for its decision again; a claim that it had become is retracted.

    Raises NothingToUndo, or RestsOnIt where the claim was published or other claims point at it.
    """
    suggestion = decided(suggestion)
    claim = suggestion.claim
    if claim is not None and suggestion.decision in (Decision.ACCEPTED, Decision.EDITED):
        claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if claim.released_at is not None:
            raise RestsOnIt(_("%s was published, so it stays on the record.") % claim.reference)
        answers = Claim.objects.filter(Q(responds_to=claim) | Q(replaces=claim) | Q(part_of=claim), retracted_at=None)
        if answers.exists() or claim.suggestions.exclude(pk=suggestion.pk).exists():
            raise RestsOnIt(_("Other claims or finds point at %s. Undo those first.") % claim.reference)
        if claim.retracted_at is None:
            retract_claim(claim, by=by, why=_("its confirming was undone"), at=at)
    reopen(suggestion, claim=None)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _same(value: Any, proposed: Any) -> bool:
    if isinstance(value, Decimal) and proposed is not None:
        return value == _decimal(proposed)
    return value == proposed or str(value) == str(proposed)
