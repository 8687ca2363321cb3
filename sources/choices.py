"""The words that sources and articles choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    DESK = "desk", _("Desk")
    PERSON = "person", _("Person")
    OUTLET = "outlet", _("News outlet")
    GOVERNMENT = "government", _("Government or armed force")
    INTERNATIONAL = "international", _("International organisation")
    ORGANISATION = "organisation", _("Organisation")
    OTHER = "other", _("Other")


class Reliability(models.TextChoices):
    """Admiralty scale of sources. F is outside the order: never averaged, never sorted as worst."""

    A = "A", _("A – completely reliable")
    B = "B", _("B – usually reliable")
    C = "C", _("C – fairly reliable")
    D = "D", _("D – not usually reliable")
    E = "E", _("E – unreliable")
    F = "F", _("F – cannot be judged")


class Origin(models.TextChoices):
    """How an article came in."""

    PASTED = "pasted", _("pasted")
    UPLOADED = "uploaded", _("uploaded")
    COMMAND = "command", _("imported on the command line")
    API = "api", _("sent through the API")
    EDITION = "edition", _("published here")
    SAMPLE = "sample", _("sample data")


class Decision(models.TextChoices):
    """What became of something that a reader found."""

    PENDING = "pending", _("to confirm")
    ACCEPTED = "accepted", _("accepted")
    EDITED = "edited", _("accepted with changes")
    FOLDED = "folded", _("folded into another")
    SPLIT = "split", _("split into parts")
    DISMISSED = "dismissed", _("dismissed")
