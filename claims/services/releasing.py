"""Letting claims be seen outside, because an edition carries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from claims.models import Claim
from sources.services import people


@transaction.atomic
def release_claims(claims: Sequence[Claim], *, at: datetime) -> None:
    """Make these claims public, and with them that their speakers exist; what was public already stays as it is."""
    keys = [claim.pk for claim in claims]
    Claim.objects.filter(pk__in=keys, released_at__isnull=True).update(released_at=at)
    people.release([source for claim in claims for source in (claim.speaker, claim.relayed_by)], at=at)
