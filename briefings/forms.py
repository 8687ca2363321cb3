"""What editors fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from briefings.choices import Weight
from briefings.models import Briefing
from briefings.services.drafting import Draft


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """The working copy of a briefing. `version` is the one that was read, so that nobody is overwritten."""

    image_file = forms.FileField(
        label=_("Image"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 8 MB. Leave empty to keep what is there."),
    )
    drop_image = forms.BooleanField(label=_("Take the image away"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Briefing
        fields = ["title", "byline", "slug", "markdown", "image_alt", "image_credit", "image_licence"]
        widgets = {"markdown": forms.Textarea(attrs={"rows": 28, "spellcheck": "true"})}

    def draft(self, *, image: Any) -> Draft:
        """The cleaned data as the service takes it."""
        return Draft(image=image, **{name: self.cleaned_data[name] for name in self.Meta.fields})

    def validate_unique(self) -> None:
        """The service says it, with the lock held."""


class PublishForm(forms.Form):
    """The last look before an edition goes out."""

    weight = forms.ChoiceField(
        label=_("This change is"),
        choices=Weight.choices,
        initial=Weight.MAJOR,
        help_text=_("A major change is announced on the page."),
    )
    note = forms.CharField(
        label=_("What has changed, for readers"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            for name in ("weight", "note"):
                self.fields[name].required = False
                self.fields[name].widget = forms.HiddenInput()
