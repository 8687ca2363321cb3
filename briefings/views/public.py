"""The publication: what anybody may read."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_safe

from accounts.access import public
from briefings import pages
from briefings.filters import PublishedFilter
from briefings.models import Briefing, Edition, Image
from groundwork.lists import Column, list_view

_COLUMNS: Final = (
    Column(_("date"), lambda briefing: briefing.dated_on),
    Column(_("title"), lambda briefing: briefing.title),
    Column(_("byline"), lambda briefing: briefing.byline),
    Column(_("editions"), lambda briefing: briefing.latest.number),
    Column(_("address"), lambda briefing: briefing.get_absolute_url()),
)


@public
@require_safe
def briefing_list(request: HttpRequest) -> HttpResponseBase:
    """The published briefings, newest first."""
    return list_view(
        request,
        queryset=Briefing.objects.published().with_latest_edition(),
        filterset_class=PublishedFilter,
        template="briefings/briefing_list.html",
        columns=_COLUMNS,
        order="-dated_on",
        name="briefings",
        page_size=20,
    )


@public
@require_safe
def briefing(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest edition of a briefing."""
    found = get_object_or_404(Briefing.objects.published(), slug=slug)
    newest = found.editions.for_pages().newest_first().first()
    if newest is None:
        raise Http404
    return _page(request, newest, is_latest=True)


@public
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, at its permanent address."""
    editions = Edition.objects.visible_to(request.user).for_pages()
    found = get_object_or_404(editions, briefing__slug=slug, number=number)
    return _page(request, found, is_latest=False)


def _page(request: HttpRequest, shown: Edition, *, is_latest: bool) -> HttpResponse:
    older, newer = Briefing.objects.published().neighbours(shown.briefing)
    editions = list(shown.briefing.editions.newest_first().defer("markdown"))
    context = {
        "briefing": shown.briefing,
        "edition": shown,
        "editions": editions,
        "corrections": [each for each in editions if each.note],
        "is_latest": is_latest or editions[0] == shown,
        "page": pages.build(shown, request.user),
        "older": older,
        "newer": newer,
        "today": timezone.localdate(),
    }
    return render(request, "briefings/briefing.html", context)


def _image_etag(_request: HttpRequest, digest: str) -> str:
    return f'"{digest}"'


@public
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
@etag(_image_etag)
def image(request: HttpRequest, digest: str) -> HttpResponse:
    """A picture, by its hash; outside the desk only one that an edition shows."""
    found = get_object_or_404(Image.objects.visible_to(request.user), sha256=digest)
    return HttpResponse(bytes(found.data), content_type=found.media_type)
