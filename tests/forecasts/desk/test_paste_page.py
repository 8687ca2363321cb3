"""Bringing a text in through the browser."""

from __future__ import annotations

import hashlib
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forecasts.models import ForecastSuggestion, Reading
from sources.extracting.extracting import MEDIA_TYPES, PDF, SUFFIXES, WORD
from sources.models import Article, ArticleBytes, Source
from tests.documents import pdf, word

PASTE = "/desk/paste/"


@pytest.fixture
def paste(client_of_alice):
    """`paste(text=…)` sends the form."""

    def send(**data: object):
        return client_of_alice.post(PASTE, {"yardstick": "phia-2025", **data})

    return send


def errors_of(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["form"].errors


def test_a_pasted_text_becomes_an_article_of_the_desk_and_leads_to_confirming(paste, briefing_text, alice):
    response = paste(text=briefing_text)
    article = Article.objects.get()
    assert response.headers["Location"] == f"/desk/articles/A-{article.pk}/confirm/"
    assert article.title == "Harbour talks in Ruritania"
    assert article.source.is_desk
    assert [author.name for author in article.bylines.all()] == ["Anna Lindqvist"]
    assert str(article.published_on) == "2025-05-02"
    assert article.recorded_by == alice
    assert article.origin == "pasted"


def test_what_is_filled_in_counts_before_what_the_text_says(paste, briefing_text):
    paste(
        text=briefing_text,
        source="The Zenda Courier",
        published_on="2025-05-04",
        url="zenda.example/harbour",
        title="Another title",
        byline="Rudolf Rassendyll",
        topics="ports, #grain",
        countries="ua, Sudan",
        yardstick="icd-203",
    )
    article = Article.objects.get()
    assert (article.source.name, article.source.kind) == ("The Zenda Courier", "outlet")
    assert (str(article.published_on), article.url) == ("2025-05-04", "https://zenda.example/harbour")
    assert (article.title, [str(author) for author in article.bylines.all()]) == (
        "Another title",
        ["Rudolf Rassendyll"],
    )
    assert (sorted(topic.name for topic in article.topics.all()), article.countries) == (
        ["grain", "ports"],
        ["UA", "SD"],
    )
    assert Reading.objects.get().yardstick == "icd-203"


def test_the_same_text_again_is_recognised_and_shown(paste, client_of_alice, briefing_text, words_of):
    paste(text=briefing_text)
    article = Article.objects.get()
    again = paste(text=briefing_text.replace("\n", "\r\n"))
    assert again.headers["Location"] == f"/desk/articles/A-{article.pk}/"
    assert Article.objects.count() == 1
    shown = words_of(client_of_alice.get(again.headers["Location"]))
    assert f"already, as {article.reference}. It was not stored again." in shown


@pytest.mark.parametrize(("name", "kind"), [("talks.txt", "text/plain"), ("talks.md", "application/octet-stream")])
def test_a_file_is_read_and_its_bytes_are_kept(paste, briefing_text, name, kind):
    data = briefing_text.encode()
    paste(file=SimpleUploadedFile(name, data, kind))
    kept = ArticleBytes.objects.get()
    assert (bytes(kept.data), kept.filename, kept.sha256) == (data, name, hashlib.sha256(data).hexdigest())
    assert kept.article.origin == "uploaded"


def test_a_web_page_is_read_for_its_text(paste):
    sentence = "The port of Zenda is likely to reopen to grain ships by 2030."
    page = (
        f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1><p>{sentence}</p></article></body></html>"
    )
    paste(file=SimpleUploadedFile("talks.html", page.encode(), "text/html"))
    assert ForecastSuggestion.objects.get().quote == sentence
    assert ArticleBytes.objects.get().media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("talks.docx", word(), WORD), ("talks.pdf", pdf(header="Zenda Monitor"), PDF), ("talks.txt", word(), WORD)],
    ids=["docx", "pdf", "docx called txt"],
)
def test_a_word_document_or_pdf_is_read_and_its_bytes_are_kept(paste, name, data, kind):
    paste(file=SimpleUploadedFile(name, data, "application/octet-stream"))
    kept = ArticleBytes.objects.select_related("article").get()
    assert (bytes(kept.data), kept.media_type, kept.filename) == (data, kind, name)
    article = kept.article
    assert (article.title, str(article.published_on), [str(author) for author in article.bylines.all()]) == (
        "Ruritania After the Harbour Strike",
        "2025-05-02",
        ["Ada Writer"],
    )
    assert ForecastSuggestion.objects.count() == 9


def test_the_form_offers_what_is_read(client_of_alice):
    page = client_of_alice.get(PASTE).content.decode()
    assert f'accept="{",".join((*SUFFIXES, *MEDIA_TYPES))}"' in page
    assert "Word (.docx) or PDF up to 8 MB, .txt, .md or .html up to 2 MB." in page


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"text": "  \n "}, "text", "There is no text. Paste the whole briefing, title first, or choose a file."),
        ({"text": "a" * 2_000_001}, "text", "The text is over 2 MB. Bring it in as several articles."),
        ({"text": "Talks\n\n\x07 words"}, "text", "This is no text: it holds control characters."),
        ({"text": "Talks\n\nThe port\ufffds"}, "text", "Letters of this text have been lost (“�”). Copy it again, or bring in the file."),
        ({"text": "Talks", "published_on": "2025-02-30"}, "published_on", "“2025-02-30” is no day of the calendar. Write it as YYYY-MM-DD."),
        ({"text": "Talks", "published_on": "2999-01-01"}, "published_on", "The date of publication lies in the future."),
        ({"text": "Talks", "url": "no address"}, "url", "Enter a valid URL."),
        ({"text": "Talks", "countries": "Ruritania"}, "countries", "“Ruritania” is no country in ISO 3166. Write its English name or its two letters."),
    ],
    ids=["empty", "huge", "binary", "mis-encoded", "no such day", "ahead", "address", "country"],
)  # fmt: skip
def test_bad_input_is_blamed_on_its_field_and_keeps_what_was_typed(paste, data, field, message):
    response = paste(**{"source": "The Zenda Courier"} | data)
    assert errors_of(response) == {field: [message]}
    assert 'value="The Zenda Courier"' in response.content.decode()
    assert Article.objects.count() == 0
    assert Source.objects.filter(name="The Zenda Courier").count() == 0


def test_a_day_that_does_not_exist_stays_visible(paste):
    """A date field would show nothing for it."""
    page = paste(text="Talks", published_on="2025-02-30").content.decode()
    assert '<input type="text" name="published_on" value="2025-02-30"' in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("talks.pdf", b"%PDF-1.7 talks"),
        ("talks.docx", b"PK\x03\x04 talks"),
        ("talks.txt", b"\xff\xfe\x00\xd8"),
        ("talks.txt", b" "),
        ("big.txt", b"a" * 2_000_001),
        ("big.pdf", b"%PDF-1.7" + b"a" * 8_000_000),
    ],
    ids=["pdf", "docx", "mis-encoded", "empty", "huge", "huge pdf"],
)
def test_a_file_that_is_no_text_is_blamed_on_the_file(paste, name, data):
    assert list(errors_of(paste(file=SimpleUploadedFile(name, data, "application/octet-stream")))) == ["file"]
    assert Article.objects.count() == 0


def test_text_and_file_at_once_are_refused(paste, briefing_text):
    response = paste(text=briefing_text, file=SimpleUploadedFile("talks.txt", b"Talks", "text/plain"))
    assert errors_of(response) == {"file": ["There is a pasted text too. Empty the text, or choose no file."]}


def test_a_long_text_is_left_to_a_worker_and_the_page_waits_for_it(
    paste, client_of_alice, briefing_text, monkeypatch, settings, words_of, django_capture_on_commit_callbacks
):
    settings.READ_IN_REQUEST_BYTES = 100
    sent = Mock()
    monkeypatch.setattr("forecasts.tasks.read_article.apply_async", sent)
    with django_capture_on_commit_callbacks(execute=True):
        response = paste(text=briefing_text)
    article = Article.objects.get()
    sent.assert_called_once_with([article.pk], retry=False)
    page = words_of(client_of_alice.get(response.headers["Location"]))
    assert "This text waits for a worker to read it." in page
    state = client_of_alice.get(f"/desk/articles/{article.reference}/reading/")
    assert "HX-Refresh" not in state.headers


def test_a_text_that_has_been_read_meanwhile_asks_for_its_page(client_of_alice, briefing):
    state = client_of_alice.get(f"/desk/articles/{briefing.reference}/reading/")
    assert state.headers["HX-Refresh"] == "true"


def test_a_text_that_could_not_be_read_says_so(client_of_alice, briefing, now, words_of):
    Reading.objects.update(done_at=None, set_aside_at=now)
    page = words_of(client_of_alice.get(f"/desk/articles/{briefing.reference}/confirm/"))
    assert "This text could not be read, after five attempts. An administrator sees why." in page


def test_an_article_that_nobody_asked_to_read_waits_for_nothing(client_of_alice, briefing, words_of):
    Reading.objects.all().delete()
    for path in ("", "confirm/", "reading/"):
        page = words_of(client_of_alice.get(f"/desk/articles/{briefing.reference}/{path}"))
        assert "worker" not in page.replace("see to the worker and beat", "")


def test_readers_may_not_bring_text_in(charlie, browse):
    assert browse(charlie).get(PASTE).status_code == 403


def test_who_is_not_browse_is_asked_to(client, db):
    assert client.get(PASTE).headers["Location"] == "/account/login/?next=/desk/paste/"


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("Le port\n\nLe conseil a dit que les navires ne sont pas dans le port et que la ville est avec eux.", 1),
        ("The port\n\nThe council has said that the ships are not in the port and that it is with them.", 0),
    ],
)
def test_a_text_in_a_language_that_nobody_reads_says_so(paste, client_of_alice, text, notices):
    page = client_of_alice.get(paste(text=text).headers["Location"]).content.decode()
    assert page.count("This text seems not to be in English") == notices
