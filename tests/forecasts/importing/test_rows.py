"""What a row says, and everything that may be wrong with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.choices import Outcome, Shape
from forecasts.importing import values
from forecasts.importing.columns import COLUMNS, KNOWN, NEEDED
from forecasts.importing.rows import ImportedJudgement, likelihood_in, read_row
from forecasts.importing.values import CellRefused
from forecasts.yardsticks.band import Band
from forecasts.yardsticks.scales import DEFAULT, ICD_203, KENT_1964
from sources.importing.tables import RawRow

TODAY = date(2026, 3, 1)


def read(**cells: str) -> ImportedJudgement | list:
    usual = {"statement": "The bridge opens to traffic.", "made_on": "2025-05-02"}
    given_cells = {name: cell for name, cell in (usual | cells).items() if cell}
    return read_row(RawRow(7, given_cells), on=TODAY)


def right(**cells: str) -> ImportedJudgement:
    row = read(**cells)
    assert isinstance(row, ImportedJudgement), row
    return row


def wrong(**cells: str) -> list[tuple[str, str]]:
    problems = read(**cells)
    assert isinstance(problems, list), problems
    assert {problem.line for problem in problems} == {7}
    return [(problem.column, problem.reason) for problem in problems]


def refusal(call, *arguments) -> str:
    with pytest.raises(CellRefused) as caught:
        call(*arguments)
    return caught.value.reason


def test_the_columns_are_those_that_were_agreed_and_their_examples_make_a_row_that_is_right():
    agreed = (
        "external_id, statement, event, shape, made_on, opens_on, closes_on, author, yardstick, term, probability,"
        " confidence, rationale, outcome, known_on, evidence_url, topics, countries"
    )
    assert ", ".join(KNOWN) == agreed
    assert NEEDED == ("statement", "made_on")
    row = right(**{column.name: column.example for column in COLUMNS})
    assert (row.term, row.probability, row.outcome, row.countries) == ("likely", 0.6, "occurred", ["GB", "FR"])


def test_a_statement_and_a_day_are_enough():
    row = right()
    assert row == ImportedJudgement(
        line=7,
        statement="The bridge opens to traffic.",
        event="The bridge opens to traffic.",
        made_on=date(2025, 5, 2),
    )
    assert not row.has_chance


def test_without_them_there_is_no_row():
    assert wrong(statement="", made_on="") == [
        ("statement", "It is empty, and every row needs it."),
        ("made_on", "It is empty, and every row needs it."),
    ]


def test_all_that_is_wrong_is_told_at_once():
    columns = [column for column, _ in wrong(made_on="soon", term="perhaps", countries="Narnia", outcome="yes")]
    assert columns == ["made_on", "outcome", "countries", "term"]


# --- Days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("2025-05-13", "20250513", "2025-05-13 00:00:00", "2025-05-13T00:00Z", "2025/05/13"),
        *("13 May 2025", "May 13, 2025", "13th of May 2025", "13/05/2025", "05/13/2025", "13.5.2025"),
    ],
)
def test_a_day_may_be_written_in_any_way_that_means_one(text):
    assert values.day(text) == date(2025, 5, 13)


@pytest.mark.parametrize("text", ["03/04/2025", "4.3.2025", "31 February 2025"])
def test_a_day_that_may_be_another_is_refused(text):
    assert refusal(values.day, text) == f"“{text}” may mean more than one day, or none. Write it as YYYY-MM-DD."


@pytest.mark.parametrize("text", ["May 2025", "soon", "2025-05-13T14:30", "45000", "on 13 May 2025", "2025-02-30"])
def test_what_is_no_day_is_refused(text):
    assert refusal(values.day, text).startswith(f"“{text}” ")


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01"])
def test_days_far_off_are_refused(text):
    assert refusal(values.day, text) == f"“{text}” lies outside the years 1900 to 2199."


@given(st.dates(values.EARLIEST, values.LATEST))
def test_every_day_in_iso_form_is_itself(day):
    assert values.day(day.isoformat()) == day


def test_the_window_opens_when_it_was_made_and_does_not_close_before():
    assert wrong(closes_on="2025-05-01") == [("closes_on", "The window closes before it opens (2025-05-02).")]
    assert wrong(opens_on="2025-06-01", closes_on="2025-05-31") == [
        ("closes_on", "The window closes before it opens (2025-06-01).")
    ]
    assert right(closes_on="2025-05-02").closes_on == date(2025, 5, 2)


def test_nothing_is_made_in_the_future():
    assert wrong(made_on="2026-03-02") == [("made_on", "A forecast is not made in the future.")]


# --- Chances --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0.6", 0.6),
        ("0,6", 0.6),
        ("60%", 0.6),
        ("62,5 %", 0.625),
        ("1 %", 0.01),
        ("100%", 1.0),
        ("1.0", 1.0),
        ("0", 0.0),
    ],
)
def test_a_probability_is_a_share_or_has_its_sign(text, share):
    assert values.probability(text) == share


@pytest.mark.parametrize("text", ["60", "1", "2", "1.5"])
def test_a_bare_number_that_could_be_meant_in_two_ways_is_refused(text):
    reason = f"“{text}” could be meant in two ways. Write it as a share (0.6) or with its sign ({text}%)."
    assert refusal(values.probability, text) == reason


@pytest.mark.parametrize("text", ["55-75%", "-0.2", "likely", "%", "0.6.1", "101%", "nan", "inf", "1e-3", "٠.٦"])
def test_what_is_no_probability_is_refused(text):
    assert refusal(values.probability, text)


@given(st.floats(0, 1).map(lambda share: round(share, 6)))
def test_a_share_or_its_percentage_is_that_share(share):
    if share < 1:
        assert values.probability(f"{share:.6f}") == share
    assert abs(values.probability(f"{share * 100:.6f}%") - share) < 1e-7


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [
        ("likely", DEFAULT, ("likely", False)),
        ("Highly Likely", DEFAULT, ("highly_likely", False)),
        ("highly_likely", DEFAULT, ("highly_likely", False)),
        ("probably", DEFAULT, ("likely", False)),
        ("not likely", DEFAULT, ("likely", True)),
        ("almost certainly not", KENT_1964, ("almost_certainly_not", False)),
        ("remote", ICD_203, ("almost_no_chance", False)),
    ],
)
def test_a_term_is_known_by_its_slug_and_by_its_words(text, scale, expected):
    term, negated = values.term(text, scale)
    assert (term.slug, negated) == expected


def test_a_term_of_another_yardstick_says_of_which():
    assert refusal(values.term, "very unlikely", DEFAULT) == (
        "“very unlikely” is no term of phia-2025. Its terms are: remote chance, highly unlikely, unlikely, realistic"
        " possibility, likely, highly likely, almost certain. It is one of icd-203, ipcc-ar5; name that in the column"
        " yardstick."
    )
    assert refusal(values.term, "not highly likely", DEFAULT).startswith("“not highly likely” is no term of phia-2025.")


def test_the_yardstick_is_that_of_the_row_and_goes_with_a_term_alone():
    row = right(yardstick="ICD-203", term="very unlikely")
    assert (row.yardstick, row.term, row.term_text) == ("icd-203", "very_unlikely", "very unlikely")
    assert right(yardstick="icd-203", probability="60%").yardstick == ""
    assert [column for column, _ in wrong(yardstick="tarot")] == ["yardstick"]


def test_a_negated_term_is_written_without_its_not():
    row = right(term="Not likely")
    assert (row.term, row.term_text, row.negated, row.band) == ("likely", "likely", True, Band(0.25, 0.45))


@pytest.mark.parametrize(
    ("statement", "term", "negated"),
    [
        ("The bridge is likely to open.", "likely", False),
        ("The bridge is not likely to open.", "likely", True),
        ("The bridge may open.", "", False),
        ("The bridge is likely to open, and unlikely to close.", "", False),
    ],
)
def test_without_a_chance_of_its_own_a_row_has_the_one_term_of_its_statement(statement, term, negated):
    row = right(statement=statement)
    assert (row.term, row.negated, row.has_chance) == (term, negated, bool(term))


def test_a_chance_of_its_own_counts_before_the_statement():
    assert right(statement="The bridge is likely to open.", probability="80%").term == ""
    assert right(statement="The bridge is likely to open.", term="unlikely").term == "unlikely"


# --- Event, shape, outcome ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("The bridge opens to traffic.", ""),
        ("The bridge is likely to open.", "likely"),
        ("There is a 60% chance that the bridge opens.", "a 60%"),
        ("Inflation stays above 5 per cent.", ""),
    ],
)
def test_the_event_is_the_statement_where_that_has_no_likelihood(statement, words):
    assert likelihood_in(statement) == words
    assert right(statement=statement).event == ("" if words else statement)


def test_an_outcome_needs_the_event_that_it_is_of():
    said = {"statement": "The bridge is unlikely to open.", "closes_on": "2025-08-01", "outcome": "occurred"}
    assert wrong(**said) == [
        ("event", "The statement says how likely it is (“unlikely”). Write down the event that has this outcome.")
    ]
    assert right(**said, event="The bridge opens").outcome == "occurred"


def test_the_shape_is_told_from_the_verb_unless_it_is_given():
    assert right(statement="The ceasefire holds.").shape == Shape.HOLDS_THROUGHOUT
    assert right(statement="The ceasefire holds.", shape="True on").shape == Shape.TRUE_ON
    assert wrong(shape="round") == [("shape", "“round” is none of: happens_by, holds_throughout, true_on.")]


@pytest.mark.parametrize("outcome", Outcome)
def test_all_outcomes_come_in_by_slug_and_by_words(outcome):
    for text in (outcome.value, outcome.value.replace("_", " ").upper(), str(outcome.label)):
        assert right(closes_on="2025-08-01", outcome=text).outcome == outcome


def test_an_outcome_becomes_known_on_the_day_after_the_window_unless_said_otherwise():
    assert right(closes_on="2025-08-01", outcome="did not occur").known_on == date(2025, 8, 2)
    assert right(closes_on="2025-08-01", outcome="occurred", known_on="2025-06-01").known_on == date(2025, 6, 1)
    assert wrong(outcome="occurred") == [
        ("known_on", "Without a closing date, say on which day the outcome became known.")
    ]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"closes_on": "2026-03-01"}, "known_on", "The outcome lies in the future (2026-03-02)."),
        ({"known_on": "2026-04-01"}, "known_on", "The outcome lies in the future (2026-04-01)."),
        (
            {"known_on": "2025-05-01"},
            "known_on",
            "It lies before the window opens; what happened then does not count.",
        ),
        (
            {"opens_on": "2025-01-01", "known_on": "2025-04-01"},
            "made_on",
            "The outcome was known by then (2025-04-01).",
        ),
    ],
)
def test_a_day_on_which_it_cannot_have_become_known_is_refused(cells, column, reason):
    assert wrong(outcome="occurred", **cells) == [(column, reason)]


@pytest.mark.parametrize(
    ("shape", "outcome", "early"),
    [
        ("happens_by", "occurred", True),
        ("happens_by", "did_not_occur", False),
        ("holds_throughout", "did_not_occur", True),
        ("holds_throughout", "occurred", False),
        ("true_on", "occurred", False),
        ("true_on", "did_not_occur", False),
        ("true_on", "void", True),
    ],
)
def test_what_may_be_settled_early_follows_from_the_shape(shape, outcome, early):
    cells = {"shape": shape, "outcome": outcome, "closes_on": "2025-08-01"}
    assert right(**cells, known_on="2025-08-01").known_on == date(2025, 8, 1)
    if early:
        assert right(**cells, known_on="2025-07-31").known_on == date(2025, 7, 31)
    else:
        assert [column for column, _ in wrong(**cells, known_on="2025-07-31")] == ["known_on"]


def test_what_belongs_to_an_outcome_needs_one():
    assert wrong(known_on="2025-08-01") == [("known_on", "There is no outcome to go with it.")]
    assert wrong(evidence_url="https://example.org") == [("evidence_url", "There is no outcome to go with it.")]


# --- The other columns ----------------------------------------------------------------------------------------------


def test_lists_have_semicolons_and_countries_have_codes():
    row = right(topics="#water; Local  politics;;water", countries="gb; France ;FRA")
    assert (row.topics, row.countries) == (["water", "Local politics"], ["GB", "FR"])


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("author", "Ada; Ben"),
        ("author", "x" * 201),
        ("external_id", "x" * 201),
        ("topics", "x" * 61),
        ("confidence", "very"),
        ("statement", "x" * 5_001),
    ],
)
def test_what_does_not_fit_is_refused(column, text):
    assert [name for name, _ in wrong(**{column: text})] == [column]


@pytest.mark.parametrize(
    "text", ["example.org", "ftp://example.org", "javascript:alert(1)", f"https://a.org/{'x' * 1000}"]
)
def test_evidence_is_a_web_address(text):
    cells = {"outcome": "occurred", "known_on": "2025-06-01"}
    assert [column for column, _ in wrong(evidence_url=text, **cells)] == ["evidence_url"]


def test_confidence_is_one_of_three():
    assert right(confidence="High confidence").confidence == "high"


def test_a_row_at_fault_as_a_whole_is_not_read_any_further():
    assert [problem.reason for problem in read_row(RawRow(3, {"made_on": "soon"}, (("", "ragged"),)), on=TODAY)] == [
        "ragged"
    ]


def test_a_cell_at_fault_is_told_once():
    problems = read_row(RawRow(3, {"statement": "=A1", "made_on": "2025-01-01"}, (("statement", "formula"),)), on=TODAY)
    assert [(problem.column, problem.value, problem.reason) for problem in problems] == [
        ("statement", "=A1", "formula")
    ]


def test_rows_without_a_name_are_told_apart_by_what_they_say():
    assert right(external_id="F7").key == "F7"
    assert right().key == right().key
    others = [
        right(author="Ada"),
        right(made_on="2025-05-03"),
        right(statement="Another."),
        right(closes_on="2025-08-01"),
    ]
    assert len({right().key, *(row.key for row in others)}) == 5


CELLS = st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in KNOWN})
LIKELY = st.fixed_dictionaries(
    {"statement": st.just("It opens."), "made_on": st.dates(date(2020, 1, 1), TODAY + timedelta(9)).map(str)},
    optional={
        "term": st.sampled_from(["likely", "not likely", "remote", "perhaps"]),
        "probability": st.sampled_from(["0.3", "30%", "30", "1"]),
        "closes_on": st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(str),
        "outcome": st.sampled_from(["occurred", "did_not_occur", "void", "won"]),
        "known_on": st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(str),
    },
)


@given(CELLS | LIKELY)
def test_every_row_is_right_or_says_what_is_wrong(cells):
    row = read_row(RawRow(2, {name: cell for name, cell in cells.items() if cell}), on=TODAY)
    if isinstance(row, list):
        assert row
        assert all(problem.reason and problem.column in ("", *KNOWN) for problem in row)
        return
    assert row.statement
    assert values.EARLIEST <= row.made_on <= TODAY
    assert row.closes_on is None or row.closes_on >= (row.opens_on or row.made_on)
    if row.outcome:
        assert row.event
        assert row.made_on <= row.known_on <= TODAY
