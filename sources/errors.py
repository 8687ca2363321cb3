"""What sources refuse."""

from groundwork.errors import Refusal


class TextRefused(Refusal):
    """This text cannot be brought in."""

    code = "text_refused"


class EmptyText(TextRefused):
    """There is no text in it."""

    code = "empty_text"


class TooLarge(TextRefused):
    """It is over the limit of 2 MB."""

    code = "too_large"


class NotText(TextRefused):
    """Its bytes are no text in the encoding that they claim."""

    code = "not_text"


class UnsupportedType(TextRefused):
    """Nothing here turns this kind of file into text."""

    code = "unsupported_type"


class SourceRefused(Refusal):
    """This source cannot be recorded as it is."""

    code = "source_refused"
