"""What is a forecast, which term it carries, and what is none: READING.md, rule by rule."""

from __future__ import annotations

from datetime import date

import pytest

from forecasts.reading.finding import FoundForecast, find_forecasts
from forecasts.reading.rules import LEFT_OUT, RULES
from forecasts.reading.terms import term_uses, vocabulary_of
from forecasts.yardsticks.band import Term, Yardstick
from forecasts.yardsticks.scales import get
from sources.reading.parting import read_parts

PUBLISHED = date(2025, 5, 2)


def in_body(sentence: str, yardstick: str = "phia-2025") -> list[FoundForecast]:
    text = f"Title of the briefing\n\n2 May 2025\n\nThe river has been low since the dam was closed in the winter.\n\n{sentence}\n"
    return list(find_forecasts(read_parts(text), published_on=PUBLISHED, yardstick=get(yardstick)))


def in_forecast(sentence: str, heading: str = "Short-term (Now - 3 months)") -> list[FoundForecast]:
    text = f"Title of the briefing\n\n2 May 2025\n\nForecast\n\n  • {heading}\n\n    • {sentence}\n"
    return list(find_forecasts(read_parts(text), published_on=PUBLISHED, yardstick=get("phia-2025")))


def term_of(found: list[FoundForecast]) -> tuple[str | None, bool]:
    assert len(found) == 1, found
    return found[0].term, found[0].negated


@pytest.mark.parametrize(
    ("sentence", "term", "negated"),
    [
        ("The levy is likely to rise by June.", "likely", False),
        ("The levy is unlikely to rise by June.", "unlikely", False),
        ("The levy is highly likely to rise by June.", "highly_likely", False),
        ("The levy is highly unlikely to rise by June.", "highly_unlikely", False),
        ("It is probable that the levy will rise.", "likely", False),
        ("The levy will probably rise.", "likely", False),
        ("The levy will likely rise.", "likely", False),
        ("The levy will almost certainly rise.", "almost_certain", False),
        ("It is almost certain that the levy will rise.", "almost_certain", False),
        ("The levy is almost certain to rise.", "almost_certain", False),
        ("There is a realistic possibility of a new levy.", "realistic_possibility", False),
        ("There is a remote chance that the levy will rise.", "remote_chance", False),
        ("A new levy is **highly likely** this year.", "highly_likely", False),
        ("The levy is not likely to rise.", "likely", True),
        ("The levy isn't likely to rise.", "likely", True),
        ("The levy isn’t likely to rise.", "likely", True),
        ("The levy will not likely rise.", "likely", True),
        ("The levy does not seem likely to rise.", "likely", True),
        ("It is not likely that the levy will rise.", "likely", True),
        ("Neither the levy nor the toll is likely to rise.", "likely", True),
        ("No new levy is likely before June.", "likely", True),
        ("The port said that no levy is likely to rise.", "likely", True),
        ("None of the tolls is likely to rise.", "likely", True),
        ("The levy is no longer likely to rise.", "likely", True),
        ("The levy is not unlikely to rise.", "unlikely", True),
        ("It is not probable that the levy will rise.", "likely", True),
        ("There is no doubt that the levy is likely to rise.", "likely", False),
        ("The truce will probably not hold.", "likely", False),
        ("The truce is likely not to hold.", "likely", False),
        ("The truce probably won't hold.", "likely", False),
        ("The army looks unlikely to pay.", "unlikely", False),
        ("This makes a truce unlikely.", "unlikely", False),
        ("This makes a truce likely.", "likely", False),
        ("We judge it unlikely that the truce will hold.", "unlikely", False),
        ("A truce remains unlikely in the coming weeks.", "unlikely", False),
        ("The ban is a step likely to anger the ports.", "likely", False),
        ("The ban is likely to have limited effects.", "likely", False),
        ("Russia is likely to be able to pay.", "likely", False),
        ("The fleet is likely to have left by June 2026.", "likely", False),
        ("Probably the truce will hold.", "likely", False),
        ("There is a remote chance that both houses are dissolved.", "remote_chance", False),
        ("A vote this year is almost certain.", "almost_certain", False),
        ("The ban will likely cause losses.", "likely", False),
    ],
)
def test_a_term_about_the_future_makes_a_forecast(sentence, term, negated):
    assert term_of(in_body(sentence)) == (term, negated)


@pytest.mark.parametrize(
    "sentence",
    [
        "The levy is very likely to rise.",
        "A rise is highly probable.",
        "The levy will most likely rise.",
        "There is a remote possibility that the levy rises.",
        "There is a strong chance of a new levy.",
        "There is no realistic possibility that the levy will rise.",
        "There is not a remote chance that the levy will rise.",
        "The levy is not highly likely to rise.",
        "The levy is not almost certain to rise.",
        "The levy is not very likely to rise.",
        "The levy is extremely unlikely to rise.",
        "It is virtually certain that the levy will rise.",
        "It is more likely than not that the levy will rise.",
        "There is a roughly even chance that the levy will rise.",
        "The levy will very probably rise.",
    ],
)
def test_a_foreign_or_undone_term_has_no_slug_and_no_band(sentence):
    (found,) = in_body(sentence)
    assert (found.term, found.negated, found.low, found.high) == (None, False, None, None)
    assert "foreign_term" in found.flags


@pytest.mark.parametrize(
    "sentence",
    [
        "The order likely violates the accord.",
        "It is likely that the crew died in March.",
        "It is likely that the crew was warned.",
        "It is highly likely that the port knew of the plan.",
        "Observers had judged a return unlikely.",
        "Analysts considered a strike unlikely.",
        "A deal was likely.",
        "A deal seemed likely to fail.",
        "The mine was probably laid in March.",
        "The dead are probably fishermen.",
        "The crew has probably fled.",
        "The crew is likely to have fled.",
        "The blast was almost certainly an accident.",
        "There was a realistic possibility of a strike.",
        "There is a realistic possibility that the crew was shot.",
        "An unlikely coalition holds the town.",
        "The probable cause was fire.",
        "The two are unlikely allies.",
        "They named a likely successor.",
        "The likely outcome is a draw.",
        "A wider war is less likely than in March.",
        "War is more likely than it was.",
        "The likelihood is low.",
        "He is as likely as not to resign.",
        "It is unclear how likely a strike is.",
        "Is a strike likely?",
        "“Likely” means 55–75 per cent.",
        "The term unlikely denotes 25 to 35 percent.",
        "The ban may last.",
        "The ban will last until June.",
        "Output may fall below 40 percent of capacity.",
        "Remote areas are without power.",
        "It is likely a bluff.",
        "This is likely due to the ban.",
        "The truce would probably have failed.",
        "It is likely that they could have won.",
        "Probably the largest fleet sails here.",
        "They fish, probably cod, off the coast.",
        "They probably fish here.",
    ],
)
def test_judgements_of_the_past_and_words_before_nouns_are_none(sentence):
    assert in_body(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "low", "high", "probability"),
    [
        ("The levy is unlikely (30%) to rise.", 0.25, 0.35, 0.3),
        ("The levy is unlikely to rise (30%).", 0.25, 0.35, 0.3),
        ("The levy is likely, 60 percent, to rise.", 0.55, 0.75, 0.6),
        ("A rise is likely [7/10].", 0.55, 0.75, 0.7),
        ("There is a 60 percent chance of a rise.", None, None, 0.6),
        ("There is a 60% probability that the levy will rise.", None, None, 0.6),
        ("There is a one in four chance that the levy will rise.", None, None, 0.25),
        ("There is a 1-in-5 chance of a rise.", None, None, 0.2),
        ("There is a sixty per cent chance of a rise.", None, None, 0.6),
        ("There is a fifty-fifty chance of a rise.", None, None, 0.5),
        ("There is a 60–70 % chance of a rise.", 0.6, 0.7, None),
        ("There is a 60 to 70 percent chance of a rise.", 0.6, 0.7, None),
        ("There is at least a 20 percent chance of a rise.", 0.2, None, None),
        ("A rise has no more than a 10 percent chance.", None, 0.1, None),
        ("There is a chance of at least 20 percent of a rise.", 0.2, None, None),
        ("We put the probability of a rise at 65 percent.", None, None, 0.65),
        ("The probability that the levy will rise is 65 percent.", None, None, 0.65),
        ("The chance of a rise is about 0.4.", None, None, 0.4),
        ("The odds of a rise are one in five.", None, None, 0.2),
        ("The chance of a rise is 0.3-0.4.", 0.3, 0.4, None),
        ("There is a hundred percent chance of a rise.", None, None, 1.0),
        ("There is a seventy-five percent chance of a rise.", None, None, 0.75),
        ("The levy is likely (60–70 %) to rise.", 0.6, 0.7, None),
        ("There is a 90 % or higher chance of a rise.", 0.9, None, None),
        ("The levy is not likely (30%) to rise.", 0.25, 0.45, 0.3),
        ("The levy is 60 percent likely to rise.", 0.55, 0.75, 0.6),
        ("The levy is likely to rise by 40 percent.", 0.55, 0.75, None),
        ("The levy is likely to reach 40 percent of its old level.", 0.55, 0.75, None),
    ],
)
def test_numbers_that_are_chances_are_read(sentence, low, high, probability):
    (found,) = in_body(sentence)
    assert (found.low, found.high, found.probability) == (low, high, probability)


@pytest.mark.parametrize(
    "sentence",
    [
        "The probability that output falls below 40 percent of capacity is unknown.",
        "Some 60 percent of voters back the ban.",
        "Nine out of ten ships turned back.",
        "A chance of 140 percent is none.",
        "A 70 to 60 percent chance is none.",
        "A one in zero chance is none.",
        "The odds of a rise are one in five of those given before.",
        "There was a 60 percent chance that they had won.",
    ],
)
def test_numbers_that_are_no_chances_are_left_alone(sentence):
    assert in_body(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "flags"),
    [
        ("The army is unlikely to leave.", ()),
        ("The bridge is likely (90%) to fall.", ("out_of_band",)),
        ("The army may leave.", ("unquantified",)),
        ("A defeat cannot be ruled out.", ("unquantified",)),
        ("The army will leave.", ("unquantified",)),
        ("There is a realistic possibility that the army could leave.", ("double_hedge",)),
        ("It is likely that the army may leave.", ("double_hedge",)),
        ("The army may be likely to leave.", ("double_hedge",)),
        ("There is a 60 percent chance of rain, and it is unlikely that the dam will hold.", ("compound",)),
        ("It is unlikely that the dam will hold, and there is a 60 percent chance of rain.", ("compound",)),
        ("The dam will leak; the mill will flood.", ("compound", "unquantified")),
        ("The army is likely to pass laws that could harm trade.", ()),
        ("Aid is likely to come and the camp is unlikely to grow.", ("compound",)),
        ("Aid is likely to come, and the camp is likely to grow.", ("compound",)),
        ("The army is unlikely to make significant gains.", ("vague_threshold",)),
        ("The army is unlikely to make significant gains of more than 10 km.", ()),
        ("The army is very likely to leave.", ("foreign_term",)),
    ],
)
def test_flags_say_what_an_analyst_should_look_at(sentence, flags):
    (found,) = in_forecast(sentence)
    assert found.flags == flags


@pytest.mark.parametrize(
    "sentence",
    [
        "The army lost 30 men in May.",
        "The ban is unpopular.",
        "The crew may have been warned.",
        "The political will to fight is weak.",
        "Will the ban last?",
        "Remote areas are without power; an unlikely coalition rules.",
        "This would complete the siege.",
        "The crew was likely warned.",
        "The order likely violates the accord.",
    ],
)
def test_supporting_sentences_of_the_forecast_section_are_none(sentence):
    assert in_forecast(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If the dam breaks, floods are likely.", "If the dam breaks"),
        ("If the dam breaks, or leaks, floods are likely.", "If the dam breaks, or leaks"),
        ("Floods are likely if the dam breaks.", "if the dam breaks"),
        ("Unless it rains, harvests will almost certainly fail.", "Unless it rains"),
        ("Harvests are likely to fail unless it rains.", "unless it rains"),
        ("Harvests are likely to recover, provided that it rains.", "provided that it rains"),
        ("Should the dam break, floods are likely.", "Should the dam break"),
        ("In the event of a coup, sanctions are likely.", "In the event of a coup"),
        ("But if the dam breaks, floods are likely.", "if the dam breaks"),
        ("Floods are likely even if the dam holds.", None),
        ("Floods are likely.", None),
        ("If ever floods are likely.", None),
        ("Floods, if the dam breaks, are likely.", "if the dam breaks"),
        ("Floods are likely if the dam breaks, but the town stands.", "if the dam breaks"),
        ("Floods are likely to cut off two, if not three, towns.", None),
        ("Floods are likely, if the dam breaks, to reach the town.", "if the dam breaks"),
        ("It is likely that, if the dam breaks, floods will reach the town.", "if the dam breaks"),
    ],
)
def test_conditions_are_quoted(sentence, condition):
    (found,) = in_forecast(sentence)
    assert found.conditional == condition


def test_a_bullet_of_two_forecasting_sentences_is_two_forecasts():
    found = in_forecast("Aid is likely to come. The camp is unlikely to grow.")
    assert [each.term for each in found] == ["likely", "unlikely"]


def test_scenarios_of_one_sentence_share_a_group():
    found = in_forecast("Base case (60%): the junta stays; downside (25%): it splits; upside (15%): it leaves.")
    assert [(each.quote, each.probability, each.scenario_group) for each in found] == [
        ("Base case (60%): the junta stays", 0.6, 1),
        ("downside (25%): it splits", 0.25, 1),
        ("upside (15%): it leaves.", 0.15, 1),
    ]


def test_scenarios_under_headings_share_a_group_and_take_the_heading_s_chance_once():
    text = (
        "Title\n\n2 May 2025\n\n## Scenarios (0-6 months)\n\n### Base case (60%)\n\nThe junta stays. It will pay its men.\n\n"
        "### Downside (25%)\n\nThe junta splits.\n\n### Upside (15%)\n\nThe junta leaves.\n"
    )
    found = find_forecasts(read_parts(text), published_on=PUBLISHED, yardstick=get("phia-2025"))
    assert [(each.quote, each.probability, each.scenario_group, each.horizon) for each in found] == [
        ("The junta stays.", 0.6, 1, "medium"),
        ("The junta splits.", 0.25, 1, "medium"),
        ("The junta leaves.", 0.15, 1, "medium"),
    ]


def test_the_summary_s_repetition_points_at_the_forecast_section_and_inherits_nothing():
    text = (
        "Title\n\n2 May 2025\n\nSummary\n\n- The junta is unlikely to leave Gao.\n- Aid is likely to stop.\n\n"
        "The town of Gao has been under siege since the winter.\n\n"
        "Forecast\n\nShort-term (0-3 months)\n\n- The junta is unlikely to leave Gao before the rains.\n- The junta is likely to leave Gao.\n"
    )
    found = find_forecasts(read_parts(text), published_on=PUBLISHED, yardstick=get("phia-2025"))
    assert [(each.section, each.duplicate_of, each.horizon) for each in found] == [
        ("summary", 2, None),
        ("summary", None, None),
        ("forecast", None, "short"),
        ("forecast", None, "short"),
    ]
    assert found[0].flags == ("no_date",)


@pytest.mark.parametrize(
    ("yardstick", "sentence", "term"),
    [
        ("icd-203", "The levy is very likely to rise.", "very_likely"),
        ("icd-203", "A rise is remote.", "almost_no_chance"),
        ("icd-203", "There is a roughly even chance that the levy will rise.", "roughly_even_chance"),
        ("kent-1964", "The levy will probably not rise.", "probably_not"),
        ("kent-1964", "The levy will almost certainly not rise.", "almost_certainly_not"),
        ("kent-1964", "The levy is likely to rise.", None),
        ("ipcc-ar5", "It is more likely than not that the levy will rise.", "more_likely_than_not"),
        ("stix-wep", "The levy is certain to rise.", "certain"),
    ],
)
def test_the_yardstick_in_use_decides_what_a_word_means(yardstick, sentence, term):
    assert term_of(in_body(sentence, yardstick)) == (term, False)


def test_only_so_many_twins_are_compared():
    same = "- Gao is likely to fall.\n" * 70
    text = f"Title\n\n2 May 2025\n\nSummary\n\n- Gao is likely to fall.\n\nForecast\n\n{same}"
    found = find_forecasts(read_parts(text), published_on=PUBLISHED, yardstick=get("phia-2025"))
    assert (len(found), found[0].duplicate_of) == (71, 1)


def test_judgements_without_a_word_in_common_are_not_the_same():
    text = "Title\n\n2 May 2025\n\nSummary\n\n- It is likely to.\n- Gao is likely to fall.\n\nForecast\n\n- Gao is likely to rise.\n"
    found = find_forecasts(read_parts(text), published_on=PUBLISHED, yardstick=get("phia-2025"))
    assert [each.duplicate_of for each in found] == [None, None, None]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_example(rule):
    assert [each.rule for each in in_forecast(rule.example)] == [rule.name]


@pytest.mark.parametrize("rule", LEFT_OUT, ids=lambda rule: rule.name)
def test_what_a_rule_leaves_out_is_left_out(rule):
    assert in_forecast(rule.example) == []


def test_a_long_but_ordinary_sentence_is_read():
    sentence = (
        "The mill, " + "which stands by the river and grinds the wheat of the valley, " * 10 + "is likely to close."
    )
    assert len(sentence) > 600
    assert term_of(in_body(sentence)) == ("likely", False)


@pytest.mark.parametrize(
    "sentence",
    [
        "There is a realistic possibility that Norvan and Orlia will sign a truce.",
        "It is highly likely that Norvan and Orlia will renew their pact.",
        "It is likely that the Union Solidarity and Development Party will win.",
        "Upside (15%): Norvan and Orlia will sign a truce.",
        "High freight and insurance costs might outlast the truce.",
        "It is unlikely that both the United States and the Lakes Union will lift the ban.",
        "There is a 60 percent chance that the army and its allies will retreat.",
        "It is probable, given the harvest, that Norvan and Orlia will trade.",
        "As the roads are closed, Norvan and Orlia will ship their grain.",
        "The firms that are led by Norvan and Orlia will close.",
        "If Norvan yields and Orlia will not, a strike is likely.",
        "A strike is likely if Norvan yields and Orlia will not.",
        "The army is likely to return to the town and to the valley.",
    ],
)
def test_joined_subjects_are_one_judgement(sentence):
    (found,) = in_forecast(sentence)
    assert "compound" not in found.flags


@pytest.mark.parametrize(
    "sentence",
    [
        "There is a realistic possibility that Norvan will yield and Orlia will gain.",
        "It is highly likely that the pact holds and trade will grow.",
        "Norvan will yield and Orlia might gain.",
        "Norvan will yield, but Orlia will not.",
        "The army will retreat while the navy will stay.",
        "The army will probably retreat and the navy will stay.",
        "Norvan is likely to yield, and the truce will hold.",
        "Norvan is likely to yield and to pay.",
        "Norvan will yield; Orlia will gain.",
    ],
)
def test_a_finite_verb_on_both_sides_joins_two_judgements(sentence):
    (found,) = in_forecast(sentence)
    assert "compound" in found.flags


@pytest.mark.parametrize(
    "words",
    [
        "a significant rise", "major losses", "a major burden", "modest gains", "a substantial cut", "considerable damage", "a notable shift",
        "meaningful talks", "limited strikes", "a limited offensive", "harm that is limited", "a sharp fall", "severe losses", "a minor raid", "a moderate rise",
        "a steep fall", "heavy fighting", "large crowds", "widespread unrest", "marked gains", "a decisive blow", "slight progress",
        "dramatic change", "a material breach", "appreciable gains", "tangible results",
    ],
)  # fmt: skip
def test_a_size_without_a_measure_is_vague(words):
    (found,) = in_forecast(f"The raid is likely to bring {words}.")
    assert found.flags == ("vague_threshold",)


@pytest.mark.parametrize(
    "adverb", ["significantly", "considerably", "substantially", "dramatically", "sharply", "markedly", "materially"]
)
def test_an_adverb_of_size_is_vague(adverb):
    (found,) = in_forecast(f"Output is likely to fall {adverb}.")
    assert found.flags == ("vague_threshold",)


@pytest.mark.parametrize(
    "sentence",
    [
        "The army is likely to promote Major Kessel.",
        "The general staff is likely to name a major general.",
        "We judge with moderate confidence that the dam is likely to break.",
        "The mill is likely to sell its materials.",
        "The police are likely to seize small arms.",
        "The army is likely to bring up heavy artillery.",
        "The vote is likely to be won by moderate candidates.",
        "The port is likely to be bought by Harbour Limited.",
        "The case is likely to go to the Serious Fraud Office.",
        "The raid is likely to be limited to the valley.",
        "The raid is likely to fail because of the army's limited training.",
        "The year is likely to be marked by strikes.",
    ],
)
def test_names_and_kinds_are_not_vague(sentence):
    (found,) = in_forecast(sentence)
    assert "vague_threshold" not in found.flags


def test_a_yardstick_of_single_words_finds_nothing_between_them():
    own = Yardstick("own", "1", "Own", "", "", (Term("surely", ("surely",), 0.9, 1.0),))
    sentence = "The mill will surely close."
    assert [each.words for each in term_uses(sentence, vocabulary_of(own))] == ["surely"]
