"""Comments of the desk on a forecast: plain text, with @Name for somebody who is to see it. Internal, always."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.notifying import notify
from forecasts.errors import CommentRefused
from forecasts.models import Comment, Follow, Forecast
from forecasts.services import following

LONGEST: Final = 5_000
LONGEST_REASON: Final = 300
MENTION: Final = "mention"
_AT: Final = re.compile(r"(?<![\w@./])@(?=\w)")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Where a text names somebody, its @ included, and whom."""

    start: int
    end: int
    persons: Sequence[User]


@transaction.atomic
def comment(forecast: Forecast, *, text: str, by: User, at: datetime) -> Comment:
    """A remark that the desk sees. Whoever it names is told and follows from now on; followers are told too.

    Raises CommentRefused.
    """
    text = text.strip()
    if not text:
        raise CommentRefused(_("Write something."), field="text")
    if len(text) > LONGEST:
        raise CommentRefused(_("At most %d characters fit here.") % LONGEST, field="text")
    said = Comment.objects.create(forecast=forecast, text=text, by=by, at=at)
    named = [person for person in mentioned(text, people()) if person.pk != by.pk]
    words = {"who": str(by), "forecast": forecast.reference}
    if named:
        notify(
            named,
            kind=MENTION,
            text=_("%(who)s mentions you in a comment on %(forecast)s.") % words,
            url=f"{following.address(forecast)}#comment-{said.pk}",
            key=f"{MENTION}:{said.pk}",
            at=at,
        )
    told = _("%(who)s has commented on %(forecast)s.") % words
    following.tell_followers(forecast, kind=following.COMMENT, text=told, by=by, at=at)
    # Only now, so that nobody is told twice of the same comment.
    rows = [Follow(forecast=forecast, user=person, since=at) for person in named]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)
    return said


@transaction.atomic
def retract_comment(said: Comment, *, by: User, at: datetime, why: str) -> None:
    """Take a comment back: one's own, or anybody's for an editor. Raises CommentRefused; twice changes nothing more."""
    if said.by_id != by.pk and not by.may_publish:
        raise CommentRefused(_("Only who wrote it, or an editor, can take it back."), code="not_yours")
    why = " ".join(why.split())
    if not why:
        raise CommentRefused(_("Say why."), field="why")
    if len(why) > LONGEST_REASON:
        raise CommentRefused(_("At most %d characters fit here.") % LONGEST_REASON, field="why")
    open_row = Comment.objects.filter(pk=said.pk, retracted_at__isnull=True)
    open_row.update(retracted_at=at, retracted_by=by, retracted_why=why)


def people() -> list[User]:
    """Everybody who can be mentioned: the accounts that are open, by name."""
    return list(User.objects.filter(is_active=True).order_by("name", "pk"))


def mentioned(text: str, among: Iterable[User]) -> list[User]:
    """Whom a text names with @Name, in any case: by the whole name, or by a first name that only one of them has."""
    found = {person.pk: person for mention in mentions(text, among) for person in mention.persons}
    return list(found.values())


def mentions(text: str, among: Iterable[User]) -> Iterator[Mention]:
    """Each place in the text where somebody is named, in order."""
    names = _names(among)
    for sign in _AT.finditer(text):
        for name, persons in names:
            end = sign.end() + len(name)
            if text[sign.end() : end].casefold() == name.casefold() and not text[end : end + 1].isalnum():
                yield Mention(start=sign.start(), end=end, persons=persons)
                break


def _names(among: Iterable[User]) -> Sequence[tuple[str, list[User]]]:
    """Each name that can follow an @ with whom it means, the longest first."""
    persons = [person for person in among if person.name.strip()]
    whole: dict[str, list[User]] = {}
    first: dict[str, list[User]] = {}
    for person in persons:
        whole.setdefault(person.name.strip(), []).append(person)
        first.setdefault(person.get_short_name(), []).append(person)
    short = {name: owners for name, owners in first.items() if len(owners) == 1 and name not in whole}
    return sorted((whole | short).items(), key=lambda pair: -len(pair[0]))
