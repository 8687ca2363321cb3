"""What people fill in about accounts. Services decide; a form only brings words into shape."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope
from accounts.roles import Role

LIVES: Final = ((30, _("30 days")), (90, _("90 days")), (180, _("half a year")), (365, _("a year")))


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("It stands beside what you record."))
    single_keys = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_("j, k, 1–7 and the like on the desk’s pages. Turn them off where they get in the way."),
    )


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What will use it: “weekly report”, “R script”.")
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=Scope.choices, initial=Scope.READ)
    days = forms.TypedChoiceField(label=_("Lasts"), choices=LIVES, coerce=int, initial=90)

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class InvitationForm(forms.Form):
    email = forms.CharField(label=_("Email address"), max_length=254, widget=forms.EmailInput)
    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.ANALYST)


class AcceptForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("It stands beside what you record."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a few words are easier to remember than signs."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    why = forms.CharField(label=_("Why"), max_length=200)


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200)
