"""What a forecast is to an earlier one: it continues, repeats or supersedes it, or has to do with it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forecasts.choices import Relation
from forecasts.errors import ForecastRefused, LinkRefused
from forecasts.models import Forecast, Lineage
from forecasts.services import clusters, judging

LONGEST_REASON: Final = 300


@transaction.atomic
def link(later: Forecast, *, earlier: Forecast, relation: str, by: User, at: datetime) -> Lineage:
    """Note what `later` is to `earlier`; both stay due. Raises ForecastRefused.

    Where it supersedes it, its author no longer stands by their judgement of the earlier one.
    """
    if relation not in Relation.values:
        known = ", ".join(Relation.values)
        raise ForecastRefused(_("“%s” is none of: %s.") % (relation, known), field="relation")
    if later.pk == earlier.pk:
        raise ForecastRefused(_("A forecast does not continue itself."), field="earlier")
    if Lineage.objects.filter(later=earlier, earlier=later, ended_at=None).exists():
        message = _("%(earlier)s is linked to %(later)s the other way round already.")
        words = {"earlier": earlier.reference, "later": later.reference}
        raise ForecastRefused(message % words, field="earlier")
    try:
        with transaction.atomic():
            noted = Lineage.objects.create(later=later, earlier=earlier, relation=relation, noted_by=by, noted_at=at)
    except IntegrityError as error:
        raise ForecastRefused(_("The two are linked already."), field="earlier") from error
    if relation == Relation.SUPERSEDES:
        judging.end_judgement_of(earlier, later.author, by=by, at=at, why=_("superseded by %s") % later.reference)
    if relation in clusters.TIES:
        clusters.tie([later, earlier], at=at)
    return noted


@transaction.atomic
def end_link(noted: Lineage, *, by: User, why: str, at: datetime) -> None:
    """Take back what was noted of two forecasts, with a reason; it stays readable. Raises LinkRefused.

    Twice changes nothing more.
    """
    why = " ".join(why.split())
    if not why:
        raise LinkRefused(_("Say why the two do not belong together."), field="why")
    if len(why) > LONGEST_REASON:
        raise LinkRefused(_("At most %d characters fit here.") % LONGEST_REASON, field="why")
    if Lineage.objects.filter(pk=noted.pk, ended_at=None).update(ended_at=at, ended_by=by, ended_why=why):
        clusters.untie([noted.later, noted.earlier], at=at)


def end_links_of(later: Forecast, *, by: User, why: str, at: datetime) -> None:
    """Take back what was noted of a forecast and its earlier ones; within the caller's transaction."""
    if Lineage.objects.filter(later=later, ended_at=None).update(ended_at=at, ended_by=by, ended_why=why):
        clusters.untie([later], at=at)
