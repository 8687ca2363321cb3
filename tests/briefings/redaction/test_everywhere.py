"""Nothing of what was redacted is found again, in whatever table one looks."""

from __future__ import annotations

import json
from datetime import timedelta

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models

from briefings.services.redaction.striking import TABLES
from forecasts.models import ChartImage, Due, Forecast, Grade, Resolution
from groundwork.models import IdempotencyKey

WORD = "Quoxleby"
DAY = "2025-06-02"
MARKER = f"Redacted on {DAY} for a legal reason."


def plant(word):
    """Write the word into every column of every row that can hold words, past all triggers."""
    empty = []
    with pgtrigger.ignore(), connection.cursor() as cursor:
        for label, table in TABLES.items():
            model = apps.get_model(label)
            if table.content and not model._base_manager.exists():
                empty.append(label)
            for name in table.content:
                field = model._meta.get_field(name)
                # An article as evidence has no address, an address no file.
                where = f"WHERE \"{field.column}\" <> ''" if label == "forecasts.Evidence" else ""
                stamp = closing(model, field) if field.null and name.endswith("_why") else ""
                sets = f'"{field.column}" = {planted(field, word)}{stamp}'
                cursor.execute(f'UPDATE "{model._meta.db_table}" SET {sets} {where}')
    return empty


def closing(model, field):
    """What else an UPDATE sets, so that a row may say why it was closed."""
    stem = field.name.removesuffix("_why")
    never_public = ", released_at = NULL" if model is Forecast else ""
    signed = any(each.name == f"{stem}_by" for each in model._meta.local_fields)
    by = f", {stem}_by_id = (SELECT min(id) FROM accounts_user)" if signed else ""
    return f", {stem}_at = now(){by}{never_public}"


def columns_with(word):
    """Each column that can hold words, as `table.column`, and whether any row has the word in it."""
    found = {}
    with connection.cursor() as cursor:
        for label, table in TABLES.items():
            for name in table.content:
                field = apps.get_model(label)._meta.get_field(name)
                is_bytes = isinstance(field, models.BinaryField)
                text = f"encode(\"{field.column}\", 'escape')" if is_bytes else f'"{field.column}"::text'
                cursor.execute(
                    f'SELECT EXISTS (SELECT FROM "{field.model._meta.db_table}" WHERE {text} ILIKE %s)', [f"%{word}%"]
                )
                found[f"{label}.{name}"] = cursor.fetchone()[0]
    return found


def planted(field, word):
    """What an UPDATE sets that column to."""
    column = f'"{field.column}"'
    match field:
        case models.BinaryField():
            return f"'<p>In {word} it was.</p>'::bytea"
        case models.JSONField():
            return f"""jsonb_build_object('words', '“{word}”', 'more', jsonb_build_array({column}))"""
        case ArrayField():
            return f"{column} || ARRAY['In {word}.']"
        case models.EmailField():
            return f"'{word.lower()}' || ctid::text || '@example.org'"
        case models.SlugField():
            return f"'in-{word.lower()}-' || ctid::text"
        case _:
            room = f"({field.max_length} - 30)" if field.max_length else "100000"
            return f"left(coalesce({column}, ''), {room}) || ' {word}, ' || right(ctid::text, 4)"


def test_a_word_that_stands_in_every_column_of_every_table_is_found_in_none_afterwards(desk, redact, ask, stands_in):
    ask("comment 1" if desk.comment.pk == 1 else f"comment {desk.comment.pk}")  # a request that waits has a row too
    assert plant(WORD) == []
    session = SessionStore()
    session["_messages"] = f"Saved: {WORD} it was."
    session.save()
    assert [column for column, is_there in columns_with(WORD).items() if not is_there] == []

    redact("", WORD)

    assert stands_in(WORD) == []
    assert not SessionStore().exists(session.session_key)


def test_a_forecast_goes_with_all_that_was_said_of_it_and_its_outcome_stays(desk, redact, stands_in):
    forecast = desk.forecast
    before = Forecast.objects.filter(pk=forecast.pk).values(
        "due_on", "visibility", "made_on", "article_id", "quote_start"
    )[0]
    assert len(stands_in("unlikely to reopen")) > 5

    done = redact(forecast.reference)

    for words in ("unlikely to reopen", "upper one", "opened the gates of it", "Too early", "As we said: The lock"):
        assert stands_in(words) == [], words
    forecast.refresh_from_db()
    assert (forecast.statement, forecast.event, forecast.redacted_at) == (MARKER, MARKER, done.done_at)
    after = Forecast.objects.filter(pk=forecast.pk).values(
        "due_on", "visibility", "made_on", "article_id", "quote_start"
    )[0]
    assert after == before
    assert Resolution.objects.get(forecast=forecast).outcome == "occurred"
    assert Grade.objects.get(forecast=forecast).rationale == MARKER
    assert Due.objects.get(forecast=forecast).due_on.isoformat() == "2025-08-03"
    assert not ChartImage.objects.exists()
    assert IdempotencyKey.objects.get().body == {"headers": {}, "data": {"detail": MARKER}}
    assert done.counts["forecasts.Forecast"] == 1


def test_places_in_the_article_stay_where_they_are(desk, redact):
    article = desk.forecast.article
    others = Forecast.objects.exclude(pk=desk.forecast.pk)
    quotes = {row.pk: row.quote for row in others}
    length, digest = len(article.text), article.text_sha256

    redact(desk.forecast.reference)

    assert {row.pk: row.quote for row in others.all()} == quotes
    desk.forecast.refresh_from_db()
    assert desk.forecast.quote.startswith("█") or desk.forecast.quote.startswith("[Redacted")
    article.refresh_from_db()
    assert (len(article.text), article.text_sha256) == (length, digest)
    assert bytes(article.raw.data) == MARKER.encode()


def _targets(desk):
    return {
        "article": (
            desk.forecast.article.reference,
            ["three summers", "unlikely to reopen", "4,000 workers", "alma.md"],
        ),
        "edition": (f"edition {desk.edition.pk}", ["three summers", "unlikely to reopen", "4,000 workers"]),
        "claim": (desk.claim.reference, [desk.claim.quote]),
        "comment": (f"comment {desk.comment.pk}", ["As we said"]),
        "clarification": (f"clarification {desk.clarification.pk}", ["upper one"]),
        "grade": (desk.grade.reference, ["opened the gates of it"]),
        "resolution": (f"resolution {desk.resolution.pk}", ["opened the gates of it"]),
        "evidence": (f"evidence {desk.evidence.pk}", ["harbour.example", "The gates were opened"]),
        "judgement": (f"judgement {desk.forecast.judgements.first().pk}", []),
        "import": (f"import {desk.import_batch.pk}", ["old.csv", "It rains.", "A column was left"]),
        "source": (desk.forecast.author.reference, ["Dana Reed"]),
        "series": (desk.series.reference, []),
        "image": (f"image {desk.image.pk}", []),
    }


@pytest.mark.parametrize(
    "kind",
    ["article", "edition", "claim", "comment", "clarification", "grade", "resolution", "evidence", "judgement", "import",
     "source", "series", "image"],
)  # fmt: skip
def test_each_kind_of_record_goes_and_its_row_stays(kind, desk, redact, stands_in):
    target, words = _targets(desk)[kind]
    rows = {label: apps.get_model(label)._base_manager.count() for label in TABLES if not label.endswith("Event")}
    for each in words:
        assert stands_in(each) != [], each

    done = redact(target)

    assert [each for each in words if stands_in(each)] == []
    assert (done.state, done.words) == ("approved", [])
    kept = {label: apps.get_model(label)._base_manager.count() for label in TABLES if not label.endswith("Event")}
    changed = {label for label in rows if rows[label] != kept[label]}
    # Who was asked to approve it has been told.
    assert changed <= {"accounts.Notification", "forecasts.ChartImage", "groundwork.Redaction", "pghistory.Context"}


def test_words_that_were_cut_short_are_found_too(desk, redact, stands_in):
    assert "accounts_notification" in stands_in("It is graded: The lock")
    redact(desk.forecast.reference)
    assert stands_in("It is graded: The lock") == []


def test_a_word_alone_is_struck_from_within_a_sentence_and_the_rest_stays(desk, redact):
    redact("", "Alma")
    desk.forecast.refresh_from_db()
    assert desk.forecast.statement == f"The lock at [{MARKER[:-1]}] is unlikely to reopen."
    assert desk.forecast.redacted_at is not None


def test_what_does_not_hold_the_words_is_not_touched(desk, redact):
    other = Forecast.objects.exclude(pk=desk.forecast.pk).order_by("pk").first()
    before = (other.statement, other.event, other.version, other.redacted_at)
    redact(desk.forecast.reference)
    other.refresh_from_db()
    assert (other.statement, other.event, other.version, other.redacted_at) == before


def test_the_same_text_does_not_come_in_again(desk, redact, bring_in, text):
    article = desk.forecast.article
    redact(article.reference)
    again = bring_in(text.dated)
    assert again.pk == article.pk or json.dumps(again.text) != json.dumps(text.dated)


def test_a_page_that_was_open_before_cannot_store_the_words_again(desk, redact):
    version = desk.forecast.version
    redact(desk.forecast.reference)
    desk.forecast.refresh_from_db()
    assert desk.forecast.version > version


def test_a_redaction_can_be_redacted_itself(desk, ask, redact, stands_in, now, zoe):
    from briefings.services.redaction import asking

    first = ask(f"comment {desk.comment.pk}", why="Wimblehampton asks for it.")
    asking.refuse(first, why="Wimblehampton is wrong.", by=zoe, session="zoe's", at=now + timedelta(hours=1))
    assert stands_in("Wimblehampton") == ["groundwork_redaction"]
    redact("", "Wimblehampton")
    assert stands_in("Wimblehampton") == []


def test_the_reasons_for_which_a_forecast_was_changed_go_with_it_and_those_of_others_stay(
    desk, redact, stands_in, alice
):
    other = Forecast.objects.exclude(pk=desk.forecast.pk).order_by("pk").first()
    for forecast, why in ((desk.forecast, "Wozzlebury"), (other, "Ploverton")):
        with pghistory.context(user=alice.pk, why=why):
            Forecast.objects.filter(pk=forecast.pk).update(threshold="10 km")
    assert "pghistory_context" in stands_in("Wozzlebury")
    redact(desk.forecast.reference)
    assert stands_in("Wozzlebury") == []
    assert "pghistory_context" in stands_in("Ploverton")
