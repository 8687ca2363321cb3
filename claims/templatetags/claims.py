"""Template filters for the figure of a claim."""

from __future__ import annotations

from django import template

from claims import comparing
from claims.models import Claim

register = template.Library()


@register.filter
def figure(claim: Claim) -> str:
    """“up to 4,000”, “about 1,200”; "" for a statement."""
    return comparing.figure_text(claim)


@register.filter
def figure_kind(claim: Claim) -> str:
    """“an upper bound”, “an estimate”."""
    return comparing.kind_words(claim)
