"""How often what each rule found was kept: counted by rule and decision, within limits."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from claims.models import ClaimSuggestion
from claims.reading.rules import RULES as CLAIM_RULES
from forecasts.choices import FindKind
from forecasts.models import ForecastSuggestion
from forecasts.reading.rules import RULES as FORECAST_RULES
from forecasts.services.reading_stats import NO_LIMITS, Limits, RuleStats, reading_stats, versions
from forecasts.services.splitting import add_by_hand, split_forecast
from sources.models import Article
from sources.reading.document_parts import Span
from sources.services import deciding

COUNTS = ("found", "pending", "accepted", "edited", "folded", "split", "dismissed")


def counts_of(limits: Limits = NO_LIMITS, kind: str = "forecast") -> dict[str, tuple[int, ...]]:
    """Of each rule with finds, its counts in the order of COUNTS."""
    (stats,) = [each for each in reading_stats(limits) if each.kind == kind]
    return {row.rule: tuple(getattr(row, name) for name in COUNTS) for row in stats if row.found}


def test_each_decision_is_counted_under_its_rule(finds, accept, bob, now):
    repeat, held, bridge, tunnel = finds
    accept(held)
    accept(bridge, event="The government builds a bridge")
    deciding.dismiss(tunnel, by=bob, at=now)

    assert ForecastSuggestion.objects.get(pk=repeat.pk).decision == "folded"
    assert counts_of() == {"term": (4, 0, 1, 1, 1, 0, 1)}
    assert counts_of(kind="claim") == {"passive_after": (3, 3, 0, 0, 0, 0, 0)}


def test_a_split_sentence_counts_once_and_its_parts_never(bring_in, bob, now):
    split_forecast(bring_in("Talks will likely fail; a coup is unlikely.").forecastsuggestions.get(), by=bob, at=now)

    assert ForecastSuggestion.objects.count() == 3
    assert counts_of() == {"term": (1, 0, 0, 0, 0, 1, 0)}


def test_what_was_added_by_hand_says_how_much_the_rules_missed(bring_in, accept):
    article = bring_in("Talks will likely fail.", "The ferry opens.")
    accept(article.forecastsuggestions.get())
    start = article.text.index("The ferry opens.")
    accept(add_by_hand(article, Span(start, start + 16), yardstick="phia-2025"))
    forecasts, claims = reading_stats()

    assert (forecasts.by_hand.kept, forecasts.kept, forecasts.missed_share) == (1, 2, 0.5)
    assert [row.rule for row in forecasts if row.is_by_hand] == ["by_hand"]
    assert (claims.by_hand.found, claims.kept, claims.missed_share) == (0, 0, None)


@pytest.mark.django_db
def test_every_rule_is_there_with_what_it_means_before_it_has_found_anything():
    told = [[(row.rule, row.means, row.example, row.found) for row in stats.rules] for stats in reading_stats()]
    assert told == [[(rule.name, rule.means, rule.example, 0) for rule in rules] for rules in (FORECAST_RULES, CLAIM_RULES)]  # fmt: skip


def test_a_rule_that_the_readers_no_longer_have_comes_last_and_is_not_explained(finds):
    ForecastSuggestion.objects.filter(pk=finds[0].pk).update(rule="an_older_rule")
    forecasts, _claims = reading_stats()

    assert [(row.rule, row.means, row.found) for row in list(forecasts)[-2:]] == [
        ("an_older_rule", "", 1),
        ("by_hand", "", 0),
    ]


def test_the_limits_narrow_what_is_counted(finds, bring_in):
    ForecastSuggestion.objects.filter(pk=finds[0].pk).update(reader_version="9")
    bring_in("Talks will likely fail.")
    Article.objects.filter(pk=finds[0].article_id).update(recorded_at=datetime(2026, 2, 27, 23, tzinfo=UTC))
    Article.objects.exclude(pk=finds[0].article_id).update(recorded_at=datetime(2026, 2, 28, 0, tzinfo=UTC))
    found = {
        limits: counts_of(limits).get("term", (0,))[0]
        for limits in (
            Limits(),
            Limits(version="9"),
            Limits(version="8"),
            Limits(since=date(2026, 2, 27)),
            Limits(since=date(2026, 2, 28)),
            Limits(since=date(2026, 3, 1)),
            Limits(version="9", since=date(2026, 2, 28)),
        )
    }

    assert list(found.values()) == [5, 1, 0, 5, 1, 0, 0]


def test_a_day_begins_where_the_desk_is(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    assert Limits(since=date(2026, 3, 1)).since_at == datetime(2026, 2, 28, 15, tzinfo=UTC)


@pytest.mark.parametrize("kind", FindKind)
def test_a_kind_is_one_statement(kind, finds, django_assert_num_queries):
    with django_assert_num_queries(1):
        stats = reading_stats(Limits(kind=kind))
    assert [each.kind for each in stats] == [kind]


def test_the_versions_that_have_found_anything_are_in_the_order_of_their_numbers(finds):
    for find, version in zip(finds, ("10", "9", "1", "9"), strict=True):
        ForecastSuggestion.objects.filter(pk=find.pk).update(reader_version=version)
    ClaimSuggestion.objects.update(reader_version="2")
    assert versions() == ["1", "2", "9", "10"]


@pytest.mark.parametrize(
    ("counts", "kept", "as_found", "too_few"),
    [
        ({}, None, None, True),
        ({"pending": 12}, None, None, True),
        ({"dismissed": 9}, 0.0, 0.0, True),
        ({"pending": 5, "accepted": 3, "edited": 2, "folded": 1, "split": 2, "dismissed": 2}, 0.8, 0.4, False),
    ],
)
def test_shares_are_of_what_is_decided_and_few_decisions_are_called_so(counts, kept, as_found, too_few):
    row = RuleStats(kind=FindKind.FORECAST, rule="term", **counts)
    assert (row.kept_share, row.as_found_share, row.is_too_few) == (kept, as_found, too_few)
