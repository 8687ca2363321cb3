"""What docs/import.md says of files is what happens to them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command

from accounts.roles import Capability
from forecasts.importing import values
from forecasts.importing.columns import COLUMNS
from forecasts.importing.values import CellRefused
from forecasts.models import Forecast, ImportBatch
from forecasts.views import imports
from sources.importing import tables, workbooks

PAGE = "docs/import.md"


@pytest.fixture
def page(read_page):
    return read_page(PAGE)


def test_the_table_of_columns_is_the_codes(page):
    expected = [[f"`{column.name}`", str(column.holds), column.example] for column in COLUMNS]
    assert page.table("column") == expected


@pytest.mark.django_db
def test_the_example_is_what_the_page_says_it_is(page, tmp_path):
    from tests.factories import UserFactory

    UserFactory(name="Erin", role="editor")
    [text] = [content for language, content in page.blocks if language == "csv"]
    path = tmp_path / "history.csv"
    path.write_text(text)
    out = io.StringIO()
    call_command("import_forecasts", str(path), stdout=out)
    assert out.getvalue().endswith(": 3 rows; 2 forecasts, 3 judgements, 1 outcomes.\n")
    assert "two forecasts with three judgements and one outcome" in page.text
    assert [each.triage for each in Forecast.objects.all()] == ["gradable", "gradable"]
    assert ImportBatch.objects.get().notes == []


def test_what_it_says_of_days_and_probabilities_holds(page, named):
    [days] = [line for line in page.text.splitlines() if line.startswith("- **Days**")]
    *known, ambiguous = named(days)
    assert [values.day(each) for each in known] == [date(2025, 5, 2), date(2025, 12, 31)]
    [chances] = [line for line in page.text.splitlines() if line.startswith("- **A probability**")]
    *shares, sixty, one = named(chances)
    assert [values.probability(each) for each in shares] == [0.6, 0.6, 0.6]
    for read, text in ((values.day, ambiguous), (values.probability, sixty), (values.probability, one)):
        with pytest.raises(CellRefused):
            read(text)


def test_the_limits_and_the_rules_are_those_of_the_code(page):
    assert f"up to {tables.LARGEST // 1_000_000} MB" in page.text
    assert f"{workbooks.LARGEST_UNPACKED // 1_000_000} MB" in page.text
    assert imports.new_import.access_rule == Capability.RECORD
    assert {imports.start.access_rule, imports.undo.access_rule} == {Capability.PUBLISH}
