"""Taking decisions on finds back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from claims.models import Claim
from claims.services import confirming as claims_confirming
from forecasts.models import Appearance, Due, Forecast, ForecastSuggestion
from forecasts.services import due, grading, judging
from forecasts.services.confirming import accept_as_judgement, fold_forecast, proposed_chance
from forecasts.services.entries import Chance
from forecasts.services.releasing import release_forecasts
from forecasts.services.splitting import split_forecast
from forecasts.services.undoing import undo_forecast
from sources.services import deciding


def state(find):
    find.refresh_from_db()
    return find.decision, find.forecast, find.decided_by, find.decided_at


PENDING = ("pending", None, None, None)


def test_a_dismissal_is_taken_back(finds, bob, now):
    deciding.dismiss(finds[2], by=bob, at=now)
    undo_forecast(finds[2], by=bob, at=now)

    assert state(finds[2]) == PENDING


def test_an_accepted_find_waits_again_and_its_forecast_is_retracted(finds, accept, alice, bob, now):
    forecast = accept(finds[2])
    undo_forecast(finds[2], by=alice, at=now + timedelta(minutes=1))
    forecast.refresh_from_db()
    judgement = forecast.judgements.get()

    assert state(finds[2]) == PENDING
    assert (forecast.retracted_by, forecast.retracted_why) == (alice, "its confirming was undone")
    assert (judgement.ended_by, judgement.ended_why) == (alice, "its confirming was undone")


def test_a_retracted_forecast_is_in_no_list_and_never_falls_due(finds, accept, alice, bob, now):
    accept(finds[2])
    due.flag_due(at=now)
    undo_forecast(finds[2], by=bob, at=now)
    due.flag_due(at=now)

    assert [Forecast.objects.visible_to(alice).count(), Forecast.objects.unresolved().count()] == [0, 0]
    assert [row.cleared_why for row in Due.objects.all()] == ["retracted"]


def test_what_was_undone_can_be_accepted_again_as_a_new_forecast(finds, accept, bob, now):
    first = accept(finds[2])
    undo_forecast(finds[2], by=bob, at=now)
    second = accept(finds[2])

    assert first.pk != second.pk
    assert state(finds[2])[:2] == ("accepted", second)


def test_repeats_wait_again_with_their_original(finds, accept, bob, now):
    accept(finds[1])
    undo_forecast(finds[1], by=bob, at=now)

    assert [state(finds[0]), state(finds[1])] == [PENDING, PENDING]
    assert Appearance.objects.count() == 0


def test_a_fold_is_taken_back_alone(finds, accept, bob, now):
    forecast = accept(finds[1])
    fold_forecast(finds[2], into=forecast, by=bob, at=now)
    undo_forecast(finds[2], by=bob, at=now)

    assert state(finds[2]) == PENDING
    assert [place.start for place in forecast.appearances.all()] == [finds[0].start]
    assert forecast.judgements.get().ended_at is None


@pytest.mark.parametrize(
    ("rests", "message"),
    [
        ("published", "%s was published, so it stays on the record and stays due."),
        ("graded", "%s has been graded. An editor can declare it void."),
        ("judged", "%s has been judged again since. An editor can declare it void."),
        ("folded", "Other finds or forecasts lead to %s. Undo those first."),
        ("continued", "Other finds or forecasts lead to %s. Undo those first."),
    ],
)
def test_a_forecast_that_something_rests_on_stays(finds, accept, bring_in, alice, bob, now, refused, rests, message):
    forecast = accept(finds[2])
    if rests == "published":
        release_forecasts([forecast], at=now)
    elif rests == "graded":
        verdict = grading.Verdict(
            outcome="did_not_occur",
            known_on=forecast.closes_on + timedelta(days=1),
            rationale="It was not built.",
            no_evidence_reason="Seen.",
        )
        grading.grade(forecast, verdict=verdict, by=alice, at=now)
    elif rests == "judged":
        at = judging.start_of_day(forecast.closes_on, forecast.time_zone)
        judging.judge(forecast, chance=Chance(probability=0.2), by=alice, at=at)
    elif rests == "folded":
        fold_forecast(finds[3], into=forecast, by=bob, at=now)
    else:
        later = bring_in("It is unlikely that the government will build a bridge at Kostino.").forecastsuggestions.get()
        accept(later, continues=forecast)

    assert refused(undo_forecast, finds[2], by=bob, at=now)[1:] == ("rests_on_it", message % forecast.reference)
    assert state(finds[2])[:2] == ("accepted", forecast)


def test_a_judgement_on_an_older_forecast_is_ended(finds, accept, bring_in, bob, now):
    older = accept(finds[2])
    find = bring_in(
        "It is highly unlikely that the government will build a bridge at Kostino.", published_on="9 May 2025"
    ).forecastsuggestions.get()
    judgement = accept_as_judgement(find, on=older, chance=proposed_chance(find), by=bob, at=now)
    undo_forecast(find, by=bob, at=now)
    judgement.refresh_from_db()

    assert state(find) == PENDING
    assert (judgement.ended_why, older.appearances.count()) == ("its confirming was undone", 0)


def test_parts_are_joined_again_while_none_is_decided(bring_in, accept, bob, now, refused):
    whole = bring_in("Talks will likely fail; a coup is unlikely.").forecastsuggestions.get()
    parts = split_forecast(whole, by=bob, at=now)
    accept(parts[1])
    one_decided = refused(undo_forecast, whole, by=bob, at=now)
    undo_forecast(parts[1], by=bob, at=now)
    undo_forecast(whole, by=bob, at=now)

    assert one_decided[1:] == ("rests_on_it", "One of its parts has been decided. Undo that first.")
    assert state(whole) == PENDING
    assert ForecastSuggestion.objects.filter(part__gt=0).count() == 0


def test_what_waits_has_nothing_to_undo(finds, bob, now, refused):
    assert refused(undo_forecast, finds[2], by=bob, at=now)[1] == "nothing_to_undo"


def test_a_claim_is_retracted(finds, bob, now):
    find = finds[0].article.claimsuggestions.order_by("start")[1]
    values = claims_confirming.proposal(find) | {"subject": "lorries"}
    claim = claims_confirming.accept_claim(find, values=values, by=bob, at=now)
    claims_confirming.undo_claim(find, by=bob, at=now)
    claim.refresh_from_db()
    find.refresh_from_db()

    assert (find.decision, find.claim, claim.retracted_by) == ("pending", None, bob)
    assert claim.retracted_why == "its confirming was undone"


def test_a_published_claim_stays(finds, bob, now, refused):
    find = finds[0].article.claimsuggestions.order_by("start")[1]
    claim = claims_confirming.accept_claim(find, values=claims_confirming.proposal(find), by=bob, at=now)
    Claim.objects.filter(pk=claim.pk).update(released_at=now)

    assert refused(claims_confirming.undo_claim, find, by=bob, at=now)[1:] == (
        "rests_on_it",
        f"{claim.reference} was published, so it stays on the record.",
    )
