"""Fetching what an address points at, for keeping: from the open web alone, and never more than will be kept."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from django.conf import settings
from django.utils.translation import gettext as _
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

from sources.extracting.copies import Copy, read_copy

LARGEST: Final = 10_000_000  # bytes, unpacked
REDIRECTS: Final = 5
CONNECT_WITHIN: Final = 5.0  # seconds, as are the next two
SILENT_FOR_AT_MOST: Final = 10.0
DONE_WITHIN: Final = 40.0  # well before a task's time is over
A_PIECE: Final = 65_536
# Of the answers that say no, those that may say yes later.
_LATER: Final = frozenset({408, 425, 429})


class FetchRefused(Exception):
    """It is not fetched, now or later; the message says why, in words for the page."""


class FetchFailed(Exception):
    """It could not be fetched; another time it may be. The message names no address, which may be a secret."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What was there, and where redirects had led."""

    copy: Copy
    final_url: str


def fetch(url: str) -> Fetched:
    """What that address points at, as it is now. Raises FetchRefused or FetchFailed.

    Each host is looked up once and the connection goes to the address that was checked, at every redirect anew, so that
    no name and no redirect leads into a private network.
    """
    over_at = time.monotonic() + DONE_WITHIN
    try:
        with _session() as session:
            return _follow(session, url, over_at)
    except InvalidIPAddress as error:
        raise FetchRefused(_("It leads into a private network, where nothing is fetched from.")) from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as error:
        raise FetchRefused(_("It is no web address that can be fetched.")) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise FetchFailed(type(error).__name__) from error


def _session() -> HTTPSession:
    session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=settings.EVIDENCE_FROM_LOOPBACK,
            never_redirect=True,
            default_timeout=(CONNECT_WITHIN, SILENT_FOR_AT_MOST),
            user_agent_override=f"Hindsight (+{settings.SITE_URL})",
        )
    )
    # A proxy would look names up itself, and a netrc would sign us in somewhere.
    session.trust_env = False
    return session


def _follow(session: HTTPSession, url: str, over_at: float) -> Fetched:
    # Step by step: the library would read the body of each redirect whole, however large.
    for _step in range(REDIRECTS + 1):
        _check(url)
        with session.get(url, stream=True) as answer:
            target = session.get_redirect_target(answer)
            if target is None:
                return Fetched(copy=_kept(answer, over_at), final_url=url)
            url = urljoin(url, target)
    raise FetchRefused(_("It leads from one address to the next without an end."))


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise FetchRefused(_("It leads to something else than a web page."))
    if parts.username or parts.password:
        raise FetchRefused(_("It has a name or a password in it."))


def _kept(answer: requests.Response, over_at: float) -> Copy:
    status = answer.status_code
    if status in _LATER or status >= 500:
        raise FetchFailed(f"HTTP {status}")
    if not answer.ok:
        raise FetchRefused(_("The server answered %d.") % status)
    copy = read_copy(_read(answer, over_at), declared=answer.headers.get("Content-Type", ""))
    if copy is None:
        raise FetchRefused(_("It is neither a page nor a text, a PDF or an image."))
    return copy


def _read(answer: Any, over_at: float) -> bytes:
    pieces, size = [], 0
    while piece := answer.raw.read1(A_PIECE, decode_content=True):
        size += len(piece)
        if size > LARGEST:
            raise FetchRefused(_("It is larger than %d MB.") % (LARGEST // 1_000_000))
        if time.monotonic() > over_at:
            raise FetchFailed("Timeout")
        pieces.append(piece)
    return b"".join(pieces)
