"""Publishing an edition: the working text is frozen, brought in as an article, and what it carries becomes public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pghistory
from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from briefings.choices import State, Weight
from briefings.documents import plain
from briefings.errors import BriefingRefused, NothingNew, Stale
from briefings.models import Briefing, Edition, EditionForecast
from claims.models import Claim, ClaimSuggestion
from claims.services.releasing import release_claims
from forecasts.choices import Line
from forecasts.models import Forecast, ForecastSuggestion, Judgement
from forecasts.models import Reading as ReadingRow
from forecasts.reading import document
from forecasts.reading.finding import FoundForecast
from forecasts.services import confirming, intake, judging
from forecasts.services.releasing import date_preview, release_forecasts
from sources.choices import Decision, Origin
from sources.models import Article
from sources.services import articles, people

_SECTIONS = ("forecast", "body", "summary")


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A forecast of the desk that stands in a text, and its sentence there as the reader found it, if it did."""

    forecast: Forecast
    found: FoundForecast | None
    start: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What publishing would do: what the text carries, and what it has lost or not confirmed."""

    reading: document.Reading
    day: date
    carried: Sequence[Carried]
    claims: Sequence[Claim]
    left_out: Sequence[Forecast]
    unconfirmed: int


def preview(briefing: Briefing, *, at: datetime) -> Preview:
    """Read the working text and match it with the records. Stores nothing."""
    day = _day(briefing, at=at)
    reading = document.read(briefing.markdown, dated_on=day)
    forecasts = _forecasts(briefing)
    carried = sorted(_carried(forecasts, reading), key=lambda each: each.start)
    kept = {each.forecast.pk for each in carried}
    return Preview(
        reading=reading,
        day=day,
        carried=carried,
        claims=[claim for claim in _claims(briefing) if plain(claim.quote) in plain(reading.parts.text)],
        left_out=[forecast for forecast in forecasts if forecast.pk not in kept],
        unconfirmed=_unconfirmed(briefing),
    )


def publish(
    briefing: Briefing, *, by: User, at: datetime, version: int, weight: str = Weight.MAJOR, note: str = ""
) -> Edition:
    """Release the next edition of a briefing and set the desk's lines on the forecasts that it carries.

    Raises Stale where the working text has changed since `version`, NothingNew where it is that of an edition already,
    and BriefingRefused for a major change that nobody explains.
    """
    seen = preview(briefing, at=at)
    with transaction.atomic(), pghistory.context(user=by.pk, why="edition published"):
        briefing = (
            Briefing.objects.select_for_update(of=("self",)).select_related("article", "image").get(pk=briefing.pk)
        )
        if briefing.version != version:
            raise Stale(_("Somebody has saved this briefing meanwhile. Look at it again before you publish it."))
        last = briefing.editions.order_by("-number").first()
        if last is not None and weight == Weight.MAJOR and not note.strip():
            raise BriefingRefused(_("Tell readers what has changed."), field="note")
        article = _bring_in(briefing, seen, last=last, by=by, at=at)
        edition = Edition.objects.create(
            briefing=briefing,
            number=last.number + 1 if last else 1,
            article=article,
            title=briefing.title,
            byline=briefing.byline,
            markdown=briefing.markdown,
            summary=list(seen.reading.parts.summary),
            image=briefing.image,
            image_alt=briefing.image_alt,
            image_credit=briefing.image_credit,
            image_licence=briefing.image_licence,
            weight=weight,
            note=note.strip(),
            published_by=by,
            published_at=at,
        )
        _carry(edition, seen, by=by, at=at)
        _release(edition, seen, at=at)
        briefing.state, briefing.dated_on = State.PUBLISHED, briefing.dated_on or seen.day
        briefing.save(update_fields=["state", "dated_on"])
    return edition


def _day(briefing: Briefing, *, at: datetime) -> date:
    """The day an edition bears: for the first, that on which its article was published, if it was; else today."""
    imported = briefing.article.published_on if briefing.article is not None else None
    return (imported if briefing.dated_on is None else None) or timezone.localdate(at)


def _own_articles(briefing: Briefing) -> Q:
    """The condition that an article is where the briefing began, or one of its editions."""
    return Q(article=briefing.article_id) | Q(article__edition__briefing=briefing)


def _forecasts(briefing: Briefing) -> Sequence[Forecast]:
    said = Prefetch(
        "judgements",
        queryset=Judgement.objects.filter(article__isnull=False, line=Line.PERSONAL),
        to_attr="stated_judgements",
    )
    forecasts = Forecast.objects.filter(_own_articles(briefing)).select_related("author").prefetch_related(said)
    return list(forecasts.order_by("quote_start", "pk"))


def _claims(briefing: Briefing) -> Iterable[Claim]:
    claims = Claim.objects.standing().filter(_own_articles(briefing))
    return claims.select_related("speaker", "relayed_by", "series").order_by("start", "pk")


def _unconfirmed(briefing: Briefing) -> int:
    return sum(
        model.objects.filter(_own_articles(briefing), decision=Decision.PENDING).count()
        for model in (ForecastSuggestion, ClaimSuggestion)
    )


def _carried(forecasts: Sequence[Forecast], reading: document.Reading) -> Iterator[Carried]:
    found_by_words: dict[str, FoundForecast] = {}
    for section in reversed(_SECTIONS):  # so that the forecast section's own sentence wins over its repeat
        found_by_words |= {plain(each.quote): each for each in reading.forecasts if each.section == section}
    text = plain(reading.parts.text)
    for forecast in forecasts:
        words = plain(forecast.statement)
        found = found_by_words.get(words)
        if found is not None:
            yield Carried(forecast=forecast, found=found, start=found.start)
        elif words in text:
            yield Carried(forecast=forecast, found=None, start=text.index(words))


def _bring_in(briefing: Briefing, seen: Preview, *, last: Edition | None, by: User, at: datetime) -> Article:
    """The edition's text as an article of the desk that revises the one before."""
    parts = seen.reading.parts
    before = last.article if last is not None else briefing.article
    article, is_new = articles.bring_in(
        articles.NewArticle(
            text=parts.text,
            title=briefing.title,
            source=people.desk(),
            origin=Origin.EDITION,
            bylines=people.bylines(briefing.byline, by=by),
            published_on=seen.day,
            language=parts.language,
            revises=before,
            topics=list(before.topics.all()) if before is not None else [],
            countries=before.countries if before is not None else [],
        ),
        by=by,
        at=at,
    )
    if Edition.objects.filter(article=article).exists():
        raise NothingNew(_("An edition with exactly this text is out already."))
    if is_new:
        ReadingRow.objects.create(article=article, yardstick=seen.reading.yardstick, asked_by=by, asked_at=at)
        intake.keep_reading(article, seen.reading, at=at)
        _fold(article, seen, by=by, at=at)
    return article


def _fold(article: Article, seen: Preview, *, by: User, at: datetime) -> None:
    """Decide the finds in the new text that are records already, so that only what is new waits for an analyst."""
    known = {plain(each.forecast.statement): each.forecast for each in seen.carried}
    for suggestion in ForecastSuggestion.objects.filter(article=article).select_related("duplicate_of"):
        same = [each for each in (suggestion, suggestion.duplicate_of) if each is not None]
        forecast = next((known[words] for each in same if (words := plain(each.quote)) in known), None)
        if forecast is not None:
            confirming.fold_forecast(suggestion, into=forecast, by=by, at=at)
    counted = {plain(claim.quote): claim for claim in seen.claims}
    finds = list(ClaimSuggestion.objects.filter(article=article))
    for find in finds:
        if (claim := counted.get(plain(find.quote))) is not None:
            find.decision, find.decided_by, find.decided_at, find.claim = Decision.FOLDED, by, at, claim
    ClaimSuggestion.objects.bulk_update(finds, ["decision", "decided_by", "decided_at", "claim"])


def _carry(edition: Edition, seen: Preview, *, by: User, at: datetime) -> None:
    """Set the desk's line on every forecast that the edition carries, and note which line it published."""
    rows = []
    for position, each in enumerate(seen.carried):
        date_preview(each.forecast, found=each.found, on=seen.day, by=by)
        line = judging.set_desk_line(
            each.forecast,
            chance=judging.chance_of(stated(each.forecast)),
            by=by,
            at=at,
            made_on=seen.day,
            article=edition.article,
        )
        rows.append(EditionForecast(edition=edition, forecast=each.forecast, judgement=line, position=position))
    EditionForecast.objects.bulk_create(rows)


def stated(forecast: Forecast) -> Judgement:
    """What the text says of it: the judgement that its author's sentence made."""
    return min(forecast.stated_judgements, key=lambda judgement: (judgement.made_at, judgement.pk))


def _release(edition: Edition, seen: Preview, *, at: datetime) -> None:
    articles.release(edition.article, at=at)
    people.release([edition.article.source, *edition.article.bylines.all()], at=at)
    release_forecasts([each.forecast for each in seen.carried], at=at)
    release_claims(seen.claims, at=at)
