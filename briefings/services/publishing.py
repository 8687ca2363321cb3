"""Publishing an edition: the working text is frozen, brought in as an article, and what it carries becomes public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from briefings.choices import State, Weight
from briefings.documents import plain
from briefings.errors import BriefingRefused, NothingNew, Stale
from briefings.models import Briefing, Edition, EditionForecast
from briefings.services.matching import Preview, own_articles, preview, stated
from claims.models import Claim, ClaimSuggestion
from claims.services import confirming as claims_confirming
from claims.services.releasing import release_claims
from forecasts.models import Forecast, ForecastSuggestion
from forecasts.models import Reading as ReadingRow
from forecasts.services import confirming, intake, judging
from forecasts.services.releasing import date_preview, release_forecasts
from sources.choices import Origin
from sources.models import Article
from sources.services import articles, deciding, people

# What an edition takes over from the working copy.
FROZEN = ("title", "byline", "markdown", "image_id", "image_alt", "image_credit", "image_licence")


def publish(
    briefing: Briefing, *, by: User, at: datetime, version: int, weight: str = Weight.MAJOR, note: str = ""
) -> Edition:
    """Release the next edition of a briefing and set the desk's lines on the forecasts that it carries.

    The desk no longer stands by its lines on those that its last edition carried and this one does not. Raises Stale
    where somebody has saved or published since `version`, NothingNew where nothing has changed since the last edition,
    and BriefingRefused for a major change that nobody explains.
    """
    seen = preview(briefing, at=at)
    with transaction.atomic(), pghistory.context(user=by.pk, why="edition published"):
        locked = Briefing.objects.select_for_update(of=("self",)).select_related("article", "image").get(pk=briefing.pk)
        _check(locked, seen, previewed=briefing.version, version=version, weight=weight, note=note)
        article = _bring_in(locked, seen, by=by, at=at)
        edition = Edition.objects.create(
            briefing=locked,
            number=seen.last.number + 1 if seen.last else 1,
            article=article,
            summary=list(seen.reading.parts.summary),
            weight=weight if seen.last else Weight.MAJOR,
            note=note.strip() if seen.last else "",
            published_by=by,
            published_at=at,
            **_frozen(locked),
        )
        _carry(edition, seen, by=by, at=at)
        _release(edition, seen, at=at)
        locked.state, locked.dated_on = State.PUBLISHED, locked.dated_on or seen.day
        locked.save(update_fields=["state", "dated_on"])
    return edition


@transaction.atomic
def withdraw(briefing: Briefing, *, by: User, at: datetime, why: str) -> Briefing:
    """Take a briefing's text off the site; its address says that, and why. The forecasts stay on the record, and due.

    Raises BriefingRefused without a reason, or for what is not published.
    """
    locked = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if locked.state != State.PUBLISHED:
        raise BriefingRefused(_("It is not published."))
    if not why.strip():
        raise BriefingRefused(_("Tell readers why it is withdrawn."), field="why")
    locked.state, locked.withdrawn_at, locked.withdrawn_why = State.WITHDRAWN, at, why.strip()
    with pghistory.context(user=by.pk, why="briefing withdrawn"):
        locked.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    elsewhere = Edition.objects.published().values("article")
    articles.take_back(Article.objects.filter(editions__briefing=locked).exclude(pk__in=elsewhere).only("pk"))
    for forecast in Forecast.objects.filter(carried_by__edition__briefing=locked).distinct():
        judging.end_desk_line(forecast, by=by, at=at, why=_("the briefing was withdrawn"))
    return locked


def has_news(briefing: Briefing, seen: Preview) -> bool:
    """Whether an edition published now would differ from the last one, in its text or in what it carries."""
    if seen.last is None or briefing.state != State.PUBLISHED:
        return True
    if any(getattr(seen.last, name) != value for name, value in _frozen(briefing).items()):
        return True
    carried = set(seen.last.carried.values_list("forecast_id", flat=True))
    return carried != {each.forecast.pk for each in seen.carried} or any(
        claim.released_at is None for claim in seen.claims
    )


def _frozen(briefing: Briefing) -> dict[str, Any]:
    return {name: getattr(briefing, name) for name in FROZEN}


def _check(briefing: Briefing, seen: Preview, *, previewed: int, version: int, weight: str, note: str) -> None:
    if not briefing.version == previewed == version:
        raise Stale(_("Somebody has saved this briefing meanwhile. Look at it again before you publish it."))
    last = briefing.editions.newest_first().first()
    if last != seen.last:
        raise Stale(_("Somebody has published an edition meanwhile. Look at it before you publish another."))
    if not has_news(briefing, seen):
        raise NothingNew(_("Nothing has changed since the last edition."))
    if last is not None and weight == Weight.MAJOR and not note.strip():
        raise BriefingRefused(_("Tell readers what has changed."), field="note")


def _bring_in(briefing: Briefing, seen: Preview, *, by: User, at: datetime) -> Article:
    """The edition's text as an article of the desk that revises the one before; the same text is the same article."""
    parts = seen.reading.parts
    before = seen.last.article if seen.last is not None else briefing.article
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
    if is_new:
        ReadingRow.objects.create(article=article, yardstick=seen.reading.yardstick, asked_by=by, asked_at=at)
        intake.keep_reading(article, seen.reading, at=at)
        _settle_finds(article, seen, earlier=own_articles(briefing), by=by, at=at)
    return article


def _settle_finds(article: Article, seen: Preview, *, earlier: Sequence[Article], by: User, at: datetime) -> None:
    """Decide the finds in the new text that an earlier one has, so that only what is new waits for an analyst.

    A record takes them in; what was dismissed there is dismissed here, and what still waits there is not asked twice.
    """
    records = {plain(each.forecast.statement): each.forecast for each in [*seen.carried, *seen.internal]}
    asked = _quotes(ForecastSuggestion, earlier)
    for find in ForecastSuggestion.objects.filter(article=article).select_related("duplicate_of"):
        quotes = [plain(each.quote) for each in (find, find.duplicate_of) if each is not None]
        forecast = next((records[quote] for quote in quotes if quote in records), None)
        if forecast is not None:
            confirming.fold_forecast(find, into=forecast, by=by, at=at)
        elif quotes[0] in asked:
            deciding.dismiss(find, by=by, at=at)
    _settle_claims(article, seen.claims, asked=_quotes(ClaimSuggestion, earlier), by=by, at=at)


def _settle_claims(article: Article, claims: Sequence[Claim], *, asked: set[str], by: User, at: datetime) -> None:
    records = {plain(claim.quote): claim for claim in claims}
    for find in ClaimSuggestion.objects.filter(article=article):
        quote = plain(find.quote)
        if quote in records:
            claims_confirming.fold_claim(find, into=records[quote], by=by, at=at)
        elif quote in asked:
            deciding.dismiss(find, by=by, at=at)


def _quotes(model: type[ForecastSuggestion | ClaimSuggestion], earlier: Sequence[Article]) -> set[str]:
    return {plain(quote) for quote in model.objects.filter(article__in=earlier).values_list("quote", flat=True)}


def _carry(edition: Edition, seen: Preview, *, by: User, at: datetime) -> None:
    """Set the desk's line on every forecast that the edition carries, and note which line it published."""
    rows = []
    for each in [*seen.carried, *seen.internal]:
        date_preview(each.forecast, found=each.found, on=seen.day, by=by)
    for position, each in enumerate(seen.carried):
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
    for forecast in seen.ending:
        judging.end_desk_line(forecast, by=by, at=at, why=_("the newest edition no longer says it"))


def _release(edition: Edition, seen: Preview, *, at: datetime) -> None:
    # Those of earlier editions too: after a withdrawal they come back with this one.
    articles.release(Article.objects.filter(editions__briefing=edition.briefing).only("pk"), at=at)
    people.release([edition.article.source, *edition.article.bylines.all()], at=at)
    release_forecasts([each.forecast for each in seen.carried], at=at)
    release_claims(seen.claims, at=at)
