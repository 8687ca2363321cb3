"""Importing a file in the browser: the pages, who may do what, and the whole way with and without JavaScript."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from forecasts.models import Forecast, ImportBatch
from forecasts.services.imports import taking_in

HEADER = "external_id,statement,made_on,closes_on,probability,outcome,colour\n"
GOOD = "X1,The bridge opens.,2025-01-02,2025-06-30,60%,occurred,red\n"
BAD = "X2,The tunnel opens.,2025-01-02,2025-06-30,60,,\n"


def words_of(response, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(strip_tags(re.sub(r"(?=</)", " ", response.content.decode())).split())


@pytest.fixture
def upload(browse, alice):
    """`upload(text)` sends a file as Alice does and follows to the page it leads to."""

    def send(text: str = HEADER + GOOD + BAD, *, by: Client | None = None, **fields: str):
        file = SimpleUploadedFile("history.csv", text.encode())
        return (by or browse(alice)).post("/desk/imports/new/", {"file": file, **fields}, follow=True)

    return send


def post(client: Client, step: str, **fields: str):
    return client.post(f"/desk/imports/{ImportBatch.objects.latest('pk').pk}/{step}/", fields, follow=True)


@pytest.mark.django_db
def test_a_file_is_shown_before_anything_is_recorded(upload):
    page = words_of(upload())
    assert "These columns" not in page
    assert "This column is not known here and was left out: colour." in page
    assert "The bridge opens. line 2 X1 60 %" in page
    assert "line 3 probability 60 “60” could be meant in two ways." in page
    assert "An editor starts it" in page
    assert Forecast.objects.count() == 0


@pytest.mark.django_db
def test_rows_that_contradict_each_other_are_left_out_of_what_will_be(upload):
    other = GOOD.replace("The bridge opens.", "The bridge stays shut.").replace("2025-01-02", "2025-01-03")
    page = words_of(upload(HEADER + GOOD + other))
    assert "The bridge opens. line 2 X1 60 %" in page
    assert "The bridge stays shut. line 3" not in page
    assert "line 3 statement The bridge stays shut. It shares its external_id with line 2" in page


@pytest.mark.django_db
def test_a_row_is_shown_with_the_event_of_its_forecast_and_with_its_band(upload):
    header = "external_id,statement,event,made_on,closes_on,term,probability\n"
    first = "X1,The bridge is unlikely to open.,The bridge opens.,2025-01-02,2025-06-30,unlikely,\n"
    later = "X1,The bridge is unlikely to open.,,2025-02-02,,likely,60%\n"
    alone = "X2,The tunnel is likely to open.,,2025-01-02,,,\n"
    page = words_of(upload(header + first + later + alone))
    assert "The bridge opens. line 2 X1 unlikely 25–35 %" in page
    assert "The bridge opens. line 3 X1 likely 60 % (55–75 %)" in page
    assert "The tunnel is likely to open. line 4 X2 its event is still to be worded likely 55–75 %" in page


@pytest.mark.django_db
def test_what_a_file_names_as_evidence_is_shown_with_its_copy_where_its_outcome_is(upload, browse, erin, charlie, now):
    from forecasts.services import evidence
    from sources.extracting.copies import read_copy

    address = "https://example.org/bridge"
    header = HEADER.replace("colour", "evidence_url")
    upload(header + GOOD.replace(",red", f",{address}"), by=browse(erin))
    post(browse(erin), "start")
    forecast = Forecast.objects.get()
    kept = forecast.resolutions.get().evidence.get()
    taken = evidence.claim(kept.pk, at=now)
    copy = read_copy(b"The bridge is open. " * 20)
    assert evidence.keep(kept.pk, copy=copy, final_url=address, attempt=taken.attempt, at=now)
    for path in ("", "grade/"):
        page = browse(erin).get(f"{forecast.get_absolute_url()}{path}").content.decode()
        assert f'<a href="{address}" rel="noreferrer">' in page
        assert f"/desk/evidence/{kept.pk}/copy/" in page
    assert browse(charlie).get(f"/desk/evidence/{kept.pk}/copy/").status_code == 200
    assert Client().get(f"/desk/evidence/{kept.pk}/copy/").status_code == 302
    answer = browse(erin).get(f"/api/v1/forecasts/{forecast.reference}/").json()
    assert [each["url"] for each in answer["resolution"]["evidence"]] == [address]


@pytest.mark.django_db
def test_an_address_that_cannot_be_fetched_says_how_often_it_was_tried_and_why(upload, browse, erin, now):
    from datetime import timedelta

    from forecasts.services import evidence

    upload(HEADER.replace("colour", "evidence_url") + GOOD.replace(",red", ",https://example.org/x"), by=browse(erin))
    post(browse(erin), "start")
    forecast = Forecast.objects.get()
    pk = forecast.resolutions.get().evidence.get().pk

    def tried(at) -> str:
        attempt = evidence.claim(pk, at=at).attempt
        evidence.give_back(pk, error="Timeout", attempt=attempt, at=at)
        return words_of(browse(erin).get(forecast.get_absolute_url()))

    assert "A copy is being fetched." in words_of(browse(erin).get(forecast.get_absolute_url()))
    assert "No copy is kept yet: it was tried 1 time. (Timeout) The next time is after 1 March 2026, 12:01" in tried(
        now
    )
    pages = [tried(now + timedelta(days=day)) for day in range(1, 5)]
    assert "No copy is kept: it was tried 5 times, in vain. (Timeout)" in pages[-1]


@pytest.mark.django_db
def test_what_a_file_brings_in_too_late_is_flagged_as_soon_as_it_is_in(upload, browse, erin, monkeypatch):
    from forecasts import tasks
    from forecasts.models import Due
    from forecasts.views import imports

    sent = []
    monkeypatch.setattr(imports, "hurry", lambda task, pk: sent.append((task.name, pk)))
    upload(HEADER + GOOD.replace("occurred", ""), by=browse(erin))
    batch = ImportBatch.objects.get()
    assert tasks.flag_imported(batch.pk) == 0
    post(browse(erin), "start")
    assert sent[-1] == ("forecasts.tasks.flag_imported", batch.pk)
    assert (tasks.flag_imported(batch.pk), Due.objects.waiting().count()) == (1, 1)


@pytest.mark.django_db
def test_an_editor_starts_it_and_undoes_it(upload, browse, erin):
    upload()
    editor = browse(erin)
    assert "Import the 1 row that is right" in words_of(editor.get(f"/desk/imports/{ImportBatch.objects.get().pk}/"))
    assert "Made of them 1 forecast, 1 judgement, 1 outcome" in words_of(post(editor, "start"))
    assert "This field is required" in words_of(post(editor, "undo"))
    assert "Undone by Erin: the wrong file" in words_of(post(editor, "undo", why="the wrong file"))
    assert Forecast.objects.kept().count() == 0
    assert "There is nothing to undo in this import." in words_of(post(editor, "undo", why="again"))
    assert "This import does not wait to be started." in words_of(post(editor, "start"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("again", "offered"),
    [
        (GOOD + BAD + "\n", "Nothing in this file is new: what is right in it is there already."),
        (GOOD + GOOD.replace("X1", "X3").replace("bridge", "gate"), "Import the 1 row that is new"),
    ],
)
def test_only_what_is_new_is_offered(upload, browse, erin, again, offered):
    editor = browse(erin)
    upload(HEADER + GOOD, by=editor)
    post(editor, "start")
    page = upload(HEADER + again, by=editor)
    assert offered in words_of(page)
    assert ("start/" in page.content.decode()) is ("Import" in offered)


@pytest.mark.django_db
def test_what_stands_in_the_way_of_undoing_is_listed(upload, browse, erin, bob, now):
    from forecasts.services import judging
    from forecasts.services.entries import Chance

    upload(HEADER + GOOD.replace("occurred", ""), by=browse(erin))
    post(browse(erin), "start")
    forecast = Forecast.objects.get()
    judging.judge(forecast, chance=Chance(probability=0.1), by=bob, at=judging.start_of_day(forecast.closes_on, "UTC"))
    page = words_of(post(browse(erin), "undo", why="the wrong file"), status=409)
    assert f"line 2 : {forecast.reference} has been judged again since." in page
    assert Forecast.objects.kept().count() == 1


@pytest.mark.django_db
def test_a_file_that_was_only_looked_at_is_dropped(upload, browse, alice):
    upload()
    assert "The file is dropped; nothing of it was imported." in words_of(post(browse(alice), "drop"))
    assert ImportBatch.objects.get().state == "dropped"
    assert "This import has been started. It can be undone." in words_of(post(browse(alice), "drop"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "The file is empty."), ("colour\nred\n", "There is no column statement, made_on.")],
)
def test_a_file_that_is_no_table_is_refused_at_its_field(upload, text, reason):
    assert f"File : {reason}" in words_of(upload(text))
    assert ImportBatch.objects.count() == 0


@pytest.mark.django_db
def test_a_file_that_waits_already_is_not_brought_in_twice(upload):
    upload()
    assert "This file came in before. Here it is." in words_of(upload())
    assert ImportBatch.objects.count() == 1
    upload(source="Rivers Institute")
    assert ImportBatch.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "new", "start", "undo"), [("reader", 403, 403, 403), ("analyst", 200, 403, 403), ("editor", 200, 302, 302)]
)
def test_who_may_do_what(upload, person, browse, role, new, start, undo):
    upload()
    client = browse(person("dora", role))
    address = f"/desk/imports/{ImportBatch.objects.get().pk}/"
    assert client.get(address).status_code == 200
    assert client.get("/desk/imports/new/").status_code == new
    assert client.post(f"{address}start/").status_code == start
    assert client.post(f"{address}undo/", {"why": "so"}).status_code == undo
    assert Client().get(address).status_code == 302


@pytest.mark.django_db
def test_all_problems_download_as_csv(upload, browse, alice):
    upload(HEADER + BAD.replace("X2", "=X2") + BAD.replace("60", "6%0").replace("2025-01-02", "soon"))
    response = browse(alice).get(f"/desk/imports/{ImportBatch.objects.get().pk}/problems/")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert [(row["line"], row["column"], row["value"]) for row in rows] == [
        ("2", "external_id", "'=X2"),
        ("2", "probability", "60"),
        ("3", "made_on", "soon"),
        ("3", "probability", "6%0"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long_it_is(upload, browse, alice, django_assert_num_queries, count):
    for number in range(count):
        upload(HEADER + GOOD.replace("X1", f"Y{number}"))
    client = browse(alice)
    with django_assert_num_queries(5):
        page = words_of(client.get("/desk/imports/"))
    assert page.count("history.csv") == count
    rows = list(csv.DictReader(io.StringIO(client.get("/desk/imports/?format=csv").getvalue().decode())))
    assert [row["state"] for row in rows] == ["ready"] * count
    assert "No import fits this filter" in words_of(client.get("/desk/imports/?state=done"))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_the_same_queries_however_many_rows_it_shows(
    upload, browse, alice, django_assert_num_queries, count
):
    upload(
        HEADER + "".join(GOOD.replace("X1", f"Y{number}") + BAD.replace("X2", f"Z{number}") for number in range(count))
    )
    client = browse(alice)
    with django_assert_num_queries(9):
        client.get(f"/desk/imports/{ImportBatch.objects.get().pk}/")


@pytest.mark.django_db
def test_an_empty_list_says_what_comes_there(browse, alice):
    assert "No imports yet" in words_of(browse(alice).get("/desk/imports/"))


@pytest.mark.django_db
def test_a_large_file_waits_for_a_worker_and_its_page_tells_how_far_it_is(upload, browse, alice, settings):
    settings.READ_IN_REQUEST_BYTES = 10
    page = upload()
    assert "Checking: 0 of 2 rows" in words_of(page)
    batch = ImportBatch.objects.get()
    state = f"/desk/imports/{batch.pk}/state/"
    client = browse(alice)
    assert f'hx-get="{state}"' in page.content.decode()
    assert "HX-Refresh" not in client.get(state).headers
    from forecasts.tasks import import_file, sweep_imports

    assert sweep_imports() == 1
    assert import_file(batch.pk) is False
    assert sweep_imports() == 0
    assert client.get(state).headers["HX-Refresh"] == "true"
    assert "hx-get" not in client.get(state).content.decode()


@pytest.mark.django_db
def test_an_import_that_was_set_aside_says_so(upload, browse, alice, now):
    upload()
    ImportBatch.objects.update(set_aside_at=now, done_at=None, state="importing")
    assert "This import stopped after five attempts." in words_of(
        browse(alice).get(f"/desk/imports/{ImportBatch.objects.get().pk}/")
    )


@pytest.mark.django_db
def test_the_forecast_says_which_file_it_came_in_with(upload, browse, erin):
    upload(by=browse(erin))
    post(browse(erin), "start")
    batch = ImportBatch.objects.get()
    page = browse(erin).get(Forecast.objects.get().get_absolute_url())
    assert "Imported from history.csv , line 2" in words_of(page)
    assert f'href="/desk/imports/{batch.pk}/"' in page.content.decode()


# --- In a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_by_hand_with_a_worker(
    page, sign_in, erin, celery_worker_process, tmp_path, settings, looks_right
):
    settings.READ_IN_REQUEST_BYTES = 10
    path = tmp_path / "history.csv"
    lines = "".join(GOOD.replace("X1", f"Y{number}") for number in range(1_500))
    path.write_text(HEADER + lines + BAD)
    sign_in(erin)
    page.goto("/desk/imports/")
    page.get_by_role("link", name="Import a file").first.click()
    looks_right(page)
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Import the 1500 rows that are right").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Import the 1500 rows that are right").click()
    page.get_by_text("1500 forecasts, 1500 judgements, 1500 outcomes").wait_for()
    looks_right(page)
    page.get_by_label("Why it is undone").fill("the wrong file")
    page.get_by_role("button", name="Undo the whole import").click()
    page.get_by_text("Undone by Erin: the wrong file").wait_for()
    assert Forecast.objects.kept().count() == 0
    page.goto("/desk/imports/")
    looks_right(page)


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_without_javascript(new_context, live_server, erin, tmp_path):
    from django.conf import settings

    path = tmp_path / "history.csv"
    path.write_text(HEADER + GOOD)
    client = Client()
    client.force_login(erin)
    context = new_context(java_script_enabled=False)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/desk/imports/new/")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Import the 1 row that is right").click()
    page.get_by_text("1 forecast, 1 judgement, 1 outcome").wait_for()
    page.get_by_label("Why it is undone").fill("the wrong file")
    page.get_by_role("button", name="Undo the whole import").click()
    page.get_by_text("Undone by Erin: the wrong file").wait_for()


def test_a_piece_is_small_enough_for_one_statement():
    assert taking_in.PIECE <= 1_000
