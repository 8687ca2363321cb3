"""What editors fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from briefings.choices import Weight
from briefings.models import Briefing
from briefings.services.drafting import Draft
from briefings.services.images import Picture
from briefings.services.redaction.asking import MOST_WORDS
from groundwork.models import RedactionReason


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """The working copy of a briefing. `version` is the one that was read, so that nobody is overwritten."""

    image_file = forms.FileField(
        label=_("Image"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 8 MB. Leave empty to keep what is there."),
    )
    drop_image = forms.BooleanField(label=_("Take the image away"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Briefing
        fields = ["title", "byline", "slug", "markdown", "image_alt", "image_credit", "image_licence"]
        widgets = {"markdown": forms.Textarea(attrs={"rows": 28, "spellcheck": "true"})}
        help_texts = {
            "slug": _("The last part of the page’s address; it stays once the page is published."),
            "markdown": _(
                "Markdown. Keep the headings “Summary” and “Forecast”: the readers know these parts by them."
            ),
        }

    @property
    def upload(self) -> UploadedFile[bytes] | None:
        """The image that was handed in, if one was."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["image_file"]
        return upload

    def draft(self, *, picture: Picture | None) -> Draft:
        """The cleaned data as the service takes it."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Draft(picture=picture, drops_image=self.cleaned_data["drop_image"], **values)

    def compare_with(self, version: int) -> None:
        """Let what was typed stand, and the next attempt overwrite that version knowingly."""
        self.data = {name: self.data.get(name) for name in self.data} | {"version": version}

    def validate_unique(self) -> None:
        """The service says it, with the lock held."""


class PublishForm(forms.Form):
    """The last look before an edition goes out."""

    weight = forms.ChoiceField(
        label=_("This change is"),
        choices=Weight.choices,
        initial=Weight.MAJOR,
        help_text=_("A major change is announced on top of the page."),
    )
    note = forms.CharField(
        label=_("What has changed, for readers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["weight"], self.fields["note"]


class WithdrawForm(forms.Form):
    """Why a page is taken off the site."""

    why = forms.CharField(
        label=_("Why it is withdrawn, for readers"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RedactionForm(forms.Form):
    """What is to go, and for which legal reason."""

    target = forms.CharField(
        label=_("Record"),
        required=False,
        max_length=60,
        help_text=_("By its reference (F-1042, C-311, A-12, S-3, G-9), or by a word and its number (comment 7)."),
    )
    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A name or a passage on each line. They are struck wherever they stand, in any record."),
    )
    reason = forms.ChoiceField(label=_("Legal reason"), choices=RedactionReason.choices)
    order_reference = forms.CharField(
        label=_("Reference of the order or request"), max_length=200, help_text=_("It is kept. Name nobody in it.")
    )
    why = forms.CharField(
        label=_("Explanation"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the administrator who decides. It is kept: do not repeat what is to go."),
    )

    def clean_words(self) -> list[str]:
        """One passage a line."""
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if len(lines) > MOST_WORDS:
            raise forms.ValidationError(_("At most %d lines of words.") % MOST_WORDS)
        return lines


class RedactionDecisionForm(forms.Form):
    """Whether it is carried out."""

    decision = forms.ChoiceField(choices=[("approve", _("Approve")), ("refuse", _("Refuse"))])
    why = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for a refusal. It is kept."),
    )
