"""Undoing, splitting, adding and re-reading on the confirming page, and what others do there meanwhile."""

from __future__ import annotations

import json

import pytest

from forecasts.models import Forecast, ForecastSuggestion, Lineage, Reading
from forecasts.views.finds import finds_in, form_for, proposed_data
from sources.services import deciding

HTMX = {"HX-Request": "true"}
COMPOUND = "The strike will likely end; a new strike in Strelsau is unlikely (30%)."


@pytest.fixture
def address(briefing):
    return f"/desk/articles/{briefing.reference}/confirm/"


@pytest.fixture
def find(briefing):
    def choose(words: str, article=briefing):
        return next(each for each in finds_in(article) if words in each.row.quote)

    return choose


@pytest.fixture
def client_of_bob(bob, browse):
    return browse(bob)


def data_of(find, **changes):
    form = form_for(find.row)
    return proposed_data(form) | {form.add_prefix(name): value for name, value in changes.items()}


def states(article):
    return " ".join(f"{each.key}.{each.state}" for find in finds_in(article) for each in (find, *find.repeats))


# --- Undo -----------------------------------------------------------------------------------------------------------


def test_an_accepted_find_shows_its_record_and_can_be_undone(client_of_alice, address, find):
    chosen = find("second port")
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen))
    accepted = client_of_alice.get(address).content.decode()
    client_of_alice.post(f"{address}{chosen.key}/undo/")

    assert f'action="{address}{chosen.key}/undo/"' in accepted
    assert find("second port").state == "pending"
    assert Forecast.objects.kept().count() == 0


def test_what_cannot_be_undone_says_why_on_its_card(client_of_alice, address, find, now):
    chosen = find("second port")
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen))
    Forecast.objects.update(released_at=now)
    answer = client_of_alice.post(f"{address}{chosen.key}/undo/", headers=HTMX).content.decode()

    reference = Forecast.objects.get().reference
    assert f"<p>{reference} was published, so it stays on the record and stays due.</p>" in answer
    assert 'data-state="accepted"' in answer


def test_undoing_the_last_takes_back_ones_own_decision(client_of_alice, client_of_bob, address, find):
    mine, later, of_bob = find("second port"), find("strike"), find("900")
    client_of_alice.post(f"{address}{mine.key}/dismiss/")
    client_of_alice.post(f"{address}{later.key}/dismiss/")
    client_of_bob.post(f"{address}{of_bob.key}/dismiss/")
    answer = client_of_alice.post(f"{address}undo/", headers=HTMX).content.decode()

    assert f'id="find-{later.key}" data-row data-find="{later.key}" data-mark="{later.key}" data-state="pending"' in (
        answer
    )
    assert [find(words).state for words in ("second port", "strike", "900")] == ["dismissed", "pending", "dismissed"]


def test_with_nothing_to_undo_it_says_so(client_of_alice, address, words_of):
    announced = client_of_alice.post(f"{address}undo/", headers=HTMX)
    shown = words_of(client_of_alice.post(f"{address}undo/", follow=True))

    said = "You have decided nothing here that could be undone."
    assert (announced.status_code, json.loads(announced.headers["HX-Trigger"])) == (204, {"hindsight:say": said})
    assert said in shown


def test_a_reader_undoes_nothing(browse, charlie, address, find):
    chosen = find("strike")
    client = browse(charlie)

    assert [
        client.post(f"{address}{path}").status_code
        for path in (f"{chosen.key}/undo/", "undo/", f"{chosen.key}/split/", f"{chosen.key}/same/", "add/")
    ] == [403] * 5
    assert client.post(f"{address.removesuffix('confirm/')}reread/").status_code == 403
    assert client.get(f"{address}changes/").status_code == 403


# --- Split ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def compound(bring_in):
    return bring_in(f"Talks\n\n2 May 2025\n\nForecast\n\nShort-term (0-3 months)\n\n- {COMPOUND}\n")


def confirm_page(article):
    return f"/desk/articles/{article.reference}/confirm/"


def test_a_compound_is_split_into_cards_of_its_parts(client_of_alice, compound, find, words_of):
    whole = find("strike", compound)
    client_of_alice.post(f"{confirm_page(compound)}{whole.key}/split/")
    page = client_of_alice.get(confirm_page(compound))
    shown = page.context["page"].object_list

    assert [(each.state, each.row.part, each.mark_key) for each in shown] == [
        ("split", 0, whole.key),
        ("pending", 1, whole.key),
        ("pending", 2, whole.key),
    ]
    assert "This part: “a new strike in Strelsau is unlikely (30%).”" in words_of(page)


def test_htmx_gets_the_whole_its_parts_behind_it_and_the_text(client_of_alice, compound, find):
    whole = find("strike", compound)
    answer = client_of_alice.post(f"{confirm_page(compound)}{whole.key}/split/", headers=HTMX).content.decode()
    first, second = finds_in(compound)[1:]

    assert f'<div hx-swap-oob="afterend:#find-{whole.key}"><article' in answer.replace("\n", "").replace(
        '"> <article', '"><article'
    )
    assert f'<div hx-swap-oob="afterend:#find-{first.key}">' in answer
    assert f'id="find-{second.key}"' in answer
    assert '<div id="marked-text" hx-swap-oob="true">' in answer


def test_a_part_without_a_probability_is_told_on_its_card(client_of_alice, bring_in, find):
    article = bring_in(
        "Talks\n\n2 May 2025\n\nForecast\n\n- The strike is likely to end and to be followed by another.\n"
    )
    whole = find("strike", article)
    client_of_alice.post(f"{confirm_page(article)}{whole.key}/split/")
    second = finds_in(article)[2]
    answer = client_of_alice.post(
        f"{confirm_page(article)}{second.key}/accept/", data_of(second), headers=HTMX
    ).content.decode()

    assert "A part needs a probability of its own." in answer
    assert Forecast.objects.count() == 0


def test_a_claim_is_not_split(client_of_alice, address, find):
    assert client_of_alice.post(f"{address}{find('900').key}/split/").status_code == 404


# --- Add ------------------------------------------------------------------------------------------------------------


def selection(article, words, kind):
    start = article.text.index(words)
    return {"kind": kind, "start": start, "end": start + len(words)}


def test_selected_words_become_a_find_at_their_place(client_of_alice, briefing, address):
    words = "though the United Nations puts the figure"
    response = client_of_alice.post(f"{address}add/", selection(briefing, words, "forecast"))
    row = ForecastSuggestion.objects.get(rule="by_hand")

    assert (row.quote, row.section, row.is_pending) == (words, "body", True)
    assert response.headers["Location"] == f"{address}#find-f{row.pk}"


def test_htmx_gets_its_card_behind_the_one_before(client_of_alice, briefing, address, find):
    answer = client_of_alice.post(
        f"{address}add/", selection(briefing, "Ruritanian officials", "claim"), headers=HTMX
    ).content.decode()
    key = next(each.key for each in finds_in(briefing) if each.row.rule == "by_hand")
    before = finds_in(briefing)[0]  # the summary's sentence is a repeat, shown further down

    assert f'id="find-{key}"' in answer
    assert ("afterbegin:#finds" in answer) is (before.key == key)
    assert f'data-find="{key}" data-state="pending" id="mark-{key}"' in answer


def test_a_place_that_is_found_already_is_said_to_be(client_of_alice, briefing, address, find):
    chosen = find("second port")
    response = client_of_alice.post(f"{address}add/", selection(briefing, chosen.row.quote, "forecast"), headers=HTMX)

    assert json.loads(response.headers["HX-Trigger"]) == {
        "hindsight:say": "There is a find at exactly this place already: to confirm."
    }


@pytest.mark.parametrize(
    "changes", [{"start": ""}, {"start": "x"}, {"start": "9", "end": "9"}, {"end": "999999"}, {"kind": "poem"}]
)
def test_words_that_do_not_stand_there_are_refused(client_of_alice, briefing, address, changes):
    sent = selection(briefing, "Ruritanian officials", "forecast") | changes

    assert client_of_alice.post(f"{address}add/", sent).status_code == 400
    assert not ForecastSuggestion.objects.filter(rule="by_hand").exists()


# --- Older forecasts ------------------------------------------------------------------------------------------------


@pytest.fixture
def again(client_of_alice, address, find, bring_in, briefing_text):
    """A later briefing that foretells the second port again, when the first one is confirmed."""
    chosen = find("second port")
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen))
    return bring_in(briefing_text.replace("2 May 2025", "20 May 2025"))


def test_an_older_forecast_that_is_near_is_offered_in_two_ways(client_of_alice, again, find, words_of):
    older = Forecast.objects.get()
    page = client_of_alice.get(confirm_page(again))

    assert [each.near[0].forecast for each in page.context["page"].object_list if each.near] == [older]
    assert f"Same event and window as {older.reference}" in words_of(page)
    assert f"Same question, new window: continues {older.reference}" in words_of(page)


def test_the_same_event_and_window_makes_a_judgement(client_of_alice, again, find):
    older, chosen = Forecast.objects.get(), find("second port", again)
    sent = data_of(chosen, term="phia-2025:likely") | {"on": older.reference}
    client_of_alice.post(f"{confirm_page(again)}{chosen.key}/same/", sent)

    assert [each.term for each in older.judgements.order_by("made_at")] == ["highly_likely", "likely"]
    assert (Forecast.objects.count(), find("second port", again).row.decision) == (1, "folded")


def test_the_same_question_continues_it(client_of_alice, again, find):
    older, chosen = Forecast.objects.get(), find("second port", again)
    client_of_alice.post(f"{confirm_page(again)}{chosen.key}/accept/", data_of(chosen) | {"continues": older.reference})

    assert [(each.earlier, each.relation) for each in Lineage.objects.all()] == [(older, "continues")]


@pytest.mark.parametrize("named", ["", "F-999999", "A-1", "x"])
def test_an_older_forecast_that_is_not_there_is_404(client_of_alice, again, find, named):
    chosen = find("second port", again)
    response = client_of_alice.post(f"{confirm_page(again)}{chosen.key}/same/", data_of(chosen) | {"on": named})

    assert (response.status_code, Forecast.objects.count()) == (404, 1)


def test_what_is_near_is_not_accepted_with_those_that_carry_no_flag(client_of_alice, again, find):
    client_of_alice.post(f"{confirm_page(again)}plain/")

    assert find("second port", again).state == "pending"
    assert find("reopen", again).state == "accepted"


# --- Reading again --------------------------------------------------------------------------------------------------


def test_the_texts_own_yardstick_is_suggested_and_set(client_of_alice, bring_in, words_of, find):
    article = bring_in(
        "Talks\n\n2 May 2025\n\nForecast\n\n- A strike is very likely.\n- There is a roughly even chance of rain.\n"
    )
    before = words_of(client_of_alice.get(confirm_page(article)))
    client_of_alice.post(f"/desk/articles/{article.reference}/reread/", {"yardstick": "icd-203"})
    after = words_of(client_of_alice.get(confirm_page(article)))

    assert "its words are those of: ICD 203 expressions of likelihood." in before
    assert "its words are those of" not in after
    assert [each.row.found["term"] for each in finds_in(article)] == ["very_likely", "roughly_even_chance"]


def test_an_unknown_yardstick_changes_nothing(client_of_alice, briefing, words_of):
    page = client_of_alice.post(f"/desk/articles/{briefing.reference}/reread/", {"yardstick": "ours"}, follow=True)

    assert "“ours” is no yardstick here." in words_of(page)
    assert Reading.objects.get(article=briefing).yardstick == "phia-2025"


def test_a_newer_reader_offers_to_read_again(client_of_alice, briefing, address, words_of):
    Reading.objects.update(reader_version="0")
    before = words_of(client_of_alice.get(address))
    client_of_alice.post(f"/desk/articles/{briefing.reference}/reread/")
    after = words_of(client_of_alice.get(address))

    assert "A newer reader than the one that read this text is here." in before
    assert "A newer reader" not in after


# --- What others do -------------------------------------------------------------------------------------------------


def test_nothing_new_is_204(client_of_alice, briefing, address):
    response = client_of_alice.get(f"{address}changes/", {"states": states(briefing)})

    assert (response.status_code, response.headers.get("HX-Trigger")) == (204, None)


def test_what_bob_has_decided_comes_to_alices_page(client_of_alice, briefing, address, find, bob, now, words_of):
    shown = states(briefing)
    deciding.dismiss(find("strike").row, by=bob, at=now)
    response = client_of_alice.get(f"{address}changes/", {"states": shown})

    assert [each.key for each in response.context["changed"]] == [find("strike").key]
    assert "dismissed by Bob" in words_of(response)
    assert 'data-state="dismissed" hx-swap-oob="true"' in response.content.decode()
    assert 'id="progress" class="confirm-progress" data-left="6" hx-swap-oob="true"' in response.content.decode()


def test_a_find_that_bob_has_added_is_announced(client_of_alice, client_of_bob, briefing, address):
    shown = states(briefing)
    client_of_bob.post(f"{address}add/", selection(briefing, "though the United Nations", "forecast"))
    response = client_of_alice.get(f"{address}changes/", {"states": shown})

    assert (response.status_code, response.headers["HX-Trigger"]) == (204, "hindsight:outdated")


@pytest.mark.parametrize("odd", ["", "f1", "x.y.z", "f1.pending " * 300])
def test_odd_states_do_no_harm(client_of_alice, address, odd):
    assert client_of_alice.get(f"{address}changes/", {"states": odd}).status_code == 204


@pytest.mark.parametrize("sentences", [1, 3])
def test_looking_for_changes_takes_the_same_queries_however_much_was_found(
    client_of_alice, bring_in, django_assert_num_queries, sentences
):
    lines = "\n".join(f"- The port of Zenda number {number} is likely to reopen." for number in range(sentences))
    article = bring_in(f"Talks\n\n2 May 2025\n\nForecast\n\n{lines}")
    shown = states(article)
    with django_assert_num_queries(7):
        client_of_alice.get(f"{confirm_page(article)}changes/", {"states": shown})


def test_the_page_of_a_forecast_that_was_undone_says_so(client_of_alice, client, address, find):
    chosen = find("second port")
    client_of_alice.post(f"{address}{chosen.key}/accept/", data_of(chosen))
    client_of_alice.post(f"{address}{chosen.key}/undo/")
    gone = Forecast.objects.get()
    page = client_of_alice.get(gone.get_absolute_url())

    assert page.status_code == 410
    assert "Alice took its recording back: its confirming was undone." in page.content.decode()
    assert client.get(f"/api/v1/forecasts/{gone.reference}/").status_code == 404
