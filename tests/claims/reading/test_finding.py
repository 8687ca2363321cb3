"""What a claim holds beyond measure, subject and speaker; and what is asked of every text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.reading.finding import find_claims
from sources.reading.document_parts import Sentence, Span

NUMBERS = [
    ("up to 4,000 soldiers", None, 4000, None, False, "up to", ()),
    ("as many as 4,000 soldiers", None, 4000, None, False, "as many as", ()),
    ("no more than 4,000 soldiers", None, 4000, None, False, "no more than", ()),
    ("at least 4,000 soldiers", 4000, None, None, False, "at least", ()),
    ("over 4,000 soldiers", 4000, None, None, False, "over", ()),
    ("200-plus soldiers", 200, None, None, False, "plus", ()),
    ("200+ soldiers", 200, None, None, False, "plus", ()),
    ("about 4,000 soldiers", None, None, 4000, True, "about", ()),
    ("an estimated 4,000 soldiers", None, None, 4000, True, "an estimated", ()),
    ("nearly 4,000 soldiers", None, 4000, 4000, True, "nearly", ()),
    ("just under 4,000 soldiers", None, 4000, 4000, True, "just under", ()),
    ("close to 4,000 soldiers", None, 4000, 4000, True, "close to", ()),
    ("closer to 4,000 soldiers", None, None, 4000, True, "closer to", ()),
    ("between 300 and 400 soldiers", 300, 400, None, False, "between", ()),
    ("300 to 400 soldiers", 300, 400, None, False, None, ()),
    ("300–400 soldiers", 300, 400, None, False, None, ()),
    ("300-400 soldiers", 300, 400, None, False, None, ()),
    ("10-15,000 soldiers", 10_000, 15_000, None, False, None, ()),
    ("two to three thousand soldiers", 2000, 3000, None, False, None, ()),
    ("some 300 to 400 soldiers", 300, 400, None, True, "some", ()),
    ("300 soldiers", 300, 300, 300, False, None, ()),
    ("exactly 300 soldiers", 300, 300, 300, False, "exactly", ()),
    ("dozens of soldiers", 24, None, None, False, None, ("vague_number",)),
    ("scores of soldiers", 40, None, None, False, None, ("vague_number",)),
    ("hundreds of soldiers", 200, None, None, False, None, ("vague_number",)),
    ("thousands of soldiers", 2000, None, None, False, None, ("vague_number",)),
    ("tens of thousands of soldiers", 20_000, None, None, False, None, ("vague_number",)),
    ("hundreds of thousands of soldiers", 200_000, None, None, False, None, ("vague_number",)),
    ("several hundred soldiers", 200, None, None, False, None, ("vague_number",)),
    ("several soldiers", None, None, None, False, None, ("vague_number",)),
    ("a few soldiers", None, None, None, False, None, ("vague_number",)),
    ("many soldiers", None, None, None, False, None, ("vague_number",)),
    ("fewer than 300 soldiers", None, 300, None, False, "fewer than", ()),
    ("under 300 soldiers", None, 300, None, False, "under", ()),
    ("as few as 300 soldiers", 300, None, None, False, "as few as", ()),
    ("14 000 soldiers", 14_000, 14_000, 14_000, False, None, ()),
    ("14\u00a0000 soldiers", 14_000, 14_000, 14_000, False, None, ()),
    ("1.2 million soldiers", 1_200_000, 1_200_000, 1_200_000, False, None, ()),
    ("1.2m soldiers", 1_200_000, 1_200_000, 1_200_000, False, None, ()),
    ("4k soldiers", 4000, 4000, 4000, False, None, ()),
    ("two thousand soldiers", 2000, 2000, 2000, False, None, ()),
    ("two thousand three hundred and five soldiers", 2305, 2305, 2305, False, None, ()),
    ("a dozen soldiers", 12, 12, 12, False, None, ()),
    ("more than two dozen soldiers", 24, None, None, False, "more than", ()),
    ("half a million soldiers", 500_000, 500_000, 500_000, False, None, ()),
    ("a quarter of a million soldiers", 250_000, 250_000, 250_000, False, None, ()),
    ("two and a half million soldiers", 2_500_000, 2_500_000, 2_500_000, False, None, ()),
    ("twenty-three soldiers", 23, 23, 23, False, None, ()),
    ("nearly a thousand soldiers", None, 1000, 1000, True, "nearly", ()),
    ("up to about 300 soldiers", None, 300, None, True, "up to", ()),
    ("200-odd soldiers", None, None, 200, True, "odd", ()),
]


@pytest.mark.parametrize(("wording", "low", "high", "point", "approximate", "qualifier", "flags"), NUMBERS)
def test_a_wording_gives_its_numbers(wording, low, high, point, approximate, qualifier, flags, claims_of):
    found = [
        (c.value_low, c.value_high, c.value_point, c.approximate, c.qualifier, c.flags, c.subject)
        for c in claims_of(f"The raid killed {wording}.")
    ]

    assert found == [(low, high, point, approximate, qualifier, flags, "soldiers")]


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        (
            "On Friday, Kyiv said that at least 40 men were killed near Izium.",
            ["at least 40 men were killed near Izium"],
        ),
        ("Forty men were killed near Izium, Kyiv said.", ["Forty men were killed near Izium"]),
        (
            "Under the pact of May 2020 Norway deployed 1,960 guards.",
            ["Norway deployed 1,960 guards"],
        ),
        ("In the village soldiers killed 12 men.", ["In the village soldiers killed 12 men"]),
        (
            "On what was left on Monday the army spent 12 shells.",
            ["On what was left on Monday the army spent 12 shells"],
        ),
        ("Commandos landed on the ship and seized 25 sailors.", ["seized 25 sailors"]),
        ("The strike destroyed and killed 12 men.", ["The strike destroyed and killed 12 men"]),
        ("Some 34 people were killed and 94 wounded.", ["Some 34 people were killed", "94 wounded"]),
        ("The blast killed 12 men and wounded 30.", ["The blast killed 12 men", "wounded 30"]),
        (
            "Rebels destroyed 40 tanks and 12 trucks.",
            ["Rebels destroyed 40 tanks", "Rebels destroyed 40 tanks and 12 trucks"],
        ),
        (
            "Some 34 civilians and 12 soldiers were killed in Goma.",
            ["Some 34 civilians and 12 soldiers were killed in Goma", "12 soldiers were killed in Goma"],
        ),
        (
            "Kyiv counts 600 dead, although US estimates place the figure closer to 250.",
            ["600 dead", "US estimates place the figure closer to 250"],
        ),
    ],
)
def test_a_quote_is_the_smallest_clause_with_number_and_measure(sentence, quotes, claims_of):
    claims = claims_of(sentence)

    assert [claim.quote for claim in claims] == quotes
    assert len({(claim.start, claim.end) for claim in claims}) == len(claims)


@pytest.mark.parametrize(
    ("sentence", "measure", "flags"),
    [
        ("The army suffered 300 casualties.", "killed_or_wounded", ("ambiguous_measure",)),
        ("The army suffered 300 casualties, all of them deaths.", "killed", ()),
        ("The army suffered 300 losses.", "killed_or_wounded", ("ambiguous_measure",)),
        ("Dozens of casualties were reported.", "killed_or_wounded", ("vague_number", "ambiguous_measure")),
    ],
)
def test_casualties_are_ambiguous_unless_they_are_deaths(sentence, measure, flags, claims_of):
    assert [(claim.measure, claim.flags) for claim in claims_of(sentence)] == [(measure, flags)]


def test_a_second_estimate_inherits_measure_and_subject(claims_of):
    claims = claims_of("Kyiv says 600 guards were killed, although US estimates place the figure closer to 250.")

    assert [(c.measure, c.subject, c.unit, c.speaker, c.flags) for c in claims] == [
        ("killed", "guards", "people", "Kyiv", ()),
        ("killed", "guards", "people", "US", ("inherited_measure",)),
    ]


@pytest.mark.parametrize(
    ("sentence", "aggregation", "as_of"),
    [
        ("As of 3 May 2025, some 300 men had been killed.", None, date(2025, 5, 3)),
        ("As of May 3, 2025, some 300 men had been killed.", None, date(2025, 5, 3)),
        ("As of 31 February 2025, some 300 men had been killed.", None, None),
        ("As of Tuesday, some 300 men had been killed.", None, None),
        ("Some 300 men have been killed so far.", "cumulative", None),
        ("Some 300 men have been killed since 2022.", "cumulative", None),
        ("Another 300 men were killed.", "new", None),
        ("Some 300 men are still missing.", "stock", None),
        ("Some 300 men were killed.", None, None),
    ],
)
def test_aggregation_and_day_are_given_where_the_text_gives_them(sentence, aggregation, as_of, claims_of):
    assert [(claim.aggregation, claim.as_of) for claim in claims_of(sentence)] == [(aggregation, as_of)]


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("The raid killed 12 guards.", "people"),
        ("The raid killed 12.", "people"),
        ("The raid destroyed 12 tanks.", "tanks"),
        ("Berlin delivered 12 Leopard 2 tanks.", "tanks"),
        ("The raid destroyed 12.", None),
    ],
)
def test_the_unit_is_people_or_the_thing_itself(sentence, unit, claims_of):
    assert [claim.unit for claim in claims_of(sentence)] == [unit]


def test_the_verb_is_as_written(claims_of):
    assert [c.verb for c in claims_of("Kyiv estimates that 300 men died.")] == ["estimates"]
    assert [c.verb for c in claims_of("According to Kyiv, 300 men died.")] == ["according to"]
    assert [c.verb for c in claims_of("Some 300 men died.")] == [None]


def test_a_number_inside_a_forecast_is_no_claim():
    text = "The raid killed 12 men. It is likely to displace at least 50,000 people. Some 40 men fled."
    sentences = [
        Sentence(0, 23, "body", None, 0),
        Sentence(24, 72, "body", None, 0),
        Sentence(73, len(text), "body", None, 0),
    ]

    found = find_claims(text, sentences, forecasts=[Span(24, 72)])

    assert [(claim.as_written, claim.start, claim.end) for claim in found] == [("12", 0, 22), ("Some 40", 73, 89)]


def test_a_speaker_never_reaches_the_next_sentence():
    text = "Kyiv said 12 men died. Some 40 men fled."
    sentences = [Sentence(0, 22, "body", None, 0), Sentence(23, len(text), "body", None, 0)]

    assert [claim.speaker for claim in find_claims(text, sentences, forecasts=[])] == ["Kyiv", None]


WORDS = st.sampled_from(
    "Kyiv the officials said say that killed wounded 12 4,000 3.5 at least as many as up to between and or , . ; ( ) “ ” – soldiers "
    "tanks of were been according to according estimates estimate place figure closer including while which denies 2 May 2025 hundreds "
    "thousands dozens several a few KN-23 3-12 months 40% $ casualties deaths toll rose reportedly by with putting adding fired lost ' "
    "number 's over -plus plus 300-strong who not will force in US (US) one two million".split()
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_quote_is_where_it_says(text):
    found = find_claims(text, [Sentence(0, len(text), "body", None, 0)], forecasts=[])

    assert all(text[claim.start : claim.end] == claim.quote for claim in found)
    assert all(claim.as_written in text for claim in found)
    assert len({(claim.start, claim.end) for claim in found}) == len(found)


@pytest.mark.parametrize(
    "piece",
    [
        "300 men ", "said ", ", including 12 ", "1,000", "according to ", "a ", "(", "“300” ", "two hundred and ", "up to ",
        "1 ", "9", "- ", "killed ", "he said 300 men were killed and ", "US (US) ", "as of 3 May 2025 ", "put 3 men at ",
    ],
)  # fmt: skip
def test_a_long_run_of_one_piece_is_read_to_its_end_and_is_no_sentence(piece):
    run = piece * (40_000 // len(piece))
    text = f"{run}. The raid killed 12 men."
    sentences = [Sentence(0, len(run) + 1, "body", None, 0), Sentence(len(run) + 2, len(text), "body", None, 1)]

    found = find_claims(text, sentences, forecasts=[])

    assert (found[-1].quote, found[-1].measure, found[-1].value_point) == ("The raid killed 12 men", "killed", 12)
    assert all(text[claim.start : claim.end] == claim.quote for claim in found)


def test_a_table_without_full_stops_counts_nothing():
    row = "Kharkiv 12 tanks 14 guns 300 men "

    assert find_claims(row * 30, [Sentence(0, len(row) * 30, "body", None, 0)], forecasts=[]) == ()
