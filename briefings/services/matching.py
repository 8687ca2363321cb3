"""Which records of a briefing stand in its working text, and so what its next edition would carry. Stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from briefings.documents import Words, plain
from briefings.models import Briefing, Edition
from claims.models import Claim, ClaimSuggestion
from forecasts.choices import Line, Visibility
from forecasts.models import Forecast, ForecastSuggestion, Judgement
from forecasts.reading import document
from forecasts.reading.finding import FoundForecast
from sources.choices import Decision
from sources.models import Article

_SECTIONS = ("forecast", "body", "summary")


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A forecast of the desk that stands in a text, and its sentence there as the reader found it, if it did."""

    forecast: Forecast
    found: FoundForecast | None
    start: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What publishing would do.

    `carried` and `internal` stand in the text, `left_out` do not, and of these the desk still stands by its lines on
    `ending`. `unconfirmed` counts the finds that nobody has decided.
    """

    reading: document.Reading
    day: date
    last: Edition | None
    carried: Sequence[Carried]
    internal: Sequence[Carried]
    left_out: Sequence[Forecast]
    ending: Sequence[Forecast]
    claims: Sequence[Claim]
    unconfirmed: int


def preview(briefing: Briefing, *, at: datetime) -> Preview:
    """Read the working text and match it with the records."""
    day = _day(briefing, at=at)
    reading = document.read(briefing.markdown, dated_on=day)
    articles = own_articles(briefing)
    origins = {article.pk: plain(article.text) for article in articles}
    words = Words(reading.parts)
    forecasts = _forecasts(articles)
    standing = sorted(_standing(forecasts, reading, words, origins), key=lambda each: each.start)
    in_text = {each.forecast.pk for each in standing}
    left_out = [forecast for forecast in forecasts if forecast.pk not in in_text]
    return Preview(
        reading=reading,
        day=day,
        last=briefing.editions.newest_first().select_related("article").first(),
        carried=[each for each in standing if each.forecast.visibility == Visibility.PUBLIC],
        internal=[each for each in standing if each.forecast.visibility != Visibility.PUBLIC],
        left_out=left_out,
        ending=_with_a_line(left_out),
        claims=[claim for claim in _claims(articles) if stands(claim, words, origins)],
        unconfirmed=_count_unconfirmed(reading, articles),
    )


def own_articles(briefing: Briefing) -> Sequence[Article]:
    """Where the briefing began, and the texts of its editions; oldest first."""
    own = Q(pk=briefing.article_id) | Q(pk__in=briefing.editions.values("article"))
    return list(Article.objects.filter(own).order_by("pk"))


def stands(claim: Claim, words: Words, origins: Mapping[int, str]) -> bool:
    """Whether the words of a claim stand in a text."""
    return words.place(plain(claim.quote), origin=origins[claim.article_id]) is not None


def stated(forecast: Forecast) -> Judgement:
    """What the text says of it: the judgement that its author's sentence made."""
    return min(forecast.stated_judgements, key=lambda judgement: (judgement.made_at, judgement.pk))


def _day(briefing: Briefing, *, at: datetime) -> date:
    """The day an edition bears: for the first, that on which its article was published, if it was; else today."""
    imported = briefing.article.published_on if briefing.article is not None else None
    return (imported if briefing.dated_on is None else None) or timezone.localdate(at)


def _forecasts(articles: Sequence[Article]) -> Sequence[Forecast]:
    said = Prefetch(
        "judgements",
        queryset=Judgement.objects.held().filter(article__isnull=False, line=Line.PERSONAL),
        to_attr="stated_judgements",
    )
    forecasts = Forecast.objects.kept().filter(article__in=articles).select_related("author").prefetch_related(said)  # type: ignore[no-redef]  # the model declares it
    return list(forecasts.order_by("article_id", "quote_start", "pk"))


def _with_a_line(forecasts: Sequence[Forecast]) -> Sequence[Forecast]:
    """Those by whose published line the desk still stands; what is resolved keeps the line that it was judged by."""
    lines = Judgement.objects.of_the_desk().standing().filter(forecast__in=Forecast.objects.unresolved())
    keys = set(lines.filter(forecast__in=forecasts).values_list("forecast_id", flat=True))
    return [forecast for forecast in forecasts if forecast.pk in keys]


def _claims(articles: Sequence[Article]) -> Iterable[Claim]:
    rows = Claim.objects.standing().filter(article__in=articles)
    return rows.select_related("speaker", "relayed_by", "series").order_by("article_id", "start", "pk")


def _standing(
    forecasts: Sequence[Forecast], reading: document.Reading, words: Words, origins: Mapping[int, str]
) -> Iterator[Carried]:
    found_by_words: dict[str, FoundForecast] = {}
    for section in reversed(_SECTIONS):  # so that the forecast section's own sentence wins over its repeat
        found_by_words |= {plain(each.quote): each for each in reading.forecasts if each.section == section}
    for forecast in forecasts:
        statement = plain(forecast.statement)
        start = words.place(statement, origin=origins[forecast.article_id or 0])
        if start is not None:
            found = found_by_words.get(statement)
            yield Carried(forecast=forecast, found=found, start=found.start if found else start)


def _count_unconfirmed(reading: document.Reading, articles: Sequence[Article]) -> int:
    """How many different finds in the text are neither a record nor dismissed."""
    found = {plain(each.quote) for each in reading.forecasts if each.duplicate_of is None}
    found |= {plain(each.quote) for each in reading.claims}
    for model in (ForecastSuggestion, ClaimSuggestion):
        decided = model.objects.filter(article__in=articles).exclude(decision=Decision.PENDING)
        found -= {plain(quote) for quote in decided.values_list("quote", flat=True)}
    found -= {
        plain(each) for each in Forecast.objects.kept().filter(article__in=articles).values_list("statement", flat=True)
    }
    found -= {plain(each) for each in Claim.objects.filter(article__in=articles).values_list("quote", flat=True)}
    return len(found)
