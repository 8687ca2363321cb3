"""Sentences with numbers that count nothing: dates, money, shares, names, plans."""

import pytest

SENTENCES = [
    "The council demanded it in resolution 2773 of 21 February.",
    "The treaty was signed on 2 May 2025.",
    "In 2014 soldiers were sent to Crimea.",
    "Soldiers aged 18 to 27 were conscripted.",
    "A 34-year-old soldier was killed.",
    "Soldiers of the 93rd Brigade were killed.",
    "Output at the plant fell 40 percent after workers were arrested.",
    "Two thirds of the soldiers were killed.",
    "One in four soldiers was wounded.",
    "Both soldiers were killed.",
    "One of the soldiers was killed.",
    "Berlin provided Ukraine with $300 million.",
    "The EU sent 50 billion euros to Kyiv.",
    "Troops were deployed 40 km from the border.",
    "Police seized 12 tonnes of cocaine.",
    "The plant lost 300 MW of capacity.",
    "How many took part is another matter.",
    "Nobody knows how many have died.",
    "The council voted by 27 to 12 against it.",
    "Fighting will last 3-12 months.",
    "The move would break a 30-year taboo.",
    "Under Article 5 allies send soldiers.",
    "Resolution 1701 was never enforced by soldiers.",
    "The image is licensed CC-BY 3.0.",
    "Iran supplied KN-23 and F-16 parts.",
    "The army deployed T-72 tanks.",
    "Leaders of the two countries met.",
    "There are three reasons for this.",
    "The 27 member states agreed.",
    "Moscow plans to send 5,000 soldiers.",
    "The famine could displace 50,000 people.",
    "The strike killed a guard [3].",
    "The motion passed by 14 votes to 1.",
    "The Five Eyes partners sent a note.",
    "Soldiers were on patrol for 48 hours.",
    "The shell hit the post at 14:30.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_number_that_counts_nothing_is_no_claim(sentence, claims_of):
    assert claims_of(sentence) == ()
