"""Bringing in a file of forecasts, and undoing that."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

_ACCEPTED: Final = ".csv,.tsv,.jsonl,.ndjson,.xlsx,text/csv"


class ImportForm(forms.Form):
    """A file, and whose forecasts it holds."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
        help_text=_(".csv (commas, semicolons or tabs), .jsonl or .xlsx (its first sheet), up to 100 MB."),
        error_messages={"empty": _("The file is empty.")},
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "source-names", "autocomplete": "off"}),
        help_text=_(
            "Whose forecasts they are, where a row names no author. An external_id names one forecast within it. "
            "Empty: the desk’s own."
        ),
    )


class UndoForm(forms.Form):
    """Why an import is undone."""

    why = forms.CharField(label=_("Why it is undone"), max_length=500)
