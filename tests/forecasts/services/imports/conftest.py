"""Files of forecasts. Django is not set up yet when this file is imported, hence the imports inside."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from forecasts.models import ImportBatch

USUAL = {
    "external_id": "X1",
    "statement": "The bridge opens to traffic.",
    "made_on": "2025-05-02",
    "closes_on": "2025-08-02",
    "author": "Ada Writer",
    "probability": "60%",
}


@pytest.fixture
def row() -> Callable[..., dict[str, str]]:
    """A row that nothing is wrong with; keywords change its cells, "" empties them."""
    return lambda **cells: USUAL | cells


@pytest.fixture
def bring(erin, now) -> Callable[..., ImportBatch]:
    """`bring(*rows)` is the import of a file with these rows, all of its work done. Erin's, at `now`, for the desk."""
    from forecasts.services.imports.taking_in import take_in
    from forecasts.services.imports.working import work_at_once

    def make(*rows: dict[str, Any], source: str = "", goes_on: bool = True, at: Any = None) -> ImportBatch:
        at = at or now
        lines = "\n".join(json.dumps({name: cell for name, cell in row.items() if cell}) for row in rows)
        batch, _is_new = take_in(
            io.BytesIO(lines.encode()),
            filename="file.jsonl",
            source=source,
            by=erin,
            at=at,
            starts_itself=goes_on,
        )
        work_at_once(batch.pk, clock=lambda: at)
        batch.refresh_from_db()
        return batch

    return make


@pytest.fixture
def problems() -> Callable[[ImportBatch], list[tuple[int, str, str]]]:
    """What kept rows of a file out: line, column, reason."""
    return lambda batch: list(batch.problems.order_by("line", "pk").values_list("line", "column", "reason"))
