"""Sentences without a document around them."""

from collections.abc import Callable

import pytest

from claims.reading.finding import FoundClaim, find_claims
from sources.reading.document_parts import Sentence


@pytest.fixture(scope="session")
def claims_of() -> Callable[[str], tuple[FoundClaim, ...]]:
    """The claims of one sentence."""

    def read(sentence: str) -> tuple[FoundClaim, ...]:
        return find_claims(sentence, [Sentence(0, len(sentence), "body", None, 0)], forecasts=[])

    return read
