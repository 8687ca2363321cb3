"""Sentences as situation reports and statements write them: what they count, of whom, who says so and how."""

import pytest

# Sentence -> claims as (as written, measure, subject, speaker, stance).
SENTENCES = [
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
            ("143", "killed", "bodies", None, "asserts"),
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
        [("six", "other", "members", None, "asserts")],
    ),
    (
        "Wagner fighters stormed the village of Moura in March 2022, executing at least 500 people over five days, the UN human rights office found.",
        [("at least 500", "killed", "people", "the UN human rights office", "asserts")],
    ),
    (
        "Greek coastguards pulled 104 survivors and 82 bodies from the water.",
        [("104", "other", "survivors", None, "asserts"), ("82", "killed", "bodies", None, "asserts")],
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
    (
        "Sudan's doctors' union says 27 patients were killed when drones hit a hospital in El Obeid.",
        [("27", "killed", "patients", "Sudan's doctors' union", "asserts")],
    ),
    (
        "Kyiv's forces captured more than 60 North Korean soldiers last winter, according to a Ukrainian officer quoted by Reuters.",
        [("more than 60", "captured", "North Korean soldiers", "a Ukrainian officer quoted by Reuters", "asserts")],
    ),
    (
        "SANAA (Agency) — US jets bombed a prison in Saada on Sunday night, killing at least 68 African migrants, Houthi-run television said.",
        [("at least 68", "killed", "African migrants", "Houthi-run television", "asserts")],
    ),
    (
        "Some 3,200 households in Kalehe territory received seeds and tools in March.",
        [("Some 3,200", "other", "households", None, "asserts")],
    ),
    (
        "Taipei counted 59 Chinese aircraft and nine naval vessels around the island, the most in five months.",
        [
            ("59", "other", "Chinese aircraft", "Taipei", "asserts"),
            ("nine", "other", "naval vessels", "Taipei", "asserts"),
        ],
    ),
    (
        "The Interior Ministry reported 14 injured officers and 72 arrests after the march.",
        [
            ("14", "wounded", "injured officers", "The Interior Ministry", "reports"),
            ("72", "arrested", "arrests", "The Interior Ministry", "reports"),
        ],
    ),
    (
        "Between January and June, pirates boarded 12 ships off Somalia and took 41 sailors hostage, the bureau notes.",
        [("12", "other", "ships", "the bureau", "asserts"), ("41", "other", "sailors", "the bureau", "asserts")],
    ),
    (
        "Warsaw has so far handed Kyiv 320 tanks, more than any other ally.",
        [("320", "delivered", "tanks", None, "asserts")],
    ),
    (
        "Almost 1 million Rohingya live in 33 camps near the border.",
        [("Almost 1 million", "other", "Rohingya", None, "asserts")],
    ),
    ("Hamas said on Thursday it would free ten hostages.", []),
    (
        "Officials at the Rafah crossing confirmed that 90 lorries had entered by noon.",
        [("90", "deployed", "lorries", "Officials at the Rafah crossing", "confirms")],
    ),
    (
        "Police in Nairobi fired tear gas and arrested dozens of demonstrators.",
        [("dozens", "arrested", "demonstrators", None, "asserts")],
    ),
    (
        "Russia lost an estimated 1,050 soldiers a day in November, the British Defence Ministry assessed.",
        [("an estimated 1,050", "killed_or_wounded", "soldiers", "the British Defence Ministry", "estimates")],
    ),
    (
        "The earthquake toppled 850 houses, killed 126 people and injured 188, Xinhua reported.",
        [
            ("850", "destroyed", "houses", "Xinhua", "reports"),
            ("126", "killed", "people", "Xinhua", "reports"),
            ("188", "wounded", "people", "Xinhua", "reports"),
        ],
    ),
    ("UNIFIL's 10,000 peacekeepers remain in place.", [("10,000", "strength", "peacekeepers", None, "asserts")]),
    (
        "Berlin says it is hosting just over 1.1 million Ukrainians.",
        [("just over 1.1 million", "other", "Ukrainians", "Berlin", "asserts")],
    ),
    (
        "Gunmen opened fire on a minibus in Kurram, killing all 14 passengers.",
        [("14", "killed", "passengers", None, "asserts")],
    ),
    ("An Indian brigade of 3,000 has moved to Tawang.", [("3,000", "strength", None, None, "asserts")]),
    (
        "Rebels denied having shot down the helicopter but said eleven soldiers aboard had perished.",
        [("eleven", "killed", "soldiers", "Rebels", "asserts")],
    ),
    (
        "Ghana registered 230 new cases of cholera and seven deaths this week.",
        [
            ("230", "other", "new cases of cholera", "Ghana", "asserts"),
            ("seven", "killed", "deaths", "Ghana", "asserts"),
        ],
    ),
    (
        "The junta's air force dropped 19 bombs on Thabeikkyin, destroying 40 homes and a monastery.",
        [("19", "fired", "bombs", None, "asserts"), ("40", "destroyed", "homes", None, "asserts")],
    ),
    (
        "Fewer than 200 Christian families are left in the town, its priest says.",
        [("Fewer than 200", "other", "Christian families", "its priest", "asserts")],
    ),
    (
        "In a report published in June, Amnesty International documented 76 cases in which police shot at unarmed protesters.",
        [("76", "other", "cases", "Amnesty International", "asserts")],
    ),
    ("Only two of the six Coyote vehicles reached the depot.", [("two", "other", "Coyote vehicles", None, "asserts")]),
    (
        "The Philippine navy said 30 militia boats had swarmed Sabina Shoal, a number Beijing calls invented.",
        [("30", "other", "militia boats", "The Philippine navy", "asserts")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [(c.as_written, c.measure, c.subject, c.speaker, c.stance) for c in claims_of(sentence)]

    assert found == expected
