"""What lists of notices can be narrowed to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from accounts.models import Notification
from accounts.querysets import NotificationQuerySet
from groundwork.filters import WordFilter


class NoticeFilter(FilterSet):
    unread = WordFilter(method="only_unread", label=_("Unread"), choices=[("yes", _("only unread ones"))])

    class Meta:
        model = Notification
        fields: list[str] = []

    def only_unread(self, rows: NotificationQuerySet, _name: str, _value: str) -> NotificationQuerySet:
        return rows.unread()
