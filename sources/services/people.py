"""Sources by name: the desk, people with accounts, and whoever a text names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from sources.choices import SourceKind
from sources.errors import SourceRefused
from sources.models import Article, Source

LONGEST_NAME: Final = 200
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:,|;|&|\band\b)\s*", re.IGNORECASE)


@transaction.atomic
def desk() -> Source:
    """The one source that is the desk itself."""
    found = Source.objects.filter(kind=SourceKind.DESK).first()
    return found or _create(name=settings.DESK_NAME, kind=SourceKind.DESK, by=None)


@transaction.atomic
def named(name: str, *, by: User, kind: str = SourceKind.OTHER) -> Source:
    """The source of that name, in any case and of any kind; recorded anew, with `kind`, where there is none.

    Raises SourceRefused for a name that is empty or too long.
    """
    name = " ".join(name.split())
    if not name:
        raise SourceRefused(_("Name the source."), field="source")
    if len(name) > LONGEST_NAME:
        raise SourceRefused(_("A source’s name has at most 200 characters."), field="source")
    candidates = Source.objects.filter(name__iexact=name)
    found = candidates.filter(kind=kind).first() or candidates.order_by("pk").first()
    return found or _create(name=name, kind=kind, by=by)


@transaction.atomic
def all_named(names: Iterable[str], *, by: User, kind: str) -> dict[str, Source]:
    """The sources of those names, each found or recorded as `named` does it; three statements for those in ASCII.

    Names have single blanks already. Raises SourceRefused as `named` does.
    """
    wanted = {name.lower(): name for name in names}
    found = _by_lowered_name(wanted, kind=kind)
    missing = [name for lowered, name in wanted.items() if lowered not in found]
    fitting = [name for name in missing if 0 < len(name) <= LONGEST_NAME]
    Source.objects.bulk_create(
        [Source(name=name, kind=kind, recorded_by=by) for name in fitting], ignore_conflicts=True
    )
    if missing:
        found |= _by_lowered_name({name.lower() for name in missing}, kind=kind)
    # PostgreSQL may write an exotic letter small in another way than Python; those few go one by one.
    return {name: found.get(name.lower()) or named(name, by=by, kind=kind) for name in names}


def _by_lowered_name(lowered: Collection[str], *, kind: str) -> dict[str, Source]:
    rows = Source.objects.annotate(lowered=Lower("name")).filter(lowered__in=list(lowered)).order_by("-pk")
    return {row.lowered: row for row in sorted(rows, key=lambda row: row.kind == kind)}  # type: ignore[attr-defined]  # annotated


@transaction.atomic
def person_for(user: User) -> Source:
    """The person that this account is, as an author and a forecaster.

    Of several accounts with one name each is a person of its own; all but the first carry a number in theirs.
    """
    found = Source.objects.filter(user=user).first()
    if found is not None:
        return found
    namesake = Source.objects.filter(name__iexact=user.name, kind=SourceKind.PERSON, user=None).first()
    if namesake is None:
        return _own_person(user)
    namesake.user = user
    namesake.save(update_fields=["user"])
    return namesake


def _own_person(user: User) -> Source:
    """A new person for an account, or the one that it was given at the same moment; never another account's."""
    found = _create(name=user.name, kind=SourceKind.PERSON, by=user, user=user)
    if found.user_id == user.pk:
        return found
    return _create(name=f"{user.name} ({user.pk})", kind=SourceKind.PERSON, by=user, user=user)


def bylines(text: str, *, by: User) -> list[Source]:
    """The persons of a byline ("A. Author and B. Writer"), in order, each once."""
    names = [name for name in _BETWEEN_NAMES.split(text.strip()) if name]
    people = [named(name, by=by, kind=SourceKind.PERSON) for name in names]
    return list(dict.fromkeys(people))


def author_of(article: Article) -> Source:
    """Whose forecasts an article makes: its byline's first name, else its source."""
    return article.bylines.order_by("byline__position").first() or article.source


@transaction.atomic
def release(sources: Iterable[Source | None], *, at: datetime) -> None:
    """Let it be known outside that these sources exist, because something public names them."""
    keys: Sequence[int] = [source.pk for source in sources if source is not None]
    Source.objects.filter(pk__in=keys, released_at__isnull=True).update(released_at=at)


def _create(*, name: str, kind: str, by: User | None, user: User | None = None) -> Source:
    """A new source, or the one that somebody else recorded at the same moment."""
    try:
        with transaction.atomic():
            return Source.objects.create(name=name, kind=kind, recorded_by=by, user=user)
    except IntegrityError:
        if kind == SourceKind.DESK:
            return Source.objects.get(kind=kind)
        return Source.objects.get(name__iexact=name, kind=kind)
