"""Confirming what was read, without JavaScript and with htmx."""

from __future__ import annotations

import pytest

from claims.models import Claim, ClaimSuggestion
from forecasts.models import Appearance, Forecast, ForecastSuggestion
from forecasts.views.finds import finds_in, form_for, proposed_data

HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(briefing):
    return f"/desk/articles/{briefing.reference}/confirm/"


@pytest.fixture
def find(briefing):
    """`find("likely", "forecast")` is the first find whose quote holds that word."""

    def choose(words: str):
        return next(each for each in finds_in(briefing) if words in each.row.quote)

    return choose


@pytest.fixture
def data_of():
    """`data_of(find, event="…")` is what a browser would send for its form."""

    def data(find, **changes: str) -> dict[str, str]:
        form = form_for(find.row)
        return proposed_data(form) | {form.add_prefix(name): value for name, value in changes.items()}

    return data


def test_the_page_shows_the_text_with_each_find_marked_and_its_form(client_of_alice, briefing, address):
    page = client_of_alice.get(address).content.decode()
    for find in finds_in(briefing):
        assert (
            f'class="find find--{find.kind}" data-find="{find.key}" data-state="pending" id="mark-{find.key}"' in page
        )
        assert f'id="find-{find.key}"' in page
    assert "The port of Zenda reopens to grain ships</textarea>" in page
    assert "<b>0 of 7</b> decided" in page


def test_an_accepted_find_becomes_a_forecast_of_the_bylines_and_not_of_whoever_clicked(
    client_of_alice, address, find, data_of, alice
):
    chosen = find("second port")
    response = client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen))
    assert response.headers["Location"] == f"{address}#find-{chosen.key}"
    forecast = Forecast.objects.get()
    assert (forecast.author.name, forecast.recorded_by) == ("Anna Lindqvist", alice)
    assert forecast.event == "Ruritania builds a second port"
    assert (str(forecast.opens_on), forecast.closes_on, str(forecast.assessment_on)) == (
        "2026-05-02",
        None,
        "2029-05-02",
    )
    judgement = forecast.judgements.get()
    assert (judgement.forecaster.name, judgement.term, judgement.low, judgement.high) == (
        "Anna Lindqvist", "highly_likely", 0.8, 0.9
    )  # fmt: skip
    assert ForecastSuggestion.objects.get(pk=chosen.row.pk).decision == "accepted"


def test_an_edited_find_keeps_the_sentence_and_takes_the_edits(client_of_alice, address, find, data_of):
    chosen = find("strike")
    edits = {
        "event": "The strike ends", "triage": "gradable", "closes_on": "2025-07-01", "term": "phia-2025:likely",
        "observable": "The union calls it off", "topics": "ports",
    }  # fmt: skip
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen, **edits))
    forecast = Forecast.objects.get()
    assert (forecast.statement, forecast.event) == (chosen.row.quote, "The strike ends")
    assert (str(forecast.closes_on), forecast.triage, forecast.observable) == (
        "2025-07-01", "gradable", "The union calls it off"
    )  # fmt: skip
    assert [topic.name for topic in forecast.topics.all()] == ["ports"]
    assert forecast.judgements.get().term == "likely"
    assert ForecastSuggestion.objects.get(pk=chosen.row.pk).decision == "edited"


def test_a_repeat_is_shown_under_its_twin_and_folded_with_it(client_of_alice, briefing, address, find, data_of):
    twin = finds_in(briefing)[2]
    assert [repeat.row.section for repeat in twin.repeats] == ["summary"]
    client_of_alice.post(f"{address}{twin.key}/accept/", data_of(twin))
    assert twin.repeats[0].row.__class__.objects.get(pk=twin.repeats[0].row.pk).decision == "folded"
    assert Appearance.objects.get().section == "summary"
    assert Forecast.objects.count() == 1


def test_a_repeat_stands_for_itself_once_its_twin_is_dismissed(client_of_alice, briefing, address):
    twin = finds_in(briefing)[2]
    response = client_of_alice.post(f"{address}{twin.key}/dismiss/", headers=HTMX)
    assert response.headers["HX-Refresh"] == "true"
    assert twin.repeats[0].key in [each.key for each in finds_in(briefing)]


def test_a_repeat_that_was_restored_can_be_folded_into_what_its_twin_became(
    client_of_alice, briefing, address, data_of
):
    twin = finds_in(briefing)[2]
    repeat = twin.repeats[0]
    client_of_alice.post(f"{address}{repeat.key}/dismiss/")
    client_of_alice.post(f"{address}{twin.key}/accept/", data_of(twin))
    client_of_alice.post(f"{address}{repeat.key}/undo/")
    client_of_alice.post(f"{address}{repeat.key}/fold/")
    assert ForecastSuggestion.objects.get(pk=repeat.row.pk).forecast == Forecast.objects.get()
    assert Appearance.objects.get().forecast == Forecast.objects.get()


def test_two_speakers_figures_join_one_series(client_of_alice, briefing, address, find, data_of):
    for words in ("900 dockers", "closer to 300"):
        client_of_alice.post(f"{address}{find(words).key}/accept/", data_of(find(words)))
    first, second = Claim.objects.order_by("pk")
    assert first.series == second.series
    assert (first.speaker.name, int(first.value_high)) == ("Ruritanian officials", 900)
    assert (second.speaker.name, int(second.value_point), second.approximate) == ("United Nations", 300, True)


def test_accepting_a_claim_tells_the_others_which_series_they_would_join(
    client_of_alice, address, find, data_of, words_of
):
    chosen = find("900 dockers")
    response = client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen), headers=HTMX)
    series = Claim.objects.get().series
    assert f"Joins {series.reference}, dockers: arrested, with 1 claim in it." in words_of(response)


def test_a_claim_takes_its_edits(client_of_alice, address, find, data_of):
    chosen = find("900 dockers")
    edits = {"place": "Zenda", "speaker": "", "basis": "official", "as_of": "2025-04-30", "value_point": "850"}
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen, **edits))
    claim = Claim.objects.get()
    assert (claim.series.place, claim.speaker, claim.basis, str(claim.as_of)) == (
        "Zenda",
        None,
        "official",
        "2025-04-30",
    )
    assert ClaimSuggestion.objects.get(pk=chosen.row.pk).decision == "edited"


def test_dismissing_and_restoring_come_back_to_the_same_find(client_of_alice, address, find):
    chosen = find("strike")
    for step, decision in (("dismiss", "dismissed"), ("undo", "pending")):
        response = client_of_alice.post(f"{address}{chosen.key}/{step}/")
        assert response.headers["Location"] == f"{address}#find-{chosen.key}"
        assert ForecastSuggestion.objects.get(pk=chosen.row.pk).decision == decision


def test_htmx_gets_the_card_and_the_progress(client_of_alice, address, find, data_of):
    chosen = find("strike")
    page = client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen), headers=HTMX).content.decode()
    assert (
        f'id="find-{chosen.key}" data-row data-find="{chosen.key}" data-mark="{chosen.key}" data-state="accepted"'
        in page
    )
    assert 'id="progress" class="confirm-progress" data-left="6" hx-swap-oob="true"' in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("words", "changes", "field", "message"),
    [
        ("strike", {"closes_on": "2025-04-01"}, "closes_on", "The window closes before it opens."),
        ("strike", {"opens_on": "2025-02-30"}, "opens_on", "“2025-02-30” is no day of the calendar. Write it as YYYY-MM-DD."),
        ("strike", {"probability": "1.2"}, "probability", "“1.2” could be meant in two ways. Write it in per cent, with the sign: 1.2 %."),
        ("strike", {"term": "", "low": "60", "high": "40"}, "low", "The lower end is above the upper one."),
        ("strike", {"term": "phia-2025:maybe"}, "term", "Select a valid choice. phia-2025:maybe is not one of the available choices."),
        ("second port", {"assessment_on": "2025-06-01"}, "assessment_on", "The assessment date lies before the window opens."),
        ("900 dockers", {"value_low": "1000"}, "value_low", "The lower bound is above the upper one."),
        ("900 dockers", {"value_point": "1000"}, "value_point", "The figure lies outside its own bounds."),
        ("900 dockers", {"value_high": "many"}, "value_high", "Enter a number."),
        ("900 dockers", {"subject": " "}, "subject", "This field is required."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_bad_input_is_blamed_on_its_field_and_stores_nothing(
    client_of_alice, address, find, data_of, words, changes, field, message, headers
):
    chosen = find(words)
    response = client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen, **changes), headers=headers)
    shown = response.context["find"] if headers else next(
        each for each in response.context["page"].object_list if each.key == chosen.key
    )  # fmt: skip
    assert shown.form.errors == {field: [message]}
    for value in changes.values():
        assert value in response.content.decode()
    assert (Forecast.objects.count(), Claim.objects.count()) == (0, 0)
    assert shown.row.__class__.objects.get(pk=shown.row.pk).decision == "pending"


@pytest.mark.parametrize("step", ["accept", "dismiss"])
def test_somebody_who_was_faster_is_told_of_politely(
    client_of_alice, person, browse, address, find, data_of, words_of, step
):
    chosen = find("strike")
    data = data_of(chosen)
    browse(person("dora", "analyst")).post(f"{address}{chosen.key}/accept/", data)
    page = words_of(client_of_alice.post(f"{address}{chosen.key}/{step}/", data, follow=True))
    assert "Somebody has decided this find already: it was accepted." in page
    card = words_of(client_of_alice.post(f"{address}{chosen.key}/{step}/", data, headers=HTMX))
    assert "accepted by Dora Somebody has decided this find already: it was accepted." in card
    assert Forecast.objects.count() == 1


def test_all_that_carry_no_flag_are_accepted_at_once_and_the_rest_is_left(client_of_alice, briefing, address, words_of):
    page = words_of(client_of_alice.post(f"{address}plain/", follow=True))
    assert "3 finds accepted as they stand." in page
    left = {find.row.quote for find in finds_in(briefing) if find.row.is_pending}
    assert left == {
        "the United Nations puts the figure closer to 300",
        "The strike is unlikely to bring significant changes.",
        "The dispute may reshape the region.",
    }
    assert set(ForecastSuggestion.objects.exclude(forecast=None).values_list("decision", flat=True)) == {
        "accepted",
        "folded",
    }


def test_when_all_are_decided_the_page_says_so(client_of_alice, briefing, address, words_of):
    for find in finds_in(briefing):
        for each in (find, *find.repeats):
            client_of_alice.post(f"{address}{each.key}/dismiss/")
    assert "All 7 are decided." in words_of(client_of_alice.get(address))


def test_a_text_in_which_nothing_was_found_says_what_to_do(client_of_alice, bring_in, words_of):
    article = bring_in("Nothing here\n\nThe harbour was quiet.")
    assert "Nothing was found in this text" in words_of(
        client_of_alice.get(f"/desk/articles/{article.reference}/confirm/")
    )


def test_a_text_without_a_date_gives_previews_unless_a_day_is_given(client_of_alice, bring_in, data_of):
    article = bring_in("Talks\n\nForecast\n\n- The port is likely to reopen.\n- The port is unlikely to burn.")
    first, second = finds_in(article)
    address = f"/desk/articles/{article.reference}/confirm/"
    client_of_alice.post(f"{address}{first.key}/accept/", data_of(first))
    client_of_alice.post(
        f"{address}{second.key}/accept/", data_of(second, made_on="2025-05-01", closes_on="2025-06-01")
    )
    preview, dated = Forecast.objects.order_by("pk")
    assert (preview.made_on, preview.opens_on, preview.due_on) == (None, None, None)
    assert (str(dated.made_on), str(dated.opens_on), str(dated.closes_on)) == ("2025-05-01", "2025-05-01", "2025-06-01")


def test_the_day_of_publication_cannot_be_changed_with_a_find(client_of_alice, address, find, data_of):
    chosen = find("strike")
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen, made_on="2020-01-01"))
    assert str(Forecast.objects.get().made_on) == "2025-05-02"


@pytest.mark.parametrize("path", ["f999999/accept/", "f1x/dismiss/", "c0/undo/"])
def test_a_find_of_no_such_name_is_not_there(client_of_alice, address, path):
    assert client_of_alice.post(address + path).status_code == 404


def test_a_find_is_reached_only_through_its_own_article(client_of_alice, bring_in, find):
    other = bring_in("Other talks\n\nThe harbour was quiet.")
    assert (
        client_of_alice.post(f"/desk/articles/{other.reference}/confirm/{find('strike').key}/dismiss/").status_code
        == 404
    )


def test_readers_may_not_confirm(charlie, browse, address, find):
    client = browse(charlie)
    assert client.get(address).status_code == 403
    assert client.post(f"{address}{find('strike').key}/dismiss/").status_code == 403
    assert ForecastSuggestion.objects.exclude(decision="pending").count() == 0


def test_who_is_not_browse_is_asked_to(client, address):
    assert client.get(address).headers["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("sentences", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_much_was_found(
    client_of_alice, bring_in, django_assert_num_queries, sentences
):
    lines = "\n".join(f"- The port of Zenda number {number} is likely to reopen." for number in range(sentences))
    figures = " ".join(f"Officials said that {number + 20} boats were destroyed." for number in range(sentences))
    article = bring_in(f"Talks\n\n2 May 2025\n\n{figures}\n\nForecast\n\n{lines}")
    with django_assert_num_queries(10):  # the tenth looks for older forecasts
        client_of_alice.get(f"/desk/articles/{article.reference}/confirm/")
