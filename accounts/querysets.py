"""Chainable words for what people are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import Digest, Notification  # noqa: F401 - named in the annotations


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def to_mail(self) -> Self:
        """What a digest has to tell: neither read nor mailed."""
        return self.unread().filter(mailed_at__isnull=True)

    def of_digest(self, digest: Digest) -> Self:
        """What that digest has to tell: what it told when it was written before, and what has come since."""
        return self.unread().filter(Q(mailed_at__isnull=True) | Q(mailed_at=digest.made_at), user=digest.user_id)
