"""Bringing a text in: pasted or as a file, with where it is from."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from forecasts.yardsticks.scales import DEFAULT, YARDSTICKS
from groundwork.fields import DayField
from sources.choices import Origin
from sources.errors import TextRefused
from sources.extracting.extracting import MAX_DOCUMENT_BYTES, MEDIA_TYPES, SUFFIXES, Extracted, extract
from sources.forms import CountriesField, TopicsField
from sources.services.articles import LARGEST, RawBytes

# What a text may hold below the blank: tab, line feed, form feed, carriage return.
_CONTROLS: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\f\r")
_LOST: Final = "\N{REPLACEMENT CHARACTER}"


class _PastedText(forms.CharField):
    stands_in_for_another = True


class _TextFile(forms.FileField):
    stands_in_for_another = True


class PasteForm(forms.Form):
    """A text and its provenance. What is left empty is read out of the text."""

    text = _PastedText(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "autofocus": True, "spellcheck": "false"}),
        help_text=_("The whole briefing, its title first."),
    )
    file = _TextFile(
        label=_("Or a file"),
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join((*SUFFIXES, *MEDIA_TYPES))}),
        help_text=_("Word (.docx) or PDF up to 8 MB, .txt, .md or .html up to 2 MB. It is kept as it is, as evidence."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "source-names", "autocomplete": "off"}),
        help_text=_("Whose text it is. Empty: the desk’s own."),
    )
    published_on = DayField(
        label=_("Published on"), required=False, help_text=_("Empty: the day that the text itself gives.")
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")
    yardstick = forms.ChoiceField(
        label=_("Yardstick"),
        initial=DEFAULT.slug,
        choices=[(yardstick.slug, yardstick.name) for yardstick in YARDSTICKS.values()],
        help_text=_("The scale by which its words of probability are read."),
    )
    topics = TopicsField()
    countries = CountriesField()
    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    byline = forms.CharField(
        label=_("Byline"), required=False, max_length=300, help_text=_("Who wrote it; names with commas between them.")
    )

    extracted: Extracted | None = None
    raw: RawBytes | None = None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text.encode(errors="replace")) > LARGEST:
            raise ValidationError(_("The text is over 2 MB. Bring it in as several articles."), code="too_large")
        if not _CONTROLS.isdisjoint(text):
            raise ValidationError(_("This is no text: it holds control characters."), code="not_text")
        if _LOST in text:
            message = _("Letters of this text have been lost (“�”). Copy it again, or bring in the file.")
            raise ValidationError(message, code="not_text")
        return text

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > MAX_DOCUMENT_BYTES:
            raise ValidationError(_("The file is over 8 MB. Bring it in as several articles."), code="too_large")
        data, name, kind = file.read(), file.name or "", file.content_type or ""
        try:
            self.extracted = extract(data, filename=name, media_type=kind)
        except TextRefused as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal
        self.raw = RawBytes(data=data, media_type=self.extracted.media_type, filename=name)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data["text"].strip() and data["file"]:
            self.add_error("file", _("There is a pasted text too. Empty the text, or choose no file."))
        elif not data["text"].strip() and not data["file"]:
            self.add_error("text", _("There is no text. Paste the whole briefing, title first, or choose a file."))
        return data

    @property
    def body(self) -> str:
        """The text of the valid form, from wherever it came."""
        return self.extracted.text if self.extracted else str(self.cleaned_data["text"])

    @property
    def origin(self) -> str:
        return Origin.UPLOADED if self.extracted else Origin.PASTED

    @property
    def heading(self) -> str:
        """The title that was given, else the one that the file itself names."""
        return str(self.cleaned_data["title"] or (self.extracted.title if self.extracted else "") or "")
