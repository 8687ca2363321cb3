"""Sentences of bulletins: what they count, in which unit, how it adds up, and who says so."""

import pytest

# Sentence -> claims as (as written, measure, subject, unit, aggregation, speaker, stance).
SENTENCES = [
    (
        "The strike, the deadliest of the month, killed at least 17 people and buried a family of six.",
        [("at least 17", "killed", "people", "people", None, None, "asserts")],
    ),
    (
        "On the Greek side, four border guards were hurt by stones and about 250 migrants were pushed back, according to Frontex.",
        [
            ("four", "wounded", "border guards", "people", None, "Frontex", "asserts"),
            ("about 250", "other", "migrants", "people", None, "Frontex", "asserts"),
        ],
    ),
    (
        "The Philippine Coast Guard, which deployed nine ships in June, now has only five at sea.",
        [("nine", "deployed", "ships", "ships", None, None, "asserts")],
    ),
    (
        "Serbia's interior ministry confirmed on Thursday that 79 protesters were in custody and that 40 officers had been injured.",
        [
            ("79", "arrested", "protesters", "people", None, "Serbia's interior ministry", "confirms"),
            ("40", "wounded", "officers", "people", None, "Serbia's interior ministry", "confirms"),
        ],
    ),
    (
        "Manila has received the first three of twelve BrahMos batteries it ordered from Delhi.",
        [("three", "delivered", "BrahMos batteries", "batteries", None, None, "asserts")],
    ),
    (
        "Moldovan border police detained 12 men with forged papers, and prosecutors have charged another 27 with vote buying.",
        [
            ("12", "arrested", "men", "people", None, None, "asserts"),
            ("27", "other", "men", "people", "new", None, "asserts"),
        ],
    ),
    (
        "The cyberattack knocked out 1,500 cash machines; the central bank denies that any customer lost money.",
        [("1,500", "destroyed", "cash machines", "machines", None, None, "asserts")],
    ),
    (
        "Benin's army says 54 of its soldiers were killed near the W park, while JNIM puts the figure at 70.",
        [
            ("54", "killed", "its soldiers", "people", None, "Benin's army", "asserts"),
            ("70", "killed", "its soldiers", "people", None, "JNIM", "asserts"),
        ],
    ),
    (
        "At least 11 crew are unaccounted for after two tankers burned off Kerch, Russia's transport ministry reports.",
        [
            ("At least 11", "missing", "crew", "people", None, "Russia's transport ministry", "reports"),
            ("two", "destroyed", "tankers", "tankers", None, "Russia's transport ministry", "reports"),
        ],
    ),
    (
        "Burkina's VDP militia enrolled 90,000 volunteers in its first year, a claim that analysts doubt.",
        [("90,000", "strength", "volunteers", "people", None, None, "asserts")],
    ),
    (
        "A spokeswoman for UNHCR, Shabia Mantoo, said that about 7,000 people a day were crossing into Chad.",
        [("about 7,000", "displaced", "people", "people", None, "A spokeswoman for UNHCR", "asserts")],
    ),
    (
        "China's coast guard drove away 18 Vietnamese boats and rammed two of them.",
        [
            ("18", "other", "Vietnamese boats", "boats", None, None, "asserts"),
            ("two", "other", "Vietnamese boats", "boats", None, None, "asserts"),
        ],
    ),
    (
        "Iran's judiciary says that it hanged 9 men for spying; rights groups know of 15.",
        [
            ("9", "killed", "men", "people", None, "Iran's judiciary", "asserts"),
            ("15", "killed", "men", "people", None, "rights groups", "asserts"),
        ],
    ),
    (
        "Nearly 300 Wagner veterans have signed up with Africa Corps, Russian bloggers write.",
        [("Nearly 300", "strength", "Wagner veterans", "people", None, "Russian bloggers", "asserts")],
    ),
    (
        "The government in Lima says 49 civilians lost their lives in the protests and that one policeman was burned alive.",
        [
            ("49", "killed", "civilians", "people", None, "The government in Lima", "asserts"),
            ("one", "killed", "policeman", "people", None, "The government in Lima", "asserts"),
        ],
    ),
    (
        "French customs opened 640 parcels and found 12 kilos of ketamine in them.",
        [("640", "other", "parcels", "parcels", None, None, "asserts")],
    ),
    (
        "Tokyo has expelled 5 attachés, recalled its ambassador and cancelled 42 visas.",
        [
            ("5", "other", "attachés", "people", None, None, "asserts"),
            ("42", "other", "visas", "visas", None, None, "asserts"),
        ],
    ),
    (
        "Hamas is believed to have rebuilt a force of 15,000, most of them recruits under 20.",
        [("15,000", "strength", None, "people", None, None, "estimates")],
    ),
    (
        "Rescue ships pulled 430 people out of the sea in five days, SOS Humanity wrote on Monday; 22 had burns from fuel.",
        [("430", "other", "people", "people", None, "SOS Humanity", "asserts")],
    ),
    (
        "A parliamentary inquiry established that 120 officers had known of the plot.",
        [("120", "other", "officers", "people", None, "A parliamentary inquiry", "asserts")],
    ),
    (
        "Militants of the Allied Democratic Forces hacked 71 worshippers to death in a church at Kasanga.",
        [("71", "killed", "worshippers", "people", None, None, "asserts")],
    ),
    (
        "A Houthi court sentenced 17 people to death for spying; about 20 UN staff remain in the group's custody.",
        [
            ("17", "other", "people", "people", None, None, "asserts"),
            ("about 20", "arrested", "UN staff", "people", "stock", None, "asserts"),
        ],
    ),
    (
        "More than 280 aid workers were killed in 2023, making it the deadliest year on record, the UN reported.",
        [("More than 280", "killed", "aid workers", "people", None, "the UN", "reports")],
    ),
    (
        "The army reported the loss of 5 helicopters and 23 pilots over eighteen months.",
        [
            ("5", "destroyed", "helicopters", "helicopters", None, "The army", "reports"),
            ("23", "killed_or_wounded", "pilots", "people", None, "The army", "reports"),
        ],
    ),
    (
        "Roughly 8 in 10 houses in Severodonetsk are damaged; some 12,000 residents stayed behind.",
        [("some 12,000", "other", "residents", "people", None, None, "asserts")],
    ),
    (
        "The militia's commander claims to lead 4,000 men, but UN experts believe he has barely 1,500.",
        [
            ("4,000", "strength", "men", "people", None, "The militia's commander", "asserts"),
            ("1,500", "strength", "men", "people", None, "UN experts", "estimates"),
        ],
    ),
    (
        "The ship was carrying 2,750 tonnes of ammonium nitrate, 12 crew and a dog.",
        [("12", "other", "crew", "people", None, None, "asserts")],
    ),
    (
        "Tripoli's Radaa force freed the last nine hostages without firing a shot.",
        [("nine", "other", "hostages", "people", None, None, "asserts")],
    ),
    (
        "An Israeli official put the number of trucks entering Gaza at 200 a day, a figure aid groups call fiction.",
        [("200", "other", "trucks", "trucks", None, "An Israeli official", "asserts")],
    ),
    (
        "Bandits in Katsina stormed a mosque at dawn prayer, leaving 50 dead and carrying off 60 others, a local lawmaker said.",
        [
            ("50", "killed", None, "people", None, "a local lawmaker", "asserts"),
            ("60", "other", "others", "people", None, "a local lawmaker", "asserts"),
        ],
    ),
    (
        "The rains have washed away 38 bridges, killed 9,000 head of cattle and cut off 120 villages, the prefect reports.",
        [
            ("38", "destroyed", "bridges", "bridges", None, "the prefect", "reports"),
            ("9,000", "killed", "head of cattle", "cattle", None, "the prefect", "reports"),
            ("120", "other", "villages", "villages", None, "the prefect", "reports"),
        ],
    ),
    (
        "The brigade received 30 Leopards but has crews for only half of them.",
        [("30", "delivered", "Leopards", "Leopards", None, None, "asserts")],
    ),
    (
        "As many as one thousand six hundred houses were damaged beyond repair.",
        [("As many as one thousand six hundred", "other", "houses", "houses", None, None, "asserts")],
    ),
    (
        "The Coalition admits that 14 of the 61 strikes it examined killed civilians.",
        [("14", "other", "strikes", "strikes", None, "The Coalition", "confirms")],
    ),
    (
        "A Damascus court has summoned 298 officers; only 3 appeared.",
        [("298", "other", "officers", "people", None, None, "asserts")],
    ),
    (
        "Riyadh's coalition has since released 900 and Sanaa 650 prisoners.",
        [
            ("900", "other", None, None, None, None, "asserts"),
            ("650", "other", "prisoners", "people", None, None, "asserts"),
        ],
    ),
    (
        "Sweden's security service says three ships dragged their anchors for a total of 180 nautical miles.",
        [("three", "other", "ships", "ships", None, "Sweden's security service", "asserts")],
    ),
    (
        "The blast was felt 20 km away and shattered 600 windows.",
        [("600", "other", "windows", "windows", None, None, "asserts")],
    ),
    (
        "The junta rejects the claim that 74 civilians died in the raid.",
        [("74", "killed", "civilians", "people", None, "The junta", "denies")],
    ),
    (
        "The Houthis said they had seized a tanker with 22 sailors aboard.",
        [("22", "other", "sailors", "people", None, "The Houthis", "asserts")],
    ),
    ("Of the 400 hostages, 112 have been freed.", [("112", "other", "hostages", "people", None, None, "asserts")]),
    (
        "Rescuers pulled 16 survivors and 41 bodies from the rubble.",
        [
            ("16", "other", "survivors", "people", None, None, "asserts"),
            ("41", "killed", "bodies", "people", None, None, "asserts"),
        ],
    ),
    (
        "Some 123,000 Armenians fled Nagorno-Karabakh within a week.",
        [("Some 123,000", "displaced", "Armenians", "people", None, None, "asserts")],
    ),
    (
        "By UNHCR's count, 6.8 million Ukrainians now live abroad.",
        [("6.8 million", "other", "Ukrainians", "people", "stock", "UNHCR", "asserts")],
    ),
    (
        "Organisers put the crowd at 300,000, police at 80,000.",
        [
            ("300,000", "other", "crowd", "people", None, "Organisers", "asserts"),
            ("80,000", "other", "crowd", "people", None, "police", "asserts"),
        ],
    ),
    (
        "More than 7,000 observers from 40 countries watched the vote.",
        [("More than 7,000", "other", "observers", "people", None, None, "asserts")],
    ),
    (
        "Tens of thousands marched through Belgrade on 15 March.",
        [("Tens of thousands", "other", None, "people", None, None, "asserts")],
    ),
    (
        "Security forces rounded up several hundred students.",
        [("several hundred", "arrested", "students", "people", None, None, "asserts")],
    ),
    (
        "More than 1.5 million ballots have been counted so far.",
        [("More than 1.5 million", "other", "ballots", "ballots", "cumulative", None, "asserts")],
    ),
    (
        "The EU's 16th package lists 48 individuals and 35 entities.",
        [
            ("48", "other", "individuals", "people", None, "The EU's 16th package", "asserts"),
            ("35", "other", "entities", "entities", None, "The EU's 16th package", "asserts"),
        ],
    ),
    (
        "Attackers encrypted about 3,000 computers at the port authority.",
        [("about 3,000", "other", "computers", "computers", None, None, "asserts")],
    ),
    (
        "The botnet numbers some 200,000 routers.",
        [("some 200,000", "strength", "routers", "routers", None, None, "asserts")],
    ),
    (
        "Roughly three dozen officers were dismissed.",
        [("Roughly three dozen", "other", "officers", "people", None, None, "asserts")],
    ),
    (
        "Just under 4k reservists reported for duty.",
        [("Just under 4k", "other", "reservists", "people", None, None, "asserts")],
    ),
    (
        "Around 10-15,000 mercenaries were recruited.",
        [("Around 10-15,000", "strength", "mercenaries", "people", None, None, "asserts")],
    ),
    (
        "Anywhere from 50 to 70 militants were killed.",
        [("50 to 70", "killed", "militants", "people", None, None, "asserts")],
    ),
    ("Half a dozen gunmen were shot dead.", [("Half a dozen", "killed", "gunmen", "people", None, None, "asserts")]),
    (
        "Close to 1.3m people were displaced.",
        [("Close to 1.3m", "displaced", "people", "people", None, None, "asserts")],
    ),
    (
        "The barrage of 200-plus rockets fell on Nahariya.",
        [("200-plus", "fired", "rockets", "rockets", None, None, "asserts")],
    ),
    (
        "Not less than 90 pupils were kidnapped.",
        [("Not less than 90", "other", "pupils", "people", None, None, "asserts")],
    ),
    (
        "Two hundred and forty-one marines died in Beirut in 1983.",
        [("Two hundred and forty-one", "killed", "marines", "people", None, None, "asserts")],
    ),
    (
        "Almost two and a half million Syrians crossed into Lebanon.",
        [("Almost two and a half million", "displaced", "Syrians", "people", None, None, "asserts")],
    ),
    (
        "A few dozen protesters were injured.",
        [("A few dozen", "wounded", "protesters", "people", None, None, "asserts")],
    ),
    (
        "As few as 200 defenders hold the town.",
        [("As few as 200", "other", "defenders", "people", None, None, "asserts")],
    ),
    ("Well over 1 000 homes were razed.", [("Well over 1 000", "destroyed", "homes", "homes", None, None, "asserts")]),
    (
        "Hundreds of thousands of pilgrims were evacuated.",
        [("Hundreds of thousands", "displaced", "pilgrims", "people", None, None, "asserts")],
    ),
    ("Many villagers fled.", [("Many", "displaced", "villagers", "people", None, None, "asserts")]),
    ("5–7 fighters were wounded.", [("5–7", "wounded", "fighters", "people", None, None, "asserts")]),
    (
        "Some 40 to 50 vehicles were destroyed.",
        [("Some 40 to 50", "destroyed", "vehicles", "vehicles", None, None, "asserts")],
    ),
    (
        "Not more than a hundred volunteers signed up.",
        [("Not more than a hundred", "strength", "volunteers", "people", None, None, "asserts")],
    ),
    (
        "The army called up 300 thousand reservists.",
        [("300 thousand", "strength", "reservists", "people", None, None, "asserts")],
    ),
    (
        "Over a million people lost their homes.",
        [("Over a million", "displaced", "people", "people", None, None, "asserts")],
    ),
    (
        "A total of 1,482 prisoners were swapped.",
        [("1,482", "other", "prisoners", "people", "cumulative", None, "asserts")],
    ),
    (
        "At least 15 miners were reported killed in the collapse.",
        [("At least 15", "killed", "miners", "people", None, None, "reports")],
    ),
    (
        "Some 8,000 troops are thought to have been deployed to Kursk.",
        [("Some 8,000", "deployed", "troops", "people", None, None, "estimates")],
    ),
    (
        "State media reported that the governor had confirmed 12 deaths.",
        [("12", "killed", "deaths", "people", None, "the governor", "confirms")],
    ),
    ("The army, for its part, admits to 19 dead.", [("19", "killed", None, "people", None, "The army", "confirms")]),
    (
        "UN experts believe the group has 300 to 500 fighters.",
        [("300 to 500", "strength", "fighters", "people", None, "UN experts", "estimates")],
    ),
    ("Moscow, Kyiv says, has lost 10,000 tanks.", [("10,000", "destroyed", "tanks", "tanks", None, "Kyiv", "asserts")]),
    (
        "Ten Gripen jets were handed over to Hungary in May.",
        [("Ten", "delivered", "Gripen jets", "jets", None, None, "asserts")],
    ),
    (
        "Manila has stationed 250 coast guards on Thitu.",
        [("250", "strength", "coast guards", "people", None, None, "asserts")],
    ),
    (
        "A battery of 12 Caesar howitzers arrived from France.",
        [("12", "deployed", "Caesar howitzers", "howitzers", None, None, "asserts")],
    ),
    ("Cuban doctors in Angola number 800.", [("800", "strength", "Cuban doctors", "people", None, None, "asserts")]),
    (
        "The M23 now fields 6,500 fighters, twice as many as in 2023.",
        [("6,500", "strength", "fighters", "people", "stock", None, "asserts")],
    ),
    (
        "The garrison was reinforced with 350 gendarmes from the south.",
        [("350", "reinforced", "gendarmes", "people", None, None, "asserts")],
    ),
    (
        "The gunmen torched 16 trucks and drove off with 400 cattle.",
        [
            ("16", "destroyed", "trucks", "trucks", None, None, "asserts"),
            ("400", "other", "cattle", "cattle", None, None, "asserts"),
        ],
    ),
    (
        "Of the 19 crew, four died, six were injured and nine are missing.",
        [
            ("four", "killed", "crew", "people", None, None, "asserts"),
            ("six", "wounded", "crew", "people", None, None, "asserts"),
            ("nine", "missing", "crew", "people", None, None, "asserts"),
        ],
    ),
    (
        "Hezbollah has rained 1,300 projectiles on Galilee since October.",
        [("1,300", "fired", "projectiles", "projectiles", "cumulative", None, "asserts")],
    ),
    (
        "The 82nd Airborne moved 1,800 soldiers to Poland in 72 hours.",
        [("1,800", "deployed", "soldiers", "people", None, None, "asserts")],
    ),
    (
        "Rebels freed 7 of the 19 engineers they had kidnapped.",
        [("7", "other", "engineers", "people", None, None, "asserts")],
    ),
    (
        "Israel's army says it has dismantled 23 of Hamas's 24 battalions.",
        [("23", "destroyed", "battalions", "battalions", None, "Israel's army", "asserts")],
    ),
    (
        "Fresh from Sochi, 1,500 recruits arrived in Bangui.",
        [("1,500", "deployed", "recruits", "people", None, None, "asserts")],
    ),
    ("Prosecutors have charged 11 people with treason.", [("11", "other", "people", "people", None, None, "asserts")]),
    (
        "The mine employs 3,400 people and lies 40 km south of Agadez.",
        [("3,400", "other", "people", "people", None, None, "asserts")],
    ),
    (
        "One soldier was killed and two were wounded by a mine.",
        [
            ("One", "killed", "soldier", "people", None, None, "asserts"),
            ("two", "wounded", "soldier", "people", None, None, "asserts"),
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [
        (c.as_written, c.measure, c.subject, c.unit, c.aggregation, c.speaker, c.stance) for c in claims_of(sentence)
    ]

    assert found == expected
