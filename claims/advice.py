"""What a reader's flag on a claim means, and what an analyst may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

# Flag, what it is called, and what to do about it.
CLAIM_FLAGS: Mapping[str, tuple[Any, Any]] = MappingProxyType(
    {
        "vague_number": (
            _("vague number"),
            _("“Dozens” or “thousands” bounds the figure from below at most. Check the bounds before you accept."),
        ),
        "ambiguous_measure": (
            _("ambiguous measure"),
            _("“Casualties” may mean the dead, or the dead and wounded. Look at the source and choose the measure."),
        ),
        "inherited_measure": (
            _("inherited measure"),
            _("The sentence counts this figure by the words of the one before. Check that both count the same thing."),
        ),
    }
)
