"""An analyst leaves: to whom their work goes, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forecasts.services.leaving import colleagues


class LeavingForm(forms.Form):
    hand_to = forms.ModelChoiceField(
        label=_("What waits for their grade goes to"), queryset=User.objects.none(), required=False
    )
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("It is kept with the account’s history."))

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User) -> None:
        super().__init__(data)
        field = self.fields["hand_to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(user)
        field.empty_label = _("nobody in particular: it belongs to the desk")
