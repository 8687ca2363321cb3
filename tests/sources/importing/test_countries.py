"""Countries as people write them down."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from forecasts.importing import values
from sources.forms import CountriesField

LISTS = [
    ("GB; FR", ["GB", "FR"]),
    ("GB, FR", ["GB", "FR"]),
    ("GB,France;gb ;", ["GB", "FR"]),
    ("Korea, Republic of; Sudan", ["KR", "SD"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "codes"), LISTS)
def test_commas_and_semicolons_part_countries_in_a_form_and_in_a_file(text, codes):
    assert CountriesField().clean(text) == tuple(codes)
    assert values.countries(text) == codes


def test_what_is_no_country_is_named():
    message = "“Ruritania” is no country in ISO 3166. Write its English name or its two letters."
    with pytest.raises(ValidationError) as refused:
        CountriesField().clean("GB, Ruritania")
    assert refused.value.messages == [message]
    with pytest.raises(values.CellRefused) as told:
        values.countries("GB; Ruritania")
    assert told.value.reason == message
