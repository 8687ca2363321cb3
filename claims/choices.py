"""The words that claims and series choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    DEPLOYED = "deployed", _("deployed")
    REINFORCED = "reinforced", _("sent as reinforcements")
    KILLED = "killed", _("killed")
    WOUNDED = "wounded", _("wounded")
    KILLED_OR_WOUNDED = "killed_or_wounded", _("killed or wounded")
    CAPTURED = "captured", _("captured")
    MISSING = "missing", _("missing")
    DISPLACED = "displaced", _("displaced")
    ARRESTED = "arrested", _("arrested")
    DESTROYED = "destroyed", _("destroyed")
    DELIVERED = "delivered", _("delivered")
    FIRED = "fired", _("fired")
    STRENGTH = "strength", _("strength")
    OTHER = "other", _("other")


class Aggregation(models.TextChoices):
    CUMULATIVE = "cumulative", _("in total so far")
    NEW = "new", _("new in the period")
    STOCK = "stock", _("at one moment")


class Basis(models.TextChoices):
    """What a figure rests on. Named and visual counts are floors."""

    OFFICIAL = "official", _("official statement")
    NAMED = "named", _("count of named persons")
    VISUAL = "visual", _("visual confirmation")
    MODEL = "model", _("model or estimate")
    UNKNOWN = "unknown", _("unknown")


class Stance(models.TextChoices):
    ASSERTS = "asserts", _("asserts")
    ESTIMATES = "estimates", _("estimates")
    CONFIRMS = "confirms", _("confirms")
    REPORTS = "reports", _("reports")
    DENIES = "denies", _("denies")


class Credibility(models.IntegerChoices):
    """Admiralty scale of information. 6 is outside the order: never averaged, never sorted as worst."""

    CONFIRMED = 1, _("1 – confirmed by other sources")
    PROBABLE = 2, _("2 – probably true")
    POSSIBLE = 3, _("3 – possibly true")
    DOUBTFUL = 4, _("4 – doubtful")
    IMPROBABLE = 5, _("5 – improbable")
    UNJUDGED = 6, _("6 – cannot be judged")
