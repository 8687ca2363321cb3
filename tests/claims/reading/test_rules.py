"""Every rule of every table finds its own example."""

import pytest

from claims.reading.figures import AFTER, BEFORE, find_figures
from claims.reading.measures import MEASURES
from claims.reading.measuring import CONSTRUCTIONS
from claims.reading.noncounts import NON_COUNTS, non_count
from claims.reading.numbers import read_number
from claims.reading.rules import RULES
from claims.reading.speakers import FRAME_RULES, find_frames
from claims.reading.stances import STANCES
from claims.reading.tenses import AGGREGATIONS
from claims.reading.tokens import tokenise


def named(rules, name="name"):
    return {"argvalues": rules, "ids": [getattr(rule, name) for rule in rules]}


@pytest.mark.parametrize("rule", **named(MEASURES))
def test_a_measure_is_read_from_its_example(rule, claims_of):
    assert [claim.measure for claim in claims_of(rule.example)] == [rule.measure]


@pytest.mark.parametrize("rule", **named(CONSTRUCTIONS))
def test_a_construction_finds_its_example(rule, claims_of):
    by_name = {"strength": ("strength_before", "strong"), "word_after": ("passive_after", "verb_after", "state_after")}
    found = {claim.rule for claim in claims_of(rule.example)}

    assert len(found & set(by_name.get(rule.name, (rule.name,)))) == 1


@pytest.mark.parametrize("rule", **named(RULES))
def test_a_rule_finds_its_example_under_its_name(rule, claims_of):
    assert [claim.rule for claim in claims_of(rule.example)][-1] == rule.name


@pytest.mark.parametrize("construction", **named(CONSTRUCTIONS))
def test_what_a_construction_finds_is_found_by_a_rule_of_the_table(construction, claims_of):
    assert {claim.rule for claim in claims_of(construction.example)} - {rule.name for rule in RULES} == set()


@pytest.mark.parametrize("rule", **named(NON_COUNTS))
def test_a_number_that_counts_nothing_is_left_out(rule, claims_of):
    tokens = tokenise(rule.example, 0, len(rule.example))
    kinds = {
        kind.name
        for at in range(len(tokens))
        if (number := read_number(tokens, at)) and (kind := non_count(tokens, number))
    }

    assert rule.name in kinds
    assert claims_of(rule.example) == ()


@pytest.mark.parametrize("rule", **named((*BEFORE, *AFTER)))
def test_a_qualifier_bounds_the_number_of_its_example(rule):
    tokens = tokenise(rule.example, 0, len(rule.example))
    values = {"high": (None, 300, None, False), "low": (300, None, None, False), "point": (None, None, 300, True),
              "near": (None, 300, 300, True), "exact": (300, 300, 300, False)}  # fmt: skip

    assert [(f.low, f.high, f.point, f.approximate) for f in find_figures(tokens)] == [values[rule.bound]]


@pytest.mark.parametrize("rule", **named(BEFORE))
def test_every_wording_of_a_qualifier_is_read(rule):
    for phrase in rule.phrases:
        text = f"{phrase} 300 soldiers"
        assert [figure.qualifier for figure in find_figures(tokenise(text, 0, len(text)))] == [phrase]


@pytest.mark.parametrize("rule", **named(STANCES, "stance"))
def test_a_stance_is_read_from_its_example(rule, claims_of):
    assert [(claim.speaker, claim.stance) for claim in claims_of(rule.example)] == [("The ministry", rule.stance)]


@pytest.mark.parametrize("rule", **named(FRAME_RULES))
def test_a_frame_is_found_in_its_example(rule):
    found = [frame.rule for frame in find_frames(tokenise(rule.example, 0, len(rule.example)))]

    assert [name for name in found if name.startswith(rule.name)][:1] != []


@pytest.mark.parametrize("rule", **named(AGGREGATIONS, "aggregation"))
def test_the_way_a_count_adds_up_is_read_from_its_example(rule, claims_of):
    assert [claim.aggregation for claim in claims_of(rule.example)] == [rule.aggregation]
