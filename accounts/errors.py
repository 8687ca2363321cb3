"""What accounts refuse."""

from groundwork.errors import Conflict, Refusal


class InvitationRefused(Refusal):
    """This invitation cannot be made or taken up."""

    code = "invitation_refused"


class InvitationClosed(Conflict):
    """It was used, withdrawn, or has run out."""

    code = "invitation_closed"


class KeyRefused(Refusal):
    """This API key cannot be made."""

    code = "key_refused"


class PersonRefused(Refusal):
    """This change to an account cannot be made."""

    code = "person_refused"
