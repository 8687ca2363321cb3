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


class RedactionRefused(Refusal):
    """This redaction cannot be asked for or decided like that."""

    code = "redaction_refused"


class AlreadyDecided(Conflict):
    """Another administrator has decided it."""

    code = "already_decided"
