"""What can be wrong with text that is brought in. Every message says what to do about it."""


class UnreadableText(Exception):  # noqa: N818  (it is named for what is wrong, like its children)
    """The base of all of these; its message is a sentence for the person who brought the text."""


class EmptyText(UnreadableText):
    """There is no text in it."""

    def __init__(self) -> None:
        super().__init__("There is no text in this. Paste the text of the article, or choose a file that has some.")


class TooLarge(UnreadableText):
    """It is longer than what is read."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"This is {size / 1_000_000:.1f} MB; up to {limit / 1_000_000:g} MB can be read. "
            "Bring in the article alone, without images or other pages."
        )


class NotText(UnreadableText):
    """The bytes are no text, or are not in the encoding they claim."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is not readable as text: {why}. Save it as plain text in UTF-8 and bring it in again.")


class UnsupportedType(UnreadableText):
    """It may be a text, but not of a kind that is read."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind} cannot be read here. Save it as .txt, .md or .html, or paste its text.")
