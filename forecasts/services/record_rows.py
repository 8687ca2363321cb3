"""Which rows a track record counts, and as what: so that every number of it opens just those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Abs
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from forecasts.choices import SCORED_OUTCOMES, Line
from forecasts.models import Score
from forecasts.querysets import ScoreQuerySet
from forecasts.scoring.otherwise import words_read_by
from sources.querysets import Viewer, sees_the_desk


class Whose(models.TextChoices):
    """Which judgement of a forecast is scored."""

    DESK = "desk", _("the desk’s line, else the author’s final judgement")
    FINAL = "final", _("the author’s final judgement")
    FIRST = "first", _("the author’s first judgement")
    AVERAGE = "average", _("the author’s judgements, averaged over time")


class Lane(models.TextChoices):
    """What has a line of its own unless it is included."""

    IMPORTED = "imported", _("imported outcomes")
    INVOLVED = "involved", _("graded by somebody involved")
    RETROACTIVE = "retroactive", _("criteria written afterwards")


class Counted(models.TextChoices):
    """What a record counts a resolved forecast as: one of these."""

    SCORED = "scored", _("scored")
    UNSCORED = "unscored", _("its outcome is not scored")
    NO_PROBABILITY = "no_probability", _("nothing was said that could be scored")
    WINDOW_OPEN = "window_open", _("settled early, its window has not ended")
    WITHDRAWN = "withdrawn", _("withdrawn before the outcome was known")
    TOO_LATE = "too_late", _("made public after the outcome was known")
    NO_DESK_LINE = "no_desk_line", _("the desk had not said how likely it was")
    NO_JUDGEMENT = "no_judgement", _("judged only when the outcome was known")
    NO_FULL_DAY = "no_full_day", _("known before a day was over")
    RETROACTIVE = "retroactive", _("criteria written afterwards")
    IMPORTED = "imported", _("imported outcome")
    INVOLVED = "involved", _("graded by somebody involved")


# All that a record counts, whatever as.
GRADED: Final = "graded"
# The middle of a band is rounded where a score is made of it.
ROUNDING: Final = 1e-9
LANES: Final = (Lane.RETROACTIVE, Lane.IMPORTED, Lane.INVOLVED)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which judgement a record scores, of which forecaster alone (a source's number), and which lanes it includes."""

    whose: Whose = Whose.DESK
    forecaster: int | None = None
    include: frozenset[Lane] = frozenset()

    @property
    def is_the_desks(self) -> bool:
        """Whether it is the headline: the desk's line, and in its place, on the desk, the author's own."""
        return self.whose == Whose.DESK and self.forecaster is None


def counted_rows(scope: Scope, *, viewer: Viewer, on: date) -> ScoreQuerySet:
    """The scores of that scope that this viewer may see, at most one a forecast, each with what it is `counted` as."""
    public = not sees_the_desk(viewer)
    rows = Score.objects.standing()
    # Where nobody's own judgement is scored, none has to be looked up.
    rows = rows.filter(public=True) if public and scope.is_the_desks else rows.visible_to(viewer)
    return _chosen(rows, scope).annotate(counted=_counted(scope, on=on, public=public))


def in_their_line(rows: ScoreQuerySet, scope: Scope, *, viewer: Viewer, on: date) -> ScoreQuerySet:
    """The same, each with what it is counted as `in_line`: in the line of its own, or in the headline without one."""
    everything = replace(scope, include=frozenset(Lane))
    return rows.annotate(in_line=_counted(everything, on=on, public=not sees_the_desk(viewer)))


def read_by(slug: str) -> Q:
    """The scores that a reading by the bands of that yardstick reads otherwise, as `scoring.otherwise` says."""
    words = [Q(yardstick=scale, term=term) for scale, term in words_read_by(slug)]
    off_the_middle = Abs((F("low") + F("high")) / 2 - F("p"))
    return Q(*words, _connector=Q.OR) & Q(LessThan(off_the_middle, ROUNDING)) if words else Q(pk__in=[])


def _chosen(rows: ScoreQuerySet, scope: Scope) -> ScoreQuerySet:
    if scope.is_the_desks:
        return rows.filter(headline=True)
    rows = rows.filter(line=Line.PERSONAL)
    rows = rows.filter(forecaster=F("author") if scope.forecaster is None else scope.forecaster)
    return rows.filter(first=True) if scope.whose == Whose.FIRST else rows.filter(final=True)


def _counted(scope: Scope, *, on: date, public: bool) -> Case:
    """What stays out comes first, by the first reason that holds; what is left is scored, or could not be."""
    whens = [When(condition, then=Value(counted)) for condition, counted in _left_out(scope, on=on, public=public)]
    whens += [
        When(~Q(outcome__in=SCORED_OUTCOMES), then=Value(Counted.UNSCORED)),
        When(p__isnull=True, then=Value(Counted.NO_PROBABILITY)),
    ]
    if scope.whose == Whose.AVERAGE:
        whens.append(When(average__isnull=True, then=Value(Counted.NO_FULL_DAY)))
    return Case(*whens, default=Value(Counted.SCORED), output_field=models.CharField())


def _left_out(scope: Scope, *, on: date, public: bool) -> Iterator[tuple[Q, Counted]]:
    if public:
        yield Q(too_late=True), Counted.TOO_LATE
    yield Q(ends_on__gte=on) | Q(ends_on__isnull=True), Counted.WINDOW_OPEN
    for lane in LANES:
        if lane not in scope.include:
            yield Q(**{lane.value: True}), Counted(lane.value)
    if scope.is_the_desks:
        yield Q(line=""), Counted.NO_JUDGEMENT
        if public:
            yield ~Q(line=Line.DESK), Counted.NO_DESK_LINE
    if scope.whose not in (Whose.FIRST, Whose.AVERAGE):
        yield Q(withdrawn=True), Counted.WITHDRAWN
