"""The words that forecasts, judgements and grades choose from."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Horizon(models.TextChoices):
    SHORT = "short", _("Short term (up to 3 months)")
    MEDIUM = "medium", _("Medium term (3–12 months)")
    LONG = "long", _("Long term (over 12 months)")


class Shape(models.TextChoices):
    """What would settle it, and so when it may be settled early."""

    HAPPENS_BY = "happens_by", _("happens by the end of the window")
    HOLDS_THROUGHOUT = "holds_throughout", _("holds throughout the window")
    TRUE_ON = "true_on", _("is true on the closing date")


class Triage(models.TextChoices):
    GRADABLE = "gradable", _("gradable")
    NEEDS_CRITERIA = "needs_criteria", _("needs criteria")
    ASSESSMENT = "assessment", _("assessment")


class Visibility(models.TextChoices):
    INTERNAL = "internal", _("internal")
    PUBLIC = "public", _("public")


class Combination(models.TextChoices):
    ALL = "all", _("all of them")
    ANY = "any", _("any of them")


class Line(models.TextChoices):
    """Whose judgement: what an edition published, or a forecaster's own."""

    DESK = "desk", _("the desk’s line")
    PERSONAL = "personal", _("personal")


class Confidence(models.TextChoices):
    HIGH = "high", _("high")
    MODERATE = "moderate", _("moderate")
    LOW = "low", _("low")


class Outcome(models.TextChoices):
    """Of the event, never of the sentence."""

    OCCURRED = "occurred", _("it happened")
    DID_NOT_OCCUR = "did_not_occur", _("it did not happen")
    PARTLY = "partly", _("it happened in part")
    CONDITION_NOT_MET = "condition_not_met", _("the condition was not met")
    OVERTAKEN = "overtaken", _("overtaken by events")
    UNGRADABLE = "ungradable", _("it cannot be graded")
    VOID = "void", _("void")


SCORED_OUTCOMES: Final = frozenset({Outcome.OCCURRED, Outcome.DID_NOT_OCCUR})
EDITORS_OUTCOMES: Final = frozenset({Outcome.OVERTAKEN, Outcome.VOID})


class How(models.TextChoices):
    AGREED = "agreed", _("two graders agreed")
    ADJUDICATED = "adjudicated", _("decided by an editor")
    SINGLE = "single", _("one grader")
    PROVISIONAL = "provisional", _("provisional")
    IMPORTED = "imported", _("imported")


# What a grade may replace: what one grader alone said, and what came in with an import.
OPEN_TO_GRADES: Final = frozenset({How.PROVISIONAL, How.IMPORTED})


class AssignBy(models.TextChoices):
    """By which rule what falls due is given to somebody."""

    PARTNER = "partner", _("the desk partner of the author")
    ROUND_ROBIN = "round_robin", _("each in turn")
    TOPIC = "topic", _("who looks after the topic")
    NOBODY = "nobody", _("nobody")


class DueStep(models.TextChoices):
    """What can be decided about something that is due."""

    ASSIGNED = "assigned", _("assigned")
    SNOOZED = "snoozed", _("snoozed")
    WOKEN = "woken", _("woken")


class Independence(models.TextChoices):
    INDEPENDENT = "independent", _("independent")
    COLLEAGUE = "colleague", _("colleague")
    INVOLVED = "involved", _("involved")
    IMPORTED = "imported", _("imported")


class Relation(models.TextChoices):
    """What a later forecast is to an earlier one. All of them stay due."""

    CONTINUES = "continues", _("continues")
    REPEATS = "repeats", _("repeats")
    SUPERSEDES = "supersedes", _("supersedes")
    RELATED = "related", _("is related to")


class By(models.TextChoices):
    """What a track record is parted by."""

    TERM = "term", _("term")
    HORIZON = "horizon", _("horizon")
    TOPIC = "topic", _("topic")
    AUTHOR = "author", _("author")
    YEAR = "year", _("year")
    COUNTRY = "country", _("country")
    YARDSTICK = "yardstick", _("yardstick")


class CorrectionState(models.TextChoices):
    """A correction is one person's proposal until a second one has looked at it."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Section(models.TextChoices):
    SUMMARY = "summary", _("summary")
    BODY = "body", _("body")
    FORECAST = "forecast", _("forecast section")


class FindKind(models.TextChoices):
    """What a reader can find in a text."""

    FORECAST = "forecast", _("forecasts")
    CLAIM = "claim", _("claims")


class ImportState(models.TextChoices):
    """How far the import of a file has come."""

    READING = "reading", _("being checked")
    READY = "ready", _("checked")
    IMPORTING = "importing", _("being imported")
    DONE = "done", _("imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    DROPPED = "dropped", _("dropped")


class ImportRowState(models.TextChoices):
    """What became of a row of a file that was right in itself."""

    WAITING = "waiting", _("waiting")
    REFUSED = "refused", _("refused")
    IMPORTED = "imported", _("imported")
    KNOWN = "known", _("there already")
    UNDONE = "undone", _("undone")
