"""Sentences of war, sea, camp and street: what they count in which unit and how it adds up, who says so and how."""

import pytest

# Sentence -> claims as (as written, measure, subject, unit, aggregation, speaker, stance).
SENTENCES = [
    (
        "Rescuers had found 23 bodies by nightfall, and a dozen fishermen are still missing, the coastguard in Da Nang said on Sunday.",
        [
            ("23", "killed", "bodies", "people", None, "the coastguard in Da Nang", "asserts"),
            ("a dozen", "missing", "fishermen", "people", "stock", "the coastguard in Da Nang", "asserts"),
        ],
    ),
    (
        "Rebel commanders boast of having knocked out 14 armoured vehicles and taken 60 prisoners, though drone footage shows only nine wrecks.",
        [
            ("14", "destroyed", "armoured vehicles", "vehicles", None, "Rebel commanders", "asserts"),
            ("60", "captured", "prisoners", "people", None, "Rebel commanders", "asserts"),
            ("nine", "destroyed", "wrecks", "wrecks", None, "drone footage", "asserts"),
        ],
    ),
    (
        "Fewer than one hundred of the 1,200 ballot boxes had been delivered to Rakhine by polling day, the election commission admitted.",
        [("Fewer than one hundred", "delivered", "ballot boxes", "boxes", None, "the election commission", "confirms")],
    ),
    (
        "The junta's air force dropped eleven bombs on the village, destroying a clinic and 37 houses.",
        [
            ("eleven", "fired", "bombs", "bombs", None, None, "asserts"),
            ("37", "destroyed", "houses", "houses", None, None, "asserts"),
        ],
    ),
    (
        "Belgrade confirmed the arrest of 19 people, among them two former police chiefs, in connection with the canopy collapse, which killed 16.",
        [
            ("19", "arrested", "people", "people", None, "Belgrade", "confirms"),
            ("two", "arrested", "former police chiefs", "people", None, "Belgrade", "confirms"),
            ("16", "killed", None, "people", None, "Belgrade", "confirms"),
        ],
    ),
    (
        "A source close to the presidency told us that around 700 Chadian volunteers had been recruited by the RSF.",
        [
            (
                "around 700",
                "strength",
                "Chadian volunteers",
                "people",
                None,
                "A source close to the presidency",
                "asserts",
            )
        ],
    ),
    (
        "Up to 3,500 families were driven out of the camps at Zamzam last week, aid workers report, and another 900 fled on Monday.",
        [
            ("Up to 3,500", "displaced", "families", "families", None, "aid workers", "reports"),
            ("900", "displaced", "families", "families", "new", "aid workers", "reports"),
        ],
    ),
    (
        "Moscow claims that 240 drones were launched at Crimea, of which 231 were shot down.",
        [
            ("240", "fired", "drones", "drones", None, "Moscow", "asserts"),
            ("231", "destroyed", "drones", "drones", None, "Moscow", "asserts"),
        ],
    ),
    (
        "Kenya's contingent in Haiti, reinforced last month by 217 officers, now stands at just over 600.",
        [
            ("217", "reinforced", "officers", "people", None, None, "asserts"),
            ("just over 600", "strength", None, "people", "stock", None, "asserts"),
        ],
    ),
    (
        '"Our brothers have freed 35 detainees from the prison at Kati," a spokesman for JNIM, Abu Hamza, declared in a video.',
        [("35", "other", "detainees", "people", None, "a spokesman for JNIM", "asserts")],
    ),
    (
        "Tehran strongly denies having transferred 200 Fath-360 missiles to Russia.",
        [("200", "delivered", "Fath-360 missiles", "missiles", None, "Tehran", "denies")],
    ),
    (
        "Guangzhou's port handled 24 million containers in 2024, and 41 tankers are waiting in the roads.",
        [
            ("24 million", "other", "containers", "containers", None, None, "asserts"),
            ("41", "other", "tankers", "tankers", None, None, "asserts"),
        ],
    ),
    (
        "In the first half of the year coastguards of both states turned back 6,200 people and let 48 drown.",
        [
            ("6,200", "other", "people", "people", None, None, "asserts"),
            ("48", "killed", None, "people", None, None, "asserts"),
        ],
    ),
    (
        "The number of political prisoners has risen to 1,177, by Viasna's count.",
        [("1,177", "arrested", "political prisoners", "people", None, "Viasna", "asserts")],
    ),
    (
        "The ministry of health has registered 12,400 cholera cases and 388 deaths since August.",
        [
            ("12,400", "other", "cholera cases", "cases", "cumulative", "The ministry of health", "asserts"),
            ("388", "killed", "deaths", "people", "cumulative", "The ministry of health", "asserts"),
        ],
    ),
    (
        "Twenty-six Filipino seafarers, held by the Houthis for five months, came home in May.",
        [("Twenty-six", "other", "Filipino seafarers", "people", None, None, "asserts")],
    ),
    (
        "Satellite pictures suggest that at least 5 transport aircraft landed at Kufra.",
        [("at least 5", "deployed", "transport aircraft", "aircraft", None, "Satellite pictures", "asserts")],
    ),
    (
        "The fire at the depot killed nobody but destroyed some 4,000 tonnes of wheat and three silos.",
        [("three", "destroyed", "silos", "silos", None, None, "asserts")],
    ),
    (
        "Prosecutors say the network smuggled 1,900 Syrians into Austria and demand prison terms of eight to twelve years for its four leaders.",
        [("1,900", "other", "Syrians", "people", None, "Prosecutors", "asserts")],
    ),
    (
        "Delhi says it has withdrawn two of its three divisions from Depsang.",
        [("two", "other", "divisions", "divisions", None, "Delhi", "asserts")],
    ),
    (
        "Israel's home front command counted 550 missiles and more than 1,000 drones during the twelve-day war, which left 28 Israelis dead and over 3,000 injured.",
        [
            ("550", "other", "missiles", "missiles", None, "Israel's home front command", "asserts"),
            ("more than 1,000", "other", "drones", "drones", None, "Israel's home front command", "asserts"),
            ("28", "killed", "Israelis", "people", None, "Israel's home front command", "asserts"),
            ("over 3,000", "wounded", "Israelis", "people", None, "Israel's home front command", "asserts"),
        ],
    ),
    (
        "About 40 kilometres further north, 300 Fano militiamen attacked a convoy; the army says it lost 11 men and killed 95 of the attackers.",
        [
            ("300", "other", "Fano militiamen", "people", None, None, "asserts"),
            ("11", "killed_or_wounded", "men", "people", None, "the army", "asserts"),
            ("95", "killed", "attackers", "people", None, "the army", "asserts"),
        ],
    ),
    (
        "Police spokesman Didier Kuate put the toll at 14 dead, 60 injured and 320 arrests.",
        [
            ("14", "killed", None, "people", None, "Police spokesman Didier Kuate", "asserts"),
            ("60", "wounded", None, "people", None, "Police spokesman Didier Kuate", "asserts"),
            ("320", "arrested", "arrests", "people", None, "Police spokesman Didier Kuate", "asserts"),
        ],
    ),
    (
        "According to estimates by the International Rescue Committee, 150,000 or more civilians are trapped in the city.",
        [("150,000 or more", "other", "civilians", "people", None, "the International Rescue Committee", "estimates")],
    ),
    (
        "By one account the guard now has 8,000 members, twice as many as the 4,100 on its rolls in 2021.",
        [("8,000", "strength", "members", "people", "stock", None, "asserts")],
    ),
    (
        "The hospital ship treated 600 patients, 70 of them children, before leaving Port Sudan.",
        [
            ("600", "other", "patients", "people", None, None, "asserts"),
            ("70", "other", "children", "people", None, None, "asserts"),
        ],
    ),
    (
        "Ankara's drones, bought for 69 million euros, have flown 400 sorties and hit 23 depots, Bamako's general staff reported last week.",
        [
            ("400", "other", "sorties", "sorties", None, "Bamako's general staff", "reports"),
            ("23", "other", "depots", "depots", None, "Bamako's general staff", "reports"),
        ],
    ),
    (
        "The quake, measured at 6.9, flattened two villages and left as many as 9,000 people homeless in the middle of winter.",
        [
            ("two", "destroyed", "villages", "villages", None, None, "asserts"),
            ("as many as 9,000", "displaced", "people", "people", None, None, "asserts"),
        ],
    ),
    (
        "Witnesses spoke of hundreds of corpses in the streets.",
        [("hundreds", "killed", "corpses", "people", None, "Witnesses", "asserts")],
    ),
    (
        "Lebanon's health ministry reported 12 killed and 46 wounded in the strike on Baalbek, while Israel insists that ten of the dead were fighters.",
        [
            ("12", "killed", None, "people", None, "Lebanon's health ministry", "reports"),
            ("46", "wounded", None, "people", None, "Lebanon's health ministry", "reports"),
            ("ten", "killed", "dead", "people", None, "Israel", "asserts"),
        ],
    ),
    (
        "The Coast Guard Commandant, Ronnie Gavan, estimated that over a hundred militia boats had gathered near Pag-asa, up from 37 a week before.",
        [("over a hundred", "other", "militia boats", "boats", None, "The Coast Guard Commandant", "estimates")],
    ),
    (
        "Hackers stole the data of 1.1 million voters and demanded 30 bitcoin.",
        [("1.1 million", "other", "voters", "people", None, None, "asserts")],
    ),
    (
        "Lockheed delivered 110 F-35s in 2024, and the backlog has shrunk to some 70 aircraft.",
        [
            ("110", "delivered", "F-35s", "F-35s", None, None, "asserts"),
            ("some 70", "other", "aircraft", "aircraft", None, None, "asserts"),
        ],
    ),
    (
        "Iraq's Popular Mobilisation Forces, with 238,000 men on the payroll, took part.",
        [("238,000", "strength", "men", "people", None, None, "asserts")],
    ),
    (
        "More than twenty embassies, including those of 9 EU states, flew flags at half-mast.",
        [("More than twenty", "other", "embassies", "embassies", None, None, "asserts")],
    ),
    (
        "The mission's strength fell from 15,000 to 9,000 in four years.",
        [("9,000", "strength", None, "people", None, None, "asserts")],
    ),
    (
        "Some 2 800 Georgians were treated for tear gas burns, according to a survey of doctors published in December.",
        [("Some 2 800", "other", "Georgians", "people", None, "a survey of doctors", "asserts")],
    ),
    (
        "At the checkpoint near Kupiansk, Russian troops executed six Ukrainian prisoners of war, Kyiv's ombudsman alleges.",
        [("six", "killed", "Ukrainian prisoners of war", "people", None, "Kyiv's ombudsman", "asserts")],
    ),
    (
        "Reuters, quoting three officials, put the number of Iranian launchers destroyed at 120.",
        [("120", "destroyed", "Iranian launchers", "launchers", None, "Reuters", "asserts")],
    ),
    (
        "The Sudan Doctors Network accused the RSF of killing 47 people, including nine women, in Bara.",
        [
            ("47", "killed", "people", "people", None, "The Sudan Doctors Network", "asserts"),
            ("nine", "killed", "women", "people", None, "The Sudan Doctors Network", "asserts"),
        ],
    ),
    (
        "Nobody was hurt when two barges and a tug collided off Constanta.",
        [("two", "other", "barges", "barges", None, None, "asserts")],
    ),
    (
        "Venezuela's national guard has deployed on 14 bridges, and witnesses in Cúcuta counted 22 armoured cars on the far bank.",
        [("22", "other", "armoured cars", "cars", None, "witnesses in Cúcuta", "asserts")],
    ),
    (
        "The army's spokesman, Brigadier General Yahya Rasool, announced that 11 wanted men had been arrested in Diyala.",
        [("11", "arrested", "wanted men", "people", None, "The army's spokesman", "asserts")],
    ),
    (
        "Nearly 5.7 million Sudanese have been uprooted inside the country and a further 1.9 million have crossed its borders.",
        [
            ("Nearly 5.7 million", "displaced", "Sudanese", "people", None, None, "asserts"),
            ("1.9 million", "displaced", "Sudanese", "people", "new", None, "asserts"),
        ],
    ),
    (
        "In a single night, air defence crews over Kyiv brought down 54 of 60 Shaheds.",
        [("54", "destroyed", "Shaheds", "Shaheds", None, None, "asserts")],
    ),
    (
        "Aid convoys reached just four of 18 districts last month.",
        [("four", "other", "districts", "districts", None, None, "asserts")],
    ),
    (
        "The bomb that went off in Mogadishu's fish market on 4 July killed eight, maimed 23 and shattered the windows of the mayor's office.",
        [
            ("eight", "killed", None, "people", None, None, "asserts"),
            ("23", "wounded", None, "people", None, None, "asserts"),
        ],
    ),
    (
        "Haiti's gangs control 85 percent of the capital and, the UN says, have killed 1,520 people between April and June.",
        [("1,520", "killed", "people", "people", None, "the UN", "asserts")],
    ),
    (
        "A US carrier with roughly 5,000 sailors and 70 aircraft passed the strait on 3 June.",
        [
            ("roughly 5,000", "other", "sailors", "people", None, None, "asserts"),
            ("70", "other", "aircraft", "aircraft", None, None, "asserts"),
        ],
    ),
    (
        "Riyadh put 81 men to death in March 2022, the largest mass execution in its history.",
        [("81", "killed", "men", "people", None, None, "asserts")],
    ),
    (
        "Nineteen people, 11 of them minors, were rescued from the wreckage.",
        [
            ("Nineteen", "other", "people", "people", None, None, "asserts"),
            ("11", "other", "minors", "people", None, None, "asserts"),
        ],
    ),
    (
        'South Korea\'s joint chiefs said the North had fired "around 200 artillery shells" into the sea off Yeonpyeong.',
        [("around 200", "fired", "artillery shells", "shells", None, "South Korea's joint chiefs", "asserts")],
    ),
    (
        "Some 600 workers walked off the platform, unions claim; Equinor counts 240.",
        [
            ("Some 600", "other", "workers", "people", None, "unions", "asserts"),
            ("240", "other", "workers", "people", None, "Equinor", "asserts"),
        ],
    ),
    (
        "The cyber agency CERT-UA recorded 4,315 incidents in 2024, 70 percent more than in 2023.",
        [("4,315", "other", "incidents", "incidents", None, "The cyber agency CERT-UA", "asserts")],
    ),
    (
        "At least 2,000-3,000 Iraqi militiamen have entered Syria, a war monitor reports.",
        [("At least 2,000-3,000", "deployed", "Iraqi militiamen", "people", None, "a war monitor", "reports")],
    ),
    (
        "The prime minister told parliament on Monday that the police had shot 9 looters and detained a hundred more.",
        [
            ("9", "other", "looters", "people", None, "The prime minister", "asserts"),
            ("a hundred", "arrested", "looters", "people", "new", "The prime minister", "asserts"),
        ],
    ),
    (
        "Russia's budget foresees pensions for 121,000 widows.",
        [("121,000", "other", "widows", "people", None, None, "asserts")],
    ),
    (
        "Six years after the coup, 21,000 people remain behind bars.",
        [("21,000", "arrested", "people", "people", "stock", None, "asserts")],
    ),
    (
        "Bamako admits losing 2 helicopters and 47 soldiers at Tinzaouaten; the rebels say they killed 131.",
        [
            ("2", "destroyed", "helicopters", "helicopters", None, "Bamako", "confirms"),
            ("47", "killed_or_wounded", "soldiers", "people", None, "Bamako", "confirms"),
            ("131", "killed", None, "people", None, "the rebels", "asserts"),
        ],
    ),
    (
        "More than 10 000 euros and 30 phones were found in the cell.",
        [("30", "other", "phones", "phones", None, None, "asserts")],
    ),
    (
        "Beijing has moved upwards of 70 patrol craft into the lagoon, Manila's navy estimates, up from a mere dozen in May.",
        [("upwards of 70", "deployed", "patrol craft", "craft", None, "Manila's navy", "estimates")],
    ),
    (
        "According to Lebanese security sources quoted by L'Orient-Le Jour, 7 Hezbollah officers died.",
        [
            (
                "7",
                "killed",
                "Hezbollah officers",
                "people",
                None,
                "Lebanese security sources quoted by L'Orient-Le Jour",
                "asserts",
            )
        ],
    ),
    (
        "Paraguay's customs impounded 11 containers holding 23 tonnes of cocaine.",
        [("11", "captured", "containers", "containers", None, None, "asserts")],
    ),
    (
        "The blockade has stranded about 1,400 lorries and 3 trains, while 92 wagons were set alight.",
        [
            ("about 1,400", "other", "lorries", "lorries", None, None, "asserts"),
            ("3", "other", "trains", "trains", None, None, "asserts"),
            ("92", "destroyed", "wagons", "wagons", None, None, "asserts"),
        ],
    ),
    (
        "Rwanda is thought by UN experts to have between 3,000 and 4,000 soldiers in North Kivu.",
        [("between 3,000 and 4,000", "strength", "soldiers", "people", None, "UN experts", "estimates")],
    ),
    (
        "Ten thousand troops, 300 tanks and 60 aircraft took part in Zapad, Minsk said.",
        [
            ("Ten thousand", "other", "troops", "people", None, "Minsk", "asserts"),
            ("300", "other", "tanks", "tanks", None, "Minsk", "asserts"),
            ("60", "other", "aircraft", "aircraft", None, "Minsk", "asserts"),
        ],
    ),
    (
        "The president dismissed 27 generals and 2 deputy ministers in one day.",
        [
            ("27", "other", "generals", "people", None, None, "asserts"),
            ("2", "other", "deputy ministers", "people", None, None, "asserts"),
        ],
    ),
    (
        "Nobody disputes that at least 26 tourists were murdered in Pahalgam.",
        [("at least 26", "killed", "tourists", "people", None, None, "asserts")],
    ),
    (
        "Mauritania's camps hold some 240,000 Malians, UNHCR's representative says, three times as many as two years ago.",
        [("some 240,000", "other", "Malians", "people", None, "UNHCR's representative", "asserts")],
    ),
    (
        "Kyiv's claim of 1,100 Russian losses a day is disputed by Moscow.",
        [("1,100", "killed_or_wounded", "Russian losses", "people", None, "Kyiv", "asserts")],
    ),
    (
        "Cholera has spread to 16 of Sudan's 18 states and has killed over 2,400.",
        [
            ("16", "other", "states", "states", None, None, "asserts"),
            ("over 2,400", "killed", None, "people", None, None, "asserts"),
        ],
    ),
    (
        "The militia is 4,500 strong, and its navy has 26 speedboats.",
        [
            ("4,500", "strength", None, "people", None, None, "asserts"),
            ("26", "other", "speedboats", "speedboats", None, None, "asserts"),
        ],
    ),
    (
        "Seventeen Kenyan officers and a translator were flown home from Port-au-Prince in body bags or on stretchers this year.",
        [("Seventeen", "other", "Kenyan officers", "people", None, None, "asserts")],
    ),
    (
        "The blaze tore through a dormitory in Ndola, and 21 girls lost their lives, Zambia's education minister told reporters.",
        [("21", "killed", "girls", "people", None, "Zambia's education minister", "asserts")],
    ),
    (
        "Interpol says its officers have freed 225 victims of trafficking and made 257 arrests across six countries.",
        [
            ("225", "other", "victims of trafficking", "people", None, "Interpol", "asserts"),
            ("257", "arrested", "arrests", "people", None, "Interpol", "asserts"),
        ],
    ),
    (
        "Over the weekend the navy turned back four boats with 312 Rohingya on board.",
        [
            ("four", "other", "boats", "boats", None, None, "asserts"),
            ("312", "other", "Rohingya", "people", None, None, "asserts"),
        ],
    ),
    (
        "According to one of the survivors, the guards shot about a dozen men and left the rest to freeze.",
        [("about a dozen", "other", "men", "people", None, "one of the survivors", "asserts")],
    ),
    (
        "More than 90 villages were under water by Thursday and 14,300 hectares of rice had been lost.",
        [("More than 90", "other", "villages", "villages", None, None, "asserts")],
    ),
    (
        'Ukraine\'s Foreign Intelligence Service puts the number of Cubans fighting for Russia at about 5,000; Havana speaks of "a handful of adventurers".',
        [("about 5,000", "other", "Cubans", "people", None, "Ukraine's Foreign Intelligence Service", "asserts")],
    ),
    (
        "Colombia's ELN took nine police officers captive in Arauca on Sunday and let three of them go on Tuesday.",
        [
            ("nine", "captured", "police officers", "people", None, None, "asserts"),
            ("three", "other", "police officers", "people", None, None, "asserts"),
        ],
    ),
    (
        "No more than five of the 40 mayors elected in 2022 remain in office.",
        [("No more than five", "other", "mayors", "people", "stock", None, "asserts")],
    ),
    (
        "Hungary has let in 180,000 guest workers since 2019, the statistics office reports.",
        [("180,000", "other", "guest workers", "people", "cumulative", "the statistics office", "reports")],
    ),
    (
        "In the south the militia mans 27 checkpoints and charges lorries 400 dollars each.",
        [("27", "other", "checkpoints", "checkpoints", None, None, "asserts")],
    ),
    (
        "Two Su-24s and an Il-76 went up in flames at Wadi Seidna; the RSF says it fired 12 drones.",
        [
            ("Two", "destroyed", "Su-24s", "Su-24s", None, None, "asserts"),
            ("12", "fired", "drones", "drones", None, "the RSF", "asserts"),
        ],
    ),
    (
        "The number of those killed in the stampede has risen to 121, Uttar Pradesh police said late on Tuesday, with a further 150 in hospital.",
        [
            ("121", "killed", None, "people", None, "Uttar Pradesh police", "asserts"),
            ("150", "wounded", None, "people", "new", "Uttar Pradesh police", "asserts"),
        ],
    ),
    (
        "Between them the two brothers commanded 6,000 gunmen and taxed 45 villages.",
        [
            ("6,000", "strength", "gunmen", "people", None, None, "asserts"),
            ("45", "other", "villages", "villages", None, None, "asserts"),
        ],
    ),
    (
        "Chinese hackers had access to the mailboxes of at least 25 organisations for a month, Microsoft disclosed.",
        [("at least 25", "other", "organisations", "organisations", None, "Microsoft", "asserts")],
    ),
    (
        "A roadside bomb planted by the ISWAP faction killed seven members of a self-defence force and injured four, its commander Babakura Kolo told AFP.",
        [
            (
                "seven",
                "killed",
                "members of a self-defence force",
                "people",
                None,
                "its commander Babakura Kolo",
                "asserts",
            ),
            (
                "four",
                "wounded",
                "members of a self-defence force",
                "people",
                None,
                "its commander Babakura Kolo",
                "asserts",
            ),
        ],
    ),
    (
        '"As of this morning we count 64 dead and 300 missing," said Moana Tuitama, Samoa\'s disaster chief.',
        [
            ("64", "killed", None, "people", None, "Moana Tuitama", "asserts"),
            ("300", "missing", None, "people", None, "Moana Tuitama", "asserts"),
        ],
    ),
    (
        "On 5 April alone, Russian guns fired 11,000 shells, four times as many as Ukraine's.",
        [("11,000", "fired", "shells", "shells", None, None, "asserts")],
    ),
    (
        "Seoul's unification ministry reported that 236 North Koreans reached the South in 2024, 26 of them across the land border.",
        [
            ("236", "other", "North Koreans", "people", None, "Seoul's unification ministry", "reports"),
            ("26", "other", "North Koreans", "people", None, "Seoul's unification ministry", "reports"),
        ],
    ),
    (
        "Peru declared an emergency in 14 districts of Lima and sent 2,500 soldiers onto the streets.",
        [("2,500", "deployed", "soldiers", "people", None, None, "asserts")],
    ),
    (
        "Libya's coastguard intercepted 700 migrants in a week, IOM said, and handed them to the militia that runs the Bir al-Ghanam camp.",
        [("700", "other", "migrants", "people", None, "IOM", "asserts")],
    ),
    (
        "Georgian police used rubber bullets and injured 70, the ombudsman claims, whereas the ministry speaks of 13 injured officers and no injured protesters.",
        [
            ("70", "wounded", None, "people", None, "the ombudsman", "asserts"),
            ("13", "wounded", "injured officers", "people", None, "the ministry", "asserts"),
        ],
    ),
    (
        "The strike on the Zaporizhzhia clinic left 11 dead and more than 80 hurt, among whom were 15 medics.",
        [
            ("11", "killed", None, "people", None, None, "asserts"),
            ("more than 80", "wounded", None, "people", None, None, "asserts"),
            ("15", "wounded", "medics", "people", None, None, "asserts"),
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [
        (c.as_written, c.measure, c.subject, c.unit, c.aggregation, c.speaker, c.stance) for c in claims_of(sentence)
    ]

    assert found == expected
