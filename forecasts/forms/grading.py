"""A grade as somebody fills it in, and the event and criteria that it may still need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forecasts.choices import Outcome
from forecasts.errors import GradeRefused
from forecasts.forms.wordings import CRITERIA, LONGEST_SENTENCE, CriteriaFields
from forecasts.models import Forecast
from forecasts.services.changing import wording_closed
from forecasts.services.evidence import LARGEST, EvidenceFile, read_file, too_large
from forecasts.services.verdicts import Decided, Verdict
from groundwork import references
from groundwork.fields import DayField
from sources.models import Article

# From the sentence one tab leads to the evidence.
_ORDER: Final = (
    "version",
    "outcome",
    "rationale",
    "evidence",
    "known_on",
    "happened",
    "not_happened",
    "file",
    "no_evidence_reason",
)
_BETWEEN: Final = re.compile(r"[\s,;]+")


class OutcomeRadios(forms.RadioSelect):
    """Outcomes with their keys, 1 to 7; those that cannot be given now are greyed, and point to the reason."""

    refused: Mapping[str, str] = {}
    sentence_id = ""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["attrs"] |= {"data-key": str(int(option["index"]) + 1), "data-then": self.sentence_id}
        if value in self.refused:
            option["attrs"] |= {"disabled": True, "aria-describedby": f"{option['attrs']['id']}-why"}
        return option


class OutcomeOption(NamedTuple):
    """A radio button, its key, and why it cannot be chosen ("" where it can)."""

    radio: Any
    key: int
    refusal: str


class EvidenceField(forms.CharField):
    """References of articles and web addresses with spaces between them, as a pair of lists."""

    stands_in_for_another = True  # the reason why there is none

    def __init__(self, *, viewer: User, **options: Any) -> None:
        super().__init__(**options)
        self.viewer = viewer

    def clean(self, value: Any) -> tuple[list[Article], list[str]]:
        words = [word for word in _BETWEEN.split(super().clean(value)) if word]
        addresses = [word for word in words if "://" in word]
        keys = [_article_key(word) for word in words if word not in addresses]
        found = Article.objects.visible_to(self.viewer).defer("text").in_bulk(keys)
        for key in keys:
            if key not in found:
                reference = references.reference("article", key)
                raise ValidationError(_("There is no article %(reference)s."), params={"reference": reference})
        return list(found.values()), addresses


def _article_key(word: str) -> int:
    try:
        return references.parse("article", word)
    except ValueError as error:
        message = _("“%(word)s” is neither an article (A-12) nor an address (https://…).")
        raise ValidationError(message, params={"word": word}) from error


class TakeBackForm(forms.Form):
    """Why a grade does not hold, once the seconds for undoing it are over."""

    why = forms.CharField(
        label=_("Why it does not hold"),
        max_length=300,
        help_text=_("It stays on the record with this reason, and the forecast is due again."),
        error_messages={"required": _("Say why the grade is taken back.")},
    )


class ReopenForm(forms.Form):
    """Why a resolution does not hold."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why it is reopened"),
        max_length=300,
        help_text=_("What was held stays on the record with this reason, and the forecast is graded anew."),
        error_messages={"required": _("Say why it is reopened.")},
    )


class FindingForm(forms.Form):
    """What became of an event, as a grader or an editor says it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What became of the event"),
        choices=[(value, capfirst(label)) for value, label in Outcome.choices],
        widget=OutcomeRadios,
        error_messages={"required": _("Say whether it happened.")},
    )
    rationale = forms.CharField(
        label=_("In one sentence"),
        max_length=1_000,
        help_text=_("What happened, and how one can tell."),
        error_messages={"required": _("Say in one sentence what happened.")},
    )
    known_on = DayField(label=_("Known on"), help_text=_("The day on which the outcome became known."))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        forecast: Forecast,
        refused: Mapping[str, str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, auto_id=f"grade-{forecast.pk}-%s", initial=dict(initial or {}))
        self.refused = refused
        self.fields["rationale"].widget.attrs["autocomplete"] = "off"
        if Outcome.PARTLY not in refused:
            self._ask_for_parts()
        radios = self.fields["outcome"].widget
        radios.refused, radios.sentence_id = refused, f"grade-{forecast.pk}-rationale"

    def _ask_for_parts(self) -> None:
        """What happened and what did not, where the criteria define degrees."""
        for name, label in (("happened", _("What happened")), ("not_happened", _("What did not happen"))):
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=1_000, help_text=_("Where it happened in part.")
            )
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def outcome_options(self) -> Iterator[OutcomeOption]:
        """The radio buttons in their order."""
        for number, radio in enumerate(self["outcome"], 1):
            yield OutcomeOption(radio, number, self.refused.get(radio.data["value"], ""))

    def plain_fields(self) -> Iterator[forms.BoundField]:
        """The fields after the outcome, in their order."""
        return (field for field in self.visible_fields() if field.name != "outcome")

    def _said(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("outcome", "known_on", "rationale")
        parts = {name: data.get(name, "") for name in ("happened", "not_happened")}
        return {name: data[name] for name in names} | parts


class DecisionForm(FindingForm):
    """What an editor decides, and on what besides that which both graders named."""

    file = forms.FileField(
        label=_("A file"),
        required=False,
        max_length=200,
        help_text=_("A PDF, an image, a page or a text of up to 10 MB, kept as evidence."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["evidence"] = EvidenceField(
            label=_("Evidence"),
            required=False,
            max_length=LONGEST_SENTENCE,
            viewer=by,
            help_text=_(
                "Articles (A-12) or addresses (https://…), with spaces between them. Addresses are kept as copies."
            ),
        )
        self.order_fields(_ORDER)
        for name in self.fields.keys() & {"evidence", "no_evidence_reason"}:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["evidence"].widget.attrs["data-key"] = "e"
        self.fields["file"].widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg,.gif,.webp,.html,.htm,.txt,.md"

    def clean_file(self) -> list[EvidenceFile]:
        """The file, read before any transaction opens."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return []
        try:
            if upload.size > LARGEST:
                raise too_large()
            return [read_file(upload.read(), name=upload.name)]
        except GradeRefused as refusal:
            raise ValidationError(str(refusal.message)) from refusal

    def decided(self) -> Decided:
        """What the valid form says."""
        return Decided(**self._said(), **self._evidence())

    def _evidence(self) -> dict[str, Any]:
        articles, urls = self.cleaned_data["evidence"]
        return {"articles": articles, "urls": urls, "files": self.cleaned_data["file"]}


class GradeForm(DecisionForm):
    """One person's verdict on an event."""

    no_evidence_reason = forms.CharField(
        label=_("Why there is no evidence"),
        required=False,
        max_length=300,
        help_text=_("Only where nothing can be named."),
    )

    def verdict(self) -> Verdict:
        """What the valid form says."""
        return Verdict(**self._said(), **self._evidence(), no_evidence_reason=self.cleaned_data["no_evidence_reason"])


class CriteriaForm(CriteriaFields):
    """The event, and how its outcome will be told."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    event = forms.CharField(
        label=_("Event"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Without its probability word: something that can be seen to happen or not."),
    )
    field_order = ["event"]

    def __init__(self, data: Mapping[str, Any] | None = None, *, forecast: Forecast) -> None:
        initial = {name: getattr(forecast, name) for name in ("event", "version", *CRITERIA)}
        super().__init__(data, auto_id=f"criteria-{forecast.pk}-%s", initial=initial)
        if forecast.event and wording_closed(forecast, at=timezone.now()):
            self.fields["event"].disabled = True
