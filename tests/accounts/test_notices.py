"""One's notices on a page, and the bell that counts them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts.models import Notification
from accounts.services import notifying


@pytest.fixture
def tell(now):
    """`tell(bob, "text", …)` leaves him a notice for each text, the later the newer."""

    def make(user, *texts, url="/account/profile/"):
        for minute, text in enumerate(texts):
            notifying.notify([user], kind="comment", text=text, url=url, at=now + timedelta(minutes=minute))

    return make


def listed(answer):
    page = answer.content.decode()
    rows = re.findall(r'<li class="notice-row([^"]*)".*?</li>', page, re.DOTALL)
    return ["unread" if "unread" in each else "read" for each in rows]


def test_one_s_own_stand_there_newest_first_and_nobody_else_s(alice, bob, browse, tell):
    tell(bob, "The first.", "The second.")
    tell(alice, "Not Bob's.")
    page = browse(bob).get("/desk/notices/").content.decode()

    assert re.findall(r"</span>(The first|The second|Not Bob)", page) == ["The second", "The first"]
    assert "Not Bob" not in page


def test_the_bell_counts_what_is_unread_without_a_query_of_its_own(bob, browse, tell, django_assert_num_queries):
    client = browse(bob)
    for number in (0, 1, 3):
        Notification.objects.all().delete()
        tell(bob, *(f"Notice {each}." for each in range(number)))
        with django_assert_num_queries(4):  # session, who is signed in with the number, the sweep's heartbeat, the page
            page = client.get("/desk/notices/").content.decode()
        assert re.findall(r"(\d+) unread notices?", page) == ([str(number)] if number else [])


def test_opening_one_marks_it_as_read_and_goes_where_it_leads(bob, browse, tell):
    tell(bob, "One.", "Two.")
    one = Notification.objects.get(text="One.")
    client = browse(bob)
    opened = client.post(f"/desk/notices/{one.pk}/read/", {"open": "yes"})
    marked = client.post(f"/desk/notices/{one.pk}/read/")

    assert (opened["Location"], marked["Location"]) == ("/account/profile/", "/desk/notices/")
    assert listed(client.get("/desk/notices/")) == ["unread", "read"]


def test_all_are_marked_at_once(alice, bob, browse, tell):
    tell(bob, "One.", "Two.")
    tell(alice, "Hers.")
    client = browse(bob)
    client.post("/desk/notices/read/")

    assert listed(client.get("/desk/notices/")) == ["read", "read"]
    assert notifying.notices_of(alice).unread().count() == 1


def test_nobody_marks_another_s(alice, bob, browse, tell):
    tell(alice, "Hers.")
    answer = browse(bob).post(f"/desk/notices/{Notification.objects.get().pk}/read/", {"open": "yes"})

    assert (answer.status_code, notifying.notices_of(alice).unread().count()) == (404, 1)


def test_an_address_of_another_site_is_never_gone_to(bob, browse, tell):
    tell(bob, "One.", url="https://elsewhere.example/")
    answer = browse(bob).post(f"/desk/notices/{Notification.objects.get().pk}/read/", {"open": "yes"})

    assert answer["Location"] == "/desk/notices/"


def test_they_come_in_pages(bob, browse, tell, monkeypatch):
    monkeypatch.setattr("accounts.views.NOTICES", 2)
    tell(bob, *(f"Notice {each}." for each in range(5)))
    client, address, sizes = browse(bob), "/desk/notices/", []
    while address:
        page = client.get(address)
        sizes.append(len(listed(page)))
        found = re.findall(r'rel="next" href="([^"]+)"', page.content.decode())
        address = f"/desk/notices/{found[0]}" if found else ""

    assert sizes == [2, 2, 1]
    assert client.get("/desk/notices/?after=xyz").status_code == 400


def test_an_empty_page_says_what_comes_there(bob, browse):
    assert "Nothing yet" in browse(bob).get("/desk/notices/").content.decode()
