"""The parts of a track record: by year, horizon, topic and so on, each with its name and what narrows to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forecasts.choices import By
from forecasts.scoring.record import Group
from forecasts.services.named_groups import named
from forecasts.views.record_asked import Asked
from forecasts.views.record_tables import Table, groups_table


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A way of taking a record apart, whose name is that of the filter that narrows to a group, but for years."""

    by: By
    caption: str | Promise
    heading: str | Promise
    hint: str | Promise = ""

    @property
    def name(self) -> str:
        return self.by.value

    def groups(self, asked: Asked) -> list[Group]:
        """Those of which any is graded or should be, in the order of their names; of authors those alone who let the
        viewer see their record."""
        found = named(asked.records(self.by), self.by, viewer=asked.viewer)
        return [each for each in found if each.record.n_ended]

    def table(self, asked: Asked, groups: list[Group] | None = None) -> Table:
        return groups_table(
            self.name,
            self.groups(asked) if groups is None else groups,
            caption=self.caption,
            heading=self.heading,
            narrow=lambda group: self.narrowed(asked, group),
            open_rows=asked.addresses.rows,
            open_record=asked.addresses.record,
        )

    def narrowed(self, asked: Asked, group: Group) -> Mapping[str, str]:
        return _days_of_year(asked, int(group.key)) if self.by == By.YEAR else {self.name: group.key}


_SEVERAL: Final = _("A forecast that is about two counts in both, and one that is about none in no row.")
DIMENSIONS: Final = (
    Dimension(by=By.YEAR, caption=_("By the year in which it was said"), heading=_("year")),
    Dimension(by=By.HORIZON, caption=_("By horizon"), heading=_("horizon")),
    Dimension(by=By.TOPIC, caption=_("By topic"), heading=_("topic"), hint=_SEVERAL),
    Dimension(by=By.COUNTRY, caption=_("By country"), heading=_("country"), hint=_SEVERAL),
    Dimension(
        by=By.YARDSTICK,
        caption=_("By yardstick"),
        heading=_("yardstick"),
        hint=_(
            "A forecast that gave a number and no word is in no row, nor is what nobody has graded: it may still be"
            " said in other words."
        ),
    ),
    Dimension(
        by=By.AUTHOR,
        caption=_("By author, in the order of their names"),
        heading=_("author"),
        hint=_("Of a person no score stands without its interval."),
    ),
)


def _days_of_year(asked: Asked, year: int) -> Mapping[str, str]:
    """The year's days, or those of them that the filter allows already."""
    given = asked.addresses.query
    first = max(filter(None, [date(year, 1, 1).isoformat(), given.get("made_after", "")]))
    last = min(filter(None, [date(year, 12, 31).isoformat(), given.get("made_before", "")]))
    return {"made_after": first, "made_before": last}
