"""What claims refuse."""

from groundwork.errors import Conflict, Refusal


class ClaimRefused(Refusal):
    """This claim cannot be recorded as it is."""

    code = "claim_refused"


class AlreadyDecided(Conflict):
    """Somebody has accepted or dismissed this find already."""

    code = "already_decided"
