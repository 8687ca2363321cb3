"""Events, shapes and triage as they are proposed to the analyst."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.events import CONSTRUCTIONS, WITHOUT_TERM
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
        ("There remains a risk of floods.", "Floods happen"),
        ("Probably the junta will fall.", "The junta falls"),
        ("It is highly likely that Norvan and Orlia will renew their pact.", "Norvan and Orlia renew their pact"),
        (
            "It is almost certain that the Union Solidarity and Development Party will win the vote.",
            "The Union Solidarity and Development Party wins the vote",
        ),
        (
            "High freight and insurance costs might outlast the truce.",
            "High freight and insurance costs outlast the truce",
        ),
        (
            "It is unlikely that both the United States and the European Union will lift sanctions.",
            "Both the United States and the European Union lift sanctions",
        ),
        ("The Houthis will probably hit a tanker.", "The Houthis hit a tanker"),
        ("It is likely that the Houthis could hit a tanker.", "The Houthis hit a tanker"),
        ("Most of the people who fled will probably not return.", "Most of the people who fled do not return"),
        ("Caracas will probably keep the claim alive.", "Caracas keeps the claim alive"),
        ("No nationwide ceasefire is likely to be signed.", "A nationwide ceasefire is signed"),
        ("No nationwide ceasefire will likely be signed.", "A nationwide ceasefire is signed"),
        ("The Taliban will likely ban the group.", "The Taliban ban the group"),
        ("Honduras will probably switch recognition.", "Honduras switches recognition"),
        ("Laos might join the scheme.", "Laos joins the scheme"),
        ("The Philippines could lodge a protest.", "The Philippines lodges a protest"),
        ("The United Arab Emirates may pull out.", "The United Arab Emirates pulls out"),
        ("The Maldives will likely hold talks.", "The Maldives holds talks"),
        (
            "The parliament is likely to pass the bill and send it to the king.",
            "The parliament passes the bill and sends it to the king",
        ),
        ("The parliament is likely to amend the bill and the budget.", "The parliament amends the bill and the budget"),
        (
            "The junta will probably arrest its rivals and hold on to power.",
            "The junta arrests its rivals and holds on to power",
        ),
        ("The government will almost certainly be able to pay.", "The government is able to pay"),
        ("The minister may well resign.", "The minister resigns"),
        ("The deal will almost certainly never be ratified.", "The deal is never ratified"),
        ("If the talks fail, a new offensive is likely (60%).", "A new offensive happens"),
        ("A new offensive is likely [60%] if the talks fail.", "A new offensive happens"),
        ("There is a realistic possibility (45%) that, if talks fail, Norvan will attack.", "Norvan attacks"),
        ("There is a 30% chance of Norvan closing the strait.", "Norvan closing the strait happens"),
        ("Norvan has a 30 percent chance of winning the seat.", "Norvan wins the seat"),
        ("The odds of a coup before June are about 1 in 5.", "A coup happens before June"),
        ("The probability of a coup is 20 percent.", "A coup happens"),
        (
            "Fighting in the east and in the south will likely continue.",
            "Fighting in the east and in the south continues",
        ),
        (
            "The head of Norvan and the president of Orlia will probably meet.",
            "The head of Norvan and the president of Orlia will meet",
        ),
        ("The oil and gas sector will probably shrink.", "The oil and gas sector will shrink"),
        ("The army and police will likely clash.", "The army and police clash"),
        ("Talks will likely resume.", "Talks resume"),
        ("Militias will probably attack.", "Militias attack"),
        ("Further sanctions remain unlikely.", "Further sanctions happen"),
        ("Sanctions relief is a remote chance.", "Sanctions relief happens"),
        (
            "The junta is likely to remain in power until at least 2027, although protests may spread.",
            "The junta remains in power until at least 2027, although protests may spread",
        ),
        (
            "Parliament will probably not pass the law or dissolve itself.",
            "Parliament does not pass the law or dissolve itself",
        ),
        ("Elections are likely to be postponed.", "Elections are postponed"),
        ("None of the parties is likely to win a majority.", "One of the parties wins a majority"),
        ("Nobody is likely to claim the attack.", "Somebody claims the attack"),
        ("No progress is likely.", "Progress happens"),
        ("No elections are likely before 2027.", "Elections happen before 2027"),
        ("It is probable that the UN will extend its mission by one year.", "The UN extends its mission by one year"),
        ("The raid makes retaliation highly likely.", "Retaliation happens"),
        ("The group is almost certainly going to split.", "The group splits"),
        ("A mutiny in the barracks becomes a realistic possibility.", "A mutiny in the barracks happens"),
        ("There is a remote chance that a ceasefire holds through the winter.", "A ceasefire holds through the winter"),
        ("Prices of bread and fuel are likely to rise by 20 percent.", "Prices of bread and fuel rise by 20 percent"),
        ("Unlikely (30%): the two sides sign a truce.", "The two sides sign a truce"),
        ("A coup remains a realistic possibility.", "A coup happens"),
        ("In the coming weeks, it is likely that Norvan will mobilise.", "Norvan mobilises"),
        ("By June, Norvan will probably mobilise.", "By June, Norvan mobilises"),
        ("The president is likely, though not certain, to sign the bill.", "The president signs the bill"),
        ("It is likely — though not certain — that the bill passes.", "The bill passes"),
        ("The United States will, in all likelihood, stay.", "The United States stays"),
        ("A repeat of the 2024 blackout is possible.", "A repeat of the 2024 blackout happens"),
        ("Bosnia and Herzegovina will probably join.", "Bosnia and Herzegovina joins"),
        ("The Greens will likely enter government.", "The Greens enter government"),
        ("Democrats will likely block the bill.", "Democrats block the bill"),
        ("The two Koreas will probably talk.", "The two Koreas talk"),
        ("The Gulf states may mediate.", "The Gulf states mediate"),
        ("Rebels are likely to try to seize the mine and the road.", "Rebels try to seize the mine and the road"),
        (
            "An agreement between Norvan and Orlia on gas is likely by June.",
            "An agreement between Norvan and Orlia on gas happens by June",
        ),
        ("Hamas is neither likely to disarm nor to leave the town.", "Hamas disarms or leaves the town"),
        ("Neither Norvan nor Orlia is likely to yield.", "Either Norvan or Orlia yields"),
        (
            "Norvan, which borders Orlia, is unlikely to open the crossing.",
            "Norvan, which borders Orlia, opens the crossing",
        ),
        ("Norvan is considered likely to advance.", "Norvan advances"),
        ("No other state is likely to follow.", "Another state follows"),
        ("No such deal is likely.", "Such a deal happens"),
        ("Nothing is likely to change.", "Something changes"),
        ("No one is likely to yield.", "Somebody yields"),
        ("No end to the siege is likely.", "An end to the siege happens"),
        ("Neither army is likely to retreat.", "Either army retreats"),
        ("The truce will likely either hold or fail.", "The truce will either hold or fail"),
        ("They have a 30 percent chance of winning.", "They win"),
        ("Markets see a 30 percent chance that the junta falls.", "The junta falls"),
        ("If floods are likely, the dam will close.", "The dam closes"),
        ("The mill has a 30 percent chance of flooding.", "The mill has a chance of flooding"),
        ("The levy will not likely rise.", "The levy rises"),
        ("The army may be likely to leave.", "The army leaves"),
        ("The armies do not seem likely to leave.", "The armies leave"),
        ("The army does not look likely to leave.", "The army leaves"),
        ("The dam, as all agree, could break.", "The dam, as all agree, breaks"),
        ("The dam is **highly likely** (85%) to break.", "The dam breaks"),
        ("The dam is likely, 60 percent, to break.", "The dam breaks"),
        ("The dam is likely (60–70 %) to break.", "The dam breaks"),
        ("The dam is likely to break [7/10].", "The dam breaks"),
        ("Should it rain, the dam is likely to break.", "The dam breaks"),
        ("The dam is likely, if it rains, to break.", "The dam breaks"),
        ("The two could be at odds by June.", "The two are at odds by June"),
        ("The mill may, and will, close.", "The mill may, and will, close"),
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
        ("The mill is still shut at the end of June", "true_on"),
        ("The army controls the dam as of June 30", "true_on"),
        ("The truce holds on 30 June", "true_on"),
        ("The mill closes", "happens_by"),
        ("The vote begins on 28 December", "happens_by"),
        ("The deal is signed on 28 December", "happens_by"),
        ("Norvan holds talks on 28 December", "happens_by"),
        ("Norvan holds a round of talks", "happens_by"),
        ("Norvan holds the dam", "holds_throughout"),
        ("The army destroys a bridge that remains open", "happens_by"),
        ("In the talks that continue, the army yields", "happens_by"),
        ("The junta does not reopen the port", "holds_throughout"),
        ("The truce does not hold", "happens_by"),
        ("The fronts do not change", "holds_throughout"),
        ("That", "happens_by"),
    ],
)
def test_the_shape_follows_the_verb(event, shape):
    assert propose_shape(event) == shape


@pytest.mark.parametrize(
    ("event", "closes_on", "shape"),
    [
        ("The mill is open on 30 June", date(2025, 6, 30), "true_on"),
        ("The mill is open on June 30", date(2025, 6, 30), "true_on"),
        ("The mill is open on 30 June", date(2025, 8, 2), "happens_by"),
        ("The mill is open at the end of June", date(2025, 6, 30), "true_on"),
        ("The mill is open at the end of June", date(2025, 7, 31), "happens_by"),
        ("The mill is open at year-end", date(2025, 12, 31), "true_on"),
        ("The mill is open at the end of 2025", date(2025, 8, 2), "happens_by"),
        ("The mill is open on 30 Floods", date(2025, 8, 2), "happens_by"),
    ],
)
def test_a_state_is_true_on_the_day_on_which_the_window_closes(event, closes_on, shape):
    assert propose_shape(event, closes_on=closes_on) == shape


@pytest.mark.parametrize("construction", [*CONSTRUCTIONS, *WITHOUT_TERM], ids=lambda each: each.name)
def test_a_construction_turns_its_example_into_an_event(construction):
    assert propose_event(*first_found(construction.example)) == construction.gives


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
