"""Outcomes that exclude each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScenarioGroup(models.Model):
    """What is known of a group of forecasts that exclude each other, beyond who is in it (`Forecast.scenario_group`).

    A group without a row has no title, and something else than its outcomes may come about: "none of these".
    """

    key = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(_("title"), max_length=200, blank=True)
    exhaustive = models.BooleanField(
        _("one of them has to happen"), default=False, help_text=_("Otherwise “none of these” is possible too.")
    )
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="scenariogroup_has_a_key")]

    def __str__(self) -> str:
        return self.title or self.key
