"""Whole sentences: what is counted, of whom, who says so and how."""

import pytest

# Sentence -> claims as (as written, measure, subject, speaker, stance).
SENTENCES = [
    # --- the measure, by its verb -------------------------------------------------------------------
    ("Paris sent 800 soldiers to Djibouti.", [("800", "deployed", "soldiers", None, "asserts")]),
    ("Some 2,500 marines were dispatched to Luzon.", [("Some 2,500", "deployed", "marines", None, "asserts")]),
    ("Ankara has deployed about 600 engineers.", [("about 600", "deployed", "engineers", None, "asserts")]),
    ("The capital reinforced the garrison with 400 men.", [("400", "reinforced", "men", None, "asserts")]),
    ("Rwanda sent 300 reinforcements to the north.", [("300", "reinforced", "reinforcements", None, "asserts")]),
    ("The shelling killed 12 villagers.", [("12", "killed", "villagers", None, "asserts")]),
    ("At least 34 people were killed in Goma.", [("At least 34", "killed", "people", None, "asserts")]),
    ("Nineteen miners died underground.", [("Nineteen", "killed", "miners", None, "asserts")]),
    ("The blast left 14 people dead.", [("14", "killed", "people", None, "asserts")]),
    ("The death toll rose to 212.", [("212", "killed", None, None, "asserts")]),
    ("The floods claimed 40 lives.", [("40", "killed", "lives", None, "asserts")]),
    ("More than 90 civilians lost their lives.", [("More than 90", "killed", "civilians", None, "asserts")]),
    ("Gunmen shot dead seven guards.", [("seven", "killed", "guards", None, "asserts")]),
    ("The attack resulted in the deaths of 23 peacekeepers.", [("23", "killed", "peacekeepers", None, "asserts")]),
    ("The raid injured 31 shoppers.", [("31", "wounded", "shoppers", None, "asserts")]),
    ("Another 17 were hurt.", [("17", "wounded", None, None, "asserts")]),
    ("Up to 60 conscripts have been wounded.", [("Up to 60", "wounded", "conscripts", None, "asserts")]),
    (
        "Roughly 900 fighters were killed or wounded.",
        [("Roughly 900", "killed_or_wounded", "fighters", None, "asserts")],
    ),
    ("Some 70 sailors have been killed and injured.", [("Some 70", "killed_or_wounded", "sailors", None, "asserts")]),
    ("The division suffered 1,100 casualties.", [("1,100", "killed_or_wounded", "casualties", None, "asserts")]),
    ("The rebels captured 120 soldiers.", [("120", "captured", "soldiers", None, "asserts")]),
    ("Customs officers seized 14 trucks.", [("14", "captured", "trucks", None, "asserts")]),
    ("Around 250 defenders were taken prisoner.", [("Around 250", "captured", "defenders", None, "asserts")]),
    ("Nearly 80 fishermen are missing.", [("Nearly 80", "missing", "fishermen", None, "asserts")]),
    ("Eleven sailors went missing after the collision.", [("Eleven", "missing", "sailors", None, "asserts")]),
    ("Forty-two residents are still unaccounted for.", [("Forty-two", "missing", "residents", None, "asserts")]),
    ("The offensive displaced 230,000 people.", [("230,000", "displaced", "people", None, "asserts")]),
    ("Over 1.2 million people have fled Sudan.", [("Over 1.2 million", "displaced", "people", None, "asserts")]),
    ("About 5,000 families were forced from their homes.", [("About 5,000", "displaced", "families", None, "asserts")]),
    ("Police detained 63 protesters in Minsk.", [("63", "arrested", "protesters", None, "asserts")]),
    ("More than 400 people have been arrested.", [("More than 400", "arrested", "people", None, "asserts")]),
    ("Air defences shot down 41 drones overnight.", [("41", "destroyed", "drones", None, "asserts")]),
    ("Two frigates were sunk off the coast.", [("Two", "destroyed", "frigates", None, "asserts")]),
    ("The militia burned 300 houses.", [("300", "destroyed", "houses", None, "asserts")]),
    ("The strike destroyed or damaged 12 aircraft.", [("12", "destroyed", "aircraft", None, "asserts")]),
    ("Moscow lost 40 tanks.", [("40", "destroyed", "tanks", None, "asserts")]),
    ("Berlin delivered 18 howitzers.", [("18", "delivered", "howitzers", None, "asserts")]),
    ("Poland supplied Ukraine with 60 tanks.", [("60", "delivered", "tanks", None, "asserts")]),
    ("Washington provided Kyiv with 31 Abrams tanks.", [("31", "delivered", "Abrams tanks", None, "asserts")]),
    ("Iran handed over 24 Su-35 jets.", [("24", "delivered", "Su-35 jets", None, "asserts")]),
    ("Hezbollah fired around 160 rockets.", [("around 160", "fired", "rockets", None, "asserts")]),
    ("Some 200 missiles were launched at Haifa.", [("Some 200", "fired", "missiles", None, "asserts")]),
    ("The brigade has 3,000 soldiers.", [("3,000", "strength", "soldiers", None, "asserts")]),
    ("The 5,000-strong force holds the airport.", [("5,000-strong", "strength", "force", None, "asserts")]),
    ("A force of 1,500 holds the airport.", [("1,500", "strength", None, None, "asserts")]),
    ("The army enlisted 30,000 volunteers.", [("30,000", "strength", "volunteers", None, "asserts")]),
    (
        "About 28,500 American troops are stationed in South Korea.",
        [("About 28,500", "strength", "American troops", None, "asserts")],
    ),
    ("Bandits abducted 87 pupils from a school.", [("87", "other", "pupils", None, "asserts")]),
    ("Hamas released 24 hostages.", [("24", "other", "hostages", None, "asserts")]),
    ("Paris has withdrawn 1,000 soldiers from Niger.", [("1,000", "other", "soldiers", None, "asserts")]),
    ("Warsaw ordered 250 tanks.", [("250", "other", "tanks", None, "asserts")]),
    ("The president ordered the deployment of 2,000 guardsmen.", [("2,000", "other", "guardsmen", None, "asserts")]),
    (
        "The shipyard sacked 120 workers and fired 300 engineers.",
        [("120", "other", "workers", None, "asserts"), ("300", "other", "engineers", None, "asserts")],
    ),
    ("Thousands of students protested in Belgrade.", [("Thousands", "other", "students", None, "asserts")]),
    # --- the wording of the number ------------------------------------------------------------------
    ("As many as 4,000 recruits were killed.", [("As many as 4,000", "killed", "recruits", None, "asserts")]),
    ("No more than 12 guards were killed.", [("No more than 12", "killed", "guards", None, "asserts")]),
    ("Fewer than 50 militants were killed.", [("Fewer than 50", "killed", "militants", None, "asserts")]),
    ("As few as 30 militants were killed.", [("As few as 30", "killed", "militants", None, "asserts")]),
    ("An estimated 700 militants were killed.", [("An estimated 700", "killed", "militants", None, "asserts")]),
    ("Just under 900 militants were killed.", [("Just under 900", "killed", "militants", None, "asserts")]),
    ("Close to 900 militants were killed.", [("Close to 900", "killed", "militants", None, "asserts")]),
    ("Between 300 and 400 militants were killed.", [("Between 300 and 400", "killed", "militants", None, "asserts")]),
    ("From 300 to 400 militants were killed.", [("300 to 400", "killed", "militants", None, "asserts")]),
    ("Some 300–400 militants were killed.", [("Some 300–400", "killed", "militants", None, "asserts")]),
    ("200-plus militants were killed.", [("200-plus", "killed", "militants", None, "asserts")]),
    ("Exactly 14 militants were killed.", [("Exactly 14", "killed", "militants", None, "asserts")]),
    ("Dozens of militants were killed.", [("Dozens", "killed", "militants", None, "asserts")]),
    ("Scores of militants were killed.", [("Scores", "killed", "militants", None, "asserts")]),
    ("Hundreds of thousands have fled.", [("Hundreds of thousands", "displaced", None, None, "asserts")]),
    ("Several guards were wounded.", [("Several", "wounded", "guards", None, "asserts")]),
    ("A few guards were wounded.", [("A few", "wounded", "guards", None, "asserts")]),
    ("Many civilians were wounded.", [("Many", "wounded", "civilians", None, "asserts")]),
    ("The army lost 14 000 men.", [("14 000", "killed_or_wounded", "men", None, "asserts")]),
    ("Oslo sent two thousand soldiers.", [("two thousand", "deployed", "soldiers", None, "asserts")]),
    ("A dozen guards were killed.", [("A dozen", "killed", "guards", None, "asserts")]),
    ("Half a million people fled.", [("Half a million", "displaced", "people", None, "asserts")]),
    ("Oslo sent 4k troops.", [("4k", "deployed", "troops", None, "asserts")]),
    ("One hundred and fifty guards were killed.", [("One hundred and fifty", "killed", "guards", None, "asserts")]),
    ("Two or three guards were killed.", [("Two or three", "killed", "guards", None, "asserts")]),
    ("One soldier was killed.", [("One", "killed", "soldier", None, "asserts")]),
    # --- who says so, before the verb ----------------------------------------------------------------
    (
        "Ukrainian officials estimate that 300 recruits died.",
        [("300", "killed", "recruits", "Ukrainian officials", "estimates")],
    ),
    (
        "The defence ministry said 40 drones were downed.",
        [("40", "destroyed", "drones", "The defence ministry", "asserts")],
    ),
    (
        "On Tuesday, the defence ministry said that 40 drones were downed.",
        [("40", "destroyed", "drones", "the defence ministry", "asserts")],
    ),
    ("Tokyo confirmed 14 sailors were missing.", [("14", "missing", "sailors", "Tokyo", "confirms")]),
    ("Cairo has acknowledged that 23 soldiers were killed.", [("23", "killed", "soldiers", "Cairo", "confirms")]),
    ("State media reported that 70 people had drowned.", [("70", "killed", "people", "State media", "reports")]),
    (
        "Pyongyang denied that 3,000 of its soldiers had been killed.",
        [("3,000", "killed", "its soldiers", "Pyongyang", "denies")],
    ),
    ("Moscow denies losing 40 tanks.", [("40", "destroyed", "tanks", "Moscow", "denies")]),
    (
        "Moscow rejected a UN report that 400 civilians were killed.",
        [("400", "killed", "civilians", "Moscow", "denies")],
    ),
    (
        "President Lena Moreau said that France had sent 300 soldiers.",
        [("300", "deployed", "soldiers", "President Lena Moreau", "asserts")],
    ),
    (
        "Gen. Ibrahim Sule, the army's commander, said 40 rebels were captured.",
        [("40", "captured", "rebels", "Gen. Ibrahim Sule", "asserts")],
    ),
    (
        "The UN, which has staff in the city, says 300 people were arrested.",
        [("300", "arrested", "people", "The UN", "asserts")],
    ),
    (
        "A spokesman for the governor said 12 houses had been destroyed.",
        [("12", "destroyed", "houses", "A spokesman for the governor", "asserts")],
    ),
    ("Kyiv claims to have destroyed 60 vehicles.", [("60", "destroyed", "vehicles", "Kyiv", "asserts")]),
    ("Kyiv accused Moscow of abducting 19,000 children.", [("19,000", "other", "children", "Kyiv", "asserts")]),
    (
        "The Red Cross has recorded 340 disappearances.",
        [("340", "missing", "disappearances", "The Red Cross", "asserts")],
    ),
    ("The ministry reported 34 deaths.", [("34", "killed", "deaths", "The ministry", "reports")]),
    ("Norway and Sweden said 40 ships were seized.", [("40", "captured", "ships", "Norway and Sweden", "asserts")]),
    (
        "The strike hit a depot and officials said 12 guards were killed.",
        [("12", "killed", "guards", "officials", "asserts")],
    ),
    (
        "Western officials believe that 60,000 soldiers have been killed.",
        [("60,000", "killed", "soldiers", "Western officials", "estimates")],
    ),
    ("He said 31,000 soldiers had been killed.", [("31,000", "killed", "soldiers", "He", "asserts")]),
    (
        "In a statement on Friday, the coast guard said it had rescued 80 migrants.",
        [("80", "other", "migrants", "the coast guard", "asserts")],
    ),
    (
        "Meanwhile, Baghdad announced that 2,500 troops had been withdrawn.",
        [("2,500", "other", "troops", "Baghdad", "asserts")],
    ),
    ("UN data show that 700,000 people have been displaced.", [("700,000", "displaced", "people", "UN", "asserts")]),
    # --- after it, and around it ---------------------------------------------------------------------
    (
        "Forty drones were downed, the defence ministry said.",
        [("Forty", "destroyed", "drones", "the defence ministry", "asserts")],
    ),
    (
        "Forty drones were downed, the defence ministry said on Monday.",
        [("Forty", "destroyed", "drones", "the defence ministry", "asserts")],
    ),
    (
        "Forty drones were downed, said Governor Anna Berg.",
        [("Forty", "destroyed", "drones", "Governor Anna Berg", "asserts")],
    ),
    ("“We lost 40 men,” he said.", [("40", "killed_or_wounded", "men", "he", "asserts")]),
    ("The army, the ministry said, lost 40 tanks.", [("40", "destroyed", "tanks", "the ministry", "asserts")]),
    ("According to the UN, 300 people were arrested.", [("300", "arrested", "people", "the UN", "asserts")]),
    ("Some 300 people were arrested, according to the UN.", [("Some 300", "arrested", "people", "the UN", "asserts")]),
    (
        "Some 300 people were arrested according to a rights group in Minsk.",
        [("Some 300", "arrested", "people", "a rights group in Minsk", "asserts")],
    ),
    ("According to UN estimates, 300 people were arrested.", [("300", "arrested", "people", "UN", "estimates")]),
    (
        "According to the health ministry in Gaza, at least 34 people were killed on Friday.",
        [("at least 34", "killed", "people", "the health ministry in Gaza", "asserts")],
    ),
    ("By Kyiv's count, 300 soldiers were killed.", [("300", "killed", "soldiers", "Kyiv", "asserts")]),
    (
        "Some 120 fighters were killed, as reported by local media.",
        [("Some 120", "killed", "fighters", "local media", "reports")],
    ),
    ("The loss of 14 tanks was confirmed by the ministry.", [("14", "destroyed", "tanks", "the ministry", "confirms")]),
    ("Some 300 fighters were reportedly killed.", [("Some 300", "killed", "fighters", None, "reports")]),
    ("It is estimated that 300 fighters were killed.", [("300", "killed", "fighters", None, "estimates")]),
    ("Some 300 fighters were reported killed.", [("Some 300", "killed", "fighters", None, "reports")]),
    ("Some 300 fighters are believed to have been killed.", [("Some 300", "killed", "fighters", None, "estimates")]),
    ("The UN puts the death toll at 340.", [("340", "killed", None, "The UN", "asserts")]),
    (
        "UN estimates put the number of displaced people at 1.2 million.",
        [("1.2 million", "displaced", "displaced people", "UN", "estimates")],
    ),
    (
        "President Moreau countered the report, stating that 300 soldiers were still in Gao.",
        [("300", "strength", "soldiers", "President Moreau", "asserts")],
    ),
    ("The governor told Reuters that 12 people had drowned.", [("12", "killed", "people", "The governor", "asserts")]),
    (
        "Twelve people had drowned, the governor told reporters.",
        [("Twelve", "killed", "people", "the governor", "asserts")],
    ),
    # --- two counts, two speakers --------------------------------------------------------------------
    (
        "The raid left 34 killed and 94 wounded, according to rescuers.",
        [("34", "killed", None, "rescuers", "asserts"), ("94", "wounded", None, "rescuers", "asserts")],
    ),
    (
        "At least 34 people were killed and 94 wounded, the ministry said.",
        [
            ("At least 34", "killed", "people", "the ministry", "asserts"),
            ("94", "wounded", "people", "the ministry", "asserts"),
        ],
    ),
    (
        "The strike killed 12 and wounded 30 others.",
        [("12", "killed", None, None, "asserts"), ("30", "wounded", "others", None, "asserts")],
    ),
    (
        "A bomb exploded in Quetta, killing 14 people and injuring at least 30.",
        [("14", "killed", "people", None, "asserts"), ("at least 30", "wounded", "people", None, "asserts")],
    ),
    (
        "Rebels destroyed 40 tanks and 12 trucks.",
        [("40", "destroyed", "tanks", None, "asserts"), ("12", "destroyed", "trucks", None, "asserts")],
    ),
    (
        "Russia fired 40 missiles, 120 drones and three ballistic missiles.",
        [
            ("40", "fired", "missiles", None, "asserts"),
            ("120", "fired", "drones", None, "asserts"),
            ("three", "fired", "ballistic missiles", None, "asserts"),
        ],
    ),
    (
        "Some 34 civilians and 12 soldiers were killed.",
        [("Some 34", "killed", "civilians", None, "asserts"), ("12", "killed", "soldiers", None, "asserts")],
    ),
    (
        "Thirty people, including six children, were killed.",
        [("Thirty", "killed", "people", None, "asserts"), ("six", "killed", "children", None, "asserts")],
    ),
    (
        "Kyiv says 600 soldiers were killed, although US estimates place the figure closer to 250.",
        [("600", "killed", "soldiers", "Kyiv", "asserts"), ("closer to 250", "killed", "soldiers", "US", "estimates")],
    ),
    (
        "Kyiv said it had captured 600 soldiers, while Moscow acknowledged only 40.",
        [("600", "captured", "soldiers", "Kyiv", "asserts"), ("40", "captured", "soldiers", "Moscow", "confirms")],
    ),
    (
        "The opposition counts 90 dead; the government puts the toll at 23.",
        [("90", "killed", None, "The opposition", "asserts"), ("23", "killed", None, "the government", "asserts")],
    ),
    (
        "Officials said 60 houses burned, a figure residents reject.",
        [("60", "destroyed", "houses", "Officials", "asserts")],
    ),
    ("Kyiv says 300 soldiers surrendered, which Moscow denies.", [("300", "captured", "soldiers", "Kyiv", "asserts")]),
    (
        "Kyiv said 30 soldiers were killed, while 40 civilians died in Belgorod.",
        [("30", "killed", "soldiers", "Kyiv", "asserts"), ("40", "killed", "civilians", None, "asserts")],
    ),
    (
        "Of the 500 soldiers sent to Gao, 120 were killed.",
        [("500", "deployed", "soldiers", None, "asserts"), ("120", "killed", None, None, "asserts")],
    ),
    ("The army shot down 14 of the 20 drones.", [("14", "destroyed", "drones", None, "asserts")]),
    # --- as briefings write --------------------------------------------------------------------------
    (
        "Sudan's army said on Sunday it had killed at least 120 RSF fighters near El Fasher.",
        [("at least 120", "killed", "RSF fighters", "Sudan's army", "asserts")],
    ),
    (
        "The International Organization for Migration estimates that roughly 8.6 million people have been displaced since April 2023.",
        [("roughly 8.6 million", "displaced", "people", "The International Organization for Migration", "estimates")],
    ),
    (
        "Israel's military reported that 1,139 people were killed and about 250 taken hostage during the 7 October attack.",
        [
            ("1,139", "killed", "people", "Israel's military", "reports"),
            ("about 250", "other", "people", "Israel's military", "reports"),
        ],
    ),
    (
        "Gaza's health ministry puts the death toll at more than 35,000.",
        [("more than 35,000", "killed", None, "Gaza's health ministry", "asserts")],
    ),
    (
        "Philippine officials confirmed that three fishermen were injured and two boats damaged when a Chinese vessel fired water cannon.",
        [
            ("three", "wounded", "fishermen", "Philippine officials", "confirms"),
            ("two", "other", "boats", "Philippine officials", "confirms"),
        ],
    ),
    (
        "NATO has roughly 10,000 troops in its eastern battlegroups.",
        [("roughly 10,000", "strength", "troops", None, "asserts")],
    ),
    (
        "Turkey has taken in some 3.6 million refugees, according to the UNHCR.",
        [("some 3.6 million", "displaced", "refugees", "the UNHCR", "asserts")],
    ),
    ("The junta denied killing 30 villagers.", [("30", "killed", "villagers", "The junta", "denies")]),
    (
        "Between 60 and 80 rockets were fired from southern Lebanon, the Israeli military said.",
        [("Between 60 and 80", "fired", "rockets", "the Israeli military", "asserts")],
    ),
    (
        "Local media, citing hospital sources, reported 17 dead and dozens injured.",
        [("17", "killed", None, "Local media", "reports"), ("dozens", "wounded", None, "Local media", "reports")],
    ),
    ("M23 rebels seized 14 villages in North Kivu.", [("14", "captured", "villages", None, "asserts")]),
    (
        "Azerbaijan's defence ministry acknowledged that 192 of its servicemen had died, while Armenian sources put the figure at over 400.",
        [
            ("192", "killed", "its servicemen", "Azerbaijan's defence ministry", "confirms"),
            ("over 400", "killed", "its servicemen", "Armenian sources", "asserts"),
        ],
    ),
    ("Rescuers recovered 40 bodies from the rubble.", [("40", "killed", "bodies", None, "asserts")]),
    (
        "More than 150,000 people have been killed since 2014, a UN report said.",
        [("More than 150,000", "killed", "people", "a UN report", "asserts")],
    ),
    (
        "Wagner lost as many as 20,000 men, by US estimates.",
        [("as many as 20,000", "killed_or_wounded", "men", "US", "estimates")],
    ),
    (
        "The government claims that no more than 200 demonstrators were arrested, but rights groups counted 1,500.",
        [
            ("no more than 200", "arrested", "demonstrators", "The government", "asserts"),
            ("1,500", "arrested", "demonstrators", "rights groups", "asserts"),
        ],
    ),
    (
        "Moscow said its air defences had intercepted 59 Ukrainian drones overnight.",
        [("59", "destroyed", "Ukrainian drones", "Moscow", "asserts")],
    ),
    ("Two Palestinians were shot dead by Israeli troops.", [("Two", "killed", "Palestinians", None, "asserts")]),
    (
        "Security forces detained more than 1,300 people across 32 cities, OVD-Info reported.",
        [("more than 1,300", "arrested", "people", "OVD-Info", "reports")],
    ),
    (
        "A Russian missile strike killed 23 people, including four children, in Kryvyi Rih, regional governor Serhiy Lysak said.",
        [
            ("23", "killed", "people", "regional governor Serhiy Lysak", "asserts"),
            ("four", "killed", "children", "regional governor Serhiy Lysak", "asserts"),
        ],
    ),
    (
        "The Pentagon estimates China has more than 500 operational nuclear warheads.",
        [("more than 500", "other", "operational nuclear warheads", "The Pentagon", "estimates")],
    ),
    (
        "Kenya sent 400 police officers to Haiti in June 2024.",
        [("400", "deployed", "police officers", None, "asserts")],
    ),
    ("An additional 600 officers are expected to follow.", []),
    (
        "Gangs have killed upwards of 5,600 people this year, the UN says.",
        [("upwards of 5,600", "killed", "people", "the UN", "asserts")],
    ),
    (
        "Ethiopian troops numbering about 4,000 crossed into Somalia.",
        [("about 4,000", "strength", "Ethiopian troops", None, "asserts")],
    ),
    (
        "The Houthis have attacked more than 100 vessels since November 2023.",
        [("more than 100", "other", "vessels", None, "asserts")],
    ),
    ("The Houthis sank two ships and seized a third.", [("two", "destroyed", "ships", None, "asserts")]),
    (
        "South Korea's spy agency, the NIS, said that around 600 North Korean soldiers had been killed and 4,100 wounded.",
        [
            ("around 600", "killed", "North Korean soldiers", "South Korea's spy agency", "asserts"),
            ("4,100", "wounded", "North Korean soldiers", "South Korea's spy agency", "asserts"),
        ],
    ),
    (
        "Seoul estimates 4,700 casualties, including 600 deaths.",
        [
            ("4,700", "killed_or_wounded", "casualties", "Seoul", "estimates"),
            ("600", "killed", "deaths", "Seoul", "estimates"),
        ],
    ),
    ("The convoy of 40 trucks reached Aleppo.", [("40", "other", "trucks", None, "asserts")]),
    (
        "Manila has accused Beijing of massing over 200 boats near Whitsun Reef, which China denies.",
        [("over 200", "deployed", "boats", "Manila", "asserts")],
    ),
    (
        "Satellite images show at least 70 aircraft at the base.",
        [("at least 70", "other", "aircraft", "Satellite images", "asserts")],
    ),
    (
        "Around 1,000 Chadian soldiers were withdrawn, the ministry said, adding that 200 would stay.",
        [("Around 1,000", "other", "Chadian soldiers", "the ministry", "asserts")],
    ),
    ("The two sides exchanged 390 prisoners each.", [("390", "other", "prisoners", None, "asserts")]),
    ("In exchange, Kyiv released 90 Russian captives.", [("90", "other", "Russian captives", None, "asserts")]),
    (
        "Burkina Faso's army says jihadists killed 40 soldiers in the attack; JNIM claims 200.",
        [
            ("40", "killed", "soldiers", "Burkina Faso's army", "asserts"),
            ("200", "killed", "soldiers", "JNIM", "asserts"),
        ],
    ),
    ("The army was reinforced by 2,000 paratroopers.", [("2,000", "reinforced", "paratroopers", None, "asserts")]),
    (
        "Beijing deployed 45 aircraft and nine ships around Taiwan, Taipei's defence ministry said.",
        [
            ("45", "deployed", "aircraft", "Taipei's defence ministry", "asserts"),
            ("nine", "deployed", "ships", "Taipei's defence ministry", "asserts"),
        ],
    ),
    (
        "Iran launched over 300 drones and missiles at Israel in April 2024.",
        [("over 300", "fired", "drones and missiles", None, "asserts")],
    ),
    ("Germany handed Ukraine 14 Leopard 2 tanks.", [("14", "delivered", "Leopard 2 tanks", None, "asserts")]),
    ("The Netherlands and Denmark have pledged to give 14 tanks.", []),
    ("The Wagner Group once fielded 50,000 fighters.", [("50,000", "strength", "fighters", None, "asserts")]),
    ("It has since shrunk to about 5,000.", []),
    (
        "Thousands of people fled to Chad, aid agencies said.",
        [("Thousands", "displaced", "people", "aid agencies", "asserts")],
    ),
    (
        "Tens of thousands of Armenians left Nagorno-Karabakh.",
        [("Tens of thousands", "displaced", "Armenians", None, "asserts")],
    ),
    ("Eighteen ships remain stranded in the port.", [("Eighteen", "other", "ships", None, "asserts")]),
    (
        "The UN human rights office has verified the deaths of 10,582 civilians.",
        [("10,582", "killed", "civilians", "The UN human rights office", "confirms")],
    ),
    (
        "US officials said the strikes had killed or wounded about 70 Houthi fighters.",
        [("about 70", "killed_or_wounded", "Houthi fighters", "US officials", "asserts")],
    ),
    (
        "Venezuelan authorities arrested 25 opposition activists, the NGO Foro Penal said.",
        [("25", "arrested", "opposition activists", "the NGO Foro Penal", "asserts")],
    ),
    (
        "According to the Syrian Observatory for Human Rights, 1,383 civilians were killed in March.",
        [("1,383", "killed", "civilians", "the Syrian Observatory for Human Rights", "asserts")],
    ),
    (
        "Pakistan said it had shot down five Indian jets; India denied losing any aircraft.",
        [("five", "destroyed", "Indian jets", "Pakistan", "asserts")],
    ),
    (
        "The exercise involved 9,000 troops, 40 warships and 120 aircraft.",
        [
            ("9,000", "other", "troops", None, "asserts"),
            ("40", "other", "warships", None, "asserts"),
            ("120", "other", "aircraft", None, "asserts"),
        ],
    ),
    (
        "The attack killed 11 and wounded 30, a figure Tehran disputes.",
        [("11", "killed", None, None, "asserts"), ("30", "wounded", None, None, "asserts")],
    ),
    ("Rwanda denies having 4,000 troops in eastern Congo.", [("4,000", "strength", "troops", "Rwanda", "denies")]),
    (
        "UN experts say between 3,000 and 4,000 Rwandan soldiers are operating alongside M23.",
        [("between 3,000 and 4,000", "strength", "Rwandan soldiers", "UN experts", "asserts")],
    ),
    ("Officials estimate the number of missing at 60.", [("60", "missing", "missing", "Officials", "estimates")]),
    (
        "The government said 14 people had died in the unrest, up from 9 on Monday.",
        [("14", "killed", "people", "The government", "asserts")],
    ),
    ("At its peak the mission had 15,000 peacekeepers.", [("15,000", "strength", "peacekeepers", None, "asserts")]),
    (
        "The United Kingdom has trained more than 50,000 Ukrainian recruits.",
        [("more than 50,000", "other", "Ukrainian recruits", None, "asserts")],
    ),
    ("Over the past two years, the court has issued 12 rulings.", []),
    ("Serbia held two rounds of talks with five ministers.", []),
    (
        "On 24 February 2022, Russia launched its invasion with up to 190,000 troops.",
        [("up to 190,000", "other", "troops", None, "asserts")],
    ),
    (
        "Kim Jong Un sent 20,000 containers of munitions to Russia, Seoul's defence minister Shin Won-sik said in an interview.",
        [("20,000", "deployed", "containers of munitions", "Seoul's defence minister Shin Won-sik", "asserts")],
    ),
    ("Only 12 of the 40 hostages have been freed.", [("12", "other", "hostages", None, "asserts")]),
    (
        "Russia is thought to have lost more than 3,000 tanks.",
        [("more than 3,000", "destroyed", "tanks", None, "estimates")],
    ),
    ("Wounded: 34.", [("34", "wounded", None, None, "asserts")]),
    (
        "The blast killed 12 people and left at least 40 others injured, police said.",
        [("12", "killed", "people", "police", "asserts"), ("at least 40", "wounded", "others", "police", "asserts")],
    ),
    (
        "Myanmar's National Unity Government claims that 4,000 soldiers defected.",
        [("4,000", "other", "soldiers", "Myanmar's National Unity Government", "asserts")],
    ),
    (
        "Nearly 700,000 Rohingya fled to Bangladesh in 2017.",
        [("Nearly 700,000", "displaced", "Rohingya", None, "asserts")],
    ),
    ("French Defence Minister Sébastien Lecornu told Le Parisien that 1,500 French soldiers would leave Niger.", []),
    (
        "Colombia's ELN kidnapped the father of a footballer and 2 engineers.",
        [("2", "other", "engineers", None, "asserts")],
    ),
    (
        "In the last 24 hours, Russian forces lost 1,210 personnel, Ukraine's General Staff claimed.",
        [("1,210", "killed_or_wounded", "personnel", "Ukraine's General Staff", "asserts")],
    ),
    (
        "The World Food Programme says 18 million people in Sudan face acute hunger.",
        [("18 million", "other", "people", "The World Food Programme", "asserts")],
    ),
    ("The wildfire, the worst in 20 years, destroyed 1,400 homes.", [("1,400", "destroyed", "homes", None, "asserts")]),
    ("China operates three aircraft carriers.", [("three", "other", "aircraft carriers", None, "asserts")]),
    (
        "Somali forces killed more than 50 al-Shabaab militants, state news agency SONNA reported.",
        [("more than 50", "killed", "al-Shabaab militants", "state news agency SONNA", "reports")],
    ),
    ("The ceasefire, which took effect on 27 November, ended 14 months of fighting.", []),
    (
        "Some analysts say the group has 2,000 to 3,000 fighters.",
        [("2,000 to 3,000", "strength", "fighters", "Some analysts", "asserts")],
    ),
    (
        "Iran's death toll from the strikes stood at 610, its health ministry said, with 4,746 wounded.",
        [
            ("610", "killed", None, "its health ministry", "asserts"),
            ("4,746", "wounded", None, "its health ministry", "asserts"),
        ],
    ),
    ("Kosovo police found 40 rifles.", [("40", "other", "rifles", None, "asserts")]),
    ("Mexico extradited 29 cartel leaders to the United States.", [("29", "other", "cartel leaders", None, "asserts")]),
    ("Lukashenko pardoned 31 prisoners.", [("31", "other", "prisoners", None, "asserts")]),
    (
        "The US, which has 900 troops in Syria, struck 70 targets.",
        [("900", "strength", "troops", None, "asserts"), ("70", "other", "targets", None, "asserts")],
    ),
    ("Reports suggest that 300 conscripts were killed.", [("300", "killed", "conscripts", None, "reports")]),
    ("It was reported that 300 conscripts were killed.", [("300", "killed", "conscripts", None, "reports")]),
    (
        "Kyiv's claim that it had captured 600 soldiers was denied by Moscow.",
        [("600", "captured", "soldiers", "Kyiv", "asserts")],
    ),
    ("Dozens were wounded, medics said.", [("Dozens", "wounded", None, "medics", "asserts")]),
    ("Casualties stood at 300.", [("300", "killed_or_wounded", "Casualties", None, "asserts")]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_a_sentence_gives_exactly_these_claims(sentence, expected, claims_of):
    found = [(c.as_written, c.measure, c.subject, c.speaker, c.stance) for c in claims_of(sentence)]

    assert found == expected
