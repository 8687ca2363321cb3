"""Events, shapes and triage as they are proposed to the analyst."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.finding import find_forecasts
from forecasts.reading.proposing import propose_event, propose_shape, propose_triage
from forecasts.yardsticks.scales import get
from sources.reading.parting import read_parts


def first_found(sentence: str):
    parts = read_parts(f"The dam\n\n2 May 2025\n\nForecast\n\nShort-term (Now - 3 months)\n\n- {sentence}\n")
    return find_forecasts(parts, published_on=date(2025, 5, 2), yardstick=get("phia-2025"))[0], parts


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("There is a realistic possibility that the mill could close.", "The mill closes"),
        ("There is a realistic possibility of a strike at the mill.", "A strike happens at the mill"),
        ("There is a 60 percent chance of a strike before June.", "A strike happens before June"),
        ("There is a one in four chance that the mill closes.", "The mill closes"),
        ("The probability that the mill will close is 65 percent.", "The mill closes"),
        ("We put the chance of a strike at 20 percent before June.", "A strike happens before June"),
        ("The ban is likely to encourage other states.", "The ban encourages other states"),
        ("The fronts are unlikely to have significant changes.", "The fronts have significant changes"),
        ("The deal is likely to be signed.", "The deal is signed"),
        ("The deals are likely to be signed.", "The deals are signed"),
        ("It is highly likely that the ban would break the truce.", "The ban breaks the truce"),
        ("It is likely that talks will resume.", "Talks resume"),
        ("The truce will probably not hold.", "The truce does not hold"),
        ("The truces will probably not hold.", "The truces do not hold"),
        ("The truce is likely not to hold.", "The truce does not hold"),
        ("The deal will probably not be signed.", "The deal is not signed"),
        ("The truce is not likely to hold.", "The truce holds"),
        ("The army is unlikely to carry on.", "The army carries on"),
        ("The army is unlikely to push south.", "The army pushes south"),
        ("Neither Niger nor Mali is likely to rejoin.", "Either Niger or Mali rejoins"),
        ("A ceasefire is unlikely before June.", "A ceasefire happens before June"),
        ("A new deal is a realistic possibility.", "A new deal happens"),
        ("If the dam breaks, floods are likely to follow.", "Floods follow"),
        ("Floods are likely to follow if the dam breaks.", "Floods follow"),
        ("The junta may go.", "The junta goes"),
        ("It cannot be ruled out that the junta falls.", "The junta falls"),
        ("A defeat cannot be ruled out.", "A defeat happens"),
        (
            "The junta cannot be expected to yield, but it may fall.",
            "The junta is not expected to yield, but it may fall",
        ),
        ("However, the junta won't fall.", "The junta does not fall"),
        ("We assess that the junta is **likely** (60%) to fall.", "The junta falls"),
        ("Likely: the junta falls.", "The junta falls"),
        ("Base case (60%): the junta stays on.", "The junta stays on"),
        ("Mali and Niger will leave.", "Mali and Niger leave"),
        ("They may leave.", "They leave"),
        ("It is likely that the junta falls by 1 May 2027.", "The junta falls by 1 May 2027"),
        ("In May the council may meet.", "In May the council meets"),
        ("There remains a risk of floods.", "There remains a risk of floods"),
        ("Probably the junta will fall.", "The junta falls"),
    ],
)
def test_the_event_is_the_statement_without_its_likelihood(sentence, event):
    assert propose_event(*first_found(sentence)) == event


@pytest.mark.parametrize(
    ("event", "shape"),
    [
        ("The truce holds", "holds_throughout"),
        ("The ban remains in place", "holds_throughout"),
        ("Fighting continues", "holds_throughout"),
        ("The mill stays shut", "holds_throughout"),
        ("The mill is open on 30 June", "true_on"),
        ("The mill closes", "happens_by"),
    ],
)
def test_the_shape_follows_the_verb(event, shape):
    assert propose_shape(event) == shape


@pytest.mark.parametrize(
    ("sentence", "triage"),
    [
        ("The mill is likely to close.", "gradable"),
        ("The mill is likely to suffer significant losses.", "needs_criteria"),
        ("Aid is likely to come and the camp is unlikely to grow.", "needs_criteria"),
        ("The mill may close.", "assessment"),
        ("The mill is very likely to close.", "assessment"),
        ("The mill is very likely (85%) to close.", "gradable"),
        ("The ban is likely to break a taboo.", "assessment"),
        ("The ban is likely to set a precedent.", "assessment"),
        ("The ban is likely to encourage other states, diminishing the stigma of such deals.", "gradable"),
        ("The ban is likely to diminish the stigma of such deals.", "assessment"),
    ],
)
def test_triage_asks_what_can_be_observed(sentence, triage):
    assert propose_triage(first_found(sentence)[0]) == triage
