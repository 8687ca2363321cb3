"""The tables of docs/scoring.md are what the package has."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from forecasts import scoring
from forecasts.scoring import limits

STAND_UNDER_THE_OTHERS = {"cells", "limits"}


def test_every_module_has_what_the_table_says_and_is_in_it(read_page, named):
    listed = {tuple(name.split(".")) for row in read_page("docs/scoring.md").table("what") for name in named(row[1])}
    missing = [pair for pair in listed if not callable(getattr(import_module(f"forecasts.scoring.{pair[0]}"), pair[1]))]
    assert missing == []
    modules = {each.name for each in iter_modules(scoring.__path__)}
    assert {module for module, _ in listed} == modules - STAND_UNDER_THE_OTHERS


def test_the_limits_are_those_of_the_code(read_page, named):
    shown = {named(row[0])[0]: float(row[1]) for row in read_page("docs/scoring.md").table("limit")}
    assert shown == {name: value for name, value in vars(limits).items() if name.isupper()}
