"""Template tags for the numbers of a track record."""

from __future__ import annotations

from django import template

from groundwork.marks import probability_text, score_text

register = template.Library()


@register.simple_tag
def score(value: float | None) -> str:
    """A score to three decimals, a dash for None."""
    return "–" if value is None else score_text(value)


@register.simple_tag
def share(value: float | None) -> str:
    """A share in per cent to one decimal, a dash for None."""
    return "–" if value is None else probability_text(round(value, 3))
