"""What a grade rests on, and the copies that are kept of it. Nothing here goes to the network; tasks do."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from forecasts.errors import GradeRefused
from forecasts.models import Evidence, EvidenceCopy, EvidenceFetch, Grade, Resolution
from sources.extracting.copies import Copy, read_copy
from sources.models import Article

LARGEST: Final = 10_000_000  # bytes of a file
PAUSE: Final = timedelta(minutes=1)  # after the first attempt; 8, 27 and 64 of these after the others


@dataclass(frozen=True, kw_only=True)
class EvidenceFile:
    """A file as somebody handed it in, under the name that it had with them."""

    name: str
    copy: Copy


@dataclass(frozen=True)
class ToFetch:
    """An address that this worker has taken on, and which attempt it is."""

    url: str
    attempt: int


def read_file(data: bytes, *, name: str) -> EvidenceFile:
    """The file with what can be read out of it; to be called before a transaction opens.

    Raises GradeRefused for one that is empty, too large, or none of the kinds that are kept, whatever its name says.
    """
    if not data:
        raise GradeRefused(_("There is nothing in this file."), field="file")
    if len(data) > LARGEST:
        raise too_large()
    copy = read_copy(data)
    if copy is None:
        raise GradeRefused(_("This is neither a PDF nor an image, a page or a text. Save it as a PDF."), field="file")
    plain = PureWindowsPath(PurePosixPath(name).name).name
    return EvidenceFile(name=plain[-200:] or _("a file"), copy=copy)


def file_of(given: Evidence) -> EvidenceFile:
    """A file that is kept as evidence already, to be kept with another grade as well."""
    kept = given.copy
    copy = Copy(data=bytes(kept.data), media_type=kept.media_type, title=kept.title, text=kept.text)
    return EvidenceFile(name=given.filename, copy=copy)


def too_large() -> GradeRefused:
    """The refusal of a file that has more bytes than are kept."""
    return GradeRefused(_("A file has at most %d MB.") % (LARGEST // 1_000_000), field="file")


def attach(
    given: Grade | Resolution,
    *,
    articles: Sequence[Article],
    urls: Sequence[str],
    files: Sequence[EvidenceFile],
    at: datetime,
) -> None:
    """Store what a grade or a decision rests on, within the caller's transaction.

    Addresses wait to be fetched, files are kept.
    """
    of: dict[str, Any] = {"grade" if isinstance(given, Grade) else "resolution": given}
    Evidence.objects.bulk_create([Evidence(**of, article=article) for article in articles])
    addresses = Evidence.objects.bulk_create([Evidence(**of, url=url) for url in dict.fromkeys(urls)])
    EvidenceFetch.objects.bulk_create([EvidenceFetch(evidence=each, asked_at=at) for each in addresses])
    for file in files:
        kept = Evidence.objects.create(**of, filename=file.name)
        _keep(kept.pk, file.copy, at=at)


@transaction.atomic
def unfetched(*, at: datetime, limit: int) -> list[int]:
    """The ids of evidence that waits to be fetched, the longest waiting first; what five workers lost is set aside."""
    EvidenceFetch.objects.set_aside_lost(at=at)
    return list(EvidenceFetch.objects.waiting(at=at).order_by("asked_at", "pk").values_list("pk", flat=True)[:limit])


def claim(evidence_id: int, *, at: datetime) -> ToFetch | None:
    """Take an address on; None where there is nothing to do."""
    if not EvidenceFetch.objects.claim(evidence_id, at=at):
        return None
    row = EvidenceFetch.objects.select_related("evidence").get(pk=evidence_id)
    return ToFetch(row.evidence.url, row.attempts)


@transaction.atomic
def keep(evidence_id: int, *, copy: Copy, final_url: str, attempt: int, at: datetime) -> bool:
    """Keep what was fetched; False where somebody else has meanwhile."""
    if not EvidenceFetch.objects.finish(evidence_id, attempt=attempt, at=at):
        return False
    _keep(evidence_id, copy, final_url=final_url, at=at)
    return True


def refuse(evidence_id: int, *, why: str, attempt: int, at: datetime) -> bool:
    """Note why that address is not kept; nobody tries again."""
    mine = EvidenceFetch.objects.filter(pk=evidence_id, attempts=attempt, done_at__isnull=True)
    return bool(mine.update(done_at=at, leased_until=None, last_error="", refused_why=why[:300]))


def give_back(evidence_id: int, *, error: str, attempt: int, at: datetime) -> bool:
    """Let somebody try again after a while, which grows; after five attempts it is set aside."""
    given_back = EvidenceFetch.objects.fail(evidence_id, attempt=attempt, at=at, error=error)
    left = EvidenceFetch.objects.filter(pk=evidence_id, attempts=attempt, done_at=None, set_aside_at=None)
    left.update(leased_until=at + attempt**3 * PAUSE)
    return given_back


def _keep(evidence_id: int, copy: Copy, *, at: datetime, final_url: str = "") -> None:
    longest = EvidenceCopy._meta.get_field("final_url").max_length  # noqa: SLF001 - public in all but name
    EvidenceCopy.objects.create(
        evidence_id=evidence_id,
        data=copy.data,
        sha256=hashlib.sha256(copy.data).hexdigest(),
        media_type=copy.media_type,
        title=copy.title[:300],
        text=copy.text,
        final_url=final_url if len(final_url) <= (longest or 0) else "",
        taken_at=at,
    )
