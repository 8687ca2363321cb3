"""Who sees to what is due: what was decided about a Due, and who looks after a topic."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forecasts.choices import DueStep
from forecasts.content import TABLES
from forecasts.models.grading import Due
from groundwork.append_only import append_only
from sources.models import Topic


class DueChange(models.Model):
    """That a Due was given to somebody, snoozed or woken: by a person, or by the rule where there is none."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="changes")
    step = models.CharField(max_length=10, choices=DueStep)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=DueStep.values), name="due_change_is_a_known_step"),
            models.CheckConstraint(
                condition=~Q(step=DueStep.SNOOZED) | (Q(until__isnull=False) & ~Q(reason="")),
                name="due_change_snoozes_with_day_and_reason",
            ),
        ]
        triggers = append_only(words=TABLES["forecasts.DueChange"].replaced)

    def __str__(self) -> str:
        return f"{self.due_id}: {self.step}"


class TopicCare(models.Model):
    """Who looks after a topic, and gets what falls due about it where the desk assigns by topic."""

    topic = models.OneToOneField(Topic, primary_key=True, on_delete=models.CASCADE, related_name="care")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topics_in_care")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("care of a topic")
        verbose_name_plural = _("care of topics")

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.user_id}"
