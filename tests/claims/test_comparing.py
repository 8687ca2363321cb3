"""Figures of one series beside each other."""

from __future__ import annotations

from datetime import date

import pytest

from claims.comparing import distance, figure_text, kind_words
from claims.models import Claim


@pytest.mark.parametrize(
    ("figure", "text", "kind"),
    [
        ({"high": 4000}, "up to 4,000", "an upper bound"),
        ({"low": 200}, "at least 200", "a lower bound"),
        ({"low": 1000, "high": 2000}, "1,000–2,000", "a range"),
        ({"point": 1200, "approximate": True}, "about 1,200", "an estimate"),
        ({"high": 500, "point": 500, "approximate": True}, "about 500", "an estimate"),
        ({"low": 300, "high": 300, "point": 300}, "300", "an exact figure"),
        ({"low": 0, "high": 0, "point": 0}, "0", "an exact figure"),
        ({"point": "2.5"}, "about 2.5", "an estimate"),
        ({}, "", "a statement without a figure"),
    ],
)
def test_a_figure_is_worded_by_its_kind(claim, figure, text, kind):
    recorded = Claim.objects.get(pk=claim(**figure).pk)
    assert (figure_text(recorded), kind_words(recorded)) == (text, kind)


def sentence(*claims: Claim) -> str | None:
    found = distance(Claim.objects.filter(pk__in=[each.pk for each in claims]))
    return found and found.sentence


def test_an_upper_bound_against_an_estimate_is_no_plain_contradiction(claim):
    figures = claim("Ukrainian officials", high=4000), claim("United States", point=1200, approximate=True)
    assert sentence(*figures) == (
        "3.3 times apart: an upper bound against an estimate, which are not the same kind of figure."
    )


def test_figures_of_one_kind_are_simply_apart(claim):
    assert sentence(claim("One", point=300), claim("Other", point=450)) == "1.5 times apart."


def test_equal_figures_are_not_apart(claim):
    assert sentence(claim("One", point=300), claim("Other", point=300)) in ("No distance between them.", None)


def test_from_nought_there_is_no_ratio(claim):
    assert sentence(claim("One", point=0), claim("Other", point=4000)) == "From nought to 4,000."


def test_an_earlier_figure_of_a_speaker_is_not_at_odds_with_the_later_one(claim):
    earlier = claim("One", point=100, as_of=date(2025, 1, 1))
    assert sentence(earlier, claim("One", point=500, as_of=date(2025, 4, 1))) is None
    later = claim("One", point=200, as_of=date(2025, 3, 1))
    assert sentence(earlier, later, claim("Other", point=400)) == "2.0 times apart."


def test_a_denial_and_a_statement_give_no_figure(claim):
    assert sentence(claim("One", point=100), claim("Other", high=900, stance="denies"), claim("Third")) is None


def test_speakers_who_are_not_named_are_not_one_speaker(claim):
    assert sentence(claim(point=100), claim(point=200)) == "2.0 times apart."
