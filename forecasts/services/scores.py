"""What a resolution makes of the judgements that it settles; reads, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forecasts.choices import SCORED_OUTCOMES, Line, Outcome
from forecasts.models import Forecast, Judgement, Resolution
from forecasts.scoring.points import band_brier, brier, point_value
from forecasts.services.judging import start_of_day


@dataclass(frozen=True, kw_only=True)
class JudgementScore:
    """One judgement's Brier score (0 best to 1 worst, one-sided), or why it has none.

    `best` and `worst` are the scores that the ends of a two-sided band would have made; `point` is what was scored.
    """

    judgement: Judgement
    point: float | None = None
    brier: float | None = None
    best: float | None = None
    worst: float | None = None
    unscored_because: str | Promise = ""


def scores_of(resolution: Resolution) -> list[JudgementScore]:
    """The scores of every line that stood when the outcome became known, the desk's first. Two statements at most."""
    forecast = resolution.forecast
    rows = forecast.judgements.held().select_related("forecaster").order_by("made_at", "pk")
    return [
        score(judgement, outcome=resolution.outcome) for judgement in standing_when_known(forecast, resolution, rows)
    ]


def standing_when_known(
    forecast: Forecast, resolution: Resolution, judgements: Iterable[Judgement]
) -> Sequence[Judgement]:
    """The last judgement of each line that counts: the one standing when the last full day before the outcome ended.

    That day is the one before the outcome became known, or the last one of the window if that is earlier. Where the
    outcome became known on the day of the first judgement, that one counts; what was made on later days never does,
    and neither does what was first made after the last day of the window.
    """
    known_on = min(resolution.known_on, forecast.due_on) if forecast.due_on else resolution.known_on
    last_day_to_judge = min(resolution.known_on, forecast.ends_on) if forecast.ends_on else resolution.known_on
    began = start_of_day(known_on, forecast.time_zone)
    over = start_of_day(last_day_to_judge + timedelta(days=1), forecast.time_zone)
    lines = sorted(judgements, key=lambda each: (each.line != Line.DESK, each.forecaster_id, each.made_at))
    found = []
    for _line, held in groupby(lines, key=lambda each: (each.line, each.forecaster_id)):
        own = list(held)
        before = [each for each in own if each.made_at < began]
        if before and (before[-1].ended_at is None or before[-1].ended_at >= began):
            found.append(before[-1])
        elif not before and own[0].made_at < over:
            found.append(own[0])
    return found


def became_public_too_late(forecast: Forecast, resolution: Resolution) -> bool:
    """Whether it was made public only after its outcome was known, so that it stays out of the public score."""
    return forecast.released_at is not None and forecast.today(at=forecast.released_at) > resolution.known_on


def score(judgement: Judgement, *, outcome: str) -> JudgementScore:
    """That judgement against that outcome of its event."""
    if outcome not in SCORED_OUTCOMES:
        return JudgementScore(judgement=judgement, unscored_because=_("this outcome is not scored"))
    point = point_value(judgement.low, judgement.high, judgement.probability)
    if point is None:
        return JudgementScore(judgement=judgement, unscored_because=_no_point(judgement))
    occurred = outcome == Outcome.OCCURRED
    best, worst = None, None
    if judgement.low is not None and judgement.high is not None:
        best, worst = band_brier(judgement.low, judgement.high, occurred)
    return JudgementScore(judgement=judgement, point=point, brier=brier(point, occurred), best=best, worst=worst)


def _no_point(judgement: Judgement) -> str | Promise:
    if judgement.low is None and judgement.high is None:
        return _("it gives no probability")
    return _("its band has only one end, and it gives no number")
