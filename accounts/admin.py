"""Accounts in the read-only admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import tasks
from accounts.models import ApiKey, Digest, Invitation, Notification, OutboxMail, User
from accounts.services import outbox
from groundwork.admin import ReadOnlyModelAdmin
from groundwork.hurry import hurry

# What a superuser could change there would pass our services by.
admin.site.unregister([EmailAddress, Authenticator, Group])


@admin.register(User)
class UserAdmin(ReadOnlyModelAdmin):
    list_display = ["email", "name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    exclude = ["password", "groups", "user_permissions"]
    ordering = ["name", "pk"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyModelAdmin):
    list_display = ["email", "role", "invited_by", "created_at", "expires_at", "accepted_at", "withdrawn_at"]
    list_select_related = ["invited_by"]
    list_filter = ["role"]
    search_fields = ["email", "name"]


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyModelAdmin):
    list_display = ["prefix", "name", "user", "scope", "expires_at", "last_used_on", "revoked_at"]
    list_select_related = ["user"]
    list_filter = ["scope"]
    search_fields = ["name", "prefix", "user__email"]


@admin.register(OutboxMail)
class OutboxMailAdmin(ReadOnlyModelAdmin):
    list_display = ["to", "subject", "created_at", "attempts", "done_at", "set_aside_at", "last_error"]
    list_filter = [("set_aside_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter)]
    search_fields = ["to", "subject"]
    exclude = ["body"]  # a link in it may open an account
    actions = ["send_again"]

    @admin.action(description=gettext_lazy("Send again what was set aside"))
    def send_again(self, request: HttpRequest, queryset: Any) -> None:
        again = [pk for pk in queryset.values_list("pk", flat=True) if outbox.send_again(pk=pk)]
        for pk in again:
            hurry(tasks.send_mail, pk)
        messages.info(request, _("Sent again: %(count)d.") % {"count": len(again)})


@admin.register(Notification)
class NotificationAdmin(ReadOnlyModelAdmin):
    list_display = ["user", "kind", "text", "created_at", "read_at", "mailed_at"]
    list_select_related = ["user"]
    list_filter = ["kind", ("read_at", admin.EmptyFieldListFilter)]
    search_fields = ["user__email", "text"]


@admin.register(Digest)
class DigestAdmin(ReadOnlyModelAdmin):
    list_display = ["user", "day", "made_at", "sent_at"]
    list_select_related = ["user", "mail"]
    search_fields = ["user__email"]
    date_hierarchy = "day"

    @admin.display(description=gettext_lazy("sent at"))
    def sent_at(self, digest: Digest) -> datetime | None:
        return digest.mail.done_at if digest.mail else None
