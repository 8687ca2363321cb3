"""Records as they lie in the database, past the services that would read and check them. For fixtures to import."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

TEXT = "The river crossing\n\nThe bridge at Kostino is likely to stay closed until August. Traders complain."
QUOTE = "The bridge at Kostino is likely to stay closed until August."

# A briefing in the desk's form: three forecasts, the first of them in the summary too, and counted lorries.
BRIEFING = """\
The ferry at Kostino

By Ada Writer
2 May 2025

Summary

- The ferry at Kostino is likely to stay closed in the short term.
- Officials said 1,200 lorries were stranded.

The ferry stopped on 28 April. The ministry said that 1,200 lorries were stranded at the crossing. Traders in the town said that about 3,000 lorries were stranded.

Forecast

Short-term (0-3 months)

- It is likely that the ferry at Kostino will stay closed.
- It is unlikely that the government will build a bridge at Kostino.

Long-term (12+ months)

- There is a realistic possibility that a railway tunnel could open under the river.
"""


class UserFactory(DjangoModelFactory):
    class Meta:
        model = "accounts.User"
        django_get_or_create = ("email",)

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.LazyAttribute(lambda user: f"{user.name.lower().replace(' ', '.')}@example.org")
    role = "analyst"
    password = factory.django.Password("a long enough pass phrase")


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = "sources.Source"

    name = factory.Sequence(lambda number: f"Outlet {number}")
    kind = "outlet"


class ArticleFactory(DjangoModelFactory):
    """An article of an outlet, stored as it is: nothing has read it."""

    class Meta:
        model = "sources.Article"

    title = "The river crossing"
    text = TEXT
    text_sha256 = factory.Sequence(lambda number: f"{number:064d}")
    source = factory.SubFactory(SourceFactory)
    origin = "pasted"
    published_on = date(2025, 5, 2)
    retrieved_at = datetime(2025, 5, 2, 9, tzinfo=UTC)
    recorded_by = factory.SubFactory(UserFactory)
