"""Which older forecasts a find is near to."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.choices import Relation
from forecasts.models import Lineage
from forecasts.services.confirming import accept_as_judgement, proposed_chance
from forecasts.services.grading import Verdict, grade
from forecasts.services.likeness import Asked, nearest
from forecasts.services.linking import link

BRIDGE = "It is unlikely that the government will build a bridge at Kostino."
NOT_BUILT = Verdict(
    outcome="did_not_occur", known_on=date(2025, 8, 3), rationale="It was not built.", no_evidence_reason="Seen."
)


@pytest.fixture
def older(finds, accept):
    """ "The government builds a bridge at Kostino", until 2 August 2025."""
    return accept(finds[2])


def asked(event, opens_on=None, closes_on=None):
    return [Asked(number=7, event=event, opens_on=opens_on, closes_on=closes_on)]


def near(article, event, **window):
    return [(each.forecast, each.windows_overlap) for each in nearest(article, asked(event, **window)).get(7, [])]


def test_the_same_question_with_a_new_window_is_near(older, bring_in):
    article = bring_in("It is likely that talks will fail.")
    windows = {"opens_on": date(2025, 8, 2), "closes_on": date(2025, 11, 2)}

    assert near(article, "The government builds a bridge at Kostino", **windows) == [(older, False)]


def test_windows_that_share_days_overlap(older, bring_in):
    article = bring_in("It is likely that talks will fail.")
    windows = {"opens_on": date(2025, 7, 1), "closes_on": date(2025, 8, 2)}

    assert near(article, "The government builds its bridge at Kostino", **windows) == [(older, True)]


def test_another_event_is_not_near(older, bring_in):
    article = bring_in("It is likely that talks will fail.")

    assert near(article, "The parliament dissolves the harbour board of Tesk") == []


def test_a_common_topic_brings_events_nearer(older, bring_in, now, alice):
    event = "The government builds a tunnel near Kostino instead of bridges"
    apart = nearest(bring_in("It is likely that talks will fail."), asked(event))[7][0]
    older.topics.set(bring_in("It is likely that rain falls.", topics=["Ferries"]).topics.all())
    close = nearest(bring_in("It is likely that talks go on.", topics=["Ferries"]), asked(event))[7][0]

    assert round(close.likeness - apart.likeness, 6) == 0.15


def test_forecasts_of_the_same_article_and_retracted_ones_are_not_offered(older, finds, bob, now, bring_in):
    from forecasts.services.undoing import undo_forecast

    assert near(finds[0].article, "The government builds a bridge at Kostino") == []
    undo_forecast(finds[2], by=bob, at=now)
    assert near(bring_in("It is likely that talks will fail."), "The government builds a bridge at Kostino") == []


def test_two_queries_however_many_are_asked(older, bring_in, django_assert_num_queries):
    article = bring_in("It is likely that talks will fail.")
    many = [
        Asked(number=number, event="The government builds a bridge at Kostino", opens_on=None, closes_on=None)
        for number in range(3)
    ]
    with django_assert_num_queries(5):  # the nearest, the forecasts, their topics and judgements, the article's topics
        found = nearest(article, many)

    assert [[each.forecast for each in found[number]] for number in range(3)] == [[older]] * 3


def test_nothing_is_asked_without_an_event(older, bring_in, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert nearest(older.article, asked(" ")) == {}


# --- What is made of it ---------------------------------------------------------------------------------------------


def test_the_same_event_and_window_is_a_new_judgement_of_the_author(older, bring_in, bob, now):
    find = bring_in(BRIDGE.replace("unlikely", "highly unlikely"), published_on="9 May 2025").forecastsuggestions.get()
    judgement = accept_as_judgement(find, on=older, chance=proposed_chance(find), by=bob, at=now)
    find.refresh_from_db()

    assert [(each.term, each.ended_why) for each in older.judgements.order_by("made_at")] == [
        ("unlikely", "revised"),
        ("highly_unlikely", None),
    ]
    assert (judgement.forecaster, judgement.article, judgement.recorded_by) == (older.author, find.article, bob)
    assert (find.decision, find.forecast, older.appearances.get().article) == ("folded", older, find.article)


def test_the_same_judgement_told_again_stays_one(older, bring_in, bob, now):
    find = bring_in(BRIDGE, published_on="9 May 2025").forecastsuggestions.get()
    accept_as_judgement(find, on=older, chance=proposed_chance(find), by=bob, at=now)

    assert [each.ended_at for each in older.judgements.all()] == [None]


def test_an_earlier_text_cannot_revise_a_later_judgement(older, bring_in, bob, now, refused):
    find = bring_in(BRIDGE.replace("unlikely", "likely"), published_on="1 May 2025").forecastsuggestions.get()

    assert refused(accept_as_judgement, find, on=older, chance=proposed_chance(find), by=bob, at=now)[0] == "made_at"


def test_what_is_resolved_is_judged_no_more(older, bring_in, alice, bob, now, refused):
    grade(older, verdict=NOT_BUILT, by=alice, at=now)
    find = bring_in(BRIDGE, published_on="9 May 2025").forecastsuggestions.get()

    assert refused(accept_as_judgement, find, on=older, chance=proposed_chance(find), by=bob, at=now)[1] == (
        "outcome_known"
    )


def test_the_same_question_continues_the_older_one(older, bring_in, accept, bob):
    find = bring_in(BRIDGE, published_on="2 August 2025").forecastsuggestions.get()
    later = accept(find, continues=older)

    assert [(row.later, row.earlier, row.relation, row.noted_by) for row in Lineage.objects.all()] == [
        (later, older, "continues", bob)
    ]


def test_a_link_is_made_once_and_one_way(older, finds, accept, bob, now, refused):
    other = accept(finds[3])
    link(other, earlier=older, relation=Relation.CONTINUES, by=bob, at=now)
    again = [
        refused(link, other, earlier=older, relation="repeats", by=bob, at=now),
        refused(link, older, earlier=other, relation="repeats", by=bob, at=now),
        refused(link, older, earlier=older, relation="repeats", by=bob, at=now),
        refused(link, older, earlier=other, relation="follows", by=bob, at=now),
    ]

    assert [(field, message) for field, _code, message in again] == [
        ("earlier", "The two are linked already."),
        ("earlier", f"{other.reference} is linked to {older.reference} the other way round already."),
        ("earlier", "A forecast does not continue itself."),
        ("relation", "“follows” is none of: continues, repeats, supersedes, related."),
    ]
