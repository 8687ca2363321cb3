"""What a published page shows, put together from an edition and the records that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from briefings.documents import Words, plain
from briefings.models import Edition, EditionForecast
from briefings.rendering import body_markdown, inline_html, to_html
from briefings.services.matching import Preview, own_articles, stands, stated
from claims.choices import Measure
from claims.comparing import Distance, distance
from claims.models import Claim, Series
from claims.querysets import ClaimQuerySet
from forecasts.choices import CorrectionState, Line
from forecasts.models import Clarification, Correction, Evidence, Forecast, Grade, Judgement, Resolution
from forecasts.views.life import Proposal, proposals_of
from groundwork.marks import band_text, probability_text
from sources.reading.document_parts import Parts
from sources.reading.parting import read_parts

_READER = AnonymousUser()  # a page shows everybody what it shows those who are not signed in


@dataclass(frozen=True, kw_only=True)
class Said:
    """A forecast with the line that an edition publishes and what became of it; `html` is its sentence."""

    html: SafeString
    forecast: Forecast
    judgement: Judgement
    resolution: Resolution | None = None
    clarifications: Sequence[Clarification] = ()
    corrections: Sequence[Proposal] = ()

    @property
    def words(self) -> str:
        return plain(self.forecast.statement)

    @property
    def line(self) -> str:
        """Word, band and number: “<b>unlikely</b>, 25–35 %”; "" where it says none of them."""
        judgement, band = self.judgement, self.judgement.band
        parts = []
        if judgement.term_text:
            parts.append(_("not %s") % judgement.words if judgement.negated else judgement.words)
        if band.low is not None or band.high is not None:
            parts.append(band_text(band.low, band.high, low_open=band.low_open, high_open=band.high_open))
        if judgement.probability is not None:
            parts.append(probability_text(judgement.probability))
        return format_html("<b>{}</b>{}", parts[0], "".join(f", {each}" for each in parts[1:])) if parts else ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A sentence of the forecast section, with its forecast where it is one, or with those that are parts of it."""

    html: SafeString
    said: Said | None = None
    parts: Sequence[Said] = ()

    @property
    def records(self) -> Sequence[Said]:
        return [*([self.said] if self.said is not None else []), *self.parts]


@dataclass(frozen=True, kw_only=True)
class Group:
    """What stands under one heading of the forecast section."""

    heading: str
    items: Sequence[Item]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The claims of one series, and how far apart their speakers are."""

    series: Series
    claims: Sequence[Claim]
    distance: Distance | None

    @property
    def title(self) -> str:
        """What is counted: “Palestinians: killed, Gaza”."""
        series = self.series
        measure = "" if series.measure == Measure.OTHER else series.get_measure_display()
        return ", ".join(filter(None, [": ".join(filter(None, [series.subject, measure])), series.place]))


@dataclass(frozen=True, kw_only=True)
class Page:
    """A text as its readers see it, the records that it carries in their places."""

    parts: Parts
    summary: Sequence[SafeString]
    body: SafeString
    groups: Sequence[Group]
    elsewhere: Sequence[Item]
    figures: Sequence[Figures]
    credits: Sequence[str]

    @property
    def corrected(self) -> Sequence[Said]:
        """The forecasts that have been corrected, in the order of the page."""
        placed = [each for group in self.groups for item in group.items for each in item.records]
        elsewhere = [each for item in self.elsewhere for each in item.records]
        return [each for each in (*placed, *elsewhere) if each.corrections]


def build(edition: Edition) -> Page:
    """Everything that the page of an edition shows, in a fixed number of queries."""
    parts = read_parts(edition.markdown)
    origins = {article.pk: plain(article.text) for article in own_articles(edition.briefing)}
    rows = Claim.objects.visible_to(_READER).standing().filter(article__in=origins)
    words = Words(parts)
    claims = [claim for claim in _in_series(rows) if stands(claim, words, origins)]
    carried = list(_carried(edition))
    reread = _reread([row.judgement for row in carried])
    said = [_said(row, reread.get(row.judgement_id, row.judgement)) for row in carried]
    return _assembled(parts, said, claims)


def build_preview(seen: Preview) -> Page:
    """The same of a text that is not published yet, with the lines that it would publish."""
    said = [
        Said(html=inline_html(each.forecast.statement), forecast=each.forecast, judgement=stated(each.forecast))
        for each in seen.carried
    ]
    claims = _in_series(Claim.objects.filter(pk__in=[claim.pk for claim in seen.claims]))
    return _assembled(seen.reading.parts, said, claims)


def _carried(edition: Edition) -> Iterable[EditionForecast]:
    standing = Resolution.objects.standing().prefetch_related(
        Prefetch("grades", Grade.objects.only("pk")),
        Prefetch("grades__evidence", Evidence.objects.exclude(url="")),
        Prefetch("evidence", Evidence.objects.exclude(url="")),
    )
    return (
        edition.carried.filter(forecast__in=Forecast.objects.visible_to(_READER))
        .select_related("forecast", "judgement")
        .prefetch_related(
            Prefetch("forecast__resolutions", queryset=standing, to_attr="standing_resolutions"),
            Prefetch("forecast__clarifications", Clarification.objects.select_related("by")),
            Prefetch("forecast__corrections", Correction.objects.filter(state=CorrectionState.ACCEPTED)),
        )
        .order_by("position")
    )


def _in_series(claims: ClaimQuerySet) -> ClaimQuerySet:
    rows = claims.filter(series__isnull=False).select_related("series", "speaker", "relayed_by")
    return rows.order_by("series_id", "article_id", "start", "pk")


def _reread(judgements: Iterable[Judgement]) -> dict[int, Judgement]:
    """Of each that was misread, by its key, the one that a correction has put in its place; no query without one."""
    wrong = [judgement for judgement in judgements if judgement.was_misread]
    if not wrong:
        return {}
    rows = Judgement.objects.held().filter(forecast__in=[each.forecast_id for each in wrong], line=Line.DESK)
    right = {(row.forecast_id, row.made_at): row for row in rows}
    found = {each.pk: right.get((each.forecast_id, each.made_at)) for each in wrong}
    return {key: row for key, row in found.items() if row is not None}


def _said(row: EditionForecast, judgement: Judgement) -> Said:
    return Said(
        html=inline_html(row.forecast.statement),
        forecast=row.forecast,
        judgement=judgement,
        resolution=next(iter(row.forecast.standing_resolutions), None),
        clarifications=list(row.forecast.clarifications.all()),
        corrections=proposals_of(row.forecast.corrections.all()),
    )


def _assembled(parts: Parts, said: Sequence[Said], claims: Iterable[Claim]) -> Page:
    groups = list(_groups(parts, said))
    placed = {each.forecast.pk for group in groups for item in group.items for each in item.records}
    return Page(
        parts=parts,
        summary=[inline_html(item) for item in parts.summary],
        body=to_html(body_markdown(parts)),
        groups=groups,
        elsewhere=[Item(html=each.html, said=each) for each in said if each.forecast.pk not in placed],
        figures=list(_figures(claims)),
        credits=parts.credits,
    )


def _groups(parts: Parts, said: Sequence[Said]) -> Iterator[Group]:
    sentences = [each for each in parts.sentences if each.section == "forecast"]
    quotes = {each: parts.text[each.start : each.end] for each in sentences}
    all_words = {plain(quote) for quote in quotes.values()}
    whole = {each.words: each for each in said if each.words in all_words}
    pieces = [each for each in said if each.words not in all_words]
    for heading, under in groupby(sentences, key=lambda each: each.heading or ""):
        yield Group(heading=heading, items=[_item(quotes[each], whole, pieces) for each in under])


def _item(quote: str, whole: Mapping[str, Said], pieces: Sequence[Said]) -> Item:
    words = plain(quote)
    parts = [each for each in pieces if each.words in words]
    return Item(html=inline_html(quote), said=whole.get(words), parts=parts)


def _figures(claims: Iterable[Claim]) -> Iterator[Figures]:
    for _series, group in groupby(claims, key=lambda claim: claim.series_id):
        together = list(group)
        if (series := together[0].series) is not None:
            yield Figures(series=series, claims=together, distance=distance(together))
