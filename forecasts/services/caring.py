"""Who looks after a topic."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import people
from forecasts.errors import DueRefused
from forecasts.models import TopicCare
from sources.models import Topic


@transaction.atomic
def look_after(topic: Topic, *, user: User | None, by: User, at: datetime) -> None:
    """Let somebody look after a topic, or nobody any more: an editor's. Raises DueRefused."""
    if not by.may_publish:
        raise DueRefused(_("An editor says who looks after a topic."), code="not_yours")
    if user is None:
        TopicCare.objects.filter(topic=topic).delete()
        return
    if not people.graders().filter(pk=user.pk).exists():
        raise DueRefused(_("Choose somebody who may grade."), field="user")
    TopicCare.objects.update_or_create(topic=topic, defaults={"user": user, "set_by": by, "set_at": at})
