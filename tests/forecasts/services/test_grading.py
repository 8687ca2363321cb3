"""One person's verdict, and the resolution that follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from forecasts.choices import Outcome
from forecasts.errors import AlreadyResolved, GradeRefused
from forecasts.services import grading, judging, recording
from forecasts.services.entries import Chance, Criteria
from forecasts.services.recording import Place
from tests.factories import ArticleFactory, SourceFactory

CRITERIA = Criteria(observable="Traffic on the bridge")


@pytest.fixture
def give(now, bob, verdict):
    """Bob grades a forecast; keywords are the verdict's."""

    def make(forecast, *, by=bob, at=now, version=None, **values):
        return grading.grade(forecast, verdict=verdict(**values), by=by, at=at, version=version)

    return make


def test_a_grade_makes_the_resolution_and_takes_the_forecast_out_of_the_queue(overdue, give, bob, now):
    from forecasts.models import Due

    forecast = overdue()
    given, resolution = give(forecast, rationale=" The ministry kept it shut. ", urls=["https://a.example"] * 2)

    assert (given.outcome, given.rationale, given.slot, given.round) == (
        "occurred",
        "The ministry kept it shut.",
        1,
        1,
    )
    assert [evidence.url for evidence in given.evidence.all()] == ["https://a.example"]
    assert (
        resolution.outcome,
        resolution.known_on,
        resolution.how,
        resolution.resolved_by,
        resolution.resolved_at,
    ) == (
        "occurred",
        date(2025, 8, 3),
        "single",
        bob,
        now,
    )
    assert list(resolution.grades.all()) == [given]
    assert list(Due.objects.values_list("cleared_at", "cleared_why")) == [(now, "resolved")]


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "field", "code", "message"),
    [
        (
            {"outcome": "right"},
            "outcome",
            "grade_refused",
            (
                "“right” is no outcome. The outcomes are: occurred, did_not_occur, partly, condition_not_met, overtaken, "
                "ungradable, void."
            ),
        ),
        ({"outcome": "void"}, "outcome", "editors_outcome", "Only an editor can say that."),
        ({"outcome": "overtaken"}, "outcome", "editors_outcome", "Only an editor can say that."),
        (
            {"outcome": "partly"},
            "outcome",
            "grade_refused",
            "The criteria define no degrees, so it happened or it did not.",
        ),
        ({"outcome": "condition_not_met"}, "outcome", "grade_refused", "This forecast has no condition."),
        ({"known_on": date(2026, 3, 2)}, "known_on", "grade_refused", "That day lies in the future."),
        (
            {"known_on": date(2025, 5, 1)},
            "known_on",
            "grade_refused",
            "The window opens on 2 May 2025. What happened before it does not count.",
        ),
        (
            {"known_on": date(2025, 8, 2), "outcome": "did_not_occur"},
            "known_on",
            "earlier_than_shape",
            (
                "By its shape (“happens by the end of the window”) this can be known only after 2 August 2025. "
                "That it can no longer happen is for an editor to say."
            ),
        ),
        (
            {"known_on": date(2025, 8, 2), "outcome": "ungradable"},
            "outcome",
            "grade_refused",
            "Before the window has ended, only an editor can say that.",
        ),
        ({"rationale": " "}, "rationale", "grade_refused", "Say in one sentence what happened."),
        (
            {"urls": [], "no_evidence_reason": " "},
            "evidence",
            "grade_refused",
            "Name an article, an address or a file as evidence, or say why there is none.",
        ),
        ({"urls": ["javascript:x"]}, "evidence", "grade_refused", "“javascript:x” is no web address."),
        (
            {"urls": [f"https://a.example/{'x' * 1000}"]},
            "evidence",
            "grade_refused",
            "An address has at most 1000 characters.",
        ),
        (
            {"no_evidence_reason": "x" * 301},
            "no_evidence_reason",
            "grade_refused",
            "At most 300 characters fit here.",
        ),
    ],
)
def test_a_verdict_that_cannot_be_is_refused(overdue, give, refused, wrong, field, code, message):
    assert refused(give, overdue(), **wrong) == (field, code, message)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"triage": "assessment"}, None, "assessment"),
        ({"event": " "}, "event", "grade_refused"),
        ({"event": " ", "triage": "needs_criteria"}, "event", "grade_refused"),
        ({"triage": "needs_criteria"}, "observable", "grade_refused"),
    ],
)
def test_a_forecast_that_cannot_be_graded_is_refused(log, give, refused, given, field, code):
    assert refused(give, log(**given))[:2] == (field, code)


def test_what_is_too_vague_for_criteria_can_be_called_ungradable_without_them(log, give, bob, now):
    forecast = log(triage="needs_criteria")
    refused = grading.refused_outcomes(forecast, by=bob, on=now.date())
    _given, resolution = give(forecast, outcome="ungradable")

    assert set(Outcome.values) - set(refused) == {"ungradable"}
    assert (resolution.outcome, resolution.known_on) == ("ungradable", date(2025, 8, 3))


def test_a_preview_is_not_graded(log, give, refused, make_article):
    preview = log(made_on=None, closes_on=None, place=Place(article=make_article()))

    assert refused(give, preview)[:2] == (None, "preview")


def test_nobody_grades_what_they_wrote(overdue, give, refused, alice, bob, erin, make_article):
    from sources.services import people

    article = make_article()
    article.bylines.add(people.person_for(erin))
    own, in_byline = overdue(), overdue(author=SourceFactory(), place=Place(article=article))

    assert refused(give, own, by=alice)[1] == "own_forecast"
    assert refused(give, in_byline, by=erin)[1] == "own_forecast"
    assert give(in_byline, by=alice)[0].grader == alice


def test_who_wrote_the_criteria_leaves_the_grading_to_others(overdue, give, refused, bob, erin, now):
    forecast = recording.set_criteria(overdue(triage="needs_criteria"), criteria=CRITERIA, by=bob, at=now)

    assert refused(give, forecast)[1] == "own_criteria"
    assert give(forecast, by=erin)[0].grader == erin


def test_a_form_that_is_out_of_date_is_refused(overdue, give, refused, erin, now):
    forecast = recording.set_criteria(overdue(), criteria=CRITERIA, by=erin, at=now)

    assert refused(give, forecast, version=1)[:2] == (None, "stale")
    assert give(forecast, version=2)[1].outcome == "occurred"


def test_what_is_resolved_is_not_graded_again(overdue, give, refused, erin):
    forecast = overdue()
    give(forecast)

    assert refused(give, forecast, by=erin, outcome="did_not_occur") == (
        None,
        "already_resolved",
        "Somebody has graded this forecast already. Your entry was not saved.",
    )


# --- When -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "early"),
    [("happens_by", {"occurred"}), ("holds_throughout", {"did_not_occur"}), ("true_on", set())],
)
def test_each_shape_may_be_settled_early_in_its_own_way(log, give, refused, shape, early):
    allowed = set()
    for outcome in ("occurred", "did_not_occur"):
        forecast = log(shape=shape)
        if outcome in early:
            allowed.add(give(forecast, outcome=outcome, known_on=date(2025, 8, 2))[0].outcome)
        else:
            assert refused(give, forecast, outcome=outcome, known_on=date(2025, 8, 2))[1] == "earlier_than_shape"
        assert give(log(shape=shape), outcome=outcome, known_on=date(2025, 8, 3))[0].outcome == outcome

    assert allowed == early


def test_what_has_no_end_is_settled_after_its_assessment_date(log, give, refused):
    forecast = log(closes_on=None, assessment_on=date(2026, 1, 1))

    assert refused(give, forecast, outcome="did_not_occur", known_on=date(2026, 1, 1))[1] == "earlier_than_shape"
    assert give(forecast, outcome="did_not_occur", known_on=date(2026, 1, 2))[1].known_on == date(2026, 1, 2)


def test_today_is_todays_day_where_the_forecast_lives(log, give, refused, settings):
    at = datetime(2025, 8, 2, 12, tzinfo=UTC)
    settings.TIME_ZONE = "Pacific/Auckland"
    auckland = log()
    settings.TIME_ZONE = "America/Los_Angeles"
    los_angeles = log()

    assert give(auckland, at=at, known_on=date(2025, 8, 3))[1].known_on == date(2025, 8, 3)
    assert refused(give, los_angeles, at=at, known_on=date(2025, 8, 3))[2] == "That day lies in the future."


def test_editors_say_what_only_editors_can(log, give, erin):
    given = [
        give(log(), by=erin, outcome=outcome, known_on=date(2025, 7, 1))[0].outcome
        for outcome in ("overtaken", "void", "ungradable")
    ]

    assert given == ["overtaken", "void", "ungradable"]


def test_degrees_and_conditions_open_their_outcomes(log, give):
    in_degrees = log(criteria=Criteria(observable="Traffic", degrees="One lane"))
    conditional = log(condition="the river freezes")

    in_part = {"outcome": "partly", "happened": "One lane opened.", "not_happened": "The other stayed closed."}
    assert give(in_degrees, **in_part)[1].outcome == "partly"
    assert give(conditional, outcome="condition_not_met")[1].outcome == "condition_not_met"


@pytest.mark.parametrize(
    ("on", "usual"),
    [(date(2025, 7, 1), date(2025, 7, 1)), (date(2025, 8, 3), date(2025, 8, 3)), (date(2026, 1, 1), date(2025, 8, 3))],
)
def test_the_usual_day_is_the_one_after_the_window_or_today(log, on, usual):
    assert grading.usual_day(log(), on=on) == usual


# --- Who --------------------------------------------------------------------------------------------------------------


def test_how_far_the_grader_stands_from_the_forecast_is_told(overdue, give, bob, erin, now, make_article):
    by_colleague = overdue()
    outside = overdue(author=SourceFactory(), place=Place(article=ArticleFactory()))
    line_set_by_erin = overdue(author=SourceFactory(), place=Place(article=ArticleFactory()))
    judging.set_desk_line(line_set_by_erin, chance=Chance(probability=0.5), by=erin, at=now, article=make_article())

    assert [give(by_colleague)[1].independence, give(outside)[1].independence] == ["colleague", "independent"]
    assert give(line_set_by_erin, by=erin)[1].independence == "involved"


# --- Undo -------------------------------------------------------------------------------------------------------------


def test_undo_closes_rows_and_deletes_none(overdue, give, bob, now):
    from forecasts.models import Due, Grade, Resolution

    forecast = overdue()
    given, _resolution = give(forecast)
    later = now + timedelta(seconds=8)
    grading.undo_grade(given, by=bob, at=later, why="Wrong row")
    again, resolution = give(forecast, outcome="did_not_occur")

    assert list(Grade.objects.order_by("pk").values_list("outcome", "retracted_at", "retracted_why")) == [
        ("occurred", later, "Wrong row"),
        ("did_not_occur", None, None),
    ]
    assert list(Resolution.objects.order_by("pk").values_list("outcome", "superseded_at", "superseded_by")) == [
        ("occurred", later, bob.pk),
        ("did_not_occur", None, None),
    ]
    assert (again.round, list(resolution.grades.all())) == (2, [again])
    assert list(Due.objects.order_by("pk").values_list("flagged_at", "cleared_why")) == [
        (now, "resolved"),
        (later, "resolved"),
    ]


def test_undoing_twice_changes_nothing_more(overdue, give, bob, now, stored):
    from forecasts.models import Grade

    given, _resolution = give(overdue())
    grading.undo_grade(given, by=bob, at=now)
    before = stored()
    grading.undo_grade(given, by=bob, at=now + timedelta(days=1))

    assert (stored(), Grade.objects.get().retracted_at) == (before, now)


def test_undoing_an_old_grade_leaves_the_new_resolution_alone(overdue, give, bob, erin, now):
    from forecasts.models import Resolution

    forecast = overdue()
    first, _resolution = give(forecast)
    grading.undo_grade(first, by=bob, at=now)
    _second, standing = give(forecast, by=erin)
    grading.undo_grade(first, by=bob, at=now)

    assert Resolution.objects.standing().get() == standing


def test_others_grades_are_taken_back_by_editors_alone(overdue, give, person, erin, now, refused):
    given, _resolution = give(overdue())

    assert refused(grading.undo_grade, given, by=person("dora"), at=now)[2] == (
        "Only who gave this grade, or an editor, can take it back."
    )
    assert refused(grading.undo_grade, given, by=erin, at=now)[:2] == ("why", "reason_needed")
    grading.undo_grade(given, by=erin, at=now, why="He meant another one.")
    given.refresh_from_db()
    assert given.retracted_by == erin


# --- The race ---------------------------------------------------------------------------------------------------------


def race(alongside, first, second):
    """Two graders: the second starts while the first one's transaction is still open."""
    with transaction.atomic():
        first()
        other = alongside(second)
        other.wait_until_blocked()
    return other.outcome()


@pytest.mark.django_db(transaction=True)
def test_of_two_graders_at_once_one_wins_and_the_other_is_told(overdue, give, erin, alongside):
    from forecasts.models import Grade, Resolution

    forecast = overdue()
    late = race(alongside, lambda: give(forecast), lambda: give(forecast, by=erin, outcome="did_not_occur"))

    assert isinstance(late, AlreadyResolved)
    assert (Grade.objects.count(), Resolution.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_row_lock_the_second_passes_every_check(overdue, give, erin, alongside, monkeypatch):
    """The negative control: what told the loser so politely was the lock; here only the constraints are left."""
    from forecasts.models import Grade
    from forecasts.querysets import ForecastQuerySet

    forecast = overdue()
    monkeypatch.setattr(ForecastQuerySet, "select_for_update", lambda rows, **_options: rows.all())
    late = race(alongside, lambda: give(forecast), lambda: give(forecast, by=erin, outcome="did_not_occur"))

    assert isinstance(late, IntegrityError)
    assert "grade_once_per_slot" in str(late)
    assert Grade.objects.count() == 1


def test_whoever_wrote_the_criteria_is_no_grader_after_somebody_else_has_changed_a_word(
    log, bob, dora, erin, now, django_assert_num_queries
):
    from dataclasses import replace

    from forecasts.models import Due
    from forecasts.services.due import flag_due
    from forecasts.services.verdicts import check_forecast, gradable

    early = datetime(2025, 5, 3, tzinfo=UTC)
    forecast = recording.set_criteria(log(), criteria=CRITERIA, by=bob, at=early)
    touched = replace(CRITERIA, place="Kostino")
    forecast = recording.set_criteria(forecast, criteria=touched, by=dora, at=early)
    recording.set_criteria(log(event="The ferry stops."), criteria=CRITERIA, by=dora, at=early)
    log(event="The lock opens.")
    flag_due(at=now)

    for author in (bob, dora):
        with pytest.raises(GradeRefused, match="You wrote its criteria"):
            check_forecast(forecast, by=author)
    check_forecast(forecast, by=erin)
    with django_assert_num_queries(3):
        assert [gradable(Due.objects.all(), by=each).count() for each in (bob, dora, erin)] == [2, 1, 3]
