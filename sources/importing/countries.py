"""Countries as people write them down, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pycountry


class UnknownCountry(Exception):
    """ISO 3166 has no country of this name or code."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def country_codes(text: str) -> list[str]:
    """The ISO 3166 codes of two letters of the countries that are named, each once.

    Semicolons and commas stand between them, except where a name has a comma of its own ("Korea, Republic of").
    Raises UnknownCountry.
    """
    return list(dict.fromkeys(code for part in text.split(";") if part.strip() for code in _codes(part)))


def _codes(part: str) -> Iterator[str]:
    whole = _code(part.strip())
    if whole is not None:
        yield whole
        return
    for name in filter(None, map(str.strip, part.split(","))):
        code = _code(name)
        if code is None:
            raise UnknownCountry(name)
        yield code


@lru_cache(maxsize=1_000)
def _code(name: str) -> str | None:
    try:
        return str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return None


def country_name(code: str) -> str:
    """The English name of a country by its two letters (ISO 3166), or the letters where there is none."""
    found = pycountry.countries.get(alpha_2=code)
    return code if found is None else str(getattr(found, "common_name", found.name))
