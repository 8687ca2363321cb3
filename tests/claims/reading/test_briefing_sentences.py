"""Sentences as wires, sitreps, ministries and think tanks write them: what they count, of whom, who says so and how."""

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
        [("more than 70", "other", "bodies", "residents", "asserts")],
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
    (
        "Thailand evacuated 138,000 people from four border provinces after Cambodian rockets killed 13 civilians and a soldier.",
        [("138,000", "displaced", "people", None, "asserts"), ("13", "killed", "civilians", None, "asserts")],
    ),
    (
        "Officials in Islamabad put the Indian losses at six aircraft, which New Delhi disputes.",
        [("six", "destroyed", "aircraft", "Officials in Islamabad", "asserts")],
    ),
    (
        "Rights lawyers are tracking the cases of 520 political prisoners in Belarus.",
        [("520", "arrested", "political prisoners", None, "asserts")],
    ),
    (
        "Some 45 tanks, 110 armoured carriers and 3,000 soldiers crossed the Litani.",
        [
            ("Some 45", "other", "tanks", None, "asserts"),
            ("110", "other", "armoured carriers", None, "asserts"),
            ("3,000", "other", "soldiers", None, "asserts"),
        ],
    ),
    (
        "Kenya's police watchdog said 60 protesters were killed and 66 people abducted between June and October.",
        [
            ("60", "killed", "protesters", "Kenya's police watchdog", "asserts"),
            ("66", "other", "people", "Kenya's police watchdog", "asserts"),
        ],
    ),
    (
        "The ferry, carrying 420 passengers, capsized off Mbandaka; 143 bodies have been recovered and hundreds are missing.",
        [
            ("420", "other", "passengers", None, "asserts"),
            ("143", "other", "bodies", None, "asserts"),
            ("hundreds", "missing", None, None, "asserts"),
        ],
    ),
    ("Chinese jets crossed the median line 37 times last week.", []),
    (
        "Seoul's spy agency reckons that about 2,000 North Korean troops have died, lawmakers briefed by it said.",
        [("about 2,000", "killed", "North Korean troops", "Seoul's spy agency", "estimates")],
    ),
    (
        "By early June the army had mobilised 360,000 reservists.",
        [("360,000", "strength", "reservists", None, "asserts")],
    ),
    ("Estonia will donate 36 Javelin launchers next month.", []),
    (
        "Aid groups warn that 640,000 people in Gaza face famine.",
        [("640,000", "other", "people", "Aid groups", "asserts")],
    ),
    (
        "Only six of the alliance's 32 members missed the target.",
        [("six", "other", "alliance's 32 members", None, "asserts")],
    ),
    (
        "Wagner fighters stormed the village of Moura in March 2022, executing at least 500 people over five days, the UN human rights office found.",
        [("at least 500", "killed", "people", "the UN human rights office", "asserts")],
    ),
    (
        "Greek coastguards pulled 104 survivors and 82 bodies from the water.",
        [("104", "other", "survivors", None, "asserts"), ("82", "other", "bodies", None, "asserts")],
    ),
    (
        "The regime's artillery had fired nearly 7,000 shells at Myawaddy by dawn, said Padoh Saw Taw Nee, a spokesman for the Karen National Union.",
        [("nearly 7,000", "fired", "shells", "Padoh Saw Taw Nee", "asserts")],
    ),
    (
        "With 1,200 peacekeepers already gone, MONUSCO's strength has dropped to some 9,000 uniformed personnel.",
        [
            ("1,200", "other", "peacekeepers", None, "asserts"),
            ("some 9,000", "strength", "uniformed personnel", None, "asserts"),
        ],
    ),
    ("Australia's navy lost contact with none of its ships.", []),
    (
        "The junta acknowledged losing 14 bases to the Arakan Army, which puts the tally at 180.",
        [
            ("14", "captured", "bases", "The junta", "confirms"),
            ("180", "captured", "bases", "the Arakan Army", "asserts"),
        ],
    ),
    ("Sweden's parliament voted by 271 to 37 to let up to 1,000 US troops be based in Luleå.", []),
    (
        "Local councils reported on 9 July that 1,120 families had fled Suwayda and that 89 people, including 14 civilians, had been killed.",
        [
            ("1,120", "displaced", "families", "Local councils", "reports"),
            ("89", "killed", "people", "Local councils", "reports"),
            ("14", "killed", "civilians", "Local councils", "reports"),
        ],
    ),
    (
        "The Guinean opposition maintains that no fewer than 135 of its supporters died in the stadium crush.",
        [("no fewer than 135", "killed", "its supporters", "The Guinean opposition", "asserts")],
    ),
    (
        "Lithuania's border service logged 24 balloons on Sunday night and closed Vilnius airport for six hours.",
        [("24", "other", "balloons", "Lithuania's border service", "asserts")],
    ),
    (
        "Twelve Indonesian soldiers wounded: the separatists' statement spoke of nine killed, which Jakarta rejected.",
        [
            ("Twelve", "wounded", "Indonesian soldiers", None, "asserts"),
            ("nine", "killed", None, "the separatists' statement", "asserts"),
        ],
    ),
    (
        "Russian border guards have stopped several hundred lorries at Verkhny Lars since Friday.",
        [("several hundred", "other", "lorries", None, "asserts")],
    ),
    (
        "The Sinaloa feud has left 1,300 dead and 1,500 missing in ten months, by the state prosecutor's count.",
        [
            ("1,300", "killed", None, "the state prosecutor", "asserts"),
            ("1,500", "missing", None, "the state prosecutor", "asserts"),
        ],
    ),
    ("Since then 14 states have recognised the government.", [("14", "other", "states", None, "asserts")]),
    (
        "Up to 400 Rwandan-backed fighters and perhaps 150 government soldiers died in a single week, a Western intelligence memo suggests.",
        [
            ("Up to 400", "killed", "Rwandan-backed fighters", "a Western intelligence memo", "asserts"),
            ("perhaps 150", "killed", "government soldiers", "a Western intelligence memo", "asserts"),
        ],
    ),
    (
        "Kosovo's police arrested four Serbs on suspicion of espionage and confiscated 63 mobile phones.",
        [("four", "arrested", "Serbs", None, "asserts"), ("63", "captured", "mobile phones", None, "asserts")],
    ),
    (
        "The Sahel Observatory recorded 1,204 violent incidents in the first quarter and estimates that 4,300 people lost their lives in them.",
        [
            ("1,204", "other", "violent incidents", "The Sahel Observatory", "asserts"),
            ("4,300", "killed", "people", "The Sahel Observatory", "estimates"),
        ],
    ),
    (
        "ANKARA (Wire) - At least 11 soldiers died when a cargo plane came down near Sivas on Wednesday, officials said.",
        [("At least 11", "killed", "soldiers", "officials", "asserts")],
    ),
    (
        "The ministry's daily bulletin claims that 230 enemy drones and 14 cruise missiles were intercepted between dusk and dawn.",
        [
            ("230", "destroyed", "enemy drones", "The ministry's daily bulletin", "asserts"),
            ("14", "destroyed", "cruise missiles", "The ministry's daily bulletin", "asserts"),
        ],
    ),
    (
        "Beijing now fields roughly 600 operational warheads, the Stockholm International Peace Research Institute estimates.",
        [
            (
                "roughly 600",
                "strength",
                "operational warheads",
                "the Stockholm International Peace Research Institute",
                "estimates",
            )
        ],
    ),
    (
        "Guatemalan authorities transferred 20 gang leaders to a military prison.",
        [("20", "other", "gang leaders", None, "asserts")],
    ),
    (
        "Militants ambushed a convoy outside Bannu, killing a major and eight soldiers, Pakistan's military said in a statement.",
        [("eight", "killed", "soldiers", "Pakistan's military", "asserts")],
    ),
    (
        "Some 9,700 Ukrainian troops have completed training in Germany so far this year, according to the Bundeswehr.",
        [("Some 9,700", "other", "Ukrainian troops", "the Bundeswehr", "asserts")],
    ),
    (
        "Fighting around Drodro drove more than 75,000 villagers from their homes in February alone, the Norwegian Refugee Council reported.",
        [("more than 75,000", "displaced", "villagers", "the Norwegian Refugee Council", "reports")],
    ),
    (
        "The Taliban deny that 20 former officers were detained in Kandahar.",
        [("20", "arrested", "former officers", "The Taliban", "denies")],
    ),
    (
        "Officials in Caracas say three US-flagged boats were sunk; Washington speaks of two.",
        [
            ("three", "destroyed", "US-flagged boats", "Officials in Caracas", "asserts"),
            ("two", "destroyed", "US-flagged boats", "Washington", "asserts"),
        ],
    ),
    (
        "Russia's border regions reported 19 civilians wounded in the past 24 hours.",
        [("19", "wounded", "civilians", "Russia's border regions", "reports")],
    ),
    ("Under the deal, Riyadh will take 142 aircraft.", []),
    (
        "Only 31 of 190 ambulances in Khartoum still work, the health cluster noted.",
        [("31", "other", "ambulances", "the health cluster", "asserts")],
    ),
    (
        "The two armies have massed tens of thousands of soldiers along the Mereb.",
        [("tens of thousands", "deployed", "soldiers", None, "asserts")],
    ),
    (
        "Vietnam's coastguard rescued 23 fishermen whose trawler had been rammed by a Chinese cutter.",
        [("23", "other", "fishermen", None, "asserts")],
    ),
    (
        "In Port Sudan the army paraded 300 captured RSF fighters before the cameras.",
        [("300", "captured", "captured RSF fighters", None, "asserts")],
    ),
    (
        "Witnesses told AFP they had seen around 50 armoured vehicles heading for Goma's airport.",
        [("around 50", "other", "armoured vehicles", "Witnesses", "asserts")],
    ),
    (
        "Yemen's internationally recognised government accused the Houthis of kidnapping 59 UN employees.",
        [("59", "other", "UN employees", "Yemen's internationally recognised government", "asserts")],
    ),
    (
        "The German frigate shot down two drones in its first week, the Bundeswehr confirmed, and mistakenly fired at an American one.",
        [("two", "destroyed", "drones", "the Bundeswehr", "confirms")],
    ),
    ("Manila reported no casualties.", []),
    (
        "Togo deployed 500 gendarmes to the north; Benin says it has 3,000 men there.",
        [("500", "deployed", "gendarmes", None, "asserts"), ("3,000", "strength", "men", "Benin", "asserts")],
    ),
    (
        "As many as 25,000 irregulars, by the estimate of one Nairobi-based analyst, answer to the general.",
        [("As many as 25,000", "other", "irregulars", "one Nairobi-based analyst", "estimates")],
    ),
    (
        "The wildfires killed 31 and destroyed over 16,000 structures across Los Angeles county.",
        [("31", "killed", None, None, "asserts"), ("over 16,000", "destroyed", "structures", None, "asserts")],
    ),
    (
        "Norway's intelligence service assesses that just under 8,000 soldiers of the 14th Corps are left on the Kola peninsula.",
        [("just under 8,000", "strength", "soldiers of the 14th Corps", "Norway's intelligence service", "estimates")],
    ),
    (
        "Fewer than a dozen inspectors work in Tehran at present, the agency's chief told the board.",
        [("Fewer than a dozen", "other", "inspectors", "the agency's chief", "asserts")],
    ),
    (
        "Ukrainian drones struck the Novoshakhtinsk refinery overnight, injuring one worker, the acting governor of Rostov, Yury Slyusar, wrote on Telegram.",
        [("one", "wounded", "worker", "the acting governor of Rostov", "asserts")],
    ),
    (
        "Six Nepali peacekeepers were hurt and two armoured carriers burned when protesters stormed the base at Beni.",
        [
            ("Six", "wounded", "Nepali peacekeepers", None, "asserts"),
            ("two", "destroyed", "armoured carriers", None, "asserts"),
        ],
    ),
    (
        "India's navy commissioned two destroyers and a submarine on 15 January.",
        [("two", "other", "destroyers", None, "asserts")],
    ),
    (
        "Kim Yong Hyun admitted having sent about 280 commandos to the assembly.",
        [("about 280", "deployed", "commandos", "Kim Yong Hyun", "confirms")],
    ),
    (
        "Libyan smugglers held nearly 200 people, including 30 minors, in an underground prison at Kufra, security sources said.",
        [
            ("nearly 200", "other", "people", "security sources", "asserts"),
            ("30", "other", "minors", "security sources", "asserts"),
        ],
    ),
    (
        "Tokyo scrambled jets after eight Russian bombers circled Hokkaido.",
        [("eight", "other", "Russian bombers", None, "asserts")],
    ),
    (
        "A rights coalition has documented the forced disappearance of 1,850 people since the coup.",
        [("1,850", "missing", "people", "A rights coalition", "asserts")],
    ),
    ("Georgian Dream won 89 of 150 seats.", []),
    (
        "Hezbollah's losses are put at between 3,500 and 4,000 fighters by Israeli officers, who also claim to have destroyed 70 percent of its rockets.",
        [("between 3,500 and 4,000", "killed_or_wounded", "fighters", "Israeli officers", "asserts")],
    ),
    (
        "The RSF shelled Abu Shouk camp on Monday, leaving 40 people dead, local volunteers in the Emergency Response Rooms said.",
        [("40", "killed", "people", "local volunteers in the Emergency Response Rooms", "asserts")],
    ),
    (
        "Panama intercepted 1,200 northbound migrants in May, a fraction of the 30,000 recorded a year earlier.",
        [("1,200", "other", "northbound migrants", None, "asserts"), ("30,000", "other", None, None, "asserts")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [(c.as_written, c.measure, c.subject, c.speaker, c.stance) for c in claims_of(sentence)]

    assert found == expected
