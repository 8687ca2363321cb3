"""Sentences that come close to a rule and are not of it, or end too soon."""

import pytest

# Sentence -> claims as (as written, measure, subject, speaker, stance).
SENTENCES = [
    ("All 2,400 residents left early.", []),
    ("In all 2,400 residents left early.", [("2,400", "other", "residents", None, "asserts")]),
    (
        "The raid cost two villages 230 children.",
        [("two", "destroyed", "villages", None, "asserts"), ("230", "killed_or_wounded", "children", None, "asserts")],
    ),
    ("The militia is said to number some 2,500.", [("some 2,500", "strength", None, None, "asserts")]),
    (
        "Ten dead, and a 300-strong garrison holds out.",
        [("Ten", "killed", None, None, "asserts"), ("300-strong", "strength", "garrison", None, "asserts")],
    ),
    ("Some 59 guards have held the bridge.", [("Some 59", "other", "guards", None, "asserts")]),
    ("Among them were 6 children.", [("6", "other", "children", None, "asserts")]),
    ("Many, said the mayor, were killed.", [("Many", "killed", None, "the mayor", "asserts")]),
    (
        "The shelling stopped, and officials recognised 300 graves.",
        [("300", "other", "graves", "officials", "confirms")],
    ),
    (
        "Some 32 men were killed, according to a doctor who saw them.",
        [("Some 32", "killed", "men", "a doctor", "asserts")],
    ),
    (
        "Some 160 men were held, according to the governor on Tuesday.",
        [("Some 160", "other", "men", "the governor", "asserts")],
    ),
    ("The column lost 31 of its trucks and its guns.", [("31", "destroyed", "its trucks", None, "asserts")]),
    ("The debt stands at 99999999999999 dollars.", []),
    (
        "Kyiv said 15 men died in 2024, and Moscow noted 40.",
        [("15", "killed", "men", "Kyiv", "asserts"), ("40", "killed", "men", "Moscow", "asserts")],
    ),
    (
        "Some 12 per 100 soldiers died.",
        [("Some 12", "killed", None, None, "asserts"), ("100", "killed", "soldiers", None, "asserts")],
    ),
    ("Many died, said 12 of them.", [("Many", "killed", None, None, "asserts")]),
    ("Nearly 40 percent of voters said 300 men died.", [("300", "killed", "men", None, "asserts")]),
    ("Some 420 wrote that 12 men died.", [("12", "killed", "men", None, "asserts")]),
    ("Adding 12 guards, the prison reopened.", [("12", "other", "guards", None, "asserts")]),
    ("One thing adding to the fear is that 12 men died.", [("12", "killed", "men", None, "asserts")]),
    ("Hundreds of reports of 34 dead arrived.", [("34", "killed", None, None, "reports")]),
    ("The raid killed 300 to about 400 soldiers.", [("300 to about 400", "killed", "soldiers", None, "asserts")]),
    (
        "The raid killed two thousand to three thousand soldiers.",
        [("two thousand to three thousand", "killed", "soldiers", None, "asserts")],
    ),
    ("Some 34 villagers, or one in ten, were killed.", [("Some 34", "other", "villagers", None, "asserts")]),
    ("Last week the ministry said 12 men died.", [("12", "killed", "men", "the ministry", "asserts")]),
    (
        "According to the United Nations (UN), 300 men died.",
        [("300", "killed", "men", "the United Nations (UN)", "asserts")],
    ),
    ("Figures from the UN put the toll at 34.", [("34", "killed", None, "the UN", "asserts")]),
    ("Some 300 men died, according to estimates by the UN.", [("Some 300", "killed", "men", "the UN", "estimates")]),
    ("The army moved 40 to 50 km and killed 12 men.", [("12", "killed", "men", None, "asserts")]),
    ("Unit #12 killed 30 men.", [("30", "killed", "men", None, "asserts")]),
    ("The deaths of 12 men were denied.", [("12", "killed", "men", None, "asserts")]),
    ("This suggests that 300 men died.", [("300", "killed", "men", None, "asserts")]),
    ("The mayor argued that with Kyiv saying nothing 12 men had died.", [("12", "killed", "men", "Kyiv", "asserts")]),
    ("Some 12 men died, police said early on Monday in the city.", [("Some 12", "killed", "men", "police", "asserts")]),
    ("Some 12 men died, police said late in the week.", [("Some 12", "killed", "men", "police", "asserts")]),
    (
        "The raid cost two 230 children.",
        [
            ("two", "killed_or_wounded", "230 children", None, "asserts"),
            ("230", "killed_or_wounded", "children", None, "asserts"),
        ],
    ),
    (
        "Ten dead lay by a garrison 300-strong.",
        [("Ten", "killed", None, None, "asserts"), ("300-strong", "strength", None, None, "asserts")],
    ),
    ("Inside were 6 children.", [("6", "other", "children", None, "asserts")]),
    ("Some 160 men were held, according to police Tuesday.", [("Some 160", "other", "men", "police", "asserts")]),
    ("On Friday hospital records showed that 12 men died.", [("12", "killed", "men", "hospital records", "asserts")]),
    ("The front shrank from 50 to 40 km as 12 men died.", [("12", "killed", "men", None, "asserts")]),
    ("The .50 guns killed 12 men.", [("12", "killed", "men", None, "asserts")]),
    ("The column lost 31 of its", [("31", "killed_or_wounded", "its", None, "asserts")]),
    (
        "The raid killed 12 members of displaced families.",
        [("12", "killed", "members of displaced families", None, "asserts")],
    ),
    ("A toll of 111 dead, confirmed by.", [("111", "killed", None, None, "asserts")]),
    ("Twelve men died, Ana Berg, the mayor, wrote on Telegram.", [("Twelve", "killed", "men", "Ana Berg", "asserts")]),
    ("Some 12 men died, police said later.", [("Some 12", "killed", "men", "police", "asserts")]),
    (
        "Some 12 men died, police said in one unusually long note they sent round to newspapers.",
        [("Some 12", "killed", "men", None, "asserts")],
    ),
    ("Some 27 men died, the mayor told.", [("Some 27", "killed", "men", "the mayor", "asserts")]),
    ("The toll rose to 34.", [("34", "killed", None, None, "asserts")]),
    ("Figures from the UN put the toll at 34.", [("34", "killed", None, "the UN", "asserts")]),
    (
        "The board registered new and rather small parties for 12 towns.",
        [],
    ),
    ("Some 12 men died, police said early today here again.", [("Some 12", "killed", "men", None, "asserts")]),
    (
        "Some 12 men died, the mayor told the large old rather angry and tired local crowd.",
        [("Some 12", "killed", "men", "the mayor", "asserts")],
    ),
    ("Ulmark admitted an additional 2,400 refugees.", [("2,400", "other", "refugees", None, "asserts")]),
    ("Ulmark admitted 40 deaths.", [("40", "killed", "deaths", "Ulmark", "confirms")]),
    ("Ulmark admitted 12 firms, a bank.", [("12", "other", "firms", None, "asserts")]),
    ("Lima declared an emergency and sent 250 soldiers.", [("250", "deployed", "soldiers", None, "asserts")]),
    ("Lima announced the arrest of 19 people.", [("19", "arrested", "people", "Lima", "asserts")]),
    ("Lima announced another 19 people had died.", [("19", "killed", "people", "Lima", "asserts")]),
    ("Lima announced a toll that rose to 19.", [("19", "killed", None, "Lima", "asserts")]),
    (
        "Lima announced the new and very large old grand gold prize for 19 nurses.",
        [("19", "other", "nurses", None, "asserts")],
    ),
    ("Traders put the cost of it all in the end.", []),
    ("Some 300 refugees in the camp now live in tents.", [("Some 300", "other", "refugees", None, "asserts")]),
    ("Some 40 hostages are still held.", [("Some 40", "other", "hostages", None, "asserts")]),
    ("Of the dead, 14 were nurses.", [("14", "killed", None, None, "asserts")]),
    (
        "The junta claims 30 trucks were burned, while rebels admit the loss of 11.",
        [("30", "destroyed", "trucks", "The junta", "asserts"), ("11", "destroyed", "trucks", "rebels", "confirms")],
    ),
    ("Police were adding 12 guards.", [("12", "other", "guards", None, "asserts")]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [(c.as_written, c.measure, c.subject, c.speaker, c.stance) for c in claims_of(sentence)]

    assert found == expected
