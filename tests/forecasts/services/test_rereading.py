"""Reading an article again."""

from __future__ import annotations

import pytest

from claims.models import ClaimSuggestion
from claims.services import confirming as claims_confirming
from forecasts.models import ForecastSuggestion, Reading
from forecasts.reading import document
from forecasts.services import intake
from forecasts.services.rereading import is_outdated, read_again
from forecasts.services.splitting import add_by_hand, split_forecast
from sources.reading.document_parts import Span
from sources.services import deciding


def rows(article, model=ForecastSuggestion):
    fields = ("pk", "start", "end", "part", "rule", "reader_version", "decision", "found")
    return list(model.objects.filter(article=article).order_by("start", "part").values_list(*fields))


def test_the_same_reader_adds_nothing(finds, alice, now):
    article = finds[0].article
    before = rows(article), rows(article, ClaimSuggestion)
    read_again(article, by=alice, at=now)

    assert (rows(article), rows(article, ClaimSuggestion)) == before


def test_a_newer_reader_adds_only_what_is_new(finds, accept, alice, bob, now, monkeypatch):
    article = finds[0].article
    accept(finds[1])
    deciding.dismiss(finds[2], by=bob, at=now)
    claim = article.claimsuggestions.order_by("start")[1]
    claims_confirming.accept_claim(claim, values=claims_confirming.proposal(claim), by=bob, at=now)
    missing = article.claimsuggestions.order_by("start")[2]
    missing.delete()
    ForecastSuggestion.objects.filter(pk=finds[3].pk).delete()
    before = rows(article), rows(article, ClaimSuggestion)
    monkeypatch.setattr(document, "READER_VERSION", "99")
    read_again(article, by=alice, at=now)
    after = rows(article), rows(article, ClaimSuggestion)

    assert [row for row in after[0] if row in before[0]] == before[0]
    assert [row for row in after[1] if row in before[1]] == before[1]
    assert [row[1:7] for row in after[0] if row not in before[0]] == [
        (finds[3].start, finds[3].end, 0, "term", "99", "pending")
    ]
    assert [row[1:3] for row in after[1] if row not in before[1]] == [(missing.start, missing.end)]
    assert article.reading.__class__.objects.get(pk=article.pk).reader_version == "99"


def test_a_find_with_other_borders_is_not_added_beside_what_is_there(finds, alice, now):
    article = finds[0].article
    ForecastSuggestion.objects.filter(pk=finds[3].pk).update(end=finds[3].end - 1, quote=finds[3].quote[:-1])
    read_again(article, by=alice, at=now)

    assert ForecastSuggestion.objects.filter(article=article).count() == 4


def test_parts_and_finds_by_hand_stay(bring_in, alice, bob, now):
    article = bring_in("Talks will likely fail; a coup is unlikely.", "The ferry opens.")
    split_forecast(article.forecastsuggestions.get(), by=bob, at=now)
    start = article.text.index("The ferry opens.")
    add_by_hand(article, Span(start, start + 16), yardstick="phia-2025")
    before = rows(article)
    read_again(article, by=alice, at=now, yardstick="icd-203")

    assert rows(article) == before


def test_another_yardstick_reads_anew_what_waits_and_nothing_else(bring_in, accept, alice, now):
    article = bring_in(
        "A coup is very likely.",
        "The ferry is likely to stay closed.",
        "There is a realistic possibility of a truce.",
        "A strike is unlikely.",
    )
    strike = article.forecastsuggestions.get(quote="A strike is unlikely.")
    accept(strike)
    read_again(article, by=alice, at=now, yardstick="icd-203")
    found = ForecastSuggestion.objects.filter(article=article).order_by("start")

    assert [(each.quote, each.found["term"], each.found["low"], each.decision) for each in found] == [
        ("A coup is very likely.", "very_likely", 0.8, "pending"),
        ("The ferry is likely to stay closed.", "likely", 0.55, "pending"),
        ("There is a realistic possibility of a truce.", None, None, "pending"),
        ("A strike is unlikely.", "unlikely", 0.25, "accepted"),
    ]
    assert Reading.objects.get(article=article).yardstick == "icd-203"


def test_what_the_other_yardstick_does_not_find_goes_while_it_waits(finds, bob, alice, now):
    article = finds[0].article
    odd = [(0, 9, "waits"), (20, 24, "was dismissed")]
    for start, end, quote in odd:
        ForecastSuggestion.objects.create(
            article=article,
            start=start,
            end=end,
            quote=quote,
            rule="term",
            reader_version="1",
            section="body",
            found=finds[1].found | {"yardstick": "kent-1964"},
        )
    deciding.dismiss(ForecastSuggestion.objects.get(quote="was dismissed"), by=bob, at=now)
    ForecastSuggestion.objects.filter(pk=finds[2].pk).update(duplicate_of=ForecastSuggestion.objects.get(quote="waits"))
    read_again(article, by=alice, at=now)

    assert [each.quote for each in article.forecastsuggestions.filter(start__lt=100)] == [
        "was dismissed",
        finds[0].quote,
    ]


def test_an_unknown_yardstick_is_refused_and_nothing_changes(finds, alice, now, refused):
    article = finds[0].article
    before = rows(article)

    assert refused(read_again, article, by=alice, at=now, yardstick="ours")[0] == "yardstick"
    assert rows(article) == before


def test_a_long_text_waits_for_a_worker(finds, alice, now, settings):
    article = finds[0].article
    settings.READ_IN_REQUEST_BYTES = 10
    is_read = read_again(article, by=alice, at=now, yardstick="icd-203")
    waiting = intake.unread(at=now, limit=9)
    intake.read_waiting(article.pk, at=now)

    assert (is_read, waiting) == (False, [article.pk])
    assert {each.found["yardstick"] for each in article.forecastsuggestions.all()} == {"icd-203"}


@pytest.mark.parametrize(("version", "outdated"), [(document.READER_VERSION, False), ("0", True)])
def test_an_older_reader_is_known_by_its_version(finds, version, outdated):
    reading = Reading.objects.get(article=finds[0].article)
    reading.reader_version = version

    assert is_outdated(reading) is outdated
    assert is_outdated(None) is False
