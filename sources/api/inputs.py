"""What clients name in a body, and how it is found: sources, articles, countries, topics."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import User
from groundwork.api.fields import ReferenceField
from groundwork.errors import Refusal
from groundwork.references import LETTERS, parse
from sources.choices import SourceKind
from sources.errors import SourceRefused
from sources.models import Article, Source
from sources.services import people
from sources.services.people import LONGEST_NAME

MOST_TOPICS: Final = 20
MOST_COUNTRIES: Final = 20


class UnknownArticle(Refusal):
    """The body names an article that is not there."""

    code = "unknown_article"


class WhoField(serializers.CharField):
    """A source, by its reference (`S-12`) or by its name; a new name is recorded."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, default=None, max_length=LONGEST_NAME, **kwargs)


class TopicsField(serializers.ListField):
    """Topics by their names; new ones are made."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.CharField(max_length=80)
        super().__init__(child=child, required=False, default=list, max_length=MOST_TOPICS, **kwargs)


class CountriesField(serializers.ListField):
    """Countries by their two letters (ISO 3166)."""

    def __init__(self, **kwargs: Any) -> None:
        wrong: dict[str, Any] = {"invalid": _("Two capital letters, as in ISO 3166.")}
        child = serializers.RegexField(r"^[A-Z]{2}\Z", error_messages=wrong)
        super().__init__(child=child, required=False, default=list, max_length=MOST_COUNTRIES, **kwargs)


class ArticleRefField(ReferenceField):
    """An article by its reference."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("article", **kwargs)


def referenced(text: str | None, *, by: User, field: str) -> Source | None:
    """The source that a `WhoField` names by its reference; None where it gives a name. Raises SourceRefused."""
    try:
        key = parse("source", text or "")
    except ValueError:
        return None
    source = Source.objects.visible_to(by).filter(pk=key).first()
    if source is None:
        raise SourceRefused(_("There is no source %s.") % text, field=field)
    return source


def who(text: str | None, *, by: User, field: str, kind: str = SourceKind.OTHER) -> Source | None:
    """The source that a `WhoField` names; a new one of that kind for a new name. Raises SourceRefused."""
    if not text:
        return None
    return referenced(text, by=by, field=field) or people.named(text, by=by, kind=kind)


def article(key: int, *, by: User, field: str) -> Article:
    """The article with that key. Raises UnknownArticle."""
    found = Article.objects.visible_to(by).select_related("source").filter(pk=key).first()
    if found is None:
        reference = f"{LETTERS['article']}-{key}"
        raise UnknownArticle(_("There is no article %s.") % reference, field=field)
    return found
