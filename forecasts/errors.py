"""What forecasts refuse."""

from __future__ import annotations

from collections.abc import Sequence

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


class AlreadyGraded(Conflict):
    """One grade a person and round."""

    code = "already_graded"


class InDispute(Conflict):
    """Both grades are in and differ; an editor decides."""

    code = "in_dispute"


class NotDisputed(Conflict):
    """There is nothing for an editor to decide, or not any more."""

    code = "not_disputed"


class NotResolved(Conflict):
    """There is no resolution to reopen, or not any more."""

    code = "not_resolved"


class NothingToLookFor(Conflict):
    """It is due or over, so that nobody looks any more whether it is known early."""

    code = "nothing_to_look_for"


class DecisionRefused(Refusal):
    """A dispute cannot be decided so, or not by this person."""

    code = "decision_refused"


class Stale(Conflict):
    """The record has changed since it was read."""

    code = "stale"


class ImportConflict(Conflict):
    """The import is not in the state that this needs."""

    code = "import_conflict"


class UndoRefused(Conflict):
    """Something rests on what a file brought in. `obstacles` are the first of those rows: line, forecast, reason."""

    code = "rests_on_it"

    def __init__(self, message: str, *, obstacles: Sequence[tuple[int, int, str]]) -> None:
        super().__init__(message)
        self.obstacles = obstacles


class WordingClosed(ForecastRefused):
    """Others rely on the wording by now; only a clarification, a correction or another forecast can follow."""

    code = "wording_closed"
    conflict = True


class ChangeRefused(Refusal):
    """This change cannot be made as it is."""

    code = "change_refused"


class ChangeTooLate(ChangeRefused):
    """What has become of the forecast by now stands in the way of this change."""

    conflict = True


class CorrectionRefused(Refusal):
    """This correction cannot be proposed or confirmed as it is."""

    code = "correction_refused"


class CorrectionDecided(Conflict):
    """Somebody else has confirmed or declined it, or what it corrects has changed since."""

    code = "correction_decided"


class CommentRefused(Refusal):
    """This comment cannot be made, or taken back, as it is."""

    code = "comment_refused"


class DueRefused(Refusal):
    """What is due cannot be given to that person, or put off, as it is."""

    code = "due_refused"


class NotDue(Conflict):
    """Nothing is waiting for its first grade here, or not any more."""

    code = "not_due"


class LinkRefused(Refusal):
    """These two forecasts cannot be linked, or parted, as it is."""

    code = "link_refused"


class GroupRefused(Refusal):
    """These forecasts cannot exclude each other as it is."""

    code = "group_refused"


class SplitRefused(Refusal):
    """This forecast cannot be split as it is."""

    code = "split_refused"


class ChartNotDrawn(Exception):
    """The engine could not make a picture of this specification."""
