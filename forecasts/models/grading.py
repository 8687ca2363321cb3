"""What waits for its grade, what each grader says, on what evidence, and what the desk holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forecasts.choices import (
    How,
    Independence,
    Outcome,
)
from forecasts.content import TABLES
from forecasts.models.forecast import Forecast
from forecasts.models.noting import note_dues, note_resolutions
from forecasts.querysets import (
    AwaitedGradeQuerySet,
    DisputeQuerySet,
    DueQuerySet,
    EvidenceQuerySet,
    GradeQuerySet,
    RecusalQuerySet,
    ResolutionQuerySet,
)
from groundwork.append_only import append_only
from groundwork.models import WorkRow
from groundwork.references import Referenced
from sources.models import Article

LONGEST_SNOOZE: Final = timedelta(days=90)


class Due(models.Model):
    """A forecast that waits for its grade."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="dues")
    due_on = models.DateField()
    flagged_at = models.DateTimeField()
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_dues"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    snooze_reason = models.CharField(max_length=300, blank=True)
    snoozed_on = models.DateField(null=True, blank=True, help_text=_("The desk’s day on which that was said."))
    snoozed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True, blank=True, help_text=_("When somebody was last told of it."))
    escalated_at = models.DateTimeField(null=True, blank=True, help_text=_("When the editors were told of it."))
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_why = models.CharField(max_length=40, blank=True)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(cleared_at__isnull=True), name="due_oldest_first"),
            models.Index(
                fields=["snoozed_until"],
                condition=Q(cleared_at__isnull=True, snoozed_until__isnull=False),
                name="due_hidden_by_a_snooze",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=Q(cleared_at__isnull=True), name="due_open_once_per_forecast"
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True, snoozed_on__isnull=True)
                | (
                    Q(snoozed_until__isnull=False, snoozed_on__isnull=False)
                    & Q(snoozed_until__gt=F("snoozed_on"), snoozed_until__lte=F("snoozed_on") + LONGEST_SNOOZE)
                    & ~Q(snooze_reason="")
                ),
                name="due_snoozed_with_a_reason_for_90_days_at_most",
            ),
        ]
        triggers = note_dues()

    def __str__(self) -> str:
        return f"{self.forecast_id} since {self.due_on}"

    def days_late(self, *, on: date) -> int:
        return (on - self.due_on).days


class Grade(Referenced, models.Model):
    """One person's verdict on an event; until its round is settled, their secret."""

    reference_kind = "grade"

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="grades")
    round = models.PositiveSmallIntegerField(default=1)
    slot = models.PositiveSmallIntegerField(default=1)
    grader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grades")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    known_on = models.DateField(_("known on"))
    rationale = models.TextField(_("in one sentence"))
    happened = models.TextField(_("what happened"), blank=True, help_text=_("Where it happened in part."))
    not_happened = models.TextField(_("what did not happen"), blank=True)
    no_evidence_reason = models.CharField(_("why there is no evidence"), max_length=300, blank=True)
    graded_at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retracted_why = models.TextField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    objects: ClassVar[GradeQuerySet] = GradeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["forecast_id", "round", "slot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "round", "slot"], condition=Q(retracted_at__isnull=True), name="grade_once_per_slot"
            ),
            models.UniqueConstraint(
                fields=["forecast", "round", "grader"],
                condition=Q(retracted_at__isnull=True),
                name="grade_once_per_grader",
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="grade_has_two_slots"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="grade_outcome_is_known"),
            models.CheckConstraint(condition=~Q(rationale=""), name="grade_says_why"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.PARTLY) | (~Q(happened="") & ~Q(not_happened="")),
                name="grade_in_part_says_which",
            ),
        ]
        triggers = append_only(
            stamp=("retracted_at", "retracted_by", "retracted_why"), words=TABLES["forecasts.Grade"].replaced
        )

    def __str__(self) -> str:
        return f"{self.forecast_id}: {self.outcome}"


class AwaitedGrade(models.Model):
    """That one of a round's two grades is in and the other is awaited; not whose it is, and not what it says."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="awaited_grades")
    round = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    provisional_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the one grade was held for the time being.")
    )
    reminded_at = models.DateTimeField(null=True, blank=True, help_text=_("When somebody was last told of it."))
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AwaitedGradeQuerySet] = AwaitedGradeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["since", "id"], condition=Q(closed_at__isnull=True), name="awaited_grade_oldest_first")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=Q(closed_at__isnull=True), name="awaited_grade_open_once_per_forecast"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id}, round {self.round}"


class Recusal(models.Model):
    """That somebody could read the other grade of a round and then took their own back: they grade no more in it.

    What was undone with it stands there too, of the same person and moment: what an outcome had settled along.
    """

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="recusals")
    round = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    objects: ClassVar[RecusalQuerySet] = RecusalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forecast", "round", "user"], name="recusal_once_per_round_and_person")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.user_id}, {self.forecast_id}, round {self.round}"


class Dispute(models.Model):
    """That the two graders of a round differ, until an editor decides or one of the grades is retracted."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="disputes")
    round = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True, help_text=_("When somebody was last told of it."))
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=Q(closed_at__isnull=True), name="dispute_open_once_per_forecast"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id}, round {self.round}"


class Evidence(models.Model):
    """What a grade, a decision or an imported outcome rests on: an article kept here, an address, or a file."""

    grade = models.ForeignKey(Grade, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    resolution = models.ForeignKey(
        "Resolution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
        help_text=_("Of an editor’s decision; what is held on grades rests on theirs."),
    )
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_for")
    url = models.URLField(max_length=1000, blank=True)
    filename = models.CharField(max_length=200, blank=True, help_text=_("Of a file; its bytes are its copy."))
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    objects: ClassVar[EvidenceQuerySet] = EvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, url="", filename="")
                | (Q(article__isnull=True, filename="") & ~Q(url=""))
                | (Q(article__isnull=True, url="") & ~Q(filename="")),
                name="evidence_is_an_article_an_address_or_a_file",
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=False, resolution__isnull=True)
                | Q(grade__isnull=True, resolution__isnull=False),
                name="evidence_of_a_grade_or_a_decision",
            ),
        ]
        triggers = append_only(words=TABLES["forecasts.Evidence"].replaced)

    def __str__(self) -> str:
        return self.url or self.filename or str(self.article)

    @property
    def forecast_id(self) -> int:
        """The key of the forecast that it says something about."""
        about = self.grade or self.resolution
        assert about is not None  # a constraint says so
        return about.forecast_id


class EvidenceCopy(models.Model):
    """The bytes of an address or file as they were when they became evidence, with their hash."""

    evidence = models.OneToOneField(Evidence, primary_key=True, on_delete=models.PROTECT, related_name="copy")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True, help_text=_("What could be read out of it."))
    final_url = models.URLField(max_length=1000, blank=True, help_text=_("Where redirects had led."))
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence copies"
        triggers = append_only(words=TABLES["forecasts.EvidenceCopy"].replaced)

    def __str__(self) -> str:
        return self.sha256[:12]


class EvidenceFetch(WorkRow):
    """That an address is to be fetched and kept, or why it could not be."""

    evidence = models.OneToOneField(Evidence, primary_key=True, on_delete=models.PROTECT, related_name="fetch")
    asked_at = models.DateTimeField()
    refused_why = models.CharField(max_length=300, blank=True, help_text=_("Final: nobody tries again."))

    class Meta:
        verbose_name_plural = "evidence fetches"

    def __str__(self) -> str:
        return f"fetch of {self.evidence_id}"


class Resolution(models.Model):
    """What the desk holds to have become of an event. A newer one supersedes it; none is ever changed."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="resolutions")
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome)
    known_on = models.DateField()
    how = models.CharField(max_length=12, choices=How)
    independence = models.CharField(max_length=12, choices=Independence)
    rationale = models.TextField(blank=True)
    happened = models.TextField(blank=True, default="", db_default="", help_text=_("Where it happened in part."))
    not_happened = models.TextField(blank=True, default="", db_default="")
    grades = models.ManyToManyField(Grade, through="ResolutionGrade", related_name="resolutions")
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_why = models.TextField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text=_("When its words went for a legal reason."))

    objects: ClassVar[ResolutionQuerySet] = ResolutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-resolved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast"], condition=Q(superseded_at__isnull=True), name="resolution_standing_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="resolution_outcome_is_known"),
        ]
        triggers = (
            append_only(
                stamp=("superseded_at", "superseded_by", "superseded_why"),
                words=TABLES["forecasts.Resolution"].replaced,
            )
            + note_resolutions()
        )

    def __str__(self) -> str:
        return f"{self.forecast_id}: {self.outcome}"


class ResolutionGrade(models.Model):
    """Which grades a resolution rests on."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT)
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resolution", "grade"], name="resolution_counts_a_grade_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.resolution_id} rests on {self.grade_id}"
