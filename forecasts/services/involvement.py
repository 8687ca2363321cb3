"""Who had a hand in a forecast, how far its graders stand from it, and who may decide where they differ."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.roles import Capability, Role, may
from forecasts.choices import Independence
from forecasts.models import CRITERIA_FIELDS, Forecast, Recusal
from sources.models import Source

# The nearer somebody stands, the less their word alone is worth.
_NEAREST_FIRST: Final = (Independence.INVOLVED, Independence.COLLEAGUE, Independence.INDEPENDENT)


def is_author(forecast: Forecast, *, by: User) -> bool:
    """Whether that account is the forecast's author or shares the byline of its article."""
    own = Source.objects.filter(user=by).first()
    if own is None:
        return False
    if forecast.author_id == own.pk:
        return True
    return forecast.article is not None and forecast.article.bylines.filter(pk=own.pk).exists()


def wrote_criteria(*, by: User, of: str = "pk") -> Exists:
    """Whether that account wrote any of what the criteria say or once said; `of` is where a row has its forecast.

    Whoever changed a word after them does not make them a stranger to the rest.
    """
    return Exists(_wordings_of_criteria().filter(pgh_obj=OuterRef(of), pgh_context__metadata__user=by.pk))


def criteria_writers(forecast: Forecast) -> set[int]:
    """The accounts of all who wrote any of what its criteria say or once said."""
    rows = _wordings_of_criteria().filter(pgh_obj=forecast.pk)
    accounts = {forecast.criteria_by_id, *rows.values_list("pgh_context__metadata__user", flat=True)}
    return {account for account in accounts if account is not None}


def _wordings_of_criteria() -> QuerySet[Any]:
    """The versions of forecasts whose criteria say something that the version before did not."""
    events = apps.get_model("forecasts", "ForecastEvent").objects
    said = JSONObject(**{name: F(name) for name in CRITERIA_FIELDS})
    before = events.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    rows: QuerySet[Any] = events.exclude(observable="")
    rows = rows.annotate(said=said, before=Subquery(before.annotate(said=said).values("said")[:1]))
    return rows.filter(Q(before__isnull=True) | ~Q(said=F("before")))


def authors(forecast: Forecast) -> set[int]:
    """The accounts of its author and of those who share the byline of its article."""
    accounts = {forecast.author.user_id}
    if forecast.article is not None:
        accounts |= set(forecast.article.bylines.values_list("user_id", flat=True))
    return {account for account in accounts if account is not None}


def involved(forecast: Forecast) -> set[int]:
    """The accounts of its author, of those who share its byline, and of the editors who approved its text."""
    return authors(forecast) | set(forecast.judgements.of_the_desk().values_list("recorded_by", flat=True))


def independence(forecast: Forecast, *, by: User) -> str:
    """How far that grader stands from the forecast: involved in it, a colleague of whoever made it, or independent."""
    if by.pk in involved(forecast):
        return Independence.INVOLVED
    own = forecast.article is None or forecast.article.source.is_desk or forecast.author.user_id is not None
    return Independence.COLLEAGUE if own else Independence.INDEPENDENT


def independence_of_both(forecast: Forecast, *, graders: tuple[User, User]) -> str:
    """That of a pair, which is the weaker of the two."""
    each = {independence(forecast, by=grader) for grader in graders}
    return next(kind for kind in _NEAREST_FIRST if kind in each)


def who_may_decide(forecast: Forecast) -> list[User]:
    """The editors who neither graded in the current round nor had a hand in the forecast, by name."""
    graders = forecast.grades.standing().filter(round=forecast.grading_round).values_list("grader", flat=True)
    editors = User.objects.filter(is_active=True, role__in=[role for role in Role if may(role, Capability.PUBLISH)])
    recused = Recusal.objects.filter(forecast=forecast, round=forecast.grading_round).values_list("user", flat=True)
    return list(editors.exclude(pk__in=involved(forecast) | set(graders) | set(recused)).order_by("name", "pk"))
