"""Seeing to what is due: whose it is, until when it waits and why, and who looks after a topic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import people
from forecasts.models.grading import LONGEST_SNOOZE
from forecasts.services.handling import LONGEST_REASON
from groundwork.fields import DayField
from sources.models import Topic


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        label=_("Who grades it"), queryset=User.objects.none(), required=False, empty_label=_("nobody in particular")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, without: Collection[int], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["assignee"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people.graders().exclude(pk__in=without)
        field.error_messages["invalid_choice"] = _("Choose somebody who may grade it.")
        take_focus(self, "assignee")


class SnoozeForm(forms.Form):
    until = DayField(label=_("Until"))
    reason = forms.CharField(
        label=_("Why it waits"), max_length=LONGEST_REASON, help_text=_("Everybody on the desk reads it.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: date, **options: Any) -> None:
        super().__init__(data, **options)
        last = on + LONGEST_SNOOZE
        self.fields["until"].widget.attrs["max"] = last.isoformat()
        take_focus(self, "until")
        self.fields["until"].help_text = _("At most 90 days ahead. It stays due, and comes back on that day.")


class TopicCareForm(forms.Form):
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all())
    user = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        _offer(self.fields["user"])


def take_focus(form: forms.Form, name: str) -> None:
    """Let the field have the focus; where something was wrong, what says so has it."""
    if not form.is_bound:
        form.fields[name].widget.attrs["autofocus"] = True


def _offer(field: forms.Field) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = people.graders()
