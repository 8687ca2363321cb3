"""What is counted: the words that give a count its measure. One table, an example for every entry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from claims.reading.lexicon import EVENTS, FLYING, MILITARY, PLACES, THINGS, is_person, words
from claims.reading.tokens import Tokens, longest_phrase_at, lower_at

Measure = Literal[
    "deployed", "reinforced", "killed", "wounded", "killed_or_wounded", "captured", "missing", "displaced", "arrested",
    "destroyed", "delivered", "fired", "strength", "other",
]  # fmt: skip

# How a word stands to what it counts. A "past" form is active ("killed 34") or passive ("34 were killed"); an
# "intransitive" one has the counted before it ("34 died"); a "state" ("34 dead") likewise; a "noun" names the counted
# themselves ("34 casualties") or what befell them ("the deaths of 34").
Form = Literal["past", "ing", "base", "intransitive", "state", "noun"]


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """The words of one measure.

    Verbs are written "kill killed killing"; a phrase has underscores ("shot_down"). `intransitive`: any form, the
    counted before it. `states` and `nouns` as in `Form`.
    """

    name: str
    measure: Measure
    example: str
    past: str = ""
    base: str = ""
    ing: str = ""
    intransitive: str = ""
    states: str = ""
    nouns: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A measure word at tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    form: Form
    rule: MeasureRule

    word: str = ""

    @property
    def measure(self) -> Measure:
        """What it measures."""
        return self.rule.measure


MEASURES = (
    MeasureRule(
        "casualties", "killed_or_wounded", "The army suffered 300 casualties.",
        nouns="casualties casualty",
    ),
    MeasureRule(
        "killed_or_wounded", "killed_or_wounded", "Some 300 soldiers were killed or wounded.",
        past="killed_or_wounded killed_and_wounded killed_or_injured killed_and_injured wounded_or_killed "
        "injured_or_killed injured_and_killed wounded_and_killed killed_or_maimed killed_or_seriously_wounded "
        "killed_or_badly_wounded killed_,_wounded_or_captured killed_,_wounded_or_missing "
        "killed_,_injured_or_missing killed_and_maimed killed_/_wounded either_killed_or_wounded "
        "either_killed_or_injured",
        base="kill_or_wound kill_and_wound kill_or_injure kill_and_injure",
        ing="killing_or_wounding killing_and_wounding killing_or_injuring killing_and_injuring",
        states="dead_or_wounded dead_and_wounded dead_or_injured dead_and_injured wounded_or_dead",
    ),
    MeasureRule(
        "killed", "killed", "Shelling killed 12 villagers.",
        past="killed martyred electrocuted slain drowned starved hanged shot_and_killed stabbed_to_death "
        "beaten_to_death crushed_to_death trampled_to_death tortured_to_death buried_alive executed massacred "
        "assassinated murdered shot_dead beheaded gunned_down lynched slaughtered put_to_death burned_to_death "
        "burnt_to_death claimed_the_lives_of cost_the_lives_of took_the_lives_of found_dead burned_alive "
        "starved_to_death blown_to_pieces confirmed_dead presumed_dead",
        base="kill kills execute executes claims_the_lives_of claim_the_lives_of cost_the_lives_of",
        ing="killing drowning executing massacring murdering claiming_the_lives_of beheading costing_the_lives_of",
        intransitive="died dies dying perished perish drowned lost_their_lives lost_his_life succumbed "
        "lost_their_life drown drowns had_fallen froze_to_death bled_to_death suffocated passed_away starve "
        "starved_to_death fell_in_battle",
        states="dead fatal deceased",
        nouns="deaths death fatalities fatality dead killings executions killing death_toll toll drownings corpses "
        "murders fatal_casualties execution massacre bodies",
    ),
    MeasureRule(
        "lives", "killed", "The flood claimed 40 lives.",
        past="claimed took",
        base="claims takes",
        ing="claiming taking",
        nouns="lives",
    ),
    MeasureRule(
        "cost", "killed", "The raid cost 40 lives.",
        past="cost",
        base="costs",
        ing="costing",
    ),
    MeasureRule(
        "wounded", "wounded", "The blast wounded 12 shoppers.",
        past="stabbed wounded injured hurt maimed hospitalised hospitalized burned_badly",
        base="wound wounds injure injures hurts maim",
        ing="wounding injuring hurting maiming",
        states="wounded injured hurt in_hospital",
        intransitive="sustained_injuries suffered_injuries suffered_burns sustained_burns",
        nouns="injuries wounded injured",
    ),
    MeasureRule(
        "captured", "captured", "The rebels captured 40 soldiers.",
        past="captured seized taken_prisoner took_prisoner overran overrun recaptured retaken retook taken_captive "
        "hijacked occupied taken_control_of took_control_of taken_over confiscated impounded liberated conquered",
        base="capture captures seize seizes occupy occupies",
        ing="capturing seizing recapturing occupying retaking taking_control_of confiscating liberating",
        intransitive="surrendered surrender laid_down_their_arms laid_down_arms gave_themselves_up",
        nouns="prisoners_of_war pows captives capture seizure",
        states="in_captivity",
    ),
    MeasureRule(
        "missing", "missing", "Some 40 sailors are missing.",
        past="lost_contact_with",
        intransitive="went_missing gone_missing go_missing disappeared vanished forcibly_disappeared going_missing",
        states="missing unaccounted_for not_accounted_for lost_at_sea reported_missing still_missing",
        nouns="disappearances disappearance missing",
    ),
    MeasureRule(
        "displaced", "displaced", "The fighting displaced 12,000 people.",
        past="displaced uprooted sent_fleeing evacuated driven_from driven_out forced_from forced_to_flee forced_out "
        "expelled_from made_homeless left_homeless forced_to_leave driven_out_of relocated resettled "
        "forcibly_displaced internally_displaced forced_to_evacuate chased_from dislodged",
        base="displace displaces uproot evacuate",
        ing="displacing uprooting evacuating forcing driving_out",
        intransitive="fled flee flees fleeing left_their_homes leaving_their_homes abandoned_their_homes "
        "sought_refuge sought_shelter took_refuge sought_asylum taken_refuge lost_their_homes seeking_refuge "
        "leave_their_homes escaped fled_their_homes taken_shelter took_shelter",
        states="homeless",
        nouns="refugees idps internally_displaced_people displacements internally_displaced_persons displacement "
        "evacuation evacuees asylum_seekers displaced_people displaced displaced_persons",
    ),
    MeasureRule(
        "crossing", "displaced", "Some 300 refugees crossed into Chad.",
        intransitive="crossed_into crossed_the_border crossed_its_border crossed_its_borders crossed_the_borders "
        "crossed_their_borders crossed_the_frontier crossed_over crossing_into streamed_into poured_into",
    ),
    MeasureRule(
        "arrested", "arrested", "Police arrested 40 protesters.",
        past="arrested detained rounded_up jailed imprisoned taken_into_custody took_into_custody interned "
        "incarcerated apprehended remanded locked_up nabbed put_behind_bars placed_under_arrest "
        "placed_under_house_arrest still_held being_held held_in_custody held_in_detention held_in_prison "
        "held_in_prisons held_without_trial held_without_charge held_incommunicado",
        base="arrest arrests detain detains jail",
        ing="arresting detaining rounding_up jailing imprisoning apprehending",
        states="behind_bars in_custody in_detention under_arrest in_prison in_jail",
        nouns="arrests detentions arrest detention detainees political_prisoners",
    ),
    MeasureRule(
        "destroyed", "destroyed", "The raid destroyed 14 tanks.",
        past="destroyed shot_down sunk sank burned burnt downed knocked_out wrecked razed demolished flattened "
        "torched blown_up levelled leveled scuttled obliterated gutted incinerated brought_down destroyed_or_damaged "
        "damaged_or_destroyed burned_down burnt_down burned_out destroyed_and_damaged set_ablaze set_alight "
        "set_on_fire disabled_or_destroyed put_out_of_action reduced_to_rubble blew_up dismantled took_out "
        "damaged_and_destroyed swept_away washed_away toppled partially_destroyed shelled_flat bulldozed "
        "destroyed_or_captured",
        base="destroy destroys sink sinks burn burns down downs shoot_down shoots_down demolish",
        ing="destroying sinking burning downing shooting_down knocking_out wrecking razing demolishing flattening "
        "torching blowing_up levelling destroying_or_damaging damaging_or_destroying burning_down",
        nouns="destruction wrecks sinking demolition",
        intransitive="went_up_in_flames gone_up_in_flames crashed collapsed",
    ),
    MeasureRule(
        "intercepted", "destroyed", "Gunners intercepted 14 drones.",
        past="intercepted",
        base="intercept intercepts",
        ing="intercepting",
    ),
    MeasureRule(
        "eliminated", "destroyed", "The raid wiped out 14 bunkers.",
        past="neutralised neutralized eliminated wiped_out liquidated",
        base="neutralise eliminate eliminates",
        ing="neutralising neutralizing eliminating wiping_out",
    ),
    MeasureRule(
        "delivered", "delivered", "Berlin delivered 14 tanks.",
        past="handed delivered supplied provided handed_over transferred donated shipped gave given exported "
        "furnished airlifted distributed gifted sold turned_over airdropped handed_out brought_in ferried",
        base="deliver delivers supply supplies provide provides hand_over hands_over transfer transfers donate "
        "donates ship ships export exports",
        ing="delivering supplying providing handing_over transferring donating shipping giving exporting "
        "distributing selling airlifting",
        nouns="delivery deliveries shipment shipments supply transfer donation handover",
    ),
    MeasureRule(
        "received", "delivered", "Kyiv received 18 howitzers.",
        past="received took_delivery_of",
        base="receive receives",
        ing="receiving taking_delivery_of",
    ),
    MeasureRule(
        "fired", "fired", "The navy fired 40 rockets.",
        past="fired launched lobbed rained unleashed dropped fired_off loosed hurled test-fired discharged",
        base="fire fires launch launches drop drops hurl hurls lob lobs unleash unleashes",
        ing="firing launching lobbing raining unleashing dropping hurling",
        nouns="firing launch launches volley barrage salvo",
    ),
    MeasureRule(
        "reinforced", "reinforced", "The capital reinforced the garrison with 400 men.",
        past="reinforced bolstered beefed_up",
        base="reinforce reinforces",
        ing="reinforcing bolstering",
        nouns="reinforcements",
    ),
    MeasureRule(
        "deployed", "deployed", "Paris sent 300 soldiers to the border.",
        past="sailed deployed sent dispatched despatched redeployed committed moved massed posted amassed "
        "concentrated sent_in rushed positioned flown_in flown assigned sent_over airlifted_in sent_out transported "
        "repositioned",
        base="deploy deploys send sends dispatch dispatches commit moves",
        ing="deploying sending dispatching moving redeploying massing amassing posting committing positioning",
        intransitive="arrived arrive arriving took_up_positions landed entered",
        nouns="deployment deployments dispatch buildup build-up",
        states="on_the_ground",
    ),
    MeasureRule(
        "strength", "strength", "The brigade enlisted 3,000 recruits.",
        past="enlisted enrolled recruited mobilised mobilized conscripted drafted called_up stationed based "
        "garrisoned signed_up fielded maintained drawn_up inducted hired",
        base="enlist enlists recruit recruits mobilise mobilises fields field maintains maintain",
        ing="enlisting recruiting mobilising mobilizing conscripting drafting numbering totalling totaling fielding "
        "maintaining hiring",
        intransitive="serve serving served joined_up signed_contracts",
        states="strong under_arms on_the_payroll on_its_payroll on_its_books on_its_rolls in_uniform on_active_duty "
        "in_the_ranks",
        nouns="force army garrison contingent brigade battalion regiment militia cell squad platoon detachment gang "
        "corps strength military manpower mobilisation mobilization headcount",
    ),
    MeasureRule(
        "lost", "killed_or_wounded", "The division lost 300 soldiers.",
        past="lost",
        base="lose loses",
        ing="losing",
        nouns="losses loss",
    ),
    MeasureRule(
        "other", "other", "Gunmen abducted 12 pupils.",
        past="flown_home flown_back sent_home sent_back brought_back abducted kidnapped released freed withdrawn "
        "withdrew ordered taken_hostage took_hostage pulled_out expelled rescued exchanged swapped purchased bought "
        "built produced trained treated damaged recovered buried repatriated deported exhumed pardoned extradited "
        "sentenced charged indicted dismissed sacked summoned vaccinated recalled stranded trapped cut_off affected "
        "hit turned_back smuggled trafficked sanctioned blacklisted held_hostage manufactured acquired accommodated "
        "admitted taken_in took_in held targeted struck questioned returned installed planted cleared convicted "
        "suspended brought_home moved_out hosted housed sheltered registered_as bussed commandeered stolen looted "
        "attacked",
        base="accommodate accommodates abduct abducts kidnap kidnaps release releases free frees withdraw withdraws "
        "order orders rescue expel expels buy buys build builds produce produces train trains hold holds host hosts "
        "house houses shelter shelters pull_out",
        ing="accommodating abducting kidnapping releasing freeing withdrawing ordering rescuing expelling exchanging "
        "buying building producing training damaging hitting trapping stranding holding hosting pulling_out "
        "deporting repatriating swapping sheltering",
        intransitive="escaped_from defected deserted protested marched gathered rallied attended participated "
        "demonstrated returned_home came_home took_part voted resigned walked_out survived fell_ill tested_positive "
        "returned gone_home volunteered disembarked went_home",
        nouns="release withdrawal kidnapping abduction kidnappings abductions rescue expulsion exchange hostages "
        "prisoners repatriation return",
    ),
)  # fmt: skip


def _phrases(written: str) -> list[str]:
    return [phrase.replace("_", " ") for phrase in written.split()]


def _index() -> dict[tuple[str, ...], tuple[tuple[Form, MeasureRule], ...]]:
    found: dict[tuple[str, ...], tuple[tuple[Form, MeasureRule], ...]] = {}
    for rule in MEASURES:
        for form, phrase in _forms(rule):
            key = tuple(phrase.split())
            found[key] = (*found.get(key, ()), (form, rule))
    return found


def _forms(rule: MeasureRule) -> Iterable[tuple[Form, str]]:
    written: tuple[tuple[Form, str], ...] = (
        ("past", rule.past), ("base", rule.base), ("ing", rule.ing), ("intransitive", rule.intransitive),
        ("state", rule.states), ("noun", rule.nouns),
    )  # fmt: skip
    return ((form, phrase) for form, phrases in written for phrase in _phrases(phrases))


_WORDS = _index()
_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(_WORDS, key=len, reverse=True):
    _FIRST.setdefault(_phrase[0], []).append(_phrase)


def find_anchors(tokens: Tokens) -> list[Anchor]:
    """The measure words of a sentence in order; one that can be read in several forms is listed in each."""
    anchors: list[Anchor] = []
    at = 0
    while at < len(tokens):
        if tokens[at].lower not in _FIRST:
            at += 1
            continue
        phrase = longest_phrase_at(tokens, at, _FIRST)
        anchors.extend(Anchor(at, at + len(phrase), form, rule, phrase[0]) for form, rule in _WORDS.get(phrase, ()))
        at += max(len(phrase), 1)
    return anchors


def settle(anchor: Anchor, noun: str) -> Measure | None:
    """The measure of that word for that counted noun (lower-cased head, "" where there is none), or None."""
    if noun == "reinforcements" and anchor.measure in ("deployed", "delivered", "other"):
        return "reinforced"
    decide = _BY_NOUN.get(anchor.rule.name)
    return decide(anchor, noun) if decide else anchor.measure


def _of_lives(anchor: Anchor, noun: str) -> Measure | None:
    return "killed" if noun == "lives" or anchor.form == "noun" else None


def _of_delivering(anchor: Anchor, noun: str) -> Measure:
    """Goods are delivered; soldiers are shipped or flown somewhere; prisoners and suspects are handed over."""
    if noun in MILITARY and anchor.word in _CARRYING:
        return "deployed"
    return "other" if is_person(noun) else anchor.measure


_CARRYING = words("shipped ships ship shipping airlifted airlifting ferried transferred")


def _of_intercepting(anchor: Anchor, noun: str) -> Measure:
    """What flies is destroyed when it is intercepted; ships, lorries and migrants are stopped."""
    return anchor.measure if noun in FLYING or not noun else "other"


def _of_eliminating(anchor: Anchor, noun: str) -> Measure:
    """People who are "eliminated" or "wiped out" are dead."""
    return "killed" if is_person(noun) else anchor.measure


def _of_receiving(anchor: Anchor, noun: str) -> Measure:
    """Weapons and goods are delivered; guests and exchanged prisoners are not."""
    return anchor.measure if noun in THINGS and not is_person(noun) else "other"


def _of_fleeing(anchor: Anchor, noun: str) -> Measure:
    """Troops that cross a border are sent over it."""
    return "deployed" if noun in MILITARY and anchor.form == "intransitive" else anchor.measure


def _of_cost(_: Anchor, noun: str) -> Measure | None:
    """Lives, men or tanks that something cost; money is none."""
    if noun == "lives":
        return "killed"
    if is_person(noun):
        return "killed_or_wounded"
    return "destroyed" if noun in THINGS else None


def _of_losses(_: Anchor, noun: str) -> Measure:
    if noun in PLACES:
        return "captured"
    return "destroyed" if noun in THINGS and not is_person(noun) else "killed_or_wounded"


def _of_others(anchor: Anchor, noun: str) -> Measure | None:
    """ "hosts 300 refugees" counts the displaced, "recovered 12 bodies" the dead; None where the noun says it all."""
    if noun in _BODIES:
        return "killed"
    if noun in _OUTCOMES:
        return None
    return "displaced" if noun in _DISPLACED and anchor.word in _HOSTING else anchor.measure


_OUTCOMES = words(
    "deaths casualties fatalities losses injuries arrests detentions disappearances killings wounded dead"
)
_BODIES = words("bodies body corpses remains")
_DISPLACED = words("refugees idps evacuees displaced")
_HOSTING = words(
    "hosts host hosted hosting houses house housed sheltered shelters shelter sheltering taken took accommodates "
    "accommodate accommodated accommodating holds held"
)


def _of_firing(anchor: Anchor, noun: str) -> Measure | None:
    """Missiles are fired, workers are dismissed, and "launched two inquiries" counts nothing."""
    if noun in THINGS or not noun:
        return anchor.measure
    if is_person(noun):
        return "other"
    return anchor.measure if anchor.word in _SHOOTING else None


_SHOOTING = words("fired lobbed rained unleashed hurled fire fires firing lobbing raining hurling hurl hurls")


def _of_arresting(anchor: Anchor, noun: str) -> Measure:
    """Hostages who are still held are not in anybody's prison."""
    return "other" if noun in ("hostages", "captives", "abductees") else anchor.measure


def _of_deploying(anchor: Anchor, noun: str) -> Measure:
    """Sorties that are flown are no deployment."""
    return "other" if noun in EVENTS else anchor.measure


_BY_NOUN: dict[str, Callable[[Anchor, str], Measure | None]] = {
    "lives": _of_lives,
    "cost": _of_cost,
    "received": _of_receiving,
    "crossing": _of_fleeing,
    "lost": _of_losses,
    "fired": _of_firing,
    "delivered": _of_delivering,
    "eliminated": _of_eliminating,
    "intercepted": _of_intercepting,
    "other": _of_others,
    "arrested": _of_arresting,
    "deployed": _of_deploying,
}


def deaths_alone(tokens: Tokens, taken: frozenset[int]) -> bool:
    """Whether the sentence says deaths without counting them apart; `taken` are the tokens of other counts."""
    return any(
        lower_at(tokens, at) in ("deaths", "death", "dead", "killed", "fatal", "fatalities") and at not in taken
        for at in range(len(tokens))
    )
