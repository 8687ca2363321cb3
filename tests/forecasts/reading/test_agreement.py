"""Singular or plural, and the verb that goes with it."""

from __future__ import annotations

import pytest

from forecasts.reading.agreement import base_of, finite, number_of, third_person, with_further_verbs


@pytest.mark.parametrize(
    "subject",
    [
        "The mill", "Caracas", "Honduras", "Cyprus", "Laos", "Hamas", "The United States", "The Netherlands", "The Philippines", "The UN",
        "The United Arab Emirates", "The Lakes Union", "The Solidarity and Development Party", "Trinidad and Tobago", "Fighting in the towns",
        "One of the mills", "Either side", "Each mill and dam", "Most of the grain", "The number of refugees", "A crisis", "The news", "The army's return",
        "In the coming weeks, the mill", "The dam, one of five,", "President Harris", "The U.S.", "",
    ],
)  # fmt: skip
def test_these_are_singular(subject):
    assert number_of(subject) == "singular"


@pytest.mark.parametrize(
    "subject",
    [
        "The mills", "The Houthis", "Houthis", "The Taliban", "People", "Most of the people who fled", "Norvan and Orlia", "The army and police",
        "The army and its allies", "Both the army and the junta", "Talks", "Militias", "The two Koreas", "Two states", "14 states", "They",
        "France and the European Union", "Half of the mills", "Costs of grain", "A number of mills", "In June, the mills", "Grain and oil prices",
        "Most Israelis", "The Kurds", "The Koreas",
    ],
)  # fmt: skip
def test_these_are_plural(subject):
    assert number_of(subject) == "plural"


@pytest.mark.parametrize(
    "subject", ["The oil and gas sector", "The head of the army and the chief of staff", "Hondo Lines"]
)
def test_these_could_be_either(subject):
    assert number_of(subject) is None


@pytest.mark.parametrize(
    ("verb", "form"),
    [("pass", "passes"), ("carry", "carries"), ("stay", "stays"), ("veto", "vetoes"), ("have", "has"), ("close", "closes"), ("do", "does")],
)  # fmt: skip
def test_the_third_person_of(verb, form):
    assert third_person(verb) == form


@pytest.mark.parametrize(
    ("verb", "number", "negated", "form"),
    [
        ("be", "singular", False, "is"),
        ("be", "plural", True, "are not"),
        ("leave", "singular", True, "does not leave"),
        ("leave", "plural", True, "do not leave"),
        ("leave", "plural", False, "leave"),
        ("leave", None, False, "will leave"),
        ("leave", None, True, "will not leave"),
    ],
)
def test_the_verb_agrees_and_what_cannot_be_known_stays_in_the_future(verb, number, negated, form):
    assert finite(verb, number=number, negated=negated) == form


@pytest.mark.parametrize(
    ("gerund", "verb"),
    [("taking", "take"), ("winning", "win"), ("signing", "sign"), ("falling", "fall"), ("xing", None)],
)
def test_the_verb_of_a_gerund(gerund, verb):
    assert base_of(gerund) == verb


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (" the pact and ratify it", " the pact and ratifies it"),
        (" the pact and the treaty", " the pact and the treaty"),
        (" the pact or to leave", " the pact or leaves"),
        (" the pact nor likely to leave", " the pact or leaves"),
        (" the pact and withdraw from Orlia", " the pact and withdraws from Orlia"),
        (" the pact and attack convoys", " the pact and attack convoys"),
        (" the pact and leave", " the pact and leaves"),
        (" the pact and leave Orlia", " the pact and leaves Orlia"),
        (" the pact and stop paying dues", " the pact and stops paying dues"),
        (" tanks and troops in Orlia", " tanks and troops in Orlia"),
        (" men who stay and leave", " men who stay and leave"),
        (" a pact signed and sealed the", " a pact signed and sealed the"),
        (" a pact and to the north", " a pact and to the north"),
    ],
)
def test_verbs_joined_to_the_first_take_its_form(rest, told):
    assert with_further_verbs(rest, number="singular", negated=False) == told


def test_after_a_plural_or_a_not_a_further_verb_stays_as_it_is():
    assert with_further_verbs(" the pact or to leave", number="plural", negated=False) == " the pact or leave"
    assert with_further_verbs(" the pact or ratify it", number="singular", negated=True) == " the pact or ratify it"
