"""What briefings refuse."""

from groundwork.errors import Conflict, Refusal


class BriefingRefused(Refusal):
    """This briefing cannot be saved or published as it is."""

    code = "briefing_refused"


class Stale(Conflict):
    """The briefing has changed since it was read."""

    code = "stale"


class NothingNew(Conflict):
    """The text is that of an edition already."""

    code = "nothing_new"
