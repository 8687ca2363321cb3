"""Publishing: what an edition carries, what becomes public, and what the next edition changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from briefings.errors import BriefingRefused, NothingNew, Stale
from briefings.models import Briefing, Edition
from briefings.services import matching, publishing
from claims.models import Claim, ClaimSuggestion
from forecasts.models import Due, Forecast, ForecastSuggestion, Judgement
from forecasts.services import grading
from forecasts.services.due import flag_due
from forecasts.services.entries import Chance
from forecasts.services.judging import judge
from sources.models import Article, Source


def carried(edition):
    return [(each.forecast.statement, str(each.judgement)) for each in edition.carried.select_related()]


def lines(statement):
    rows = Judgement.objects.of_the_desk().filter(forecast__statement=statement).order_by("made_at")
    return [(each.term, each.made_at, each.ended_at) for each in rows]


def at_midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


# --- The first edition ----------------------------------------------------------------------------------------------


def test_an_edition_freezes_the_working_copy(begin, publish, now, alice):
    briefing = begin()
    edition = publish(briefing)

    assert (edition.number, edition.title, edition.byline, edition.markdown, edition.published_at) == (
        1, briefing.title, "Dana Reed", briefing.markdown, now,
    )  # fmt: skip
    assert edition.summary == ["The river is at its lowest since 1990.", "Ships wait at the lock."]
    assert (edition.published_by, edition.note, edition.weight) == (alice, "", "major")
    assert Briefing.objects.values_list("state", "dated_on").get() == ("published", date(2025, 5, 2))


def test_its_text_comes_in_as_an_article_that_revises_the_one_before(begin, publish, published_on):
    briefing = begin(topics=["Rivers"], countries=["FR"])
    article = publish(briefing).article

    assert (article.revises, article.origin, article.published_on, article.countries) == (
        briefing.article, "edition", published_on, ["FR"],
    )  # fmt: skip
    assert [topic.slug for topic in article.topics.all()] == ["rivers"]
    assert [source.name for source in article.bylines.all()] == ["Dana Reed"]
    assert article.text == briefing.markdown.rstrip("\n") + "\n"


def test_an_edition_carries_what_was_confirmed_with_the_desks_line(begin, publish, text, published_on):
    edition = publish(begin())

    assert carried(edition) == [(text.lock, "unlikely"), (text.ferry, "highly likely"), (text.rail, "likely")]
    assert lines(text.lock) == [("unlikely", at_midnight(published_on), None)]


def test_an_imported_article_keeps_its_own_date_and_windows(begin, publish, published_on):
    briefing = begin()
    before = list(Forecast.objects.order_by("pk").values_list("made_on", "opens_on", "closes_on", "assessment_on"))
    publish(briefing)

    assert (
        list(Forecast.objects.order_by("pk").values_list("made_on", "opens_on", "closes_on", "assessment_on")) == before
    )
    assert before[0] == (published_on, published_on, date(2025, 8, 2), None)


def test_a_text_without_a_date_is_a_preview_until_its_first_edition(begin, publish, text, now):
    briefing = begin(text.undated)
    nothing = Forecast.objects.exclude(made_on=None, opens_on=None, closes_on=None, assessment_on=None, due_on=None)
    assert (nothing.count(), flag_due(at=now, on=date(2099, 1, 1)), Due.objects.count()) == (0, 0, 0)

    publish(briefing)

    assert list(Forecast.objects.order_by("pk").values_list("made_on", "opens_on", "closes_on", "assessment_on")) == [
        (date(2025, 6, 2), date(2025, 6, 2), date(2025, 9, 2), None),
        (date(2025, 6, 2), date(2025, 6, 2), date(2025, 9, 2), None),
        (date(2025, 6, 2), date(2026, 6, 2), None, date(2029, 6, 2)),
    ]
    assert flag_due(at=now, on=date(2025, 9, 2)) == 0
    assert flag_due(at=now, on=date(2025, 9, 3)) == 2
    assert Briefing.objects.get().dated_on == date(2025, 6, 2)


def test_nothing_is_public_before_and_what_stands_in_the_text_is_after(begin, publish):
    briefing = begin()
    models = (Article, Claim, Forecast, Source)
    assert [model.objects.exclude(released_at=None).count() for model in models] == [0, 0, 0, 0]

    publish(briefing)

    assert Article.objects.exclude(released_at=None).get() == Edition.objects.get().article
    assert set(Source.objects.exclude(released_at=None).values_list("name", flat=True)) == {
        "The Hindsight desk", "Dana Reed", "Harbour officials", "rail union",
    }  # fmt: skip
    assert (Forecast.objects.filter(released_at=None).count(), Claim.objects.filter(released_at=None).count()) == (0, 0)


def test_what_nobody_confirmed_is_not_carried(begin, publish, now):
    briefing = begin(confirmed=False)

    assert matching.preview(briefing, at=now).unconfirmed == 5
    assert carried(publish(briefing)) == []


def test_what_was_dismissed_is_not_asked_again(begin, publish, bob, now):
    from sources.services.deciding import dismiss

    briefing = begin(confirmed=False)
    for find in ForecastSuggestion.objects.all():
        dismiss(find, by=bob, at=now)
    seen = matching.preview(briefing, at=now)
    edition = publish(briefing)

    assert seen.unconfirmed == 2  # the figures
    finds = ForecastSuggestion.objects.filter(article=edition.article)
    assert list(finds.values_list("decision", flat=True)) == ["dismissed"] * 3
    # They still wait in the article that they were found in first.
    pending = ClaimSuggestion.objects.filter(decision="pending")
    assert set(pending.values_list("article", flat=True)) == {briefing.article_id}


def test_an_internal_forecast_is_dated_and_stays_internal(bring_in, confirm, alice, publish, now, text):
    from briefings.services.drafting import begin_briefing

    article = bring_in(text.undated)
    confirm(article, visibility="internal")
    briefing = begin_briefing(article, by=alice, at=now)
    seen = matching.preview(briefing, at=now)
    edition = publish(briefing)

    assert ([each.forecast.statement for each in seen.internal], seen.carried) == (
        [text.lock, text.ferry, text.rail],
        [],
    )
    assert (carried(edition), Judgement.objects.of_the_desk().count()) == ([], 0)
    assert set(Forecast.objects.values_list("made_on", "released_at")) == {(date(2025, 6, 2), None)}
    assert ForecastSuggestion.objects.filter(decision="pending").count() == 0


def test_personal_judgements_do_not_touch_the_desks_line(begin, publish, bob, now, text):
    briefing = begin()
    lock = Forecast.objects.get(statement=text.lock)
    judge(lock, chance=Chance(probability=0.99), by=bob, at=now - timedelta(days=1))

    assert carried(publish(briefing))[0] == (text.lock, "unlikely")


def test_a_markdown_article_is_published_as_itself(begin, publish, text):
    source = text.dated.replace("The River Alma", "# The River Alma", 1).replace("Summary", "## Summary")
    briefing = begin(source.replace("Forecast\n", "## Forecast\n"))
    edition = publish(briefing)

    assert edition.article == briefing.article
    assert [statement for statement, _line in carried(edition)] == [text.lock, text.ferry, text.rail]
    assert Article.objects.get().released_at == edition.published_at


# --- The next edition -----------------------------------------------------------------------------------------------


@pytest.fixture
def revise(begin, publish, save, now):
    """A first edition, then a second from a changed text, a day later: `(first, second)`."""

    def revise(*replacements, later=timedelta(days=1), confirm_with=None):
        first = publish(begin())
        markdown = first.markdown
        for old, new in replacements:
            assert markdown.count(old) == 1
            markdown = markdown.replace(old, new)
        save(Briefing.objects.get(), markdown=markdown)
        return first, publish(first.briefing, at=now + later)

    return revise


def test_a_dropped_sentence_ends_the_desks_line_and_stays_due(revise, text, now, published_on):
    first, second = revise((f"- {text.lock}\n", ""))

    assert [statement for statement, _line in carried(second)] == [text.ferry, text.rail]
    assert lines(text.lock) == [("unlikely", at_midnight(published_on), now + timedelta(days=1))]
    assert len(carried(first)) == 3
    flag_due(at=now, on=date(2025, 8, 3))
    assert Due.objects.filter(forecast__statement=text.lock, cleared_at=None).count() == 1
    assert Forecast.objects.get(statement=text.lock).released_at == now


def test_what_stays_keeps_the_line_that_it_has(revise, text, published_on):
    first, second = revise(("three summers", "four summers"))

    assert carried(second) == carried(first)
    assert lines(text.ferry) == [("highly_likely", at_midnight(published_on), None)]


def test_a_resolved_forecast_keeps_the_line_that_it_was_judged_by(
    begin, publish, save, person, text, now, published_on
):
    first = publish(begin())
    verdict = grading.Verdict(
        outcome="occurred", known_on=date(2025, 6, 1), rationale="It did.", no_evidence_reason="Seen."
    )
    lock = Forecast.objects.get(statement=text.lock)
    if lock.triage == "needs_criteria":
        Forecast.objects.filter(pk=lock.pk).update(observable="Ships pass.")
    grading.grade(lock, verdict=verdict, by=person("greta", "analyst"), at=now)
    save(Briefing.objects.get(), markdown=first.markdown.replace(f"- {text.lock}\n", ""))
    publish(first.briefing, at=now + timedelta(days=1))

    assert lines(text.lock) == [("unlikely", at_midnight(published_on), None)]


def test_a_sentence_that_comes_back_is_judged_anew_on_the_same_day(begin, publish, save, text, now, published_on):
    first = publish(begin())
    without = save(Briefing.objects.get(), markdown=first.markdown.replace(f"- {text.lock}\n", ""))
    publish(without, at=now + timedelta(hours=1))
    save(Briefing.objects.get(), markdown=first.markdown)
    third = publish(without, at=now + timedelta(hours=2))

    assert (third.number, third.article) == (3, first.article)
    assert lines(text.lock) == [
        ("unlikely", at_midnight(published_on), now + timedelta(hours=1)),
        ("unlikely", now + timedelta(hours=2), None),
    ]


def test_a_new_sentence_is_carried_once_it_is_confirmed(revise, confirm, publish, text, now):
    _first, second = revise((text.lock, f"{text.lock}\n- It is likely that the mill closes."))
    assert [statement for statement, _line in carried(second)] == [text.lock, text.ferry, text.rail]
    pending = ForecastSuggestion.objects.filter(decision="pending")
    assert list(pending.values_list("quote", "article")) == [("It is likely that the mill closes.", second.article_id)]

    confirm(second.article, at=now + timedelta(days=1))
    third = publish(second.briefing, at=now + timedelta(days=2), weight="minor", note="")

    assert [statement for statement, _line in carried(third)] == [
        text.lock, "It is likely that the mill closes.", text.ferry, text.rail,
    ]  # fmt: skip
    assert (third.number, third.article, third.markdown) == (3, second.article, second.markdown)
    mill = Forecast.objects.get(statement="It is likely that the mill closes.")
    assert (mill.made_on, mill.released_at) == (date(2025, 6, 3), now + timedelta(days=2))


def test_a_reworded_sentence_is_another_forecast(revise, text):
    _first, second = revise((text.lock, "The lock at Alma is highly unlikely to reopen."))

    assert [statement for statement, _line in carried(second)] == [text.ferry, text.rail]
    assert ForecastSuggestion.objects.filter(decision="pending").count() == 1


def test_words_inside_another_sentence_do_not_count(revise, text):
    _first, second = revise(
        (text.lock, f"Nobody believes that {text.lock[0].lower()}{text.lock[1:]}"), (text.rail, f"No: {text.rail}")
    )

    assert [statement for statement, _line in carried(second)] == [text.ferry]


def test_the_second_edition_bears_its_own_day_and_the_briefing_the_first(revise, published_on):
    _first, second = revise(("three summers", "four summers"))

    assert (second.article.published_on, second.briefing.dated_on) == (date(2025, 6, 3), published_on)
    assert second.article.revises.editions.get().number == 1


def test_figures_that_left_the_text_stay_on_the_record(revise):
    revise(("Harbour officials estimate that as many as 4,000 workers were displaced, though the", "The"))

    assert Claim.objects.standing().exclude(released_at=None).count() == 2


def test_the_same_again_is_refused(begin, publish, save):
    publish(begin())
    with pytest.raises(NothingNew, match=r"Nothing has changed since the last edition."):
        publish(Briefing.objects.get())
    save(Briefing.objects.get())
    with pytest.raises(NothingNew):
        publish(Briefing.objects.get())
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("changes", [{"title": "New"}, {"byline": "Sam Hill"}, {"image_credit": "A. Photographer"}])
def test_a_change_beside_the_text_is_an_edition_of_the_same_article(begin, publish, save, changes):
    first = publish(begin())
    save(Briefing.objects.get(), **changes)
    second = publish(first.briefing, weight="minor")

    assert (second.number, second.article, {name: getattr(second, name) for name in changes}) == (
        2,
        first.article,
        changes,
    )


def test_a_major_change_has_to_be_explained(begin, publish, save):
    publish(begin())
    save(Briefing.objects.get(), title="New")

    with pytest.raises(BriefingRefused) as refused:
        publish(Briefing.objects.get(), note=" ")
    assert (refused.value.field, Edition.objects.count()) == ("note", 1)


def test_a_text_saved_meanwhile_is_looked_at_first(begin, publish, save):
    briefing = begin()
    save(briefing, title="New")

    with pytest.raises(Stale):
        publish(briefing, version=1)
    assert (Edition.objects.count(), Forecast.objects.exclude(released_at=None).count()) == (0, 0)


def test_an_edition_cannot_be_changed(begin, publish):
    edition = publish(begin())

    for change in (lambda: Edition.objects.update(title="x"), edition.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_failure_on_the_way_leaves_nothing(begin, publish, monkeypatch):
    briefing = begin()
    articles = Article.objects.count()
    monkeypatch.setattr(publishing, "_release", lambda *_args, **_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        publish(briefing)
    assert (Edition.objects.count(), Article.objects.count(), Judgement.objects.of_the_desk().count()) == (
        0,
        articles,
        0,
    )
    assert Briefing.objects.get().state == "draft"


# --- Withdrawing ----------------------------------------------------------------------------------------------------


def test_withdrawing_ends_the_lines_and_keeps_the_forecasts(begin, publish, alice, text, now):
    edition = publish(begin())
    later = now + timedelta(days=1)
    briefing = publishing.withdraw(edition.briefing, by=alice, at=later, why=" A source was invented. ")

    assert (briefing.state, briefing.withdrawn_at, briefing.withdrawn_why) == (
        "withdrawn",
        later,
        "A source was invented.",
    )
    assert [line[2] for statement in (text.lock, text.ferry, text.rail) for line in lines(statement)] == [later] * 3
    assert Forecast.objects.filter(released_at=now).count() == 3


def test_what_is_withdrawn_is_no_article_of_the_public_any_more_until_it_is_published_again(
    begin, save, publish, alice, now
):
    first = publish(begin()).article
    briefing = Briefing.objects.get()
    publishing.withdraw(briefing, by=alice, at=now, why="Checked again.")
    withdrawn = Client().get(f"/api/v1/articles/{first.reference}/").status_code
    second = publish(save(briefing, markdown=briefing.markdown + "\n\nIt was right.\n"), note="It was right.").article
    again = [Client().get(f"/api/v1/articles/{each.reference}/").status_code for each in (first, second)]

    assert (withdrawn, again, first == second) == (404, [200, 200], False)


def test_withdrawing_needs_a_reason_and_a_published_page(begin, publish, alice, now):
    briefing = begin()
    with pytest.raises(BriefingRefused, match=r"It is not published."):
        publishing.withdraw(briefing, by=alice, at=now, why="No.")
    publish(briefing)
    with pytest.raises(BriefingRefused) as refused:
        publishing.withdraw(briefing, by=alice, at=now, why=" ")
    assert refused.value.field == "why"


def test_a_withdrawn_briefing_can_be_published_again(begin, publish, alice, text, now):
    briefing = publish(begin()).briefing
    publishing.withdraw(briefing, by=alice, at=now + timedelta(days=1), why="Checked again.")
    second = publish(briefing, at=now + timedelta(days=2), note="It was right.")

    assert (second.number, second.briefing.state, len(carried(second))) == (2, "published", 3)
    assert [line[2] for line in lines(text.lock)] == [now + timedelta(days=1), None]
