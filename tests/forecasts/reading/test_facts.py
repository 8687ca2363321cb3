"""What speaks of the future in the forecast section, and what only supports it."""

from __future__ import annotations

import pytest

from forecasts.reading.finding import find_forecasts
from forecasts.yardsticks.scales import DEFAULT
from sources.reading.parting import read_parts

OF_THE_FUTURE = [
    "The mill will close.",
    "The mill won't reopen.",
    "The mill may close.",
    "The mill might close.",
    "The mill could close.",
    "A closure cannot be ruled out.",
    "A closure can't be ruled out.",
    "We cannot rule out a closure.",
    "A closure is possible.",
    "A closure remains possible.",
    "A closure is expected.",
    "The mill is expected to close.",
    "We expect the mill to close.",
    "We expect a closure.",
    "Expect the mill to close.",
    "The mill is set to close.",
    "The mill is going to close.",
    "The mill is about to close.",
    "There is a risk that the mill closes.",
    "There is a risk of closure.",
    "The risk of a closure will grow.",
    "The mill shall close.",
    "The mill will have closed by June.",
    "Prices will continue to rise.",
    "It is possible that the mill will close.",
    "The mill can be expected to close.",
    "The mill would close if it rained.",
    "The mill is poised to close.",
    "The mill is bound to close.",
    "The mill is sure to close.",
    "The mill is due to close in June.",
    "The mill'll close.",
    "The mills will neither close nor move.",
    "A closure looms.",
    "The vote threatens to split the party.",
    "Watch for the mill to close.",
    "The mill is projected to close.",
    "The mill is forecast to close.",
    "The mill is predicted to close.",
    "The mill is anticipated to close.",
    "We anticipate that the mill closes.",
    "We foresee a closure.",
    "The prospect of a closure remains.",
    "The mill may or may not close.",
    "In the longer run the mill may have to close.",
    "Mr Will may leave.",
    "May will be wet.",
    "There is no prospect of a deal.",
    "A deal is conceivable.",
    "A deal is doubtful.",
]
SUPPORTING = [
    "The mill closed in May.",
    "The mill is closed.",
    "The mill has been closed since May.",
    "The mill was to close in June.",
    "The crew may have fled.",
    "The crew could have fled.",
    "The crew might have been warned.",
    "The will of the people is strong.",
    "His last will was read.",
    "He is willing to talk.",
    "The mill had been expected to close.",
    "The mill was expected to close.",
    "Could the mill close?",
    "The party holds 40 seats.",
    "The mill would have closed.",
    "The talks are under way.",
    "Both sides say that they want peace.",
    "The minister said he would resign.",
    "The minister said that the mill would close.",
    "The treaty allows the army to act.",
    "The mill has to pay 3 million.",
    "The army can strike from the air.",
    "Turkey can veto the deal.",
    "The mill cannot pay its debts.",
    "They are considering a ban.",
    "The option exists.",
    "Its men are tired.",
    "The law lets the mill close.",
    "A vote is planned for June.",
    "Talks are scheduled for June.",
    "The goodwill of the port is spent.",
    "The minister May Jones resigned.",
]


def read_in_forecast(sentence: str):
    parts = read_parts(f"The mill\n\n2 May 2025\n\nForecast\n\n{sentence}\n")
    return find_forecasts(parts, published_on=parts.published_on, yardstick=DEFAULT)


@pytest.mark.parametrize("sentence", OF_THE_FUTURE)
def test_a_sentence_about_the_future_is_an_unquantified_forecast(sentence):
    assert [(each.rule, "unquantified" in each.flags) for each in read_in_forecast(sentence)] == [
        ("forecast_section", True)
    ]


@pytest.mark.parametrize("sentence", SUPPORTING)
def test_a_sentence_about_the_past_or_the_present_supports(sentence):
    assert read_in_forecast(sentence) == ()
