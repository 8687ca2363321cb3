"""Sentences as wires, think tanks and ministries write them: what they count, of whom, who says so and how."""

import pytest

# Sentence -> claims as (as written, measure, subject, speaker, stance).
SENTENCES = [
    (
        "BEIRUT - An Israeli drone struck a car near Nabatieh on Thursday, killing two people and injuring five others, Lebanon's National News Agency reported.",
        [
            ("two", "killed", "people", "Lebanon's National News Agency", "reports"),
            ("five", "wounded", "others", "Lebanon's National News Agency", "reports"),
        ],
    ),
    (
        "As of 12 March, 4,870 cholera cases and 112 deaths had been recorded across nine districts.",
        [("4,870", "other", "cholera cases", None, "asserts"), ("112", "killed", "deaths", None, "asserts")],
    ),
    (
        "MSF teams treated 320 patients for gunshot wounds in the first week of the fighting.",
        [("320", "other", "patients", None, "asserts")],
    ),
    (
        "Ethiopia's federal government says its forces killed 305 Fano fighters over a fortnight, a figure the militia dismisses.",
        [("305", "killed", "Fano fighters", "Ethiopia's federal government", "asserts")],
    ),
    (
        "Camp managers in Cox's Bazar registered 13,400 new arrivals between January and March.",
        [("13,400", "other", "new arrivals", "Camp managers in Cox's Bazar", "asserts")],
    ),
    (
        "The Kremlin has acknowledged fewer than 6,000 military deaths, while BBC Russian has identified more than 100,000 by name.",
        [
            ("fewer than 6,000", "killed", "military deaths", "The Kremlin", "confirms"),
            ("more than 100,000", "killed", "military deaths", "BBC Russian", "asserts"),
        ],
    ),
    (
        "Between 12,000 and 15,000 Eritrean soldiers remain in northern Tigray, two Western diplomats said.",
        [("Between 12,000 and 15,000", "strength", "Eritrean soldiers", "two Western diplomats", "asserts")],
    ),
    (
        "Ecuador's police seized 47 rifles and arrested 19 suspects in raids on Guayaquil's port district.",
        [("47", "captured", "rifles", None, "asserts"), ("19", "arrested", "suspects", None, "asserts")],
    ),
    (
        "Polish officers turned back roughly 200 people at the Belarusian frontier on Saturday, the Border Guard wrote on X.",
        [("roughly 200", "other", "people", "the Border Guard", "asserts")],
    ),
    (
        "An average of 40 trucks a day entered Gaza in May, against 500 before the war, OCHA data show.",
        [("An average of 40", "deployed", "trucks", "OCHA", "asserts")],
    ),
    (
        "Nigerian troops freed 76 captives, among them 27 children, from a forest hideout in Katsina, according to an army spokesman.",
        [
            ("76", "other", "captives", "an army spokesman", "asserts"),
            ("27", "other", "children", "an army spokesman", "asserts"),
        ],
    ),
    (
        "Taiwan's coast guard said four Chinese vessels entered restricted waters off Kinmen.",
        [("four", "deployed", "Chinese vessels", "Taiwan's coast guard", "asserts")],
    ),
    ("Washington approved the sale of 50 F-35 jets to the Emirates.", [("50", "other", "F-35 jets", None, "asserts")]),
    (
        "North Korea has shipped as many as 16,000 containers of ammunition to Russia since August 2023, South Korea's defence ministry estimates.",
        [("as many as 16,000", "delivered", "containers of ammunition", "South Korea's defence ministry", "estimates")],
    ),
    (
        "Kazakhstan's health officials confirmed 227 fatalities, among them 19 members of the security forces.",
        [
            ("227", "killed", "fatalities", "Kazakhstan's health officials", "confirms"),
            ("19", "killed", "members of the security forces", "Kazakhstan's health officials", "confirms"),
        ],
    ),
    (
        "Floodwaters have swept away 6,000 homes and forced some 85,000 residents into shelters in Beledweyne.",
        [("6,000", "destroyed", "homes", None, "asserts"), ("some 85,000", "displaced", "residents", None, "asserts")],
    ),
    (
        "France, which once kept 5,100 troops in the Sahel, completed its pull-out in early 2025.",
        [("5,100", "strength", "troops", None, "asserts")],
    ),
    (
        "The Institute for the Study of War assesses that Russian forces lost over 9,000 armoured vehicles in two years.",
        [("over 9,000", "destroyed", "armoured vehicles", "The Institute for the Study of War", "estimates")],
    ),
    (
        'Turkish F-16s hit 32 PKK targets, "neutralising" 59 militants, Ankara\'s defence ministry announced.',
        [
            ("32", "other", "PKK targets", "Ankara's defence ministry", "asserts"),
            ("59", "killed", "militants", "Ankara's defence ministry", "asserts"),
        ],
    ),
    (
        "No independent count exists, but residents said they had buried more than 70 bodies.",
        [("more than 70", "killed", "bodies", "residents", "asserts")],
    ),
    (
        "The two-day operation cost the Chadian army 92 men and 24 vehicles, President Mahamat Déby said.",
        [
            ("92", "killed_or_wounded", "men", "President Mahamat Déby", "asserts"),
            ("24", "destroyed", "vehicles", "President Mahamat Déby", "asserts"),
        ],
    ),
    (
        "Philippine and American forces, numbering close to 17,000, took part in this year's Balikatan drills.",
        [("close to 17,000", "strength", "Philippine and American forces", None, "asserts")],
    ),
    (
        "Rio's governor put the number of dead at 64, including four policemen; public defenders say 132.",
        [
            ("64", "killed", "dead", "Rio's governor", "asserts"),
            ("four", "killed", "policemen", "Rio's governor", "asserts"),
            ("132", "killed", "dead", "public defenders", "asserts"),
        ],
    ),
    (
        "Hundreds of migrants were crammed into a detention centre built for 80 in Zawiya.",
        [("Hundreds", "other", "migrants", None, "asserts")],
    ),
    (
        "Iranian authorities have executed at least 975 people in 2024, the highest number since 2015, two rights groups reported.",
        [("at least 975", "killed", "people", "two rights groups", "reports")],
    ),
    (
        "Pakistan repatriated 1,300 Afghan families via Torkham on Monday.",
        [("1,300", "other", "Afghan families", None, "asserts")],
    ),
    (
        "Papua New Guinea told the United Nations that more than 2,000 villagers had been buried; the IOM's own estimate stood at 670.",
        [
            ("more than 2,000", "other", "villagers", "Papua New Guinea", "asserts"),
            ("670", "other", "villagers", "the IOM", "estimates"),
        ],
    ),
    ("The convoy comprised 31 lorries carrying flour for Zamzam camp.", [("31", "other", "lorries", None, "asserts")]),
    (
        "India's army chief conceded that five jawans had died and a further eight were in hospital.",
        [
            ("five", "killed", "jawans", "India's army chief", "confirms"),
            ("eight", "wounded", "jawans", "India's army chief", "confirms"),
        ],
    ),
    (
        "Tbilisi police used water cannon on Friday night and detained 48 demonstrators, among them two opposition leaders.",
        [
            ("48", "arrested", "demonstrators", None, "asserts"),
            ("two", "arrested", "opposition leaders", None, "asserts"),
        ],
    ),
    ("Japan scrambled fighters 669 times in the fiscal year.", []),
    (
        "Mozambique's insurgents beheaded eleven villagers near Mueda, a local administrator told Lusa.",
        [("eleven", "killed", "villagers", "a local administrator", "asserts")],
    ),
    (
        "Sanctions now cover 2,400 individuals and entities, the Council said.",
        [("2,400", "other", "individuals and entities", "the Council", "asserts")],
    ),
    (
        "An explosion at an arms depot near Ryazan is feared to have killed up to 20 workers.",
        [("up to 20", "killed", "workers", None, "estimates")],
    ),
    (
        "In Darfur alone, 177 sites now shelter people who have left their homes, up from 60 a year ago.",
        [("177", "other", "sites", None, "asserts")],
    ),
    (
        "More than 118,000 ethnic Armenians left the enclave within ten days, Yerevan says.",
        [("More than 118,000", "displaced", "ethnic Armenians", "Yerevan", "asserts")],
    ),
    (
        "Burkinabe junta leader Ibrahim Traoré claimed in a televised address that his army had recruited 14,000 soldiers and 50,000 volunteers.",
        [
            ("14,000", "strength", "soldiers", "Burkinabe junta leader Ibrahim Traoré", "asserts"),
            ("50,000", "strength", "volunteers", "Burkinabe junta leader Ibrahim Traoré", "asserts"),
        ],
    ),
    (
        "The Pentagon denied reports that 200 Marines had been flown to Port-au-Prince.",
        [("200", "deployed", "Marines", "The Pentagon", "denies")],
    ),
    ("Serbian students blocked two bridges in Novi Sad on Saturday.", [("two", "other", "bridges", None, "asserts")]),
    (
        "Nine people were missing and 26 had been rescued by nightfall, the prefecture of Mayotte reported, revising an earlier toll of 21 dead to 31.",
        [
            ("Nine", "missing", "people", "the prefecture of Mayotte", "reports"),
            ("26", "other", "people", "the prefecture of Mayotte", "reports"),
            ("21", "killed", None, "the prefecture of Mayotte", "reports"),
            ("31", "killed", None, "the prefecture of Mayotte", "reports"),
        ],
    ),
    (
        "Armed men on motorbikes killed scores of farmers in Tillabéri, survivors recounted.",
        [("scores", "killed", "farmers", "survivors", "asserts")],
    ),
    (
        "The EU's Aspides mission has escorted 370 merchant ships and destroyed 19 drones.",
        [("370", "other", "merchant ships", None, "asserts"), ("19", "destroyed", "drones", None, "asserts")],
    ),
    (
        "Jordan hosts 620,000 registered Syrian refugees, UNHCR figures indicate.",
        [("620,000", "displaced", "registered Syrian refugees", "UNHCR", "asserts")],
    ),
    (
        "Venezuela's electoral council declared Maduro the winner with 51 percent of 10 million ballots.",
        [("10 million", "other", "ballots", "Venezuela's electoral council", "asserts")],
    ),
    (
        "Turnout reached 62 percent, with 1.9 million people casting a ballot.",
        [("1.9 million", "other", "people", None, "asserts")],
    ),
    (
        "Senior commanders Abu Bakr and Hassan Ali were among the 14 fighters killed.",
        [("14", "killed", "fighters", None, "asserts")],
    ),
    (
        "At the height of the surge, NATO had 130,000 soldiers from 51 countries in Afghanistan.",
        [("130,000", "strength", "soldiers", None, "asserts")],
    ),
    (
        "Moscow's decree allows the call-up of 160,000 conscripts this spring.",
        [("160,000", "other", "conscripts", None, "asserts")],
    ),
    (
        "Satellite imagery reviewed by CSIS shows 36 new hardened shelters at Hotan.",
        [("36", "other", "new hardened shelters", "Satellite imagery reviewed by CSIS", "asserts")],
    ),
    ("It is not known how many of the 219 passengers survived.", [("219", "other", "passengers", None, "asserts")]),
    (
        "Sudanese doctors say 43 civilians, most of them women, were killed and upwards of 60 hurt when shells fell on a market in Omdurman.",
        [
            ("43", "killed", "civilians", "Sudanese doctors", "asserts"),
            ("upwards of 60", "wounded", "civilians", "Sudanese doctors", "asserts"),
        ],
    ),
    (
        "Mali's transitional authorities report that 38 soldiers were killed and 15 wounded in the ambush at Mondoro.",
        [
            ("38", "killed", "soldiers", "Mali's transitional authorities", "reports"),
            ("15", "wounded", "soldiers", "Mali's transitional authorities", "reports"),
        ],
    ),
    (
        "Kyiv received 18 Archer howitzers from Stockholm in the autumn.",
        [("18", "delivered", "Archer howitzers", None, "asserts")],
    ),
    (
        "Roughly 1,700 Cuban doctors work in Venezuela today, down from 20,000 a decade ago.",
        [("Roughly 1,700", "other", "Cuban doctors", None, "asserts")],
    ),
    (
        "Two Iranian frigates and a supply ship docked in Cape Town on Tuesday.",
        [("Two", "other", "Iranian frigates", None, "asserts")],
    ),
    (
        "More than 3,400 buildings collapsed and an estimated 1,600 people lost their lives in the Mandalay quake, the junta's spokesman said.",
        [
            ("More than 3,400", "destroyed", "buildings", "the junta's spokesman", "asserts"),
            ("an estimated 1,600", "killed", "people", "the junta's spokesman", "asserts"),
        ],
    ),
    (
        "Bangladesh's interim government has arrested over 11,300 people under Operation Devil Hunt, the daily Prothom Alo reports.",
        [("over 11,300", "arrested", "people", "the daily Prothom Alo", "reports")],
    ),
    (
        "An estimated 8,000 mercenaries fought on the side of Haftar's army at the time, according to a UN panel of experts.",
        [("An estimated 8,000", "other", "mercenaries", "a UN panel of experts", "asserts")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [(c.as_written, c.measure, c.subject, c.speaker, c.stance) for c in claims_of(sentence)]

    assert found == expected
