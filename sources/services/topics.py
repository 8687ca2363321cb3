"""Topics, made by being named."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from sources.models import Topic


@transaction.atomic
def topics(names: Iterable[str]) -> list[Topic]:
    """The topics of those names, in their order; what is new is made. Names that hold nothing are passed over."""
    wanted = {slugify(name)[:60]: " ".join(name.split())[:80] for name in names}
    wanted.pop("", None)
    Topic.objects.bulk_create([Topic(slug=slug, name=name) for slug, name in wanted.items()], ignore_conflicts=True)
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=wanted)}
    return [found[slug] for slug in wanted]
