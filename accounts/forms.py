"""What people fill in about accounts. Services decide; a form only brings words into shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from accounts.roles import Role
from accounts.services.people import partners_for

LIVES: Final = ((30, _("30 days")), (90, _("90 days")), (180, _("half a year")), (365, _("a year")))


def offer_partners(field: forms.Field, *, user: User) -> None:
    """Whoever can be that person's partner, and whoever is now."""
    assert isinstance(field, forms.ModelChoiceField)
    now = User.objects.filter(partner_of=user)
    field.queryset = (partners_for(user) | now).order_by("name", "pk")


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("It stands beside what you record."))
    single_keys = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_("j, k, 1–7 and the like on the desk’s pages. Turn them off where they get in the way."),
    )
    digest_by_mail = forms.BooleanField(
        label=_("Daily digest by mail"),
        required=False,
        help_text=_("What waits for you and what happened, at most once a day. Your notices here stay either way."),
    )
    desk_partner = forms.ModelChoiceField(
        label=_("Desk partner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody"),
        help_text=_("Who sees to the grades of what you wrote, where the desk assigns by partner."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User) -> None:
        initial = {name: getattr(user, name) for name in ("name", "single_keys", "digest_by_mail", "desk_partner")}
        super().__init__(data, initial=initial)
        offer_partners(self.fields["desk_partner"], user=user)


class PartnerForm(forms.Form):
    desk_partner = forms.ModelChoiceField(
        label=_("Desk partner"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User) -> None:
        super().__init__(data, initial={"desk_partner": user.desk_partner_id})
        offer_partners(self.fields["desk_partner"], user=user)


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
