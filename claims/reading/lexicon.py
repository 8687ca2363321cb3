"""The words that the readers of claims know, by what they do in a sentence."""


def words(text: str) -> frozenset[str]:
    """The words of that text as a set."""
    return frozenset(text.split())


MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec"
)
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
ADVERBS = (
    words(
        "also already just only even still now then so far later earlier since recently soon ago today yesterday "
        "tonight overnight again alone together instead meanwhile abroad there here back home away twice once never "
        "ever nearby altogether overall further too thus else elsewhere ahead perhaps maybe almost"
    )
    | WEEKDAYS
)
BE = words("is are was were be been being 's 're got getting get gets remain remains remained")
HAVE = words("has have had having 've 'd")
MODALS = words("will would could should can may might shall must 'll cannot can't won't wouldn't couldn't")
AUXILIARIES = BE | HAVE | MODALS | words("do does did not n't isn't aren't wasn't weren't hasn't haven't hadn't didn't")
NEGATIONS = words("not never n't didn't hasn't haven't hadn't wasn't weren't isn't aren't doesn't don't neither nor no")
PREPOSITIONS = words(
    "in on at by from near during across within under over into onto to toward towards through throughout along "
    "around against among between inside outside beyond behind beside off out up down after before since until till "
    "via per amid above below for with without despite following including excluding like as about besides except "
    "upon alongside because"
)
DETERMINERS = words(
    "the a an its their his her our my your this that these those some any all each every another both such no other"
)
CONJUNCTIONS = words("and or but nor while whereas although though whilst if unless when because than yet plus versus")
RELATIVES = words("who whom whose which that where")
CONTRASTS = words("while whereas although though whilst but")
PRONOUNS = words(
    "he she it they we i you him them us me himself herself itself themselves whom who which that what there"
)
# Finite verbs that no ending gives away; they end a noun phrase and a search for a verb.
FINITE = words(
    "took take takes went go goes gave give gives held hold holds made make makes came come comes saw see sees met "
    "meet won win wins left leave leaves led lead leads began begin begins became become becomes fell fall falls "
    "rose rise brought bring sold sell bought buy built build paid pay ran run runs stood stand stands spoke speak "
    "fought fight fights sought seek seeks lost lose loses faced face faces live lives lived need needs needed work "
    "works use uses used says said say told tell put puts place places struck hit hits kept keep keeps set broke "
    "spread swept drew grew grow sat lay lies slept ate drove rode threw thrown wrote read felt heard knew thought "
    "caught taught cut cost shot shut got remain remains include includes want wants serve serves worth join protest "
    "march vote votes voted found receive receives received participate trying fighting waiting living working "
    "seeking marching protesting carry carries carried cross crosses enter enters suffer suffers depend depends rely "
    "relies"
)

MILITARY = words(
    "troops soldiers men women personnel fighters reservists marines paratroopers conscripts mercenaries recruits "
    "militants guards militiamen commandos peacekeepers sailors airmen servicemen servicewomen forces combatants "
    "infantrymen gunmen volunteers guerrillas gendarmes warriors contractors rebels insurgents legionnaires police"
)
PEOPLE = MILITARY | words(
    "leaders chiefs bosses traffickers gangsters irregulars jawans peshmerga jihadists separatists loyalists cadets "
    "sergeants majors corporals privates rangers guardsmen auxiliaries dockers midwives pensioners youths "
    "schoolchildren schoolgirls kidnappers strikers organisers commuters holidaymakers climbers divers crewmembers "
    "coastguards mayors councillors bishops imams nuns translators interpreters spies agents informants hackers "
    "delegates arrivals people persons person civilians civilian children child residents citizens workers worker "
    "students student officers officer officials official prisoners prisoner hostages hostage captives detainees "
    "detainee refugees refugee migrants migrant families family households protesters protestors demonstrators "
    "activists activist journalists journalist patients passengers villagers nationals members member teachers "
    "doctors medics nurses girls boys women woman man men girl boy soldier fighter pilots pilot crew crewmen "
    "survivors victims victim bodies body lives inmates escapees deportees evacuees returnees employees staff "
    "diplomats diplomat politicians lawmakers candidates ministers generals general commanders commander settlers "
    "pilgrims tourists farmers fishermen miners engineers scientists advisers advisors instructors trainers "
    "terrorists suspects defectors deserters attackers gunmen assailants bombers pirates smugglers rescuers "
    "firefighters policemen policewomen bystanders worshippers mourners shoppers toddlers infants babies teenagers "
    "adults minors orphans widows foreigners expatriates labourers laborers asylum-seekers speakers believers "
    "supporters voters observers inspectors monitors judges lawyers executives businessmen clerics priests monks "
    "elders israelis palestinians iraqis afghans yemenis saudis poles danes finns swedes turks kurds arabs jews "
    "muslims christians germans greeks czechs chinese french british japanese dead wounded injured missing displaced "
    "others reinforcements dissidents opponents individuals brigadiers colonels lieutenants dependants relatives "
    "couples drivers operators pupils schoolboys defenders customers clients users subscribers watchers surveyors "
    "raiders mechanics rohingya tuareg druze yazidis hazaras uyghurs sikhs hindus catholics copts bedouin hutus "
    "tutsis ex-combatants militia cops constables troopers paramilitaries partisans saboteurs snipers sappers scouts "
    "paramedics surgeons therapists dentists pharmacists carers caregivers orderlies traders vendors merchants "
    "shopkeepers grocers butchers bakers fishers herders herdsmen shepherds nomads pastoralists growers planters "
    "loggers lumberjacks woodcutters stevedores seafarers mariners seamen deckhands stowaways castaways skippers "
    "captains admirals marshals chieftains sheikhs warlords bandits thieves robbers looters arsonists rioters "
    "criminals convicts felons fugitives outlaws bikers cyclists motorists pedestrians passers-by spectators fans "
    "athletes players singers musicians actors writers poets bloggers influencers reporters editors correspondents "
    "photographers cameramen presenters trainees apprentices interns graduates undergraduates professors lecturers "
    "academics scholars pollsters electors petitioners signatories marchers picketers hikers attachés attaches "
    "envoys ambassadors consuls holders donors recipients beneficiaries claimants applicants entrants newcomers "
    "locals islanders townspeople townsfolk subjects natives countrymen compatriots exiles emigrants immigrants "
    "emigres émigrés crossers seekers internees abductees plaintiffs defendants indictees mothers fathers parents "
    "brothers sisters sons daughters wives husbands grandchildren grandmothers uncles cousins neighbours neighbors "
    "guests visitors travellers travelers skiers campers crews aircrew airmen aviators technicians electricians "
    "welders builders bricklayers plumbers carpenters steelworkers railwaymen metalworkers postmen cleaners cooks "
    "waiters clerks bankers brokers accountants auditors consultants contractors directors managers secretaries "
    "owners shareholders investors landlords tenants householders squatters smallholders peasants serfs slaves "
    "humans adolescents newborns juveniles elderly veterans retirees"
)
THINGS = words(
    "tanks tank vehicles vehicle trucks truck lorries cars car buses bus trains train ships ship boats boat vessels "
    "vessel tankers tanker submarines submarine frigates corvettes destroyers warships carriers barges ferries "
    "aircraft planes plane jets jet helicopters helicopter drones drone uavs missiles missile rockets rocket shells "
    "shell rounds bombs bomb mines mine mortars howitzers howitzer guns gun rifles rifle weapons weapon launchers "
    "launcher systems system batteries battery radars radar interceptors munitions warheads warhead torpedoes "
    "grenades cartridges satellites satellite centrifuges reactors reactor generators transformers turbines houses "
    "house homes home buildings building apartments flats schools school hospitals hospital clinics churches mosques "
    "bridges bridge factories depots warehouses shelters tents shops villages village towns town settlements "
    "settlement cities outposts checkpoints positions posts bases base bunkers trenches tunnels airfields refineries "
    "substations pylons wells pipelines cables carriages wagons locomotives containers crates parcels packages doses "
    "vaccines pieces units machines devices computers phones servers structures facilities animals cattle sheep "
    "goats horses camels livestock trees crops graves parachutes dinghies motorcycles tractors ambulances stations "
    "barracks gunships hovercraft balloons projectiles salvos salvoes ammunition fpvs lancets qassams katyushas "
    "airliners passports visas documents himars kalibrs shaheds patriots abrams bradleys leopards copies armoured "
    "trailers cruisers cutters trawlers freighters minesweepers minelayers minehunters bulldozers excavators loaders "
    "dozers cranes routers sensors detectors motors boosters choppers gliders scooters sweepers tenders speedboats "
    "skiffs pirogues dhows yachts canoes rafts kayaks ketches pickups minibuses vans motorbikes bicycles jeeps "
    "humvees apcs ifvs mlrs sams bullets canisters flares shots jet-skis hulls decoys quadcopters mattresses "
    "blankets beds stretchers tarpaulins kits masks respirators ventilators vials ampoules syringes tablets rations "
    "meals boxes sacks bags bales pallets pistols handguns machetes revolvers carbines firearms detonators "
    "explosives fuses boilers heaters pumps masts towers antennas transmitters laptops smartphones handsets "
    "terminals firewalls websites cameras laboratories labs workshops silos granaries barns greenhouses stables "
    "kiosks stalls markets offices kindergartens pharmacies museums libraries theatres temples synagogues shrines "
    "monasteries dams dykes levees culverts roads railways ports harbours airports airstrips runways hangars hamlets "
    "latrines boreholes orchards farms ranches plantations cylinders barriers roadblocks barricades seals stamps "
    "ballot-boxes posters leaflets letters emails"
)
PLACES = words(
    "bases base positions posts outposts checkpoints villages village towns town settlements settlement cities city "
    "districts localities municipalities barracks bunkers garrisons"
)
COLLECTIVES = words(
    "force army garrison contingent brigade battalion division regiment corps unit convoy column group team"
)
# Nouns that are numbered but are neither people nor things.
ABSTRACT = words(
    "reasons reason ways way phases phase stages stage sides side factors factor points point times time options "
    "option scenarios scenario issues issue questions areas aspects steps step measures goals pillars principles "
    "conditions articles chapters versions types kinds sorts categories parts fronts paths routes lines levels tiers "
    "governments powers superpowers capitals seats talks meetings summits visits agreements treaties accords deals "
    "terms polls elections theatres blocs continents negotiations voting consultations speeches rulings things "
    "priorities challenges risks threats lessons trends developments events resolutions sanctions paragraphs pages "
    "words sources reports statements demands proposals projects programmes programs contracts examples degrees fold "
    "percent thirds quarters halves attempts months years weeks days hours minutes"
)
# Bodies and papers that are counted when they are many, or when somebody says how surely.
INSTITUTIONS = words(
    "countries states nations republics parties entities institutions organisations organizations companies firms "
    "banks agencies groups factions cases sites localities municipalities districts provinces communities"
)
EVENTS = words(
    "votes ballots attacks attack strikes strike incidents incident clashes violations airstrikes raids explosions "
    "sorties flights bombardments assaults earthquakes fires outages protests blasts incursions"
)

TIME_UNITS = words(
    "second seconds minute minutes hour hours day days night nights week weeks month months year years decade "
    "decades century centuries fortnight weekend weekends quarter quarters am pm a.m p.m gmt utc o'clock year-old "
    "generations"
)
MEASURING_UNITS = words(
    "km kms kilometre kilometres kilometer kilometers mile miles metre metres meter meters m cm mm centimetres "
    "centimeters millimetres millimeters nm feet foot ft inches inch yards yard knots mph kph hectares hectare ha "
    "acres acre sq square cubic nautical ton tons tonne tonnes kilotons kiloton megatons megaton kg kgs kilogram "
    "kilograms kilogramme kilogrammes gram grams kilo kilos pounds lb lbs ounces barrels barrel bpd litres liters "
    "gallons bushels teu dwt mw gw kw mwh gwh kwh twh megawatt megawatts gigawatt gigawatts kilowatt kilowatts watts "
    "volts horsepower megawatt-hours degrees celsius fahrenheit c bps gb mb tb gigabytes terabytes hz ghz mhz "
    "light-years points basis mach"
)
PERCENT = words("% percent percentage pct per-cent ‰")
CURRENCY_SIGNS = words("$ € £ ¥ ₽ ₴ ₹ ₩ ₪ ₺ ₣ us$ a$ c$ hk$ nt$ s$ usd eur gbp rub cny jpy uah chf")
CURRENCIES = words(
    "dollar dollars euro euros yen yuan renminbi rouble roubles ruble rubles rupee rupees won hryvnia hryvnias lira "
    "liras pound pounds sterling franc francs krona kroner zloty zlotys shekel shekels rial rials dinar dinars "
    "riyals dirhams peso pesos real reais rand naira birr usd eur gbp rub cny cents pence us-dollars"
)
# Names that carry a number after them.
NUMBERED = words(
    "article articles art resolution resolutions protocol chapter chapters section sections annex annexes clause "
    "clauses paragraph paragraphs para appendix schedule order decree directive law act bill regulation amendment "
    "treaty convention title part phase stage tier level category class type mark mk model version versions v round "
    "day week year month flight highway route road motorway channel unit room block area zone sector site district "
    "ward precinct reactor gate terminal number no nos nr figure fig table page pages p pp vol volume issue boeing "
    "airbus leopard su mig tu il ka mi an bmp btr pac falcon soyuz apollo group camp pier line plan agenda vision "
    "horizon point rule psalm cc-by by-sa license licence proposition amendments nos. step track pillar basket "
    "corridor abrams gepard merkava challenger shahed geran kalibr iskander mirage rafale javelin starship ariane "
    "windows gpt covid covid-19 top basement floor building hall wing berth apartment suite bus tram runway "
    "appendices item items rank ranked place unscr mach grade brigade regiment division battalion squadron"
)
COMPANIONS = words("and or to &")
# Who may also be a machine: "12 F-16 fighters", "shot down two bombers".
MACHINES_TOO = words("fighters fighter bombers bomber trainers trainer raiders interceptors hunters sweepers")
# Endings that name people, and the words that end so by chance.
ENDINGS_OF_PEOPLE = (
    "ers", "ors", "eers", "ists", "ians", "ans", "ees", "ites", "ese", "men", "women", "folk", "kin", "mates",
)  # fmt: skip
NO_PEOPLE = words(
    "numbers papers newspapers letters orders borders rivers towers powers flowers shutters filters matters figures "
    "quarters headquarters centers disasters encounters crossovers takeovers handovers stopovers rollovers layers "
    "markers stickers posters banners folders binders drawers covers timbers fibers fibres chambers meters liters "
    "chapters offers tenders cylinders ladders shoulders fingers tigers murders blunders wonders surrenders "
    "transfers dangers manners corners dinners winters summers semesters registers answers rumors rumours tumors "
    "tumours errors mirrors factors sectors vectors corridors colours colors doors floors harbors vapors labors "
    "honors flavors reactors tractors motors rotors stators processors semiconductors capacitors resistors "
    "accelerators elevators indicators simulators incubators calculators radiators ventilators alternators "
    "compressors generators detectors sensors anchors vans plans cans loans clans bans pans caravans trimarans "
    "catamarans oceans spans scans lists fists mists twists heists waists trees fees committees degrees knees bees "
    "rupees guarantees decrees toffees coffees satellites sites websites rites parasites meteorites termites minutes "
    "specimen specimens regimens stamen suites campsites gametes computers servers routers boosters launchers "
    "bunkers lockers trailers freighters trawlers cutters cruisers containers wagers cancers fevers ulcers beavers "
    "badgers spiders adders rubbers hangers chargers burners boilers heaters freezers coolers printers scanners "
    "feeders loaders bulldozers helicopters choppers gliders scooters rollers shelters clusters barriers piers tiers "
    "frontiers carriers glaciers craters theatres theaters meteors tremors metres litres prayers skyscrapers "
    "blockers crackers hoppers pointers supers buffers levers silvers waivers transporters adapters emitters "
    "transmitters transponders amplifiers parameters diameters kilometers destroyers tankers minesweepers "
    "minehunters steamers liners airliners drifters lighters dinghies quotas casters blasters firecrackers flyers "
    "fliers hectares acres encumbers cucumbers"
)
# What is destroyed when it is intercepted.
FLYING = words(
    "drones drone missiles missile rockets rocket uavs shells projectiles balloons jets aircraft planes helicopters "
    "warheads bombs quadcopters decoys shaheds kalibrs iskanders munitions mortars targets gliders"
)
_NEVER_PEOPLE = THINGS | NO_PEOPLE | ABSTRACT | EVENTS


def is_person(noun: str) -> bool:
    """Whether a lower-cased noun names people: a known one, or one like "Armenians", "beekeepers"."""
    if noun in PEOPLE or (f"{noun}s" in PEOPLE and noun not in _NEVER_PEOPLE) or noun.endswith(("man", "woman")):
        return True
    return len(noun) > 4 and noun.endswith(ENDINGS_OF_PEOPLE) and noun not in _NEVER_PEOPLE
