"""What people say about a forecast that is there: withdrawing, the desk's line, comments, links, groups, parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forecasts.choices import Relation
from forecasts.forms.chances import ChanceForm
from forecasts.forms.entries import JudgementForm
from forecasts.models import Forecast
from forecasts.services import commenting
from forecasts.services.entries import Chance
from forecasts.services.parting import Part
from groundwork.filters import ReferenceField
from groundwork.once import TokenField
from sources.forms import CountriesField, TopicsField

LONGEST_REASON: Final = 300


class WhyForm(forms.Form):
    """A reason, which is kept."""

    why = forms.CharField(label=_("Why"), max_length=LONGEST_REASON)


class DeskLineForm(JudgementForm):
    """The desk's line between two editions."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rationale"].required = True
        self.fields["rationale"].label = _("Why the line changes")


class SubjectsForm(forms.Form):
    """What a forecast is about."""

    topics = TopicsField()
    countries = CountriesField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, forecast: Forecast, **options: Any) -> None:
        options["initial"] = {
            "topics": tuple(topic.name for topic in forecast.topics.all()),
            "countries": tuple(forecast.countries),
            "version": forecast.version,
        }
        super().__init__(*args, **options)


class CommentForm(forms.Form):
    """A remark, and with it somebody who is to see it; the browser completes the name."""

    token = TokenField()
    text = forms.CharField(
        label=_("Comment"),
        max_length=commenting.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "m"}),
        help_text=_("Plain text, for the desk alone. @Name tells somebody."),
    )
    mention = forms.CharField(
        label=_("Tell"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
        help_text=_("The name is put before the comment."),
    )

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = list(people)

    def clean_mention(self) -> str:
        name = str(self.cleaned_data["mention"]).strip().removeprefix("@")
        if name and not commenting.mentioned(f"@{name}", self.people):
            raise ValidationError(_("Nobody of that name has an account here."), code="nobody")
        return name

    @property
    def words(self) -> str:
        """The comment with whom it names."""
        name, text = str(self.cleaned_data["mention"]), str(self.cleaned_data["text"])
        return f"@{name} {text}" if name and f"@{name}".casefold() not in text.casefold() else text


class Tie(models.TextChoices):
    """What this forecast is to another one, as one says it from here."""

    CONTINUES = "continues", _("continues")
    REPEATS = "repeats", _("repeats")
    SUPERSEDES = "supersedes", _("supersedes")
    CONTINUED_BY = "continued_by", _("is continued by")
    REPEATED_BY = "repeated_by", _("is repeated by")
    SUPERSEDED_BY = "superseded_by", _("is superseded by")
    RELATED = "related", _("is related to")
    EXCLUDES = "excludes", _("excludes: only one of the two can happen")


BACKWARDS: Final = {
    Tie.CONTINUED_BY: Relation.CONTINUES,
    Tie.REPEATED_BY: Relation.REPEATS,
    Tie.SUPERSEDED_BY: Relation.SUPERSEDES,
}


class TieForm(forms.Form):
    """A link to another forecast, or a group with it."""

    tie = forms.ChoiceField(label=_("This forecast"), choices=Tie)
    other = ReferenceField(
        kind="forecast", label=_("The other one"), max_length=24, help_text=_("Its reference, like F-1042.")
    )

    def __init__(self, *args: Any, viewer: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer

    def clean_other(self) -> Forecast:
        key = self.cleaned_data["other"]
        found = Forecast.objects.visible_to(self.viewer).filter(pk=key).first()
        if found is None:
            raise ValidationError(_("There is no such forecast."), code="no_forecast")
        return found


class GroupForm(forms.Form):
    """What a group of scenarios is about."""

    title = forms.CharField(label=_("What it is about"), required=False, max_length=200)
    exhaustive = forms.BooleanField(
        label=_("One of them has to happen"),
        required=False,
        help_text=_("Otherwise “none of these” is possible too."),
    )


class PartForm(ChanceForm):
    """One part of a compound forecast. A form of which nothing is filled in is no part."""

    event = forms.CharField(
        label=_("What would be seen to happen"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, event: str = "", **options: Any) -> None:
        super().__init__(*args, initial={"event": event}, **options)

    @property
    def is_blank(self) -> bool:
        """Whether the valid form has nothing in it."""
        return not self.cleaned_data["event"].strip() and self.chance() == Chance()

    def part(self) -> Part:
        return Part(event=self.cleaned_data["event"], chance=self.chance())
