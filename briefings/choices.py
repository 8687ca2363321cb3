"""The words that briefings and editions choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Weight(models.TextChoices):
    """How much an edition changes. A major one says publicly what."""

    MINOR = "minor", _("minor")
    MAJOR = "major", _("major")
