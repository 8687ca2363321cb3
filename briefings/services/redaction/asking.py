"""Asking for a redaction, and deciding: two administrators in two sessions, and a legal reason.

What is approved is carried out in the same transaction. Nothing brings the words back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import pghistory
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Capability
from accounts.services import notifying, people
from briefings.errors import AlreadyDecided, RedactionRefused
from briefings.services.redaction.striking import Strike
from briefings.services.redaction.targets import Rows, Target, target_of, with_all_that_goes
from groundwork.models import Redaction, RedactionReason, RedactionState
from groundwork.redaction import VARIABLE, words_of

# A table of a million rows is read in seconds; the site's own limit of five is for pages.
PATIENCE: Final = timedelta(minutes=10)
WAITING: Final = "redaction"
MOST_WORDS: Final = 50
SHORTEST: Final = 4


@transaction.atomic
def ask(
    *,
    what: str,
    words: Iterable[str],
    reason: str,
    order_reference: str,
    why: str,
    by: User,
    session: str,
    at: datetime,
) -> Redaction:
    """Ask for a record (`what`: "F-12", "comment 7") and for `words` wherever they stand to be redacted.

    The other administrators are told, without the words.

    Raises RedactionRefused for anybody but an administrator, without a legal reason, and where there is nothing to do.
    """
    _check_may(by)
    target = target_of(what) if what.strip() else None
    sought = tuple(dict.fromkeys(" ".join(each.split()) for each in words if each.strip()))
    _check_words(sought)
    if target is None and not sought:
        raise RedactionRefused(_("Say what is to be redacted: a record, words, or both."), field="target")
    if reason not in RedactionReason.values:
        raise RedactionRefused(_("A redaction needs a legal reason."), field="reason")
    for field, value in (("order_reference", order_reference), ("why", why)):
        if not value.strip():
            raise RedactionRefused(_("A redaction needs a legal reason."), field=field)
    if target is not None and Redaction.objects.filter(target=target.name, state=RedactionState.OPEN).exists():
        raise RedactionRefused(_("This has been asked for already, and waits for a decision."), field="target")
    redaction = Redaction.objects.create(
        target=target.name if target else "",
        target_model=target.model if target else "",
        target_pk=target.pk if target else None,
        words=list(sought),
        reason=reason,
        order_reference=order_reference.strip(),
        why=why.strip(),
        asked_by=by,
        asked_at=at,
        asked_session=_digest(session),
    )
    _tell_administrators(redaction, by=by, at=at)
    return redaction


@transaction.atomic
def refuse(redaction: Redaction, *, why: str, by: User, session: str, at: datetime) -> Redaction:
    """Refuse it, with a reason. Raises RedactionRefused as `approve` does and without a reason, or AlreadyDecided."""
    locked = _locked(redaction, by=by, session=session)
    if not why.strip():
        raise RedactionRefused(_("Say why."), field="why")
    return _decide(locked, RedactionState.REFUSED, why=why, by=by, session=session, at=at)


@transaction.atomic
def approve(redaction: Redaction, *, why: str = "", by: User, session: str, at: datetime) -> Redaction:
    """Carry it out, now and for good: every table is gone through, and afterwards nothing of the words is left.

    Raises RedactionRefused for whoever asked, in the session in which it was asked, and for anybody but an
    administrator; AlreadyDecided for the second of two.
    """
    locked = _locked(redaction, by=by, session=session)
    words = list(locked.words)
    decided = _decide(locked, RedactionState.APPROVED, why=why, by=by, session=session, at=at)
    with pghistory.context(redaction=decided.pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{int(PATIENCE.total_seconds())}s"])
        cursor.execute("SELECT set_config(%s, %s, true)", [VARIABLE, str(decided.pk)])
        counts = Strike(rows_of(decided), words=words, on=timezone.localdate(at), at=at).carry_out()
        Redaction.objects.filter(pk=decided.pk).update(counts=counts, done_at=at)
        cursor.execute("SELECT set_config(%s, '', true)", [VARIABLE])
    decided.refresh_from_db()
    return decided


def rows_of(redaction: Redaction) -> Rows:
    """The rows that it redacts as a whole, by model; none where it is about words alone."""
    if redaction.target_pk is None:
        return {}
    return with_all_that_goes(Target(redaction.target, redaction.target_model, redaction.target_pk))


def _locked(redaction: Redaction, *, by: User, session: str) -> Redaction:
    _check_may(by)
    locked = Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
    if not locked.is_open:
        raise AlreadyDecided(_("Another administrator has decided this."))
    if locked.asked_by_id == by.pk:
        raise RedactionRefused(_("A second administrator decides: whoever asked cannot."))
    if locked.asked_session == _digest(session):
        raise RedactionRefused(_("This was asked for in the same session. Decide in a session of your own."))
    return locked


def _decide(locked: Redaction, state: str, *, why: str, by: User, session: str, at: datetime) -> Redaction:
    locked.state, locked.words = state, []
    locked.decided_by, locked.decided_at, locked.decided_session = by, at, _digest(session)
    locked.decided_why = why.strip()
    locked.save(update_fields=["state", "words", "decided_by", "decided_at", "decided_session", "decided_why"])
    notifying.settle([_key_of(locked)], at=at)
    return locked


def _tell_administrators(redaction: Redaction, *, by: User, at: datetime) -> None:
    told = _("%s has asked for a redaction. A second administrator decides.") % by
    url = reverse("briefings:redaction", args=[redaction.pk])
    others = people.administrators().exclude(pk=by.pk)
    notifying.notify(others, kind=WAITING, text=told, url=url, key=_key_of(redaction), at=at)


def _key_of(redaction: Redaction) -> str:
    return f"{WAITING}:{redaction.pk}"


def _check_may(user: User) -> None:
    if not user.may(Capability.ADMINISTER):
        raise RedactionRefused(_("Administrators alone ask for redactions and decide on them."))


def _check_words(words: Iterable[str]) -> None:
    sought = list(words)
    if len(sought) > MOST_WORDS:
        raise RedactionRefused(_("At most %d lines of words.") % MOST_WORDS, field="words")
    for each in sought:
        if len("".join(words_of(each))) < SHORTEST:
            message = _("“%s” stands in too many texts: at least %d letters.") % (each, SHORTEST)
            raise RedactionRefused(message, field="words")


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
