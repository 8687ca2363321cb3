"""Finds that an analyst makes: parts of a compound, and what was selected."""

from __future__ import annotations

import pytest

from claims.services import confirming as claims_confirming
from forecasts.services.confirming import proposed_chance
from forecasts.services.entries import Chance
from forecasts.services.splitting import add_by_hand, split_forecast
from sources.reading.document_parts import Span

COMPOUND = "The ferry is likely to stay closed, and a new bridge is unlikely (30%)."


@pytest.fixture
def whole(bring_in):
    return bring_in(COMPOUND).forecastsuggestions.get()


def span_of(article, words):
    start = article.text.index(words)
    return Span(start, start + len(words))


def test_each_judgement_becomes_a_part_with_the_quote_of_the_whole(whole, bob, now):
    parts = split_forecast(whole, by=bob, at=now)

    assert [(each.quote, each.start, each.part, each.split_from) for each in parts] == [
        (COMPOUND, whole.start, 1, whole),
        (COMPOUND, whole.start, 2, whole),
    ]
    assert [(each.found["proposal"]["event"], each.found["term"], each.found["probability"]) for each in parts] == [
        ("The ferry stays closed", "likely", None),
        ("A new bridge happens", "unlikely", 0.3),
    ]
    assert {each.found["closes_on"] for each in parts} == {"2025-08-02"}


def test_the_whole_is_decided_by_splitting_it(whole, bob, erin, now, refused):
    part, _other = split_forecast(whole, by=bob, at=now)
    whole.refresh_from_db()

    assert (whole.decision, whole.decided_by) == ("split", bob)
    assert refused(split_forecast, whole, by=erin, at=now)[1] == "already_decided"
    assert refused(split_forecast, part, by=erin, at=now)[1] == "already_decided"


def test_parts_become_forecasts_of_one_quote(whole, accept, bob, now):
    forecasts = [accept(each) for each in split_forecast(whole, by=bob, at=now)]

    assert [each.quote for each in forecasts] == [COMPOUND, COMPOUND]
    assert [each.event for each in forecasts] == ["The ferry stays closed", "A new bridge happens"]


def test_a_part_without_a_probability_of_its_own_is_refused(bring_in, accept, bob, now, refused):
    whole = bring_in("The ferry is likely to stay closed and to be sold.").forecastsuggestions.get()
    first, second = split_forecast(whole, by=bob, at=now)
    accept(first)

    assert proposed_chance(second) == Chance()
    assert refused(accept, second) == (
        "term",
        "judgement_refused",
        "A part needs a probability of its own. Where the text gives one to the whole, undo the splitting.",
    )


def test_the_repeat_of_a_compound_is_noted_with_every_part(alice, accept, bob, now):
    from forecasts.services import intake

    text = (
        f"The ferry\n\n2 May 2025\n\nSummary\n\n- {COMPOUND}\n\nForecast\n\nShort-term (0-3 months)\n\n- {COMPOUND}\n"
    )
    article = intake.bring_in(intake.NewText(text=text, origin="pasted"), by=alice, at=now).article
    repeat, whole = article.forecastsuggestions.order_by("start")
    forecasts = [accept(each) for each in split_forecast(whole, by=bob, at=now)]
    repeat.refresh_from_db()

    assert (repeat.decision, repeat.forecast) == ("folded", forecasts[0])
    assert [each.appearances.get().start for each in forecasts] == [repeat.start, repeat.start]


def test_selected_words_become_a_find_in_their_section(finds, bob):
    article = finds[0].article
    find = add_by_hand(article, span_of(article, "Traders in the town said"), yardstick="phia-2025")

    assert (find.quote, find.rule, find.section, find.decision) == (
        "Traders in the town said",
        "by_hand",
        "body",
        "pending",
    )
    assert (find.found["term"], find.found["flags"]) == (None, ["unquantified", "no_date"])


def test_words_selected_under_a_heading_have_its_window(bring_in):
    article = bring_in("The ferry opens. Perhaps it is likely that not all goes well.")
    find = add_by_hand(article, span_of(article, "The ferry opens."), yardstick="phia-2025")

    assert (find.found["opens_on"], find.found["closes_on"]) == ("2025-05-02", "2025-08-02")


def test_a_place_is_found_once(finds, refused):
    article = finds[0].article
    span = Span(finds[1].start, finds[1].end)

    assert refused(add_by_hand, article, span, yardstick="phia-2025")[1:] == (
        "already_found",
        "There is a find at exactly this place already: to confirm.",
    )


def test_selected_words_become_a_claim_as_far_as_they_can_be_read(finds):
    article = finds[0].article
    read = claims_confirming.add_by_hand(
        article, span_of(article, "said that about 3,000 lorries were stranded"), version="2"
    )
    blank = claims_confirming.add_by_hand(article, span_of(article, "Traders in the town"), version="2")

    assert (read.found["value_point"], read.found["approximate"], read.found["subject"]) == (3000, True, "lorries")
    assert (blank.found["value_point"], blank.found["subject"], blank.rule) == (None, None, "by_hand")
