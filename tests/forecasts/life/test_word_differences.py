"""Two wordings side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forecasts.views.word_differences import Piece, differences


def test_what_both_have_what_went_and_what_came():
    assert differences("The bridge stays closed until August.", "The old bridge stays shut until August.") == [
        Piece("same", "The"),
        Piece("added", " old"),
        Piece("same", " bridge stays "),
        Piece("removed", "closed"),
        Piece("added", "shut"),
        Piece("same", " until August."),
    ]


def test_from_nothing_everything_is_added_and_to_nothing_removed():
    assert (differences("", "it rains"), differences("it rains", "")) == (
        [Piece("added", "it rains")],
        [Piece("removed", "it rains")],
    )


@given(st.text(), st.text())
def test_the_pieces_are_both_wordings(old, new):
    pieces = differences(old, new)

    assert "".join(each.text for each in pieces if each.kind != "added") == old
    assert "".join(each.text for each in pieces if each.kind != "removed") == new


def test_words_that_follow_each_other_change_together():
    assert differences("stays closed until then", "is shut by then") == [
        Piece("removed", "stays closed until"),
        Piece("added", "is shut by"),
        Piece("same", " then"),
    ]
