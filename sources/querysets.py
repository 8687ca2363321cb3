"""Chainable words for sources and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import RecordShown, User
from accounts.roles import Capability

if TYPE_CHECKING:
    from sources.models import Article, Source, Topic  # noqa: F401 - named in the annotations

Viewer = User | AnonymousUser


def sees_the_desk(user: Viewer) -> bool:
    """Whether that user sees what is internal."""
    return isinstance(user, User) and user.may(Capability.READ_DESK)


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what an edition has released."""
        return self if sees_the_desk(user) else self.filter(released_at__isnull=False)

    def for_lists(self) -> Self:
        """With its source and bylines, without its text."""
        return self.defer("text").select_related("source").prefetch_related("bylines")

    def same_text(self, *, source_id: int, text_sha256: str) -> Self:
        return self.filter(source_id=source_id, text_sha256=text_sha256)


def released_revisions(path: str = "article") -> Prefetch[Any]:
    """Brings along, as `released_revisions`, the public articles that revise the one at `path`, the first one first."""
    articles = apps.get_model("sources", "Article").objects.filter(released_at__isnull=False)
    revisions = articles.select_related("source").defer("text").order_by("pk")
    return Prefetch(f"{path}__revisions", revisions, to_attr="released_revisions")


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else whoever wrote or speaks in something released."""
        return self if sees_the_desk(user) else self.filter(released_at__isnull=False)

    def whose_record_shows_to(self, user: Viewer) -> Self:
        """Those whose own scores that user may see: their own, and whose account lets them. Nobody decides for others.

        Whoever has no account (an outlet, a former colleague who never had one) has no record to keep to themselves.
        """
        shown_to = [RecordShown.PUBLIC, *([RecordShown.DESK] if sees_the_desk(user) else [])]
        return self.filter(Q(user__isnull=True) | Q(user=user.pk) | Q(user__record_shown_to__in=shown_to))


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Viewer) -> Self:
        """Everything for the desk; for everybody else what something released is about."""
        if sees_the_desk(user):
            return self
        articles = apps.get_model("sources", "Article").objects.visible_to(user)
        return self.filter(Exists(articles.filter(topics=OuterRef("pk"))))
