"""The administrators' pages, and what the others' pages say afterwards."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from forecasts.models import Forecast
from groundwork.models import Redaction

FILLED = {"words": "Quoxleby\n", "reason": "order", "order_reference": "3 O 12/25", "why": "The court has ordered it."}
SAID = re.compile(r"Redacted on \d{4}-\d\d-\d\d( for a legal reason|\])")


def text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content.decode())).split())


@pytest.fixture
def waiting(browse, amy):
    """A request of Amy's, made on the page."""
    answer = browse(amy).post("/desk/redactions/new/", FILLED)
    assert answer.status_code == 302, text(answer)
    return Redaction.objects.get()


@pytest.mark.parametrize("who", ["bob", "alice"])
@pytest.mark.parametrize("path", ["", "new/", "{pk}/"])
def test_analysts_and_editors_are_refused(who, path, waiting, browse, request):
    client = browse(request.getfixturevalue(who))
    address = f"/desk/redactions/{path.format(pk=waiting.pk)}"
    neighbour = client.get("/account/people/")
    assert client.get(address).status_code == neighbour.status_code == 403
    assert client.post(address, FILLED).status_code == (405 if not path else 403) or not path
    assert Redaction.objects.get().is_open


@pytest.mark.parametrize("path", ["", "new/", "{pk}/"])
def test_whoever_has_no_account_is_sent_to_the_sign_in_page(path, waiting, browse):
    address = f"/desk/redactions/{path.format(pk=waiting.pk)}"
    answer = browse().get(address)
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={address}")


def test_the_second_administrator_approves_and_the_words_are_gone(desk, browse, amy, zoe):
    asked = browse(amy).post("/desk/redactions/new/", FILLED | {"target": desk.forecast.reference, "words": ""})
    page = browse(zoe).get(asked.url)
    assert "The lock at Alma is unlikely to reopen." in text(page)
    assert "Another administrator decides" not in text(page)
    answer = browse(zoe).post(asked.url, {"decision": "approve", "why": ""}, follow=True)
    assert "Redacted. The words are gone from the record; backups still hold them." in text(answer)
    assert "unlikely to reopen" not in text(answer)
    assert Redaction.objects.get().state == "approved"


def test_whoever_asked_sees_no_buttons_and_is_refused(waiting, browse, amy):
    client = browse(amy)
    assert "Approve and redact" not in text(client.get(f"/desk/redactions/{waiting.pk}/"))
    answer = client.post(f"/desk/redactions/{waiting.pk}/", {"decision": "approve"})
    assert "A second administrator decides: whoever asked cannot." in text(answer)
    assert Redaction.objects.get().is_open


def test_the_second_one_cannot_decide_in_the_first_ones_session(browse, amy, zoe):
    client = browse(amy)
    client.post("/desk/redactions/new/", FILLED)
    waiting = Redaction.objects.get()
    session = client.session
    # Another account in the very same session, as no sign-in would leave it.
    session["_auth_user_id"] = str(zoe.pk)
    session["_auth_user_hash"] = zoe.get_session_auth_hash()
    session.save()
    answer = client.post(f"/desk/redactions/{waiting.pk}/", {"decision": "approve"})
    assert "This was asked for in the same session." in text(answer)
    assert Redaction.objects.get().is_open


def test_a_refusal_needs_a_reason_and_erases_the_words(waiting, browse, zoe):
    client = browse(zoe)
    assert "Say why." in text(client.post(f"/desk/redactions/{waiting.pk}/", {"decision": "refuse", "why": ""}))
    client.post(f"/desk/redactions/{waiting.pk}/", {"decision": "refuse", "why": "No order."})
    page = text(client.get(f"/desk/redactions/{waiting.pk}/"))
    assert ("Quoxleby" in page, "No order." in page) == (False, True)
    late = client.post(f"/desk/redactions/{waiting.pk}/", {"decision": "approve"}, follow=True)
    assert "Another administrator has decided this." in text(late)


def test_a_mistake_in_the_form_is_shown_where_it_is(browse, amy):
    answer = text(browse(amy).post("/desk/redactions/new/", FILLED | {"target": "F-999", "why": ""}))
    assert "This field is required." in answer
    assert "There is no such record." in text(browse(amy).post("/desk/redactions/new/", FILLED | {"target": "F-999"}))
    lines = "\n".join(f"word{number}" for number in range(51))
    assert "At most 50 lines of words." in text(browse(amy).post("/desk/redactions/new/", FILLED | {"words": lines}))


def test_the_form_names_what_can_be_redacted_alone_and_no_grade_of_an_open_round(desk, browse, amy, settings):
    settings.GRADERS = 2
    page = text(browse(amy).get(f"/desk/redactions/new/?target={desk.forecast.reference}"))
    assert f"comment {desk.comment.pk}" in page
    assert f"judgement {desk.forecast.judgements.first().pk}" in page
    type(desk.resolution).objects.filter(pk=desk.resolution.pk).update(
        superseded_at=desk.now, superseded_by=amy, superseded_why="test"
    )
    hidden = text(browse(amy).get(f"/desk/redactions/new/?target={desk.forecast.reference}"))
    assert desk.grade.reference not in hidden
    browse(amy).post("/desk/redactions/new/", FILLED | {"target": desk.grade.reference, "words": ""})
    page = text(browse(amy).get(f"/desk/redactions/{Redaction.objects.get().pk}/"))
    assert "It is hidden from you until the round of grading is over." in page
    assert "opened the gates" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_row_and_with_three(rows, ask, browse, amy, django_assert_num_queries):
    for number in range(rows):
        ask("", f"Quoxleby {number}")
    client = browse(amy)
    client.get("/desk/redactions/")
    with django_assert_num_queries(5):
        page = client.get("/desk/redactions/")
    assert text(page).count("3 O 12/25") == rows
    assert text(client.get("/desk/redactions/?format=csv")).count("3 O 12/25") == rows
    assert "Nothing fits this filter" in text(client.get("/desk/redactions/?state=refused"))


def test_pages_feeds_search_and_api_say_it_plainly(desk, redact, browse, bob):
    addresses = [
        desk.forecast.get_absolute_url(),
        desk.forecast.article.get_absolute_url(),
        "/desk/forecasts/",
        "/desk/forecasts/?format=csv",
        f"/api/v1/forecasts/{desk.forecast.reference}/",
        f"/api/v1/articles/{desk.edition.article.reference}/",
        desk.edition.get_absolute_url(),
        f"/api/v1/briefings/{desk.briefing.slug}/editions/1/",
    ]
    client = browse(bob)
    before = {address: client.get(address) for address in addresses}
    assert {address for address, answer in before.items() if "lock at Alma" not in text(answer)} == set()

    redact(desk.forecast.reference)

    after = {address: text(client.get(address)) for address in addresses}
    assert {address for address, said in after.items() if "lock at Alma" in said} == set()
    assert {address for address, said in after.items() if not SAID.search(said)} == set()
    assert client.get("/desk/forecasts/?q=lock").context["rows"] == []
    assert "lock at Alma" not in text(browse().get("/briefings/feed/"))
    assert "on 2 June 2025 for a legal reason." in after[desk.forecast.get_absolute_url()]


def test_what_is_redacted_says_so_in_the_api(desk, redact, browse, bob):
    done = redact(desk.forecast.reference)
    answer = browse(bob).get(f"/api/v1/forecasts/{desk.forecast.reference}/").json()
    assert answer["redacted_at"] == answer["judgements"][0]["redacted_at"] or answer["redacted_at"] is not None
    assert answer["redacted_at"] == done.done_at.isoformat().replace("+00:00", "Z")
    assert answer["resolution"]["redacted_at"] == answer["redacted_at"]
    assert (answer["resolution"]["outcome"], answer["statement"]) == (
        "occurred",
        "Redacted on 2025-06-02 for a legal reason.",
    )
    other = Forecast.objects.exclude(pk=desk.forecast.pk).first()
    assert browse(bob).get(f"/api/v1/forecasts/{other.reference}/").json()["redacted_at"] is None


def test_records_link_to_the_form_for_administrators_alone(desk, browse, amy, alice):
    link = f"/desk/redactions/new/?target={desk.forecast.reference}"
    for record in (desk.forecast, desk.claim, desk.forecast.article, desk.forecast.author):
        link = f"/desk/redactions/new/?target={record.reference}"
        assert link in browse(amy).get(record.get_absolute_url()).content.decode()
        assert link not in browse(alice).get(record.get_absolute_url()).content.decode()


def test_an_image_that_was_redacted_is_a_text_that_says_so(desk, redact, browse, alice):
    redact(f"image {desk.image.pk}")
    answer = browse(alice).get(desk.image.get_absolute_url())
    assert (answer["Content-Type"], SAID.search(answer.content.decode()) is not None) == ("text/plain", True)
