"""Evidence: files are kept at once, addresses wait for a worker, and each copy keeps its hash and its time."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import time_machine

from forecasts import tasks
from forecasts.services import evidence
from groundwork.models import MAX_ATTEMPTS
from tests.factories import ArticleFactory

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"
PAGE = b"<html><head><title>Shut</title></head><body><article><p>The bridge is shut to all.</p></article></body></html>"


@pytest.fixture
def graded(overdue, grade):
    """The evidence of a grade that names these."""

    def make(**values):
        given, _resolution = grade(overdue(), **({"urls": []} | values))
        return list(given.evidence.order_by("pk"))

    return make


def fetch_row(item):
    from forecasts.models import EvidenceFetch

    return EvidenceFetch.objects.get(pk=item.pk)


def test_an_address_waits_to_be_fetched_and_an_article_does_not(graded, now):
    from forecasts.models import EvidenceCopy

    article, address = graded(articles=[ArticleFactory()], urls=["https://a.example", "https://a.example"])

    assert (article.article is not None, address.url) == (True, "https://a.example")
    assert evidence.unfetched(at=now, limit=10) == [address.pk]
    assert EvidenceCopy.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "name", "kind", "kept_as"),
    [
        (PDF, "report.pdf", "application/pdf", "report.pdf"),
        (b"\x89PNG\r\n\x1a\n...", "../../etc/bridge.exe", "image/png", "bridge.exe"),
        (PAGE, "C:\\Users\\bob\\page.txt", "text/html", "page.txt"),
        (b"Zu.", "", "text/plain", "a file"),
    ],
)
def test_a_file_is_kept_at_once_and_its_kind_is_told_by_its_bytes(graded, now, data, name, kind, kept_as):
    [item] = graded(files=[evidence.read_file(data, name=name)])

    assert (item.filename, item.copy.media_type, bytes(item.copy.data), item.copy.taken_at) == (
        kept_as,
        kind,
        data,
        now,
    )
    assert item.copy.sha256 == hashlib.sha256(data).hexdigest()
    assert evidence.unfetched(at=now, limit=10) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "There is nothing in this file."),
        (b"MZ\x00\x00", "This is neither a PDF nor an image, a page or a text. Save it as a PDF."),
        (b"PK\x03\x04\x00", "This is neither a PDF nor an image, a page or a text. Save it as a PDF."),
        (b"x" * 10_000_001, "A file has at most 10 MB."),
    ],
)
def test_other_files_are_refused(db, refused, data, message):
    assert refused(evidence.read_file, data, name="report.pdf") == ("file", "grade_refused", message)


def test_a_page_that_is_fetched_is_kept_with_hash_time_and_words(graded, web_site, loopback_allowed):
    web_site.pages["/"] = (200, {"Content-Type": "text/html"}, PAGE)
    [item] = graded(urls=[web_site.url("/")])

    assert tasks.fetch_evidence(item.pk) is True
    copy = item.copy
    assert (bytes(copy.data), copy.sha256, copy.title) == (PAGE, hashlib.sha256(PAGE).hexdigest(), "Shut")
    assert (copy.final_url, "The bridge is shut to all." in copy.text) == (web_site.url("/"), True)
    assert (fetch_row(item).done_at, copy.taken_at) == (copy.taken_at, fetch_row(item).done_at)
    assert tasks.fetch_evidence(item.pk) is False
    assert len(web_site.asked) == 1


def test_a_private_address_is_refused_in_words_and_for_good(graded, web_site):
    [item] = graded(urls=[web_site.url("/")])

    assert tasks.fetch_evidence(item.pk) is False
    row = fetch_row(item)
    assert row.refused_why == "It leads into a private network, where nothing is fetched from."
    assert (row.done_at is not None, tasks.fetch_evidence(item.pk), web_site.asked) == (True, False, [])


def test_what_fails_five_times_is_set_aside_and_never_names_the_address(graded, web_site, loopback_allowed, now):
    web_site.pages["/secret"] = (503, {}, b"")
    [item] = graded(urls=[web_site.url("/secret")])
    with time_machine.travel(now, tick=False) as clock:
        tasks.fetch_evidence(item.pk)
        tried_at_once = tasks.fetch_evidence(item.pk), fetch_row(item).attempts
        for _attempt in range(MAX_ATTEMPTS):
            clock.shift(timedelta(hours=2))
            tasks.fetch_evidence(item.pk)
    row = fetch_row(item)

    assert tried_at_once == (False, 1)
    assert (row.attempts, row.last_error, row.set_aside_at is not None) == (MAX_ATTEMPTS, "HTTP 503", True)


def test_a_worker_that_comes_too_late_keeps_nothing(graded, now):
    from forecasts.models import EvidenceCopy
    from sources.extracting.copies import read_copy

    [item] = graded(urls=["https://a.example"])
    first = evidence.claim(item.pk, at=now)
    later = now + timedelta(minutes=10)
    second = evidence.claim(item.pk, at=later)
    copy = read_copy(PAGE)
    kept = [
        evidence.keep(item.pk, copy=copy, final_url="https://a.example", attempt=taken.attempt, at=later)
        for taken in (first, second)
    ]

    assert (kept, EvidenceCopy.objects.count()) == ([False, True], 1)


def test_the_sweep_hands_out_what_is_left(graded, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks, "hurry", lambda task, pk: sent.append((task.name, pk)))
    first, second = graded(urls=["https://a.example", "https://b.example"])

    assert tasks.sweep_evidence() == 2
    assert sent == [("forecasts.tasks.fetch_evidence", each.pk) for each in (first, second)]


def test_the_sweep_of_lone_grades_holds_them(two_graders, overdue, grade, now):
    grade(overdue(), at=now - timedelta(days=15))
    grade(overdue(), at=now)

    with time_machine.travel(now, tick=False):
        assert (tasks.sweep_lone_grades(), tasks.sweep_lone_grades()) == (1, 0)
