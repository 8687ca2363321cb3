"""What forecasts refuse."""

from groundwork.errors import Conflict, Refusal


class ForecastRefused(Refusal):
    """This forecast cannot be recorded as it is."""

    code = "forecast_refused"


class JudgementRefused(Refusal):
    """This judgement cannot be recorded as it is."""

    code = "judgement_refused"


class OutcomeKnown(Conflict):
    """The outcome is known; nothing can be foretold any more."""

    code = "outcome_known"


class GradeRefused(Refusal):
    """This grade cannot be given as it is."""

    code = "grade_refused"


class AlreadyResolved(Conflict):
    """Somebody was faster."""

    code = "already_resolved"


class Stale(Conflict):
    """The record has changed since it was read."""

    code = "stale"
