"""From what the reader found to a claim: accepted, edited or dismissed by an analyst."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from claims.models import Claim, ClaimSuggestion
from claims.reading.finding import FoundClaim
from claims.services.recording import Counted, Figure, NewClaim, record_claim
from sources.choices import Decision
from sources.models import Article
from sources.services import people
from sources.services.deciding import decide, undecided

_ARTICLE: Final = re.compile(r"^the\s+", re.IGNORECASE)
_ABBREVIATION: Final = re.compile(r"\s+\([A-Z.]{2,10}\)$")


def keep_finds(article: Article, found: Iterable[tuple[FoundClaim, dict[str, Any]]], *, version: str) -> int:
    """Store as suggestions what is not there yet; what was decided stays. Returns how many are new.

    `found` pairs each find with its JSON form, the keys of READING.md.
    """
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
    ]
    before = ClaimSuggestion.objects.filter(article=article).count()
    ClaimSuggestion.objects.bulk_create(rows, ignore_conflicts=True)
    return ClaimSuggestion.objects.filter(article=article).count() - before


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


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _same(value: Any, proposed: Any) -> bool:
    if isinstance(value, Decimal) and proposed is not None:
        return value == _decimal(proposed)
    return value == proposed or str(value) == str(proposed)
