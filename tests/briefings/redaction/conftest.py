"""A desk on which every table has a row, two administrators, and a look into all that the database holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from accounts.models import User
    from groundwork.models import Redaction

# What the sentence of one forecast says, what is said about it, and what stands around both, each in a word of its own.
ORDER = {"reason": "order", "order_reference": "3 O 12/25", "why": "The court has ordered it."}


@pytest.fixture
def amy(person) -> User:
    """An administrator."""
    return person("amy", "administrator")


@pytest.fixture
def zoe(person) -> User:
    """Another administrator."""
    return person("zoe", "administrator")


@pytest.fixture
def ask(amy, now) -> Callable[..., Redaction]:
    """`ask("F-12", "some words")` is Amy's request."""
    from briefings.services.redaction import asking

    def ask(what: str = "", *words: str, **given: Any) -> Redaction:
        values = {**ORDER, "by": amy, "session": "amy's", "at": now, **given}
        return asking.ask(what=what, words=words, **values)

    return ask


@pytest.fixture
def redact(ask, zoe, now) -> Callable[..., Redaction]:
    """`redact("F-12", "some words")`: asked for by Amy, approved by Zoe."""
    from briefings.services.redaction import asking

    def redact(what: str = "", *words: str) -> Redaction:
        return asking.approve(ask(what, *words), by=zoe, session="zoe's", at=now + timedelta(hours=1))

    return redact


@pytest.fixture
def stands_in() -> Callable[[str], list[str]]:
    """`stands_in("word")`: each table with a row that holds the word in any column, bytes included."""
    from django.db import connection

    def scan(word: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, string_agg(CASE WHEN data_type = 'bytea' THEN format('encode(%I, ''escape'')', column_name)"
                " ELSE format('%I::text', column_name) END, ', ') FROM information_schema.columns"
                " JOIN information_schema.tables USING (table_schema, table_name)"
                " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY table_name ORDER BY table_name"
            )
            tables = cursor.fetchall()
            found = []
            for table, columns in tables:
                cursor.execute(
                    f"SELECT count(*) FROM \"{table}\" WHERE concat_ws(' ', {columns}) ILIKE %s", [f"%{word}%"]
                )
                if cursor.fetchone()[0]:
                    found.append(table)
            return found

    return scan


@pytest.fixture
def desk(alice, bob, begin, publish, bring_in, keep, picture, save, now) -> SimpleNamespace:
    """A published briefing, and around its first forecast a row in every table that can hold words."""
    from claims.models import Claim, Series
    from forecasts.models import Forecast

    briefing = begin()
    save(briefing, image_alt="")
    edition = publish(briefing)
    forecast = Forecast.objects.get(statement__startswith="The lock")
    claim = Claim.objects.order_by("pk").first()
    assert claim is not None
    made = SimpleNamespace(
        briefing=briefing, edition=edition, forecast=forecast, claim=claim, series=Series.objects.first(), now=now
    )
    _remarks(made, alice, bob)
    _verdict(made, bob)
    _files(made, alice, bob)
    _accounts(made, alice, bob)
    made.image = keep(picture())
    return made


def _remarks(made: SimpleNamespace, alice: User, bob: User) -> None:
    from forecasts.models import (
        Clarification,
        Comment,
        Correction,
        DateCorrection,
        Due,
        DueChange,
        Lineage,
        ScenarioGroup,
    )
    from forecasts.services.commenting import comment

    forecast, now = made.forecast, made.now
    other = type(forecast).objects.exclude(pk=forecast.pk).first()
    made.comment = comment(forecast, text="As we said: The lock at Alma is unlikely to reopen!", by=bob, at=now)
    made.clarification = Clarification.objects.create(
        forecast=forecast, text="The lock is the upper one.", by=alice, at=now
    )
    Correction.objects.create(
        forecast=forecast,
        field="event",
        old="It reopens",
        new="It does",
        reason="Misread",
        proposed_by=bob,
        proposed_at=now,
    )
    DateCorrection.objects.create(
        article=forecast.article, new="2025-05-03", reason="The imprint says so", proposed_by=bob, proposed_at=now
    )
    snooze = {"snooze_reason": "Too early", "snoozed_on": "2025-08-04", "snoozed_until": "2025-09-01"}
    due = Due.objects.create(forecast=forecast, due_on="2025-08-03", flagged_at=now, **snooze)
    DueChange.objects.create(due=due, step="snoozed", until="2025-09-01", reason="Too early", by=bob, at=now)
    Lineage.objects.create(later=forecast, earlier=other, relation="continues", noted_by=bob, noted_at=now)
    ScenarioGroup.objects.create(key="G-1", title="The lock", noted_by=bob, noted_at=now)
    assert Comment.objects.count() == 1


def _verdict(made: SimpleNamespace, bob: User) -> None:
    from forecasts.models import (
        Evidence,
        EvidenceCopy,
        EvidenceFetch,
        Grade,
        Resolution,
        ResolutionGrade,
        StoredInterval,
    )
    from forecasts.services import scorekeeping

    made.grade = Grade.objects.create(
        forecast=made.forecast,
        grader=bob,
        outcome="occurred",
        known_on="2025-08-03",
        rationale="The authority opened the gates of it in the night.",
        graded_at=made.now,
    )
    resolution = Resolution.objects.create(
        forecast=made.forecast,
        outcome="occurred",
        known_on="2025-08-03",
        how="single",
        independence="independent",
        rationale="The authority opened the gates of it in the night.",
        resolved_by=bob,
        resolved_at=made.now,
    )
    ResolutionGrade.objects.create(resolution=resolution, grade=made.grade)
    made.resolution = resolution
    scorekeeping.score_resolved([made.forecast.pk], at=made.now)
    StoredInterval.objects.create(key="4" * 64, scope={"q": "lock"}, on="2025-08-04", changes=0, asked_at=made.now)
    made.evidence = Evidence.objects.create(grade=made.grade, url="https://harbour.example.org/gates/opened-at-night")
    Evidence.objects.create(grade=made.grade, filename="gates.pdf")
    EvidenceCopy.objects.create(
        evidence=made.evidence,
        data=b"<p>The gates were opened</p>",
        sha256="0" * 64,
        media_type="text/html",
        title="Gates",
        text="The gates were opened",
        final_url="https://harbour.example.org/gates/opened-at-night",
        taken_at=made.now,
    )
    EvidenceFetch.objects.create(evidence=made.evidence, asked_at=made.now, last_error="no answer", refused_why="gone")


def _files(made: SimpleNamespace, alice: User, bob: User) -> None:
    from forecasts.models import ChartImage, ImportBatch, ImportPiece, ImportProblem, ImportRow, Reading
    from sources.models import ArticleBytes, Topic

    article, now = made.forecast.article, made.now
    ArticleBytes.objects.create(
        article=article, data=article.text.encode(), sha256="1" * 64, media_type="text/markdown", filename="alma.md"
    )
    made.import_batch = batch = ImportBatch.objects.create(
        source=article.source, filename="old.csv", kind="csv", size=10, sha256="2" * 64, asked_by=bob, asked_at=now,
        notes=["A column was left out."], cursor="k", undone_why="none", last_error="none",
    )  # fmt: skip
    ImportPiece.objects.create(batch=batch, number=1, rows='[[1, {"statement": "It rains."}, []]]')
    ImportRow.objects.create(
        batch=batch, source=article.source, line=1, key="k-1", made_on="2025-05-02", author="Ann", state="imported",
        values={"statement": made.forecast.statement}, forecast=made.forecast,
    )  # fmt: skip
    ImportProblem.objects.create(batch=batch, line=2, column="event", value="x", reason="Too short")
    ChartImage.objects.create(
        digest="3" * 64,
        spec={"title": made.forecast.event},
        svg=f"<svg>{made.forecast.event}</svg>",
        png=b"png",
        drawn_at=now,
    )
    Reading.objects.filter(article=article).update(last_error="none")
    Topic.objects.create(slug="locks", name="Locks")


def _accounts(made: SimpleNamespace, alice: User, bob: User) -> None:
    from django.contrib.admin.models import LogEntry
    from django.contrib.contenttypes.models import ContentType

    from accounts.models import ApiKey, Invitation, Notification, OutboxMail
    from groundwork.models import Heartbeat, IdempotencyKey

    forecast, now = made.forecast, made.now
    Notification.objects.create(
        user=bob, kind="graded", text=f"It is graded: {forecast.event[:25]}…", url=f"/desk/forecasts/{forecast.reference}/",
        key="x", created_at=now,
    )  # fmt: skip
    OutboxMail.objects.create(
        to="bob@example.org", subject="Today", body=f"Good morning.\n{forecast.reference}: {forecast.event}\nBye.",
        created_at=now,
    )  # fmt: skip
    Invitation.objects.create(
        email="new@example.org", name="New", token_hash="4" * 64, invited_by=alice, created_at=now, expires_at=now
    )
    ApiKey.objects.create(user=bob, name="script", key_hash="5" * 64, created_at=now, expires_at=now)
    IdempotencyKey.objects.create(
        user=bob,
        key="k",
        fingerprint="6" * 64,
        status=201,
        body={"data": {"reference": forecast.reference, "place": "X"}},
    )
    Heartbeat.objects.create(name="sweep", beat_at=now, detail={"flagged": "1"})
    LogEntry.objects.create(
        user=alice, content_type=ContentType.objects.first(), object_repr="repr", change_message="m", action_flag=1
    )
