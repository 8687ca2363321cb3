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


class Independence(models.TextChoices):
    INDEPENDENT = "independent", _("independent")
    COLLEAGUE = "colleague", _("colleague")
    INVOLVED = "involved", _("involved")
    IMPORTED = "imported", _("imported")


class Section(models.TextChoices):
    SUMMARY = "summary", _("summary")
    BODY = "body", _("body")
    FORECAST = "forecast", _("forecast section")
