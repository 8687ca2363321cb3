"""The publication: what anybody may read. Whoever is signed in sees the same here."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sitemaps import views as sitemap_views
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import public
from briefings import pages
from briefings.choices import State, Weight
from briefings.filters import PublishedFilter
from briefings.models import Edition, Image
from briefings.sitemaps import BriefingSitemap
from groundwork.lists import Column, list_view

_COLUMNS: Final = (
    Column(_("date"), lambda edition: edition.dated_on),
    Column(_("title"), lambda edition: edition.title),
    Column(_("byline"), lambda edition: edition.byline),
    Column(_("editions"), lambda edition: edition.number),
    Column(_("address"), lambda edition: edition.briefing.get_absolute_url()),
)
_A_YEAR: Final = 31_536_000


@public
@require_safe
def briefing_list(request: HttpRequest) -> HttpResponseBase:
    """The published briefings, newest first, each by its newest edition."""
    return list_view(
        request,
        queryset=Edition.objects.published().newest_of_each(),
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
    """The newest edition of a briefing; of one that was withdrawn, that it was, and why."""
    shown = Edition.objects.for_pages().filter(briefing__slug=slug).newest_first().first()
    if shown is None:
        raise Http404
    return _page(request, shown)


@public
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, at its permanent address."""
    editions = Edition.objects.for_pages().filter(briefing__slug=slug)
    return _page(request, get_object_or_404(editions, number=number))


def _page(request: HttpRequest, shown: Edition) -> HttpResponse:
    of = shown.briefing
    if of.state == State.WITHDRAWN:
        return render(request, "briefings/withdrawn.html", {"briefing": of, "edition": shown}, status=410)
    editions = list(of.editions.newest_first().defer("markdown"))
    older, newer = Edition.objects.published().newest_of_each().neighbours(of)
    context = {
        "briefing": of,
        "edition": shown,
        "editions": editions,
        "is_latest": editions[0] == shown,
        "changes": [each for each in editions if _is_announced(each) and each.number <= shown.number],
        "page": pages.build(shown),
        "older": older,
        "newer": newer,
        "today": timezone.localdate(),
    }
    return render(request, "briefings/briefing.html", context | _addresses(request, shown))


def _is_announced(edition: Edition) -> bool:
    return edition.weight == Weight.MAJOR and bool(edition.note)


def _addresses(request: HttpRequest, shown: Edition) -> dict[str, Any]:
    """Absolute ones, for whoever links to the page."""
    image = shown.image.get_absolute_url() if shown.image is not None else ""
    return {
        "page_url": request.build_absolute_uri(shown.briefing.get_absolute_url()),
        "image_url": request.build_absolute_uri(image) if image else "",
    }


@public
@require_safe
def image(request: HttpRequest, digest: str) -> HttpResponse:
    """A picture, by its hash; outside the desk only one that an edition shows."""
    published = Image.objects.published().filter(sha256=digest).first()
    found = published or get_object_or_404(Image.objects.visible_to(request.user), sha256=digest)
    response = HttpResponse(bytes(found.data), content_type=found.media_type)
    lasts = cache_control(max_age=_A_YEAR, immutable=True, public=True) if published else cache_control(private=True)
    return lasts(lambda _request: response)(request)


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of all published briefings, for search engines."""
    return sitemap_views.sitemap(request, sitemaps={"briefings": BriefingSitemap})


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines may go: everywhere but behind the sign-in."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /account/", "Disallow: /admin/", ""]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('briefings:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
