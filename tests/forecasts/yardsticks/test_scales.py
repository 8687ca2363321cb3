"""The yardsticks as their makers published them."""

from __future__ import annotations

import pytest

from forecasts.yardsticks.band import Band, UnknownTerm, UnknownYardstick
from forecasts.yardsticks.scales import DEFAULT, YARDSTICKS, get

TABLE = {
    "phia-2025": [
        ("remote_chance", 0, 0.05),
        ("highly_unlikely", 0.10, 0.20),
        ("unlikely", 0.25, 0.35),
        ("realistic_possibility", 0.40, 0.50),
        ("likely", 0.55, 0.75),
        ("highly_likely", 0.80, 0.90),
        ("almost_certain", 0.95, 1),
    ],
    "icd-203": [
        ("almost_no_chance", 0.01, 0.05),
        ("very_unlikely", 0.05, 0.20),
        ("unlikely", 0.20, 0.45),
        ("roughly_even_chance", 0.45, 0.55),
        ("likely", 0.55, 0.80),
        ("very_likely", 0.80, 0.95),
        ("almost_certain", 0.95, 0.99),
    ],
    "kent-1964": [
        ("almost_certainly_not", 0.02, 0.12),
        ("probably_not", 0.20, 0.40),
        ("chances_about_even", 0.40, 0.60),
        ("probable", 0.63, 0.87),
        ("almost_certain", 0.87, 0.99),
    ],
    "ipcc-ar5": [
        ("exceptionally_unlikely", None, 0.01),
        ("extremely_unlikely", None, 0.05),
        ("very_unlikely", None, 0.10),
        ("unlikely", None, 0.33),
        ("about_as_likely_as_not", 0.33, 0.66),
        ("more_likely_than_not", 0.50, None),
        ("likely", 0.66, None),
        ("very_likely", 0.90, None),
        ("extremely_likely", 0.95, None),
        ("virtually_certain", 0.99, None),
    ],
    "stix-wep": [
        ("impossible", 0, 0),
        ("highly_unlikely", 0.01, 0.19),
        ("unlikely", 0.20, 0.39),
        ("even_chance", 0.40, 0.59),
        ("likely", 0.60, 0.79),
        ("highly_likely", 0.80, 0.99),
        ("certain", 1, 1),
    ],
}


@pytest.mark.parametrize("slug", sorted(TABLE))
def test_a_yardstick_has_the_published_bands(slug):
    assert [(term.slug, term.low, term.high) for term in get(slug).terms] == TABLE[slug]


def test_every_yardstick_is_in_the_table_and_phia_is_the_default():
    assert (sorted(YARDSTICKS), DEFAULT.slug) == (sorted(TABLE), "phia-2025")


@pytest.mark.parametrize(
    ("slug", "probability", "term"),
    [
        ("phia-2025", 0.5, None),
        ("phia-2025", 0.0, None),
        ("phia-2025", 0.001, "remote_chance"),
        ("phia-2025", 0.07, None),
        ("phia-2025", 0.55, "likely"),
        ("phia-2025", 0.75, "likely"),
        ("phia-2025", 0.4999, "realistic_possibility"),
        ("phia-2025", 1.0, None),
        ("icd-203", 0.5, "roughly_even_chance"),
        ("ipcc-ar5", 0.97, "extremely_likely"),
        ("ipcc-ar5", 0.5, "about_as_likely_as_not"),
        ("ipcc-ar5", 0.04, "extremely_unlikely"),
    ],
)
def test_a_number_in_a_gap_has_no_term(slug, probability, term):
    found = get(slug).term_for(probability)
    assert (found and found.slug) == term


def test_a_band_is_mirrored_with_its_ends():
    assert get("phia-2025").term("likely").band.mirrored() == Band(0.25, 0.45)
    assert get("phia-2025").term("realistic_possibility").band.mirrored() == Band(0.5, 0.6, low_open=True)
    assert Band(0.9, None).mirrored() == Band(None, 0.1)


def test_only_a_two_sided_band_has_a_midpoint():
    assert get("phia-2025").term("likely").band.midpoint == 0.65
    assert get("ipcc-ar5").term("likely").band.midpoint is None
    assert Band(None, 0.1).midpoint is None


def test_unknown_names_are_refused():
    with pytest.raises(UnknownYardstick, match="no yardstick 'kent'; known are phia-2025, icd-203"):
        get("kent")
    with pytest.raises(UnknownTerm, match="phia-2025 has no term 'very_likely'"):
        get("phia-2025").term("very_likely")
