"""The pages about accounts: one's own, everybody's, and the way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import tasks
from accounts.access import SignedInRequest, needs, public, signed_in
from accounts.errors import InvitationClosed
from accounts.forms import AcceptForm, InvitationForm, KeyForm, PartnerForm, ProfileForm, RoleForm, WhyForm
from accounts.models import Invitation, OutboxMail, User
from accounts.roles import Capability
from accounts.services import calendars, invitations, keys, notifying, people
from groundwork.errors import Refusal
from groundwork.forms import blame
from groundwork.hurry import hurry
from groundwork.keyset import BadCursor, Keyset

administrators_only = needs(Capability.ADMINISTER)
NOTICES: Final = 50  # a page
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _filled_in(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


# --- One's own account ----------------------------------------------------------------------------------------------


@signed_in
@form_page
def profile(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(_filled_in(request), user=user)
    if form.is_valid():
        try:
            people.save_profile(user=user, **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@signed_in
@form_page
@never_cache
def api_keys(request: SignedInRequest) -> HttpResponse:
    """One's keys. A new one's secret stands in the answer to the POST and nowhere else, so there is no redirect."""
    form = KeyForm(_filled_in(request))
    made = secret = None
    if form.is_valid():
        name, scope = form.cleaned_data["name"], form.cleaned_data["scope"]
        try:
            made, secret = keys.make_key(by=request.user, name=name, scope=scope, at=timezone.now(), lasts=form.lasts)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            form = KeyForm()
    context = {"form": form, "keys": request.user.api_keys.all(), "made": made, "secret": secret}
    return render(request, "accounts/api_keys.html", context | {"now": timezone.now()})


@signed_in
@require_POST
def revoke_api_key(request: SignedInRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(request.user.api_keys, pk=pk)
    keys.revoke_key(key=key, at=timezone.now())
    messages.success(request, _("The key “%(name)s” is revoked.") % {"name": key.name})
    return redirect("accounts:api_keys")


@signed_in
@form_page
@never_cache
def calendar(request: SignedInRequest) -> HttpResponse:
    """The private address of one's calendar. A new one stands in the answer to the POST and nowhere else."""
    secret = None
    if request.method == "POST":
        secret = calendars.make_address(by=request.user, at=timezone.now())
    context = {"key": calendars.standing(request.user), "secret": secret, "site": settings.SITE_URL}
    return render(request, "accounts/calendar.html", context)


@signed_in
@require_POST
def revoke_calendar(request: SignedInRequest) -> HttpResponse:
    calendars.revoke(user=request.user, at=timezone.now())
    messages.success(request, _("The address of your calendar is revoked."))
    return redirect("accounts:calendar")


# --- What one is told -----------------------------------------------------------------------------------------------


@signed_in
@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """One's own notices, newest first, page by page."""
    order = Keyset.of("-created_at")
    place = {name: request.GET.get(name, "") for name in ("after", "before")}
    try:
        page = order.page(notifying.notices_of(request.user), size=NOTICES, **place)
    except BadCursor as error:
        raise BadRequest(str(error.message)) from error
    context = {
        "page": page,
        "previous_url": f"?before={page.previous}" if page.previous else "",
        "next_url": f"?after={page.next}" if page.next else "",
    }
    return render(request, "accounts/notices.html", context)


@signed_in
@require_POST
def read_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one as read, and go on to what it is about where that was asked for."""
    notice = get_object_or_404(notifying.notices_of(request.user), pk=pk)
    notifying.mark_read(user=request.user, pk=pk, at=timezone.now())
    goes_on = "open" in request.POST and notice.url.startswith("/")
    return redirect(notice.url if goes_on else "notices:list")


@signed_in
@require_POST
def read_all_notices(request: SignedInRequest) -> HttpResponse:
    notifying.mark_read(user=request.user, at=timezone.now())
    return redirect("notices:list")


# --- Everybody's, for administrators --------------------------------------------------------------------------------


@administrators_only
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    found = User.objects.annotate(has_second_factor=Exists(factors)).order_by("-is_active", "name", "pk")
    return render(request, "accounts/people.html", {"people": found})


@administrators_only
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, get_object_or_404(User, pk=pk))


@administrators_only
@require_POST
def change_role(request: SignedInRequest, pk: int) -> HttpResponse:
    user, form = get_object_or_404(User, pk=pk), RoleForm(request.POST)
    if form.is_valid():
        try:
            people.change_role(user=user, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            role = user.get_role_display()
            messages.success(request, _("%(name)s’s role is now: %(role)s.") % {"name": user, "role": role})
            return redirect("accounts:people")
    return _person_page(request, user, role_form=form)


@administrators_only
@require_POST
def set_partner(request: SignedInRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = PartnerForm(request.POST, user=user)
    if form.is_valid():
        try:
            people.set_partner(user=user, partner=form.cleaned_data["desk_partner"])
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%(name)s’s desk partner is saved.") % {"name": user})
            return redirect("accounts:person", user.pk)
    return _person_page(request, user, partner_form=form)


@administrators_only
@require_POST
def deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    return _open_or_close(request, pk, people.deactivate, _("%(name)s’s account is closed."))


@administrators_only
@require_POST
def reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    return _open_or_close(request, pk, people.reactivate, _("%(name)s’s account is open again."))


def _open_or_close(request: SignedInRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    user, form = get_object_or_404(User, pk=pk), WhyForm(request.POST, prefix="activity")
    if form.is_valid():
        try:
            act(user=user, by=request.user, why=form.cleaned_data["why"])
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, done % {"name": user})
            return redirect("accounts:people")
    return _person_page(request, user, activity_form=form)


def _person_page(request: HttpRequest, user: User, **forms: Any) -> HttpResponse:
    """`forms` are those that were filled in and refused."""
    user.refresh_from_db()
    context = {
        "role_form": RoleForm(initial={"role": user.role}),
        "activity_form": WhyForm(prefix="activity"),
        "partner_form": PartnerForm(user=user),
    }
    return render(request, "accounts/person.html", context | forms | {"person": user})


# --- Invitations ----------------------------------------------------------------------------------------------------


@administrators_only
@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    context = {
        "invitations": Invitation.objects.select_related("invited_by"),
        "now": timezone.now(),
        "mail_set_aside": OutboxMail.objects.filter(set_aside_at__isnull=False, done_at__isnull=True).count(),
    }
    return render(request, "accounts/invitations.html", context)


@administrators_only
@form_page
@never_cache
def invite(request: SignedInRequest) -> HttpResponse:
    form = InvitationForm(_filled_in(request))
    if form.is_valid():
        address_of = _address_of
        try:
            sent = invitations.invite(by=request.user, at=timezone.now(), address_of=address_of, **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return _sent_page(request, sent)
    return render(request, "accounts/invite.html", {"form": form})


@administrators_only
@require_POST
@never_cache
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Invitation, pk=pk)
    try:
        sent = invitations.resend(pk=pk, at=timezone.now(), address_of=_address_of)
    except InvitationClosed as closed:
        messages.error(request, str(closed.message))
        return redirect("accounts:invitations")
    return _sent_page(request, sent)


@administrators_only
@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        invitations.withdraw(pk=pk, at=timezone.now())
    except InvitationClosed as closed:
        messages.error(request, str(closed.message))
    else:
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("accounts:invitations")


def _sent_page(request: HttpRequest, sent: invitations.Sent) -> HttpResponse:
    hurry(tasks.send_mail, sent.mail.pk)
    return render(request, "accounts/invitation_sent.html", {"sent": sent})


def _address_of(token: str) -> str:
    return settings.SITE_URL + reverse("accounts:accept_invitation", args=[token])


@public
@sensitive_post_parameters("password")
@form_page
@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mailed link leads: a name and a password, and one is in."""
    try:
        invitation = invitations.find(token, at=timezone.now())
    except InvitationClosed as closed:
        return render(request, "accounts/invitation_closed.html", {"message": closed.message}, status=410)
    form = AcceptForm(_filled_in(request), initial={"name": invitation.name})
    if form.is_valid():
        try:
            user = invitations.accept(token=token, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            blame(form, refusal)
        else:
            answer: HttpResponse = perform_login(request, user)
            return answer
    return render(request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation})
