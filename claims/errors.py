"""What claims refuse."""

from groundwork.errors import Refusal


class ClaimRefused(Refusal):
    """This claim cannot be recorded as it is."""

    code = "claim_refused"
