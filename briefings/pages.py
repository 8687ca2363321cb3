"""What a published page shows, put together from an edition and the records that it carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch
from django.utils.safestring import SafeString

from briefings.documents import plain
from briefings.models import Edition, EditionForecast
from briefings.rendering import body_markdown, inline_html, to_html
from briefings.services.publishing import Preview, stated
from claims.models import Claim, Series
from claims.querysets import ClaimQuerySet
from forecasts.models import Evidence, Forecast, Judgement, Resolution
from sources.querysets import Viewer
from sources.reading.document_parts import Parts
from sources.reading.parting import read_parts


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence of the forecast section; with its record where it has one that may be seen."""

    html: SafeString
    forecast: Forecast | None = None
    judgement: Judgement | None = None
    resolution: Resolution | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """What stands under one heading of the forecast section."""

    heading: str
    items: Sequence[Said]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The claims of one series, by whom they are."""

    series: Series
    claims: Sequence[Claim]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A text as its readers see it, the records that it carries in their places."""

    parts: Parts
    summary: Sequence[SafeString]
    body: SafeString
    groups: Sequence[Group]
    elsewhere: Sequence[Said]
    figures: Sequence[Figures]
    credits: Sequence[str] = field(default=())


def build(edition: Edition, user: Viewer) -> Page:
    """Everything that the page of an edition shows to that user, in a fixed number of queries."""
    carried = [_said(each) for each in _carried(edition, user)]
    articles = [edition.article_id, edition.briefing.article_id]
    articles += edition.briefing.editions.values_list("article_id", flat=True)
    claims = Claim.objects.visible_to(user).standing().filter(article__in=articles, series__isnull=False)
    return _assembled(read_parts(edition.markdown), carried, claims.order_by("series_id", "start", "pk"))


def build_preview(seen: Preview) -> Page:
    """The same of a text that is not published yet, with the lines that it would publish."""
    carried = [
        Said(
            html=inline_html(each.forecast.statement),
            forecast=each.forecast,
            judgement=stated(each.forecast),
        )
        for each in seen.carried
    ]
    claims = Claim.objects.filter(pk__in=[claim.pk for claim in seen.claims], series__isnull=False)
    return _assembled(seen.reading.parts, carried, claims.order_by("series_id", "start", "pk"))


def _assembled(parts: Parts, carried: Sequence[Said], claims: ClaimQuerySet) -> Page:
    by_words = {plain(said.forecast.statement): said for said in carried if said.forecast is not None}
    groups = list(_groups(parts, by_words))
    placed = {said.forecast.pk for group in groups for said in group.items if said.forecast is not None}
    return Page(
        parts=parts,
        summary=[inline_html(item) for item in parts.summary],
        body=to_html(body_markdown(parts)),
        groups=groups,
        elsewhere=[said for said in carried if said.forecast is not None and said.forecast.pk not in placed],
        figures=list(_figures(parts, claims)),
        credits=parts.credits,
    )


def _carried(edition: Edition, user: Viewer) -> Sequence[EditionForecast]:
    standing = Resolution.objects.standing().prefetch_related(
        Prefetch("grades__evidence", queryset=Evidence.objects.select_related("article"))
    )
    rows = edition.carried.filter(forecast__in=Forecast.objects.visible_to(user))
    return list(
        rows.select_related("forecast__author", "judgement")
        .prefetch_related(Prefetch("forecast__resolutions", queryset=standing, to_attr="standing_resolutions"))
        .order_by("position")
    )


def _said(row: EditionForecast) -> Said:
    return Said(
        html=inline_html(row.forecast.statement),
        forecast=row.forecast,
        judgement=row.judgement,
        resolution=next(iter(row.forecast.standing_resolutions), None),
    )


def _groups(parts: Parts, by_words: dict[str, Said]) -> Iterator[Group]:
    sentences = [each for each in parts.sentences if each.section == "forecast"]
    for heading, under in groupby(sentences, key=lambda each: each.heading or ""):
        quotes = [parts.text[each.start : each.end] for each in under]
        items = [by_words.get(plain(quote)) or Said(html=inline_html(quote)) for quote in quotes]
        yield Group(heading=heading, items=items)


def _figures(parts: Parts, claims: ClaimQuerySet) -> Iterator[Figures]:
    """The claims whose words stand in the text, series by series."""
    text = plain(parts.text)
    rows = claims.select_related("series", "speaker", "article__source").defer("article__text")
    shown = [claim for claim in rows if plain(claim.quote) in text]
    for series, group in groupby(shown, key=lambda claim: claim.series):
        if series is not None:
            yield Figures(series=series, claims=list(group))
